package agencyweb

import (
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
)

// live are the assignments that go on or are still to begin, each as it was
// written last. An office of a UBND that has ended follows nothing any more.
func (h *Pages) live(history []agency.Version, today day.Day) []agency.Version {
	last := map[string]int64{}
	for _, v := range history {
		last[v.ID] = max(last[v.ID], v.Entry)
	}
	var out []agency.Version
	for _, v := range history {
		if last[v.ID] != v.Entry || v.Withdrawn || v.Until < today {
			continue
		}
		if body, ok := h.o.Assigned.Agencies().Latest(v.Agency); v.Duty != agency.Follows || ok && body.Ended >= today {
			out = append(out, v)
		}
	}
	return out
}

// act says what a row of the history did.
func act(history []agency.Version, i int) string {
	v := history[i]
	if v.Withdrawn {
		return "rút, ghi nhầm"
	}
	for j := range i {
		if history[j].ID == v.ID {
			return "sửa: " + span(&v.Assignment)
		}
	}
	return "phân công " + span(&v.Assignment)
}

// span says from when to when.
func span(a *agency.Assignment) string {
	if a.Until == day.Forever {
		return "từ " + a.From.Vietnamese()
	}
	return "từ " + a.From.Vietnamese() + " đến " + a.Until.Vietnamese()
}

// document is the decision of an assignment.
func document(a *agency.Assignment) string { return a.Number + " ngày " + a.Issued.Vietnamese() }

// short is a set's name where little room is.
func short(s *law.Set) string {
	return vntext.Capital(strings.TrimPrefix(s.Name, "Bộ tiêu chí quốc gia về "))
}

// who is the holder in a history.
func who(names map[string]string, a *agency.Assignment) string {
	name := names[a.Agency]
	if name == "" {
		name = a.Agency
	}
	if a.Office != "" {
		return a.Office + ", " + name
	}
	return name
}

func choiceNames(list []agency.Agency) string {
	var names []string
	for _, a := range list {
		names = append(names, a.Name)
	}
	return strings.Join(names, ", ")
}

func heirNames(h *agency.Held) string {
	var list []agency.Agency
	for _, x := range h.Heirs {
		list = append(list, x.Agency)
	}
	return choiceNames(list)
}

// proposalNote says why a person must choose, and among which.
func proposalNote(p *agency.Proposal) string {
	if len(p.Choices) == 0 {
		return p.Note
	}
	return p.Note + ": " + choiceNames(p.Choices)
}

// groupWords counts the communes of a group.
func groupWords(g *areaGroup) string {
	out := itoa(len(g.Rows)) + " xã"
	if g.Gaps > 0 {
		out += ", " + itoa(g.Gaps) + " xã chưa phân công"
	}
	return out
}

// gapWords is the sentence that opens the page.
func gapWords(m *listModel) string {
	out := itoa(m.led()) + "/" + itoa(len(m.set.Criteria)) + " tiêu chí có cơ quan phụ trách vào ngày " + m.on.Vietnamese() + "."
	if n := len(m.gaps.Leads); n > 0 {
		out += " " + itoa(n) + " tiêu chí, chỉ tiêu chưa phân công phụ trách."
	}
	if n := len(m.gaps.Supplies); n > 0 {
		out += " " + itoa(n) + " chỉ tiêu chưa phân công cung cấp số liệu."
	}
	return out
}

// areaWords is the sentence that opens the page of areas.
func areaWords(m *areasModel) string {
	if m.gaps == 0 {
		return "Mọi xã đã công nhận đều có phòng, ban theo dõi."
	}
	return itoa(m.gaps) + " xã chưa phân công, trong " + itoa(m.all) + " xã đã công nhận."
}

func endField(f *web.Form, id, name string) string {
	if f.Value("ma-phan-cong") == id {
		return name
	}
	return name + "-" + id
}

// endValue is what was typed about the row that came back with errors.
func endValue(f *web.Form, id, name, other string) string {
	if f.Value("ma-phan-cong") == id {
		return f.Value(name)
	}
	return other
}

func selectField(f *web.Form, name string) string { return f.Value(name) }
