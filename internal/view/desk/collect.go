package desk

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/worksheet"
)

// collector gathers the tasks of one person.
type collector struct {
	desk  *Desk
	eye   *eye
	inbox *Inbox
	forms map[string]*form // by sets of a sheet
}

// form is what sheets of some sets consist of.
type form struct {
	sets  []*law.Set
	lines []formLine
}

type formLine struct {
	round.Line
	fields [][]string // beside Measures
}

func (c *collector) form(ids []string) *form {
	key := strings.Join(ids, ",")
	if f := c.forms[key]; f != nil {
		return f
	}
	dict := c.desk.Board.Dictionary()
	f := &form{sets: round.Sets(c.desk.Law, ids)}
	for _, l := range round.Lines(dict, f.sets) {
		x := formLine{Line: l}
		for _, m := range l.Measures {
			x.fields = append(x.fields, round.FieldsOf(dict, f.sets, m))
		}
		f.lines = append(f.lines, x)
	}
	c.forms[key] = f
	return f
}

// heap is lines of one kind of work that go into one task.
type heap struct {
	unit   place.Unit
	units  []string // names of communes
	lines  int
	reason string
	codes  []string
	field  string // criterion: "xa-ntm-2021-2025/15"
	name   string
	unitID string // agency of the grant
}

func (h *heap) add(unit *place.Unit, code string) {
	h.unit = *unit
	h.lines++
	if !slices.Contains(h.units, unit.FullName) {
		h.units = append(h.units, unit.FullName)
	}
	if !slices.Contains(h.codes, code) {
		h.codes = append(h.codes, code)
	}
}

// heaps keep their order.
type heaps struct {
	keys []string
	by   map[string]*heap
}

func (h *heaps) at(key string) *heap {
	if h.by == nil {
		h.by = map[string]*heap{}
	}
	x := h.by[key]
	if x == nil {
		x = &heap{}
		h.by[key] = x
		h.keys = append(h.keys, key)
	}
	return x
}

func (h *heaps) each(do func(*heap)) {
	for _, k := range h.keys {
		do(h.by[k])
	}
}

// found is what one round holds for the person.
type found struct {
	verify, confirm, answer, supply heaps
	unsent                          []place.Unit // communes of a district or province that sent nothing
}

// round gathers a round's tasks.
func (c *collector) round(ctx context.Context, r *board.Round) error {
	var f found
	work := c.reaches(authz.Return) || c.reaches(authz.SupplyFinding)
	own := c.reaches(authz.EnterFinding) || c.reaches(authz.Submit)
	watch := c.reaches(authz.Verify) || c.reaches(authz.ManageRounds)
	if !work && !own && !watch {
		return nil
	}
	for _, s := range c.desk.Board.Sheets(r.ID) {
		unit, ok := c.desk.unit(s.Place)
		if !ok {
			continue
		}
		where := c.eye.where(unit.ID)
		if own {
			if err := c.commune(ctx, r, &unit, where); err != nil {
				return err
			}
		}
		if work {
			c.sheet(&f, r, &s, &unit)
		}
		if watch && c.follows(where) && untouched(s.Rows) {
			f.unsent = append(f.unsent, unit)
		}
	}
	c.tasks(&f, r)
	return nil
}

// follows tells whether the person watches that a commune sends.
func (c *collector) follows(where round.Reach) bool {
	return c.eye.may(authz.Verify, where, quantity{[]string{""}, round.Submitted, false}) ||
		c.eye.may(authz.ManageRounds, where, quantity{[]string{""}, round.Draft, false})
}

// untouched tells whether nothing of a sheet was sent.
func untouched(rows map[int32]round.Row) bool {
	for _, r := range rows {
		if r.State >= round.Submitted {
			return false
		}
	}
	return true
}

