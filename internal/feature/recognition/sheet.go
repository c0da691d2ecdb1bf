package recognition

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

// The headers of a file of titles.
const (
	colCode     = "mã xã"
	colName     = "tên xã"
	colDistrict = "huyện"
	colLevel    = "mức công nhận"
	colNumber   = "số quyết định"
	colDecided  = "ngày quyết định"
	colYear     = "năm công nhận"
	colPeriod   = "giai đoạn"
	colFrom     = "từ ngày"
	colTo       = "đến ngày"
	colEndText  = "văn bản kết thúc"
	colEndedOn  = "ngày văn bản kết thúc"
	colBasis    = "căn cứ"
	colSource   = "nguồn"
	colReported = "ngày đưa tin"
	colNote     = "ghi chú"
)

// Columns are the columns of a file of titles, in the order of the template.
func Columns() []sheet.Column {
	return []sheet.Column{
		{Name: colCode, Also: []string{"code", "code_2024", "commune"}},
		{Name: colName, Also: []string{"name", "xã"}, Optional: true},
		{Name: colDistrict, Also: []string{"district", "district_2024"}, Optional: true},
		{Name: colLevel, Also: []string{"title"}},
		{Name: colNumber, Also: []string{"decision", "number"}, Optional: true},
		{Name: colDecided, Also: []string{"decided_on"}, Optional: true},
		{Name: colYear, Also: []string{"year", "năm"}, Optional: true},
		{Name: colPeriod, Also: []string{"period"}, Optional: true},
		{Name: colFrom, Also: []string{"from"}, Optional: true},
		{Name: colTo, Also: []string{"to", "until"}, Optional: true},
		{Name: colEndText, Also: []string{"end_decision"}, Optional: true},
		{Name: colEndedOn, Also: []string{"ended_on"}, Optional: true},
		{Name: colBasis, Also: []string{"basis"}, Optional: true},
		{Name: colSource, Also: []string{"source", "source_url"}, Optional: true},
		{Name: colReported, Also: []string{"reported_on"}, Optional: true},
		{Name: colNote, Also: []string{"note"}, Optional: true},
	}
}

var (
	msgLevel      = fault.Msg{Key: "recognition.level", Text: "không nhận mức công nhận “{text}”; chỉ nhận: {accepted}"}
	msgBasis      = fault.Msg{Key: "recognition.basis", Text: "không nhận căn cứ “{text}”; chỉ nhận: {accepted}"}
	msgNoBacking  = fault.Msg{Key: "recognition.no_backing", Text: "chưa có căn cứ; ghi số và ngày quyết định công nhận, hoặc ghi cột căn cứ và cột nguồn"}
	msgNoDate     = fault.Msg{Key: "recognition.no_date", Text: "chưa ghi ngày của quyết định {number}; ghi ngày như 14/08/2024, hoặc năm"}
	msgDate       = fault.Msg{Key: "recognition.date", Text: "không đọc được “{text}”; ghi ngày như 14/08/2024, hoặc năm như 2024"}
	msgYear       = fault.Msg{Key: "recognition.year", Text: "“{text}” không phải là năm; ghi năm bốn chữ số từ 2010, như 2024"}
	msgPeriod     = fault.Msg{Key: "recognition.period", Text: "không nhận giai đoạn “{text}”; chỉ nhận: {accepted}"}
	msgNumberDate = fault.Msg{Key: "recognition.number_is_date", Text: "ô này là ngày {text}, không phải số quyết định; đặt định dạng ô là Văn bản rồi ghi lại, như 721/QĐ-UBND"}
	msgUnread     = fault.Msg{Key: "recognition.unread", Text: "không đọc tiếp được tệp"}
)

// ReadTitles reads a file of titles of the province with the two-digit code, or
// of the provinces that became it. A commune is named by its code or its name at
// the day of the decision, or by its code of 2024 under the header code_2024.
// There is a fault for every bad cell; rows without any are returned beside the
// faults, so that a caller that takes all or nothing looks at the faults first.
// Rows that name a commune and nothing else are passed over.
//
// A decision known by its year alone counts from the last day of the year, or
// from the day it was reported in the same year.
func ReadTitles(book *sheet.Book, places *place.Register, province string) ([]Title, []*fault.Error) {
	table, err := book.Table(Columns()...)
	if err != nil {
		return nil, rowsOf(err)
	}
	r := reader{places: places, province: province, codesOn: day.None}
	if head, _ := table.Head(colCode); strings.Contains(head.Text, "2024") {
		r.codesOn = day.Of(2024, 5, 1)
	}
	r.readAll(table.Records())
	titles, twice := distinct(r.out, func(id string) string {
		u, _ := places.Latest(id)
		return u.Label()
	})
	return titles, append(r.faults, twice...)
}

type reader struct {
	places   *place.Register
	province string
	codesOn  day.Day // the day of which all codes are, day.None for the day of the decision
	out      []Title
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
		w := row{reader: r, cells: rec}
		if w.empty() {
			continue
		}
		w.read()
		if len(w.faults) == 0 {
			r.out = append(r.out, w.title)
		}
		r.faults = append(r.faults, w.faults...)
	}
}

// row is one row being read.
type row struct {
	*reader
	cells  sheet.Record
	faults []*fault.Error
	title  Title
}

// empty reports whether the row says nothing but which commune it is about.
func (w *row) empty() bool {
	for _, c := range Columns() {
		switch c.Name {
		case colCode, colName, colDistrict:
			continue
		}
		if !w.cells.Cell(c.Name).Blank() {
			return false
		}
	}
	return true
}

