package worksheet

import (
	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
)

// maker fills a sheet line by line.
type maker struct {
	reader *Reader
	sheet  *Sheet
	acts   map[int32]round.Row
	files  map[int32]int // nil = evidence is not asked for
}

// add makes a line of an indicator and puts it under its criterion.
func (m *maker) add(l round.Line) {
	at := 0
	for i := range m.sheet.Sets {
		if m.sheet.Sets[i] == l.Set {
			at = i
		}
	}
	commune := &m.sheet.Judged[at].Standing.Communes[m.sheet.rows[at]]
	line := Line{Line: l, Now: commune.Indicators[l.Slot]}
	ind := l.Indicator()
	m.parts(&line, ind)
	m.need(&line, ind, at)
	if m.files != nil {
		for _, p := range line.Parts {
			line.Files += m.files[p.Measure]
		}
	}
	if line.Has {
		line.Why = m.exceptional(&line, commune)
	}
	n := len(m.sheet.Criteria)
	if n == 0 || m.sheet.Criteria[n-1].Set != l.Set || m.sheet.Criteria[n-1].Index != ind.Criterion {
		m.sheet.Criteria = append(m.sheet.Criteria, Criterion{Set: l.Set, Index: ind.Criterion})
		n++
	}
	m.sheet.Criteria[n-1].Lines = append(m.sheet.Criteria[n-1].Lines, line)
	m.sheet.Counts.Add(line.counts())
}

// parts lays out the quantities of a line with what was reported of each.
func (m *maker) parts(line *Line, ind *law.Indicator) {
	line.State = round.Confirmed
	returned := false
	for i, slot := range append([]int{ind.Slot}, ind.Parts...) {
		p := Part{Slot: slot, Measure: line.Measures[i], Row: m.acts[line.Measures[i]]}
		p.Now, p.Last = m.reported(line.Set, slot)
		if p.Now != nil {
			line.Has = true
			line.State = min(line.State, p.Row.State)
			returned = returned || p.Row.State == round.Returned
		}
		if i == 0 || p.Row.Entry > line.Row.Entry {
			line.Row = p.Row
		}
		line.Parts = append(line.Parts, p)
	}
	switch {
	case returned:
		line.State = round.Returned
	case !line.Has:
		line.State = line.Row.State
	}
}

// reported splits what was reported of a slot into the period's own and the
// latest before it.
func (m *maker) reported(set *law.Set, slot int) (now, last *law.Datum) {
	period := m.sheet.Round.Period
	all := m.reader.Board.History(m.sheet.Unit.Key, set, slot)
	for i := range all {
		switch d := &all[i]; {
		case d.Period == period:
			now = d
		case d.Period.Last() < period.Last() && (last == nil || law.ComparePrecedence(d, last) >= 0):
			last = d
		}
	}
	return now, last
}

// need says why the round asks for a line.
func (m *maker) need(line *Line, ind *law.Indicator, at int) {
	own := &line.Parts[0]
	last := own.Last
	for i := range line.Parts[1:] {
		if p := &line.Parts[i+1]; last == nil || p.Last != nil && p.Last.Period.Last() > last.Period.Last() {
			last = p.Last
		}
	}
	if last == nil && ind.DependsOn != nil && line.Now.Verdict != law.Unknown {
		return // derived from what is reported elsewhere
	}
	w := round.Wanted{
		Due: due(ind), Period: m.sheet.Round.Period, Last: last, Verdict: line.Now.Verdict, Whole: m.sheet.Round.Whole,
		Row: round.Row{State: line.State},
	}
	if !line.Has && last != nil && line.Now.Verdict == law.Met {
		w.AtRisk = m.sheet.Judged[at].Outlook(m.sheet.rows[at], ind.Slot) != ""
	}
	line.Need = round.NeedOf(w)
	if line.Need == round.NoNeed && line.Has {
		line.Need = round.NeedDue // it was reported: it is part of the round now
	}
}

// due is how often an indicator is reported; where the set does not say, once a
// year.
func due(ind *law.Indicator) day.Kind {
	if ind.Due.Months() == 0 {
		return day.Year
	}
	return ind.Due
}

func (l *Line) counts() Counts {
	c := Counts{Lines: 1}
	if l.Need != round.NoNeed {
		c.Asked = 1
		if !l.Has {
			c.Missing = 1
		}
	}
	if l.Row.Asked {
		c.Question = 1
	}
	if !l.Has {
		return c
	}
	c.ByState[l.State] = 1
	if l.State == round.Returned && !l.Row.Mended {
		c.Back = 1
	}
	switch l.Row.Origin {
	case round.ActCarry:
		c.Carried = 1
	case round.ActSupply, round.ActSpotcheck:
		c.Supplied = 1
	default:
		c.Entered = 1
	}
	return c
}

// Exceptional is why a reviewer looks at a line by itself.
type Exceptional uint8

// The reasons.
const (
	Changed    Exceptional = iota // khác kỳ trước
	First                         // kỳ đầu có số liệu
	Near                          // sát mức đạt chuẩn
	NoEvidence                    // chưa có minh chứng
	Sampled                       // chọn mẫu
	Questioned                    // đang có đề nghị kiểm tra lại
)

// Vietnamese is the reason as people read it.
func (e Exceptional) Vietnamese() string {
	return [...]string{
		"khác kỳ trước", "kỳ đầu có số liệu", "sát mức đạt chuẩn", "chưa có minh chứng",
		"chọn mẫu để xem", "có đề nghị kiểm tra lại",
	}[e]
}

// sampleOf is how many unchanged lines there are to one that is looked at all
// the same.
const sampleOf = 20

// exceptional lists why a line cannot be taken with others.
func (m *maker) exceptional(l *Line, c *law.CommuneStanding) (out []Exceptional) {
	first, changed, mark := true, false, m.sheet.Round.Period.Code()
	for i := range l.Parts {
		p := &l.Parts[i]
		if p.Now == nil {
			continue
		}
		mark = mark*31 + p.Measure
		if p.Last != nil {
			first = false
			changed = changed || !review.SameReport(p.Now, p.Last)
		}
	}
	switch {
	case first:
		out = append(out, First)
	case changed:
		out = append(out, Changed)
	}
	if near(l.Now, &c.Yardstick.Marks[l.Slot]) {
		out = append(out, Near)
	}
	if m.files != nil && l.Files == 0 && len(l.Indicator().Evidence) > 0 && !l.Indicator().NoFiles && l.Row.Origin != round.ActCarry {
		out = append(out, NoEvidence)
	}
	if l.Row.Asked {
		out = append(out, Questioned)
	}
	if len(out) == 0 && uint32(mark*31+m.sheet.Unit.Key)%sampleOf == 0 {
		out = append(out, Sampled)
	}
	return out
}

// nearPart is which part of a threshold still counts as near: a fiftieth, 2 %.
const nearPart = 50

// near tells whether a value lies within 2 % of its threshold.
func near(o law.Outcome, m *law.Mark) bool {
	if !o.HasMargin || m == nil || m.Value <= 0 {
		return false
	}
	margin := o.Margin
	if margin < 0 {
		margin = -margin
	}
	return margin*nearPart <= m.Value
}
