package draft

import "giuchuan/internal/kernel/day"

// Outgoing is a document that a feature has drawn up and hands to the register
// of outgoing documents, where a person records number, day and signed file.
type Outgoing struct {
	Document Document
	Source   string   // what it was drawn up from, "plan/<id>": a second one of the same source supersedes an unissued first
	Path     string   // page of that source, "/ke-hoach/<id>"
	From     string   // agency that issues
	To       []string // agencies that may read it once it is issued
	Place    string   // place it is about, "" = the province
	Field    string   // criterion or indicator it is about, "" = none
}

// Recorded is what the register of outgoing documents knows of one.
type Recorded struct {
	ID     string
	Path   string // page of the document
	Number string // "12/KH-UBND", "" = draft
	On     day.Day
	Signed string // page of the signed file, "" = draft
}
