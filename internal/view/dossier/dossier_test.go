package dossier_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/dossier"
	"giuchuan/internal/view/viewtest"
)

// province is the demonstration judged on a set.
type province struct {
	*viewtest.World
	*review.Assessment
}

func judged(t testing.TB, setID string) *province {
	t.Helper()
	w := viewtest.Demo(t)
	set, err := w.Law.Set(setID)
	viewtest.Must(t, err)
	a, err := w.Board(t).Assess(context.Background(), set, viewtest.Today())
	viewtest.Must(t, err)
	return &province{w, a}
}

func (p *province) row(t testing.TB, name string) int {
	t.Helper()
	i := slices.IndexFunc(p.Units, func(u place.Unit) bool { return u.Name == name })
	if i < 0 {
		t.Fatalf("no %s", name)
	}
	return i
}

// What if: the states of people.md §5 and what lifts them.
func TestTry(t *testing.T) {
	p := judged(t, "xa-ntm-2021-2025")
	for _, tt := range []struct {
		commune string
		codes   []string
		after   review.Situation
		met     int
	}{
		{"Minh Dân", []string{"2"}, review.SomeUnmet, 14}, // 5/19 is below 30 %
		{"Minh Dân", []string{"10"}, review.SomeUnmet, 14},
		{"Minh Dân", []string{"2.1"}, review.SomeUnmet, 14}, // the one indicator that fails
		{"Minh Dân", []string{"2", "6", "10", "12", "15", "17"}, review.Held, 19},
		{"Khuôn Hà", []string{"10"}, review.SomeUnmet, 10},            // 9/19, and 17 is core: see below
		{"Kim Quan", []string{"10", "17"}, review.SomeUnmet, 14},      // what was unknown is taken as met
		{"Kim Quan", []string{"10"}, review.MayBeUnder, 13},           // 17 is still unknown
		{"Đại Phú", []string{"1"}, review.MayBeUnder, 1},              // one criterion known, eighteen not
		{"Nhân Mục", []string{"1", "1", "1.1"}, review.SomeUnmet, 14}, // said twice, counted once
	} {
		got := dossier.Try(p.Assessment, p.row(t, tt.commune), tt.codes)
		if tt.commune == "Khuôn Hà" { // 9 of 19 unmet with Môi trường among them
			tt.after = review.UnderRevocation
		}
		if got == nil || got.After != tt.after || got.Met != tt.met {
			t.Errorf("%s with %q met: %+v; want %s, %d", tt.commune, tt.codes, got, tt.after.Vietnamese(), tt.met)
		}
	}
	row := p.row(t, "Minh Dân")
	if dossier.Try(p.Assessment, row, nil) != nil || dossier.Try(p.Assessment, row, []string{"99", "1"}) != nil {
		t.Error("nothing was assumed: 99 does not exist and 1 is met already")
	}
	if p.Standing.Communes[row].Counts.Unmet != 6 || review.SituationOf(&p.Standing.Communes[row]) != review.UnderRevocation {
		t.Error("trying has changed the standing itself")
	}
}

func TestSheetSaysWhy(t *testing.T) {
	p := judged(t, "xa-ntm-2021-2025")
	s := dossier.NewSheet(p.Assessment, p.row(t, "Thái Sơn"), nil, []string{"15"})
	if s.Met != 17 || s.Total != 19 || !slices.Equal(s.Unmet, []string{"1", "15"}) || s.Situation != review.SomeUnmet || !s.Banner {
		t.Errorf("%d/%d, unmet %q, %s", s.Met, s.Total, s.Unmet, s.Situation.Vietnamese())
	}
	y := s.Criteria[14]
	look, rest := y.Split()
	if !y.Ticked || len(look) != 1 || look[0].Code != "15.1" || len(rest) != 3 {
		t.Fatalf("15: %d to look at, %d others", len(look), len(rest))
	}
	i := look[0]
	if !strings.Contains(i.Reason, "còn thiếu 8 người nam") || i.Requirement != "≥ 90 %" || !i.Unverified || !strings.Contains(i.Citation, "318/QĐ-TTg") {
		t.Errorf("15.1: %q, %q, unverified %v, %q", i.Reason, i.Requirement, i.Unverified, i.Citation)
	}
	if len(s.Limits) != 2 || s.Limits[0].From != 6 || s.Limits[1].From != 10 || !slices.Equal(s.Cores, []string{"10", "17", "19"}) {
		t.Errorf("limits %+v, core %q", s.Limits, s.Cores)
	}
}

