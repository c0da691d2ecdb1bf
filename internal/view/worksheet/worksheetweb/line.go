package worksheetweb

import (
	"strings"
	"time"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/evidence/evidenceweb"
	"giuchuan/internal/view/worksheet"
)

// quantity is one figure of a sheet as its form shows it.
type quantity struct {
	at    *at
	Set   *law.Set
	Ind   *law.Indicator
	Line  *worksheet.Line
	Part  *worksheet.Part
	Form  *web.Form // what stands or was typed
	Wrong *web.Form // what is wrong with it, nil = nothing
	Base  int64     // journal position of the finding that is shown
	Key   string    // of the next attempt to save
	Note  string
	Saved time.Time // when this answer recorded it; zero = it did not
	Same  bool      // what stands is what was typed
	Enter bool      // the person may fill it in
	Ask   bool      // may question it
	Reply bool      // may answer a question about it
	Mend  bool      // may correct it, the round being closed
	By    string    // post of who gave the value, "" = not looked up
	Given time.Time // when that was; zero = not looked up
	clash *clash
}

// ID is an element's id of the quantity.
func (q *quantity) ID(name string) string { return name + "-" + slug(q.Ind.Code) }

// Shape is how it is asked for.
func (q *quantity) Shape() shape { return shapeOf(q.Ind) }

// Supplied tells whether another office gave the value.
func (q *quantity) Supplied() bool { return q.Part.Row.Origin == round.ActSupply }

// Corrected tells whether the value was changed after the round was closed.
func (q *quantity) Corrected() bool { return q.Part.Row.Origin == round.ActCorrect }

// Why is the reason of that change, as long as nothing was said since.
func (q *quantity) Why() string {
	if q.Part.Row.Last != round.ActCorrect {
		return ""
	}
	return q.Part.Row.Reason
}

// Error is what is wrong with a field.
func (q *quantity) Error(name string) string {
	if q.Wrong == nil {
		return ""
	}
	return q.Wrong.Error(name)
}

// First tells whether a field is the first one that is wrong.
func (q *quantity) First(name string) bool {
	if q.Wrong == nil {
		return false
	}
	for _, e := range q.Wrong.Errors() {
		if e.Field != "" {
			return e.Field == name
		}
	}
	return false
}

// Rates tells whether a share by sex was given without what was counted.
func (q *quantity) Rates() bool {
	for _, name := range []string{"male", "female", "value", "numerator", "denominator"} {
		if q.Form.Value(name) != "" || q.Error(name) != "" {
			return true
		}
	}
	return false
}

// Shown is the value as people read it.
func (q *quantity) Shown() string { return reported(q.Ind, q.Part.Now) }

// reported writes a datum with its unit.
func reported(ind *law.Indicator, d *law.Datum) string {
	if d == nil || !d.Known() {
		return ""
	}
	var out []string
	if x := d.Extra; x != nil {
		sex := func(name string, has bool, v law.Number) {
			if has {
				out = append(out, name+" "+v.Short()+" %")
			}
		}
		sex("nam", x.HasMale, x.Male)
		sex("nữ", x.HasFemale, x.Female)
		if len(out) > 0 && !d.HasValue {
			return strings.Join(out, ", ")
		}
	}
	text := ind.Format(d)
	switch {
	case d.State == law.Given && d.HasValue && len(ind.Levels) == 0:
		text = d.Value.Short()
		if ind.Unit != "" {
			text += " " + ind.Unit
		}
	case text == "":
		return strings.Join(out, ", ")
	}
	if len(out) > 0 {
		text += " (" + strings.Join(out, ", ") + ")"
	}
	return text
}

// rate is the share of a fraction that was typed, "" when there is none.
func (q *quantity) rate(num, den string) string {
	n, err := law.ParseNumber(q.Form.Value(num), law.GroupingThousand)
	d, also := law.ParseNumber(q.Form.Value(den), law.GroupingThousand)
	if err != nil || also != nil || d <= 0 || n < 0 || n > d {
		return ""
	}
	return law.Fraction{Num: n, Den: d}.Percent().Short()
}

