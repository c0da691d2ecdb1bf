package place

import (
	"cmp"
	"io/fs"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/datafile"
)

// Former is what a place was called, or where it lay, before the register
// begins. Titles outlive it: Thắng Quân was recognised as a xã in 2020 and
// became thị trấn Yên Sơn on 2021-07-01. The source says that the code changed
// its name, not whether other places were joined with it.
type Former struct {
	Until      day.Day // last day
	FullName   string
	Kind       Kind   // 0 where the name does not tell
	Name       string // FullName without the word of the kind
	ParentCode string
	Change     string // renamed, moved, moved+renamed
	Decree     string
}

// readHistory keeps the changes of the two provinces up to the first day of the
// register; the later ones are rows and lineage of the unit table.
func (r *Register) readHistory(fsys fs.FS) error {
	f, err := datafile.Read(fsys, "places/history.csv", "effective_date", "code", "old_full_name", "old_parent",
		"new_full_name", "new_parent", "change", "decree")
	if err != nil {
		return err
	}
	r.formers = map[string][]Former{}
	for _, row := range f.Rows {
		on, code := row.Day("effective_date", day.None), row.Needed("code")
		rows := r.byCode[code]
		old := row.Text("old_full_name")
		if old == "" || len(rows) == 0 || on > rows[0].Began || row.Text("change") == "removed" {
			continue
		}
		level, _ := levelOfCode(code)
		kind, name := kindOfName(old, level)
		r.formers[code] = append(r.formers[code], Former{
			Until: on - 1, FullName: old, Kind: kind, Name: name, ParentCode: row.Text("old_parent"),
			Change: row.Text("change"), Decree: row.Text("decree"),
		})
	}
	for _, list := range r.formers {
		slices.SortStableFunc(list, func(a, b Former) int { return cmp.Compare(a.Until, b.Until) })
	}
	return f.Err()
}

// Formers is what is known of a place before the register's first day, oldest
// first; only the first bearer of a code has any.
func (r *Register) Formers(id string) []Former {
	rows := r.byID[id]
	if len(rows) == 0 || r.byCode[rows[0].Code][0].ID != id {
		return nil
	}
	return slices.Clone(r.formers[rows[0].Code])
}
