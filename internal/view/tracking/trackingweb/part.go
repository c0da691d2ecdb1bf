package trackingweb

import (
	"context"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/tracking"

	"github.com/a-h/templ"
)

// Index gives what is open; view/tracking has it.
type Index interface {
	At(ctx context.Context, position int64, today day.Day) (*tracking.Open, error)
}

// Options are what the parts need; all are required.
type Options struct {
	Index    Index
	Position func() int64 // up to which pages show the journal
	Name     func(agency string, on day.Day) string
	Province func(on day.Day) []string // path of the province, for permissions
}

// Parts makes the parts.
type Parts struct{ o Options }

// New makes them.
func New(o Options) *Parts { return &Parts{o} }

// Decide is the directives' part of "Việc cần lãnh đạo quyết": items of the
// list and how many; nil for who does not oversee the province.
func (x *Parts) Decide(p *web.Page) (templ.Component, int, error) {
	who := p.User().Subject
	if !authz.Reaches(who, authz.ViewTask) || !tracking.Sees(who, "", x.o.Province(p.Today())) {
		return nil, 0, nil
	}
	open, err := x.o.Index.At(p.Context(), x.o.Position(), p.Today())
	if err != nil {
		return nil, 0, err
	}
	d := open.Decide()
	if d.None() {
		return nil, 0, nil
	}
	m := &decideModel{Decide: d, parts: x, today: p.Today()}
	if len(d.Late) > mostUnits {
		m.rest = d.Late[mostUnits-1:]
		d.Late = d.Late[:mostUnits-1]
		return decideItems(m), d.Len() + 1, nil
	}
	return decideItems(m), d.Len(), nil
}

// mostUnits bounds the bodies that the leaders' list names one by one.
const mostUnits = 5

type decideModel struct {
	*tracking.Decide
	parts *Parts
	today day.Day
	rest  []tracking.Late // bodies in one line
}

// restWords names the bodies of the last line.
func (m *decideModel) restWords() (heading, names string) {
	n := 0
	var list []string
	for i := range m.rest {
		n += len(m.rest[i].Lines)
		list = append(list, m.name(m.rest[i].Agency))
	}
	return strconv.Itoa(len(m.rest)) + " đơn vị khác: " + strconv.Itoa(n) + " nhiệm vụ quá hạn", strings.Join(list, ", ") + "."
}

func (m *decideModel) name(agency string) string { return m.parts.o.Name(agency, m.today) }

// Unit is the duties of a body, for its own page; nil where the person may not
// see them or nothing is open.
func (x *Parts) Unit(p *web.Page, agency string) (templ.Component, error) {
	if !tracking.Sees(p.User().Subject, agency, x.o.Province(p.Today())) {
		return nil, nil
	}
	open, err := x.o.Index.At(p.Context(), x.o.Position(), p.Today())
	if err != nil {
		return nil, err
	}
	m := &unitModel{agency: agency, letters: open.LettersOf(agency), today: p.Today()}
	for _, l := range open.Of(agency) {
		m.count(l)
	}
	if len(m.lines)+len(m.letters)+m.others == 0 {
		return nil, nil
	}
	return unitPart(m), nil
}

// mostLines bounds the duties of a body that another page lists.
const mostLines = 6

type unitModel struct {
	agency                string
	letters               []*tracking.Letter
	lines                 []*tracking.Line // the most urgent ones with a day
	late, waiting, single int
	others                int // answered in the period report
	today                 day.Day
}

func (m *unitModel) count(l *tracking.Line) {
	if !l.Single {
		m.others++
		return
	}
	m.single++
	switch {
	case l.Waiting:
		m.waiting++
	case l.Overdue:
		m.late++
	}
	if len(m.lines) < mostLines {
		m.lines = append(m.lines, l)
	}
}

// words counts what is open.
func (m *unitModel) words() string {
	text := strconv.Itoa(m.single) + " nhiệm vụ theo dõi từng việc"
	if m.late > 0 {
		text += ", " + strconv.Itoa(m.late) + " quá hạn"
	}
	if m.waiting > 0 {
		text += ", " + strconv.Itoa(m.waiting) + " chờ xác nhận"
	}
	if m.others > 0 {
		text += "; " + strconv.Itoa(m.others) + " việc thường xuyên, không thời hạn"
	}
	return text
}

// standing says how far a duty is.
func standing(l *tracking.Line, today day.Day) string {
	text := ""
	switch {
	case l.Waiting && l.Unproven:
		text = "báo cáo, chưa có minh chứng"
	case l.Waiting:
		text = "chờ xác nhận"
	case l.Returned != "":
		text = "bị trả lại"
	case l.Due == day.None:
		text = "không có thời hạn"
	default:
		text = left(l.Due, today)
	}
	if l.Of > 1 {
		text += ", " + strconv.Itoa(l.Reached) + "/" + strconv.Itoa(l.Of)
	}
	if l.Asked != day.None {
		text += ", đang xin gia hạn đến " + l.Asked.Vietnamese()
	}
	return text
}

func left(due, today day.Day) string {
	n := int(due - today)
	switch {
	case n < 0:
		return "quá hạn " + strconv.Itoa(-n) + " ngày"
	case n == 0:
		return "hạn hôm nay"
	}
	return "còn " + strconv.Itoa(n) + " ngày, hạn " + due.Vietnamese()
}

// lateWords names the oldest of a body's overdue duties.
func lateWords(l *tracking.Late) string {
	first := l.Lines[0]
	text := "Nhiệm vụ " + first.Ref + ", " + first.Cited + ", hạn " + first.Due.Vietnamese() + ", quá hạn " + strconv.Itoa(l.Days) + " ngày"
	if first.Of > 1 {
		text += ", đã xong " + strconv.Itoa(first.Reached) + "/" + strconv.Itoa(first.Of)
	}
	if n := len(l.Lines) - 1; n > 0 {
		text += "; và " + strconv.Itoa(n) + " nhiệm vụ khác"
	}
	return text + "."
}

// Commune is what the body of a commune has to do.
func (x *Parts) Commune(p *web.Page, placeID string) (templ.Component, error) {
	return x.Unit(p, agency.CommitteeID(placeID))
}

// District is what the body of a district has to do, before what another part
// says of it.
func (x *Parts) District(other func(*web.Page, place.Unit) (templ.Component, error)) func(*web.Page, place.Unit) (templ.Component, error) {
	return func(p *web.Page, unit place.Unit) (templ.Component, error) {
		tasks, err := x.Unit(p, agency.CommitteeID(unit.ID))
		if err != nil {
			return nil, err
		}
		work, err := other(p, unit)
		switch {
		case tasks == nil:
			return work, err
		case work == nil:
			return tasks, err
		}
		return both(tasks, work), err
	}
}