func (w *row) fail(column string, err error) {
	for _, f := range rowsOf(err) {
		w.faults = append(w.faults, f.At(w.cells.Cell(column).Address()))
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
	return tidy(vntext.NFC(c.Text))
}

func (w *row) date(column string, missing day.Day) day.Day {
	c := w.cells.Cell(column)
	text := w.text(column)
	switch {
	case text == "":
		return missing
	case c.Kind == sheet.Date && c.Day != day.None:
		return c.Day
	}
	d, err := day.Parse(text)
	if err != nil {
		w.fail(column, err)
		return missing
	}
	return d
}

func (w *row) read() {
	t := &w.title
	t.Where = w.cells.Cell(colCode).Address()
	level := w.text(colLevel)
	if l, ok := parseLevel(level); ok {
		t.Level = l
	} else {
		w.refuse(colLevel, msgLevel, "text", fault.Clip(level), "accepted", levelWords())
	}
	if c := w.cells.Cell(colNumber); c.Kind == sheet.Date {
		w.refuse(colNumber, msgNumberDate, "text", c.Text)
	} else {
		t.Number = w.text(colNumber)
	}
	t.Source, t.Note = w.text(colSource), w.text(colNote)
	w.readDecided()
	w.readBasis()
	w.readSpan()
	w.readPlace()
}

// readDecided reads the day or the year of the decision.
func (w *row) readDecided() {
	t := &w.title
	t.DecidedOn, t.Precision = day.None, NoDate
	column := colDecided
	text := w.text(column)
	if text == "" {
		column = colYear
		text = w.text(column)
	}
	year, err := strconv.Atoi(text)
	switch {
	case text == "":
	case err == nil && 2010 <= year && year <= 2100:
		t.DecidedOn, t.Precision = day.Of(year, 1, 1), YearOnly
	case column == colYear:
		w.refuse(column, msgYear, "text", fault.Clip(text))
	case err == nil:
		w.refuse(column, msgDate, "text", fault.Clip(text))
	default:
		if t.DecidedOn = w.date(column, day.None); t.DecidedOn != day.None {
			t.Precision = Exact
		}
	}
	if t.Precision != NoDate {
		t.Period = periodOf(t.DecidedOn.Year())
	}
}

// readBasis reads what the title rests on.
func (w *row) readBasis() {
	t := &w.title
	text := w.text(colBasis)
	b, ok := parseBasis(text)
	switch {
	case text == "" && t.Number != "":
		t.Basis = Recognised
	case text == "":
		w.refuse(colBasis, msgNoBacking)
	case !ok:
		w.refuse(colBasis, msgBasis, "text", fault.Clip(text), "accepted", strings.Join(basisWords(), ", "))
	default:
		t.Basis = b
	}
	switch {
	case t.Counts() && t.Number == "" && t.Source == "":
		w.refuse(colNumber, msgNoBacking)
	case t.Basis == Recognised && t.Number != "" && w.cells.Cell(colDecided).Blank() && w.cells.Cell(colYear).Blank():
		w.refuse(colDecided, msgNoDate, "number", t.Number)
	}
	t.Partial = t.Number == ""
}

// readSpan reads the period and from when until when the title counts.
func (w *row) readSpan() {
	t := &w.title
	if text := w.text(colPeriod); text != "" {
		t.Period = ""
		for _, p := range periodWords() {
			if strings.NewReplacer(" ", "", "–", "-").Replace(text) == p {
				t.Period = p
			}
		}
		if t.Period == "" {
			w.refuse(colPeriod, msgPeriod, "text", fault.Clip(text), "accepted", strings.Join(periodWords(), ", "))
		}
	}
	first := t.DecidedOn
	if reported := w.date(colReported, day.None); t.Precision == YearOnly {
		first = day.Of(t.DecidedOn.Year(), 12, 31)
		if reported != day.None && reported.Year() == t.DecidedOn.Year() {
			first = reported
		}
	}
	t.From = w.date(colFrom, first)
	t.To = w.date(colTo, day.Forever)
	t.EndNumber, t.EndedOn = w.text(colEndText), w.date(colEndedOn, day.None)
	switch {
	case t.To < t.From:
		w.refuse(colTo, msgEndFirst, "to", t.To.Vietnamese(), "from", t.From.Vietnamese())
	case t.To != day.Forever && t.EndNumber == "":
		w.refuse(colEndText, msgEndText)
	}
}

// parseLevel takes "NTM", "nâng cao", "xã nông thôn mới kiểu mẫu", "ntm-nang-cao".
func parseLevel(text string) (law.Title, bool) {
	key := tidy(strings.NewReplacer("-", " ", "_", " ", "nong thon moi", "ntm").Replace(vntext.Fold(text)))
	key = strings.TrimPrefix(key, "dat chuan ")
	key = strings.TrimPrefix(key, "xa ")
	switch key {
	case "ntm":
		return law.TitleNTM, true
	case "ntm nang cao", "nang cao":
		return law.TitleNangCao, true
	case "ntm kieu mau", "kieu mau":
		return law.TitleKieuMau, true
	}
	return "", false
}

func levelNames() []string {
	var words []string
	for _, t := range law.Titles {
		words = append(words, t.Vietnamese())
	}
	return words
}

func levelWords() string { return strings.Join(levelNames(), ", ") }

func basisWords() []string {
	var words []string
	for _, b := range []Basis{Recognised, Inferred, Planned, Pending} {
		words = append(words, b.Vietnamese())
	}
	return words
}

func parseBasis(text string) (Basis, bool) {
	switch vntext.Fold(text) {
	case "recognised", "recognized", "da cong nhan", "cong nhan":
		return Recognised, true
	case "inferred", "suy ra":
		return Inferred, true
	case "planned", "da dang ky", "dang ky", "ke hoach":
		return Planned, true
	case "pending", "pending-then", "dang de nghi", "de nghi":
		return Pending, true
	}
	return "", false
}
