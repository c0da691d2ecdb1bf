package criteria

import (
	"iter"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"
)

// Columns are the columns of a file of province decisions.
func Columns() []sheet.Column {
	return []sheet.Column{
		{Name: "set", Also: []string{"bộ tiêu chí"}},
		{Name: "indicator", Also: []string{"chỉ tiêu"}},
		{Name: "value", Also: []string{"mức đạt chuẩn"}},
		{Name: "share", Also: []string{"mức thành phần"}, Optional: true},
		{Name: "area", Also: []string{"địa bàn"}, Optional: true},
		{Name: "year", Also: []string{"năm"}, Optional: true},
		{Name: "from", Also: []string{"từ ngày"}, Optional: true},
		{Name: "until", Also: []string{"đến ngày"}, Optional: true},
		{Name: "decision", Also: []string{"số quyết định"}},
		{Name: "decided_on", Also: []string{"ngày quyết định"}},
		{Name: "article", Also: []string{"điều khoản"}, Optional: true},
		{Name: "file", Also: []string{"tệp"}, Optional: true},
		{Name: "note", Also: []string{"ghi chú"}, Optional: true},
		{Name: "illustrative", Also: []string{"minh họa", "số liệu minh họa"}, Optional: true},
	}
}

var (
	msgMissing   = fault.Msg{Key: "criteria.missing", Text: "chưa ghi; cần {accepted}"}
	msgNoFigure  = fault.Msg{Key: "criteria.no_figure", Text: "chưa ghi mức; ghi mức đạt chuẩn, mức thành phần, hoặc “rút” để rút mức đã ghi"}
	msgYear      = fault.Msg{Key: "criteria.year", Text: "“{text}” không phải là năm; ghi năm bốn chữ số như 2024, hoặc để trống nếu áp dụng cho mọi năm"}
	msgFromUntil = fault.Msg{Key: "criteria.from_until", Text: "đến ngày {until} trước từ ngày {from}"}
	msgYearSpan  = fault.Msg{Key: "criteria.year_span", Text: "thời gian áp dụng {from} – {until} không có ngày nào trong năm {year}"}
	msgFlag      = fault.Msg{Key: "criteria.flag", Text: "không nhận “{text}”; ghi “x” nếu là số liệu minh họa, không thì để trống"}
	msgDateNum   = fault.Msg{Key: "criteria.number_is_date", Text: "ô này là ngày {text}, không phải số quyết định; đặt định dạng ô là Văn bản rồi ghi lại, như 12/2023/QĐ-UBND"}
	msgUnread    = fault.Msg{Key: "criteria.unread", Text: "không đọc tiếp được tệp"}
)

// ReadDecisions is what law.Evaluate takes of a file of province decisions,
// read without a database; see [ReadRecords].
func ReadDecisions(book *sheet.Book, lib *law.Library, places *place.Register, province string) ([]law.Decision, []*fault.Error) {
	records, faults := ReadRecords(book, lib, places, province)
	var list []law.Decision
	for _, r := range records {
		if !r.Withdrawn {
			list = append(list, r.Decision)
		}
	}
	return list, faults
}

// ReadRecords reads a file of decisions of the province with the two-digit code.
// Areas are codes or names at the day of the decision. There is a fault for
// every bad cell; rows without any are returned beside the faults, so that a
// caller that takes all or nothing looks at the faults first.
//
// A row with a year and no first day holds from the first day of that year; a
// row without either from the day of the decision. "rút" in place of a value
// takes back what the same row said before.
func ReadRecords(book *sheet.Book, lib *law.Library, places *place.Register, province string) ([]Record, []*fault.Error) {
	table, err := book.Table(Columns()...)
	if err != nil {
		return nil, rowsOf(err)
	}
	r := reader{lib: lib, places: places, province: province}
	r.readAll(table.Records())
	return r.distinct(), r.faults
}

type reader struct {
	lib      *law.Library
	places   *place.Register
	province string
	out      []Record
	faults   []*fault.Error
}

func rowsOf(err error) []*fault.Error {
	rows := fault.Rows(err)
	if len(rows) == 0 && err != nil {
		rows = []*fault.Error{fault.New(fault.Internal, msgUnread).Wrap(err)}
	}
	return rows
}

func (r *reader) readAll(records iter.Seq2[sheet.Record, error]) {
	for rec, err := range records {
		if err != nil {
			r.faults = append(r.faults, rowsOf(err)...)
			return
		}
		if rec.Fault != nil {
			r.faults = append(r.faults, rec.Fault)
			continue
		}
		row := row{reader: r, cells: rec}
		row.read()
		r.faults = append(r.faults, row.faults...)
	}
}

// distinct drops the values that are given twice, both of them.
func (r *reader) distinct() []Record {
	first, twice := map[identity]int{}, map[int]bool{}
	for i := range r.out {
		id := r.out[i].identity()
		j, seen := first[id]
		if !seen {
			first[id] = i
			continue
		}
		twice[i], twice[j] = true, true
		r.faults = append(r.faults, fault.New(fault.Conflict, msgTwiceInFile, "code", r.out[i].Indicator,
			"first", r.out[j].Where, "second", r.out[i].Where).At(r.out[i].Where))
	}
	var out []Record
	for i := range r.out {
		if !twice[i] {
			out = append(out, r.out[i])
		}
	}
	return out
}

