package agency

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
)

// Assign is the command that records assignments of one decision.
type Assign struct {
	Assignments []Assignment
	Replace     bool // end what stands for the same criterion, indicator or commune the day before
}

// Command is the journal's entry for the command.
func (c Assign) Command(actor string) (db.Command, error) {
	return command(actor, "agency.assign", c.Assignments)
}

// Import is the command that records the rows of a file.
type Import struct {
	File        string
	Assignments []Assignment
}

// Command is the journal's entry for the command.
func (c Import) Command(actor string) (db.Command, error) {
	return command(actor, "agency.assign.import", c.Assignments)
}

// command names what is assigned; what stands in the rows is under their hash.
func command(actor, name string, list []Assignment) (db.Command, error) {
	body := struct {
		Fields []string `json:"fields,omitempty"`
		Places []string `json:"places,omitempty"`
		Bodies []string `json:"agencies,omitempty"`
		Number []string `json:"documents,omitempty"`
		Rows   int      `json:"rows"`
	}{Rows: len(list)}
	for i := range list {
		a := &list[i]
		if a.Duty == Follows {
			body.Places = append(body.Places, a.Place)
		} else {
			body.Fields = append(body.Fields, a.Field())
		}
		body.Bodies, body.Number = append(body.Bodies, a.Agency), append(body.Number, a.Number)
	}
	for _, words := range []*[]string{&body.Fields, &body.Places, &body.Bodies, &body.Number} {
		slices.Sort(*words)
		*words = slices.Compact(*words)
	}
	text, err := json.Marshal(body)
	return db.Command{Actor: actor, Name: name, Body: text}, err
}

// Effect is what a command does to one assignment.
type Effect string

// The effects.
const (
	Added     Effect = "added"
	Changed   Effect = "changed"
	Unchanged Effect = "unchanged"
	TakenBack Effect = "withdrawn"
)

// Vietnamese is the word people read.
func (e Effect) Vietnamese() string {
	switch e {
	case Added:
		return "thêm mới"
	case Changed:
		return "thay đổi"
	case TakenBack:
		return "rút"
	}
	return "không đổi"
}

// Change is one line of a dry run.
type Change struct {
	Effect Effect
	After  Assignment
	Before *Assignment // nil for an added one
}

// Preview says what [Assignments.Assign] would do, and writes nothing. Every
// fault of every row is told.
func (s *Assignments) Preview(_ context.Context, tx *db.Tx, c Assign) ([]Change, error) {
	if len(c.Assignments) == 0 {
		return nil, fault.New(fault.Invalid, msgNothing).At(fieldCode)
	}
	var faults []*fault.Error
	for i := range c.Assignments {
		faults = append(faults, s.check(&c.Assignments[i])...)
	}
	if len(faults) > 0 {
		return nil, fault.Join(faults...)
	}
	recorded, err := assignmentRows(tx)
	if err != nil {
		return nil, err
	}
	p := plan{agencies: s.agencies, state: map[string]Assignment{}, byIdentity: map[[7]string]string{}}
	for _, a := range recorded {
		p.keep(a)
	}
	p.run(c)
	return p.changes, fault.Join(p.faults...)
}

// Assign records the assignments or, with any fault, none. What is recorded
// already writes nothing.
func (s *Assignments) Assign(ctx context.Context, tx *db.Tx, c Assign) ([]Change, error) {
	changes, err := s.Preview(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	for i := range changes {
		a := &changes[i].After
		if changes[i].Effect == Unchanged {
			continue
		}
		if changes[i].Effect == Added {
			a.ID = tx.NewID()
		}
		if err := insertAssignment(tx, a); err != nil {
			return nil, err
		}
	}
	return changes, nil
}

// plan compares what is asked with what is recorded.
type plan struct {
	agencies   *Register
	state      map[string]Assignment // by id; new ones under a made-up id
	byIdentity map[[7]string]string
	changes    []Change
	faults     []*fault.Error
}

func (p *plan) keep(a Assignment) {
	p.state[a.ID] = a
	if !a.Withdrawn {
		p.byIdentity[a.identity()] = a.ID
	}
}

func (p *plan) run(c Assign) {
	for i := range c.Assignments {
		a := c.Assignments[i]
		if a.ID == "" {
			a.ID = p.byIdentity[a.identity()]
		}
		old, known := p.state[a.ID]
		switch {
		case a.ID != "" && !known, a.Withdrawn && !known:
			p.faults = append(p.faults, a.at("", fault.New(fault.NotFound, msgNoSuch)))
			continue
		case a.Withdrawn:
			cells := a.cells
			a = old
			a.Withdrawn, a.cells = true, cells
		case known && c.Replace:
			p.faults = append(p.faults, p.twice(&a, &old)) // a form never means to change what stands
			continue
		case c.Replace:
			p.end(&a)
		}
		p.record(a, old, known, i)
	}
	for i := range p.changes {
		if p.changes[i].Effect == Added || p.changes[i].Effect == Changed {
			p.overlap(&p.changes[i].After)
		}
		if p.changes[i].Effect == Added {
			p.changes[i].After.ID = ""
		}
	}
}

func (p *plan) record(a, old Assignment, known bool, i int) {
	ch := Change{Effect: Added, After: a}
	if known {
		ch.Before = &old
		ch.Effect = effect(&old, &a)
	} else {
		ch.After.ID = "+" + strings.Repeat("+", i) // sorts after nothing; only tells rows apart
	}
	p.keep(ch.After)
	p.changes = append(p.changes, ch)
}

func effect(old, a *Assignment) Effect {
	switch {
	case old.same(a):
		return Unchanged
	case a.Withdrawn:
		return TakenBack
	}
	return Changed
}

// sorted is the state in a fixed order, so that messages are the same each time.
func (p *plan) sorted() []Assignment {
	var out []Assignment
	for _, a := range p.state {
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b Assignment) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID)) })
	return out
}

