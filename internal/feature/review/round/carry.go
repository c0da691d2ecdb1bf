package round

import (
	"context"
	"slices"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Carry is the command that keeps what an earlier period said of a criterion
// (Giữ nguyên kỳ trước): every indicator of it that has no finding in this
// period takes the latest earlier one, marked with the period it is from.
type Carry struct {
	Place     string // id of the commune
	Period    day.Period
	Set       string
	Criterion string // code
}

var (
	msgNoCriterion = fault.Msg{Key: "round.no_criterion", Text: "phiếu không có tiêu chí {code}"}
	msgNoEarlier   = fault.Msg{Key: "round.no_earlier", Text: "tiêu chí {code}: không còn chỉ tiêu nào có số liệu kỳ trước để giữ nguyên"}
	msgTooOld      = fault.Msg{Key: "round.too_old", Text: "số liệu kỳ {period} đã quá {months} tháng, phải rà soát và nhập lại"}
)

// Command is the journal's view of it.
func (c *Carry) Command(actor string) (db.Command, error) {
	return command(actor, "review.carry", scopeOf(Target{Place: c.Place, Period: c.Period}), map[string]any{
		"place": c.Place, "period": c.Period.String(), "set": c.Set, "criterion": c.Criterion,
	})
}

// Carried is what a carrying over did.
type Carried struct {
	Codes []string       // indicators and parts that took an earlier value
	Old   []*fault.Error // those whose value is too old to be kept, each at its code
}

// Carry carries a criterion over.
func (s *Service) Carry(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Carry) (*Carried, error) {
	set, err := s.lib.Set(cmd.Set)
	if err != nil {
		return nil, err
	}
	crit, ok := set.Criterion(cmd.Criterion)
	if !ok {
		return nil, fault.New(fault.NotFound, msgNoCriterion, "code", cmd.Criterion)
	}
	first := Target{Place: cmd.Place, Period: cmd.Period, Set: cmd.Set, Code: set.At(crit.First).Code}
	a, err := s.target(ctx, tx, first)
	if err != nil {
		return nil, err
	}
	h, err := s.history(ctx, tx, a)
	if err != nil {
		return nil, err
	}
	out := &Carried{}
	var findings []review.Stored
	var acts [][]any
	for slot := crit.First; slot < crit.End; slot++ {
		for _, n := range slotsOf(set.At(slot)) {
			done, reason, err := s.carried(a.on(set, n, h.keys), h, who)
			switch {
			case err != nil:
				return nil, err
			case reason != nil:
				out.Old = append(out.Old, reason)
			case done != nil:
				out.Codes = append(out.Codes, set.At(n).Code)
				findings = append(findings, done.Finding)
				acts = append(acts, actRow(done.Finding.Cell, Done{Act: ActCarry, State: done.Row.State, Reason: done.Row.Reason}))
			}
		}
	}
	if len(findings) == 0 {
		return out, fault.New(fault.Conflict, msgNoEarlier, "code", cmd.Criterion).With(out.Old...)
	}
	if err := review.Append(tx, findings); err != nil {
		return nil, err
	}
	return out, insertActs(tx, acts)
}

// on is the same sheet at another slot.
func (a *aim) on(set *law.Set, slot int, keys []int32) *aim {
	b := *a
	b.set, b.slot, b.measure, b.fields = set, slot, keys[slot], []string{Field(set, slot)}
	return &b
}

// earlier is what was reported of a commune before and in a period.
type earlier struct {
	keys  []int32                 // of the set's slots
	now   map[int32]review.Stored // of the period, by quantity
	last  map[int32]review.Stored // the latest before it
	rows  map[int32]Row           // of the sheet
	since map[int32]string        // period a carried earlier value is from
}

// history reads what was reported of a commune.
func (s *Service) history(ctx context.Context, tx *db.Tx, a *aim) (*earlier, error) {
	dict, err := s.dictionary(ctx, tx)
	if err != nil {
		return nil, err
	}
	all, err := review.StoredOf(tx, []int32{a.unit.Key}, 0, now)
	if err != nil {
		return nil, err
	}
	h := &earlier{keys: dict.Slots(a.set), now: map[int32]review.Stored{}, last: map[int32]review.Stored{}, since: map[int32]string{}}
	period := a.sheet.Round.Period
	for _, f := range all {
		switch p := f.Datum.Period; {
		case !f.Datum.Known() || f.Datum.State == law.Faulty:
		case p == period:
			h.now[f.Measure] = f
		case p.Last() < period.Last():
			if old, ok := h.last[f.Measure]; !ok || law.ComparePrecedence(&f.Datum, &old.Datum) >= 0 {
				h.last[f.Measure] = f
			}
		}
	}
	if h.rows, err = s.Rows(ctx, tx, a.sheet); err != nil {
		return nil, err
	}
	return h, h.readSince(tx, a.unit.Key)
}

// readSince finds from which period values are that were carried over before.
func (h *earlier) readSince(tx *db.Tx, place int32) error {
	var periods []int32
	for _, f := range h.last {
		if !slices.Contains(periods, f.Period) {
			periods = append(periods, f.Period)
		}
	}
	slices.Sort(periods)
	for _, p := range periods {
		acts, err := readActs(tx, place, p)
		if err != nil {
			return err
		}
		for measure, row := range fold(acts) {
			if row.Origin == ActCarry && h.last[measure].Period == p {
				h.since[measure] = row.Reason
			}
		}
	}
	return nil
}

// carried is one quantity with its earlier value; nil when there is nothing to
// carry, a fault when the value is too old.
func (s *Service) carried(a *aim, h *earlier, who authz.Subject) (*Saved, *fault.Error, error) {
	row, old := h.rows[a.measure], h.last[a.measure]
	if _, has := h.now[a.measure]; has || !old.Datum.Known() {
		return nil, nil, nil
	}
	ind := a.set.At(a.slot)
	from := old.Datum.Period
	if since, err := day.ParsePeriod(h.since[a.measure]); err == nil {
		from = since
	}
	if limit := Whole(a.set, a.slot).MaxAge; limit > 0 && from.Last().AddMonths(limit) < a.sheet.Round.Period.Last() {
		return nil, fault.New(fault.Invalid, msgTooOld, "period", from.Vietnamese(), "months", itoa(limit)).At(ind.Code), nil
	}
	if a.sheet.Round.Closed {
		return nil, nil, fault.New(fault.Conflict, msgClosed, "name", a.sheet.Round.Name)
	}
	if !a.may(who, authz.EnterFinding, &row) {
		return nil, nil, fault.New(fault.Forbidden, msgNoEntry, "code", ind.Code, "why", "phiếu "+row.State.Vietnamese()+" hoặc không phải phiếu của xã mình")
	}
	f := old
	f.Period, f.Datum.Period, f.Datum.Provenance = a.sheet.Round.Period.Code(), a.sheet.Round.Period, law.Declared
	f.Note = ""
	if strings.Contains(old.Note, review.Illustrative) {
		f.Note = review.Illustrative
	}
	row.Origin, row.Reason = ActCarry, from.String()
	return &Saved{Finding: f, Row: row, Act: ActCarry}, nil, nil
}
