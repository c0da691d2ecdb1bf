package reading_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"giuchuan/internal/feature/directive/reading"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/officialdoc"
)

// table is a document whose annex is one table.
func table(rows [][]string) officialdoc.Document {
	d := officialdoc.Document{Date: day.Of(2024, 6, 7), Place: "Tuyên Quang", Issuer: "ỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG"}
	var text []string
	at := 0
	for i, row := range rows {
		for k, cell := range row {
			n := utf8.RuneCountInString(cell)
			d.Blocks = append(d.Blocks, officialdoc.Block{
				Span: officialdoc.Span{Start: at, End: at + n}, Text: cell, Part: officialdoc.PartAnnex, Parent: -1,
				Cell: officialdoc.Cell{Table: 1, Row: i + 1, Column: k + 1},
			})
			text = append(text, cell)
			at += n + 1
		}
	}
	d.Text = strings.Join(text, "\n")
	return d
}

func TestTableOfTasks(t *testing.T) {
	r := reading.Read(table([][]string{
		{"TT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện", "Ghi chú"},
		{"1", "Rà soát danh mục công trình nước sạch", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Y tế; UBND các huyện, thành phố", "Quý III/2024", ""},
		{"2", "Ban hành hướng dẫn thu phí", "Sở Tài chính", "", "Trước 31/8/2024", ""},
		{"3", "Kiểm tra chất lượng nước", "Sở Y tế", "", "Thường xuyên", ""},
		{"", "Tổng", "", "", "", ""},
	}), options(t))
	want := []struct{ group, lead, help, due, kind string }{
		{"Phụ lục.1", "so-nnptnt.1", "so-y-te.1", "2024-09-30", "period"},
		{"Phụ lục.2", "so-tai-chinh.1", "", "2024-08-31", "date"},
		{"Phụ lục.3", "so-y-te.1", "", "null", "continuous"},
	}
	if len(r.Tasks) != len(want) {
		t.Fatalf("%d duties: %v", len(r.Tasks), refs(r))
	}
	for i, w := range want {
		x := r.Tasks[i]
		if x.Group != w.group || x.Addressees[0].Agencies[0] != w.lead || or(x.Deadline) != w.due || string(x.DeadlineKind) != w.kind {
			t.Errorf("%d: %s %v %s %s", i, x.Group, x.Addressees, or(x.Deadline), x.DeadlineKind)
		}
		if w.help != "" && (len(x.Addressees) != 3 || or(x.Addressees[1].Role) != reading.Support || x.Addressees[1].Agencies[0] != w.help || !x.Addressees[2].Collective) {
			t.Errorf("%d: %v", i, x.Addressees)
		}
	}
}

// A document of another province is read, and none of its agencies is taken for
// one of ours.
func TestAnotherProvince(t *testing.T) {
	d := table(nil)
	d.Place, d.Issuer, d.Text = "Lào Cai", "ỦY BAN NHÂN DÂN TỈNH LÀO CAI", "Sở Tài chính báo cáo xã Phù Lưu trước ngày 30/9/2024."
	d.Blocks = []officialdoc.Block{{
		Span: officialdoc.Span{Start: 0, End: utf8.RuneCountInString(d.Text)}, Text: d.Text, Part: officialdoc.PartBody,
		Level: officialdoc.LevelNumber, Marker: "1.", Label: "1", Parent: -1,
	}}
	r := reading.Read(d, options(t))
	if or(r.Issuer) != "UBND tỉnh Lào Cai" || len(r.Tasks) != 1 {
		t.Fatalf("issuer %s, %d duties", or(r.Issuer), len(r.Tasks))
	}
	x := r.Tasks[0]
	if x.Addressees[0].Text != "Sở Tài chính" || len(x.Addressees[0].Agencies) != 0 || x.Objects[0].Place != nil || or(x.Deadline) != "2024-09-30" {
		t.Errorf("%+v", x)
	}
}
