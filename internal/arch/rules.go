package arch

// Rules lists every rule of the house, in the order of CONTRIBUTING.md.
func Rules() []Rule {
	return []Rule{
		{"storey", Storeys},
		{"import", Imports},
		{"clock", Clock},
		{"package comment", PackageComments},
		{"name", Names},
		{"documentation", Documentation},
		{"size", Size},
		{"init", Init},
		{"global", Globals},
		{"table", Tables},
		{"migration", Migrations},
		{"message", Messages},
		{"glossary", Glossary},
		{"words", Words},
		{"notice map", NoticeMap},
		{"licence", Licences},
	}
}

// Run returns every complaint of one rule about a module, in the order of the files.
func Run(t *Tree, r Rule) []Complaint {
	out := r.Check(t)
	sortComplaints(out)
	return out
}
