package overview

import (
	"io/fs"
	"strings"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/datafile"
)

// Total is how many communes had a title at a day, as the news said: public
// news, incomplete.
type Total struct {
	On     day.Day // the last day of the year or month that the source names
	Period string  // "2023" or "2024-08"
	NTM    int     // communes with NTM or more
	Source string
}

// Words is when the total held: "năm 2023", "tháng 8/2024".
func (t *Total) Words() string {
	p, err := day.ParsePeriod(t.Period)
	if err != nil {
		return t.Period
	}
	if p.Kind() == day.Year {
		return "cuối " + p.Vietnamese()
	}
	return strings.ReplaceAll(p.Vietnamese(), " năm ", "/")
}

// LoadTotals reads what the news said of the province, oldest first.
func LoadTotals(fsys fs.FS) ([]Total, error) {
	f, err := datafile.Read(fsys, "news/ntm-totals.csv",
		"as_of", "ntm_total", "ntm_batch", "nang_cao_total", "kieu_mau_total", "source_url", "note")
	if err != nil {
		return nil, err
	}
	var out []Total
	for _, r := range f.Rows {
		t := Total{Period: r.Needed("as_of"), NTM: r.Int("ntm_total"), Source: r.Text("source_url")}
		p, err := day.ParsePeriod(t.Period)
		if err != nil {
			r.Refuse("as_of", "2024 hoặc 2024-08")
			continue
		}
		if t.On = p.Last(); t.NTM > 0 {
			out = append(out, t)
		}
	}
	return out, f.Err()
}

// totalAt is the last total of a day, nil before the first, two years after the
// last, and for communes that were merged since: a total from before 1/7/2025
// counts communes that no longer are.
func totalAt(all []Total, on day.Day) *Total {
	var last *Total
	for i := range all {
		if all[i].On <= on {
			last = &all[i]
		}
	}
	reform := day.Of(2025, time.July, 1)
	if last != nil && (on >= day.Of(last.On.Year()+2, time.January, 1) || last.On < reform && on >= reform) {
		return nil
	}
	return last
}
