package matrix

import (
	"regexp"
	"slices"
	"strings"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"
)

// Value is one finding that a table reports.
type Value struct {
	Place  place.Unit
	Slot   int    // in the mapping's set
	Text   string // as an entry's value: a figure, "đạt", "chưa đạt", "không áp dụng"
	Cell   string // "Biểu 1!D7"
	Column string // its header
}

// Refusal is a cell that is not taken, and why.
type Refusal struct {
	Cell, Column string
	Place        string // name of the commune, "" where it is not known
	Fault        *fault.Error
}

// Reading is what a table reports.
type Reading struct {
	Values   []Value
	Refused  []Refusal
	Skipped  []string // rows of totals and districts, as they are headed
	Figures  int      // cells of criteria that leave indicators open which need a figure
	Communes int
}

// manyLost is after how many texts that are no commune the search for similar
// names ends: that many are no slips.
const manyLost = 300

var (
	msgNoSuch   = fault.Msg{Key: "matrix.no_such_commune", Text: "không tìm thấy xã “{text}”"}
	msgNoPlace  = fault.Msg{Key: "matrix.no_place", Text: "dòng có số liệu nhưng không có tên xã ở cột {col}; ghi tên hoặc mã xã"}
	msgNotXa    = fault.Msg{Key: "matrix.not_xa", Text: "{name} không phải là xã; bộ tiêu chí này chỉ áp dụng cho xã"}
	msgMerged   = fault.Msg{Key: "matrix.merged", Text: "ô gộp nhiều dòng nên không rõ giá trị là của xã nào; bỏ gộp ô rồi ghi cho từng xã"}
	msgWord     = fault.Msg{Key: "matrix.word", Text: "“{text}” chưa được khai báo nghĩa trong cách đọc bảng; chọn nghĩa của từ này rồi kiểm tra lại"}
	msgSpreadNo = fault.Msg{Key: "matrix.no_spread", Text: "bảng chỉ nói cả tiêu chí {code} “đạt”; chọn trong cách đọc bảng: “đạt” của tiêu chí {code} ghi cho chỉ tiêu nào"}
	msgFigures  = fault.Msg{Key: "matrix.needs_figures", Text: "tiêu chí {code} có chỉ tiêu phải ghi bằng số ({codes}); “đạt” của cả tiêu chí không thay được số liệu"}
	msgNoTakers = fault.Msg{Key: "matrix.no_takers", Text: "mọi chỉ tiêu của tiêu chí {code} đều phải ghi bằng số; nhập số liệu từng chỉ tiêu"}
	msgUnnamed  = fault.Msg{Key: "matrix.unnamed", Text: "tiêu chí {code} chưa đạt nhưng không nêu chỉ tiêu nào; ghi vào ô như “chưa đạt ({example})”, hoặc nhập từng chỉ tiêu"}
	msgForeign  = fault.Msg{Key: "matrix.foreign_code", Text: "“{code}” không phải chỉ tiêu của tiêu chí {criterion}"}
	msgFigure   = fault.Msg{Key: "matrix.figure_wanted", Text: "chỉ tiêu {code} chưa đạt phải ghi bằng số liệu, không ghi được “chưa đạt”"}
	msgTwiceRow = fault.Msg{Key: "matrix.twice_in_table", Text: "{name}, chỉ tiêu {code} có hai giá trị khác nhau trong bảng: {cells}"}
)

// Read reads what a table reports.
func (x *Table) Read(set *law.Set, w Where) *Reading {
	r := &reader{
		g: x.Grid, m: &x.Mapping, set: set, w: w, out: &Reading{},
		known: map[string]resolved{}, named: map[string]bool{}, at: map[valueKey]int{},
	}
	for i := range x.Grid.rows {
		if x.Grid.rows[i].number >= x.Top+x.Mapping.Height {
			r.row(&x.Grid.rows[i])
		}
	}
	r.out.Values = slices.DeleteFunc(r.out.Values, func(v Value) bool { return v.Cell == "" })
	return r.out
}

type reader struct {
	g        *Grid
	m        *Mapping
	set      *law.Set
	w        Where
	out      *Reading
	lost     int    // texts that are no commune
	district string // heading that the rows stand under
	known    map[string]resolved
	named    map[string]bool  // texts that were asked for, and whether they name a commune
	at       map[valueKey]int // index of the value of an indicator of a commune
}

type valueKey struct {
	place string
	slot  int
}

type resolved struct {
	unit place.Unit
	err  error
}

func (r *reader) row(x *row) {
	name := x.at(r.g.Name, r.m.Commune)
	if heading := r.heading(x, name); heading != "" {
		r.district = heading
		if len(r.out.Skipped) < 200 {
			r.out.Skipped = append(r.out.Skipped, heading)
		}
		return
	}
	cells := r.cells(x)
	if len(cells) == 0 {
		return // a note, a signature, an empty line
	}
	unit, err := r.commune(name)
	if err != nil {
		c := name
		if name.Blank() {
			c = cells[0].cell
		}
		r.refuse(c, "", "", err)
		return
	}
	r.out.Communes++
	// Columns of indicators come first: what they say is not said again by the
	// column of their criterion.
	for _, whole := range []bool{false, true} {
		for _, c := range cells {
			if c.column.Whole == whole {
				r.cell(c, &unit)
			}
		}
	}
}

// reading is a cell that is to be read.
type reading struct {
	cell   sheet.Cell
	column *Column
}

