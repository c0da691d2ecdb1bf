package agency

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
)

// Proposal is what a criteria set says of a criterion or an indicator that is
// not assigned: a person confirms it with the decision that assigns it.
type Proposal struct {
	Duty      Duty
	Set, Code string
	Name      string   // of the criterion or indicator
	Named     string   // as the set names the agency
	Agency    Agency   // empty where a person must choose
	Choices   []Agency // among these, where they are known
	Note      string   // why a person must choose, or how the name was read
}

// Settled tells whether the name leads to one agency.
func (p *Proposal) Settled() bool { return p.Agency.ID != "" }

// names tells whether the agency is the one named, or one to choose.
func (p *Proposal) names(id string) bool {
	return p.Agency.ID == id || slices.ContainsFunc(p.Choices, func(a Agency) bool { return a.ID == id })
}

const (
	noteSeveral  = "bộ tiêu chí ghi nhiều cơ quan, cần chọn cơ quan phụ trách"
	noteUnread   = "không tìm thấy cơ quan này trong danh bạ vào ngày này, cần chọn"
	noteDivided  = "cơ quan này đã kết thúc và chia việc cho nhiều cơ quan, cần chọn"
	noteNowadays = "theo cơ quan kế thừa mà bộ tiêu chí ghi"
	noteHeir     = "cơ quan kế thừa toàn bộ"
	noteNoLead   = "bộ tiêu chí không ghi cơ quan"
)

// Propose lists what a criteria set says of everything in it that nobody is
// assigned to on a day, in the order of the set.
func (s *Assignments) Propose(_ context.Context, tx *db.Tx, setID string, on day.Day) ([]Proposal, error) {
	set, err := s.lib.Set(setID)
	if err != nil {
		return nil, err
	}
	v, err := s.view(tx, on)
	if err != nil {
		return nil, err
	}
	var out []Proposal
	for _, p := range s.proposals(set, on) {
		taken := slices.ContainsFunc(v.suppliers[Field(set.ID, p.Code)], (*Held).Settled)
		if p.Duty == Leads {
			h, ok := s.leadOf(v, FieldOf{set.ID, p.Code})
			taken = ok && (h.Settled() || h.Code == p.Code && len(h.Heirs) == 0)
			if ok && h.Settled() && h.Code != p.Code && !p.names(h.Body.ID) {
				taken = false // the set names another agency for this indicator alone
			}
		}
		if !taken {
			out = append(out, p)
		}
	}
	return out, nil
}

// proposals reads the names of a whole set.
func (s *Assignments) proposals(set *law.Set, on day.Day) []Proposal {
	var out []Proposal
	for i := range set.Criteria {
		k := &set.Criteria[i]
		out = append(out, s.leadsOf(set, k, on)...)
		for slot := k.First; slot < k.End; slot++ {
			if ind := &set.Indicators[slot]; ind.Supplier != "" {
				p := Proposal{Duty: Supplies, Set: set.ID, Code: ind.Code, Name: ind.Name, Named: ind.Supplier}
				s.settle(&p, []part{readPart(ind.Supplier)}, on)
				out = append(out, p)
			}
		}
	}
	return out
}

// part is one agency of a lead as people write it: "Sở Tư pháp (18.4)", "Sở
// TN&MT chủ trì", "Sở LĐTBXH (nay Sở Nội vụ)".
type part struct {
	names []string // alternatives: "Sở Nội vụ / Sở TT&TT"
	now   []string // "nay …"
	codes []string // the indicators it leads alone
	first bool     // "chủ trì"
}

var (
	bracket   = regexp.MustCompile(`\(([^()]*)\)`)
	wholeCode = regexp.MustCompile(`^\d+\.[\dA-Za-z.]+$`)
)

