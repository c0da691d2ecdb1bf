package overviewweb

import (
	"fmt"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place/placeweb"
	"giuchuan/internal/view/overview"
)

func itoa(n int) string { return strconv.Itoa(n) }

// dash writes a count, a dash for none.
func dash(n int) string {
	if n == 0 {
		return "–"
	}
	return itoa(n)
}

// percent writes a share in whole percent.
func percent(n, of int) string {
	share := 0
	if of > 0 {
		share = (n*200 + of) / (2 * of)
	}
	switch {
	case n == 0:
		return "–"
	case share == 0:
		return "dưới 1 %"
	}
	return itoa(share) + " %"
}

// Tone is the mark of a situation.
func Tone(s review.Situation) web.Tone {
	switch s {
	case review.Held:
		return web.ToneOK
	case review.SomeUnmet:
		return web.ToneLack
	case review.NotEnoughData:
		return web.ToneNone
	}
	return web.ToneRisk
}

// words is a situation where little room is.
func words(s review.Situation) string {
	if s == review.MayBeUnder {
		return "Có thể thuộc diện xem xét thu hồi"
	}
	return s.Vietnamese()
}

// shade is the colour of a situation in bars and the map.
func shade(s review.Situation) string {
	switch s {
	case review.Held:
		return "#26785b"
	case review.SomeUnmet:
		return "#c4800f"
	case review.NotEnoughData:
		return "#6d7a83"
	}
	return "#a3191d"
}

// trusted is a column of the standing table: which trusts it sums.
type trusted struct {
	of    []overview.Trust
	short string
	mark  web.Trust
}

// columns lists the trusts from the strongest, as the table heads them; the
// first and, without districts, the third stand only where they are used.
func columns(o *overview.Overview) []trusted {
	all := []trusted{
		{[]overview.Trust{overview.FieldChecked}, "Thực địa", 4},
		{[]overview.Trust{overview.Confirmed}, "Xác nhận", 3},
		{[]overview.Trust{overview.Verified}, "Thẩm tra", 2},
		{[]overview.Trust{overview.Declared}, "Tự đánh giá", 1},
	}
	return slices.DeleteFunc(all, func(c trusted) bool {
		return (c.mark == 4 || c.mark == 2 && o.NoCheck) && c.count(o.ByTrust) == 0
	})
}

// footing says which sets the communes of the standing table are judged on.
func footing(o *overview.Overview) string {
	var parts []string
	for _, c := range o.Sets {
		parts = append(parts, itoa(c.Count)+" xã xét theo bộ tiêu chí xã "+c.Name)
	}
	if n := o.ByTrust[overview.NoData]; n > 0 {
		parts = append(parts, itoa(n)+" xã chưa có số liệu nào")
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "; ") + "."
}

func (c *trusted) count(by [5]int) int {
	n := 0
	for _, t := range c.of {
		n += by[t]
	}
	return n
}

// segment is one piece of a bar, in percent of the bar's room.
type segment struct{ x, width, fill string }

// bar lays the trusts of a row out, the strongest first.
func bar(r *overview.Row, most int) []segment {
	var out []segment
	at := 0.0
	add := func(n int, fill string) {
		if n > 0 && most > 0 {
			w := 99 * float64(n) / float64(most)
			out = append(out, segment{fmt.Sprintf("%.1f%%", at), fmt.Sprintf("%.1f%%", max(w-.7, .3)), fill})
			at += w
		}
	}
	add(r.ByTrust[overview.FieldChecked]+r.ByTrust[overview.Confirmed], shade(r.Situation))
	add(r.ByTrust[overview.Verified], "url(#t-"+itoa(int(r.Situation))+")")
	add(r.ByTrust[overview.Declared], "#fff")
	add(r.ByTrust[overview.NoData], "#eef1f2")
	return out
}

// barWords says what a bar shows.
func barWords(r *overview.Row) string {
	var out []string
	for t := overview.FieldChecked; ; t-- {
		if n := r.ByTrust[t]; n > 0 {
			out = append(out, itoa(n)+" "+t.Vietnamese())
		}
		if t == overview.NoData {
			break
		}
	}
	return strings.Join(out, ", ")
}

func most(rows []overview.Row) int {
	n := 0
	for i := range rows {
		n = max(n, rows[i].Count)
	}
	return n
}

