package agency

import (
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/register/place"
)

// Duty is what an agency is given to do.
type Duty string

// The duties.
const (
	Leads    Duty = "phu-trach" // in charge of a criterion or an indicator
	Supplies Duty = "cung-cap"  // supplies the figures of one
	Follows  Duty = "dia-ban"   // an office follows a commune (S1.2c)
)

// Duties lists every duty.
func Duties() []Duty { return []Duty{Leads, Supplies, Follows} }

// Vietnamese is the duty as screens say it, "" when it is not of the list.
func (d Duty) Vietnamese() string {
	switch d {
	case Leads:
		return "phụ trách tiêu chí"
	case Supplies:
		return "cung cấp số liệu"
	case Follows:
		return "theo dõi địa bàn"
	}
	return ""
}

// Assignment is one line of the table of assignments, with its dates and the
// decision it rests on.
type Assignment struct {
	ID        string
	Duty      Duty
	Set, Code string // criterion or indicator: "xa-ntm-2021-2025", "15.1"; empty for an area
	Place     string // commune, of an area
	Agency    string // "so-y-te.1"; of an area the UBND the office belongs to
	Office    string // of an area: "Phòng Nông nghiệp và Phát triển nông thôn"
	From      day.Day
	Until     day.Day // last day; day.Forever = open
	Number    string  // of the decision
	Issued    day.Day
	Note      string
	Withdrawn bool              // entered by mistake: it never counted
	cells     map[string]string // where each field was read, for messages
}

// Holds tells whether the assignment is in force on a day.
func (a *Assignment) Holds(on day.Day) bool { return !a.Withdrawn && a.From <= on && on <= a.Until }

// Field is how permissions name what is assigned: "xa-ntm-2021-2025/15.1".
func (a *Assignment) Field() string { return Field(a.Set, a.Code) }

// Field is how permissions name a criterion or an indicator of a set.
func Field(set, code string) string { return set + "/" + code }

// identity is what a row of a file without an id is known by.
func (a *Assignment) identity() [7]string {
	return [7]string{string(a.Duty), a.Set, a.Code, a.Place, a.Agency, a.Office, a.From.String()}
}

// subject is what the assignment is about: only one agency leads it at a time.
func (a *Assignment) subject() [4]string { return [4]string{string(a.Duty), a.Set, a.Code, a.Place} }

// series is what may stand once on a day.
func (a *Assignment) series() [6]string {
	s := a.subject()
	if a.Duty == Leads {
		return [6]string{s[0], s[1], s[2], s[3]}
	}
	return [6]string{s[0], s[1], s[2], s[3], a.Agency, a.Office}
}

// same reports whether nothing that is kept differs.
func (a *Assignment) same(b *Assignment) bool {
	return a.identity() == b.identity() && a.Until == b.Until && a.Number == b.Number && a.Issued == b.Issued &&
		a.Note == b.Note && a.Withdrawn == b.Withdrawn
}

// at puts a fault where the value was read, or at the field of a form.
func (a *Assignment) at(field string, err *fault.Error) *fault.Error {
	if cell, ok := a.cells[field]; ok {
		field = cell
	} else if row, ok := a.cells[""]; ok {
		field = row
	}
	return err.At(field)
}

// The fields of forms.
const (
	fieldSet    = "bo"
	fieldCode   = "tieu-chi"
	fieldPlace  = "xa"
	fieldAgency = "co-quan"
	fieldOffice = "phong"
	fieldFrom   = "tu-ngay"
	fieldUntil  = "den-ngay"
	fieldNumber = "so-van-ban"
	fieldIssued = "ngay-van-ban"
	fieldNote   = "ghi-chu"
)

