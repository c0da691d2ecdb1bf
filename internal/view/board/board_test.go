package board_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/viewtest"
)

// printed is a standing as a program reads it, down to every indicator.
func printed(t *testing.T, all []*review.Assessment, risks func(i int) []review.Risk) string {
	t.Helper()
	var b bytes.Buffer
	for i, a := range all {
		viewtest.Must(t, a.Report(nil).WriteJSON(&b))
		fmt.Fprintln(&b, a.Illustrative, risks(i))
	}
	return b.String()
}

// recomputed asks the review, from SQL, what was known at a position.
func recomputed(t *testing.T, w *viewtest.World, on day.Day, known int64) string {
	t.Helper()
	var all []*review.Assessment
	ctx := context.Background()
	viewtest.Must(t, w.DB.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = w.Review.Standing(ctx, tx, review.Ask{On: on, Known: known, Province: viewtest.Province})
		return err
	}))
	return printed(t, all, func(i int) []review.Risk { return all[i].AtRisk() })
}

func shown(t *testing.T, b *board.Board, on day.Day) (string, int64) {
	t.Helper()
	s, err := b.Standing(context.Background(), on)
	viewtest.Must(t, err)
	return printed(t, s.Sets, func(i int) []review.Risk { return s.Risks[i] }), s.Position
}

// firstDifference shortens two long texts to where they part.
func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			from := max(0, i-8)
			return strings.Join(x[from:i+1], "\n") + "\n   but\n" + strings.Join(y[from:i+1], "\n")
		}
	}
	return fmt.Sprintf("%d lines but %d", len(x), len(y))
}

func TestBoardShowsWhatTheReviewFinds(t *testing.T) {
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		w.Fill(t)
		b := w.Board(t)
		for _, on := range []day.Day{
			day.Of(2024, time.June, 7), day.Of(2024, time.July, 1), viewtest.Today(), day.Of(2024, time.December, 31), day.Of(2025, time.July, 1),
		} {
			got, known := shown(t, b, on)
			if want := recomputed(t, w, on, known); got != want {
				t.Errorf("%s: %s", on, firstDifference(got, want))
			}
		}
		if facts, _ := b.Size(); facts != 3191 {
			t.Errorf("%d facts, want the 3191 of the round", facts)
		}
	})
}

// edit draws one command that changes the record and gives its position.
type editor struct {
	w        *viewtest.World
	rng      *rand.Rand
	communes []place.Unit
	periods  []day.Period
	titles   []string
}

func newEditor(t *testing.T, w *viewtest.World, seed uint64) *editor {
	t.Helper()
	e := &editor{w: w, rng: rand.New(rand.NewPCG(seed, 1))}
	ctx := context.Background()
	viewtest.Must(t, w.DB.Read(ctx, func(tx *db.Tx) error {
		held, err := w.Recognition.Current(ctx, tx, viewtest.Today(), viewtest.Now)
		for _, h := range held {
			if h.Title != nil {
				e.communes = append(e.communes, h.Unit)
				e.titles = append(e.titles, h.Title.ID)
			}
		}
		return err
	}))
	for _, text := range []string{"2022", "2023-H2", "2024-H1", "2024-Q2", "2024-06", "2024", "2025"} {
		p, err := day.ParsePeriod(text)
		viewtest.Must(t, err)
		e.periods = append(e.periods, p)
	}
	return e
}

func pick[T any](e *editor, from []T) T { return from[e.rng.IntN(len(from))] }

// datum draws what is reported of an indicator.
func (e *editor) datum(ind *law.Indicator, p day.Period) law.Datum {
	entry := law.Entry{Period: p, Provenance: pick(e, law.ProvenanceWords())}
	switch e.rng.IntN(6) {
	case 0:
		entry.Value = pick(e, []string{"đạt", "chưa đạt", "không áp dụng"})
	case 1:
		entry.Numerator, entry.Denominator = fmt.Sprint(e.rng.IntN(100)), "100"
	case 2:
		entry.Male, entry.Female = fmt.Sprint(e.rng.IntN(101)), fmt.Sprint(e.rng.IntN(101))
	case 3:
		entry.Value = fmt.Sprint(e.rng.Int64N(3_000_000)) // beyond the narrow column
	case 4:
		entry.Value = pick(e, append([]string{"0"}, ind.Levels...))
	default:
		entry.Value = fmt.Sprintf("%d,%02d", e.rng.IntN(101), e.rng.IntN(100))
	}
	d, faults := ind.Read(&entry)
	if len(faults) > 0 {
		return law.Datum{}
	}
	return d
}