// row is one row being read.
type row struct {
	*reader
	cells  sheet.Record
	faults []*fault.Error
	set    *law.Set
	ind    *law.Indicator
	record Record
}

func (w *row) fail(cell sheet.Cell, err error) {
	for _, f := range rowsOf(err) {
		w.faults = append(w.faults, f.At(cell.Address()))
	}
}

func (w *row) refuse(column string, msg fault.Msg, args ...string) {
	w.faults = append(w.faults, w.cells.Cell(column).Fault(msg, args...))
}

// text is a cell as text, "" with a fault where it holds a formula or an error.
func (w *row) text(column string) string {
	c := w.cells.Cell(column)
	if f := c.Refuse(); f != nil {
		w.faults = append(w.faults, f)
		return ""
	}
	return strings.Join(strings.Fields(vntext.NFC(c.Text)), " ")
}

// code is a cell that must hold text: 17.10 as a number would be 17.1.
func (w *row) code(column, accepted string) string {
	if f := w.cells.Cell(column).RefuseCode(); f != nil {
		w.faults = append(w.faults, f)
		return ""
	}
	text := w.text(column)
	if text == "" {
		w.refuse(column, msgMissing, "accepted", accepted)
	}
	return text
}

func (w *row) date(column string, missing day.Day) day.Day {
	c := w.cells.Cell(column)
	text := w.text(column)
	if text == "" || c.Kind == sheet.Date && c.Day != day.None {
		if text != "" {
			return c.Day
		}
		return missing
	}
	d, err := day.Parse(text)
	if err != nil {
		w.fail(c, err)
		return missing
	}
	return d
}

func (w *row) read() {
	w.readIndicator()
	w.readCitation()
	w.readTime()
	w.readArea()
	values := []struct {
		column string
		sub    bool
	}{{"value", false}, {"share", true}}
	given := 0
	for _, v := range values {
		if text := w.text(v.column); text != "" {
			given++
			w.readValue(v.column, text, v.sub)
		}
	}
	if given == 0 && w.cells.Cell("value").Refuse() == nil && w.cells.Cell("share").Refuse() == nil {
		w.refuse("value", msgNoFigure)
	}
}

func (w *row) readIndicator() {
	w.record.Set = w.text("set")
	code := w.code("indicator", "mã chỉ tiêu như 17.10")
	if w.record.Set == "" {
		w.refuse("set", msgMissing, "accepted", "mã bộ tiêu chí như xa-ntm-2021-2025")
		return
	}
	set, err := w.findSet(w.record.Set)
	if err != nil {
		w.fail(w.cells.Cell("set"), err)
		return
	}
	w.set, w.record.Set, w.record.Indicator = set, set.ID, code
	slot, ok := set.Slot(code)
	switch {
	case ok:
		w.ind = set.At(slot)
	case code != "":
		w.refuse("indicator", msgUnknownCode, "set", set.ID, "code", code, "hint", nearCodes(set, code))
	}
}

// findSet takes a set's id or its whole name.
func (w *row) findSet(text string) (*law.Set, error) {
	for _, s := range w.lib.Sets {
		if vntext.Fold(s.Name) == vntext.Fold(text) {
			return s, nil
		}
	}
	return w.lib.Set(strings.ToLower(text))
}

func (w *row) readCitation() {
	if c := w.cells.Cell("decision"); c.Kind == sheet.Date {
		w.refuse("decision", msgDateNum, "text", c.Text)
	} else if w.record.Number = w.text("decision"); w.record.Number == "" && c.Refuse() == nil {
		w.refuse("decision", msgMissing, "accepted", "số quyết định như 12/2023/QĐ-UBND")
	}
	before := len(w.faults)
	w.record.Issued = w.date("decided_on", day.None)
	if w.record.Issued == day.None && len(w.faults) == before {
		w.refuse("decided_on", msgMissing, "accepted", "ngày như 01/10/2024")
	}
	w.record.Article, w.record.File, w.record.Note = w.text("article"), w.text("file"), w.text("note")
	switch flag := vntext.Fold(w.text("illustrative")); flag {
	case "", "khong", "0", "false":
		w.record.Illustrative = strings.Contains(vntext.Fold(w.record.Note), "minh hoa")
	case "x", "co", "1", "true", "minh hoa", "so lieu minh hoa":
		w.record.Illustrative = true
	default:
		w.refuse("illustrative", msgFlag, "text", fault.Clip(w.text("illustrative")))
	}
}

func (w *row) readTime() {
	r := &w.record
	if text := w.text("year"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 2000 || n > 2100 {
			w.refuse("year", msgYear, "text", fault.Clip(text))
			return
		}
		r.Year = n
	}
	first, last := r.Issued, day.Forever
	if r.Year != 0 {
		first, last = day.Of(r.Year, 1, 1), day.Of(r.Year, 12, 31)
	}
	r.From, r.Until = w.date("from", first), w.date("until", last)
	switch {
	case r.Until < r.From:
		w.refuse("until", msgFromUntil, "from", r.From.Vietnamese(), "until", r.Until.Vietnamese())
	case r.Year != 0 && (r.From > last || r.Until < first):
		w.refuse("year", msgYearSpan, "from", r.From.Vietnamese(), "until", untilWords(r.Until), "year", yearText(r.Year))
	}
}
