package overview

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
)

// Overview is the province at a day on one page.
type Overview struct {
	On       day.Day
	At       time.Time // instant of the last change it knows of
	Whole    bool      // every period was loaded
	Banner   bool      // rests on generated data
	Strong   string    // the first half of the sentence the page opens with
	Rest     string    // its other half
	Total    int       // communes that hold a title
	Rows     []Row     // by situation, the best first
	ByTrust  [trusts]int
	NoCheck  bool // no thẩm tra of a district any more (from 1/7/2025)
	Sets     []SetCount
	Worst    []Weak
	Data     int // indicators that rest on a datum
	Cells    int // indicators of all titled communes
	Shares   [4]int
	Silent   []Commune // communes without any finding
	Official *Total    // what the news said, nil where nothing fits
	Waiting  []Waiting
	Outside  []Waiting
	Decide   []Case
	Risks    []Risk
	Warnings []string
}

// Row is one situation with its communes.
type Row struct {
	Situation review.Situation
	Below     string // what it means: "đủ 19/19 tiêu chí"
	Count     int
	ByTrust   [trusts]int
}

// Commune is a link to a commune.
type Commune struct{ ID, Code, Name string }

// SetCount is how many titled communes are judged on a set.
type SetCount struct {
	Name  string
	Count int
}

// Weak is a criterion that many communes do not meet.
type Weak struct {
	SetID, Code, Name, Title string
	Unmet, Of                int
	Communes                 []Commune
}

// Waiting is a commune that was made of titled ones, or left the programme.
type Waiting struct {
	Commune
	Kind string // "Xã", "Phường"
	From string // "Hồng Lạc (NTM nâng cao)"
}

// Case is something a leader decides on.
type Case struct {
	Commune
	Heading  string
	Sentence string
	Trust    string
	Grave    bool
}

// Risk is an early warning: an indicator that communes will no longer pass.
type Risk struct {
	Code, Name, Demand string
	Year               int
	Communes           []string // "Thái Hòa 45,6"
}

// Sight tells which communes a person may see, by id; nil is none of them.
type Sight func(placeID string) bool

// Sees tells whether the person may see the commune.
func (s Sight) Sees(id string) bool { return s != nil && s(id) }

// Build makes the overview of a standing.
func Build(s *board.Standing, totals []Total, sight Sight) *Overview {
	o := &Overview{On: s.On, At: s.At, Whole: s.Whole, Official: totalAt(totals, s.On), NoCheck: s.On >= day.Of(2025, time.July, 1)}
	var groups [review.Held + 1]Row
	for at, a := range s.Sets {
		n := 0
		for i := range a.Units {
			if !sight.Sees(a.Units[i].ID) {
				o.Official = nil // a part of the province is not held against its total
				continue
			}
			n++
			o.add(a, i, &groups)
		}
		if n == 0 {
			continue
		}
		o.Total += n
		o.Sets = append(o.Sets, SetCount{a.Set.Title.Vietnamese(), n})
		o.Banner = o.Banner || a.Illustrative
		o.Warnings = append(o.Warnings, prefixed(a)...)
		o.weigh(a, sight)
		o.risks(a, s.Risks[at], sight)
	}
	for _, at := range []review.Situation{review.Held, review.SomeUnmet, review.NotEnoughData, review.MayBeUnder, review.UnderRevocation} {
		g := &groups[at]
		g.Situation, g.Below = at, meaning(at)
		if g.Count > 0 || g.Situation != review.MayBeUnder {
			o.Rows = append(o.Rows, *g)
		}
	}
	o.waiting(s.Held, sight)
	o.rank()
	o.open(&groups)
	return o
}

func prefixed(a *review.Assessment) []string {
	out := make([]string, len(a.Warnings))
	for i, text := range a.Warnings {
		out[i] = "Bộ tiêu chí " + a.Set.Title.Vietnamese() + ": " + text
	}
	return out
}

func meaning(s review.Situation) string {
	switch s {
	case review.Held:
		return "đạt đủ các tiêu chí"
	case review.NotEnoughData:
		return "có tiêu chí chưa có số liệu"
	case review.SomeUnmet:
		return "chưa đến mức xem xét thu hồi"
	case review.MayBeUnder:
		return "nếu tiêu chí thiếu số liệu chưa đạt"
	}
	return "theo QĐ 18/2022/QĐ-TTg"
}

// add counts one commune.
func (o *Overview) add(a *review.Assessment, i int, groups *[review.Held + 1]Row) {
	s := &a.Standing.Communes[i]
	at, trust := review.SituationOf(s), StandingTrust(a, i)
	groups[at].Count++
	groups[at].ByTrust[trust]++
	o.ByTrust[trust]++
	o.Cells += len(a.Set.Indicators)
	known := 0
	for slot := range a.Set.Indicators {
		if t := TrustOfSlot(a, i, slot); t != NoData {
			known++
			o.Shares[t-1]++
		}
	}
	o.Data += known
	c := communeOf(&a.Units[i])
	if known == 0 {
		o.Silent = append(o.Silent, c)
	}
	if at == review.UnderRevocation || at == review.MayBeUnder {
		sentence := a.RevocationSentence(i)
		o.Decide = append(o.Decide, Case{
			Commune: c, Heading: a.Units[i].FullName + ": " + vntext.Uncapital(at.Vietnamese()),
			Sentence: afterColon(sentence), Trust: trust.Vietnamese(), Grave: at == review.UnderRevocation,
		})
	}
}