func TestSheetWarnsOfNextYear(t *testing.T) {
	p := judged(t, "xa-ntm-2021-2025")
	s := dossier.NewSheet(p.Assessment, p.row(t, "Thái Hòa"), nil, nil)
	if s.Situation != review.Held || len(s.Outlook) != 1 || !strings.Contains(s.Outlook[0], "năm 2025 cần ≥ 48 triệu đồng/người/năm, hiện 45,6") {
		t.Errorf("%s, warnings %q", s.Situation.Vietnamese(), s.Outlook)
	}
	if s := dossier.NewSheet(p.Assessment, p.row(t, "Minh Dân"), nil, nil); len(s.Outlook) != 0 {
		t.Errorf("Minh Dân is warned of %q, which it already misses or will pass", s.Outlook)
	}
}

// The re-check of Tân Thành took the place of what it had reported.
func TestChangesTellWhatWasCorrected(t *testing.T) {
	p := judged(t, "xa-ntm-2021-2025")
	ctx := context.Background()
	ask := func(name string, known int64) []dossier.Change {
		u := p.Units[p.row(t, name)]
		var out []dossier.Change
		viewtest.Must(t, p.DB.Read(ctx, func(tx *db.Tx) (err error) {
			out, _, err = dossier.Changes(ctx, tx, dossier.Corrections{Keys: criteria.NewReader(p.Law), Set: p.Set, Place: u.Key, Known: known})
			return err
		}))
		return out
	}
	got := ask("Tân Thành", viewtest.Now)
	if len(got) != 1 || got[0].Code != "17.6" || got[0].Before != "92 %" || got[0].After != "71 %" || got[0].Provenance != law.FieldChecked {
		t.Errorf("changes of Tân Thành: %+v", got)
	}
	if early := ask("Tân Thành", 5); len(early) != 0 {
		t.Errorf("known before the re-check: %+v", early)
	}
	if none := ask("Minh Dân", viewtest.Now); len(none) != 0 {
		t.Errorf("changes of Minh Dân: %+v", none)
	}
}

func TestSparkNeedsTwoNumbers(t *testing.T) {
	one := dossier.Indicator{History: []law.Datum{{HasValue: true, Value: law.One}}}
	if _, _, ok := one.Spark(); ok {
		t.Error("a line of one number")
	}
	two := dossier.Indicator{History: []law.Datum{
		{HasValue: true, Value: law.One}, {State: law.SaidMet}, {Extra: &law.Extra{Total: law.Fraction{Num: law.One, Den: 2 * law.One}}},
	}}
	if v, _, ok := two.Spark(); !ok || !slices.Equal(v, []law.Number{law.One, 50 * law.One}) {
		t.Errorf("the line is %v", v)
	}
}

// A number that stood for several periods in a row is said once, with the first
// and the last; where a period is missing between, it is said twice.
func TestSparkSaysWhatStoodOnce(t *testing.T) {
	var i dossier.Indicator
	for _, x := range []struct {
		period string
		value  law.Number
	}{{"2023-Q3", 64}, {"2023-Q4", 64}, {"2024-Q1", 64}, {"2024-Q3", 64}, {"2024-Q4", 71}} {
		p, err := day.ParsePeriod(x.period)
		viewtest.Must(t, err)
		i.History = append(i.History, law.Datum{HasValue: true, Value: x.value * law.One, Period: p})
	}
	values, words, _ := i.Spark()
	if want := "từ quý III năm 2023 đến quý I năm 2024: 64; quý III năm 2024: 64; quý IV năm 2024: 71"; words != want {
		t.Errorf("%s, want %s", words, want)
	}
	if len(values) != 5 {
		t.Errorf("the line has %d points, want one for each period", len(values))
	}
}
