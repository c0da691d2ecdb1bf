package dossierweb

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/dossier"
)

func itoa(n int) string { return strconv.Itoa(n) }

// link is the page's own address with one value changed; "" takes it out. What
// Thử xem assumed is left behind.
func (v *view) link(s web.Shell, name, value string) string {
	q := url.Values{}
	if v.On != s.Today {
		q.Set("ngay", v.On.String())
	}
	if v.Known != day.None {
		q.Set("biet-den", v.Known.String())
	}
	for _, x := range v.Sets {
		if x.Shown && !x.Tested && len(v.Sets) > 1 {
			q.Set("bo", x.Set.ID)
		}
	}
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	path := "/xa/" + v.Unit.Code
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path
}

// others is the address of another bearer of the code.
func bearerLink(code string, on day.Day) string { return "/xa/" + code + "?ngay=" + on.String() }

// counted says how many indicators stand how: "2 chỉ tiêu: 2 đạt".
func counted(list []*dossier.Indicator, other bool) string {
	n := map[law.Verdict]int{}
	for _, i := range list {
		n[i.Outcome.Verdict]++
	}
	parts := []string{}
	for _, v := range []law.Verdict{law.Unmet, law.Unknown, law.Met, law.NotApplicable} {
		if n[v] > 0 {
			parts = append(parts, itoa(n[v])+" "+v.Vietnamese())
		}
	}
	words := " chỉ tiêu: "
	if other {
		words = " chỉ tiêu khác: "
	}
	return itoa(len(list)) + words + strings.Join(parts, ", ")
}

// square is one criterion in the figure of the distance to revocation.
type square struct {
	x    string
	fill string
	edge string
}

const step = 19.8

// squares is a row of the criteria: the unmet first, then the unknown.
func squares(s *dossier.Sheet) []square {
	out := make([]square, s.Total)
	for i := range out {
		out[i] = square{fmt.Sprintf("%.1f", float64(i)*step), "#fff", "#9aa89f"}
		switch {
		case i < len(s.Unmet):
			out[i].fill, out[i].edge = "#a3191d", "#a3191d"
		case i < s.Possible:
			out[i].fill, out[i].edge = "url(#sq-none)", "#6d7a83"
		}
	}
	return out
}

// limitX is where a limit stands: before its first criterion.
func limitX(l dossier.Limit) string { return fmt.Sprintf("%.1f", float64(l.From-1)*step-1) }

func boxWidth(s *dossier.Sheet) string { return fmt.Sprintf("0 0 %.0f 72", float64(s.Total)*step+1) }

// spark lays numbers out in a box of 80 by 26. A page has a hundred of them, so
// a point on the way between two of the same height is left out, and what follows
// the first point is a line without being told.
func spark(values []law.Number) (path, x, y string) {
	low, high := slices.Min(values), slices.Max(values)
	out := append(make([]byte, 0, 12*len(values)), 'M')
	last := 0 // where the last point begins
	for i, v := range values {
		if i > 0 && i < len(values)-1 && values[i-1] == v && values[i+1] == v {
			continue
		}
		py := 13.0
		if high > low {
			py = 22 - 18*float64(v-low)/float64(high-low)
		}
		if i > 0 {
			out = append(out, ' ')
		}
		last = len(out)
		out = append(tenths(out, 3+74*float64(i)/float64(len(values)-1)), ' ')
		out = tenths(out, py)
	}
	path = string(out)
	x, y, _ = strings.Cut(path[last:], " ")
	return path, x, y
}

// tenths adds a coordinate with one decimal, unless that is 0.
func tenths(out []byte, v float64) []byte {
	return bytes.TrimSuffix(strconv.AppendFloat(out, v, 'f', 1, 64), []byte(".0"))
}

// hour writes an instant of Việt Nam.
func hour(t time.Time) string {
	return day.Local(t).Format("02/01/2006 15:04")
}

// value writes the figure of an indicator with its unit.
func value(i *dossier.Indicator) string {
	switch {
	case i.Value == "":
		return "–"
	case i.ValueNumber != nil && i.Unit != "":
		return i.Value + " " + i.Unit
	}
	return i.Value
}

// notes are the trace's remarks and sources, one a line.
func notes(i *dossier.Indicator) []string {
	var out []string
	for _, n := range i.Notes {
		out = append(out, "Lưu ý: "+n)
	}
	if i.Period != "" {
		out = append(out, "Số liệu: "+i.Period+", "+i.Provenance)
	}
	if i.Citation != "" {
		text := "Căn cứ: " + i.Citation
		if i.Published != "" {
			text += "; văn bản hướng dẫn " + i.Published
		}
		out = append(out, text)
	}
	if i.Unverified {
		text := "Mức đạt chuẩn chưa đối chiếu văn bản gốc"
		if i.Origin != "" {
			text += "; mức đang dùng lấy từ: " + i.Origin
		}
		out = append(out, text)
	}
	if i.Illustrative {
		out = append(out, "Mức do tỉnh quy định ở đây là số liệu minh họa")
	}
	for k := range i.Parts {
		p := &i.Parts[k]
		out = append(out, p.Code+" "+p.Name+": "+p.Sentence())
	}
	return out
}

// partial stands beside titles known from public news alone.
func partial() string { return recognition.PartialWords }
