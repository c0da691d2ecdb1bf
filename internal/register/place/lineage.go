package place

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/datafile"
)

// Event is what happened to a place on the day of an edge.
type Event string

// The events. After Unchanged the place has the same id; after Ended it has no
// heir: the districts of 2025 ended and their places went to the province.
const (
	Merge     Event = "merge"
	Split     Event = "split"
	Unchanged Event = "unchanged"
	Ended     Event = "ended"
)

// Edge is one line of lineage: on Date, Old went wholly or in part into New.
type Edge struct {
	Date     day.Day // first day of New
	Decree   string  // "1684/NQ-UBTVQH15", empty where not known
	Clause   string  // "Đ1 k106"
	Old, New string  // ids; New is empty for Ended
	Whole    bool
	Event    Event
	Percent  int // share of Old's area, estimated from drawings: to order by, never to apportion money or people; 0 = unknown
	Source   string
}

// Heir is a place of another day that descends from a place, or that it
// descends from.
type Heir struct {
	Unit    Unit
	Whole   bool // all of the older place went into the younger one, at every step
	Percent int  // product of the estimated shares, to order by; 0 = unknown
}

func (r *Register) readLineage(fsys fs.FS, name string) error {
	f, err := datafile.Read(fsys, name, "date", "decree", "clause", "old_id", "new_id", "kind", "event", "area_share_est", "source")
	if err != nil {
		return err
	}
	r.from, r.to = map[string][]Edge{}, map[string][]Edge{}
	for _, row := range f.Rows {
		e := Edge{
			Date: row.Day("date", day.None), Decree: row.Text("decree"), Clause: row.Text("clause"),
			Old: row.Text("old_id"), New: row.Text("new_id"), Whole: row.Text("kind") == "whole",
			Event: Event(row.Text("event")), Percent: row.Hundredths("area_share_est"), Source: row.Needed("source"),
		}
		r.checkEdge(e, row)
		r.from[e.Old] = append(r.from[e.Old], e)
		if e.New != "" {
			r.to[e.New] = append(r.to[e.New], e)
		}
	}
	return f.Err()
}

// checkEdge refuses an edge that contradicts the lives of its two places.
func (r *Register) checkEdge(e Edge, row datafile.Row) {
	old, okOld := r.Latest(e.Old)
	young, okNew := r.Latest(e.New)
	switch {
	case !okOld:
		row.Refuse("old_id", "một mã định danh có trong bảng đơn vị")
	case e.Event == Ended && e.New == "" && row.Text("kind") == "none" && old.Ended == e.Date-1:
	case !okNew:
		row.Refuse("new_id", "một mã định danh có trong bảng đơn vị")
	case !slices.Contains([]string{"whole", "part"}, row.Text("kind")):
		row.Refuse("kind", "whole hoặc part")
	case e.Event == Unchanged && e.Old == e.New && old.Began < e.Date && e.Date <= old.Ended:
	case !slices.Contains([]Event{Merge, Split}, e.Event):
		row.Refuse("event", "merge, split, unchanged (cùng mã định danh) hoặc ended")
	case old.Ended != e.Date-1 || young.Began != e.Date:
		row.Refuse("date", "ngày đầu của đơn vị mới, ngay sau ngày cuối của đơn vị cũ")
	}
}

// Successors is the places of a day that descend from the one with the id: the
// place itself while it lasts, else its heirs, through as many changes as there
// were. The ones that took most come first. A district has none from 2025-07-01,
// and no place has any before its own first day.
func (r *Register) Successors(id string, on day.Day) []Heir {
	return r.follow(id, on, func(u Unit) []string {
		if u.Ended >= on {
			return nil
		}
		return others(r.from[u.ID], func(e Edge) string { return e.New })
	})
}

// Predecessors is the places of a day from which the one with the id descends,
// in the same order; it undoes Successors.
func (r *Register) Predecessors(id string, on day.Day) []Heir {
	return r.follow(id, on, func(u Unit) []string {
		if u.Began <= on {
			return nil
		}
		return others(r.to[u.ID], func(e Edge) string { return e.Old })
	})
}

// others lists the far ends of edges that lead to another place.
func others(edges []Edge, far func(Edge) string) []string {
	var ids []string
	for _, e := range edges {
		if e.Old != e.New && far(e) != "" {
			ids = append(ids, far(e))
		}
	}
	return ids
}

// reach is how much of a place arrived somewhere.
type reach struct {
	whole   bool
	percent int
}

