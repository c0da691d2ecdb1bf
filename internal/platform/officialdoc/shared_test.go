package officialdoc

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/kernel/vntext"
)

// shared holds real documents beside the repository; they are not part of it.
const shared = "../../../../shared"

func readShared(t *testing.T, name string) Document {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(shared, name))
	if err != nil {
		t.Skip("SKIPPED: the real documents are not beside the repository, nothing compared:", err)
	}
	d, err := Read(t.Context(), filepath.Base(name), data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	verify(t, d)
	return d
}

// TestTheNotice holds the notice to requirements.md §0, §1, §2, §9 and §10.
func TestTheNotice(t *testing.T) {
	d := readShared(t, "notice/notice.md")
	if d.Number != "" || d.Symbol != "TB-UBND" || d.Date.String() != "" || d.DatePartial != "2024-06" || d.Place != "Tuyên Quang" || d.Issuer != "" || d.Kind.Code != "TB" {
		t.Errorf("header: %q %q %s %q %q %q %v", d.Number, d.Symbol, d.Date, d.DatePartial, d.Place, d.Issuer, d.Kind)
	}
	if !strings.HasPrefix(d.Title, "Kết luận cuộc họp về việc duy trì") || !strings.HasSuffix(d.Title, "giai đoạn 2021-2025") {
		t.Errorf("title %q", d.Title)
	}
	if len(d.References) != 1 || d.References[0].Number != "94/TB-UBND" || d.References[0].Date.String() != "2024-05-20" {
		t.Errorf("references %+v", d.References)
	}
	if len(d.NoiNhan) != 20 {
		t.Fatalf("%d recipient rows", len(d.NoiNhan))
	}
	for i, r := range d.NoiNhan {
		if (r.Purpose == PurposeReport) != (i < 4) {
			t.Errorf("row %d %q: %s", i+1, r.Text, r.Purpose)
		}
	}
	if !d.NoiNhan[3].Uncertain || d.NoiNhan[2].Uncertain {
		t.Error("only the end of the bracket is uncertain")
	}
	if last := d.NoiNhan[19]; last.Purpose != PurposeKeep || last.Drafter != "Hòa" {
		t.Errorf("archive row %+v", last)
	}
	if !slices.Equal(d.Signer.Capacities, []string{"TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"}) || d.Signer.Name != "Nguyễn Thanh" || d.Signer.Title != "PHÓ CHÁNH VĂN PHÒNG" {
		t.Errorf("signer %+v", d.Signer)
	}
	if len(d.Basis) != 1 || !strings.HasPrefix(d.Basis[0].Text, "Sau khi nghe lãnh đạo Sở") {
		t.Errorf("basis %+v", d.Basis)
	}
	if !strings.Contains(d.Text, "lộ trình cụ thể để thực hiện") || !strings.Contains(d.Text, "Ủy ban nhân dân tỉnh tháo gỡ") {
		t.Error("a sentence stays cut by the page")
	}
	var numbers []string
	dashes := 0
	for _, b := range d.Blocks {
		switch {
		case b.Part == PartBody && b.Level == LevelNumber:
			numbers = append(numbers, b.Label)
		case b.Part == PartBody && b.Level == LevelDash:
			if dashes++; d.Blocks[b.Parent].Label != "1" {
				t.Errorf("dash %q lies in %q", b.Text, d.Blocks[b.Parent].Label)
			}
		}
	}
	if !slices.Equal(numbers, []string{"1", "2", "3", "4", "5"}) || dashes != 7 {
		t.Errorf("items %q, %d dashes", numbers, dashes)
	}
}

// TestRealDocuments compares the headers of six documents with what a person
// read in them.
func TestRealDocuments(t *testing.T) {
	for _, name := range []string{"03", "08", "12", "17", "25", "29"} {
		t.Run(name, func(t *testing.T) {
			d := readShared(t, "notices/"+name+".txt")
			raw, err := os.ReadFile(filepath.Join(shared, "notices", name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var want struct {
				Number, Symbol, Date, Title string
				DatePartial                 string `json:"date_partial"`
				Place                       string
				Signer                      struct{ Name, Title string }
				KinhGui                     []string `json:"kinh_gui"`
				DocRefs                     []string `json:"doc_refs"`
			}
			if err := json.Unmarshal(raw, &want); err != nil {
				t.Fatal(err)
			}
			for _, f := range []struct{ what, got, want string }{
				{"number", d.Number, want.Number},
				{"date", d.Date.String(), want.Date},
				{"partial", d.DatePartial, want.DatePartial},
				{"place", d.Place, want.Place},
				{"title", d.Title, want.Title},
				{"name", d.Signer.Name, want.Signer.Name},
				{"office", d.Signer.Title, want.Signer.Title},
			} {
				if f.got != f.want {
					t.Errorf("%s: %q, not %q", f.what, f.got, f.want)
				}
			}
			if want.Symbol != "" && "/"+d.Symbol != want.Symbol {
				t.Errorf("symbol %q, not %q", d.Symbol, want.Symbol)
			}
			var refs []string
			for _, r := range d.References {
				refs = append(refs, r.Number)
			}
			if !slices.Equal(refs, want.DocRefs) {
				t.Errorf("references %q, not %q", refs, want.DocRefs)
			}
			for i, to := range want.KinhGui {
				name := strings.Replace(vntext.Fold(to), "ubnd", "uy ban nhan dan", 1)
				if i >= len(d.KinhGui) || !strings.Contains(vntext.Fold(d.KinhGui[i].Text), name) {
					t.Errorf("addressee %d is not %q: %+v", i, to, d.KinhGui)
				}
			}
		})
	}
}
