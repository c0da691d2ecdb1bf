package board

import (
	"cmp"
	"context"
	"slices"
	"time"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/place"
)

// Standing is the standing of every titled commune at a day, each on the set its
// title calls for.
type Standing struct {
	On       day.Day
	Position int64     // journal position it rests on
	At       time.Time // instant of that entry
	Whole    bool      // every period was loaded
	// Held is every commune that holds a title or is made of communes that did,
	// in order of codes.
	Held []recognition.Held
	Sets []*review.Assessment // in order of the library's sets
	// Risks are the early warnings of each of Sets, as its AtRisk gives them.
	Risks [][]review.Risk
}

// Standing gives the standing at a day. A day before the register of places
// begins is an error.
func (b *Board) Standing(ctx context.Context, on day.Day) (*Standing, error) {
	a, err := b.answer(ctx, question{on: on})
	if err != nil {
		return nil, err
	}
	return &a.standing, nil
}

// Assess gives the verdicts of every xã of the province at a day on a set,
// titled or not.
func (b *Board) Assess(ctx context.Context, set *law.Set, on day.Day) (*review.Assessment, error) {
	a, err := b.answer(ctx, question{on: on, set: set.ID})
	if err != nil {
		return nil, err
	}
	return a.standing.Sets[0], nil
}

// maxAnswers bounds the answers that are kept ready.
const maxAnswers = 16

// question is what an answer is kept for; set "" asks for the titled communes.
type question struct {
	on  day.Day
	set string
}

// answer is a standing with what is needed to bring it up to date.
type answer struct {
	standing   Standing
	parts      []part
	seq, epoch uint64
	used       uint64
}

// part is one assessment of an answer.
type part struct {
	question  *review.Question
	rows      map[int32]int // of a place key in the assessment
	generated []bool        // communes that rest on a generated finding
	decided   bool          // a decision of the province is generated
	risks     [][]risk      // early warnings by commune; nil where they are not kept
}

// risk is one early warning of one commune.
type risk struct {
	slot   int
	demand string
}

// answer gives what is kept, brought up to date commune by commune, or judges
// all communes anew when titles or decisions changed.
func (b *Board) answer(ctx context.Context, q question) (*answer, error) {
	b.answering.Lock()
	defer b.answering.Unlock()
	b.mu.RLock()
	defer b.mu.RUnlock()
	b.used++
	a := b.answers[q]
	switch {
	case a != nil && a.epoch == b.epoch && a.seq == b.seq:
		if a.standing.Position != b.position || a.standing.Whole != b.whole {
			a = a.with(b)
		}
	case a != nil && a.epoch == b.epoch:
		a = b.refresh(a)
	default:
		var err error
		if a, err = b.judge(ctx, q); err != nil {
			return nil, err
		}
	}
	a.used = b.used
	b.answers[q] = a
	b.forget()
	return a, nil
}

// with is the same answer at the board's position.
func (a *answer) with(b *Board) *answer {
	next := *a
	next.seq, next.epoch = b.seq, b.epoch
	next.standing.Position, next.standing.At, next.standing.Whole = b.position, b.at, b.whole
	return &next
}

// forget drops the answer that was not asked for longest.
func (b *Board) forget() {
	if len(b.answers) <= maxAnswers {
		return
	}
	var oldest question
	least := b.used + 1
	for q, a := range b.answers {
		if a.used < least {
			oldest, least = q, a.used
		}
	}
	delete(b.answers, oldest)
}

