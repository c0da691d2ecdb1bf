package directiveweb

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/web"
)

// sentence is text as a sentence of its own.
func sentence(text string) string {
	text = vntext.Capital(strings.TrimSpace(text))
	if text == "" || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

// editable tells whether the duties of a document may be changed.
func editable(d *directive.Document) bool {
	return d.State == directive.Proposed || d.State == directive.Active
}

// undecided tells whether several bodies wait for one to lead.
func undecided(d *directive.Duty) bool {
	for _, a := range d.Addressees {
		if a.Role == directive.Undecided {
			return true
		}
	}
	return false
}

// sureness says how sure the reading was.
func sureness(d *directive.Duty) string {
	if d.Confidence >= 100 {
		return "người đã sửa"
	}
	return "độ tin cậy " + itoa(d.Confidence) + " %"
}

func dutiesHeading(m *readModel) string {
	if m.doc.State == directive.Proposed {
		return itoa(len(m.live)) + " nhiệm vụ đề xuất"
	}
	return itoa(len(m.live)) + " nhiệm vụ"
}

func objectWords(d *directive.Duty) string {
	var out []string
	for _, o := range d.Objects {
		text := o.Text
		if o.Place == "" {
			text += " (chưa rõ địa bàn)"
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

// extraWords tells what a person added to a duty.
func extraWords(m *paper, d *directive.Duty) string {
	var out []string
	if d.Product != "" {
		out = append(out, "sản phẩm: "+d.Product)
	}
	if d.Checker != "" {
		out = append(out, "kiểm tra: "+m.names.Of(d.Checker))
	}
	for _, s := range d.Steps {
		if s.Closes && len(d.Steps) > 1 {
			out = append(out, "hoàn thành khi: "+vntext.Uncapital(s.Name))
		}
	}
	if d.Separate {
		out = append(out, "theo dõi riêng")
	}
	return sentence(strings.Join(out, "; "))
}

func formID(d *directive.Duty) string {
	if d == nil {
		return newDuty
	}
	return d.ID
}

func formPath(m *readModel, d *directive.Duty) string {
	if d == nil {
		return pathOf(m.doc.ID) + "/nhiem-vu"
	}
	return pathOf(m.doc.ID) + "/nhiem-vu/" + d.ID
}

// shortText is the beginning of a text, for a menu.
func shortText(text string) string {
	const most = 60
	if r := []rune(text); len(r) > most {
		return strings.TrimSpace(string(r[:most])) + "…"
	}
	return text
}

func after(m *readModel) []web.Choice {
	out := []web.Choice{{Text: "cuối văn bản"}}
	for i := range m.live {
		out = append(out, web.Choice{Value: m.live[i].ID, Text: m.live[i].Ref + " " + shortText(m.live[i].Text)})
	}
	return out
}

// others lists the other duties, the neighbours first.
func others(m *readModel, d *directive.Duty) []web.Choice {
	var out []web.Choice
	at := 0
	for i := range m.live {
		if m.live[i].ID == d.ID {
			at = i
		}
	}
	add := func(i int) {
		if i >= 0 && i < len(m.live) && i != at {
			out = append(out, web.Choice{Value: m.live[i].ID, Text: m.live[i].Ref + " " + shortText(m.live[i].Text)})
		}
	}
	add(at + 1)
	for i := range m.live {
		if i != at+1 {
			add(i)
		}
	}
	return out
}

func kinds() []web.Choice {
	var out []web.Choice
	for _, k := range directive.DeadlineKinds() {
		out = append(out, web.Choice{Value: string(k), Text: k.Vietnamese()})
	}
	return out
}

func steps() []web.Choice {
	return []web.Choice{
		{Value: "", Text: "theo quy tắc chung của câu chữ"},
		{Value: directive.StepSingle, Text: "làm xong việc"},
		{Value: directive.StepMade, Text: "lập xong"},
		{Value: directive.StepSubmitted, Text: "trình thẩm định"},
		{Value: directive.StepApproved, Text: "được phê duyệt"},
	}
}

// cutChoices shows each place where a text may be cut with the words around it.
func cutChoices(text string, cuts []int) []web.Choice {
	r := []rune(text)
	var out []web.Choice
	for _, at := range cuts {
		left := strings.TrimSpace(string(r[max(0, at-40):at]))
		right := strings.TrimSpace(string(r[at:min(len(r), at+40)]))
		if at > 40 {
			left = "…" + left
		}
		if at+40 < len(r) {
			right += "…"
		}
		out = append(out, web.Choice{Value: strconv.Itoa(at), Text: left + " ‖ " + right})
	}
	return out
}

// doneWords says what was just done.
func doneWords(what string) string {
	return map[string]string{
		"xac-nhan":   "Đã xác nhận văn bản và giao nhiệm vụ.",
		"hoan-chinh": "Đã ghi.",
		"rut":        "Đã rút văn bản khỏi sổ.",
		"giao":       "Đã giao cho các thành viên Ban Chỉ đạo.",
		"tep":        "Đã lưu tệp.",
	}[what]
}

// rowsFor is how many lines a text takes in a field of the form.
func rowsFor(text string) int {
	const perLine, most = 60, 6
	return min(1+utf8.RuneCountInString(text)/perLine, most)
}