// line is one indicator of a criterion's page.
type line struct {
	*worksheet.Line
	Trace      law.Trace
	Own        *quantity // nil where only the parts are asked for
	Parts      []*quantity
	Demand     string
	Citation   string
	Unverified bool
	Back       string // why it was returned, and not mended yet
	Asked      string // what is asked of who supplied it
	Files      *evidenceweb.List
	Also       []string // where else the figure is judged
	closed     bool
}

// Quantities are what the line asks for, itself first.
func (l *line) Quantities() []*quantity {
	if l.Own == nil {
		return l.Parts
	}
	return append([]*quantity{l.Own}, l.Parts...)
}

// newLine makes the line of an indicator without its evidence.
func (a *at) newLine(s *worksheet.Sheet, l *worksheet.Line, stored map[int32]review.Stored, key string) *line {
	set, ind := l.Set, l.Indicator()
	out := &line{Line: l, Trace: s.Explain(set, l.Slot), closed: s.Round.Closed}
	out.Demand, out.Citation = demand(ind, s.Mark(set, l.Slot), &out.Trace), cite(&out.Trace)
	out.Unverified = s.Unverified(set, l.Slot)
	for i := range l.Parts {
		p := &l.Parts[i]
		q := a.newQuantity(s, l, p, key)
		if f, ok := stored[p.Measure]; ok {
			q.Base, q.Note = f.Entry, plainNote(f.Note)
			q.Form.Set(noteField, q.Note)
		}
		if p.Row.State == round.Returned && p.Row.Back != "" {
			out.Back = p.Row.Back
		}
		if p.Row.Asked {
			out.Asked = p.Row.Reason
		}
		if i == 0 {
			out.Own = q
		} else {
			out.Parts = append(out.Parts, q)
		}
	}
	for _, f := range l.Also {
		out.Also = append(out.Also, f.Set.Title.Vietnamese()+" "+f.Set.At(f.Slot).Code)
	}
	return out
}

// newQuantity makes the form of one figure as it stands.
func (a *at) newQuantity(s *worksheet.Sheet, l *worksheet.Line, p *worksheet.Part, key string) *quantity {
	ind := l.Set.At(p.Slot)
	q := &quantity{at: a, Set: l.Set, Ind: ind, Line: l, Part: p, Form: web.NewForm(), Key: key}
	o := a.where.Object(round.Field(l.Set, p.Slot), p.Row.State, s.Round.Closed)
	q.Enter = authz.May(a.who, authz.EnterFinding, o) && p.Row.Origin != round.ActSupply
	q.Ask = p.Row.Origin == round.ActSupply && !p.Row.Asked && authz.May(a.who, authz.AskAgain, o)
	q.Reply = p.Row.Asked && authz.May(a.who, authz.SupplyFinding, o)
	q.Mend = authz.May(a.who, authz.CorrectClosed, o)
	fill(q.Form, ind, p.Now)
	return q
}

// plainNote is a note without the mark of generated data, which nobody types.
func plainNote(note string) string {
	note = strings.TrimSuffix(note, " ("+review.Illustrative+")")
	if note == review.Illustrative {
		return ""
	}
	return note
}

// demand is the threshold as a demand: "≥ 90 %".
func demand(ind *law.Indicator, m *law.Mark, t *law.Trace) string {
	switch {
	case ind.Kind == law.Depends && t.Threshold != "":
		return t.Threshold
	case len(ind.Parts) > 0:
		return "đạt các phần"
	case m == nil || m.Basis == law.NoBasis:
		return "chưa có mức do tỉnh quy định"
	case ind.Kind == law.YesNo:
		return "đạt"
	}
	return ind.Requirement(m.Value)
}

func cite(t *law.Trace) string { return strings.TrimSuffix(t.Instrument+", "+t.Article, ", ") }
