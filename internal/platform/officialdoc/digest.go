package officialdoc

import (
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
)

// digest reads a report about a document: nothing of a letterhead, and a lead
// that cites the document as its source ("Đó là yêu cầu của … tại Công văn số
// 30/VPĐP ngày 30/3/2021"). Number, day, kind and title are the cited one's.
func digest(d *Document, paras []para) {
	if d.Number != "" || d.Symbol != "" || d.Place != "" || d.Kind.Name != "" || len(d.KinhGui) > 0 || len(d.NoiNhan) > 0 || len(d.IssuerBlock) > 0 || d.Date != day.None {
		return
	}
	left := 200
	for i, p := range paras[:min(len(paras), 5)] {
		if !short(p.text, 3000) || p.marker.level != LevelNone {
			continue
		}
		for _, f := range cites(p.text, &left) {
			if s, ok := sourceOf(p.text, f); ok {
				s.fill(d, f, paras[:i])
				return
			}
		}
	}
}

// source is what a lead says about the document it reports.
type source struct {
	issuer string
	day    day.Day
	title  string
}

// givers are the words that stand between an issuer and its document.
var givers = []string{"tại", "đã ban hành", "vừa ban hành", "ban hành", "vừa có", "đã có", "có", "đã ký", "vừa ký", "ký", "ra", "gửi", "theo", "trong"}

// sourceOf tells whether the citation is the source of the report.
func sourceOf(s string, f found) (source, bool) {
	before := strings.TrimRight(s[:f.cut.from], " :")
	before, _ = cutWord(before, "số")
	before = strings.TrimRight(before, " ")
	if f.ref.Kind == "" || len(before) < len(f.ref.Kind) {
		return source{}, false
	}
	before = strings.TrimRight(before[:max(0, len(before)-len(f.ref.Kind))], " ")
	verb := ""
	for _, g := range givers {
		if rest, ok := cutWord(before, g); ok {
			before, verb = strings.TrimRight(rest, " ,"), g
			break
		}
	}
	if verb == "" {
		return source{}, false
	}
	out := source{day: f.ref.Date}
	if out.day == day.None {
		out.day = leadDay(before)
	}
	out.issuer = issuerOf(before)
	out.title = titleAfter(s[f.cut.to:])
	return out, true
}

// issuerOf finds who issued: what stands after "của" or at the beginning of the
// sentence.
func issuerOf(before string) string {
	from := strings.LastIndex(before, ". ") + 1
	sentence := strings.TrimSpace(before[max(from, 0):])
	if at := strings.LastIndex(sentence, " của "); at >= 0 {
		sentence = sentence[at+len(" của "):]
	} else if at := strings.LastIndex(sentence, ", "); at >= 0 {
		sentence = sentence[at+2:]
	}
	sentence = strings.TrimSpace(sentence)
	if !short(sentence, 120) || letters(sentence, 2) < 2 {
		return ""
	}
	return sentence
}

// leadDay reads "Ngày 30/3/2021, …" at the beginning of a sentence.
func leadDay(s string) day.Day {
	s = s[strings.LastIndex(s, ". ")+1:]
	if at, ok := wordAt(s, skip(s, 0), "ngày"); ok {
		if w, _, ok := dateAt(s, skip(s, at)); ok {
			return w.full()
		}
	}
	return day.None
}

// titleAfter is "về việc …" behind a citation and its day.
func titleAfter(s string) string {
	at := strings.Index(s[:clamp(s, 200)], "về ")
	if at < 0 || at > 0 && s[at-1] != ' ' {
		return ""
	}
	title := s[at:clamp(s, at+600)]
	for _, stop := range []string{". ", "; ", "\n"} {
		title, _, _ = strings.Cut(title, stop)
	}
	return strings.TrimRight(title, " .")
}

func (s source) fill(d *Document, f found, above []para) {
	d.Digest = true
	d.Number, d.Date = f.ref.Number, s.day
	n, _, _ := signAt(f.ref.Number, 0)
	d.Symbol = n.symbol
	for _, k := range Kinds() {
		if vntext.EqualFold(k.Name, f.ref.Kind) {
			d.Kind = k
		}
	}
	d.Issuer, d.Title = s.issuer, s.title
	if s.issuer != "" {
		d.IssuerBlock = []string{s.issuer}
	}
	if len(above) > 0 && short(above[0].text, 300) {
		d.Headline = above[0].text
		if d.Title == "" {
			d.Title = d.Headline
		}
	}
}
