package agency

import (
	"io/fs"
	"maps"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/datafile"
	"giuchuan/internal/register/place"
)

// Collective is an addressee that stands for several bodies, as it is defined
// from From to To.
type Collective struct {
	ID       string
	Name     string // "UBND huyện, thành phố"
	rule     string
	argument []string
	From, To day.Day
	Source   string
	keys     []string
}

// The rules by which a collective expands.
const (
	byDistricts = "districts" // every UBND cấp huyện of the province
	byCommunes  = "communes"  // every UBND cấp xã, or those of the kinds named
	byKinds     = "kinds"     // every body of the kinds named
	byMembers   = "members"   // a list of members, see WithMembers
	byDocument  = "document"  // whoever else the same document names
)

// Member is a body that belongs to a collective from From to To.
type Member struct {
	AgencyID string
	From, To day.Day
	Source   string
}

// Expansion is what a collective stands for on a day.
type Expansion struct {
	Collective Collective
	Day        day.Day
	Agencies   []Agency
	Known      bool   // false: who belongs to it is not known here and a person must say
	Note       string // why there is none, in Vietnamese; else empty
}

const (
	noteMembers  = "chưa có danh sách thành viên, cần người xác định"
	noteDocument = "chưa xác định danh sách: là các đơn vị mà chính văn bản nêu tên"
	noteEnded    = "cấp huyện đã kết thúc hoạt động từ 01/07/2025"
	noteNone     = "không có đơn vị nào vào ngày này"
)

var (
	msgNoCollective = fault.Msg{Key: "agency.no_collective", Text: "không có nhóm đơn vị {id} tại ngày {day}"}
	msgNoMembers    = fault.Msg{Key: "agency.no_members", Text: "nhóm {id} không lập theo danh sách thành viên"}
	msgMember       = fault.Msg{Key: "agency.member", Text: "không có cơ quan {id} để đưa vào nhóm {collective}"}
)

func (r *Register) readCollectives(fsys fs.FS) error {
	f, err := datafile.Read(fsys, "agency_collectives.csv", "id", "name", "aliases", "rule", "argument", "valid_from", "valid_to", "source")
	if err != nil {
		return err
	}
	for _, row := range f.Rows {
		c := Collective{
			ID: row.Needed("id"), Name: row.Needed("name"), rule: row.Text("rule"),
			From: row.Day("valid_from", day.None), To: row.Day("valid_to", day.Forever), Source: row.Needed("source"),
		}
		if s := row.Text("argument"); s != "" {
			c.argument = strings.Split(s, ";")
		}
		if !slices.Contains([]string{byDistricts, byCommunes, byKinds, byMembers, byDocument}, c.rule) {
			row.Refuse("rule", "districts, communes, kinds, members hoặc document")
		}
		for _, text := range append(strings.Split(row.Text("aliases"), ";"), c.Name) {
			c.keys = append(c.keys, squeeze(r.short.key(text)))
		}
		r.collectives = append(r.collectives, c)
	}
	return f.Err()
}

// Collectives is every collective that is defined on a day.
func (r *Register) Collectives(on day.Day) []Collective {
	var list []Collective
	for _, c := range r.collectives {
		if c.From <= on && on <= c.To {
			list = append(list, c)
		}
	}
	return list
}

// WithMembers is the register with members for a collective that is a list of
// members ("thanh-vien-bcd"); r stays as it is. A day on which no member is
// recorded is a day on which the list is not known.
func (r *Register) WithMembers(id string, members []Member) (*Register, error) {
	i := slices.IndexFunc(r.collectives, func(c Collective) bool { return c.ID == id && c.rule == byMembers })
	if i < 0 {
		return nil, fault.New(fault.Invalid, msgNoMembers, "id", id)
	}
	for _, m := range members {
		if _, ok := r.Latest(m.AgencyID); !ok {
			return nil, fault.New(fault.NotFound, msgMember, "id", m.AgencyID, "collective", id)
		}
	}
	c := *r
	c.members = maps.Clone(r.members)
	c.members[id] = append(slices.Clip(c.members[id]), members...)
	return &c, nil
}

// Expand is the bodies a collective stands for on a day.
func (r *Register) Expand(id string, on day.Day) (Expansion, error) {
	all := r.Collectives(on)
	i := slices.IndexFunc(all, func(c Collective) bool { return c.ID == id })
	if i < 0 {
		return Expansion{}, fault.New(fault.NotFound, msgNoCollective, "id", id, "day", on.Vietnamese())
	}
	e := Expansion{Collective: all[i], Day: on, Known: true}
	for _, a := range r.At(on) {
		if r.belongs(a, e.Collective, on) {
			e.Agencies = append(e.Agencies, a)
		}
	}
	if len(e.Agencies) > 0 {
		return e, nil
	}
	switch e.Collective.rule {
	case byMembers:
		e.Known, e.Note = false, noteMembers
	case byDocument:
		e.Known, e.Note = false, noteDocument
	case byDistricts:
		e.Note = noteNone
		if on >= r.places.First() {
			e.Note = noteEnded
		}
	default:
		e.Note = noteNone
	}
	return e, nil
}

// belongs tells whether an agency of a day is one the collective stands for.
func (r *Register) belongs(a Agency, c Collective, on day.Day) bool {
	switch c.rule {
	case byDistricts:
		return a.Kind == OfDistrict
	case byCommunes:
		u, _ := r.places.Unit(a.PlaceID, on)
		return a.Kind == OfCommune && u.Level == place.Commune &&
			(len(c.argument) == 0 || slices.Contains(c.argument, u.Kind.Key()))
	case byKinds:
		return slices.Contains(c.argument, string(a.Kind))
	case byMembers:
		return slices.ContainsFunc(r.members[c.ID], func(m Member) bool {
			return m.AgencyID == a.ID && m.From <= on && on <= m.To
		})
	}
	return false
}
