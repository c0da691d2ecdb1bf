package review

import (
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"
)

var msgNoRows = fault.Msg{Key: "review.no_rows", Text: "không có dòng nào để điền: không có xã hoặc chỉ tiêu nào khớp"}

// Form is a workbook to be filled, made of values alone; see [Template].
type Form struct {
	Sets      []*law.Set
	On        day.Day    // thresholds and districts are those of this day
	Period    day.Period // zero: left to whoever fills the workbook
	Places    *place.Register
	Decisions map[string]*law.Decisions // by set id
	Communes  []place.Unit              // in the order of sheets and rows
	Findings  []Finding                 // what is recorded
	Indicator string
	ByCommune bool // a sheet for each commune, else for each district
	Filled    bool
	Banner    string
	Wants     Wanted // nil = every row
}

// formRow is one indicator or part of one commune.
type formRow struct {
	unit     *place.Unit
	district string
	set      *law.Set
	ind      *law.Indicator
	demand   string // mức đạt chuẩn
	now      *Finding
	last     *Finding
}

// formSheet is one worksheet.
type formSheet struct {
	name, about string
	rows        []*formRow
}

// member is a slot of a set.
type member struct {
	set  *law.Set
	slot int
}

// indicator is the indicator or part of the slot.
func (m member) indicator() *law.Indicator { return m.set.At(m.slot) }

// Bytes makes the .xlsx file.
func (f *Form) Bytes() ([]byte, error) {
	slots, err := f.slots()
	if err != nil {
		return nil, err
	}
	book := sheet.NewBook(sheet.Properties{Title: f.title()})
	defer book.Close()
	sheets := f.sheets(slots)
	if len(sheets) == 0 {
		return nil, fault.New(fault.NotFound, msgNoRows)
	}
	for _, s := range sheets {
		if err := f.write(book, s); err != nil {
			return nil, err
		}
	}
	return book.Bytes()
}

func (f *Form) title() string {
	var names []string
	for _, s := range f.Sets {
		names = append(names, s.Name)
	}
	return "Phiếu rà soát: " + strings.Join(names, "; ")
}

// slots lists what has a row, each with the slots of later sets that share its
// quantity: indicators in number order, each followed by its parts.
func (f *Form) slots() ([][]member, error) {
	var out [][]member
	shared := map[string]int{}
	add := func(s *law.Set, slot int) {
		measure := s.At(slot).Measure
		if at, ok := shared[measure]; ok && measure != "" {
			out[at] = append(out[at], member{s, slot})
			return
		}
		shared[measure] = len(out)
		out = append(out, []member{{s, slot}})
	}
	for _, s := range f.Sets {
		for slot := range s.Indicators {
			add(s, slot)
			for _, part := range s.Indicators[slot].Parts {
				add(s, part)
			}
		}
	}
	if f.Indicator == "" {
		return out, nil
	}
	for _, s := range f.Sets {
		if slot, ok := s.Slot(f.Indicator); ok {
			return only(out, s, slot), nil
		}
	}
	return nil, fault.New(fault.NotFound, msgNoIndicator, "set", f.Sets[0].ID, "code", fault.Clip(f.Indicator), "hint", hint(f.Sets[0], f.Indicator))
}

// only keeps the rows of one indicator and its parts.
func only(all [][]member, s *law.Set, slot int) [][]member {
	var out [][]member
	for _, ms := range all {
		for _, m := range ms {
			if m.set == s && (m.slot == slot || s.At(m.slot).Parent == slot) {
				out = append(out, ms)
				break
			}
		}
	}
	return out
}

// sheets lays the rows out.
func (f *Form) sheets(slots [][]member) []*formSheet {
	now, last := f.recorded()
	var out []*formSheet
	at := map[string]*formSheet{}
	for i := range f.Communes {
		u := &f.Communes[i]
		district := f.districtOf(u)
		name, about := f.sheetOf(u, district)
		s := at[name]
		yards := f.yardsticks(u)
		for _, ms := range slots {
			if ms = f.wanted(u, ms); len(ms) == 0 {
				continue
			}
			if s == nil {
				s = &formSheet{name: name, about: about}
				at[name] = s
				out = append(out, s)
			}
			m := ms[0]
			k := reported{u.ID, m.set, m.slot}
			if yards[m.set].Marks[m.slot].Skip && now[k] == nil {
				continue
			}
			s.rows = append(s.rows, &formRow{
				unit: u, district: district, set: m.set, ind: m.set.At(m.slot),
				demand: demand(yards, ms), now: now[k], last: last[k],
			})
		}
	}
	return out
}

// wanted keeps the slots of a quantity that the commune has a row for.
func (f *Form) wanted(u *place.Unit, ms []member) []member {
	if f.Wants == nil {
		return ms
	}
	var out []member
	for _, m := range ms {
		if f.Wants(u, m.set, m.slot) {
			out = append(out, m)
		}
	}
	return out
}

// reported names an indicator of a commune.
type reported struct {
	place string
	set   *law.Set
	slot  int
}

// recorded gives the findings that fill the inputs and, for each indicator, the
// one that stood before them.
func (f *Form) recorded() (now, last map[reported]*Finding) {
	now, last = map[reported]*Finding{}, map[reported]*Finding{}
	for i := range f.Findings {
		x := &f.Findings[i]
		k := reported{x.Place.ID, x.Set, x.Slot}
		switch {
		case f.Filled && x.Datum.Period == f.Period:
			now[k] = x
		case f.Period.Valid() && x.Datum.Period.Last() > f.Period.Last():
		case last[k] == nil || law.ComparePrecedence(&x.Datum, &last[k].Datum) >= 0:
			last[k] = x
		}
	}
	return now, last
}

func (f *Form) yardsticks(u *place.Unit) map[*law.Set]*law.Yardstick {
	out := make(map[*law.Set]*law.Yardstick, len(f.Sets))
	facts := &law.CommuneFacts{ID: u.ID, Class: ClassOf(f.Places, u.ID, f.On), Areas: areasOf(f.Places, u, f.On)}
	for _, s := range f.Sets {
		out[s] = law.NewYardstick(s, f.Decisions[s.ID], f.On, facts)
	}
	return out
}

// districtOf names the district of a commune, "" where there are none any more.
func (f *Form) districtOf(u *place.Unit) string {
	for _, above := range f.Places.At(f.On).Ancestors(u.ID) {
		if above.Level == place.District {
			return above.Title()
		}
	}
	return ""
}

// sheetOf names the sheet of a commune and says what it is for.
func (f *Form) sheetOf(u *place.Unit, district string) (name, about string) {
	switch {
	case f.Indicator != "" && len(f.Communes) > 1:
		return "Chỉ tiêu " + f.Indicator, "Chỉ tiêu " + f.Indicator + ", " + itoa(len(f.Communes)) + " xã"
	case f.ByCommune:
		about = u.Label()
		if district != "" {
			about += ", " + district
		}
		return u.Code + " " + u.Name, vntext.Capital(about)
	case district != "":
		return vntext.Capital(district), vntext.Capital(district)
	}
	return "Các xã", itoa(len(f.Communes)) + " xã"
}
