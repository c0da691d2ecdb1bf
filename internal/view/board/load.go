package board

import (
	"context"
	"math"
	"strings"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
)

// Load reads the open year, so that pages can be answered, and the journal's
// position; LoadHistory reads the rest.
func (b *Board) Load(ctx context.Context) error {
	b.reading.Lock()
	defer b.reading.Unlock()
	return b.opt.DB.Read(ctx, func(tx *db.Tx) error {
		end, err := lastEntry(tx)
		if err != nil {
			return err
		}
		next := &delta{end: end, law: true}
		if err := b.readLaw(ctx, tx, next); err != nil {
			return err
		}
		if err := next.readRounds(tx); err != nil {
			return err
		}
		first, last := yearCodes(tx.Today().Year())
		if err := next.read(tx, scope{places: b.places, first: first, last: last}); err != nil {
			return err
		}
		return b.apply(next)
	})
}

// LoadHistory reads every other year, the latest first. It may run while pages
// are answered and the journal is followed.
func (b *Board) LoadHistory(ctx context.Context) error {
	var years []int
	err := b.opt.DB.Read(ctx, func(tx *db.Tx) error {
		first, last, ok, err := periodSpan(tx)
		if err != nil || !ok {
			return err
		}
		open := tx.Today().Year()
		for y := int(last / 100); y >= int(first/100); y-- {
			if y != open {
				years = append(years, y)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, y := range years {
		if err := b.loadYear(ctx, y); err != nil {
			return err
		}
	}
	b.mu.Lock()
	b.whole = true
	b.mu.Unlock()
	return nil
}

// loadYear reads a year and, in the same snapshot, what the journal added to
// the others: the board stands at one position all over.
func (b *Board) loadYear(ctx context.Context, year int) error {
	b.reading.Lock()
	defer b.reading.Unlock()
	return b.opt.DB.Read(ctx, func(tx *db.Tx) error {
		next, err := b.since(ctx, tx)
		if err != nil {
			return err
		}
		first, last := yearCodes(year)
		if err := next.read(tx, scope{places: b.places, first: first, last: last}); err != nil {
			return err
		}
		return b.apply(next)
	})
}

// Catch takes in what the journal added since the last time.
func (b *Board) Catch(ctx context.Context) error { return b.catch(ctx, math.MaxInt64) }

// catch is Catch for who waits for a position: whoever waited for his turn while
// another read as far has nothing left to read.
func (b *Board) catch(ctx context.Context, position int64) error {
	b.reading.Lock()
	defer b.reading.Unlock()
	if b.position >= position {
		return nil
	}
	return b.opt.DB.Read(ctx, func(tx *db.Tx) error {
		next, err := b.since(ctx, tx)
		if err != nil || next.end.position == b.position {
			return err
		}
		return b.apply(next)
	})
}

// delta is what changed between two positions.
type delta struct {
	end   entry
	law   bool // titles, decisions or measures may have changed
	dict  *criteria.Dictionary
	local map[string]*law.Decisions
	rows  []row
	facts []fact

	rounded bool // rounds and sheets were read anew
	rounds  []Round
	sheets  map[sheetKey]membership
	acts    []doneRow
}

func (d *delta) read(tx *db.Tx, s scope) error {
	acts, err := readActs(tx, s)
	if err != nil {
		return err
	}
	d.acts = append(d.acts, acts...)
	return readFindings(tx, s, func(r row, f *fact) error {
		if n := len(d.rows); n > 0 && d.rows[n-1].place == r.place && d.rows[n-1].period == r.period && d.rows[n-1].measure == r.measure {
			d.rows[n-1], d.facts[n-1] = r, *f
			return nil
		}
		d.rows, d.facts = append(d.rows, r), append(d.facts, *f)
		return nil
	})
}

// since reads what the journal added after the board's position. The caller
// holds reading, so the position stands.
func (b *Board) since(ctx context.Context, tx *db.Tx) (*delta, error) {
	entries, err := entriesAfter(tx, b.position)
	if err != nil {
		return nil, err
	}
	next := &delta{end: entry{position: b.position, at: b.at}}
	if len(entries) == 0 {
		return next, nil
	}
	next.end = entries[len(entries)-1]
	var covered []string
	for i := range entries {
		switch e := &entries[i]; {
		case strings.HasPrefix(e.command, "review."):
			covered = append(covered, e.scope)
		case strings.HasPrefix(e.command, "criteria."), strings.HasPrefix(e.command, "recognition."):
			next.law = true
		case aboutRounds(e.command):
			next.rounded = true
		}
	}
	if next.rounded {
		if err := next.readRounds(tx); err != nil {
			return nil, err
		}
	}
	if next.law {
		if err := b.readLaw(ctx, tx, next); err != nil {
			return nil, err
		}
	}
	if len(covered) == 0 {
		return next, nil
	}
	return next, next.read(tx, b.covering(covered, next))
}

// covering is the scope of some commands of the review by what they say they
// cover.
func (b *Board) covering(said []string, next *delta) scope {
	want := scope{after: b.position, narrow: true}
	dict := b.dict // only who holds reading changes it
	if next.law {
		dict = next.dict
	}
	for _, covers := range said {
		if !want.add(covers, b.opt.Law, dict) {
			return scope{places: b.places, last: 1 << 30, after: b.position}
		}
	}
	want.tidy()
	return want
}

// readLaw reads the dictionary of measures and the province's decisions.
func (b *Board) readLaw(ctx context.Context, tx *db.Tx, next *delta) error {
	var err error
	if next.dict, err = b.keys.Keys(ctx, tx); err != nil {
		return err
	}
	next.local = make(map[string]*law.Decisions, len(b.opt.Law.Sets))
	for _, s := range b.opt.Law.Sets {
		if next.local[s.ID], err = b.opt.Decisions.Decisions(ctx, tx, s.ID, next.end.position); err != nil {
			return err
		}
	}
	return nil
}

// bulk is how many findings at once are a load rather than a change.
const bulk = 1000

// apply makes a delta the board's own, at once for every reader.
func (b *Board) apply(next *delta) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	touched := map[*page]bool{}
	for i := range next.rows {
		p, err := b.pageOf(next.rows[i].period)
		if err != nil {
			return err
		}
		touched[p] = true
		p.set(next.rows[i].place, next.rows[i].measure, &next.facts[i])
	}
	if len(next.rows) > bulk {
		for p := range touched {
			p.trim()
		}
	}
	if len(next.rows) > 0 {
		b.seq++
		for i := range next.rows {
			b.changed[next.rows[i].place] = b.seq
		}
	}
	if next.law {
		b.dict, b.local = next.dict, next.local
		b.epoch++
	}
	b.progress.take(next)
	b.position, b.at = next.end.position, next.end.at
	return nil
}
