package task

import (
	"strings"

	"giuchuan/internal/kernel/day"
)

// Mark is the number and symbol of a document: "94/TB-UBND", and without a
// number "Số: …/TB-UBND".
func (g *Given) Mark() string {
	if g.Number == "" {
		return "…/" + g.Symbol
	}
	return g.Number + "/" + g.Symbol
}

// Date is the day of a document as documents write it, with what is not known
// left open: "ngày … tháng 6 năm 2024".
func (g *Given) Date() string {
	if g.Issued != day.None {
		return "ngày " + g.Issued.Vietnamese()
	}
	year, month, ok := strings.Cut(g.Partial, "-")
	switch {
	case ok:
		return "ngày … tháng " + strings.TrimPrefix(month, "0") + " năm " + year
	case year != "":
		return "năm " + year
	}
	return "chưa ghi ngày"
}

// KindName is the kind of a document in words; a công văn has no code.
func (g *Given) KindName() string {
	if name, ok := map[string]string{
		"TB": "Thông báo", "QĐ": "Quyết định", "KH": "Kế hoạch", "CT": "Chỉ thị", "NQ": "Nghị quyết", "KL": "Kết luận", "BC": "Báo cáo",
		"TTr": "Tờ trình", "HD": "Hướng dẫn", "CTr": "Chương trình", "CĐ": "Công điện",
	}[g.Kind]; ok {
		return name
	}
	return "Công văn"
}

// Label names a document in a sentence.
func (g *Given) Label() string {
	return g.KindName() + " số " + g.Mark() + " " + g.Date()
}

// Brief names a document in a list.
func (g *Given) Brief() string {
	if g.Number == "" {
		return g.KindName() + " " + g.Mark() + " " + strings.TrimPrefix(g.Date(), "ngày … ")
	}
	return g.KindName() + " " + g.Mark()
}

// Words says where a task stands: its status, and how far it is from its day.
func (e *Entry) Words() string {
	switch {
	case e.Stub && e.Status != Retired:
		return "phụ thuộc văn bản chưa nhập"
	case e.Status == Overdue:
		return "quá hạn " + itoa(-e.Days) + " ngày"
	case e.Status == Waiting && e.Unproven:
		return "chờ xác nhận; báo cáo, chưa có minh chứng"
	case e.Status == InTime && e.Days == 0:
		return "đến hạn hôm nay"
	case e.Status == InTime:
		return "trong hạn, còn " + itoa(e.Days) + " ngày"
	}
	return e.Status.Vietnamese()
}

// brief is the beginning of a text, for a message.
func brief(text string) string {
	const longest = 160
	if r := []rune(text); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return text
}

// Message is the text by which a person urges or reminds the body of a task,
// ready to be pasted elsewhere.
func (s *Service) Message(e *Entry, on day.Day) string {
	begin := "Nhắc việc"
	ask := "đề nghị hoàn thành và báo cáo đúng hạn"
	if e.Status == Overdue {
		begin, ask = "Đôn đốc", "đề nghị hoàn thành và báo cáo ngay"
	}
	text := begin + ": " + s.Name(e.Agency, on) + " thực hiện nhiệm vụ " + e.Ref
	if e.Given != nil {
		text += " tại " + e.Given.Label()
	}
	text += ": “" + brief(e.Text) + "”"
	if e.Due != day.None {
		text += ", thời hạn " + e.Due.Vietnamese()
	}
	text += "; " + e.Words()
	if open := e.Open(); len(open) > 0 && e.Of > 0 {
		names := make([]string, len(open))
		for i, p := range open {
			names[i] = p.Text
		}
		text += "; đã xong " + itoa(e.Reached) + "/" + itoa(e.Of) + ", còn " + strings.Join(names, ", ")
	}
	return text + "; " + ask + "."
}
