package review

import (
	"cmp"
	"slices"
	"strings"

	"giuchuan/internal/law"
)

// Situation is a commune's tình trạng giữ chuẩn.
type Situation uint8

// The situations, the gravest first.
const (
	UnderRevocation Situation = iota // thuộc diện xem xét thu hồi
	MayBeUnder                       // would be, if every unknown criterion were unmet
	SomeUnmet                        // còn tiêu chí chưa đạt
	NotEnoughData                    // chưa đủ số liệu
	Held                             // giữ vững
	situations      = Held + 1
)

var situationNames = [...]string{
	"Thuộc diện xem xét thu hồi", "Có thể thuộc diện xem xét thu hồi khi đủ số liệu",
	"Còn tiêu chí chưa đạt", "Chưa đủ số liệu", "Giữ vững",
}

// Vietnamese is the situation as people read it.
func (s Situation) Vietnamese() string { return situationNames[s] }

// SituationOf gives the situation of a commune's standing. A commune of which
// no criterion is known lacks data; nothing is said of its revocation.
func SituationOf(c *law.CommuneStanding) Situation {
	switch {
	case c.Revocation.Certain != nil:
		return UnderRevocation
	case c.Counts.Unknown == len(c.Criteria):
		return NotEnoughData
	case c.Revocation.Possible != nil:
		return MayBeUnder
	case c.Counts.Unmet > 0:
		return SomeUnmet
	case c.Counts.Unknown > 0:
		return NotEnoughData
	}
	return Held
}

// Summary is what a person should see first of an assessment.
type Summary struct {
	Groups      [situations][]int // indexes of communes, the worst first
	Provenances [4]int            // data in use by law.Provenance
	Data        int               // indicators that rest on a datum
	Cells       int               // indicators of all communes
}

// Summarize groups the communes of an assessment and counts what their verdicts
// rest on.
func (a *Assessment) Summarize() *Summary {
	s := &Summary{}
	for i := range a.Standing.Communes {
		at := SituationOf(&a.Standing.Communes[i])
		s.Groups[at] = append(s.Groups[at], i)
		s.Cells += len(a.Set.Indicators)
		data := a.Facts.Communes[i].Data
		for slot := range a.Set.Indicators {
			if d := &data[slot]; d.Known() && d.State != law.Faulty {
				s.Data++
				s.Provenances[d.Provenance]++
			} else if p, ok := a.partProvenance(i, slot); ok {
				s.Data++
				s.Provenances[p]++
			}
		}
	}
	for _, g := range s.Groups {
		slices.SortStableFunc(g, func(x, y int) int {
			m, n := a.Standing.Communes[x].Counts, a.Standing.Communes[y].Counts
			return cmp.Or(cmp.Compare(n.Unmet, m.Unmet), cmp.Compare(n.Unknown, m.Unknown), cmp.Compare(a.Units[x].Code, a.Units[y].Code))
		})
	}
	return s
}

// partProvenance is the weakest provenance of an indicator's parts.
func (a *Assessment) partProvenance(i, slot int) (law.Provenance, bool) {
	weakest, any := law.FieldChecked, false
	for _, p := range a.Set.Indicators[slot].Parts {
		if d := &a.Facts.Communes[i].Data[p]; d.Known() && d.State != law.Faulty {
			weakest, any = min(weakest, d.Provenance), true
		}
	}
	return weakest, any
}

// RevocationSentence says the result of the revocation test in words, "" when
// nothing has to be said: "Thuộc diện xem xét thu hồi: 6/19 tiêu chí chưa đạt
// (31,6%), trong đó có Thu nhập".
func (a *Assessment) RevocationSentence(i int) string {
	c := &a.Standing.Communes[i]
	t := &c.Revocation
	switch SituationOf(c) {
	case UnderRevocation:
		text := UnderRevocation.Vietnamese() + ": " + a.shareText(t.Unmet, t.Total)
		if len(t.CoreUnmet) > 0 {
			text += ", trong đó có " + strings.Join(a.names(t.CoreUnmet), ", ")
		}
		return text
	case MayBeUnder:
		return MayBeUnder.Vietnamese() + ": " + a.shareText(t.Unmet, t.Total) + ", " +
			itoa(c.Counts.Unknown) + " tiêu chí chưa đủ số liệu"
	}
	return ""
}

func (a *Assessment) names(criteria []int) []string {
	var out []string
	for _, i := range criteria {
		out = append(out, a.Set.Criteria[i].Name)
	}
	return out
}

// shareText writes "6/19 tiêu chí chưa đạt (31,6%)".
func (a *Assessment) shareText(unmet, total int) string {
	tenths := (unmet*1000*2 + total) / (2 * total)
	return itoa(unmet) + "/" + itoa(total) + " tiêu chí chưa đạt (" + itoa(tenths/10) + "," + itoa(tenths%10) + "%)"
}

// Short lists a commune's unmet criteria with the indicators that fail:
// "15 Y tế (15.1: nam: 89,78 % < 90 %: chưa đạt; còn thiếu 8 người nam)".
func (a *Assessment) Short(i int) []string {
	var out []string
	c := &a.Standing.Communes[i]
	for at, v := range c.Criteria {
		if v != law.Unmet {
			continue
		}
		crit := &a.Set.Criteria[at]
		var why []string
		for slot := crit.First; slot < crit.End; slot++ {
			if c.Indicators[slot].Verdict == law.Unmet {
				t := a.Explain(i, slot)
				why = append(why, t.Code+": "+t.Reason)
			}
		}
		out = append(out, crit.Code+" "+crit.Name+" ("+strings.Join(why, "; ")+")")
	}
	return out
}

// Outlook says what the next year's threshold will make of an indicator of a
// commune, "" when nothing changes.
func (a *Assessment) Outlook(i, slot int) string {
	return law.Outlook(&a.Standing.Communes[i], a.decisions, &a.Facts.Communes[i], slot)
}

// Ahead answers [Assessment.RiskOf]; it serves one goroutine.
func (a *Assessment) Ahead() *law.Ahead { return law.NewAhead(a.decisions) }

// RiskOf tells whether a commune passes an indicator now and will fail it by the
// next year's threshold if its datum stays.
func (a *Assessment) RiskOf(ahead *law.Ahead, i, slot int) bool {
	c := &a.Standing.Communes[i]
	if o := &c.Indicators[slot]; o.Verdict != law.Met || !o.HasMargin {
		return false
	}
	_, v, ok := ahead.Next(c, &a.Facts.Communes[i], slot)
	return ok && v == law.Unmet
}

// Risk is an indicator that communes pass now and will fail by the next year's
// threshold if their data stay.
type Risk struct {
	Slot     int
	Demand   string // the next year's threshold: "≥ 48 triệu đồng/người/năm"
	Communes []int
}

// AtRisk lists the indicators with an early warning, in number order.
func (a *Assessment) AtRisk() []Risk {
	var out []Risk
	ahead := law.NewAhead(a.decisions)
	for slot := range a.Set.Indicators {
		r := Risk{Slot: slot}
		for i := range a.Standing.Communes {
			c := &a.Standing.Communes[i]
			if o := &c.Indicators[slot]; o.Verdict != law.Met || !o.HasMargin {
				continue
			}
			if n, v, ok := ahead.Next(c, &a.Facts.Communes[i], slot); ok && v == law.Unmet {
				r.Demand = a.Set.Indicators[slot].Requirement(n)
				r.Communes = append(r.Communes, i)
			}
		}
		if len(r.Communes) > 0 {
			out = append(out, r)
		}
	}
	return out
}