// sheet gathers what of one commune's sheet waits for an office.
func (c *collector) sheet(f *found, r *board.Round, s *board.Sheet, unit *place.Unit) {
	where := c.eye.where(unit.ID)
	form := c.form(s.Sets)
	for i := range form.lines {
		l := &form.lines[i]
		var verify, confirm, answer bool
		for k, m := range l.Measures {
			row, ok := s.Rows[m]
			if !ok {
				continue
			}
			switch row.State {
			case round.Submitted, round.Verified:
				verify = verify || c.eye.may(authz.Verify, where, quantity{l.fields[k], row.State, r.Closed})
				confirm = confirm || c.eye.may(authz.Confirm, where, quantity{l.fields[k], row.State, r.Closed})
			}
			if row.Asked && c.eye.may(authz.SupplyFinding, where, quantity{l.fields[k], row.State, r.Closed}) {
				h := f.answer.at(unit.ID + l.fields[k][0])
				h.add(unit, l.Indicator().Code)
				h.reason, h.field, h.name, answer = row.Reason, l.field(), l.Indicator().Name, true
				h.unitID = c.agencyOf(l.fields[k])
			}
		}
		switch {
		case verify:
			f.verify.at(unit.ID).add(unit, l.Indicator().Code)
		case confirm:
			k := l.criterion()
			h := f.confirm.at(k)
			h.add(unit, l.Indicator().Code)
			h.field, h.name, h.unitID = k, l.Set.Criteria[l.Indicator().Criterion].Name, c.agencyOf(l.fields[0])
		}
		if !answer {
			c.column(f, r, s, l)
		}
	}
}

func (l *formLine) field() string { return round.Field(l.Set, l.Slot) }

func (l *formLine) criterion() string {
	return l.Set.ID + "/" + l.Set.Criteria[l.Indicator().Criterion].Code
}

// column gathers a figure that the person's office supplies and has not given in
// the round though it is due.
func (c *collector) column(f *found, r *board.Round, s *board.Sheet, l *formLine) {
	agency := c.supplierOf(l.fields[0])
	if agency == "" {
		return
	}
	if _, ok := c.desk.Board.Reported(s.Place, r.Period, l.Measures[0]); ok {
		return
	}
	list := c.desk.Board.History(s.Place, l.Set, l.Slot)
	for i := range list {
		if list[i].Period.Last() < r.Period.Last() && !round.Due(l.Indicator().Due, list[i].Period, r.Period) && !r.Whole {
			return
		}
	}
	unit, _ := c.desk.unit(s.Place)
	h := f.supply.at(l.field())
	h.add(&unit, l.Indicator().Code)
	h.field, h.name, h.unitID = l.field(), l.Indicator().Name, agency
}

// supplierOf is the agency of the grant by which the person supplies a field.
func (c *collector) supplierOf(fields []string) string {
	for _, g := range c.eye.person.Grants {
		if g.Role == authz.Supplier && covers(g.Fields, fields) {
			return g.Unit
		}
	}
	return ""
}

// agencyOf is the agency of the grant by which the person works on a field.
func (c *collector) agencyOf(fields []string) string {
	for _, g := range c.eye.person.Grants {
		if g.Role.TakesFields() && covers(g.Fields, fields) {
			return g.Unit
		}
	}
	return ""
}

func covers(granted, fields []string) bool {
	return slices.ContainsFunc(fields, func(f string) bool { return authz.Covers(granted, f) })
}

