package app_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	values "giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/viewtest"
)

// The people who edit at random. They reach the whole province, so that most of
// what they try is allowed; who may do what is tested elsewhere.
var (
	randomClerk    = anybody("nhap", authz.CommuneEntry)
	randomChair    = anybody("gui", authz.CommuneLeader)
	randomDistrict = anybody("tham-tra", authz.DistrictOffice)
	randomAgency   = anybody("xac-nhan", authz.InCharge)
	randomOffice   = anybody("dieu-phoi", authz.Coordination)
)

func anybody(id string, r authz.Role) authz.Subject {
	return authz.Subject{ID: id, Grants: []authz.Grant{{Role: r, Place: "08.1", Fields: []string{"*"}}}}
}

// editor draws edits and carries them out through the services of one node.
type editor struct {
	*node
	*drawn
	rng      *rand.Rand
	done     map[string]int // accepted commands by name
	accepted int            // of all
	failed   error          // that was no refusal
}

// drawn is what editors draw from.
type drawn struct {
	communes, titles, open []string // ids of communes, titles and rounds
	periods                []day.Period
	decisions              []values.Record
}

func periods(names ...string) (out []day.Period) {
	for _, name := range names {
		if p, err := day.ParsePeriod(name); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// draw opens the rounds that are edited, one of them closed already, and reads
// what else there is to draw from.
func draw(t *testing.T, n *node) *drawn {
	t.Helper()
	d := &drawn{periods: periods("2024-Q1", "2024-Q2", "2024-Q3", "2024-H1")}
	today := viewtest.Today()
	e := &editor{node: n, done: map[string]int{}}
	for _, p := range d.periods {
		c := &round.Open{Name: "Rà soát " + p.String(), Period: p, Basis: "1/KH", BasisOn: today, SendBy: today + 1, VerifyBy: today + 2, ConfirmBy: today + 3}
		e.do(randomOffice, c, func(ctx context.Context, tx *db.Tx) error {
			id, err := n.rounds.Open(ctx, tx, randomOffice, c)
			d.open = append(d.open, id)
			return err
		})
	}
	e.end(d.open[0])
	viewtest.Must(t, e.failed)
	ctx := context.Background()
	viewtest.Must(t, n.app.DB.Read(ctx, func(tx *db.Tx) error {
		held, err := n.app.Recognition.Current(ctx, tx, today, viewtest.Now)
		for _, h := range held {
			if h.Title != nil {
				d.communes = append(d.communes, h.Unit.ID)
				d.titles = append(d.titles, h.Title.ID)
			}
		}
		if err != nil {
			return err
		}
		d.decisions, err = n.app.Criteria.Records(ctx, tx, "", viewtest.Now)
		return err
	}))
	return d
}

func pick[T any](e *editor, from []T) T { return from[e.rng.IntN(len(from))] }

// do carries a command out; that it is refused is no failure.
func (e *editor) do(who authz.Subject, c interface {
	Command(actor string) (db.Command, error)
}, fn func(ctx context.Context, tx *db.Tx) error,
) {
	cmd, err := c.Command(who.ID)
	ctx := context.Background()
	if err == nil {
		err = e.app.DB.Write(ctx, cmd, func(tx *db.Tx) error { return fn(ctx, tx) })
	}
	switch {
	case err == nil:
		e.done[cmd.Name]++
		e.accepted++
	case !refused(err):
		e.failed = fmt.Errorf("%s: %w", cmd.Name, err)
	}
}

// refused tells whether an error is a refusal that a person is told.
func refused(err error) bool {
	return errors.Is(err, round.ErrSame) ||
		fault.Is(err, fault.Invalid) || fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) || fault.Is(err, fault.Forbidden)
}

// sheet draws a sheet as the node's board shows it.
func (e *editor) sheet() board.Sheet {
	return pick(e, e.server.Board().Sheets(pick(e, e.open)))
}

// target draws an indicator of a sheet.
func (e *editor) target() (round.Target, *law.Indicator) {
	s := e.sheet()
	set := e.set(pick(e, s.Sets))
	ind := set.At(e.rng.IntN(set.Slots()))
	return round.Target{Place: e.id(s.Place), Period: s.Round.Period, Set: set.ID, Code: ind.Code}, ind
}

// touched draws an indicator that something was done with, in one of some
// states where the sheet has such; else any.
func (e *editor) touched(states ...round.State) (round.Target, *law.Indicator) {
	for range 4 {
		s := e.sheet()
		for measure, row := range s.Rows {
			if len(states) > 0 && !slices.Contains(states, row.State) {
				continue
			}
			for _, m := range e.server.Board().Dictionary().Members(measure) {
				if slices.Contains(s.Sets, m.Set.ID) {
					ind := m.Set.At(m.Slot)
					return round.Target{Place: e.id(s.Place), Period: s.Round.Period, Set: m.Set.ID, Code: ind.Code}, ind
				}
			}
		}
	}
	return e.target()
}

func (e *editor) set(id string) *law.Set {
	set, err := e.app.Law.Set(id)
	if err != nil {
		e.failed = err
	}
	return set
}

func (e *editor) id(key int32) string {
	id, err := place.IDOf(key)
	if err != nil {
		e.failed = err
	}
	return id
}

// entry draws what somebody types.
func (e *editor) entry(ind *law.Indicator) law.Entry {
	figure := fmt.Sprintf("%d,%02d", e.rng.IntN(100), e.rng.IntN(100))
	switch n := e.rng.IntN(12); {
	case n == 0:
		return law.Entry{} // takes back what was there
	case n == 1:
		return law.Entry{Value: pick(e, []string{"đạt", "chưa đạt", "không áp dụng"})}
	case ind.Kind == law.YesNo, ind.Kind == law.Compound, ind.Kind == law.Depends:
		return law.Entry{Value: pick(e, []string{"đạt", "đạt", "chưa đạt"})}
	case ind.Kind == law.BySex:
		return law.Entry{Male: figure, Female: fmt.Sprint(e.rng.IntN(101))}
	case ind.Kind == law.Level && len(ind.Levels) > 0:
		return law.Entry{Value: pick(e, ind.Levels)}
	case ind.Kind == law.Level, ind.Kind == law.Count:
		return law.Entry{Value: fmt.Sprint(e.rng.IntN(4))}
	case n == 2:
		return law.Entry{Numerator: fmt.Sprint(e.rng.IntN(100)), Denominator: "100"}
	}
	return law.Entry{Value: figure}
}

// saving draws who enters and what.
func (e *editor) saving() (authz.Subject, round.Save) {
	t, ind := e.target()
	c := round.Save{Target: t, Entry: e.entry(ind), Base: round.AnyBase}
	who := pick(e, []authz.Subject{randomClerk, randomClerk, randomAgency, randomOffice})
	if who.ID == randomOffice.ID {
		c.Period, c.Reason = e.periods[0], "cộng nhầm" // taken in a closed round only
	}
	return who, c
}

// kinds are the edits and how often, of a hundred, each is drawn.
func kinds() []sortOfEdit {
	return []sortOfEdit{
		{45, (*editor).save},
		{10, (*editor).importFindings},
		{3, (*editor).many},
		{8, (*editor).carry},
		{6, (*editor).send},
		{14, (*editor).move},
		{8, (*editor).question},
		{2, (*editor).title},
		{2, (*editor).decide},
		{2, (*editor).turn},
	}
}

type sortOfEdit struct {
	share int
	try   func(*editor)
}

// step tries one edit.
func (e *editor) step() {
	n := e.rng.IntN(100)
	for _, k := range kinds() {
		if n -= k.share; n < 0 {
			k.try(e)
			return
		}
	}
}

// save records one value.
func (e *editor) save() {
	who, c := e.saving()
	e.do(who, &c, func(ctx context.Context, tx *db.Tx) error {
		_, err := e.rounds.Save(ctx, tx, who, &c)
		return err
	})
}

// carry keeps what an earlier period said of a criterion.
func (e *editor) carry() {
	c := &round.Carry{Place: e.id(e.sheet().Place), Period: pick(e, e.periods), Set: "xa-ntm-2021-2025", Criterion: fmt.Sprint(1 + e.rng.IntN(19))}
	e.do(randomClerk, c, func(ctx context.Context, tx *db.Tx) error {
		_, err := e.rounds.Carry(ctx, tx, randomClerk, c)
		return err
	})
}

// send sends a sheet.
func (e *editor) send() {
	c := &round.Send{Place: e.id(e.sheet().Place), Period: pick(e, e.periods)}
	e.do(randomChair, c, func(ctx context.Context, tx *db.Tx) error {
		_, err := e.rounds.Send(ctx, tx, randomChair, c)
		return err
	})
}

// importFindings records a file.
func (e *editor) importFindings() {
	p := pick(e, append(periods("2023", "2024-06"), e.periods...))
	c := &review.Import{File: "a.csv", SHA256: strings.Repeat("0", 64), Period: p}
	seen := map[string]bool{}
	for range 1 + e.rng.IntN(3) {
		t, ind := e.target()
		set, slot := e.set(t.Set), ind.Slot
		unit, _ := e.app.Places.Latest(t.Place)
		entry := e.entry(ind)
		entry.Period, entry.Provenance = p, pick(e, law.ProvenanceWords())
		d, faults := ind.Read(&entry)
		name := t.Place + values.MeasureOf(set, slot)
		if len(faults) > 0 || d.State == law.Absent || seen[name] {
			continue
		}
		seen[name] = true
		c.Findings = append(c.Findings, review.Finding{Place: &unit, Set: set, Slot: slot, Datum: d, Note: pick(e, []string{"", "ghi chú", review.Illustrative})})
	}
	if len(c.Findings) == 0 {
		return
	}
	e.do(randomOffice, c, func(ctx context.Context, tx *db.Tx) error {
		_, err := e.app.Review.Import(ctx, tx, c)
		return err
	})
}

// many records a column.
func (e *editor) many() {
	t, ind := e.target()
	c := &round.Many{}
	for range 2 + e.rng.IntN(4) {
		c.Items = append(c.Items, round.Save{Target: t, Entry: e.entry(ind), Base: round.AnyBase})
		t.Place = e.id(e.sheet().Place)
	}
	e.do(randomAgency, c, func(ctx context.Context, tx *db.Tx) error {
		_, err := e.rounds.SaveMany(ctx, tx, randomAgency, c)
		return err
	})
}

// move verifies, confirms or returns an indicator.
func (e *editor) move() {
	c, who, from := &round.Move{Act: round.ActVerify}, randomDistrict, round.Submitted
	switch e.rng.IntN(4) {
	case 0:
		c.Act, who, from = round.ActConfirm, randomAgency, round.Verified
	case 1:
		c.Act, c.Reason = round.ActReturn, "thiếu ảnh"
	}
	t, ind := e.touched(from)
	if ind.Parent >= 0 {
		t.Code = e.set(t.Set).At(ind.Parent).Code
	}
	c.Period, c.Items = t.Period, []round.Item{{Place: t.Place, Set: t.Set, Code: t.Code}}
	e.do(who, c, func(ctx context.Context, tx *db.Tx) error {
		_, err := e.rounds.Move(ctx, tx, who, c)
		return err
	})
}

// question asks, answers or checks in the field.
func (e *editor) question() {
	t, ind := e.touched()
	switch e.rng.IntN(3) {
	case 0:
		c := &round.Ask{Target: t, Reason: "xem lại"}
		e.do(randomClerk, c, func(ctx context.Context, tx *db.Tx) error { return e.rounds.Ask(ctx, tx, randomClerk, c) })
	case 1:
		c := &round.Answer{Target: t, Reason: "đã đối chiếu"}
		e.do(randomAgency, c, func(ctx context.Context, tx *db.Tx) error { return e.rounds.Answer(ctx, tx, randomAgency, c) })
	default:
		c := &round.Spotcheck{Target: t, Entry: e.entry(ind), Reason: "phúc tra"}
		u, _ := e.app.Places.Latest(t.Place)
		cell := review.Cell{Place: u.Key, Period: t.Period.Code(), Measure: e.server.Board().Dictionary().Slots(e.set(t.Set))[ind.Slot]}
		e.do(randomOffice, c, func(ctx context.Context, tx *db.Tx) error {
			old, _, err := review.StoredAt(tx, cell)
			if err != nil {
				return err
			}
			c.Base = old.Entry
			_, err = e.rounds.Spotcheck(ctx, tx, randomOffice, c)
			return err
		})
	}
}

// title ends what a commune holds, or gives it.
func (e *editor) title() {
	if e.rng.IntN(2) == 0 {
		c := recognition.Import{File: "b.csv", Titles: []recognition.Title{{
			Place: pick(e, e.communes), Level: law.TitleNTM, Basis: recognition.Recognised, Number: fmt.Sprintf("%d/QĐ-UBND", e.rng.IntN(1000)),
			DecidedOn: viewtest.Today() - 90, From: viewtest.Today() - day.Day(e.rng.IntN(90)), To: day.Forever,
		}}}
		e.do(randomOffice, c, func(ctx context.Context, tx *db.Tx) error {
			_, err := e.app.Recognition.Import(ctx, tx, c)
			return err
		})
		return
	}
	c := recognition.End{ID: pick(e, e.titles), To: viewtest.Today() - 1, Number: "1/QĐ-UBND", DecidedOn: viewtest.Today() - 1}
	e.do(randomOffice, c, func(ctx context.Context, tx *db.Tx) error { return e.app.Recognition.End(ctx, tx, c) })
}

// decide records a value of the province, in the place of the one before.
func (e *editor) decide() {
	r := pick(e, e.decisions)
	r.Value = law.Number(50+e.rng.IntN(50)) * law.One
	c := values.Decide{File: "c.csv", Records: []values.Record{r}}
	e.do(randomOffice, c, func(ctx context.Context, tx *db.Tx) error {
		_, err := e.app.Criteria.Decide(ctx, tx, c)
		return err
	})
}

// turn gives a round other days.
func (e *editor) turn() {
	d := viewtest.Today() + day.Day(e.rng.IntN(30))
	c := &round.Deadlines{ID: pick(e, e.open), SendBy: d, VerifyBy: d + 7, ConfirmBy: d + 14, Note: "mưa lũ"}
	e.do(randomOffice, c, func(ctx context.Context, tx *db.Tx) error { return e.rounds.Change(ctx, tx, randomOffice, c) })
}

// end closes a round.
func (e *editor) end(id string) {
	c := &round.Close{ID: id}
	e.do(randomOffice, c, func(ctx context.Context, tx *db.Tx) error { return e.rounds.Close(ctx, tx, randomOffice, c) })
}
