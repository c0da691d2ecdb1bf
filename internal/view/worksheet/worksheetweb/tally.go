package worksheetweb

import (
	"giuchuan/internal/law"
	"giuchuan/internal/register/criteria/criteriaweb"
	"giuchuan/internal/view/worksheet"
)

// tallied is the standing of a criterion in a few words.
type tallied struct {
	Verdict law.Verdict
	Text    string
	Counts  worksheet.Counts
}

func (v *sheetPage) tallyOf() tallied { return tallyOf(v.Sheet, v.Set, v.Index, v.Counts) }

func tallyOf(s *worksheet.Sheet, set *law.Set, criterion int, counts worksheet.Counts) tallied {
	standing, c := s.Standing(set), &set.Criteria[criterion]
	t := tallied{Verdict: standing.Criteria[criterion], Counts: counts}
	unmet, unknown := 0, 0
	for slot := c.First; slot < c.End; slot++ {
		switch standing.Indicators[slot].Verdict {
		case law.Unmet:
			unmet++
		case law.Unknown:
			unknown++
		}
	}
	all := itoa(c.End - c.First)
	switch {
	case unmet > 0:
		t.Text = "Chưa đạt " + itoa(unmet) + " trên " + all + " chỉ tiêu"
	case unknown > 0:
		t.Text = criteriaweb.Verdict(law.Unknown) + " " + itoa(unknown) + " trên " + all + " chỉ tiêu"
	default:
		t.Text = criteriaweb.Verdict(t.Verdict) + " " + all + " trên " + all + " chỉ tiêu"
	}
	return t
}

// wanted is the threshold of a line of the whole sheet.
func wanted(s *worksheet.Sheet, l *worksheet.Line) string {
	return demand(l.Indicator(), s.Mark(l.Set, l.Slot), &law.Trace{})
}

// before is what was reported of a line before the period.
func before(l *worksheet.Line) string {
	return valueOf(l, func(p *worksheet.Part) *law.Datum { return p.Last })
}

// current is what was reported of a line in the period.
func current(l *worksheet.Line) string {
	return valueOf(l, func(p *worksheet.Part) *law.Datum { return p.Now })
}

// valueOf writes a line's own value, or how many of its parts have one.
func valueOf(l *worksheet.Line, of func(*worksheet.Part) *law.Datum) string {
	if d := of(&l.Parts[0]); d != nil {
		return reported(l.Indicator(), d)
	}
	n := 0
	for i := range l.Parts[1:] {
		if of(&l.Parts[i+1]) != nil {
			n++
		}
	}
	if n == 0 {
		return "–"
	}
	return itoa(n) + "/" + itoa(len(l.Parts)-1) + " phần"
}