// tasks makes tasks of what was found.
func (c *collector) tasks(f *found, r *board.Round) {
	f.verify.each(func(h *heap) {
		c.put(r, Task{
			Work: Verify, What: fmt.Sprintf("Thẩm tra %d chỉ tiêu xã đã gửi", h.lines), Where: h.unit.FullName, Due: r.VerifyBy,
			Path: ReviewPath(&h.unit, r.Period), Button: "Thẩm tra",
		})
	})
	f.confirm.each(func(h *heap) {
		_, code, _ := strings.Cut(h.field, "/")
		t := Task{
			Work: Confirm, What: fmt.Sprintf("Xác nhận kết quả %d dòng của tiêu chí %s %s", h.lines, code, h.name), Where: several(h.units),
			Due: r.ConfirmBy, Path: AgencyPath(h.unitID, r.Period, "tieu-chi", h.field), Button: "Xem và xác nhận",
		}
		if len(h.units) == 1 {
			t.Path = ReviewPath(&h.unit, r.Period)
		}
		c.put(r, t)
	})
	f.answer.each(func(h *heap) {
		c.put(r, Task{
			Work: Answer, What: "Trả lời đề nghị kiểm tra lại chỉ tiêu " + h.codes[0] + " " + h.name, Where: h.unit.FullName, Why: h.reason, Due: r.ConfirmBy,
			Path: AgencyPath(h.unitID, r.Period, "chi-tieu", h.field) + "#cho-tra-loi", Button: "Trả lời",
		})
	})
	f.supply.each(func(h *heap) {
		c.put(r, Task{
			Work: Supply, What: "Nhập số liệu chỉ tiêu " + h.codes[0] + " " + h.name, Where: several(h.units), Due: r.SendBy,
			Path: AgencyPath(h.unitID, r.Period, "chi-tieu", h.field) + "#nhap-ca-cot", Button: "Nhập cả cột",
		})
	})
	c.watch(f, r)
}

// watch makes the tasks of those who see to it that communes send: one a
// district.
func (c *collector) watch(f *found, r *board.Round) {
	var by heaps
	for i := range f.unsent {
		d, _ := c.desk.DistrictOf(&f.unsent[i], c.eye.person.Today)
		h := by.at(d.Code)
		h.add(&f.unsent[i], "")
		h.name = d.FullName
		h.field = d.Code
	}
	by.each(func(h *heap) {
		t := Task{Work: Urge, What: fmt.Sprintf("%d xã chưa gửi phiếu", len(h.units)), Where: several(h.units), Due: r.SendBy}
		t.Path, t.Button = "/huyen/"+h.field+"?ky="+r.Period.String()+"#ra-soat", "Xem các xã"
		if h.name != "" {
			t.Where = h.name + ": " + several(h.units)
		} else {
			t.Path = ReviewPath(&h.unit, r.Period)
		}
		c.put(r, t)
	})
	if r.ConfirmBy < c.eye.person.Today && c.reaches(authz.ManageRounds) {
		c.put(r, Task{Work: Close, What: "Chốt số liệu " + r.Name, Where: "toàn đợt", Due: r.ConfirmBy, Path: "/dot-ra-soat", Button: "Mở đợt"})
	}
}

func (c *collector) put(r *board.Round, t Task) {
	t.Round = r.Name
	c.inbox.Tasks = append(c.inbox.Tasks, t)
}

// mostNames is how many communes a task names.
const mostNames = 3

// several names communes: "Xã Thái Sơn", or "12 xã: Xã A, Xã B, Xã C và 9 xã khác".
func several(units []string) string {
	if len(units) <= mostNames {
		return strings.Join(units, ", ")
	}
	return fmt.Sprintf("%s và %d xã khác", strings.Join(units[:mostNames], ", "), len(units)-mostNames)
}

// SheetPath is the address of a commune's sheet.
func SheetPath(u *place.Unit, p day.Period) string {
	return "/xa/" + u.Code + "/ra-soat/" + p.String()
}

// LinePath is where a line of a commune's sheet is entered.
func LinePath(sheet string, l *worksheet.Line) string {
	ind := l.Indicator()
	return sheet + "/" + l.Set.Criteria[ind.Criterion].Code + "?bo=" + l.Set.ID + "#ct-" + strings.ReplaceAll(ind.Code, ".", "-")
}

// ReviewPath is the address of a commune's sheet as a reviewer takes it.
func ReviewPath(u *place.Unit, p day.Period) string { return SheetPath(u, p) + "/xem-xet" }

// AgencyPath is the address of an agency's page, with name, value pairs.
func AgencyPath(agencyID string, p day.Period, pairs ...string) string {
	q := url.Values{"ky": {p.String()}}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return "/so-nganh/" + url.PathEscape(agencyID) + "?" + q.Encode()
}