// judge answers a question from the columns.
func (b *Board) judge(ctx context.Context, q question) (*answer, error) {
	a := (&answer{}).with(b)
	a.standing.On = q.on
	if q.set != "" {
		set, err := b.opt.Law.Set(q.set)
		if err != nil {
			return nil, err
		}
		a.add(b, set, b.communes(q.on))
		return a, nil
	}
	err := b.opt.DB.Read(ctx, func(tx *db.Tx) (err error) {
		a.standing.Held, err = b.opt.Titles.Current(ctx, tx, q.on, b.position)
		return err
	})
	if err != nil {
		return nil, err
	}
	bySet := map[string][]place.Unit{}
	for i := range a.standing.Held {
		h := &a.standing.Held[i]
		if h.State != recognition.Holding || h.Title == nil {
			continue
		}
		if set := b.opt.Law.TestedOn(h.Title.Level, q.on.Year()); set != nil {
			bySet[set.ID] = append(bySet[set.ID], h.Unit)
		}
	}
	for _, set := range b.opt.Law.Sets {
		if units := bySet[set.ID]; len(units) > 0 {
			a.add(b, set, units)
		}
	}
	return a, nil
}

// communes lists the xã of the province at a day.
func (b *Board) communes(on day.Day) []place.Unit {
	var out []place.Unit
	for _, u := range b.opt.Places.At(on).Communes("") {
		if u.IsXa() && u.Province == b.opt.Province {
			out = append(out, u)
		}
	}
	return out
}

// add judges communes on a set.
func (a *answer) add(b *Board, set *law.Set, units []place.Unit) {
	units = slices.Clone(units)
	slices.SortFunc(units, func(x, y place.Unit) int { return cmp.Or(cmp.Compare(x.Code, y.Code), cmp.Compare(x.ID, y.ID)) })
	p := part{
		question: &review.Question{
			Library: b.opt.Law, Set: set, On: a.standing.On, Province: b.opt.Province, Places: b.opt.Places,
			Decisions: map[string]*law.Decisions{}, Forget: true,
		},
		rows: make(map[int32]int, len(units)), generated: make([]bool, len(units)),
	}
	for _, s := range p.sets() {
		dec := b.local[s.ID]
		p.question.Decisions[s.ID] = dec
		p.decided = p.decided || slices.ContainsFunc(dec.Values, func(v law.Decision) bool { return v.Illustrative })
	}
	var all []review.Finding
	for i := range units {
		p.rows[units[i].Key] = i
		all, p.generated[i] = b.findings(all, &units[i], &p)
	}
	judged := review.Assess(p.question, units, all)
	judged.Illustrative = p.decided || slices.Contains(p.generated, true)
	a.standing.Sets = append(a.standing.Sets, judged)
	if a.standing.Held != nil {
		found := judged.AtRisk()
		p.risks = byCommune(found, len(units))
		a.standing.Risks = append(a.standing.Risks, found)
	}
	a.parts = append(a.parts, p)
}

// byCommune lays early warnings out commune by commune.
func byCommune(found []review.Risk, communes int) [][]risk {
	out := make([][]risk, communes)
	for _, r := range found {
		for _, i := range r.Communes {
			out[i] = append(out[i], risk{r.Slot, r.Demand})
		}
	}
	return out
}

// bySlot is byCommune undone.
func bySlot(kept [][]risk) []review.Risk {
	at := map[int]int{}
	var out []review.Risk
	for i := range kept {
		for _, r := range kept[i] {
			n, ok := at[r.slot]
			if !ok {
				n = len(out)
				at[r.slot] = n
				out = append(out, review.Risk{Slot: r.slot, Demand: r.demand})
			}
			out[n].Demand = r.demand
			out[n].Communes = append(out[n].Communes, i)
		}
	}
	slices.SortFunc(out, func(x, y review.Risk) int { return x.Slot - y.Slot })
	return out
}

// sets are the part's set and those it rests on.
func (p *part) sets() []*law.Set {
	return append([]*law.Set{p.question.Set}, p.question.Library.Base(p.question.Set)...)
}

