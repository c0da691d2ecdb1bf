package task

import (
	"slices"
	"strconv"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
)

// Fan is what the fan-out of a duty needs to know of bodies and places, all at
// the document's day.
type Fan struct {
	Rules *Rules
	// Communes are the recognised communes of a district's or commune's People's
	// Committee, and whether the agency is one.
	Communes func(agencyID string) (list []directive.Object, local bool)
	// Within tells whether a place lies in the area of a People's Committee.
	Within func(placeID, agencyID string) bool
}

// FanOut makes the tasks of a document's duties: one for each body a duty is
// given to, with one part for each object. A collective whose members are not
// known waits. Struck duties give nothing.
func FanOut(doc *directive.Document, duties []directive.Duty, fan *Fan) (out []Task) {
	for i := range duties {
		d := &duties[i]
		if d.Removed {
			continue
		}
		for _, who := range bodies(d) {
			t := Task{
				Document: doc.ID, Duty: d.ID, Seq: d.Seq, Ref: d.Ref, Group: d.Group, Text: d.Text,
				Agency: who.agency, First: who.agency, Role: who.role, Kind: d.Kind, Due: d.Due, FirstDue: d.Due, DueTime: d.DueTime,
				Phrase: d.Phrase, Recurrence: d.Recurrence, Product: d.Product, Checker: d.Checker, Steps: fan.Rules.StepsFor(d),
				Separate: d.Separate, Upstream: upstream(doc, d),
			}
			if t.Group == "" {
				t.Group = t.Ref
			}
			t.Parts = fan.parts(d, &t)
			out = append(out, t)
		}
	}
	return out
}

// body is one agency of a duty and what it is asked to be.
type body struct {
	agency string
	role   directive.Role
}

// bodies lists each agency of a duty once; one that leads and supports leads.
func bodies(d *directive.Duty) (out []body) {
	for _, a := range d.Addressees {
		for _, id := range a.Agencies {
			i := slices.IndexFunc(out, func(b body) bool { return b.agency == id })
			switch {
			case i < 0:
				out = append(out, body{id, a.Role})
			case a.Role == directive.Lead:
				out[i].role = directive.Lead
			}
		}
	}
	return out
}

// upstream are the documents a duty depends on.
func upstream(doc *directive.Document, d *directive.Duty) (out []Upstream) {
	for _, number := range d.References {
		u := Upstream{Number: number}
		for _, r := range doc.References {
			if r.Number == number {
				u.Document = r.Document
			}
		}
		out = append(out, u)
	}
	return out
}

// parts are the objects of one body's task. Places that lie in districts which
// are themselves addressees go to their own district; a duty with stages and no
// object of its own has a part for each recognised commune of a district.
func (f *Fan) parts(d *directive.Duty, t *Task) (out []Part) {
	objects := d.Objects
	communes, local := f.Communes(t.Agency)
	if len(objects) == 0 && len(t.Steps) > 0 && local {
		objects = communes
	}
	for i, o := range objects {
		if local && o.Place != "" && !f.Within(o.Place, t.Agency) {
			continue
		}
		key := o.Place
		if key == "" || slices.ContainsFunc(out, func(p Part) bool { return p.Key == key }) {
			key = strconv.Itoa(i + 1)
		}
		out = append(out, Part{Key: key, Place: o.Place, Text: o.Text, Done: day.None})
	}
	return out
}

// change is what becomes of the tasks that stand when a document's duties are
// given anew.
type change struct {
	fresh   []Task // to be made
	renewed []Task // stand, with other words or another time
	gone    []*Task
}

// compare sets the tasks that follow from some duties of a document against the
// document's tasks that stand. Tasks of other duties are left alone, and a task
// keeps who has it now and a day that was granted.
func compare(about []directive.Duty, want []Task, have []*Task) (c change) {
	same := func(t *Task, w *Task) bool { return t.Duty == w.Duty && t.First == w.First }
	for i := range want {
		w := &want[i]
		found := false
		for _, t := range have {
			if !same(t, w) || t.Last(Retracted) != nil {
				continue
			}
			found = true
			if r, changed := renew(t, w); changed {
				c.renewed = append(c.renewed, r)
			}
		}
		if !found {
			c.fresh = append(c.fresh, *w)
		}
	}
	for _, t := range have {
		spoken := slices.ContainsFunc(about, func(d directive.Duty) bool { return d.ID == t.Duty })
		if spoken && t.Last(Retracted) == nil && !complete(t) && !slices.ContainsFunc(want, func(w Task) bool { return same(t, &w) }) {
			c.gone = append(c.gone, t)
		}
	}
	return c
}

// renew is a task as its duty now says it.
func renew(t, w *Task) (Task, bool) {
	r := *t
	r.Seq, r.Ref, r.Group, r.Text, r.Role, r.Kind = w.Seq, w.Ref, w.Group, w.Text, w.Role, w.Kind
	r.DueTime, r.Phrase, r.Recurrence, r.Upstream = w.DueTime, w.Phrase, w.Recurrence, w.Upstream
	if w.Product != "" {
		r.Product = w.Product
	}
	if w.Checker != "" {
		r.Checker = w.Checker
	}
	if len(w.Steps) > 0 {
		r.Steps = w.Steps
	}
	if w.FirstDue != t.FirstDue {
		r.FirstDue, r.Due = w.FirstDue, w.FirstDue
		if g := t.Last(Granted); g != nil && w.FirstDue != day.None && g.Due > w.FirstDue {
			r.Due = g.Due
		}
	}
	r.Separate = w.Separate || t.Separate
	r.Parts = nil
	for _, p := range w.Parts {
		if t.Parent == "" && !slices.ContainsFunc(t.Parts, func(x Part) bool { return x.Key == p.Key }) && !communesOwn(t, w) {
			r.Parts = append(r.Parts, p)
		}
	}
	return r, len(r.Parts) > 0 || !sameWords(&r, t)
}

// communesOwn tells whether a task's objects were taken from the recognised
// communes: the unit keeps that list, a correction of the document does not.
func communesOwn(t, w *Task) bool { return len(t.Parts) > 0 && len(w.Steps) > 0 }

func sameWords(a, b *Task) bool {
	return a.Seq == b.Seq && a.Ref == b.Ref && a.Group == b.Group && a.Text == b.Text && a.Role == b.Role && a.Kind == b.Kind &&
		a.Due == b.Due && a.FirstDue == b.FirstDue && a.DueTime == b.DueTime && a.Phrase == b.Phrase && a.Recurrence == b.Recurrence &&
		a.Product == b.Product && a.Checker == b.Checker && a.Separate == b.Separate &&
		slices.Equal(a.Upstream, b.Upstream) && slices.Equal(a.Steps, b.Steps)
}
