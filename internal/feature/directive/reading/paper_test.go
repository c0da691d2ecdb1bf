package reading_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"giuchuan/internal/feature/directive/reading"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/officialdoc"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/calendar"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

var (
	roman  = regexp.MustCompile(`^([IVX]+)\. `)
	num    = regexp.MustCompile(`^(\d+)\. `)
	dotted = regexp.MustCompile(`^(\d+\.\d+)\.? `)
	let    = regexp.MustCompile(`^([a-zđ])\) `)
	art    = regexp.MustCompile(`^(Điều \d+)\. `)
	dateRe = regexp.MustCompile(`^([\p{L} ]+), ngày *(\d*) *tháng *(\d+) *năm *(\d{4})`)
	refRe  = regexp.MustCompile(`(\d+(?:/\d{4})?/[\p{Lu}\-]+\d*)(?: ngày (\d+/\d+/\d{4}))?`)
)

func rough(text string) officialdoc.Document {
	d := officialdoc.Document{Date: day.None}
	var paras []string
	for _, l := range strings.Split(text, "\n") {
		l = strings.Join(strings.Fields(strings.NewReplacer("*", "", "#", "").Replace(l)), " ")
		if l == "" {
			continue
		}
		r, _ := utf8.DecodeRuneInString(l)
		if len(paras) > 0 && strings.ToLower(string(r)) == string(r) && strings.ContainsAny(string(r), "abcdđefghiklmnopqrstuvxyăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ0123456789") && !strings.HasSuffix(paras[len(paras)-1], ".") && !num.MatchString(l) && !let.MatchString(l) && !dotted.MatchString(l) {
			paras[len(paras)-1] += " " + l
			continue
		}
		paras = append(paras, l)
	}
	part := officialdoc.PartHeader
	var b strings.Builder
	at := 0
	for i, p := range paras {
		marker, level, label := "", 0, ""
		for _, x := range []struct {
			re *regexp.Regexp
			l  int
		}{{art, 6}, {roman, 4}, {dotted, 8}, {num, 7}, {let, 10}} {
			if m := x.re.FindStringSubmatch(p); m != nil {
				marker, level, label = strings.TrimSpace(m[0]), x.l, m[1]
				p = p[len(m[0]):]
				break
			}
		}
		if strings.HasPrefix(p, "- ") {
			marker, level, label = "-", 11, "-"
			p = p[2:]
		}
		switch {
		case strings.HasPrefix(p, "Kính gửi"):
			part = officialdoc.PartHeader + "k"
		case strings.HasPrefix(p, "Nơi nhận"):
			part = officialdoc.PartRecipients
		case strings.HasPrefix(p, "TL. ") || strings.HasPrefix(p, "KT. "):
			part = officialdoc.PartSignature
		case part == officialdoc.PartHeader && (strings.HasPrefix(p, "Ngày ") || strings.HasPrefix(p, "Thời gian qua") || strings.HasPrefix(p, "Thực hiện ") || strings.HasPrefix(p, "Căn cứ")):
			part = officialdoc.PartOpening
		case part == officialdoc.PartHeader+"k" && level == 0:
			part = officialdoc.PartOpening
		case part == officialdoc.PartOpening && level > 0 && level < 11:
			part = officialdoc.PartBody
		case part == officialdoc.PartBody && (strings.HasPrefix(p, "Trên đây") || strings.HasPrefix(p, "Căn cứ nội dung") || strings.HasPrefix(p, "Báo cáo của các") || i > 0 && strings.HasSuffix(p, "./.") && level == 0):
			part = officialdoc.PartClosing
		}
		line := p
		if marker != "" {
			line = marker + " " + p
			at += utf8.RuneCountInString(marker) + 1
		}
		n := utf8.RuneCountInString(p)
		bl := officialdoc.Block{Span: officialdoc.Span{Start: at, End: at + n}, Text: p, Part: part, Level: level, Marker: marker, Label: label, Parent: -1}
		bl.Heading = level > 0 && level < 11 && !strings.HasSuffix(p, ".") && len(strings.Fields(p)) < 25
		if part == officialdoc.PartHeader+"k" {
			if level == 11 {
				d.KinhGui = append(d.KinhGui, officialdoc.Line{Text: strings.TrimRight(p, ";. ")})
			}
			bl.Part = officialdoc.PartHeader
		}
		if part == officialdoc.PartRecipients && level == 11 {
			d.NoiNhan = append(d.NoiNhan, officialdoc.Receive{Line: officialdoc.Line{Text: strings.TrimRight(p, ";. ")}, Purpose: officialdoc.PurposeAct})
		}
		if m := dateRe.FindStringSubmatch(p); m != nil && d.Place == "" {
			d.Place = m[1]
			if m[2] != "" {
				d.Date, _ = day.Parse(m[2] + "/" + m[3] + "/" + m[4])
			} else {
				d.DatePartial = m[4] + "-0" + m[3]
			}
		}
		d.Blocks = append(d.Blocks, bl)
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
		at += n + 1
	}
	d.Text = b.String()
	seen := map[string]bool{}
	for _, m := range refRe.FindAllStringSubmatch(d.Text, -1) {
		if !seen[m[1]] {
			seen[m[1]] = true
			dd, err := day.Parse(m[2])
			if err != nil {
				dd = day.None
			}
			d.References = append(d.References, officialdoc.Reference{Number: m[1], Date: dd})
		}
	}
	return d
}

func options(t testing.TB) reading.Options {
	places, err := place.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	dir, err := agency.Load(reference.FS(), places, "08")
	if err != nil {
		t.Fatal(err)
	}
	cal, err := calendar.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	return reading.Options{Agencies: dir, Places: places, Province: "08", Calendar: cal}
}

func TestRough(t *testing.T) {
	f := os.Getenv("ROUGH")
	if f == "" {
		t.Skip("no ROUGH")
	}
	src, err := os.ReadFile(f)
	if err != nil {
		t.Fatal(err)
	}
	d := rough(string(src))
	if strings.Contains(f, "17.txt") || strings.Contains(f, "ban-tin") {
		d.Digest = true
		for i := range d.Blocks {
			d.Blocks[i].Part = officialdoc.PartBody
		}
	}
	r := reading.Read(d, options(t))
	for _, x := range r.Tasks {
		dl := ""
		if x.Deadline != nil {
			dl = *x.Deadline
		}
		ph := ""
		if x.DeadlinePhrase != nil {
			ph = *x.DeadlinePhrase
		}
		who := ""
		for _, a := range x.Addressees {
			role := "?"
			if a.Role != nil {
				role = *a.Role
			}
			who += " [" + a.Text + "/" + role + "/" + strings.Join(a.Agencies[:min(3, len(a.Agencies))], " ") + "]"
		}
		rec := ""
		if x.Recurrence != nil {
			rec = *x.Recurrence
		}
		t.Logf("%s (%s) %.2f %s %s %s %q\n   %s\n   %s\n  %v %v", x.Ref, x.Group, x.Confidence, dl, x.DeadlineKind, rec, ph, who, x.Text, x.Objects, x.Notes)
	}
	for _, a := range r.Attendees {
		t.Logf("dự: %s %v", a.Text, a.Agencies)
	}
	if r.Meeting != nil {
		t.Logf("họp %v %s", *r.Meeting.Date, r.Meeting.Chair)
	}
	t.Log(r.LocalAliases, r.Notes)
}

func document(t testing.TB, text string) officialdoc.Document { return rough(text) }
