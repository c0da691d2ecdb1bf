package draft

// Block is a piece of a body: Heading, Paragraph, List, Figures, Article or Table.
type Block interface{ block() }

// Text is a text in runs.
type Text []Run

// Run is a stretch of text with one look. A note is printed at the foot of the page.
type Run struct {
	Text   string
	Bold   bool
	Italic bool
	Note   string
}

// Plain is a text without any emphasis.
func Plain(s string) Text { return Text{{Text: s}} }

// Noted is a text with a note at its end.
func Noted(s, note string) Text { return Text{{Text: s, Note: note}} }

// Heading is a title of a section: level 1 "I. KẾT QUẢ", 2 "1. Phạm vi", 3 "a) Nội dung" (mục II.6.đ). Numbers are given
// in order; those of a lower level begin anew below every higher one, and all of them in every annex.
type Heading struct {
	Level int
	Text  string
}

// Paragraph is justified text whose first line is indented. Centre is for lines such as "QUYẾT NGHỊ:".
type Paragraph struct {
	Text   Text
	Centre bool
}

// Mark is how the items of a list begin.
type Mark uint8

// The marks: a dash, a plus sign, numbers with a dot, letters of the Vietnamese alphabet with a bracket.
const (
	Dash Mark = iota
	Plus
	Digits
	Letters
)

// List is a list of items.
type List struct {
	Mark  Mark
	Items []Item
}

// Item is one item of a list with what lies below it.
type Item struct {
	Text Text
	Sub  *List
}

// Items is a list of plain texts with dashes.
func Items(texts ...string) List {
	l := List{}
	for _, t := range texts {
		l.Items = append(l.Items, Item{Text: Plain(t)})
	}
	return l
}

// Figures lists figures with their notes: "- Số xã giữ vững: 23 xã;".
type Figures []Figure

// Figure is one figure. A note says what it rests on.
type Figure struct {
	Label, Value, Unit, Note string
}

// Article is a điều: "Điều 1." in bold, then the text. Articles are numbered through the document.
type Article struct{ Text Text }

// Align is where the text of a column stands.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Centre
	Right
)

// Table is a table with ruled cells. Its header is repeated on every page, and rows are not cut.
type Table struct {
	Caption string // above, centred
	Unit    string // "Đơn vị tính: triệu đồng", above at the right
	Columns []Column
	Rows    []Row
}

// Column is a column. Neighbours with the same Group stand below one common header.
type Column struct {
	Title string
	Group string
	Width int // its share of the width, in any unit; 0 = 1
	Align Align
}

// Row is a row. One cell in a table of several columns spans them all.
type Row struct {
	Cells  []Cell
	Strong bool // bold: a total or a subtitle
}

// Cell is the text of a cell, with an optional note.
type Cell struct{ Text, Note string }

// Cells is a row of plain cells.
func Cells(texts ...string) Row {
	r := Row{Cells: make([]Cell, len(texts))}
	for i, t := range texts {
		r.Cells[i].Text = t
	}
	return r
}

func (Heading) block()   {}
func (Paragraph) block() {}
func (List) block()      {}
func (Figures) block()   {}
func (Article) block()   {}
func (Table) block()     {}
