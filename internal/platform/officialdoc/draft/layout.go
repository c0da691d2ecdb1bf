package draft

import (
	"strconv"
	"strings"
)

// Layout is a Document with everything said that its form adds: what WriteDOCX and the print preview print, in order.
type Layout struct {
	Name      string // of the kind, in small letters
	Subject   string // what the document is about, on one line
	Draft     bool
	Urgent    string   // mark of urgency
	Mark      string   // at the foot of every page
	Superior  []Piece  // box 2, with the rule below the agency
	Motto     []Piece  // box 1
	Number    []Piece  // box 3, with box 5b of a công văn and the marks of draft and urgency
	PlaceDate []Piece  // box 4
	Top       []Piece  // boxes 5a and 9a, căn cứ
	Body      []Piece  // box 6
	Sides     []Side   // boxes 7a, 7b
	Copies    []string // box 9b, without "Nơi nhận:"
	Annexes   []Sheet
	Notes     []string // notes at the foot, from 1
}

// Side is one who signs.
type Side struct {
	Capacity []string
	Office   string
	Name     string
}

// Sheet is an annex.
type Sheet struct {
	Landscape bool
	Pieces    []Piece
}

// Piece is one paragraph or one table.
type Piece struct {
	Style Style
	Spans []Span
	Width int  // twips of the column that breaks its lines evenly, or of a rule; 0 = as wide as there is
	After int  // points below it, besides those of its style
	Keep  bool // stays on the page of the next piece
	Grid  *Grid
}

// Span is a stretch of a piece with one look. Note is the number of the note behind it, 0 = none.
type Span struct {
	Text   string
	Bold   bool
	Italic bool
	Note   int
}

