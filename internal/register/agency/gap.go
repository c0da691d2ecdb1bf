package agency

import (
	"context"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/place"
)

// Gap is something that nobody is assigned to on a day.
type Gap struct {
	Duty      Duty
	Set, Code string     // of a criterion or an indicator
	Name      string     // of it
	Place     place.Unit // of an area
	Agency    Agency     // of an area: the UBND whose office is to follow it
	Reason    string     // "chưa phân công", or that the agency ended and several took over
	Choices   []Agency   // those who took over
}

// Gaps is everything that nobody is assigned to on a day.
type Gaps struct {
	Leads    []Gap // criteria, or single indicators of a criterion that is led in part
	Supplies []Gap // indicators whose figures the set says an agency supplies
	Areas    []Gap // communes that no office follows
}

// Count is how many there are.
func (g *Gaps) Count() int { return len(g.Leads) + len(g.Supplies) + len(g.Areas) }

const (
	reasonNone    = "chưa phân công"
	reasonDivided = "cơ quan được phân công đã kết thúc và chia việc cho nhiều cơ quan, cần chọn cơ quan kế thừa"
)

// Gaps lists what nobody is assigned to on a day: in the criteria sets of that
// day, and among the communes given (those that hold a title).
func (s *Assignments) Gaps(_ context.Context, tx *db.Tx, on day.Day, communes []place.Unit) (Gaps, error) {
	v, err := s.view(tx, on)
	if err != nil {
		return Gaps{}, err
	}
	var out Gaps
	for _, set := range s.SetsOf(on) {
		for i := range set.Criteria {
			s.criterionGaps(v, set, &set.Criteria[i], &out)
		}
	}
	for _, u := range communes {
		if len(officesOf(v, u.ID)) > 0 {
			continue
		}
		g := Gap{Duty: Follows, Place: u, Name: u.Title(), Reason: reasonNone}
		g.Agency, _ = s.agencies.Above(u.ID, on)
		out.Areas = append(out.Areas, g)
	}
	return out, nil
}

// SetsOf lists the criteria sets written for a day, drafts left out.
func (s *Assignments) SetsOf(on day.Day) []*law.Set {
	var out []*law.Set
	for _, set := range s.lib.Sets {
		if !set.Draft && set.PeriodFrom <= on && on <= set.PeriodTo {
			out = append(out, set)
		}
	}
	return out
}

func (s *Assignments) criterionGaps(v *dayView, set *law.Set, k *law.Criterion, out *Gaps) {
	var open []Gap
	for slot := k.First; slot < k.End; slot++ {
		ind := &set.Indicators[slot]
		if h, ok := s.leadOf(v, FieldOf{set.ID, ind.Code}); !ok || !h.Settled() {
			open = append(open, leadGap(set, ind.Code, ind.Name, &h))
		}
		if ind.Supplier == "" {
			continue
		}
		settled := false
		for _, h := range s.suppliersOf(v, FieldOf{set.ID, ind.Code}) {
			settled = settled || h.Settled()
		}
		if !settled {
			out.Supplies = append(out.Supplies, Gap{Duty: Supplies, Set: set.ID, Code: ind.Code, Name: ind.Name, Reason: reasonNone})
		}
	}
	if len(open) == k.End-k.First && len(open) > 0 {
		h, _ := s.leadOf(v, FieldOf{set.ID, k.Code})
		open = []Gap{leadGap(set, k.Code, k.Name, &h)}
	}
	out.Leads = append(out.Leads, open...)
}

func leadGap(set *law.Set, code, name string, h *Held) Gap {
	g := Gap{Duty: Leads, Set: set.ID, Code: code, Name: name, Reason: reasonNone}
	if len(h.Heirs) > 0 {
		g.Reason = reasonDivided
		for _, heir := range h.Heirs {
			g.Choices = append(g.Choices, heir.Agency)
		}
	}
	return g
}
