package worksheet

import (
	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/view/board"
)

// maker fills a sheet line by line.
type maker struct {
	sheet   *Sheet
	acts    map[int32]round.Row
	files   map[int32]int // nil = evidence is not asked for
	reports []board.Reports
	room    []Part       // that lines cut their parts from
	ahead   []*law.Ahead // beside the sheet's sets; nil until asked
}

// reserve makes room for what some lines need, at once.
func (m *maker) reserve(lines []round.Line) {
	n, criteria := 0, 0
	for i := range lines {
		n += len(lines[i].Measures)
		if i == 0 || lines[i].Set != lines[i-1].Set || lines[i].Indicator().Criterion != lines[i-1].Indicator().Criterion {
			criteria++
		}
	}
	m.room = make([]Part, 0, n)
	m.sheet.lines = make([]Line, 0, len(lines))
	m.sheet.Criteria = make([]Criterion, 0, criteria)
	m.ahead = make([]*law.Ahead, len(m.sheet.Sets))
}

// add makes a line of an indicator and puts it under its criterion.
func (m *maker) add(l *round.Line) {
	at := 0
	for i := range m.sheet.Sets {
		if m.sheet.Sets[i] == l.Set {
			at = i
		}
	}
	commune := &m.sheet.Judged[at].Standing.Communes[m.sheet.rows[at]]
	m.sheet.lines = append(m.sheet.lines, Line{Line: *l, Now: commune.Indicators[l.Slot]})
	end := len(m.sheet.lines)
	line := &m.sheet.lines[end-1]
	ind := l.Indicator()
	m.parts(line, ind)
	m.need(line, ind, at)
	if m.files != nil {
		for _, p := range line.Parts {
			line.Files += m.files[p.Measure]
		}
	}
	if line.Has {
		line.Why = m.exceptional(line, commune)
	}
	n := len(m.sheet.Criteria)
	if n == 0 || m.sheet.Criteria[n-1].Set != l.Set || m.sheet.Criteria[n-1].Index != ind.Criterion {
		m.sheet.Criteria = append(m.sheet.Criteria, Criterion{Set: l.Set, Index: ind.Criterion, Lines: m.sheet.lines[end-1 : end-1]})
		n++
	}
	c := &m.sheet.Criteria[n-1]
	c.Lines = m.sheet.lines[end-1-len(c.Lines) : end : end]
	m.sheet.Counts.Add(line.counts())
}

// parts lays out the quantities of a line with what was reported of each.
func (m *maker) parts(line *Line, ind *law.Indicator) {
	line.State = round.Confirmed
	returned := false
	from := len(m.room)
	for i, measure := range line.Measures {
		p := Part{Slot: ind.Slot, Measure: measure, Row: m.acts[measure]}
		if i > 0 {
			p.Slot = ind.Parts[i-1]
		}
		if int(measure) < len(m.reports) {
			r := &m.reports[measure]
			p.Now, p.Last = known(&r.Now), known(&r.Last)
		}
		if p.Now != nil {
			line.Has = true
			line.State = min(line.State, p.Row.State)
			returned = returned || p.Row.State == round.Returned
		}
		if i == 0 || p.Row.Entry > line.Row.Entry {
			line.Row = p.Row
		}
		m.room = append(m.room, p)
	}
	line.Parts = m.room[from:len(m.room):len(m.room)]
	switch {
	case returned:
		line.State = round.Returned
	case !line.Has:
		line.State = line.Row.State
	}
}

// known is the datum, nil when nothing was reported.
func known(d *law.Datum) *law.Datum {
	if !d.Known() {
		return nil
	}
	return d
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
	line.Need = round.NeedOf(w)
	if !line.Has && (line.Need == round.NoNeed || line.Need == round.NeedWhole) {
		w.AtRisk = m.atRisk(at, ind.Slot)
		line.Need = round.NeedOf(w)
	}
	if line.Need == round.NoNeed && line.Has {
		line.Need = round.NeedDue // it was reported: it is part of the round now
	}
}

// atRisk tells whether the next year's threshold will make a passed indicator
// fail.
func (m *maker) atRisk(at, slot int) bool {
	judged, row := m.sheet.Judged[at], m.sheet.rows[at]
	if o := &judged.Standing.Communes[row].Indicators[slot]; o.Verdict != law.Met || !o.HasMargin {
		return false
	}
	if m.ahead[at] == nil {
		m.ahead[at] = judged.Ahead()
	}
	return judged.RiskOf(m.ahead[at], row, slot)
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
	if near(l.Indicator(), l.Now, &c.Yardstick.Marks[l.Slot]) {
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

// near tells whether a value lies within 2 % of its threshold. What meets a
// threshold of 100 % cannot do better and is not near it.
func near(ind *law.Indicator, o law.Outcome, m *law.Mark) bool {
	if !o.HasMargin || m == nil || m.Value <= 0 || o.Margin >= 0 && ind.Unit == "%" && m.Value >= 100*law.One {
		return false
	}
	margin := o.Margin
	if margin < 0 {
		margin = -margin
	}
	return margin*nearPart <= m.Value
}
