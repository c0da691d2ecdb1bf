package directiveweb

import (
	"strings"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/evidence"
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
	if c.Blind() {
		return "Chưa đối chiếu được: văn bản không ghi cơ quan dự họp, nơi nhận nào có trong danh bạ của tỉnh."
	}
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

// below is what stands under the title of a document in the register.
func below(r *directive.Row) string {
	var out []string
	if r.Kind != "" || r.State != directive.Stub {
		out = append(out, directive.KindWords(r.Kind))
	}
	if r.Issuer != "" {
		out = append(out, issuerWords(&r.Document))
	}
	if r.Meeting.On != day.None {
		out = append(out, "họp ngày "+r.Meeting.On.Vietnamese())
	}
	return strings.Join(out, ", ")
}

func memberFacts(x *directive.Member) string {
	var out []string
	if x.Post != "" {
		out = append(out, x.Post)
	}
	out = append(out, spanOf(x), "theo "+x.Number+" ngày "+x.Decided.Vietnamese())
	if x.Note != "" {
		out = append(out, x.Note)
	}
	return strings.Join(out, "; ")
}

func fileFacts(x *evidence.Item) string {
	if x.Caption == "" {
		return evidence.SizeText(x.Size)
	}
	return x.Caption + ", " + evidence.SizeText(x.Size)
}

func changeFacts(m *paper, c *directive.Change) string {
	if who := m.said[c.Entry]; who != "" {
		return c.On.Vietnamese() + ", " + who
	}
	return c.On.Vietnamese()
}