// end ends, the day before an assignment begins, what stands for the same thing.
func (p *plan) end(a *Assignment) {
	for _, old := range p.sorted() {
		if old.Withdrawn || old.subject() != a.subject() || old.From >= a.From || old.Until < a.From || strings.HasPrefix(old.ID, "+") {
			continue
		}
		ended := old
		ended.Until = a.From - 1
		p.keep(ended)
		p.changes = append(p.changes, Change{Effect: Changed, After: ended, Before: &old})
	}
}

// overlap refuses an assignment that meets another one on some day: who is in
// charge would be chance.
func (p *plan) overlap(a *Assignment) {
	for _, other := range p.sorted() {
		if other.ID == a.ID || other.Withdrawn || other.series() != a.series() || other.From > a.Until || a.From > other.Until {
			continue
		}
		if a.Duty == Leads {
			name := other.Agency
			if body, ok := p.agencies.Latest(other.Agency); ok {
				name = body.Name
			}
			p.faults = append(p.faults, a.at(fieldAgency, fault.New(fault.Conflict, msgTwoLeads, "name", name, "code", other.Code,
				"from", other.From.Vietnamese(), "until", untilWords(other.Until))))
		} else {
			p.faults = append(p.faults, p.twice(a, &other))
		}
		return
	}
}

func (p *plan) twice(a, other *Assignment) *fault.Error {
	name := other.Office
	if body, ok := p.agencies.Latest(other.Agency); ok {
		name = strings.TrimPrefix(name+", "+body.Name, ", ")
	}
	return a.at(fieldAgency, fault.New(fault.Conflict, msgTwice, "name", name,
		"from", other.From.Vietnamese(), "until", untilWords(other.Until)))
}

func untilWords(d day.Day) string {
	if d == day.Forever {
		return "khi có phân công khác"
	}
	return d.Vietnamese()
}

// End is the command that ends an assignment, or takes back one that was
// entered by mistake.
type End struct {
	ID       string
	Until    day.Day // last day; not asked of one that is taken back
	Withdraw bool
	Note     string // the document that ends it, or why it is taken back
}

// Command is the journal's entry for the command.
func (c End) Command(actor string) (db.Command, error) {
	name, body := "agency.assign.end", map[string]string{"assignment": c.ID, "until": c.Until.String()}
	if c.Withdraw {
		name, body = "agency.assign.withdraw", map[string]string{"assignment": c.ID}
	}
	text, err := json.Marshal(body)
	return db.Command{Actor: actor, Name: name, Body: text}, err
}

// End records the end of an assignment.
func (s *Assignments) End(ctx context.Context, tx *db.Tx, c End) error {
	a, ok, err := s.Find(ctx, tx, c.ID)
	switch {
	case err != nil:
		return err
	case !ok:
		return fault.New(fault.NotFound, msgNoSuch)
	case c.Withdraw:
		a.Withdrawn = true
	case c.Until < a.From:
		return fault.New(fault.Invalid, msgBeforeBegin, "from", a.From.Vietnamese()).At("ngay-cuoi")
	case c.Until >= a.Until:
		return fault.New(fault.Conflict, msgOver, "day", untilWords(a.Until)).At("ngay-cuoi")
	default:
		a.Until = c.Until
	}
	if c.Note != "" {
		a.Note = strings.TrimPrefix(a.Note+"; kết thúc: "+c.Note, "; ")
	}
	if !between(a.Note, 0, 400) {
		return fault.New(fault.Invalid, msgLongNote).At("ly-do")
	}
	return insertAssignment(tx, &a)
}
