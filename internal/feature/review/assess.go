package review

import (
	"cmp"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/register/place"
)

// Assessment is the standing of some communes on a set, with what it rests on.
type Assessment struct {
	Set      *law.Set
	On       day.Day
	Province string
	Units    []place.Unit // in code order, beside Standing.Communes and Facts.Communes
	Facts    *law.Facts
	Standing *law.Standing
	Warnings []string
	// Illustrative tells that a finding or a decision is marked as số liệu minh họa.
	Illustrative bool
	decisions    *law.Decisions
	findings     []Finding
	notes        map[noted]string
}

// noted names the datum of a commune that a note belongs to.
type noted struct{ commune, slot int }

// Illustrative marks generated data; Banner heads everything that shows them.
const (
	Illustrative = "số liệu minh họa"
	Banner       = "SỐ LIỆU MINH HỌA – không phản ánh tình hình thực tế của xã"
)

// Banner is the warning that everything a person reads must carry, or "".
func (a *Assessment) Banner() string {
	if a.Illustrative {
		return Banner
	}
	return ""
}

// Question is what is asked of findings.
type Question struct {
	Library   *law.Library
	Set       *law.Set
	On        day.Day
	Province  string
	Places    *place.Register
	Decisions map[string]*law.Decisions // by set id; nil = none
	Forget    bool                      // the assessment does not keep the findings: it has no Origin
}

// Assess judges communes on the question's set. Findings of sets it depends on
// serve to derive what was not reported itself. A finding counts if its period
// starts on or before the day; of several, the one that ends latest wins, then
// the shorter, then the stronger provenance, then the later row. A faulty one
// leaves its indicator unknown whatever its period: nobody can say what it was
// meant to replace. The set must be usable.
func Assess(q *Question, communes []place.Unit, findings []Finding) *Assessment {
	units := slices.Clone(communes)
	slices.SortFunc(units, func(a, b place.Unit) int { return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.ID, b.ID)) })
	a := &Assessment{Set: q.Set, On: q.On, Province: q.Province, Units: units, decisions: q.Decisions[q.Set.ID]}
	a.notes = map[noted]string{}
	a.Facts = q.facts(q.Set, units, findings, a.notes)
	for _, base := range q.Library.Base(q.Set) {
		facts := q.facts(base, units, findings, map[noted]string{})
		law.Link(q.Set, a.Facts, law.Evaluate(base, q.Decisions[base.ID], facts), facts)
	}
	a.Standing = law.Evaluate(q.Set, q.Decisions[q.Set.ID], a.Facts)
	a.Illustrative = illustrative(q.Decisions, findings)
	if !q.Forget {
		a.findings = findings
	}
	a.warn(q)
	return a
}

// Origin is the finding that an indicator or part of a commune rests on, nil
// when it rests on none. One whose question said Forget has none.
func (a *Assessment) Origin(i, slot int) *Finding {
	var chosen *Finding
	for n := range a.findings {
		f := &a.findings[n]
		if f.Place.ID != a.Units[i].ID || f.Set != a.Set || f.Slot != slot || !f.Datum.Counts(a.On) {
			continue
		}
		if chosen == nil || law.ComparePrecedence(&f.Datum, &chosen.Datum) >= 0 {
			chosen = f
		}
	}
	return chosen
}

// illustrative tells whether anything an assessment rests on was generated.
func illustrative(decisions map[string]*law.Decisions, findings []Finding) bool {
	for i := range findings {
		if strings.Contains(findings[i].Note, Illustrative) {
			return true
		}
	}
	for _, d := range decisions {
		if d != nil && slices.ContainsFunc(d.Values, func(v law.Decision) bool { return v.Illustrative }) {
			return true
		}
	}
	return false
}

