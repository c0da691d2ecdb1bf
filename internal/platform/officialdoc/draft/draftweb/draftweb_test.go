package draftweb

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"giuchuan/internal/platform/officialdoc/draft"
)

var tags = regexp.MustCompile(`<[^>]*>`)

func render(t *testing.T, d draft.Document) string {
	t.Helper()
	var b strings.Builder
	if err := Preview(d).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func sample() draft.Document {
	return draft.Document{
		Kind: draft.Report, Superior: "Ủy ban nhân dân tỉnh Tuyên Quang", Agency: "Văn phòng Điều phối", Symbol: "BC-VPĐP", Place: "Tuyên Quang",
		Title: "Kết quả 9 tháng", To: []string{"Sở <b>A</b>", "Sở B & C"}, Mark: "SỐ LIỆU MINH HỌA",
		Body: []draft.Block{
			draft.Heading{Level: 1, Text: "Kết quả"},
			draft.Figures{{Label: "Số xã giữ vững", Value: "23/49", Unit: "xã", Note: "Chưa đối chiếu văn bản gốc."}},
			draft.Table{
				Columns: []draft.Column{{Title: "TT"}, {Title: "Đạt", Group: "Nhóm", Align: draft.Right}, {Title: "Chưa", Group: "Nhóm"}},
				Rows:    []draft.Row{draft.Cells("1", "2", "<script>"), draft.Cells("Cả hàng")},
			},
		},
		Closing: "Trên đây là báo cáo", Annexes: []draft.Annex{{Title: "Bảng", Landscape: true}, {Title: "Danh mục"}},
		Signers: []draft.Signer{{Capacity: []string{"Chánh Văn phòng"}, Name: "Trần Thị B"}},
	}
}

// TestPreviewSaysWhatTheFileSays wants every text of the layout on the page, in its order.
func TestPreviewSaysWhatTheFileSays(t *testing.T) {
	d := sample()
	page := strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(render(t, d), " "))), " ")
	l := draft.Lay(d)
	var all []draft.Piece
	for _, list := range [][]draft.Piece{l.Superior, l.Motto, l.Number, l.PlaceDate, l.Top, l.Body} {
		all = append(all, list...)
	}
	for _, a := range l.Annexes {
		all = append(all, a.Pieces...)
	}
	at := 0
	for _, p := range all {
		for _, s := range p.Spans {
			want := strings.Join(strings.Fields(s.Text), " ")
			i := strings.Index(page[at:], want)
			if i < 0 {
				t.Fatalf("the preview lacks %q behind %q", want, page[max(0, at-60):at])
			}
			at += i
		}
	}
	for _, want := range []string{"DỰ THẢO", "SỐ LIỆU MINH HỌA", draft.SigningNote, "- Như trên;", "- Lưu: VT.", "CHÁNH VĂN PHÒNG", "Chưa đối chiếu văn bản gốc.", "Cả hàng"} {
		if !strings.Contains(page, want) {
			t.Errorf("the preview lacks %q", want)
		}
	}
}

func TestPreviewKeepsTheContentPolicy(t *testing.T) {
	page := render(t, sample())
	for _, bad := range []string{"style=", "<script", "<style", "<b>A</b>", "onclick"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %s", bad)
		}
	}
	for _, want := range []string{`colspan="2"`, `rowspan="2"`, `class="od od-annex-sheet od-wide"`, `lang="vi"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestIssuedDocumentIsNoDraft(t *testing.T) {
	d := sample()
	d.Issued = &draft.Issued{Number: "7", On: 20000, File: "ký.pdf"}
	page := render(t, d)
	if strings.Contains(page, "DỰ THẢO") || strings.Contains(page, draft.SigningNote) || !strings.Contains(page, "Số: 07/BC-VPĐP") {
		t.Error("an issued document is shown as a draft")
	}
}
