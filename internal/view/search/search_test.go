package search_test

import (
	"context"
	"strings"
	"testing"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/view/search"
	"giuchuan/internal/view/viewtest"
	"giuchuan/reference"
)

// decided is the decisions of the tests.
type decided []criteria.Record

// Records lists them.
func (d decided) Records(context.Context, *db.Tx, string, int64) ([]criteria.Record, error) {
	return d, nil
}

// untitled has no titles.
type untitled struct{}

// List is empty.
func (untitled) List(context.Context, *db.Tx, int64) ([]recognition.Title, error) { return nil, nil }

func engine(t testing.TB, w *viewtest.World) *search.Engine {
	t.Helper()
	agencies, err := agency.Load(reference.FS(), w.Places, viewtest.Province)
	viewtest.Must(t, err)
	var records decided
	for _, number := range []string{"05/2023/QĐ-UBND", "05/2023/QD-UBND", "12/ĐA-UBND", "12/DA-UBND"} {
		records = append(records, criteria.Record{Decision: law.Decision{Set: "xa-ntm-2021-2025", Indicator: "17.10", Number: number, Issued: day.Of(2023, 1, 2)}})
	}
	return search.New(search.Options{
		DB: w.DB, Law: w.Law, Places: w.Places, Agencies: agencies, Decisions: records, Titles: untitled{},
		Position: func() int64 { return 1 },
	})
}

func find(t testing.TB, e *search.Engine, a search.Ask) map[search.Kind][]search.Result {
	t.Helper()
	if a.Today == 0 {
		a.Today = viewtest.Today()
	}
	groups, err := e.Search(t.Context(), a)
	viewtest.Must(t, err)
	out := map[search.Kind][]search.Result{}
	for _, g := range groups {
		out[g.Kind] = g.Results
	}
	return out
}

func world(t testing.TB) *viewtest.World {
	t.Helper()
	return viewtest.Demo(t)
}

func TestSearch(t *testing.T) {
	e := engine(t, world(t))
	for _, c := range []struct {
		text               string
		kind               search.Kind
		title, path, notes string
	}{
		{"phu luu", search.Places, "Xã Phù Lưu", "/xa/02392", "mã 02392"},
		{"PHÙ LƯU", search.Places, "Xã Phù Lưu", "/xa/02392", ""},
		{"xa  dai phu", search.Places, "Xã Đại Phú", "/xa/02617", ""},
		{"02407", search.Places, "Xã Thái Sơn", "/xa/02407", ""},
		{"ham yen", search.Places, "Huyện Hàm Yên", "/huyen/074", ""},
		{"y te", search.Indicators, "Tiêu chí 15. Y tế", "/bo-tieu-chi?bo=xa-ntm-2021-2025#tc-15", ""},
		{"17.10", search.Indicators, "17.10.", "#tc-17", ""},
		{"17.1", search.Indicators, "17.1.", "#tc-17", ""},
		{"bao hiem y te", search.Indicators, "bảo hiểm y tế", "#tc-1", ""},
		{"318/QĐ-TTg", search.Documents, "318/QĐ-TTg", "/bo-tieu-chi?bo=xa-ntm-2021-2025", ""},
		{"318", search.Documents, "318/QĐ-TTg", "", ""},
		{"05/2023/QĐ-UBND", search.Documents, "05/2023/QĐ-UBND ngày", "#tc-17", "mức đạt chuẩn"},
		{"05/2023/qd-ubnd", search.Documents, "05/2023/QD-UBND ngày", "", ""},
		{"so nong nghiep", search.Agencies, "Sở Nông nghiệp và Phát triển nông thôn", "", ""},
		{"sở nn&ptnt", search.Agencies, "Sở Nông nghiệp và Phát triển nông thôn", "", ""},
	} {
		got := find(t, e, search.Ask{Text: c.text})[c.kind]
		if len(got) == 0 {
			t.Errorf("%q: nothing in %s", c.text, c.kind.Vietnamese())
			continue
		}
		if r := got[0]; !strings.Contains(r.Title, c.title) || !strings.Contains(r.Path, c.path) || !strings.Contains(r.Note, c.notes) {
			t.Errorf("%q: first is %+v", c.text, r)
		}
	}
}

// ĐA and DA are different documents: the one that was typed comes first, the
// other is marked as alike.
func TestDocumentNumbersKeepTheirStroke(t *testing.T) {
	e := engine(t, world(t))
	for _, text := range []string{"12/ĐA-UBND", "12/DA-UBND", "12/đa-ubnd"} {
		got := find(t, e, search.Ask{Text: text})[search.Documents]
		if len(got) != 2 || !strings.HasPrefix(strings.ToLower(got[0].Title), strings.ToLower(text)) || got[0].Alike || !got[1].Alike {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

// After the merger of 2025 the old communes lead to what they became.
func TestFormerNames(t *testing.T) {
	e := engine(t, world(t))
	got := find(t, e, search.Ask{Text: "minh dan", Today: day.Of(2025, 7, 2)})[search.Places]
	if len(got) == 0 || !strings.Contains(got[0].Note, "nay là Xã Phù Lưu") || got[0].Path != "/xa/02389?ngay=2025-06-30" {
		t.Errorf("Minh Dân: %+v", got)
	}
	if got := find(t, e, search.Ask{Text: "thang quan"})[search.Places]; len(got) == 0 || !strings.Contains(got[0].Note, "nay là") {
		t.Errorf("Thắng Quân: %+v", got)
	}
}

// What is out of sight does not exist, a district without a commune in sight
// neither.
func TestSightLimitsPlaces(t *testing.T) {
	e := engine(t, world(t))
	only := func(id string) bool { return id == "02392.1" }
	for text, want := range map[string]int{"phu luu": 1, "minh dan": 0, "02389": 0, "ham yen": 1, "son duong": 0} {
		if got := find(t, e, search.Ask{Text: text, Sees: only})[search.Places]; len(got) != want {
			t.Errorf("%q gives %+v", text, got)
		}
	}
}

func TestNothingBreaksIt(t *testing.T) {
	e := engine(t, world(t))
	for _, text := range []string{"", " ", "/", "---", "đ", "%", "'; DROP", strings.Repeat("ă ", 5000), "\u0301\u0301", "a b c d e f g"} {
		find(t, e, search.Ask{Text: text})
	}
	if got := find(t, e, search.Ask{Text: ""}); len(got) > 0 {
		t.Errorf("nothing typed finds %+v", got)
	}
}

func BenchmarkSearch(b *testing.B) {
	e := engine(b, world(b))
	for _, text := range []string{"phu luu", "a", "17.10", "bao hiem y te", "318/QĐ-TTg"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				find(b, e, search.Ask{Text: text, Sees: func(string) bool { return true }})
			}
		})
	}
}
