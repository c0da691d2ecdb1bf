package directiveweb

import (
	"strings"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/web"
)

func factDay(d *directive.Document) string {
	if d.Issued != day.None {
		return d.Issued.Vietnamese()
	}
	return d.DayLine()
}

func issuerWords(d *directive.Document) string {
	switch {
	case d.Issuer == "":
		return "chưa rõ"
	case d.Inferred:
		return d.Issuer + " (suy ra)"
	}
	return d.Issuer
}

func meetingWords(d *directive.Document) string {
	var out []string
	if d.Meeting.On != day.None {
		out = append(out, d.Meeting.On.Vietnamese())
	}
	if d.Meeting.Chair != "" {
		out = append(out, d.Meeting.Chair+" chủ trì")
	}
	return strings.Join(out, ", ")
}

// attendedWords counts the bodies that attended; a collective counts as what it
// was expanded to.
func attendedWords(m *paper) string {
	n := 0
	for _, p := range m.coverage.Places {
		if p.Attended {
			n++
		}
	}
	return itoa(n) + " cơ quan"
}

// coverWords says what the check found, in one sentence.
func coverWords(m *paper) string {
	c := &m.coverage
	var out []string
	if len(c.Absent) > 0 {
		out = append(out, fullNames(m, c.Absent)+" dự họp nhưng không có trong nơi nhận")
	}
	if len(c.Untasked) > 0 {
		out = append(out, itoa(len(c.Untasked))+" nơi nhận không được nêu tên ở nhiệm vụ nào")
	}
	if len(c.InCharge) > 0 {
		out = append(out, itoa(len(c.InCharge))+" cơ quan phụ trách tiêu chí không dự họp, không nhận văn bản")
	}
	if len(c.Suppliers) > 0 {
		out = append(out, itoa(len(c.Suppliers))+" cơ quan cung cấp số liệu không dự họp, không nhận văn bản")
	}
	if len(out) == 0 {
		return "Cơ quan dự họp, nơi nhận và đơn vị được giao khớp nhau."
	}
	return sentence(strings.Join(out, "; "))
}

func fullNames(m *paper, ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = m.names.Of(id)
	}
	return strings.Join(out, ", ")
}

func refs(duties []directive.Duty) string {
	var out []string
	for i := range duties {
		out = append(out, duties[i].Ref)
	}
	return strings.Join(out, ", ")
}

func kindChoices() []web.Choice {
	var out []web.Choice
	for _, k := range directive.Kinds() {
		out = append(out, web.Choice{Value: k.Code, Text: k.Name})
	}
	return out
}
