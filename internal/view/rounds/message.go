package rounds

import (
	"strconv"
	"strings"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
)

// Message is a reminder to the communes of a district that have not sent, ready
// to be pasted; "" when there is nobody to remind. Before the day it asks, after
// it it urges.
func Message(x *round.Round, d *District, today day.Day) string {
	waiting := d.Waiting()
	if len(waiting) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("Đề nghị ")
	if verb := "nhắc"; d.Name != "" {
		if today > x.SendBy {
			verb = "đôn đốc"
		}
		b.WriteString(d.Name + " " + verb + " ")
	}
	b.WriteString("các xã sau gửi kết quả đợt “" + x.Name + "” theo " + x.Basis + " ngày " + x.BasisOn.Vietnamese() + ". ")
	b.WriteString("Hạn xã gửi: " + x.SendBy.Vietnamese() + " (" + x.SendBy.Left(today) + ").\n")
	for i := range waiting {
		c := &waiting[i]
		b.WriteString("- " + c.Unit.FullName + ": ")
		var parts []string
		if c.Stage == Returned {
			parts = append(parts, strconv.Itoa(c.Counts.Back)+" chỉ tiêu bị trả lại")
		}
		if n := c.Counts.Missing; n > 0 {
			parts = append(parts, "còn "+strconv.Itoa(n)+"/"+strconv.Itoa(c.Counts.Asked)+" chỉ tiêu chưa có số liệu")
		}
		if n := c.Counts.Unsent() - c.Counts.Back; n > 0 {
			parts = append(parts, strconv.Itoa(n)+" chỉ tiêu đã nhập chưa gửi")
		}
		if len(parts) == 0 {
			parts = append(parts, "chưa gửi")
		}
		b.WriteString(strings.Join(parts, "; ") + ".\n")
	}
	return strings.TrimRight(b.String(), "\n")
}
