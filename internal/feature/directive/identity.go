package directive

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
)

// Label is number and symbol as documents cite them: "94/TB-UBND", or where
// there is no number "chưa có số, /TB-UBND".
func (d *Document) Label() string {
	switch {
	case d.Number != "":
		return cite(d.Number, d.Symbol)
	case d.Symbol != "":
		return "chưa có số /" + d.Symbol
	}
	return "chưa có số, ký hiệu"
}

func cite(number, symbol string) string {
	switch {
	case symbol == "":
		return number
	case ofParty(symbol):
		return number + "-" + symbol
	}
	return number + "/" + symbol
}

// ofParty tells a symbol of the Party ("NQ/TU") from one of the State
// ("TB-UBND", "2022/TT-BTC") by what comes first.
func ofParty(symbol string) bool {
	first, _, ok := strings.Cut(symbol, "/")
	return ok && !strings.ContainsAny(first, "0123456789-")
}

// SplitNumber takes a cited number apart: "94/TB-UBND" is "94" and "TB-UBND",
// of the Party "34-NQ/TU" is "34" and "NQ/TU".
func SplitNumber(cited string) (number, symbol string) {
	cited = strings.TrimSpace(cited)
	at := strings.IndexAny(cited, "/-")
	if at < 0 {
		return cited, ""
	}
	return strings.TrimSpace(cited[:at]), strings.TrimSpace(cited[at+1:])
}

// Year is the year of the document, 0 when it is not known.
func (d *Document) Year() int {
	on := d.Day()
	if on == day.None {
		return 0
	}
	return on.Year()
}

// DayWords is its day as a list shows it: "07/06/2024", "…/6/2024", "năm 2024",
// "chưa rõ ngày".
func (d *Document) DayWords() string {
	if d.Issued != day.None {
		return d.Issued.Vietnamese()
	}
	p, err := day.ParsePeriod(d.DatePartial)
	switch {
	case err != nil:
		return "chưa rõ ngày"
	case p.Kind() == day.Month:
		return "…/" + strconv.Itoa(int(p.Code()%100)) + "/" + strconv.Itoa(p.Year())
	}
	return p.Vietnamese()
}

// DayLine is its day as a document prints it, with points where something is
// not known: "ngày 07 tháng 6 năm 2024", "ngày … tháng 6 năm 2024".
func (d *Document) DayLine() string {
	if d.Issued != day.None {
		return dayLine(d.Issued)
	}
	p, err := day.ParsePeriod(d.DatePartial)
	switch {
	case err != nil:
		return "ngày … tháng … năm …"
	case p.Kind() == day.Month:
		_, m, _ := p.First().Civil()
		return fmt.Sprintf("ngày … tháng %s năm %d", monthDigits(int(m)), p.Year())
	}
	return fmt.Sprintf("ngày … tháng … năm %d", p.Year())
}

func dayLine(on day.Day) string {
	y, m, d := on.Civil()
	return fmt.Sprintf("ngày %02d tháng %s năm %d", d, monthDigits(int(m)), y)
}

// monthDigits gives January and February a zero in front, the other months
// none (Nghị định 30/2020/NĐ-CP, Phụ lục I).
func monthDigits(m int) string {
	if m < 3 {
		return fmt.Sprintf("%02d", m)
	}
	return strconv.Itoa(m)
}

// sortDay orders a document among others: one whose day is not known stands at
// the end of its month or year.
func (d *Document) sortDay() day.Day {
	if d.Issued != day.None {
		return d.Issued
	}
	if last := lastOf(d.DatePartial); last != day.None {
		return last
	}
	return d.Meeting.On
}

// Latest sorts documents for the register, the latest day first. A day that is
// not known counts as after the last day of its month.
func Latest(list []Document) {
	blank := func(d *Document) int {
		if d.Issued == day.None {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b Document) int {
		return cmp.Or(cmp.Compare(b.sortDay(), a.sortDay()), cmp.Compare(blank(&b), blank(&a)), cmp.Compare(b.ID, a.ID))
	})
}

// same tells whether two documents would be taken for one: number, symbol and
// issuer, and the year where both are known (Nghị định 30/2020/NĐ-CP, Phụ lục
// VI). A document without a number is like no other.
func (d *Document) same(o *Document) bool {
	if d.Number == "" || d.ID == o.ID && d.ID != "" || o.State == Withdrawn {
		return false
	}
	issuer := d.Issuer == "" || o.Issuer == "" || d.IssuerID != "" && d.IssuerID == o.IssuerID || vntext.EqualFold(d.Issuer, o.Issuer)
	year := d.Year() == 0 || o.Year() == 0 || d.Year() == o.Year()
	return plainNumber(d.Number) == plainNumber(o.Number) && strings.EqualFold(d.Symbol, o.Symbol) && issuer && year
}

// twin tells whether two documents may be one: they are the same by what
// identifies them or by their file, or neither has a number yet and they say the
// same of themselves.
func (d *Document) twin(o *Document) bool {
	if d.same(o) {
		return true
	}
	if d.ID == o.ID && d.ID != "" || o.State == Withdrawn || o.State == Stub {
		return false
	}
	if d.Original.SHA256 != "" && d.Original.SHA256 == o.Original.SHA256 {
		return true
	}
	unnumbered := d.Number == "" && o.Number == "" && d.Title != ""
	return unnumbered && vntext.EqualFold(d.Title, o.Title) && strings.EqualFold(d.Symbol, o.Symbol) && d.Day() == o.Day()
}

// plainNumber is a number without the zero that numbers below ten begin with.
func plainNumber(n string) string { return strings.TrimLeft(strings.TrimSpace(n), "0") }

// names tells whether a citation names the document. Without a day in the
// citation the latest of a number is meant, so any year will do.
func (d *Document) names(r *Reference) bool {
	number, symbol := SplitNumber(r.Number)
	if d.Number == "" || d.State == Withdrawn || plainNumber(number) != plainNumber(d.Number) || !strings.EqualFold(symbol, d.Symbol) {
		return false
	}
	return r.On == day.None || d.Year() == 0 || d.Issued == r.On || d.Issued == day.None && d.Year() == r.On.Year()
}