// follow walks from a place along next until it stands on the day.
func (r *Register) follow(id string, on day.Day, next func(Unit) []string) []Heir {
	got := map[string]reach{}
	var walk func(id string, so reach)
	walk = func(id string, so reach) {
		if _, ok := r.Unit(id, on); ok {
			old, seen := got[id]
			got[id] = reach{so.whole && (!seen || old.whole), min(old.percent+so.percent, 100)}
			return
		}
		u, ok := r.Latest(id)
		if !ok {
			return
		}
		for _, far := range next(u) {
			e := r.edge(id, far)
			walk(far, reach{so.whole && e.Whole, (so.percent*e.Percent + 50) / 100})
		}
	}
	walk(id, reach{true, 100})
	heirs := make([]Heir, 0, len(got))
	for id, so := range got {
		u, _ := r.Unit(id, on)
		heirs = append(heirs, Heir{u, so.whole, so.percent})
	}
	slices.SortFunc(heirs, func(a, b Heir) int {
		return cmp.Or(cmp.Compare(b.Percent, a.Percent), strings.Compare(a.Unit.Code, b.Unit.Code))
	})
	return heirs
}

// edge is the line between two places, whichever is the older.
func (r *Register) edge(a, b string) Edge {
	for _, e := range r.from[a] {
		if e.New == b {
			return e
		}
	}
	for _, e := range r.to[a] {
		if e.Old == b {
			return e
		}
	}
	return Edge{}
}

// Edges is the lines that lead into the place with the id and out of it.
func (r *Register) Edges(id string) (into, outOf []Edge) {
	return slices.Clone(r.to[id]), slices.Clone(r.from[id])
}

// Story is what is known of the place that bears a code on a day.
type Story struct {
	Unit    Unit     // the bearer on the day, or the last one before, or else the first one after
	Current bool     // Unit holds on the day
	Bearers []Unit   // every bearer of the code, in time order
	Before  []Edge   // lines from all places Unit descends from, oldest first; Unchanged ones up to the day
	After   []Edge   // lines to all places that descend from Unit, oldest first; Unchanged ones after the day
	Formers []Former // names and parents before the register's first day
}

var msgNoCode = fault.Msg{Key: "place.no_code", Text: "không có địa bàn nào mang mã {code}{hint}"}

// Lineage tells the story of a code at a day. A code that nobody ever bore is
// an error of code NotFound, and a day is refused as by Covers.
func (r *Register) Lineage(code string, on day.Day) (Story, error) {
	if err := r.Covers(on); err != nil {
		return Story{}, err
	}
	rows := r.byCode[code]
	if len(rows) == 0 {
		return Story{}, fault.New(fault.NotFound, msgNoCode, "code", code, "hint", hint(r.nearCodes(code, "", on)))
	}
	s := Story{Unit: *rows[0], Bearers: r.Bearers(code)}
	for _, u := range rows {
		if u.From <= on {
			s.Unit, s.Current = *u, u.Holds(on)
		}
	}
	s.Before = slices.DeleteFunc(r.trace(s.Unit.ID, r.to, func(e Edge) string { return e.Old }),
		func(e Edge) bool { return e.Old == s.Unit.ID && e.Date > on })
	s.After = slices.DeleteFunc(r.trace(s.Unit.ID, r.from, func(e Edge) string { return e.New }),
		func(e Edge) bool { return e.New == s.Unit.ID && e.Date <= on })
	s.Formers = r.Formers(s.Unit.ID)
	return s, nil
}

// Past is the last bearer of the code that ended before a day and that is seen:
// what a page shows to who worked for it when today's bearer is not theirs.
func (s *Story) Past(on day.Day, seen func(id string) bool) (Unit, bool) {
	for _, u := range slices.Backward(s.Bearers) {
		if u.Ended < on && seen(u.ID) {
			return u, true
		}
	}
	return Unit{}, false
}

// trace collects the lines of all generations in one direction.
func (r *Register) trace(id string, edges map[string][]Edge, far func(Edge) string) []Edge {
	var list []Edge
	seen := map[string]bool{"": true}
	for queue := []string{id}; len(queue) > 0; queue = queue[1:] {
		if seen[queue[0]] {
			continue
		}
		seen[queue[0]] = true
		for _, e := range edges[queue[0]] {
			list = append(list, e)
			queue = append(queue, far(e))
		}
	}
	slices.SortStableFunc(list, func(a, b Edge) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), strings.Compare(a.Old, b.Old))
	})
	return list
}
