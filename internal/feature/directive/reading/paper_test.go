package reading_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"giuchuan/internal/feature/directive/reading"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/officialdoc"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/calendar"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

func options(t testing.TB) reading.Options {
	t.Helper()
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

// markers of the items that the documents of these tests have.
var markers = []struct {
	re    *regexp.Regexp
	level int
}{
	{regexp.MustCompile(`^(Điều \d+)\. `), officialdoc.LevelArticle},
	{regexp.MustCompile(`^([IVX]+)\. `), officialdoc.LevelRoman},
	{regexp.MustCompile(`^(\d+\.\d+)\.? `), officialdoc.LevelDotted},
	{regexp.MustCompile(`^(\d+)\. `), officialdoc.LevelNumber},
	{regexp.MustCompile(`^([a-zđ])\) `), officialdoc.LevelLetter},
	{regexp.MustCompile(`^(-) `), officialdoc.LevelDash},
}

var (
	numberLine = regexp.MustCompile(`^Số: *(\d*)/(\S+)`)
	dayLine    = regexp.MustCompile(`^([\p{L} ]+), ngày *(\d*) *tháng *(\d+) *năm *(\d{4})`)
	citation   = regexp.MustCompile(`(\d+(?:/\d{4})?/[\p{Lu}\-]+\d*)(?: ngày (\d+/\d+/\d{4}))?`)
	ending     = regexp.MustCompile(`^(?:TL|KT|TM)\. |^CHỦ TỊCH$|^CHÁNH VĂN PHÒNG$`)
	preamble   = regexp.MustCompile(`^(?:Ngày|Thực hiện|Căn cứ|Thời gian qua|Tại) `)
	closing    = regexp.MustCompile(`^Trên đây|^Báo cáo của các|^Văn bản tham gia`)
)

// document builds a document by the simplest rules that the texts of these tests
// need, so that reading is tested by itself. How a page becomes blocks is the
// business, and the tests, of officialdoc.
func document(_ testing.TB, text string) officialdoc.Document {
	p := &paper{doc: officialdoc.Document{Date: day.None}, part: officialdoc.PartHeader}
	paragraphs := paragraphsOf(text)
	p.doc.Digest = !strings.Contains(text, "Số:") && !strings.Contains(text, "1. ")
	for i, s := range paragraphs {
		p.add(s, i)
	}
	p.doc.Text = p.text.String()
	for _, m := range citation.FindAllStringSubmatch(p.doc.Text, -1) {
		p.cite(m[1], m[2])
	}
	return p.doc
}

type paper struct {
	doc    officialdoc.Document
	part   officialdoc.Part
	letter bool // the lines stand under "Kính gửi"
	text   strings.Builder
	at     int
}

// paragraphsOf drops marks of markup and joins a line that begins with a small
// letter to the one before it, when that one does not end.
func paragraphsOf(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		line = strings.Join(strings.Fields(strings.NewReplacer("*", "", "#", "").Replace(strings.ToValidUTF8(line, ""))), " ")
		first, _ := utf8.DecodeRuneInString(line)
		switch {
		case line == "":
		case len(list) > 0 && unicode.IsLower(first) && len(line) > 2 && line[1] != ')' && !strings.HasSuffix(list[len(list)-1], "."):
			list[len(list)-1] += " " + line
		default:
			list = append(list, line)
		}
	}
	return list
}

func (p *paper) add(s string, i int) {
	marker, label, level := "", "", officialdoc.LevelNone
	for _, m := range markers {
		if found := m.re.FindStringSubmatch(s); found != nil {
			marker, label, level = strings.TrimSpace(found[0]), found[1], m.level
			s = s[len(found[0]):]
			break
		}
	}
	p.turn(s, level, i)
	if marker != "" {
		p.text.WriteString(marker + " ")
		p.at += utf8.RuneCountInString(marker) + 1
	}
	n := utf8.RuneCountInString(s)
	p.doc.Blocks = append(p.doc.Blocks, officialdoc.Block{
		Span: officialdoc.Span{Start: p.at, End: p.at + n}, Text: s, Part: p.part, Level: level, Marker: marker, Label: label, Parent: -1,
		Heading: level != officialdoc.LevelNone && level < officialdoc.LevelDash && !strings.HasSuffix(s, ".") && len(strings.Fields(s)) < 25,
	})
	p.text.WriteString(s + "\n")
	p.at += n + 1
	row := officialdoc.Line{Text: strings.TrimRight(s, ";. ")}
	switch {
	case p.letter && level == officialdoc.LevelDash:
		p.doc.KinhGui = append(p.doc.KinhGui, row)
	case p.part == officialdoc.PartRecipients && level == officialdoc.LevelDash:
		purpose := officialdoc.PurposeAct
		if strings.HasPrefix(s, "Lưu") {
			purpose = officialdoc.PurposeKeep
		}
		p.doc.NoiNhan = append(p.doc.NoiNhan, officialdoc.Receive{Line: row, Purpose: purpose})
	}
}

// turn says where in the document a paragraph stands.
func (p *paper) turn(s string, level, i int) {
	p.head(s)
	switch {
	case p.doc.Digest:
		if p.part = officialdoc.PartBody; i == 0 {
			p.part = officialdoc.PartHeader
		}
	case strings.HasPrefix(s, "Kính gửi"):
		p.letter = true
		if _, to, ok := strings.Cut(s, ": "); ok {
			p.doc.KinhGui = append(p.doc.KinhGui, officialdoc.Line{Text: strings.TrimRight(to, ".")})
		}
	case strings.HasPrefix(s, "Nơi nhận"):
		p.part = officialdoc.PartRecipients
	case ending.MatchString(s) && p.part != officialdoc.PartHeader:
		p.part = officialdoc.PartSignature
	case p.part == officialdoc.PartHeader && (preamble.MatchString(s) || p.letter && level == officialdoc.LevelNone):
		p.part, p.letter = officialdoc.PartOpening, false
	case p.part == officialdoc.PartOpening && level != officialdoc.LevelNone && level < officialdoc.LevelDash:
		p.part = officialdoc.PartBody
	case p.part == officialdoc.PartBody && level == officialdoc.LevelNone && (closing.MatchString(s) || strings.HasSuffix(s, "./.")):
		p.part = officialdoc.PartClosing
	}
}

// head reads number, place and day, and the issuer above the motto.
func (p *paper) head(s string) {
	if p.part != officialdoc.PartHeader {
		return
	}
	if m := numberLine.FindStringSubmatch(s); m != nil {
		p.doc.Symbol = m[2]
		if m[1] != "" {
			p.doc.Number = m[1] + "/" + m[2]
		}
	}
	if strings.ToUpper(s) == s && !strings.HasPrefix(s, "CỘNG HÒA") && p.doc.Symbol == "" {
		p.doc.IssuerBlock = append(p.doc.IssuerBlock, s)
		p.doc.Issuer = s
	}
	m := dayLine.FindStringSubmatch(s)
	if m == nil {
		return
	}
	p.doc.Place = m[1]
	if p.doc.DatePartial = m[4] + "-0" + m[3]; m[2] != "" {
		p.doc.Date, _ = day.Parse(m[2] + "/" + m[3] + "/" + m[4])
	}
}

func (p *paper) cite(number, on string) {
	for _, r := range p.doc.References {
		if r.Number == number {
			return
		}
	}
	d, err := day.Parse(on)
	if err != nil {
		d = day.None
	}
	p.doc.References = append(p.doc.References, officialdoc.Reference{Number: number, Date: d})
}