// findings draws an import of one to most findings.
func (e *editor) findings(most int) *review.Import {
	sets := []string{"xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025"}
	p := pick(e, e.periods)
	cmd := &review.Import{File: "a.csv", SHA256: strings.Repeat("0", 64), Period: p}
	seen := map[string]bool{}
	for len(cmd.Findings) == 0 || e.rng.IntN(most) > 0 && len(cmd.Findings) < most {
		u := pick(e, e.communes)
		set, _ := e.w.Law.Set(pick(e, sets))
		slot := e.rng.IntN(set.Slots())
		d := e.datum(set.At(slot), p)
		name := u.ID + criteria.MeasureOf(set, slot)
		if d.State == law.Absent || seen[name] {
			continue
		}
		seen[name] = true
		note := pick(e, []string{"", "ghi chú", review.Illustrative})
		cmd.Findings = append(cmd.Findings, review.Finding{Place: &u, Set: set, Slot: slot, Datum: d, Note: note})
	}
	return cmd
}

// step changes the record once and gives the position.
func (e *editor) step(t *testing.T) int64 {
	t.Helper()
	if e.rng.IntN(25) == 0 && len(e.titles) > 20 {
		i := e.rng.IntN(len(e.titles))
		cmd := recognition.End{ID: e.titles[i], To: viewtest.Today() - 1, Number: "1/QĐ-UBND", DecidedOn: viewtest.Today() - 1}
		e.titles = append(e.titles[:i], e.titles[i+1:]...)
		return e.w.Write(t, cmd.Command, func(ctx context.Context, tx *db.Tx) error { return e.w.Recognition.End(ctx, tx, cmd) })
	}
	return e.w.Record(t, e.findings(4))
}

// TestBoardFollowsRandomEdits changes the record at random and wants the board
// to show, after each change, what the review computes from SQL.
func TestBoardFollowsRandomEdits(t *testing.T) {
	edits, every := 100, 1
	if os.Getenv("GIUCHUAN_SOAK") != "" {
		edits, every = 100_000, 200
	}
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		w.Fill(t)
		b := w.Board(t)
		e := newEditor(t, w, 7)
		ctx := context.Background()
		for i := range edits {
			at := e.step(t)
			viewtest.Must(t, b.WaitFor(ctx, at))
			if i%every != 0 {
				continue
			}
			on := viewtest.Today()
			if e.rng.IntN(4) == 0 {
				on = day.Of(2025, time.February, 1)
			}
			got, known := shown(t, b, on)
			if known != at {
				t.Fatalf("edit %d: the board stands at %d, not %d", i, known, at)
			}
			if want := recomputed(t, w, on, known); got != want {
				t.Fatalf("edit %d on %s: %s", i, on, firstDifference(got, want))
			}
		}
		fresh, _ := shown(t, w.Board(t), viewtest.Today())
		if got, _ := shown(t, b, viewtest.Today()); got != fresh {
			t.Errorf("a board that followed differs from one that was loaded: %s", firstDifference(got, fresh))
		}
	})
}

// TestBoardAfterAHundredThousandEdits draws 100,000 findings, most of which take
// the place of others, in imports of some hundred, and compares along the way.
// One command for each edit is TestBoardFollowsRandomEdits at full length.
func TestBoardAfterAHundredThousandEdits(t *testing.T) {
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		w.Fill(t)
		b := w.Board(t)
		e := newEditor(t, w, 13)
		edits, compared := 0, 0
		for edits < 100_000 {
			cmd := e.findings(600)
			edits += len(cmd.Findings)
			at := w.Record(t, cmd)
			viewtest.Must(t, b.WaitFor(context.Background(), at))
			if edits/10_000 == compared && edits < 100_000 {
				continue
			}
			compared++
			got, known := shown(t, b, viewtest.Today())
			if want := recomputed(t, w, viewtest.Today(), known); got != want || known != at {
				t.Fatalf("after %d edits, at %d of %d: %s", edits, known, at, firstDifference(got, want))
			}
		}
		fresh, _ := shown(t, w.Board(t), viewtest.Today())
		if got, _ := shown(t, b, viewtest.Today()); got != fresh {
			t.Errorf("a board that followed differs from one that was loaded: %s", firstDifference(got, fresh))
		}
		t.Logf("%d edits, %d comparisons", edits, compared)
	})
}

