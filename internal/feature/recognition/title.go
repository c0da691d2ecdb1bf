package recognition

import (
	"slices"
	"strconv"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/register/place"
)

// Basis says what a title rests on.
type Basis string

// The bases. Only the first two count as titles.
const (
	Recognised Basis = "recognised" // a decision, or a public source that reports one
	Inferred   Basis = "inferred"   // implied by a higher title
	Planned    Basis = "planned"    // registered for a year
	Pending    Basis = "pending"    // dossier handed in
)

// Vietnamese is the word people read.
func (b Basis) Vietnamese() string {
	switch b {
	case Recognised:
		return "đã công nhận"
	case Inferred:
		return "suy ra"
	case Planned:
		return "đã đăng ký"
	case Pending:
		return "đang đề nghị"
	}
	return string(b)
}

// Precision is how exactly the day of a decision is known.
type Precision string

// The precisions.
const (
	Exact    Precision = "day"
	YearOnly Precision = "year" // public sources often give the year alone
	NoDate   Precision = "none"
)

// Title is one recognition of one commune.
type Title struct {
	ID        string    // "" until it is recorded
	Place     string    // id of the place that was recognised
	Level     law.Title // mức công nhận
	Number    string    // of the decision, "" where only a source is known
	DecidedOn day.Day   // with YearOnly the first day of the year, with NoDate day.None
	Precision Precision
	Period    string  // "2016-2020": under whose set it was recognised, "" where not known
	From, To  day.Day // From is day.None where not known, To is day.Forever while no decision ends it
	Basis     Basis
	Source    string // address or document it was read from
	Note      string
	Partial   bool    // from public news, incomplete ("từ tin công khai, chưa đầy đủ")
	EndNumber string  // decision that ended or revoked it
	EndedOn   day.Day // its day, day.None while there is none
	Where     string  // cell or line it was read from, for messages
}

// PartialWords stands beside every title that rests on public news alone.
const PartialWords = "từ tin công khai, chưa đầy đủ"

// Counts reports whether t is a title and not a proposal.
func (t *Title) Counts() bool { return t.Basis == Recognised || t.Basis == Inferred }

// InForce reports whether t counts on a day.
func (t *Title) InForce(on day.Day) bool { return t.Counts() && t.From <= on && on <= t.To }

// DecidedWords is when it was decided, as exactly as it is known: "14/08/2024",
// "năm 2020", "không rõ ngày".
func (t *Title) DecidedWords() string {
	switch t.Precision {
	case Exact:
		return t.DecidedOn.Vietnamese()
	case YearOnly:
		return "năm " + strconv.Itoa(t.DecidedOn.Year())
	}
	return "không rõ ngày"
}

// Status is what a list says of t on a day: a state of its commune, or "đang đề
// nghị", "chưa có hiệu lực", "đã hết hiệu lực".
func (t *Title) Status(places *place.Register, on day.Day) string {
	switch {
	case !t.Counts():
		return Pending.Vietnamese()
	case on < t.From:
		return "chưa có hiệu lực"
	case on > t.To:
		return "đã hết hiệu lực"
	}
	if u, ok := places.Unit(t.Place, on); ok {
		return stateOf(u, Holding).Vietnamese()
	}
	last, _ := places.Latest(t.Place)
	heirs := places.Successors(t.Place, on)
	if !last.IsXa() || len(heirs) > 0 && !slices.ContainsFunc(heirs, func(h place.Heir) bool { return h.Unit.IsXa() }) {
		return Outside.Vietnamese()
	}
	return Waiting.Vietnamese()
}

// rank orders levels from the lowest to the highest.
func rank(level law.Title) int { return slices.Index(law.Titles[:], level) }

// outranks reports whether t is the one to show of two titles of one commune:
// the higher, then the later, then the one with a decision.
func (t *Title) outranks(o *Title) bool {
	switch {
	case o == nil:
		return true
	case rank(t.Level) != rank(o.Level):
		return rank(t.Level) > rank(o.Level)
	case t.From != o.From:
		return t.From > o.From
	}
	return t.Number != "" && o.Number == ""
}

// periods are the spans of the national programme, first and last year.
func periods() [][2]int {
	return [][2]int{{2010, 2015}, {2016, 2020}, {2021, 2025}, {2026, 2030}}
}

// periodOf is the span that holds a year, "" for none.
func periodOf(year int) string {
	for _, p := range periods() {
		if p[0] <= year && year <= p[1] {
			return strconv.Itoa(p[0]) + "-" + strconv.Itoa(p[1])
		}
	}
	return ""
}

// periodWords lists the spans that files accept.
func periodWords() []string {
	var out []string
	for _, p := range periods() {
		out = append(out, periodOf(p[0]))
	}
	return out
}