// refresh judges again the communes that changed since an answer was made.
func (b *Board) refresh(old *answer) *answer {
	a := old.with(b)
	a.parts = slices.Clone(old.parts)
	a.standing.Sets, a.standing.Risks = slices.Clone(old.standing.Sets), slices.Clone(old.standing.Risks)
	for i := range a.parts {
		p := &a.parts[i]
		var stale []int32
		for key := range p.rows {
			if b.changed[key] > old.seq {
				stale = append(stale, key)
			}
		}
		if len(stale) > 0 {
			a.standing.Sets[i] = p.again(b, a.standing.Sets[i], stale)
			if p.risks != nil {
				a.standing.Risks[i] = bySlot(p.risks)
			}
		}
	}
	return a
}

// again gives an assessment with some communes judged anew; the old one stays as
// it is, since pages may still be reading it.
func (p *part) again(b *Board, old *review.Assessment, stale []int32) *review.Assessment {
	next, facts, standing := *old, *old.Facts, *old.Standing
	facts.Communes, standing.Communes = slices.Clone(facts.Communes), slices.Clone(standing.Communes)
	next.Facts, next.Standing = &facts, &standing
	p.generated, p.risks = slices.Clone(p.generated), slices.Clone(p.risks)
	for _, key := range stale {
		i := p.rows[key]
		var found []review.Finding
		found, p.generated[i] = b.findings(nil, &next.Units[i], p)
		one := review.Assess(p.question, next.Units[i:i+1], found)
		facts.Communes[i], standing.Communes[i] = one.Facts.Communes[0], one.Standing.Communes[0]
		if p.risks != nil {
			p.risks[i] = byCommune(one.AtRisk(), 1)[0]
		}
	}
	next.Illustrative = p.decided || slices.Contains(p.generated, true)
	return &next
}

// findings adds what counts for a commune in a part to a list: of every slot the
// one finding that prevails, since a province's history is fifty times that. It
// tells whether any finding of the commune, prevailing or not, was generated.
func (b *Board) findings(out []review.Finding, u *place.Unit, of *part) (_ []review.Finding, generated bool) {
	sets := of.sets()
	at := make([][]int32, len(sets)) // one more than the index in out, by set and slot
	for i, s := range sets {
		at[i] = make([]int32, s.Slots())
	}
	for _, p := range b.pages {
		row, ok := p.rows[u.Key]
		if !ok {
			continue
		}
		for col := range p.column {
			f, ok := p.at(row, int32(col))
			if !ok || !f.datum.Known() {
				continue
			}
			note := ""
			if f.illustrative {
				note = review.Illustrative
			}
			for _, m := range b.dict.Members(p.keys[col]) {
				i := slices.Index(sets, m.Set)
				if i < 0 {
					continue
				}
				generated = generated || f.illustrative
				switch n := at[i][m.Slot]; {
				case n > 0:
					if old := &out[n-1]; review.Replaces(&f.datum, &old.Datum, of.question.On) {
						old.Datum, old.Note = f.datum, note
					}
				case review.Replaces(&f.datum, &law.Datum{}, of.question.On):
					out = append(out, review.Finding{Place: u, Set: m.Set, Slot: m.Slot, Datum: f.datum, Note: note})
					at[i][m.Slot] = int32(len(out))
				}
			}
		}
	}
	return out, generated
}

// History is what stands of one slot of a set for a commune, period by period in
// order of their ends. Taken-back findings are left out.
func (b *Board) History(placeKey int32, set *law.Set, slot int) []law.Datum {
	b.mu.RLock()
	defer b.mu.RUnlock()
	slots := b.dict.Slots(set)
	if slot < 0 || slot >= len(slots) {
		return nil
	}
	out := make([]law.Datum, 0, len(b.pages))
	for _, p := range b.pages {
		if f, ok := p.get(placeKey, slots[slot]); ok && f.datum.Known() {
			out = append(out, f.datum)
		}
	}
	slices.SortStableFunc(out, func(x, y law.Datum) int {
		return cmp.Or(cmp.Compare(x.Period.Last(), y.Period.Last()), cmp.Compare(y.Period.First(), x.Period.First()))
	})
	return out
}