// facts lays the findings of one set out commune by commune, and the notes of
// those that count.
func (q *Question) facts(set *law.Set, units []place.Unit, findings []Finding, notes map[noted]string) *law.Facts {
	facts := &law.Facts{On: q.On, Communes: make([]law.CommuneFacts, len(units))}
	index := make(map[string]int, len(units))
	slots := set.Slots()
	data := make([]law.Datum, slots*len(units))
	for i := range units {
		index[units[i].ID] = i
		c := &facts.Communes[i]
		c.ID, c.Class, c.Areas = units[i].ID, ClassOf(q.Places, units[i].ID, q.On), areasOf(q.Places, &units[i], q.On)
		c.Data = data[i*slots : (i+1)*slots : (i+1)*slots]
	}
	for i := range findings {
		f := &findings[i]
		at, ok := index[f.Place.ID]
		if !ok || f.Set != set {
			continue
		}
		if old := &facts.Communes[at].Data[f.Slot]; Replaces(&f.Datum, old, q.On) {
			*old = f.Datum
			delete(notes, noted{at, f.Slot})
			if f.Note != "" {
				notes[noted{at, f.Slot}] = f.Note
			}
		}
	}
	return facts
}

// Replaces tells whether a datum takes the place of another at a day.
func Replaces(d, old *law.Datum, on day.Day) bool {
	switch {
	case d.State == law.Faulty:
		return true
	case old.State == law.Faulty || !d.Counts(on):
		return false
	}
	return old.State == law.Absent || law.ComparePrecedence(d, old) >= 0
}

// ClassOf is what of a commune chooses its thresholds at a day.
func ClassOf(places *place.Register, id string, on day.Day) law.Class {
	if u, ok := places.Latest(id); ok {
		on = min(on, u.Ended)
	}
	fact := places.RegionOf(id, on)
	region, _ := law.ParseRegion(string(fact.Region))
	class := law.Class{Region: region, Special: fact.Override != ""}
	if g, ok := places.Group(id, on); ok {
		class.Group = uint8(g)
	}
	return class
}

// areasOf lists the commune and what lies above it, the nearest first.
func areasOf(places *place.Register, u *place.Unit, on day.Day) []string {
	areas := []string{u.ID}
	for _, above := range places.At(min(on, u.Ended)).Ancestors(u.ID) {
		areas = append(areas, above.ID)
	}
	return areas
}

// warn says what a reader must know of the whole answer.
func (a *Assessment) warn(q *Question) {
	s := a.Set
	add := func(text string) { a.Warnings = append(a.Warnings, text) }
	if q.On > s.PeriodTo {
		add("giai đoạn của bộ tiêu chí đã kết thúc ngày " + s.PeriodTo.Vietnamese())
	}
	if q.On < s.From {
		add("bộ tiêu chí chưa có hiệu lực vào ngày " + q.On.Vietnamese() + " (hiệu lực từ " + s.From.Vietnamese() + ")")
	}
	if n, of := unverified(a.Standing); n > 0 {
		add(itoa(n) + "/" + itoa(of) + " mức đạt chuẩn đang dùng chưa đối chiếu văn bản gốc")
	}
	for _, am := range s.Amendments {
		if !am.Known && q.On >= am.From {
			add("chưa có nội dung sửa đổi của " + s.Instruments[am.Instrument].Number + " (từ " + am.From.Vietnamese() + ")")
		}
	}
	for i := range a.Units {
		if u, ok := q.Places.Latest(a.Units[i].ID); ok && u.Ended < q.On {
			add(u.Label() + " đã kết thúc ngày " + u.Ended.Vietnamese() + heirs(q.Places, u.ID, q.On))
		}
	}
}

func heirs(places *place.Register, id string, on day.Day) string {
	text := ""
	for _, h := range places.Successors(id, on) {
		if text != "" {
			text += ", "
		}
		text += h.Unit.Label()
	}
	if text == "" {
		return ""
	}
	return ", nay thuộc " + text
}

// unverified counts the indicators whose thresholds nobody compared with the
// original text, of all that have a threshold, over the classes in use.
func unverified(s *law.Standing) (n, of int) {
	for i := range s.Set.Indicators {
		has, open := false, false
		for c := range s.Communes {
			known, verified := s.Communes[c].Yardstick.Verified(i)
			has = has || known
			open = open || (known && !verified)
			if open {
				break
			}
		}
		if has {
			of++
		}
		if open {
			n++
		}
	}
	return n, of
}