// TestHistoryIsLoadedWhileTheRecordGoesOn loads year by year with edits between.
func TestHistoryIsLoadedWhileTheRecordGoesOn(t *testing.T) {
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		w.Fill(t)
		e := newEditor(t, w, 11)
		for range 40 {
			e.step(t)
		}
		ctx := context.Background()
		b := board.New(w.BoardOptions())
		viewtest.Must(t, b.Load(ctx))
		if b.Whole() {
			t.Error("only the open year is loaded")
		}
		for range 10 {
			e.step(t)
		}
		viewtest.Must(t, b.LoadHistory(ctx))
		if !b.Whole() {
			t.Error("the history is loaded")
		}
		at := e.step(t)
		viewtest.Must(t, b.WaitFor(ctx, at))
		got, known := shown(t, b, viewtest.Today())
		if want := recomputed(t, w, viewtest.Today(), known); got != want || known != at {
			t.Errorf("at %d of %d: %s", known, at, firstDifference(got, want))
		}
	})
}

// TestTwoBoardsFollowOneRecord is two nodes: what one writes, the other shows.
func TestTwoBoardsFollowOneRecord(t *testing.T) {
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		w.Fill(t)
		ctx, cancel := context.WithCancel(context.Background())
		a, b := w.Board(t), w.Board(t)
		ticks, done := make(chan time.Time), make(chan struct{})
		go func() {
			defer close(done)
			b.Follow(ctx, ticks, func(err error) { t.Error(err) })
		}()
		at := w.Findings(t, "a.csv", []byte("commune,set,indicator,period,value\n02389,xa-ntm-2021-2025,10,2024-H1,99\n"))
		viewtest.Must(t, a.WaitFor(ctx, at))
		ticks <- time.Time{}
		ticks <- time.Time{} // taken only after the first was served
		x, _ := shown(t, a, viewtest.Today())
		y, known := shown(t, b, viewtest.Today())
		if x != y || known != at {
			t.Errorf("at %d of %d: %s", known, at, firstDifference(x, y))
		}
		cancel()
		<-done
		if err := a.WaitFor(context.Background(), at+1); err == nil {
			t.Error("a position that nobody wrote must not be reached")
		}
	})
}

func TestHistoryOfAnIndicator(t *testing.T) {
	w := viewtest.Demo(t)
	b := w.Board(t)
	u, err := w.Places.Resolve("Tân Thành, Hàm Yên", viewtest.Province, viewtest.Today(), place.Commune)
	viewtest.Must(t, err)
	set, err := w.Law.Set("xa-ntm-2021-2025")
	viewtest.Must(t, err)
	slot, _ := set.Slot("17.6")
	got := b.History(u.Key, set, slot)
	if len(got) != 1 || got[0].Value != 71*law.One || got[0].Provenance != law.FieldChecked {
		t.Errorf("history %+v; the re-check of September found 71", got)
	}
}

// BenchmarkRefresh is what a page pays for one change since the last.
func BenchmarkRefresh(b *testing.B) {
	w := viewtest.Demo(b)
	bd := w.Board(b)
	ctx := context.Background()
	n := 0
	for b.Loop() {
		n++
		b.StopTimer()
		w.Findings(b, "a.csv", fmt.Appendf(nil, "commune,set,indicator,period,value\n02389,xa-ntm-2021-2025,10,2024-H1,%d\n", 10+n%90))
		b.StartTimer()
		viewtest.Must(b, bd.Catch(ctx))
		_, err := bd.Standing(ctx, viewtest.Today())
		viewtest.Must(b, err)
	}
}