// Text is the piece's text without its looks.
func (p Piece) Text() string {
	var b strings.Builder
	for _, s := range p.Spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Lengths of the page in twips: A4, margins of 20, 20, 30 and 15 mm (Phụ lục I, Phần I, mục I).
const (
	pageShort   = 11906
	pageLong    = 16838
	marginTop   = 1134
	marginRight = 851
	marginLeft  = 1701
	textWidth   = pageShort - marginLeft - marginRight
	textLong    = pageLong - marginLeft - marginRight
	leftBox     = 4130 // boxes 2, 3, 5b
	rightBox    = textWidth - leftBox
	indent      = 720 // 1.27 cm
)

// layer builds a layout.
type layer struct {
	doc    Document
	out    Layout
	pieces []Piece
	width  int // of the text
	heads  [3]int
	at     int // the last article
}

// Lay says everything that the form of a document adds.
func Lay(d Document) Layout {
	l := &layer{doc: d, width: textWidth}
	l.out = Layout{Name: d.Kind.String(), Draft: d.Draft(), Urgent: d.Urgent.String(), Mark: line(d.Mark), Subject: bare(d.Title)}
	l.letterhead()
	l.out.Top = l.top()
	l.blocks(d.Body)
	l.ending()
	l.out.Body = l.take()
	for _, s := range d.Signers {
		side := Side{Office: line(s.Office), Name: line(s.Name)}
		for _, c := range s.Capacity {
			if c = line(c); c != "" {
				side.Capacity = append(side.Capacity, strings.ToUpper(c))
			}
		}
		l.out.Sides = append(l.out.Sides, side)
	}
	l.out.Copies = l.copies()
	for i, a := range d.Annexes {
		l.annex(i, a)
	}
	return l.out
}

func (l *layer) add(style Style, spans ...Span) {
	l.pieces = append(l.pieces, Piece{Style: style, Spans: spans})
}

// take hands over the pieces collected so far.
func (l *layer) take() []Piece {
	out := l.pieces
	l.pieces = nil
	return out
}

// even is a centred paragraph whose lines are of nearly one length in a column of so many twips.
func even(style Style, text string, column int) (Piece, set) {
	look := style.look()
	if width(text, look.size, look.bold) > column {
		text = glue(text, column/2, look)
	}
	b := balance(text, look.size, look.bold, column)
	p := Piece{Style: style, Spans: []Span{{Text: text}}}
	if b.lines > 1 {
		p.Width = b.width
	}
	return p, b
}

// rule is a line of so many twips.
func rule(style Style, length int) Piece { return Piece{Style: style, Width: max(length, 200)} }

// letterhead fills boxes 1 to 4, 5b and the marks below the number.
func (l *layer) letterhead() {
	d := l.doc
	if superior := strings.ToUpper(line(d.Superior)); superior != "" {
		p, _ := even(StyleSuperior, superior, leftBox-300)
		l.out.Superior = append(l.out.Superior, p)
	}
	agency, b := even(StyleAgency, strings.ToUpper(line(d.Agency)), leftBox-300)
	l.out.Superior = append(l.out.Superior, agency, rule(StyleRule, b.last*2/5))
	const motto = "Độc lập - Tự do - Hạnh phúc"
	l.out.Motto = []Piece{
		{Style: StyleNation, Spans: []Span{{Text: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"}}},
		{Style: StyleMotto, Spans: []Span{{Text: motto}}},
		rule(StyleRule, width(motto, StyleMotto.look().size, true)),
	}
	number, _ := even(StyleNumber, d.numberLine(), leftBox)
	l.out.Number = []Piece{number}
	if about := bare(d.Title); d.Kind == Letter && about != "" {
		p, _ := even(StyleAbout, "V/v "+about, leftBox-200)
		l.out.Number = append(l.out.Number, p)
	}
	if l.out.Urgent != "" {
		l.out.Number = append(l.out.Number, Piece{Style: StyleUrgent, Spans: []Span{{Text: blank(2) + l.out.Urgent + blank(2)}}})
	}
	if date := d.dateLine(); date != "" {
		l.out.PlaceDate = []Piece{{Style: StylePlaceDate, Spans: []Span{{Text: date}}}}
	}
}

// top is what stands between the letterhead and the body.
func (l *layer) top() []Piece {
	d := l.doc
	if d.Kind != Letter {
		l.add(StyleKind, Span{Text: strings.ToUpper(d.Kind.String())})
		title, b := even(StyleTitle, bare(d.Title), textWidth-800)
		l.pieces = append(l.pieces, title, rule(StyleTitleRule, b.last*2/5))
	}
	l.addressed()
	if holder := strings.ToUpper(line(d.Holder)); holder != "" {
		p, _ := even(StyleHolder, holder, textWidth)
		l.pieces = append(l.pieces, p)
	}
	basis := lines(d.Basis)
	for i, b := range basis {
		l.add(StyleBasis, Span{Text: b + ending(i, len(basis))})
	}
	if d.Kind == Decision {
		l.add(StyleHolder, Span{Text: "QUYẾT ĐỊNH:"})
	}
	return l.take()
}

// addressed is box 9a: one addressee on the line of "Kính gửi", several on lines of their own, with their dashes below
// the colon.
func (l *layer) addressed() {
	const greeting = "Kính gửi:"
	to := lines(l.doc.To)
	if len(to) == 1 {
		p, _ := even(StyleTo, greeting+" "+to[0], textWidth)
		l.pieces = append(l.pieces, p)
	}
	if len(to) < 2 {
		return
	}
	size := StyleTo.look().size
	longest := 0
	for i := range to {
		to[i] += ending(i, len(to))
		longest = max(longest, width("- "+to[i], size, false))
	}
	colon := width("Kính gửi", size, false)
	left := max(indent/2, (textWidth-colon-longest)/2)
	l.pieces = append(l.pieces, Piece{Style: StyleToHead, Width: left, Spans: []Span{{Text: greeting}}})
	for _, t := range to {
		l.pieces = append(l.pieces, Piece{Style: StyleToItem, Width: left + colon, Spans: []Span{{Text: "- " + t}}})
	}
	l.pieces[len(l.pieces)-1].After = 12
}

// ending is what closes the i-th of n lines.
func ending(i, n int) string {
	if i == n-1 {
		return "."
	}
	return ";"
}

// copies is box 9b.
func (l *layer) copies() []string {
	var out []string
	if len(lines(l.doc.To)) > 0 {
		out = append(out, "- Như trên;")
	}
	for _, c := range lines(l.doc.Copies) {
		out = append(out, "- "+c+";")
	}
	keep := "- Lưu: VT"
	if unit := bare(l.doc.Drafter); unit != "" {
		keep += ", " + unit
	}
	return append(out, keep+".")
}

// annex lays one phụ lục.
func (l *layer) annex(i int, a Annex) {
	l.width, l.heads, l.at = textWidth, [3]int{}, 0
	if a.Landscape {
		l.width = textLong
	}
	name := "Phụ lục"
	if len(l.doc.Annexes) > 1 {
		name += " " + Roman(i+1)
	}
	l.add(StyleAnnex, Span{Text: name})
	longest := 0
	if title := strings.ToUpper(bare(a.Title)); title != "" {
		p, b := even(StyleAnnexTitle, title, l.width-800)
		l.pieces = append(l.pieces, p)
		longest = b.last
	}
	belongs, b := even(StyleBelongs, l.doc.belongs(), l.width-400)
	l.pieces = append(l.pieces, belongs, rule(StyleTitleRule, max(longest, b.last)*2/5))
	l.blocks(a.Body)
	l.out.Annexes = append(l.out.Annexes, Sheet{Landscape: a.Landscape, Pieces: l.take()})
}

// blank stands for what a person will write: no-break spaces, which no program joins.
func blank(n int) string { return strings.Repeat("\u00A0", n) }

// numberLine is box 3: "Số: 05/BC-UBND".
func (d Document) numberLine() string {
	number := blank(9)
	if d.Issued != nil && d.Issued.Number != "" {
		number = d.number()
	}
	return "Số: " + number + "/" + line(d.Symbol)
}

// number is the recorded number, one below ten with a zero before it (mục II.3.c).
func (d Document) number() string {
	n := line(d.Issued.Number)
	if len(n) == 1 && n[0] >= '0' && n[0] <= '9' {
		return "0" + n
	}
	return n
}

// dateLine is box 4, "" for a kind that has none.
func (d Document) dateLine() string {
	if !kindTable[d.Kind].dated {
		return ""
	}
	place := ""
	if p := line(d.Place); p != "" {
		place = p + ", "
	}
	return place + d.dayWords()
}

// dayWords is the day of issue, as far as it is known: days below 10 and the months 1 and 2 get a zero (mục II.4.b).
func (d Document) dayWords() string {
	of, dd, mm, yyyy := d.Month, blank(6), blank(6), blank(8)
	if d.Issued != nil && !noDay(d.Issued.On) {
		of = d.Issued.On
		_, _, n := of.Civil()
		dd = pad(n, 10)
	}
	if !noDay(of) {
		y, m, _ := of.Civil()
		mm, yyyy = pad(int(m), 3), strconv.Itoa(y)
	}
	return "ngày " + dd + " tháng " + mm + " năm " + yyyy
}

// pad writes a number, with a zero before one below limit.
func pad(n, limit int) string {
	if n < limit {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// belongs is what an annex says of its document: in full on paper, blank on an electronic document (mục III.1.c).
func (d Document) belongs() string {
	number, on := blank(8), "ngày "+blank(5)+" tháng "+blank(5)+" năm "+blank(7)
	if d.Paper && d.Issued != nil {
		if d.Issued.Number != "" {
			number = d.number()
		}
		on = d.dayWords()
	}
	return "(Kèm theo " + capital(d.Kind.String()) + " số " + number + "/" + line(d.Symbol) + " " + on + " của " + line(d.Agency) + ")"
}
