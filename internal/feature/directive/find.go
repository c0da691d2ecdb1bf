package directive

import (
	"context"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Filter narrows the register. The zero Filter takes everything.
type Filter struct {
	Query string // in number, title, issuer and symbol, without regard to diacritics
	Kind  string // code; "-" = công văn
	Year  int
	State State
}

// Row is one line of the register.
type Row struct {
	Document
	Duties int // live ones
	Dated  int // of them with a day
}

// List gives the documents that a person may see and a filter takes, the latest
// first.
func (s *Service) List(_ context.Context, tx *db.Tx, who authz.Subject, f Filter) ([]Row, error) {
	all, err := documentRows(tx)
	if err != nil {
		return nil, err
	}
	given, err := liveDuties(tx)
	if err != nil {
		return nil, err
	}
	by := map[string][]Duty{}
	for i := range given {
		by[given[i].Document] = append(by[given[i].Document], given[i])
	}
	Latest(all)
	var out []Row
	for i := range all {
		d := &all[i]
		if !f.Takes(d) {
			continue
		}
		ok, err := s.maySee(tx, who, d, by[d.ID])
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		r := Row{Document: *d, Duties: len(by[d.ID])}
		for j := range by[d.ID] {
			if by[d.ID][j].Due != day.None {
				r.Dated++
			}
		}
		out = append(out, r)
	}
	return out, nil
}

// Takes tells whether a document passes the filter. Documents taken out of the
// register are shown only to who asks for them.
func (f *Filter) Takes(d *Document) bool {
	switch {
	case f.State == "" && d.State == Withdrawn, f.State != "" && f.State != d.State:
		return false
	case f.Year != 0 && d.Year() != f.Year:
		return false
	case f.Kind == "-" && d.Kind != "", f.Kind != "" && f.Kind != "-" && f.Kind != d.Kind:
		return false
	}
	hay := vntext.SearchKey(d.Label() + " " + d.Title + " " + d.Issuer + " " + KindWords(d.Kind))
	for _, word := range strings.Fields(vntext.SearchKey(f.Query)) {
		if !strings.Contains(hay, word) {
			return false
		}
	}
	return true
}

// Years lists the years of documents, the latest first.
func Years(rows []Row) []int {
	var out []int
	for i := range rows {
		if y := rows[i].Year(); y != 0 && !slices.Contains(out, y) {
			out = append(out, y)
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out
}

// Citing lists the documents that a person may see and that cite a document.
func (s *Service) Citing(ctx context.Context, tx *db.Tx, who authz.Subject, id string) ([]Row, error) {
	rows, err := s.List(ctx, tx, who, Filter{})
	return slices.DeleteFunc(rows, func(r Row) bool {
		return !slices.ContainsFunc(r.References, func(x Reference) bool { return x.Document == id })
	}), err
}
