package worksheetweb

import (
	"strconv"
	"strings"
)

// answers are the words an indicator takes; "" takes back what was said.
func answers(q *quantity) []string {
	out := []string{"đạt", "chưa đạt"}
	if q.Ind.IfAny {
		out = append(out, notApply)
	}
	return append(out, "")
}

func answerText(word string) string {
	switch word {
	case "đạt":
		return "Đạt"
	case "chưa đạt":
		return "Chưa đạt"
	case notApply:
		return "Không áp dụng"
	}
	return "Chưa có số liệu"
}

// ordinal tells the ids of several answers apart; the first is the field's own.
func ordinal(i int) string {
	if i == 0 {
		return ""
	}
	return "-" + strconv.Itoa(i+1)
}

// label names a figure's only field.
func label(q *quantity) string {
	if q.Ind.Unit == "" {
		return "Giá trị"
	}
	return strings.ToUpper(q.Ind.Unit[:1]) + q.Ind.Unit[1:]
}

// counted names the numerator of a share.
func counted(q *quantity) string {
	if q.Ind.Things == "" {
		return "Số đạt yêu cầu"
	}
	return "Số " + q.Ind.Things + " đạt yêu cầu"
}

// total names its denominator.
func total(q *quantity) string {
	if q.Ind.Things == "" {
		return "Tổng số"
	}
	return "Tổng số " + q.Ind.Things
}

func lower(text string) string { return strings.ToLower(text[:1]) + text[1:] }
