package agency

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"
)

// The headers of the table of assignments.
const (
	colID       = "mã phân công"
	colDuty     = "loại"
	colSet      = "bộ tiêu chí"
	colCode     = "tiêu chí, chỉ tiêu"
	colPlace    = "mã xã"
	colName     = "tên"
	colAgency   = "cơ quan"
	colAgencyID = "mã cơ quan"
	colOffice   = "phòng, ban"
	colFrom     = "từ ngày"
	colUntil    = "đến ngày"
	colNumber   = "số văn bản"
	colIssued   = "ngày văn bản"
	colNote     = "ghi chú"
	colTaken    = "rút"
)

// Columns are the columns of the table, in the order of the export.
func Columns() []sheet.Column {
	return []sheet.Column{
		{Name: colID, Also: []string{"id"}, Optional: true},
		{Name: colDuty, Also: []string{"duty"}},
		{Name: colSet, Also: []string{"set"}, Optional: true},
		{Name: colCode, Also: []string{"code", "tiêu chí", "chỉ tiêu"}, Optional: true},
		{Name: colPlace, Also: []string{"commune", "place"}, Optional: true},
		{Name: colName, Also: []string{"name"}, Optional: true},
		{Name: colAgency, Also: []string{"agency"}, Optional: true},
		{Name: colAgencyID, Also: []string{"agency_id"}, Optional: true},
		{Name: colOffice, Also: []string{"office", "phòng"}, Optional: true},
		{Name: colFrom, Also: []string{"from"}},
		{Name: colUntil, Also: []string{"until"}, Optional: true},
		{Name: colNumber, Also: []string{"number"}},
		{Name: colIssued, Also: []string{"issued_on"}},
		{Name: colNote, Also: []string{"note"}, Optional: true},
		{Name: colTaken, Also: []string{"withdrawn"}, Optional: true},
	}
}

var (
	msgWhichAgency = fault.Msg{Key: "agency.which", Text: "chưa ghi cơ quan; ghi mã cơ quan như so-y-te.1, hoặc tên như Sở Y tế"}
	msgManyBodies  = fault.Msg{Key: "agency.many_bodies", Text: "“{text}” không chỉ một cơ quan đang hoạt động vào ngày {day}; ghi mã cơ quan"}
	msgTwoAgencies = fault.Msg{Key: "agency.two_names", Text: "cơ quan {name} không phải là cơ quan có mã {id}; sửa một trong hai ô"}
	msgFlag        = fault.Msg{Key: "agency.flag", Text: "không nhận “{text}”; ghi “x” để rút phân công ghi nhầm, không thì để trống"}
	msgDateNumber  = fault.Msg{Key: "agency.number_is_date", Text: "ô này là ngày {text}, không phải số văn bản; đặt định dạng ô là Văn bản rồi ghi lại, như 12/QĐ-UBND"}
	msgUnread      = fault.Msg{Key: "agency.unread", Text: "không đọc tiếp được tệp"}
)

// Read reads a table of assignments. A row with an id says how that assignment
// is to stand; a row without one adds an assignment, or names again what is
// recorded. There is a fault for every bad cell; nothing is written.
func (s *Assignments) Read(book *sheet.Book) ([]Assignment, []*fault.Error) {
	table, err := book.Table(Columns()...)
	if err != nil {
		return nil, rowsOf(err)
	}
	return s.readAll(table.Records())
}

func rowsOf(err error) []*fault.Error {
	rows := fault.Rows(err)
	if len(rows) == 0 && err != nil {
		rows = []*fault.Error{fault.New(fault.Internal, msgUnread).Wrap(err)}
	}
	return rows
}

func (s *Assignments) readAll(records iter.Seq2[sheet.Record, error]) (out []Assignment, faults []*fault.Error) {
	for rec, err := range records {
		if err != nil {
			return out, append(faults, rowsOf(err)...)
		}
		if rec.Fault != nil {
			faults = append(faults, rec.Fault)
			continue
		}
		r := row{Assignments: s, cells: rec, a: Assignment{cells: map[string]string{}}}
		r.read()
		if len(r.faults) == 0 {
			r.faults = append(r.faults, s.check(&r.a)...)
		}
		faults = append(faults, r.faults...)
		out = append(out, r.a)
	}
	return out, faults
}

// row is one row being read.
type row struct {
	*Assignments
	cells  sheet.Record
	a      Assignment
	faults []*fault.Error
}