func communeOf(u *place.Unit) Commune { return Commune{u.ID, u.Code, u.Name} }

// afterColon drops the words before ": ", which the heading has said.
func afterColon(s string) string {
	if _, rest, ok := strings.Cut(s, ": "); ok {
		return rest
	}
	return s
}

// weigh counts the unmet communes of every criterion.
func (o *Overview) weigh(a *review.Assessment, sight Sight) {
	for at := range a.Set.Criteria {
		c := &a.Set.Criteria[at]
		w := Weak{SetID: a.Set.ID, Code: c.Code, Name: c.Name, Title: a.Set.Title.Vietnamese()}
		for i := range a.Units {
			if !sight.Sees(a.Units[i].ID) {
				continue
			}
			w.Of++
			if a.Standing.Communes[i].Criteria[at] == law.Unmet {
				w.Unmet++
				w.Communes = append(w.Communes, communeOf(&a.Units[i]))
			}
		}
		if w.Unmet > 0 {
			o.Worst = append(o.Worst, w)
		}
	}
}

// risks lists the early warnings of a set.
func (o *Overview) risks(a *review.Assessment, all []review.Risk, sight Sight) {
	for _, r := range all {
		ind := a.Set.At(r.Slot)
		out := Risk{Code: ind.Code, Name: ind.Name, Demand: r.Demand, Year: a.On.Year() + 1}
		for _, i := range r.Communes {
			if sight.Sees(a.Units[i].ID) {
				out.Communes = append(out.Communes, a.Units[i].Name+" "+a.Explain(i, r.Slot).Value)
			}
		}
		if len(out.Communes) > 0 {
			o.Risks = append(o.Risks, out)
		}
	}
}

// waiting lists the communes that wait for a decision, and those that are no xã
// any more.
func (o *Overview) waiting(held []recognition.Held, sight Sight) {
	for i := range held {
		h := &held[i]
		if h.State == recognition.Holding || !sight.Sees(h.Unit.ID) {
			continue
		}
		w := Waiting{Commune: communeOf(&h.Unit), Kind: h.Unit.FullName, From: inherited(h)}
		if h.State == recognition.Waiting {
			o.Waiting = append(o.Waiting, w)
		} else {
			o.Outside = append(o.Outside, w)
		}
	}
}

func inherited(h *recognition.Held) string {
	var from []string
	for _, b := range h.Before {
		from = append(from, b.Unit.Name+" ("+b.Title.Level.Vietnamese()+")")
	}
	if len(from) == 0 && h.Title != nil {
		from = append(from, h.Title.Level.Vietnamese())
	}
	return strings.Join(from, ", ")
}

// worstShown is how many of the weakest criteria the overview names.
const worstShown = 5

// rank puts the gravest first.
func (o *Overview) rank() {
	slices.SortStableFunc(o.Worst, func(x, y Weak) int {
		return cmp.Or(cmp.Compare(y.Unmet, x.Unmet), cmp.Compare(y.Unmet*x.Of, x.Unmet*y.Of), law.CompareCodes(x.Code, y.Code))
	})
	o.Worst = o.Worst[:min(worstShown, len(o.Worst))]
	slices.SortStableFunc(o.Decide, func(x, y Case) int {
		if x.Grave != y.Grave {
			return cmp.Compare(btoi(y.Grave), btoi(x.Grave))
		}
		return 0
	})
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// open writes the sentence that holds the good and the bad.
func (o *Overview) open(groups *[review.Held + 1]Row) {
	if o.Total == 0 {
		o.Strong = "Chưa có xã nào giữ mức công nhận trong dữ liệu tại ngày này."
		if n := len(o.Waiting); n > 0 {
			o.Rest = itoa(n) + " xã được lập từ các xã có mức công nhận đang chờ quyết định."
		}
		return
	}
	held, sure := groups[review.Held], 0
	for t := Confirmed; t < trusts; t++ {
		sure += held.ByTrust[t]
	}
	o.Strong = itoa(held.Count) + " trên " + itoa(o.Total) + " xã giữ vững,"
	switch {
	case held.Count == 0:
		o.Strong = "Chưa xã nào trong " + itoa(o.Total) + " xã được ghi nhận giữ vững;"
	case sure == held.Count:
		o.Rest = "đều đã được cơ quan phụ trách xác nhận. "
	case sure == 0:
		o.Rest = "nhưng chưa xã nào được cơ quan phụ trách xác nhận đủ mọi tiêu chí. "
	default:
		o.Rest = "nhưng mới " + itoa(sure) + " xã được cơ quan phụ trách xác nhận đủ mọi tiêu chí. "
	}
	var bad []string
	if n := groups[review.UnderRevocation].Count; n > 0 {
		bad = append(bad, itoa(n)+" xã thuộc diện xem xét thu hồi")
	}
	if n := groups[review.SomeUnmet].Count; n > 0 {
		bad = append(bad, itoa(n)+" xã còn tiêu chí chưa đạt")
	}
	if n := groups[review.MayBeUnder].Count + groups[review.NotEnoughData].Count; n > 0 {
		bad = append(bad, itoa(n)+" xã chưa đủ số liệu để kết luận")
	}
	if len(bad) > 0 {
		o.Rest += strings.Join(bad, ", ") + "."
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
