package overview_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/overview"
	"giuchuan/internal/view/viewtest"
	"giuchuan/reference"
)

// everything is the sight of somebody who sees the whole province.
func everything(string) bool { return true }

func build(t testing.TB, on day.Day, sight overview.Sight) *overview.Overview {
	t.Helper()
	w := viewtest.Demo(t)
	s, err := w.Board(t).Standing(context.Background(), on)
	viewtest.Must(t, err)
	totals, err := overview.LoadTotals(reference.FS())
	viewtest.Must(t, err)
	return overview.Build(s, totals, sight)
}

func names(list []overview.Commune) []string {
	var out []string
	for _, c := range list {
		out = append(out, c.Name)
	}
	return out
}

// The demonstration's province on 01/10/2024, as people.md tells it.
func TestOverviewTellsTheStory(t *testing.T) {
	o := build(t, viewtest.Today(), everything)
	counts := map[review.Situation]int{}
	sum := 0
	for _, r := range o.Rows {
		counts[r.Situation] = r.Count
		for _, n := range r.ByTrust {
			sum += n
		}
	}
	if counts[review.UnderRevocation] != 2 || counts[review.MayBeUnder] != 1 || counts[review.NotEnoughData] != 1 {
		t.Errorf("situations %v", counts)
	}
	if sum != o.Total || o.Total != 48 {
		t.Errorf("%d communes by trust, %d in all; want 48", sum, o.Total)
	}
	var cases []string
	for _, c := range o.Decide {
		cases = append(cases, c.Heading)
	}
	want := []string{
		"Xã Khuôn Hà: thuộc diện xem xét thu hồi", "Xã Minh Dân: thuộc diện xem xét thu hồi",
		"Xã Kim Quan: có thể thuộc diện xem xét thu hồi khi đủ số liệu",
	}
	slices.Sort(cases[:2])
	if !slices.Equal(cases, want) {
		t.Errorf("to decide: %q", cases)
	}
	if !slices.Contains(names(o.Silent), "Đại Phú") || len(o.Silent) != 1 {
		t.Errorf("silent: %q; only Đại Phú sent nothing", names(o.Silent))
	}
	if len(o.Waiting) != 1 || o.Waiting[0].Name != "Hồng Sơn" || o.Waiting[0].From != "Hồng Lạc (NTM nâng cao)" {
		t.Errorf("waiting: %+v", o.Waiting)
	}
	if len(o.Risks) != 1 || !slices.Equal(o.Risks[0].Communes, []string{"Thái Hòa 45,6"}) || o.Risks[0].Year != 2025 {
		t.Errorf("risks: %+v", o.Risks)
	}
	if o.Official == nil || o.Official.NTM != 71 || o.Official.Words() != "tháng 8/2024" {
		t.Errorf("official total %+v", o.Official)
	}
	if !o.Banner {
		t.Error("generated data without their banner")
	}
}

// The first sentence holds the good and the bad, and says how sure the good is.
func TestFirstSentenceHoldsGoodAndBad(t *testing.T) {
	o := build(t, viewtest.Today(), everything)
	if o.Strong != "15 trên 48 xã giữ vững," {
		t.Errorf("opens with %q", o.Strong)
	}
	for _, part := range []string{"chưa xã nào được cơ quan phụ trách xác nhận đủ mọi tiêu chí", "2 xã thuộc diện xem xét thu hồi", "29 xã còn tiêu chí chưa đạt", "2 xã chưa đủ số liệu"} {
		if !strings.Contains(o.Rest, part) {
			t.Errorf("the sentence lacks %q: %q", part, o.Rest)
		}
	}
}

func TestOverviewCountsOnlyWhatAPersonMaySee(t *testing.T) {
	o := build(t, viewtest.Today(), func(id string) bool { return id == "02389.1" })
	if o.Total != 1 || len(o.Decide) != 1 || len(o.Waiting) != 0 || len(o.Silent) != 0 || len(o.Risks) != 0 {
		t.Errorf("total %d, to decide %d, waiting %d, silent %d, risks %d; only Minh Dân may be seen", o.Total, len(o.Decide), len(o.Waiting), len(o.Silent), len(o.Risks))
	}
	for _, w := range o.Worst {
		if w.Of != 1 {
			t.Errorf("criterion %s is counted over %d communes", w.Code, w.Of)
		}
	}
}

func TestOverviewAfterTheMergersCountsNobodyTwice(t *testing.T) {
	o := build(t, day.Of(2025, time.July, 1), everything)
	if o.Total != 0 || len(o.Waiting) == 0 || o.Official != nil {
		t.Errorf("total %d, waiting %d, official %+v", o.Total, len(o.Waiting), o.Official)
	}
	if !strings.Contains(o.Rest, "chờ quyết định") {
		t.Errorf("the sentence %q %q does not say that communes wait", o.Strong, o.Rest)
	}
}

// table is the demonstration's table of criteria.
func table(t testing.TB, setID string) *overview.Table {
	t.Helper()
	w := viewtest.Demo(t)
	b := w.Board(t)
	set, err := w.Law.Set(setID)
	viewtest.Must(t, err)
	a, err := b.Assess(context.Background(), set, viewtest.Today())
	viewtest.Must(t, err)
	var s *board.Standing
	s, err = b.Standing(context.Background(), viewtest.Today())
	viewtest.Must(t, err)
	return &overview.Table{
		Assessment: a, Held: s.Held, Tree: w.Places.At(viewtest.Today()), Sight: everything,
		Tested: func(title law.Title) *law.Set { return w.Law.TestedOn(title, 2024) },
	}
}

