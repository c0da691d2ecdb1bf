package rounds

import (
	"cmp"
	"context"
	"slices"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/worksheet"
)

// Board gives the sheets of rounds; view/board has it.
type Board interface {
	worksheet.Board
	Sheets(roundID string) []board.Sheet
}

// Reader makes the pages' models.
type Reader struct {
	Board  Board
	Sheets *worksheet.Reader
	Places *place.Register
}

// Stage is how far the sheet of a commune is.
type Stage uint8

// The stages.
const (
	Unsent Stage = iota
	Returned
	Sent
	Verified
	Confirmed
	Stages // how many there are
)

// Vietnamese is the stage as people read it.
func (s Stage) Vietnamese() string {
	return [...]string{"chưa gửi", "bị trả lại", "đã gửi", "đã thẩm tra", "đã xác nhận"}[s]
}

// Commune is one commune of a round.
type Commune struct {
	Unit     place.Unit
	District string // its name, "" where there are none
	Counts   worksheet.Counts
	Stage    Stage
	Next     string  // what is waited for: "xã gửi", "thẩm tra", "xác nhận"; "" = nothing
	Due      day.Day // by when
	Late     bool
	Missing  []Cell
	Trouble  string // why its sheet cannot be judged
}

// Cell is an indicator that a commune has not reported.
type Cell struct {
	Set, SetName    string
	Criterion, Code string
	Name            string
	Need            round.Need
	Supplier        string // who supplies it, as the set says
	Every           day.Kind
}

// District is the communes of one district, or all of them where there are none.
type District struct {
	Name     string
	Communes []Commune
	ByStage  [Stages]int
	Counts   worksheet.Counts
	Late     int
}

// Progress is how far a round is, for the communes that a person may see.
type Progress struct {
	Today     day.Day
	TwoTier   bool
	Districts []District
	All       District
	Needs     []NeedCount
	Kinds     []KindCount
}

// NeedCount is how many indicators a round asks for, by why.
type NeedCount struct {
	Need         round.Need
	Asked, Still int // cells; those without anything reported yet
}

// KindCount is the indicators that are reported once a month, a quarter …
type KindCount struct {
	Kind               day.Kind
	Cells, Due, Unsent int // cells of all sheets; those the round asks for; of these without anything reported
}

// Vietnamese is how often that is.
func (k KindCount) Vietnamese() string {
	switch k.Kind {
	case day.Month:
		return "hằng tháng"
	case day.Quarter:
		return "hằng quý"
	case day.Half:
		return "6 tháng một lần"
	case day.Year:
		return "hằng năm"
	}
	return "không ghi định kỳ"
}

// Progress tells how far a round is; sight nil is every commune.
func (r *Reader) Progress(ctx context.Context, x *round.Round, today day.Day, sight func(placeID string) bool) (*Progress, error) {
	out := &Progress{Today: today}
	needs, kinds := map[round.Need]*NeedCount{}, map[day.Kind]*KindCount{}
	byDistrict := map[string]*District{}
	for _, s := range r.Board.Sheets(x.ID) {
		id, err := place.IDOf(s.Place)
		if err != nil {
			return nil, err
		}
		unit, ok := r.Places.Latest(id)
		if !ok || sight != nil && !sight(id) {
			continue
		}
		c := Commune{Unit: unit, District: districtOf(r.Places, &unit, today)}
		if err := r.fill(ctx, &c, x, needs, kinds); err != nil {
			return nil, err
		}
		c.state(x, today)
		d := byDistrict[c.District]
		if d == nil {
			d = &District{Name: c.District}
			byDistrict[c.District] = d
		}
		d.add(c)
		out.All.add(c)
		out.TwoTier = out.TwoTier || c.District == ""
	}
	for _, d := range byDistrict {
		slices.SortFunc(d.Communes, func(a, b Commune) int {
			return cmp.Or(int(a.Stage)-int(b.Stage), cmp.Compare(a.Unit.Code, b.Unit.Code))
		})
		out.Districts = append(out.Districts, *d)
	}
	slices.SortFunc(out.Districts, func(a, b District) int { return cmp.Compare(a.Communes[0].Unit.Code, b.Communes[0].Unit.Code) })
	out.sums(needs, kinds)
	return out, nil
}