var (
	msgDuty        = fault.Msg{Key: "agency.duty", Text: "không nhận loại phân công “{text}”; chỉ nhận: phụ trách tiêu chí, cung cấp số liệu, theo dõi địa bàn"}
	msgSet         = fault.Msg{Key: "agency.set", Text: "không có bộ tiêu chí “{set}”"}
	msgCode        = fault.Msg{Key: "agency.code", Text: "bộ {set} không có tiêu chí hoặc chỉ tiêu “{code}”; ghi mã như 15 hoặc 15.1"}
	msgNoAgency    = fault.Msg{Key: "agency.no_agency", Text: "không có cơ quan “{id}” trong danh bạ; hãy chọn cơ quan trong danh sách"}
	msgNotWorking  = fault.Msg{Key: "agency.not_working", Text: "{name} không hoạt động vào ngày {day}; hãy chọn cơ quan khác hoặc ngày khác"}
	msgNotPlace    = fault.Msg{Key: "agency.not_commune", Text: "không có xã “{id}” vào ngày {day}"}
	msgLocal       = fault.Msg{Key: "agency.local", Text: "{name} không phải là cơ quan cấp tỉnh; phụ trách tiêu chí và cung cấp số liệu là việc của cơ quan cấp tỉnh"}
	msgForeign     = fault.Msg{Key: "agency.foreign_area", Text: "{name} không quản lý {commune} vào ngày {day}; phòng theo dõi địa bàn phải thuộc {right}"}
	msgOffice      = fault.Msg{Key: "agency.office", Text: "hãy ghi tên phòng, ban theo dõi, tối đa 120 ký tự"}
	msgFrom        = fault.Msg{Key: "agency.from", Text: "hãy ghi ngày bắt đầu phân công, như 01/10/2024"}
	msgReversed    = fault.Msg{Key: "agency.reversed", Text: "ngày kết thúc {until} trước ngày bắt đầu {from}; hãy sửa lại một trong hai ngày"}
	msgNumber      = fault.Msg{Key: "agency.number", Text: "hãy ghi số văn bản phân công, như 123/QĐ-UBND, tối đa 120 ký tự"}
	msgIssued      = fault.Msg{Key: "agency.issued", Text: "hãy ghi ngày của văn bản phân công, như 01/10/2024"}
	msgLongNote    = fault.Msg{Key: "agency.note", Text: "ghi chú dài quá 400 ký tự; hãy rút gọn"}
	msgTwoLeads    = fault.Msg{Key: "agency.two_leads", Text: "{name} đang phụ trách {code} từ {from} đến {until}; hãy kết thúc phân công đó trước, hoặc chọn thay cơ quan đang phụ trách"}
	msgTwice       = fault.Msg{Key: "agency.assigned_twice", Text: "{name} đã có phân công này từ {from} đến {until}; hãy kết thúc phân công đó trước khi ghi lại"}
	msgNoSuch      = fault.Msg{Key: "agency.no_assignment", Text: "không tìm thấy phân công này; có thể vừa được rút, hãy tải lại trang"}
	msgOver        = fault.Msg{Key: "agency.assignment_over", Text: "phân công này đã kết thúc ngày {day}; chỉ ghi được ngày kết thúc sớm hơn"}
	msgBeforeBegin = fault.Msg{Key: "agency.before_begin", Text: "ngày kết thúc trước ngày bắt đầu {from}; nếu ghi nhầm, hãy rút phân công"}
	msgNothing     = fault.Msg{Key: "agency.nothing_assigned", Text: "chưa chọn gì để phân công"}
)

// checker holds an assignment against the law and the registers.
type checker struct {
	agencies *Register
	places   *place.Register
	lib      *law.Library
}

// check gives every fault of an assignment taken by itself.
func (c *checker) check(a *Assignment) []*fault.Error {
	if a.Withdrawn {
		return nil
	}
	var out []*fault.Error
	refuse := func(field string, code fault.Code, msg fault.Msg, args ...string) {
		out = append(out, a.at(field, fault.New(code, msg, args...)))
	}
	switch {
	case a.From == day.None:
		refuse(fieldFrom, fault.Invalid, msgFrom)
		return out
	case a.Until < a.From:
		refuse(fieldUntil, fault.Invalid, msgReversed, "until", a.Until.Vietnamese(), "from", a.From.Vietnamese())
	}
	switch a.Duty {
	case Leads, Supplies:
		out = append(out, c.checkCode(a)...)
		out = append(out, c.checkAgency(a)...)
	case Follows:
		out = append(out, c.checkArea(a)...)
	default:
		refuse("", fault.Invalid, msgDuty, "text", fault.Clip(string(a.Duty)))
	}
	if !between(a.Number, 1, 120) {
		refuse(fieldNumber, fault.Invalid, msgNumber)
	}
	if a.Issued == day.None {
		refuse(fieldIssued, fault.Invalid, msgIssued)
	}
	if !between(a.Note, 0, 400) {
		refuse(fieldNote, fault.Invalid, msgLongNote)
	}
	return out
}

