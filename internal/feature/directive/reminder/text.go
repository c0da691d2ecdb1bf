package reminder

import (
	"strconv"
	"strings"

	"giuchuan/internal/kernel/vntext"
)

// Voice is who speaks to whom, and where the pages are.
type Voice struct {
	From, To Party
	Site     string // "https://giuchuan.tinh.gov.vn"; "" = the address is not said
}

// shortText bounds the words of a duty in a message.
const shortText = 160

// Message is the text of a reminder, short enough for a message on a phone: who
// asks whom for what, by when, how late it is and where it is reported. It holds
// nothing personal.
func (r *Rules) Message(m *Reminder, v Voice) string {
	relation := r.Between(v.From, v.To)
	var b strings.Builder
	b.WriteString("[" + vntext.Capital(m.word()) + "] ")
	b.WriteString(v.From.Name + " " + relation.Verb + " " + v.To.Name + " " + m.asks())
	if m.Ref != "" {
		b.WriteString(" nhiệm vụ " + m.Ref)
	}
	if m.Cited != "" {
		if m.Ref != "" {
			b.WriteString(",")
		}
		b.WriteString(" " + m.Cited)
	}
	if m.Text != "" {
		b.WriteString(": “" + Shorten(m.Text, shortText) + "”")
	}
	b.WriteString(". " + m.standing() + ".")
	if v.Site != "" && m.Path != "" {
		b.WriteString(" Xem: " + strings.TrimSuffix(v.Site, "/") + m.Path)
	}
	return b.String()
}

// Line is a reminder as one of several in a list: what, by when and how late.
func (m *Reminder) Line() string {
	what := vntext.Capital(m.subject())
	if m.Text != "" {
		what += ": “" + Shorten(m.Text, shortText) + "”"
	}
	return what + ". " + m.standing() + "."
}

func (m *Reminder) word() string {
	if m.Urging() {
		return "đôn đốc"
	}
	return "nhắc việc"
}

// asks is what the body is asked to do.
func (m *Reminder) asks() string {
	switch m.Event {
	case OnReceive:
		return "tiếp nhận"
	case OnConfirm:
		return "xác nhận hoặc trả lại báo cáo hoàn thành"
	}
	if m.Urging() {
		return "khẩn trương hoàn thành, báo cáo kết quả"
	}
	return "thực hiện đúng hạn, báo cáo kết quả"
}

// standing says the day and how far it is.
func (m *Reminder) standing() string {
	on := m.On.Vietnamese()
	switch m.Event {
	case OnReceive:
		return "Hạn tiếp nhận " + on + late(m.Left)
	case OnConfirm:
		return "Đơn vị báo cáo ngày " + on + ", đã chờ " + strconv.Itoa(-m.Left) + " ngày"
	}
	return "Thời hạn " + on + late(m.Left)
}

// late says how many days are left.
func late(left int) string {
	switch {
	case left > 0:
		return ", còn " + strconv.Itoa(left) + " ngày"
	case left == 0:
		return ", là hôm nay"
	}
	return ", đã quá hạn " + strconv.Itoa(-left) + " ngày"
}

// Shorten cuts a text at a word to at most n characters, the mark of the cut
// included.
func Shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	cut := string(r[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}

// mostInMessage bounds the matters of one message on a phone.
const mostInMessage = 8

// Digest is one message about all that a body is reminded of; about one matter
// it is Message.
func (r *Rules) Digest(list []Reminder, v Voice, path string) string {
	if len(list) == 1 {
		return r.Message(&list[0], v)
	}
	late := 0
	for i := range list {
		if list[i].Urging() {
			late++
		}
	}
	var b strings.Builder
	word, ask := "Nhắc việc", "thực hiện đúng hạn, báo cáo kết quả "
	if late > 0 {
		word, ask = "Đôn đốc", "khẩn trương thực hiện, báo cáo kết quả "
	}
	b.WriteString("[" + word + "] " + v.From.Name + " " + r.Between(v.From, v.To).Verb + " " + v.To.Name + " " + ask + strconv.Itoa(len(list)) + " việc")
	if late > 0 {
		b.WriteString(" (" + strconv.Itoa(late) + " việc quá hạn)")
	}
	b.WriteString(":\n")
	for i := range list {
		if i == mostInMessage {
			b.WriteString("… và " + strconv.Itoa(len(list)-mostInMessage) + " việc khác\n")
			break
		}
		m := &list[i]
		b.WriteString(strconv.Itoa(i+1) + ") ")
		if m.Event == OnReceive {
			b.WriteString("tiếp nhận ")
		}
		b.WriteString(m.subject() + ": " + vntext.Uncapital(m.standing()) + "\n")
	}
	if v.Site != "" && path != "" {
		b.WriteString("Xem: " + strings.TrimSuffix(v.Site, "/") + path)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Title names a reminder in a list.
func (m *Reminder) Title() string {
	switch {
	case m.Event == OnReceive:
		return "Tiếp nhận " + m.Cited
	case m.Text == "":
		return vntext.Capital(m.subject())
	}
	return vntext.Capital(m.subject()) + ": " + Shorten(m.Text, shortText)
}

// Standing says the day and how far it is: "Thời hạn 30/09/2024, đã quá hạn 1
// ngày".
func (m *Reminder) Standing() string { return m.standing() }