// hour writes an instant: "08 giờ 00 ngày 01/10/2024".
func hour(t time.Time) string {
	if t.IsZero() {
		return "chưa có thay đổi nào"
	}
	local := day.Local(t)
	return local.Format("15 giờ 04 ngày 02/01/2006")
}

// at adds the day of a page to an address when it is not today.
func at(s web.Shell, on day.Day, path string) string {
	if on == s.Today {
		return path
	}
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	return path + sep + "ngay=" + url.QueryEscape(on.String())
}

// cellClass is the mark of a verdict in the table of criteria.
func cellClass(c overview.Cell) string {
	switch c.Verdict {
	case law.Met:
		return "k" + fill(c.Trust)
	case law.Unmet:
		return "k x" + fill(c.Trust)
	case law.NotApplicable:
		return "k z"
	}
	return "k q"
}

func fill(t overview.Trust) string {
	switch t {
	case overview.Verified:
		return " p2"
	case overview.Confirmed:
		return " p3"
	case overview.FieldChecked:
		return " p3 p4"
	}
	return ""
}

// letter is a verdict as one letter.
func letter(v law.Verdict) string {
	switch v {
	case law.Met:
		return "Đ"
	case law.Unmet:
		return "C"
	case law.NotApplicable:
		return "–"
	}
	return "?"
}

// said is what a cell says aloud: the letter shown, and the rest for readers of
// the page by ear and by pointing.
func said(c overview.Cell) string {
	switch c.Verdict {
	case law.Met, law.Unmet:
		return c.Verdict.Vietnamese() + ", " + c.Trust.Vietnamese()
	}
	return c.Verdict.Vietnamese()
}

// sign is how the map shows a situation.
func sign(s review.Situation) placeweb.Sign {
	switch s {
	case review.Held:
		return placeweb.Sign{Fill: placeweb.FillHeld, Letter: "G", Text: "giữ vững"}
	case review.SomeUnmet:
		return placeweb.Sign{Fill: placeweb.FillLack, Letter: "C", Text: "còn tiêu chí chưa đạt"}
	case review.NotEnoughData:
		return placeweb.Sign{Fill: placeweb.FillNone, Letter: "?", Text: "chưa đủ số liệu"}
	case review.MayBeUnder:
		return placeweb.Sign{Fill: placeweb.FillMaybe, Letter: "N", Text: "có thể thuộc diện xem xét thu hồi"}
	}
	return placeweb.Sign{Fill: placeweb.FillRisk, Letter: "T", Text: "thuộc diện xem xét thu hồi"}
}

// cellHTML writes one cell of the table of criteria. A table has thousands of
// them, so they do not go through a template each; the value is the only text
// that comes from outside, and it is escaped.
func cellHTML(c *overview.Cell, opens bool) string {
	class := cellClass(*c)
	if opens {
		class += " g"
	}
	out := `<td class="` + class + `" title="` + said(*c) + `">` + letter(c.Verdict)
	if c.Text != "" {
		out += ` <span class="val">` + html.EscapeString(c.Text) + `</span>`
	}
	return out + "</td>"
}

// changeWords says how a commune stands otherwise than before: "Giữ vững → Còn
// tiêu chí chưa đạt: thêm tiêu chí 17 chưa đạt".
func changeWords(c overview.Change) string {
	var parts []string
	if c.From != c.To {
		parts = append(parts, words(c.From)+" → "+vntext.Uncapital(words(c.To)))
	}
	if len(c.Lost) > 0 {
		parts = append(parts, "tiêu chí "+strings.Join(c.Lost, ", ")+" nay chưa đạt")
	}
	if len(c.Won) > 0 {
		parts = append(parts, "tiêu chí "+strings.Join(c.Won, ", ")+" hết chưa đạt")
	}
	if c.Reset {
		parts = append(parts, "nay xét theo bộ tiêu chí khác")
	}
	return strings.Join(parts, "; ")
}

// progressDue says when communes are to send, and how long that is.
func progressDue(p *overview.Progress) string {
	due := "hạn xã gửi " + p.SendBy.Vietnamese()
	switch {
	case p.Closed:
		return "đã chốt số liệu"
	case p.Left == 0:
		return due + ", hôm nay"
	case p.Left > 0:
		return due + ", còn " + itoa(p.Left) + " ngày"
	}
	return due + ", quá hạn " + itoa(-p.Left) + " ngày"
}