func (p *Progress) sums(needs map[round.Need]*NeedCount, kinds map[day.Kind]*KindCount) {
	for n := round.NeedReturned; n <= round.NeedWhole; n++ {
		if x := needs[n]; x != nil {
			p.Needs = append(p.Needs, *x)
		}
	}
	for _, k := range []day.Kind{day.Month, day.Quarter, day.Half, day.Year} {
		if x := kinds[k]; x != nil {
			p.Kinds = append(p.Kinds, *x)
		}
	}
}

// districtOf is the name of the district of a commune on a day; of a commune
// that has ended, the one it was in, while there are districts.
func districtOf(places *place.Register, u *place.Unit, today day.Day) string {
	tree := places.At(today)
	above := tree.Ancestors(u.ID)
	if len(above) == 0 {
		for _, h := range places.Successors(u.ID, today) {
			above = append(above, tree.Ancestors(h.Unit.ID)...)
		}
	}
	for _, a := range above {
		if a.Level == place.District {
			return a.FullName
		}
	}
	return ""
}

// fill counts the sheet of a commune.
func (r *Reader) fill(ctx context.Context, c *Commune, x *round.Round, needs map[round.Need]*NeedCount, kinds map[day.Kind]*KindCount) error {
	s, err := r.Sheets.Sheet(ctx, &c.Unit, x.Period)
	if fault.Is(err, fault.NotFound) {
		c.Trouble = fault.Text(err)
		return nil
	}
	if err != nil {
		return err
	}
	c.Counts = s.Counts
	for i := range s.Criteria {
		for j := range s.Criteria[i].Lines {
			l := &s.Criteria[i].Lines[j]
			ind := l.Indicator()
			every := ind.Due
			if every.Months() == 0 {
				every = day.Year
			}
			k := kinds[every]
			if k == nil {
				k = &KindCount{Kind: every}
				kinds[every] = k
			}
			k.Cells++
			if l.Need == round.NoNeed {
				continue
			}
			n := needs[l.Need]
			if n == nil {
				n = &NeedCount{Need: l.Need}
				needs[l.Need] = n
			}
			n.Asked, k.Due = n.Asked+1, k.Due+1
			if l.Has {
				continue
			}
			n.Still, k.Unsent = n.Still+1, k.Unsent+1
			c.Missing = append(c.Missing, Cell{
				Set: l.Set.ID, SetName: l.Set.Title.Vietnamese(), Criterion: s.Criteria[i].Law().Code, Code: ind.Code, Name: ind.Name,
				Need: l.Need, Supplier: ind.Supplier, Every: every,
			})
		}
	}
	return nil
}

// state says at which stage the commune is and what is waited for.
func (c *Commune) state(x *round.Round, today day.Day) {
	k := &c.Counts
	waits := round.Draft
	switch {
	case k.Back > 0:
		c.Stage, c.Next = Returned, "xã gửi lại"
	case !k.Sent():
		c.Stage, c.Next = Unsent, "xã gửi"
	case k.ByState[round.Submitted] > 0 && c.District != "":
		c.Stage, c.Next, waits = Sent, "thẩm tra", round.Submitted
	case k.ByState[round.Submitted] > 0:
		c.Stage, c.Next, waits = Sent, "xác nhận", round.Verified
	case k.ByState[round.Verified] > 0:
		c.Stage, c.Next, waits = Verified, "xác nhận", round.Verified
	default:
		c.Stage = Confirmed
		return
	}
	c.Due = x.Waits(waits)
	c.Late = !x.Closed && today > c.Due
}

func (d *District) add(c Commune) {
	d.Communes = append(d.Communes, c)
	d.ByStage[c.Stage]++
	d.Counts.Add(c.Counts)
	if c.Late {
		d.Late++
	}
}

// Waiting lists the communes that have not sent, or must send again.
func (d *District) Waiting() []Commune {
	return slices.DeleteFunc(slices.Clone(d.Communes), func(c Commune) bool { return c.Stage > Returned })
}
