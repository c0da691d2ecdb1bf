package search

import (
	"context"
	"slices"
	"strings"
	"sync"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

// Kind is a group of results.
type Kind uint8

// The kinds, in the order they are shown.
const (
	Places Kind = iota
	Indicators
	Documents
	Agencies
	kinds
)

// Vietnamese is the heading of a group.
func (k Kind) Vietnamese() string {
	return [...]string{"Địa bàn", "Tiêu chí, chỉ tiêu", "Văn bản, quyết định", "Cơ quan"}[k]
}

// Decisions lists what the province decided; register/criteria has it.
type Decisions interface {
	Records(ctx context.Context, tx *db.Tx, setID string, known int64) ([]criteria.Record, error)
}

// Titles lists titles; feature/recognition has it.
type Titles interface {
	List(ctx context.Context, tx *db.Tx, known int64) ([]recognition.Title, error)
}

// Options are what the index is made of.
type Options struct {
	DB        *db.DB
	Law       *law.Library
	Places    *place.Register
	Agencies  *agency.Register
	Decisions Decisions
	Titles    Titles
	Position  func() int64                 // of the journal, as this node knows it
	Agency    func(agencyID string) string // path of an agency's page; nil = agencies have none
}

// Engine answers searches. It is safe for many goroutines.
type Engine struct {
	opt    Options
	fixed  *index
	shown  []place.Unit // places of the entries
	nearby map[string]int

	mu       sync.Mutex
	position int64 // of the journal that numbers was read at
	numbers  *index
}

// New builds the index of what ships with the product.
func New(o Options) *Engine {
	e := &Engine{opt: o, nearby: map[string]int{}, position: -1}
	var all []entry
	all = e.places(all)
	all = e.indicators(all)
	all = e.instruments(all)
	all = e.agencies(all)
	e.fixed = newIndex(all)
	return e
}

// Result is one thing that was found.
type Result struct {
	Title, Note, Path string
	Alike             bool // a document number that is only alike
}

// Group is the results of one kind.
type Group struct {
	Kind    Kind
	Results []Result
	More    bool
}

// Ask is one search.
type Ask struct {
	Text  string
	Today day.Day
	Sees  func(placeID string) bool // communes in sight; nil = all
	Most  int                       // results of a group; 0 = 10
}

// longest bounds what is searched for, in characters.
const longest = 100

// Search gives what matches and may be seen, group by group; empty groups are
// left out.
func (e *Engine) Search(ctx context.Context, a Ask) ([]Group, error) {
	if r := []rune(a.Text); len(r) > longest {
		a.Text = string(r[:longest])
	}
	if a.Most == 0 {
		a.Most = 10
	}
	q := newQuery(a.Text)
	groups := make([]Group, kinds)
	seen := map[string]bool{}
	numbers, err := e.decided(ctx)
	if err != nil {
		return nil, err
	}
	for _, x := range []*index{numbers, e.fixed} {
		for _, h := range x.find(q, a.Today) {
			g := &groups[h.entry.kind]
			if g.More || seen[h.entry.id] || !e.visible(h.entry, &a) {
				continue
			}
			seen[h.entry.id] = true
			if len(g.Results) == a.Most {
				g.More = true
				continue
			}
			g.Results = append(g.Results, e.result(h, &a))
		}
	}
	for k := range groups {
		groups[k].Kind = Kind(k)
	}
	groups[Documents].exactFirst()
	return slices.DeleteFunc(groups, func(g Group) bool { return len(g.Results) == 0 }), nil
}

// exactFirst keeps documents that are only alike behind the others.
func (g *Group) exactFirst() {
	slices.SortStableFunc(g.Results, func(a, b Result) int {
		switch {
		case a.Alike == b.Alike:
			return 0
		case a.Alike:
			return 1
		}
		return -1
	})
}

// visible tells whether an entry may be shown: a commune in sight, a district
// with one.
func (e *Engine) visible(x *entry, a *Ask) bool {
	if x.unit < 0 || a.Sees == nil {
		return true
	}
	u := &e.shown[x.unit]
	if u.Level == place.Commune {
		return a.Sees(u.ID)
	}
	tree := e.opt.Places.At(min(max(a.Today, u.Began), u.Ended))
	return slices.ContainsFunc(tree.Communes(u.ID), func(c place.Unit) bool { return a.Sees(c.ID) })
}

func (e *Engine) result(h hit, a *Ask) Result {
	r := Result{Title: h.entry.title, Note: h.entry.note, Path: h.entry.path, Alike: h.rank == codeAlike}
	if h.entry.kind != Places {
		return r
	}
	u := &e.shown[h.entry.unit]
	r.Path = placePath(u, a.Today)
	if u.Began > a.Today {
		r.Note = joined(r.Note, "từ "+u.Began.Vietnamese())
	}
	if u.Ended < a.Today {
		r.Note = joined(r.Note, "đến "+u.Ended.Vietnamese(), e.became(u, a.Today))
	}
	return r
}

// placePath is the address of a place's page, on a day it existed.
func placePath(u *place.Unit, today day.Day) string {
	path := "/xa/" + u.Code
	if u.Level == place.District {
		path = "/huyen/" + u.Code
	}
	switch {
	case u.Ended < today:
		path += "?ngay=" + u.Ended.String()
	case u.Began > today:
		path += "?ngay=" + u.Began.String()
	}
	return path
}

// became says which places an ended one lives on in: "nay là Xã Phù Lưu".
func (e *Engine) became(u *place.Unit, today day.Day) string {
	var names []string
	for _, heir := range e.opt.Places.Successors(u.ID, today) {
		if heir.Unit.ID != u.ID {
			names = append(names, heir.Unit.FullName)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "nay là " + strings.Join(names, ", ")
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "; ")
}