func find(m *overview.Matrix, name string) *overview.Line {
	for g := range m.Groups {
		for i := range m.Groups[g].Rows {
			if m.Groups[g].Rows[i].Name == name {
				return &m.Groups[g].Rows[i]
			}
		}
	}
	return nil
}

func TestTableOfCriteria(t *testing.T) {
	tab := table(t, "xa-ntm-2021-2025")
	m := tab.Matrix(overview.Filter{})
	if m.Shown != 34 || m.Of != 34 || len(m.Columns) != 19 {
		t.Errorf("%d of %d communes, %d columns", m.Shown, m.Of, len(m.Columns))
	}
	minhDan, nhanMuc := find(m, "Minh Dân"), find(m, "Nhân Mục")
	if minhDan.Met != 13 || minhDan.Situation != review.UnderRevocation || nhanMuc.Met != 13 || nhanMuc.Situation != review.SomeUnmet {
		t.Errorf("Minh Dân %d %s, Nhân Mục %d %s: the same count, not the same situation", minhDan.Met, minhDan.Situation.Vietnamese(), nhanMuc.Met, nhanMuc.Situation.Vietnamese())
	}
	if m.Groups[0].Rows[0].Name != "Minh Dân" && m.Groups[0].Rows[0].Name != "Khuôn Hà" {
		t.Errorf("the first row is %s; the gravest stand first", m.Groups[0].Rows[0].Name)
	}
	if c := minhDan.Cells[9]; c.Verdict != law.Unmet || c.Trust != overview.Confirmed {
		t.Errorf("Thu nhập of Minh Dân: %+v; it is unmet and confirmed", c)
	}
	for g := range m.Groups {
		for _, l := range m.Groups[g].Rows {
			if len(l.Cells) != len(m.Columns) {
				t.Fatalf("%s has %d cells", l.Name, len(l.Cells))
			}
		}
	}
}

func TestFiltersOfTheTable(t *testing.T) {
	tab := table(t, "xa-ntm-2021-2025")
	for name, tt := range map[string]struct {
		f             overview.Filter
		rows, columns int
	}{
		"district":  {overview.Filter{District: "074"}, 8, 19},
		"revoked":   {overview.Filter{Situation: "0"}, 2, 19},
		"every xã":  {overview.Filter{Title: "moi-xa"}, 121, 19},
		"titled":    {overview.Filter{Title: "tat-ca"}, 48, 19},
		"kiểu mẫu":  {overview.Filter{Title: "ntm-kieu-mau"}, 2, 19},
		"untitled":  {overview.Filter{Title: "chua"}, 73, 19},
		"soft":      {overview.Filter{Criteria: "mem"}, 34, 3},
		"core":      {overview.Filter{Criteria: "cot-loi"}, 34, 3},
		"one":       {overview.Filter{Criteria: "15"}, 34, 4},
		"confirmed": {overview.Filter{Trust: "confirmed", Situation: "4"}, 0, 19},
		"nobody":    {overview.Filter{District: "999"}, 0, 19},
	} {
		m := tab.Matrix(tt.f)
		if m.Shown != tt.rows || len(m.Columns) != tt.columns || len(m.Rows) != tt.rows {
			t.Errorf("%s: %d rows, %d columns; want %d, %d", name, m.Shown, len(m.Columns), tt.rows, tt.columns)
		}
	}
	one := tab.Matrix(overview.Filter{Criteria: "15"})
	if c := find(one, "Thái Sơn").Cells[0]; c.Verdict != law.Unmet || c.Text != "90,42" || c.Trust != overview.Confirmed {
		t.Errorf("15.1 of Thái Sơn: %+v", c)
	}
	for g := range one.Groups {
		worse := true
		for _, l := range one.Groups[g].Rows {
			if unmet := l.Cells[0].Verdict == law.Unmet; unmet && !worse {
				t.Errorf("%s misses 15.1 and stands below one that meets it", l.Name)
			} else {
				worse = unmet
			}
		}
	}
	byName := tab.Matrix(overview.Filter{Sort: "ten", District: "074"})
	if got := byName.Groups[0].Rows[0].Name; got != "Minh Dân" {
		t.Errorf("by name the first is %s", got)
	}
}

func TestPickedAssessmentStaysInStep(t *testing.T) {
	a := table(t, "xa-ntm-2021-2025").Assessment
	p := overview.Pick(a, []int{5, 2})
	for i, from := range []int{5, 2} {
		if p.Units[i].ID != a.Units[from].ID || p.Facts.Communes[i].ID != a.Units[from].ID || p.Standing.Communes[i].ID != a.Units[from].ID {
			t.Errorf("row %d is of %s, %s and %s", i, p.Units[i].ID, p.Facts.Communes[i].ID, p.Standing.Communes[i].ID)
		}
	}
	if len(a.Units) < 100 {
		t.Error("the whole assessment was changed")
	}
}
