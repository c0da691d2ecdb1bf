package draft_test

import (
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/officialdoc/draft"
)

func texts(list []draft.Piece) []string {
	var out []string
	for _, p := range list {
		out = append(out, strings.ReplaceAll(p.Text(), "\u00A0", " "))
	}
	return out
}

func TestNumberAndDayAreBlankUntilRecorded(t *testing.T) {
	d := letter(false)
	l := draft.Lay(d)
	if got := texts(l.Number)[0]; strings.Join(strings.Fields(got), " ") != "Số: /UBND-NLN" {
		t.Errorf("%q", got)
	}
	if got := strings.Join(strings.Fields(texts(l.PlaceDate)[0]), " "); got != "Tuyên Quang, ngày tháng 10 năm 2024" || !l.Draft {
		t.Errorf("%q, draft %v", got, l.Draft)
	}
	for _, c := range []struct {
		number   string
		on       day.Day
		no, date string
	}{
		{"5", day.Of(2024, 6, 5), "Số: 05/UBND-NLN", "Tuyên Quang, ngày 05 tháng 6 năm 2024"},
		{"12", day.Of(2024, 2, 29), "Số: 12/UBND-NLN", "Tuyên Quang, ngày 29 tháng 02 năm 2024"},
		{"13A", day.Of(2025, 1, 10), "Số: 13A/UBND-NLN", "Tuyên Quang, ngày 10 tháng 01 năm 2025"},
		{"5973", day.Of(2025, 12, 9), "Số: 5973/UBND-NLN", "Tuyên Quang, ngày 09 tháng 12 năm 2025"},
	} {
		d.Issued = &draft.Issued{Number: c.number, On: c.on}
		l := draft.Lay(d)
		if got := texts(l.Number)[0]; got != c.no {
			t.Errorf("%q, want %q", got, c.no)
		}
		if got := texts(l.PlaceDate)[0]; got != c.date {
			t.Errorf("%q, want %q", got, c.date)
		}
		if !l.Draft {
			t.Error("a document without its signed file is no draft")
		}
		d.Issued.File = "signed.pdf"
		if draft.Lay(d).Draft {
			t.Error("number, day and file are recorded, and it is still a draft")
		}
	}
}

func TestWhatTheFormAdds(t *testing.T) {
	l := draft.Lay(report(true))
	var body []string
	for _, p := range l.Body {
		if p.Grid == nil {
			body = append(body, p.Text())
		}
	}
	for _, want := range []string{
		"I. KẾT QUẢ THỰC HIỆN", "II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN", "1. Công tác chỉ đạo, điều hành", "b) Đối với Ủy ban nhân dân các huyện, thành phố",
		"- Số xã giữ vững đủ 19 tiêu chí: 23/49 xã;", "- Số xã còn tiêu chí chưa đạt: 17 xã.", "+ Chỉ tiêu 15.1 về bảo hiểm y tế",
	} {
		if !slices.Contains(body, want) {
			t.Errorf("the body lacks %q", want)
		}
	}
	if last := body[len(body)-1]; !strings.HasSuffix(last, "chỉ đạo./.") {
		t.Errorf("the document ends %q", last)
	}
	if want := []string{"- Như trên;", "- Lưu: VT, VPĐP."}; !slices.Equal(l.Copies, want) {
		t.Errorf("%q", l.Copies)
	}
	if len(l.Notes) != 4 || len(l.Annexes) != 2 {
		t.Fatalf("%d notes, %d annexes", len(l.Notes), len(l.Annexes))
	}
	if got := texts(l.Annexes[1].Pieces)[:2]; !slices.Equal(got, []string{"Phụ lục II", "DANH MỤC KHÓ KHĂN, VƯỚNG MẮC"}) {
		t.Errorf("%q", got)
	}
	blank := strings.Join(strings.Fields(texts(l.Annexes[0].Pieces)[2]), " ")
	if blank != "(Kèm theo Báo cáo số /BC-VPĐP ngày tháng năm của Văn phòng Điều phối nông thôn mới)" {
		t.Errorf("%q", blank)
	}
	paper := draft.Lay(notice(true))
	if got := texts(paper.Annexes[0].Pieces); got[0] != "Phụ lục" ||
		got[2] != "(Kèm theo Thông báo số 05/TB-UBND ngày 03 tháng 02 năm 2024 của Ủy ban nhân dân tỉnh Tuyên Quang)" {
		t.Errorf("%q", got[:3])
	}
}

