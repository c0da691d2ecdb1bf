package main

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
)

var (
	unitHeader = []string{
		"id", "code", "name", "full_name", "alt_names", "kind", "parent_id", "valid_from", "valid_to",
		"area_km2", "pop_census2009", "pop_reported", "lon", "lat", "source",
	}
	edgeHeader = []string{"date", "decree", "clause", "old_id", "new_id", "kind", "event", "area_share_est", "source"}
)

// unit is one row of the unit table: the attributes of a place between two
// days. parent is the parent's code; it becomes an id when the row is written.
type unit struct {
	id, code, name, fullName, altNames, kind, parent string
	from, to                                         string
	area, pop2009, popReported, lon, lat, source     string
}

// edge is one row of the lineage table. A new id that is empty is a place that
// ended without an heir.
type edge struct {
	date, decree, clause, oldID, newID, kind, event, share, source string
}

// book holds the rows made so far and who bears each code now.
type book struct {
	units   []*unit
	edges   []edge
	alive   map[string]*unit // by code
	bearers map[string]int   // how many ids a code has had
}

func newBook() *book {
	return &book{alive: map[string]*unit{}, bearers: map[string]int{}}
}

// begin starts a new place on a day and gives it the next id of its code.
func (b *book) begin(u unit, on string) *unit {
	b.bearers[u.code]++
	u.id = u.code + "." + strconv.Itoa(b.bearers[u.code])
	return b.row(u, on)
}

// change starts a new row of attributes for the place that bears the code.
func (b *book) change(u unit, on string) *unit {
	old := b.alive[u.code]
	u.id = old.id
	b.end(u.code, on)
	return b.row(u, on)
}

func (b *book) row(u unit, on string) *unit {
	u.from, u.to = on, ""
	b.units = append(b.units, &u)
	b.alive[u.code] = &u
	return &u
}

// end closes the row of the code the day before on.
func (b *book) end(code, on string) {
	b.alive[code].to = before(on)
	delete(b.alive, code)
}

// before is the day before an ISO date.
func before(iso string) string {
	d, err := day.Parse(iso)
	if err != nil {
		panic(err) // the dates are constants of this program or of its sources
	}
	return (d - 1).String()
}

// settle replaces the parents' codes of rows that began on a day by ids.
func (b *book) settle(on string) error {
	for _, u := range b.units {
		if u.from != on || u.parent == "" || strings.Contains(u.parent, ".") {
			continue
		}
		parent := b.alive[u.parent]
		if parent == nil {
			return fmt.Errorf("%s %s: parent %s is not there on %s", u.id, u.fullName, u.parent, on)
		}
		u.parent = parent.id
	}
	return nil
}

// expect fails unless the living units below a province are exactly the list.
func (b *book) expect(list []record, province string) error {
	want := map[string]string{}
	for _, r := range list {
		want[r["code"]] = r["full_name"]
	}
	for code, u := range b.alive {
		if !b.under(u, province) {
			continue
		}
		if want[code] != u.fullName {
			return fmt.Errorf("province %s: %s is %q here and %q in the list", province, code, u.fullName, want[code])
		}
		delete(want, code)
	}
	if len(want) > 0 {
		return fmt.Errorf("province %s: %d units of the list are missing here: %v", province, len(want), want)
	}
	return nil
}

// under tells whether a living unit belongs to a province.
func (b *book) under(u *unit, province string) bool {
	for u.parent != "" {
		u = b.alive[codeOf(u.parent)]
	}
	return u.code == province
}

func codeOf(id string) string {
	code, _, _ := strings.Cut(id, ".")
	return code
}

func (b *book) unitRows() [][]string {
	list := append([]*unit(nil), b.units...)
	sort.SliceStable(list, func(i, j int) bool {
		x, y := list[i], list[j]
		if len(x.code) != len(y.code) {
			return len(x.code) < len(y.code)
		}
		if x.code != y.code {
			return x.code < y.code
		}
		return x.from < y.from
	})
	rows := make([][]string, 0, len(list))
	for _, u := range list {
		rows = append(rows, []string{
			u.id, u.code, u.name, u.fullName, u.altNames, u.kind, u.parent, u.from, u.to,
			u.area, u.pop2009, u.popReported, u.lon, u.lat, u.source,
		})
	}
	return rows
}

func (b *book) edgeRows() [][]string {
	list := append([]edge(nil), b.edges...)
	sort.SliceStable(list, func(i, j int) bool {
		x, y := list[i], list[j]
		if x.date != y.date {
			return x.date < y.date
		}
		if len(x.oldID) != len(y.oldID) {
			return len(x.oldID) < len(y.oldID)
		}
		if x.oldID != y.oldID {
			return x.oldID < y.oldID
		}
		return x.newID < y.newID
	})
	rows := make([][]string, 0, len(list))
	for _, e := range list {
		rows = append(rows, []string{e.date, e.decree, e.clause, e.oldID, e.newID, e.kind, e.event, e.share, e.source})
	}
	return rows
}
