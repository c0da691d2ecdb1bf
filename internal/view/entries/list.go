package entries

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/register/place"
)

// Filter chooses entries; one with From and Until day.None takes all.
type Filter struct {
	Group  string      // of commands, see [Groups]
	Actor  string      // as entries bear it: the id of an account, or a name such as cli:root
	Place  *place.Unit // whose findings or titles were written
	Period *day.Period
	From   day.Day // day.None = from the first
	Until  day.Day // last day; day.None = to the last
	Before int64   // entries below this position; 0 = from the last
}

// Entry is one line of the list.
type Entry struct {
	Position int64
	At       time.Time
	Actor    string
	Command  string
	Words    string // what was done
	Group    string
	Scope    Scope
	Body     string
	Rows     int64
}

// Scope is what a bulk command says it covers.
type Scope struct {
	Sets   []string `json:"sets"`
	Period string   `json:"period"`
	Places []string `json:"places"`
	Text   string   `json:"-"` // a scope of another form, as it is
}

// Page is a part of the list, the newest first.
type Page struct {
	Entries []Entry
	Next    int64 // Filter.Before of the next page; 0 = there is none
	Looked  bool  // the search stopped before the page was full; Next goes on
	Size    int64 // entries of the whole journal
}

const (
	perPage = 50
	batch   = 200
	// farthest bounds what one page looks at when few entries fit its filter.
	farthest = 5000
)

// List gives a page of the journal.
func List(_ context.Context, tx *db.Tx, f Filter) (*Page, error) {
	head, err := journal.ReadHead(tx)
	if err != nil {
		return nil, err
	}
	p := &Page{Size: head.Size}
	s, err := f.span(tx, head.Size)
	if err != nil {
		return nil, err
	}
	if f.Place != nil {
		return p, f.ofPlace(tx, p, s)
	}
	names, err := f.commands(tx)
	if err != nil {
		return nil, err
	}
	for looked := 0; s.low < s.high; {
		rows, err := newest(tx, s, names, f.Actor)
		if err != nil || len(rows) == 0 {
			return p, err
		}
		for i := range rows {
			if f.admits(&rows[i], names) && p.add(&rows[i]) {
				return p, nil
			}
		}
		s.high = rows[len(rows)-1].position
		if looked += len(rows); looked >= farthest {
			p.Looked, p.Next = true, s.high
			return p, nil
		}
	}
	return p, nil
}

// add appends an entry; true when the page was full already and this one is for
// the next.
func (p *Page) add(r *row) bool {
	if len(p.Entries) == perPage {
		p.Next = p.Entries[perPage-1].Position
		return true
	}
	p.Entries = append(p.Entries, r.entry())
	return false
}

// span is the positions that the days and the page leave.
func (f *Filter) span(tx *db.Tx, size int64) (span, error) {
	s := span{1, size + 1}
	if f.Before > 0 {
		s.high = min(s.high, f.Before)
	}
	if f.From != day.None {
		last, err := journal.PositionAt(tx, f.From.Start().Add(-time.Microsecond))
		if err != nil {
			return s, err
		}
		s.low = last + 1
	}
	if f.Until != day.None {
		last, err := journal.PositionAt(tx, (f.Until + 1).Start().Add(-time.Microsecond))
		if err != nil {
			return s, err
		}
		s.high = min(s.high, last+1)
	}
	return s, nil
}

// commands is the commands of the group; nil = all.
func (f *Filter) commands(tx *db.Tx) ([]string, error) {
	if f.Group == "" {
		return nil, nil
	}
	all, err := commands(tx)
	return slices.DeleteFunc(all, func(name string) bool { return GroupOf(name) != f.Group }), err
}

// newest is the last entries of a span, of the commands or the actor.
func newest(tx *db.Tx, s span, names []string, actor string) ([]row, error) {
	if actor != "" || names == nil {
		return lastOf(tx, s, "", actor, batch)
	}
	var out []row
	for _, name := range names {
		rows, err := lastOf(tx, s, name, "", batch)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	slices.SortFunc(out, func(a, b row) int { return cmp.Compare(b.position, a.position) })
	return out[:min(len(out), batch)], nil
}

func (f *Filter) admits(r *row, names []string) bool {
	switch {
	case names != nil && !slices.Contains(names, r.command), f.Group != "" && GroupOf(r.command) != f.Group,
		f.Actor != "" && r.actor != f.Actor:
		return false
	case f.Period == nil || f.Place != nil: // of a commune the findings told the period
		return true
	}
	return r.period() == f.Period.String()
}

// ofPlace lists the entries that wrote something of a commune.
func (f *Filter) ofPlace(tx *db.Tx, p *Page, s span) error {
	periods := [2]int32{0, 1 << 30}
	if f.Period != nil {
		periods = [2]int32{f.Period.Code(), f.Period.Code()}
	}
	positions, err := placeEntries(tx, f.Place.Key, f.Place.ID, periods, s)
	if err != nil {
		return err
	}
	for i, position := range positions {
		if i == farthest {
			p.Looked, p.Next = true, position+1
			return nil
		}
		r, found, err := entryAt(tx, position)
		if err != nil {
			return err
		}
		if found && f.admits(&r, nil) && p.add(&r) {
			return nil
		}
	}
	return nil
}

func (r *row) entry() Entry {
	return Entry{
		Position: r.position, At: r.at, Actor: r.actor, Command: r.command, Words: Words(r.command), Group: GroupOf(r.command),
		Scope: readScope(r.scope), Body: r.body, Rows: r.rows,
	}
}

// period is the period that a command says it is about, "" for none.
func (r *row) period() string {
	if s := readScope(r.scope); s.Period != "" {
		return s.Period
	}
	var body struct {
		Period string `json:"period"`
	}
	if err := json.Unmarshal([]byte(r.body), &body); err != nil {
		return "" // a body of another form names no period
	}
	return body.Period
}

func readScope(text string) Scope {
	var s Scope
	if !strings.HasPrefix(text, "{") || json.Unmarshal([]byte(text), &s) != nil {
		return Scope{Text: text}
	}
	return s
}