func readPart(text string) part {
	var p part
	for _, inside := range bracket.FindAllStringSubmatch(text, -1) {
		if now, ok := strings.CutPrefix(inside[1], "nay "); ok {
			p.now = splitTrim(now, "/")
			continue
		}
		for _, code := range strings.FieldsFunc(inside[1], func(r rune) bool { return r == ',' || r == ' ' }) {
			if wholeCode.MatchString(code) {
				p.codes = append(p.codes, code)
			}
		}
	}
	name := strings.TrimSpace(bracket.ReplaceAllString(text, ""))
	name, p.first = strings.CutSuffix(name, " chủ trì")
	p.names = []string{name}
	if alternatives := splitTrim(name, "/"); len(alternatives) > 1 {
		p.names = append(p.names, alternatives...)
	}
	return p
}

func splitTrim(text, by string) []string {
	var out []string
	for _, one := range strings.Split(text, by) {
		if one = strings.TrimSpace(one); one != "" {
			out = append(out, one)
		}
	}
	return out
}

// leadsOf reads who leads a criterion: one agency for the whole, and those for
// single indicators.
func (s *Assignments) leadsOf(set *law.Set, k *law.Criterion, on day.Day) []Proposal {
	whole := Proposal{Duty: Leads, Set: set.ID, Code: k.Code, Name: k.Name, Named: k.Lead, Note: noteNoLead}
	var common []part
	var out []Proposal
	for _, text := range splitTrim(k.Lead, ";") {
		p := readPart(text)
		if len(p.codes) == 0 {
			common = append(common, p)
		}
		for _, code := range p.codes {
			if slot, ok := set.Slot(code); ok {
				one := Proposal{Duty: Leads, Set: set.ID, Code: code, Name: set.At(slot).Name, Named: text}
				s.settle(&one, []part{p}, on)
				out = append(out, one)
			}
		}
	}
	if i := slices.IndexFunc(common, func(p part) bool { return p.first }); i >= 0 {
		common = common[i : i+1]
	}
	if len(common) > 0 || len(out) == 0 {
		s.settle(&whole, common, on)
		out = append([]Proposal{whole}, out...)
	}
	return out
}

// settle finds the one agency that the parts name, or those to choose among.
func (s *Assignments) settle(p *Proposal, parts []part, on day.Day) {
	for i := range parts {
		found, note := s.bodies(&parts[i], on)
		for _, a := range found {
			if a.PlaceID == "" && !slices.ContainsFunc(p.Choices, func(b Agency) bool { return b.ID == a.ID }) {
				p.Choices = append(p.Choices, a)
			}
		}
		p.Note = note
	}
	switch {
	case len(parts) > 1:
		p.Note = noteSeveral
	case len(p.Choices) == 1 && p.Note != noteUnread:
		p.Agency, p.Choices = p.Choices[0], nil
	}
}

// bodies gives the agencies of a day that one part names.
func (s *Assignments) bodies(p *part, on day.Day) (found []Agency, note string) {
	all, note := s.named(p.names[:1], on)
	if len(all) == 0 && len(p.names) > 1 {
		all, note = s.named(p.names[1:], on)
		if len(all) > 1 {
			note = noteSeveral
		}
	}
	if len(all) == 1 || len(p.now) == 0 {
		return all, note
	}
	later, _ := s.named(p.now, on)
	later = slices.DeleteFunc(later, func(a Agency) bool {
		return len(all) > 0 && !slices.ContainsFunc(all, func(b Agency) bool { return b.ID == a.ID })
	})
	if len(later) == 1 {
		return later, noteNowadays
	}
	return all, note
}

func (s *Assignments) named(names []string, on day.Day) (found []Agency, note string) {
	for _, name := range names {
		m, err := s.agencies.Resolve(name, on)
		switch {
		case err != nil || m.Collective != nil:
			if note == "" {
				note = noteUnread
			}
		case len(m.Successors) > 0:
			note = noteDivided
			if len(m.Successors) == 1 && len(m.Successors[0].Topics) == 0 && !m.Successors[0].Choice {
				note = noteHeir
			}
			for _, h := range m.Successors {
				found = append(found, h.Agency)
			}
		default:
			found = append(found, m.Agency)
		}
	}
	return found, note
}