func (r *row) refuse(column string, code fault.Code, msg fault.Msg, args ...string) {
	f := r.cells.Cell(column).Fault(msg, args...)
	f.Code = code
	r.faults = append(r.faults, f)
}

// text is a cell as text, "" with a fault where it holds a formula or an error.
func (r *row) text(column string) string {
	c := r.cells.Cell(column)
	if f := c.Refuse(); f != nil {
		r.faults = append(r.faults, f)
		return ""
	}
	return strings.Join(strings.Fields(vntext.NFC(c.Text)), " ")
}

// code is a cell that must hold text: 17.10 as a number would be 17.1.
func (r *row) code(column string) string {
	if f := r.cells.Cell(column).RefuseCode(); f != nil {
		r.faults = append(r.faults, f)
		return ""
	}
	return r.text(column)
}

func (r *row) date(column string, missing day.Day) day.Day {
	c := r.cells.Cell(column)
	text := r.text(column)
	switch {
	case text == "":
		return missing
	case c.Kind == sheet.Date && c.Day != day.None:
		return c.Day
	}
	d, err := day.Parse(text)
	if err != nil {
		for _, f := range rowsOf(err) {
			r.faults = append(r.faults, f.At(c.Address()))
		}
	}
	return d
}

// duties are the words of a file for a duty.
func dutyOf(text string) Duty {
	key := vntext.Fold(text)
	for _, d := range Duties() {
		if key == string(d) || key == vntext.Fold(d.Vietnamese()) {
			return d
		}
	}
	switch key {
	case "phu trach":
		return Leads
	case "cung cap":
		return Supplies
	case "dia ban":
		return Follows
	}
	return ""
}

func (r *row) read() {
	a := &r.a
	for field, column := range map[string]string{
		"": colDuty, fieldSet: colSet, fieldCode: colCode, fieldPlace: colPlace, fieldAgency: colAgency, fieldOffice: colOffice,
		fieldFrom: colFrom, fieldUntil: colUntil, fieldNumber: colNumber, fieldIssued: colIssued, fieldNote: colNote,
	} {
		a.cells[field] = r.cells.Cell(column).Address()
	}
	a.ID = r.text(colID)
	if a.Duty = dutyOf(r.text(colDuty)); a.Duty == "" {
		r.refuse(colDuty, fault.Invalid, msgDuty, "text", fault.Clip(r.text(colDuty)))
	}
	a.From, a.Until = r.date(colFrom, day.None), r.date(colUntil, day.Forever)
	a.Office, a.Note, a.Issued = r.text(colOffice), r.text(colNote), r.date(colIssued, day.None)
	if c := r.cells.Cell(colNumber); c.Kind == sheet.Date {
		r.refuse(colNumber, fault.Invalid, msgDateNumber, "text", c.Text)
	} else {
		a.Number = r.text(colNumber)
	}
	switch flag := vntext.Fold(r.text(colTaken)); flag {
	case "", "khong", "0":
	case "x", "co", "1", "rut":
		a.Withdrawn = true
	default:
		r.refuse(colTaken, fault.Invalid, msgFlag, "text", fault.Clip(flag))
	}
	if a.Duty == Follows {
		r.readPlace()
	} else {
		a.Set, a.Code = r.readSet(), r.code(colCode)
	}
	r.readAgency()
}

// readSet takes a set's id or its whole name.
func (r *row) readSet() string {
	text := r.text(colSet)
	for _, s := range r.lib.Sets {
		if vntext.Fold(s.Name) == vntext.Fold(text) {
			return s.ID
		}
	}
	return strings.ToLower(text)
}

// readPlace takes a commune's id, its code or its name on the first day.
func (r *row) readPlace() {
	text := r.code(colPlace)
	if _, ok := r.places.Latest(text); ok || text == "" || r.a.From == day.None {
		r.a.Place = text
		return
	}
	u, err := r.places.Resolve(text, r.agencies.province, r.a.From, place.Commune)
	if err != nil {
		for _, f := range rowsOf(err) {
			r.faults = append(r.faults, f.At(r.cells.Cell(colPlace).Address()))
		}
	}
	r.a.Place = u.ID
}