func between(text string, least, most int) bool {
	n := len([]rune(strings.TrimSpace(text)))
	return least <= n && n <= most
}

func (c *checker) checkCode(a *Assignment) []*fault.Error {
	set, err := c.lib.Set(a.Set)
	if err != nil {
		return []*fault.Error{a.at(fieldSet, fault.New(fault.NotFound, msgSet, "set", fault.Clip(a.Set)))}
	}
	if _, ok := nameOf(set, a.Code); !ok {
		return []*fault.Error{a.at(fieldCode, fault.New(fault.NotFound, msgCode, "set", set.ID, "code", fault.Clip(a.Code)))}
	}
	return nil
}

// nameOf is the name of a criterion or an indicator; parts have none here.
func nameOf(set *law.Set, code string) (string, bool) {
	if k, ok := set.Criterion(code); ok {
		return k.Name, true
	}
	if slot, ok := set.Slot(code); ok && set.At(slot).Parent < 0 {
		return set.At(slot).Name, true
	}
	return "", false
}

// working gives the agency on the first day of an assignment.
func (c *checker) working(a *Assignment) (Agency, *fault.Error) {
	found, ok := c.agencies.Agency(a.Agency, a.From)
	if ok {
		return found, nil
	}
	if last, ok := c.agencies.Latest(a.Agency); ok {
		return last, a.at(fieldAgency, fault.New(fault.Conflict, msgNotWorking, "name", last.Name, "day", a.From.Vietnamese()))
	}
	return found, a.at(fieldAgency, fault.New(fault.NotFound, msgNoAgency, "id", fault.Clip(a.Agency)))
}

func (c *checker) checkAgency(a *Assignment) []*fault.Error {
	body, refused := c.working(a)
	if refused != nil {
		return []*fault.Error{refused}
	}
	if body.PlaceID != "" {
		return []*fault.Error{a.at(fieldAgency, fault.New(fault.Invalid, msgLocal, "name", body.Name))}
	}
	return nil
}

func (c *checker) checkArea(a *Assignment) []*fault.Error {
	var out []*fault.Error
	if !between(a.Office, 1, 120) {
		out = append(out, a.at(fieldOffice, fault.New(fault.Invalid, msgOffice)))
	}
	commune, ok := c.places.Unit(a.Place, a.From)
	if !ok || commune.Level != place.Commune {
		return append(out, a.at(fieldPlace, fault.New(fault.NotFound, msgNotPlace, "id", fault.Clip(a.Place), "day", a.From.Vietnamese())))
	}
	right, known := c.agencies.Above(a.Place, a.From)
	if known && right.ID == a.Agency {
		return out
	}
	body, refused := c.working(a)
	if refused != nil {
		return append(out, refused)
	}
	return append(out, a.at(fieldAgency, fault.New(fault.Invalid, msgForeign,
		"name", body.Name, "commune", commune.Title(), "day", a.From.Vietnamese(), "right", right.Name)))
}

// Above is the People's Committee whose offices follow a commune on a day: its
// district's, and since districts ended (1/7/2025) the commune's own.
func (r *Register) Above(placeID string, on day.Day) (Agency, bool) {
	path := r.places.At(on).Path(placeID)
	for _, u := range slices.Backward(path) {
		if u.Level == place.District {
			return committee(u), true
		}
	}
	if u, ok := r.places.Unit(placeID, on); ok && u.Level == place.Commune {
		return committee(u), true
	}
	return Agency{}, false
}
