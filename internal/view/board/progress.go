package board

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
)

// Sheet is the part of one commune in a round, and how far each quantity of it
// is on its way.
type Sheet struct {
	Round *Round
	Place int32               // key of the commune
	Sets  []string            // ids of the sets it is reviewed on
	Rows  map[int32]round.Row // by key of a quantity; those nothing was done with are left out
	Way
}

// Way says how far a sheet is in one word: the state of what is least far of all
// that was sent, or that something was returned.
type Way struct {
	Sent  bool // something of it was sent
	State round.State
}

// wayOf reads the rows of a sheet.
func wayOf(rows map[int32]round.Row) Way {
	w := Way{State: round.Confirmed}
	for _, r := range rows {
		switch {
		case r.State == round.Returned:
			return Way{Sent: true, State: round.Returned}
		case r.State >= round.Submitted:
			w.Sent, w.State = true, min(w.State, r.State)
		}
	}
	if !w.Sent {
		w.State = round.Draft
	}
	return w
}

// Round is a review round as pages show it.
type Round struct {
	ID        string
	Period    day.Period
	Name      string
	Closed    bool
	Whole     bool // every indicator is asked for
	Opened    day.Day
	SendBy    day.Day
	VerifyBy  day.Day
	ConfirmBy day.Day
	Entry     int64 // journal position of what holds; of a closed round, where its figures are frozen
}

// Open is the last day on which communes send, while the round is not closed.
func (r Round) Open() (until day.Day, ok bool) { return r.SendBy, !r.Closed }

// Open is that of the sheet's round.
func (s Sheet) Open() (until day.Day, ok bool) { return s.Round.Open() }

// sheetKey names a sheet.
type sheetKey struct{ period, place int32 }

// doneRow is one act as it is read.
type doneRow struct {
	sheetKey
	measure int32
	done    round.Done
}

// progress is the rounds and sheets of a board.
type progress struct {
	rounds []Round // the latest period first
	sheets map[sheetKey]membership
	rows   map[sheetKey]map[int32]round.Row
	ways   map[sheetKey]Way
}

// membership says which round a commune's sheet of a period belongs to.
type membership struct {
	round string
	sets  []string
}

// Rounds lists the rounds, the latest period first.
func (b *Board) Rounds() []Round {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.progress.rounds
}

// Sheet finds the sheet of a commune in a period.
func (b *Board) Sheet(placeKey int32, p day.Period) (Sheet, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.progress.sheet(sheetKey{p.Code(), placeKey})
}

// Sheets lists the sheets of a round in order of communes' keys.
func (b *Board) Sheets(roundID string) []Sheet {
	b.mu.RLock()
	defer b.mu.RUnlock()
	var out []Sheet
	for k, m := range b.progress.sheets {
		if m.round == roundID {
			if s, ok := b.progress.sheet(k); ok {
				out = append(out, s)
			}
		}
	}
	slices.SortFunc(out, func(x, y Sheet) int { return cmp.Compare(x.Place, y.Place) })
	return out
}

// SheetsOf lists the sheets of a commune, the latest period first.
func (b *Board) SheetsOf(placeKey int32) []Sheet {
	b.mu.RLock()
	defer b.mu.RUnlock()
	var out []Sheet
	for i := range b.progress.rounds {
		s, ok := b.progress.sheet(sheetKey{b.progress.rounds[i].Period.Code(), placeKey})
		if ok && s.Round.ID == b.progress.rounds[i].ID {
			out = append(out, s)
		}
	}
	return out
}

func (p *progress) sheet(k sheetKey) (Sheet, bool) {
	m, ok := p.sheets[k]
	if !ok {
		return Sheet{}, false
	}
	i := slices.IndexFunc(p.rounds, func(r Round) bool { return r.ID == m.round })
	if i < 0 {
		return Sheet{}, false
	}
	return Sheet{Round: &p.rounds[i], Place: k.place, Sets: m.sets, Rows: p.rows[k], Way: p.ways[k]}, true
}

// Dictionary gives the keys of quantities.
func (b *Board) Dictionary() *criteria.Dictionary {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.dict
}

// Reported is what stands of one quantity of a commune in a period itself, not
// in an earlier one.
func (b *Board) Reported(placeKey int32, p day.Period, measure int32) (law.Datum, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	i, ok := slices.BinarySearchFunc(b.pages, p.Code(), func(p *page, c int32) int { return cmp.Compare(p.period.Code(), c) })
	if !ok {
		return law.Datum{}, false
	}
	f, ok := b.pages[i].get(placeKey, measure)
	return f.datum, ok && f.datum.Known()
}

// readRounds takes the rounds and sheets anew into a delta.
func (d *delta) readRounds(tx *db.Tx) (err error) {
	if d.rounds, err = readRounds(tx); err != nil {
		return err
	}
	d.sheets, err = readSheets(tx)
	d.rounded = true
	return err
}

// take makes what a delta knows of rounds the board's own. The rows of a sheet
// that pages may be reading stay as they are.
func (p *progress) take(next *delta) {
	if next.rounded {
		p.rounds, p.sheets = next.rounds, next.sheets
	}
	if len(next.acts) == 0 {
		return
	}
	if p.rows == nil {
		p.rows, p.ways = map[sheetKey]map[int32]round.Row{}, map[sheetKey]Way{}
	}
	fresh := map[sheetKey]bool{}
	for i := range next.acts {
		a := &next.acts[i]
		if !fresh[a.sheetKey] {
			fresh[a.sheetKey] = true
			if p.rows[a.sheetKey] = maps.Clone(p.rows[a.sheetKey]); p.rows[a.sheetKey] == nil {
				p.rows[a.sheetKey] = map[int32]round.Row{}
			}
		}
		r := p.rows[a.sheetKey][a.measure]
		if a.done.Entry > r.Entry { // a row that is read twice counts once
			r.Add(a.done)
			p.rows[a.sheetKey][a.measure] = r
		}
	}
	for k := range fresh {
		p.ways[k] = wayOf(p.rows[k])
	}
}

// aboutRounds tells whether a command of the journal changes rounds themselves.
func aboutRounds(command string) bool { return strings.HasPrefix(command, "round.") }
