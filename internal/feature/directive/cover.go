package directive

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
)

// Charge is a criterion that an agency is in charge of, or whose figures it
// supplies.
type Charge struct {
	Agency   string
	Code     string // of the criterion: "15"
	Supplies bool   // supplies figures; otherwise in charge
	Proposed bool   // the criteria set names it, no decision has assigned it yet
}

// Place is where a body stands in a document.
type Place struct {
	Agency    string
	Attended  bool
	Recipient bool
	Assigned  bool // a duty names it, or a collective of its kind; not "các đơn vị liên quan" alone
}

// Gap is an agency that looks after criteria and that a document passes by.
type Gap struct {
	Agency   string
	Codes    []string // criteria, in the order of their numbers
	Proposed bool     // no decision has assigned any of them yet
}

// Coverage is what "Kiểm tra bao phủ" finds (clauses P2 and S1.3).
type Coverage struct {
	Places    []Place  // every body of the document, sorted
	Absent    []string // attended, and is not among the recipients
	Untasked  []string // recipients for action that no duty names
	InCharge  []Gap    // in charge of criteria, neither attended nor received
	Suppliers []Gap    // supply figures, neither attended nor received
}

// Clean tells whether nothing was found.
func (c *Coverage) Clean() bool {
	return len(c.Absent) == 0 && len(c.Untasked) == 0 && len(c.InCharge) == 0 && len(c.Suppliers) == 0
}

// Blind tells whether nothing can be compared: the document names no attendee and
// no recipient of the directory.
func (c *Coverage) Blind() bool {
	return !slices.ContainsFunc(c.Places, func(p Place) bool { return p.Attended || p.Recipient })
}

// Cover compares who attended, who receives and who is given duties. Rows for
// report or archive and rows to persons are no recipients that a duty is looked
// for; they still receive the document.
func Cover(d *Document, duties []Duty, charges []Charge) Coverage {
	places := map[string]*Place{}
	at := func(id string) *Place {
		if places[id] == nil {
			places[id] = &Place{Agency: id}
		}
		return places[id]
	}
	for i := range d.Attendees {
		for _, id := range d.Attendees[i].Agencies {
			at(id).Attended = true
		}
	}
	acts := map[string]bool{}
	for i := range d.Recipients {
		r := &d.Recipients[i]
		for _, id := range r.Agencies {
			at(id).Recipient = true
			acts[id] = acts[id] || !r.Person && forAction(r.Purpose)
		}
	}
	for i := range duties {
		for _, a := range duties[i].Addressees {
			if duties[i].Removed || General(a.Text) {
				continue
			}
			for _, id := range a.Agencies {
				at(id).Assigned = true
			}
		}
	}
	var c Coverage
	for _, p := range places {
		c.Places = append(c.Places, *p)
	}
	slices.SortFunc(c.Places, func(a, b Place) int { return strings.Compare(a.Agency, b.Agency) })
	for _, p := range c.Places {
		if p.Attended && !p.Recipient {
			c.Absent = append(c.Absent, p.Agency)
		}
		if acts[p.Agency] && !p.Assigned {
			c.Untasked = append(c.Untasked, p.Agency)
		}
	}
	if c.Blind() {
		return c
	}
	reached := func(id string) bool { return places[id] != nil && (places[id].Attended || places[id].Recipient) }
	c.InCharge, c.Suppliers = gaps(charges, false, reached), gaps(charges, true, reached)
	return c
}

func forAction(purpose string) bool { return purpose == "" || purpose == "thực hiện" }

// General tells whether an addressee's words name nobody in particular: "các
// ngành, cơ quan, đơn vị liên quan". Such words give a duty to many, but are no
// sign that a document thought of one of them.
func General(text string) bool {
	key := vntext.SearchKey(text)
	for _, head := range []string{"cac so ban nganh", "cac so nganh", "so nganh", "so ban nganh", "cac nganh", "cac co quan", "cac don vi", "don vi neu tren", "thu truong cac"} {
		if strings.HasPrefix(key, head) {
			return true
		}
	}
	return strings.Contains(key, "lien quan")
}

func gaps(charges []Charge, supplies bool, reached func(string) bool) []Gap {
	var out []Gap
	for _, x := range charges {
		if x.Supplies != supplies || x.Agency == "" || reached(x.Agency) {
			continue
		}
		i := slices.IndexFunc(out, func(g Gap) bool { return g.Agency == x.Agency })
		if i < 0 {
			out = append(out, Gap{Agency: x.Agency, Proposed: true})
			i = len(out) - 1
		}
		if !slices.Contains(out[i].Codes, x.Code) {
			out[i].Codes = append(out[i].Codes, x.Code)
		}
		out[i].Proposed = out[i].Proposed && x.Proposed
	}
	for i := range out {
		slices.SortFunc(out[i].Codes, byNumber)
	}
	slices.SortStableFunc(out, func(a, b Gap) int { return byNumber(a.Codes[0], b.Codes[0]) })
	return out
}

// byNumber compares the numbers of two criteria: "5" before "14".
func byNumber(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

// Charges lists who looks after the criteria of communes on a day: by decision,
// and where there is none as the criteria sets name it.
func (s *Service) Charges(ctx context.Context, tx *db.Tx, on day.Day) ([]Charge, error) {
	if s.o.Assigned == nil || on == day.None {
		return nil, nil
	}
	list, err := s.o.Assigned.List(ctx, tx)
	if err != nil {
		return nil, err
	}
	var out []Charge
	for _, set := range s.o.Assigned.SetsOf(on) {
		if !strings.HasPrefix(set.ID, "xa-") {
			continue
		}
		criterion := func(code string) string {
			if slot, ok := set.Slot(code); ok {
				return set.Criteria[set.At(slot).Criterion].Code
			}
			return code
		}
		for i := range list {
			if a := &list[i]; a.Set == set.ID && a.Duty != agency.Follows && a.Holds(on) {
				out = append(out, Charge{Agency: a.Agency, Code: criterion(a.Code), Supplies: a.Duty == agency.Supplies})
			}
		}
		proposals, err := s.o.Assigned.Propose(ctx, tx, set.ID, on)
		if err != nil {
			return nil, err
		}
		for i := range proposals {
			if p := &proposals[i]; p.Settled() {
				out = append(out, Charge{Agency: p.Agency.ID, Code: criterion(p.Code), Supplies: p.Duty == agency.Supplies, Proposed: true})
			}
		}
	}
	return out, nil
}