func (r *row) readAgency() {
	id, name := r.text(colAgencyID), r.text(colAgency)
	if r.cells.Cell(colAgencyID).Refuse() != nil || r.cells.Cell(colAgency).Refuse() != nil || r.a.From == day.None {
		return
	}
	var found Agency
	if name != "" {
		m, err := r.agencies.Resolve(name, r.a.From)
		if err != nil && id == "" {
			for _, f := range rowsOf(err) {
				r.faults = append(r.faults, f.At(r.cells.Cell(colAgency).Address()))
			}
			return
		}
		if err == nil && m.Collective == nil {
			found = m.Agency
		}
	}
	switch {
	case id != "" && found.ID != "" && found.ID != id:
		r.refuse(colAgency, fault.Conflict, msgTwoAgencies, "name", found.Name, "id", fault.Clip(id))
	case id != "":
		r.a.Agency = id
	case name == "":
		r.refuse(colAgency, fault.Invalid, msgWhichAgency)
	case found.ID == "":
		r.refuse(colAgency, fault.Invalid, msgManyBodies, "text", fault.Clip(name), "day", r.a.From.Vietnamese())
	default:
		r.a.Agency = found.ID
	}
}

// Workbook is the table of assignments as an .xlsx file that [Assignments.Read]
// reads back without loss.
func (s *Assignments) Workbook(list []Assignment, banner string) ([]byte, error) {
	book := sheet.NewBook(sheet.Properties{Title: "Bảng phân công"})
	layout := sheet.Layout{
		Name: "Phân công", Banner: banner, Freeze: 2,
		Titles: []string{"BẢNG PHÂN CÔNG", "Giữ nguyên cột mã phân công khi sửa; dòng mới để trống cột đó; ghi x ở cột rút khi phân công ghi nhầm"},
	}
	for _, c := range Columns() {
		layout.Columns = append(layout.Columns, sheet.Heading{Text: c.Name, Width: widthOf(c.Name)})
	}
	page, err := book.Sheet(layout)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if err := page.Row(s.cellsOf(&list[i])...); err != nil {
			return nil, err
		}
	}
	data, err := book.Bytes()
	if err != nil {
		return nil, err
	}
	return data, book.Close()
}

func widthOf(column string) float64 {
	switch column {
	case colName, colAgency, colOffice, colNote:
		return 34
	case colID, colSet:
		return 26
	}
	return 16
}

// Text writes the table as .csv.
func (s *Assignments) Text(w *sheet.CSVWriter, list []Assignment) error {
	var head []sheet.Value
	for _, c := range Columns() {
		head = append(head, sheet.PutText(c.Name))
	}
	if err := w.Row(head...); err != nil {
		return err
	}
	for i := range list {
		if err := w.Row(s.cellsOf(&list[i])...); err != nil {
			return err
		}
	}
	return w.Flush()
}

// cellsOf is one row in the order of Columns.
func (s *Assignments) cellsOf(a *Assignment) []sheet.Value {
	body, ok := s.agencies.Agency(a.Agency, a.From)
	if !ok {
		body, _ = s.agencies.Latest(a.Agency)
	}
	until := sheet.PutBlank()
	if a.Until != day.Forever {
		until = sheet.PutDate(a.Until)
	}
	return []sheet.Value{
		sheet.PutText(a.ID), sheet.PutText(a.Duty.Vietnamese()), sheet.PutText(a.Set), sheet.PutCode(a.Code),
		sheet.PutCode(a.Place), sheet.PutText(s.Subject(a)), sheet.PutText(body.Name), sheet.PutText(a.Agency),
		sheet.PutText(a.Office), sheet.PutDate(a.From), until, sheet.PutText(a.Number), sheet.PutDate(a.Issued),
		sheet.PutText(a.Note), sheet.PutBlank(),
	}
}

// Subject names what is assigned: the criterion, the indicator or the commune.
func (s *Assignments) Subject(a *Assignment) string {
	if a.Duty == Follows {
		if u, ok := s.places.Unit(a.Place, a.From); ok {
			return u.Title()
		}
		return a.Place
	}
	set, err := s.lib.Set(a.Set)
	if err != nil {
		return a.Code
	}
	name, _ := nameOf(set, a.Code)
	return name
}

// Sorted puts assignments in the order people look for them: by duty, set,
// number of the criterion, place and first day.
func Sorted(list []Assignment) []Assignment {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b Assignment) int {
		return cmp.Or(
			cmp.Compare(slices.Index(Duties(), a.Duty), slices.Index(Duties(), b.Duty)), cmp.Compare(a.Set, b.Set),
			law.CompareCodes(a.Code, b.Code), cmp.Compare(a.Place, b.Place), cmp.Compare(a.From, b.From),
		)
	})
	return out
}
