package worksheetweb

import (
	"strconv"
	"strings"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/law"
	"giuchuan/internal/view/worksheet"
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

// checked says how far a value was checked, and where it is while that says less.
// What another office supplied is not said to be the commune's own word.
func checked(p *worksheet.Part) string {
	if p.Row.Origin == round.ActSupply && p.Now.Provenance == law.Declared {
		return p.Row.State.Vietnamese()
	}
	text := p.Now.Provenance.Vietnamese()
	if p.Row.State < round.Verified {
		text += ", " + p.Row.State.Vietnamese()
	}
	return text
}

// givenBy says who gave a value and when, as far as that was looked up.
func givenBy(q *quantity) string {
	if q.Given.IsZero() {
		return ""
	}
	if q.By == "" {
		return "lúc " + moment(q.Given)
	}
	return q.By + ", " + moment(q.Given)
}

// plain says a demand in words: "từ 90 % trở lên".
func plain(demand string) string {
	if rest, ok := strings.CutPrefix(demand, "≥ "); ok {
		return "từ " + rest + " trở lên"
	}
	if rest, ok := strings.CutPrefix(demand, "≤ "); ok {
		return "không quá " + rest
	}
	return demand
}

// counted names the numerator of a share.
func counted(q *quantity) string { return things("Tử số", q) }

// total names its denominator.
func total(q *quantity) string { return things("Mẫu số", q) }

func things(name string, q *quantity) string {
	if q.Ind.Things == "" {
		return name
	}
	return name + " (" + q.Ind.Things + ")"
}

// lacks tells whether the distance to the threshold is yet to be said.
func lacks(l *line) bool {
	return l.Trace.Missing != "" && l.Now.Verdict == law.Unmet && !strings.Contains(l.Trace.Reason, l.Trace.Missing)
}