// cells lists the cells of a row that hold something in columns that are read.
func (r *reader) cells(x *row) []reading {
	var out []reading
	for i := range r.m.Columns {
		c := &r.m.Columns[i]
		if c.Code == "" {
			continue
		}
		if cell := x.at(r.g.Name, c.Col); !cell.Blank() {
			out = append(out, reading{cell, c})
		}
	}
	return out
}

// heading is the text of a row that is a total or heads a district.
func (r *reader) heading(x *row, name sheet.Cell) string {
	if isTotal(name.Text) && !r.w.names(name.Text, r.named) {
		return clean(name.Text)
	}
	if !name.Blank() {
		return ""
	}
	for _, c := range x.cells {
		if c.Col < r.m.Commune && isTotal(c.Text) {
			return clean(c.Text)
		}
	}
	return ""
}

func clean(text string) string {
	return fault.Clip(strings.TrimRight(strings.Join(strings.Fields(vntext.NFC(text)), " "), ":"))
}

// commune resolves the name of a row; of communes of one name the one in the
// district that the row stands under.
func (r *reader) commune(name sheet.Cell) (place.Unit, error) {
	if f := name.Refuse(); f != nil {
		return place.Unit{}, f
	}
	if name.Blank() {
		return place.Unit{}, fault.New(fault.Invalid, msgNoPlace, "col", letter(r.m.Commune))
	}
	key := r.district + "\n" + name.Text
	if got, ok := r.known[key]; ok {
		return got.unit, got.err
	}
	if r.lost >= manyLost && !r.w.names(name.Text, r.named) {
		return place.Unit{}, fault.New(fault.NotFound, msgNoSuch, "text", fault.Clip(name.Text))
	}
	unit, err := r.w.Places.Resolve(clean(name.Text), r.w.Province, r.w.On, place.Commune)
	if fault.Is(err, fault.NotFound) {
		r.lost++
	}
	if fault.Is(err, fault.Conflict) && r.district != "" {
		if u, e := r.w.Places.Resolve(clean(name.Text)+", "+r.district, r.w.Province, r.w.On, place.Commune); e == nil {
			unit, err = u, nil
		}
	}
	if err == nil && !unit.IsXa() {
		err = fault.New(fault.Invalid, msgNotXa, "name", unit.Title())
	}
	r.known[key] = resolved{unit, err}
	return unit, err
}

func (r *reader) refuse(c sheet.Cell, column, commune string, err error) {
	for _, f := range fault.Rows(err) {
		c.Column = column
		r.out.Refused = append(r.out.Refused, Refusal{Cell: c.Address(), Column: column, Place: commune, Fault: f.At("")})
	}
}

func (r *reader) cell(c reading, u *place.Unit) {
	c.cell.Column = c.column.Head
	if f := c.cell.Refuse(); f != nil {
		r.refuse(c.cell, c.column.Head, u.FullName, f)
		return
	}
	var err error
	switch slot, ok := r.set.Slot(c.column.Code); {
	case r.g.merged(c.cell.Row, c.cell.Col):
		err = fault.New(fault.Invalid, msgMerged)
	case c.column.Whole:
		err = r.criterion(c, u)
	case !ok:
		err = fault.New(fault.NotFound, msgCode, "col", c.column.Letter(), "code", c.column.Code)
	default:
		err = r.indicator(c, u, slot)
	}
	if err != nil {
		r.refuse(c.cell, c.column.Head, u.FullName, err)
	}
}

// indicator reads the cell of one indicator.
func (r *reader) indicator(c reading, u *place.Unit, slot int) error {
	text := figure(c.cell)
	if means, ok := r.m.meaning(text); ok {
		if means == Nothing {
			return nil
		}
		text = means.Vietnamese()
	} else if takesWords(r.set.At(slot)) && !hasDigit(text) {
		return fault.New(fault.Invalid, msgWord, "text", fault.Clip(text))
	}
	return r.add(Value{Place: *u, Slot: slot, Text: text, Cell: c.cell.Address(), Column: c.column.Head})
}

// figure is a cell's text; a stored number gets a decimal comma, so that 1.234
// is not taken for 1234.
func figure(c sheet.Cell) string {
	if c.Kind == sheet.Number {
		return strings.Replace(c.Text, ".", ",", 1)
	}
	return strings.TrimSpace(vntext.NFC(c.Text))
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// add keeps a value; the same indicator of a commune twice is refused unless
// both say the same.
func (r *reader) add(v Value) error {
	k := valueKey{v.Place.ID, v.Slot}
	i, twice := r.at[k]
	if !twice {
		r.at[k] = len(r.out.Values)
		r.out.Values = append(r.out.Values, v)
		return nil
	}
	first := &r.out.Values[i]
	if first.Text == v.Text && first.Cell != "" {
		return nil
	}
	cells := v.Cell
	if first.Cell != "" {
		cells = first.Cell + " và " + v.Cell
		first.Cell = "" // neither of them is taken
	}
	return fault.New(fault.Conflict, msgTwiceRow, "name", v.Place.FullName, "code", r.set.At(v.Slot).Code, "cells", cells)
}

var anyCode = regexp.MustCompile(`\d{1,2}\.\d{1,2}`)

// bare is the text of a criterion's cell without the indicators it names.
func bare(text string) string {
	text = anyCode.ReplaceAllString(vntext.NFC(text), " ")
	text = strings.Map(func(c rune) rune {
		if strings.ContainsRune("():;,", c) {
			return ' '
		}
		return c
	}, text)
	words := strings.Fields(text)
	for len(words) > 1 && slices.Contains([]string{"chỉ", "tiêu", "ct", "và"}, strings.ToLower(words[len(words)-1])) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}