func TestEveryKindHasItsBoxes(t *testing.T) {
	top := texts(draft.Lay(decision(false)).Top)
	for _, want := range []string{"QUYẾT ĐỊNH", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "Căn cứ Luật Tổ chức chính quyền địa phương;", "QUYẾT ĐỊNH:"} {
		if !slices.Contains(top, want) {
			t.Errorf("a decision lacks %q: %q", want, top)
		}
	}
	if bases := top[len(top)-2]; !strings.HasSuffix(bases, "năm 2024.") {
		t.Errorf("the last ground ends %q", bases)
	}
	if l := draft.Lay(minutes(false)); len(l.PlaceDate) != 0 || len(l.Sides) != 2 {
		t.Errorf("minutes have %d lines of date and %d sides", len(l.PlaceDate), len(l.Sides))
	}
	many := texts(draft.Lay(letter(true)).Top)
	if many[0] != "Kính gửi:" || many[1] != "- Sở Nông nghiệp và Phát triển nông thôn;" || !strings.HasSuffix(many[3], ".") {
		t.Errorf("%q", many)
	}
	if one := texts(draft.Lay(letter(false)).Top); one[0] != "Kính gửi: Ủy ban nhân dân huyện Hàm Yên" {
		t.Errorf("%q", one)
	}
	if about := strings.ReplaceAll(texts(draft.Lay(letter(false)).Number)[1], "\u00A0", " "); !strings.HasPrefix(about, "V/v đôn đốc thực hiện") {
		t.Errorf("%q", about)
	}
}

func TestLettersAreVietnamese(t *testing.T) {
	var got []string
	for n := 1; n <= 24; n++ {
		got = append(got, draft.Point(n))
	}
	if s := strings.Join(got, " "); s != "a b c d đ e g h i k l m n o p q r s t u v x y aa" {
		t.Error(s)
	}
	if draft.Roman(14) != "XIV" || draft.Roman(4) != "IV" || draft.Roman(0) != "0" {
		t.Error("Roman numerals")
	}
}

func TestVerbs(t *testing.T) {
	for _, c := range []struct {
		from, to draft.Rung
		want     draft.Verbs
	}{
		{draft.Province, draft.District, draft.Verbs{Ask: "yêu cầu", Tell: "thông báo", Consult: "lấy ý kiến"}},
		{draft.Province, draft.Commune, draft.Verbs{Ask: "yêu cầu", Tell: "thông báo", Consult: "lấy ý kiến"}},
		{draft.Department, draft.District, draft.Verbs{Ask: "đề nghị", Tell: "thông báo", Consult: "lấy ý kiến"}},
		{draft.Department, draft.Commune, draft.Verbs{Ask: "đề nghị", Tell: "thông báo", Consult: "lấy ý kiến"}},
		{draft.Department, draft.Department, draft.Verbs{Ask: "đề nghị", Tell: "thông báo", Consult: "xin ý kiến"}},
		{draft.Department, draft.Province, draft.Verbs{Ask: "kính đề nghị", Tell: "báo cáo", Consult: "xin ý kiến"}},
		{draft.Province, draft.Central, draft.Verbs{Ask: "kính đề nghị", Tell: "báo cáo", Consult: "xin ý kiến"}},
		{draft.Commune, draft.District, draft.Verbs{Ask: "kính đề nghị", Tell: "báo cáo", Consult: "xin ý kiến"}},
		{draft.District, draft.Commune, draft.Verbs{Ask: "yêu cầu", Tell: "thông báo", Consult: "lấy ý kiến"}},
		{draft.District, draft.Department, draft.Verbs{Ask: "đề nghị", Tell: "báo cáo", Consult: "xin ý kiến"}},
	} {
		if got := draft.Verb(c.from, c.to); got != c.want {
			t.Errorf("from %d to %d: %+v", c.from, c.to, got)
		}
	}
}

func TestCheckNamesEveryField(t *testing.T) {
	err := draft.Document{Kind: draft.Letter, Symbol: "UBND - X", Issued: &draft.Issued{Number: "năm"}}.Check()
	var fields []string
	for _, e := range fault.Rows(err) {
		fields = append(fields, e.Field)
	}
	if want := []string{"agency", "title", "symbol", "number", "to"}; !slices.Equal(fields, want) {
		t.Errorf("%q\n%s", fields, fault.Text(err))
	}
	d := report(false)
	d.Body = []draft.Block{draft.Table{Caption: "Bảng", Columns: make([]draft.Column, 3), Rows: []draft.Row{draft.Cells("a", "b")}}}
	if err := d.Check(); err == nil || !strings.Contains(fault.Text(err), "có 2 ô trong khi bảng có 3 cột") {
		t.Error(err)
	}
	for name, d := range samples() {
		if err := d.Check(); err != nil {
			t.Error(name, err)
		}
	}
}

func TestFileNames(t *testing.T) {
	if got := decision(false).FileName(); got != "du-thao-quyet-dinh-QD-UBND.docx" {
		t.Error(got)
	}
	if got := letter(true).FileName(); got != "cong-van-05-UBND-NLN.docx" {
		t.Error(got)
	}
}
