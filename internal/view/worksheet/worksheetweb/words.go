package worksheetweb

import (
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/view/worksheet"
)

func itoa(n int) string { return strconv.Itoa(n) }

func i64(n int64) string { return strconv.FormatInt(n, 10) }

// box is the class of a verdict's box.
func box(v law.Verdict) string {
	switch v {
	case law.Met, law.NotApplicable:
		return "verdict v-ok"
	case law.Unmet:
		return "verdict v-no"
	}
	return "verdict v-un"
}

// sign is the class of a criterion's mark in the list beside the page.
func sign(v law.Verdict, trust int) string {
	switch v {
	case law.Met:
		return "k p" + itoa(min(max(trust, 1), 3))
	case law.Unmet:
		return "k x"
	case law.NotApplicable:
		return "k z"
	}
	return "k q"
}

// hour writes an instant of Việt Nam: "07 giờ 42".
func hour(t time.Time) string {
	return day.Local(t).Format("15 giờ 04")
}

// moment writes an instant of Việt Nam with its day.
func moment(t time.Time) string {
	return day.Local(t).Format("15 giờ 04 ngày 02/01/2006")
}

// state says where a line stands.
func state(l *worksheet.Line) string {
	if !l.Has {
		return ""
	}
	switch {
	case l.Row.Origin == round.ActCorrect:
		return round.ActCorrect.Vietnamese()
	case l.State == round.Returned && l.Row.Mended:
		return "đã sửa, chưa gửi lại"
	case l.State != round.Draft:
		return l.State.Vietnamese()
	case l.Row.Origin == round.ActCarry:
		return "giữ nguyên kỳ trước"
	case l.Row.Origin == round.ActSupply:
		return "đã có từ ngành"
	}
	return "đã nhập"
}

// asks says what a line is waited for, "" when for nothing.
func asks(l *worksheet.Line) string {
	switch {
	case l.Row.Asked:
		return "đang đề nghị kiểm tra lại"
	case l.Need == round.NeedReturned && !l.Row.Mended:
		return "bị trả lại"
	case l.Need == round.NoNeed || l.Has:
		return ""
	}
	return "cần nhập: " + l.Need.Vietnamese()
}

// progressOf says how far a whole sheet is.
func progressOf(c *worksheet.Counts) string {
	switch {
	case c.Back > 0:
		return itoa(c.Back) + " chỉ tiêu bị trả lại, chờ xã sửa"
	case c.Reported() == 0:
		return "Chưa nhập"
	case c.Unsent() > 0 && c.Unsent() < c.Reported():
		return itoa(c.Unsent()) + " chỉ tiêu chưa gửi"
	case c.Unsent() > 0:
		return "Chưa gửi"
	case c.ByState[round.Confirmed] == c.Reported():
		return "Đã xác nhận"
	case c.ByState[round.Verified]+c.ByState[round.Confirmed] == c.Reported():
		return "Đã thẩm tra"
	}
	return "Đã gửi"
}

// summary is the counts of a criterion in a few words.
func summary(c worksheet.Counts) string {
	var out []string
	add := func(n int, text string) {
		if n > 0 {
			out = append(out, itoa(n)+" "+text)
		}
	}
	add(c.Missing, "cần nhập")
	add(c.Back, "bị trả lại")
	add(c.Entered, "đã nhập")
	add(c.Supplied, "đã có từ ngành")
	add(c.Carried, "giữ nguyên")
	if len(out) == 0 {
		return "không phải nhập kỳ này"
	}
	return strings.Join(out, " · ")
}

// title is how a sheet is called: "Phiếu rà soát quý III năm 2024".
func title(p day.Period) string { return "Phiếu rà soát " + p.Vietnamese() }

// sentence begins a text with a capital and ends it with a stop.
func sentence(text string) string {
	return strings.TrimSuffix(vntext.Capital(text), ".") + "."
}

// rule is an indicator's rule in plain words, beside the threshold.
func rule(l *line) string {
	ind := l.Indicator()
	switch {
	case ind.Kind == law.BySex:
		return "Nam và nữ đều phải"
	case len(ind.Parts) > 0:
		return "Phải"
	}
	return "Mức đạt chuẩn:"
}

// earlier says what was reported before, and how far that was checked.
func earlier(ind *law.Indicator, d *law.Datum) string {
	if d == nil {
		return "Kỳ trước: chưa có số liệu."
	}
	return "Kỳ trước (" + d.Period.Vietnamese() + "): " + reported(ind, d) + ", " + d.Provenance.Vietnamese() + "."
}
