package exchange

import (
	"context"
	"slices"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/place"
)

// Offer is what workbooks a person may take out.
type Offer struct {
	Rounds     []round.Round // the latest period first
	Period     day.Period    // the one the rest is about
	Open       bool          // a round of the period is not closed
	Communes   []place.Unit
	Districts  []place.Unit
	Indicators []Indicator
}

// Indicator is one column that can be filled for all communes.
type Indicator struct {
	Set  *law.Set
	Code string
	Name string
}

// Field is the indicator's name in addresses and forms.
func (i *Indicator) Field() string { return i.Set.ID + "/" + i.Code }

// Offer lists what a person may take out for a period; the zero period is that
// of the open round that is due first, or the latest.
func (x *Exchange) Offer(ctx context.Context, tx *db.Tx, who authz.Subject, p day.Period) (*Offer, error) {
	rounds, err := x.Rounds.Rounds(ctx, tx)
	if err != nil {
		return nil, err
	}
	out := &Offer{Rounds: rounds, Period: p}
	if i := round.First(rounds); i >= 0 && !p.Valid() {
		out.Period = rounds[i].Period
	}
	out.Open = slices.ContainsFunc(rounds, func(r round.Round) bool { return r.Period == out.Period && !r.Closed })
	parts, err := x.parts(ctx, tx, who, out.Period)
	if err != nil {
		return nil, err
	}
	x.list(out, parts)
	return out, nil
}

// list fills in the communes, districts and indicators of some sheets.
func (x *Exchange) list(out *Offer, parts []*Part) {
	districts, fields := map[string]bool{}, map[string]bool{}
	for _, part := range parts {
		out.Communes = append(out.Communes, part.Unit)
		for _, above := range x.Places.At(out.Period.Last()).Ancestors(part.Unit.ID) {
			if above.Level == place.District && !districts[above.ID] {
				districts[above.ID] = true
				out.Districts = append(out.Districts, above)
			}
		}
		for _, set := range part.Sets {
			for slot := range set.Indicators {
				i := Indicator{Set: set, Code: set.At(slot).Code, Name: set.At(slot).Name}
				if part.Sees(set, slot) && !fields[i.Field()] {
					fields[i.Field()] = true
					out.Indicators = append(out.Indicators, i)
				}
			}
		}
	}
	byCode := func(a, b place.Unit) int { return strings.Compare(a.Code, b.Code) }
	slices.SortFunc(out.Communes, byCode)
	slices.SortFunc(out.Districts, byCode)
	at := func(s *law.Set) int { return slices.Index(x.Law.Sets, s) }
	slices.SortStableFunc(out.Indicators, func(a, b Indicator) int {
		if a.Set != b.Set {
			return at(a.Set) - at(b.Set)
		}
		i, _ := a.Set.Slot(a.Code)
		j, _ := b.Set.Slot(b.Code)
		return i - j
	})
}

// Want names one workbook.
type Want struct {
	Period    day.Period
	Commune   string // id; or
	District  string // id; or
	Indicator string // "xa-ntm-2021-2025/15.1"
	Filled    bool
}

var (
	msgNoRound = fault.Msg{Key: "exchange.no_round", Text: "chưa có đợt rà soát nào của kỳ này, hoặc không có xã nào của đợt trong phần việc của tài khoản; đề nghị Văn phòng Điều phối nông thôn mới mở đợt rà soát"}
	msgNoWant  = fault.Msg{Key: "exchange.nothing_wanted", Text: "chọn xã, huyện hoặc chỉ tiêu cần lấy bảng tính"}
	msgNotHere = fault.Msg{Key: "exchange.not_in_sight", Text: "xã, huyện hoặc chỉ tiêu này không thuộc đợt rà soát của kỳ, hoặc không thuộc phần việc của tài khoản"}
)

// Workbook makes a workbook, and its file name.
func (x *Exchange) Workbook(ctx context.Context, tx *db.Tx, who authz.Subject, w Want) ([]byte, string, error) {
	parts, err := x.parts(ctx, tx, who, w.Period)
	switch {
	case err != nil:
		return nil, "", err
	case len(parts) == 0:
		return nil, "", fault.New(fault.NotFound, msgNoRound)
	}
	t := review.Template{Period: w.Period, Province: x.Province, Filled: w.Filled}
	name := "phieu-ra-soat-"
	var first *law.Set
	switch {
	case w.Commune != "":
		t.Commune, name = w.Commune, name+"xa-"
		parts = slices.DeleteFunc(parts, func(p *Part) bool { return p.Unit.ID != w.Commune })
	case w.District != "":
		t.District, name = w.District, name+"huyen-"
		tree := x.Places.At(w.Period.Last())
		parts = slices.DeleteFunc(parts, func(p *Part) bool { return !tree.Within(p.Unit.ID, w.District) })
	case w.Indicator != "":
		set, code, _ := strings.Cut(w.Indicator, "/")
		if first, err = x.Law.Set(set); err != nil {
			return nil, "", err
		}
		slot, ok := first.Slot(code)
		t.Indicator, name = code, name+"chi-tieu-"
		parts = slices.DeleteFunc(parts, func(p *Part) bool { return !ok || !slices.Contains(p.Sets, first) || !p.Sees(first, slot) })
	default:
		return nil, "", fault.New(fault.Invalid, msgNoWant)
	}
	if len(parts) == 0 {
		return nil, "", fault.New(fault.NotFound, msgNotHere)
	}
	t.Sets, t.Wants = setsOf(x.Law, parts, first), wants(parts)
	data, err := x.Review.Template(ctx, tx, t)
	return data, name + x.tail(w) + "-" + w.Period.String() + ".xlsx", err
}

// tail is the part of a file's name that says what it is about.
func (x *Exchange) tail(w Want) string {
	if w.Indicator != "" {
		_, code, _ := strings.Cut(w.Indicator, "/")
		return code
	}
	u, _ := x.Places.Latest(w.Commune + w.District)
	return u.Code
}

// setsOf lists the sets of some sheets, first before the others.
func setsOf(lib *law.Library, parts []*Part, first *law.Set) []*law.Set {
	var out []*law.Set
	if first != nil {
		out = append(out, first)
	}
	for _, s := range lib.Sets {
		if s != first && slices.ContainsFunc(parts, func(p *Part) bool { return slices.Contains(p.Sets, s) }) {
			out = append(out, s)
		}
	}
	return out
}

// wants keeps the rows that the person may see on the sheets of the communes.
func wants(parts []*Part) review.Wanted {
	byID := map[string]*Part{}
	for _, p := range parts {
		byID[p.Unit.ID] = p
	}
	return func(u *place.Unit, set *law.Set, slot int) bool {
		p := byID[u.ID]
		return p != nil && slices.Contains(p.Sets, set) && p.Sees(set, slot)
	}
}
