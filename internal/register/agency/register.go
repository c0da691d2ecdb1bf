package agency

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/datafile"
	"giuchuan/internal/register/place"
)

// Register is all agencies of one province with their history. It is never
// changed after it was loaded and may be shared by all goroutines.
type Register struct {
	places      *place.Register
	province    string // two-digit code
	short       shortener
	rows        []Agency // in order of the file
	byID        map[string][]Agency
	names       map[string][]name // by squeezed key
	from        map[string][]Handover
	collectives []Collective
	members     map[string][]Member // by collective
}

// name is one way to call an agency, and when.
type name struct {
	id, role string
	from, to day.Day
}

// Handover is one line of succession: from Date, New does what Old did, or the
// part of it that Topic names.
type Handover struct {
	Date     day.Day
	Old, New string // agency ids
	Topic    string // empty = everything
	Basis    string // the legal text, where known
	Source   string
}

// Load reads the agencies of a province (two-digit code, as it is today) from
// fsys, which is reference.FS().
func Load(fsys fs.FS, places *place.Register, province string) (*Register, error) {
	r := &Register{
		places: places, province: province, byID: map[string][]Agency{},
		names: map[string][]name{}, from: map[string][]Handover{}, members: map[string][]Member{},
	}
	for _, read := range []func(fs.FS) error{
		r.readAbbreviations, r.readAgencies, r.readAliases, r.readSuccessors, r.readCollectives,
	} {
		if err := read(fsys); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *Register) readAbbreviations(fsys fs.FS) error {
	f, err := datafile.Read(fsys, "agency_abbreviations.csv", "long", "short")
	if err != nil {
		return err
	}
	for _, row := range f.Rows {
		r.short.add(row.Needed("long"), row.Needed("short"))
	}
	return f.Err()
}

func (r *Register) readAgencies(fsys fs.FS) error {
	f, err := datafile.Read(fsys, "agencies.csv", "id", "name", "short_name", "kind", "valid_from", "valid_to", "source")
	if err != nil {
		return err
	}
	kinds := []Kind{Party, Council, Committee, Department, Vertical, Office, Desk, Steering, Enterprise, Mass}
	for _, row := range f.Rows {
		a := Agency{
			ID: row.Needed("id"), Name: row.Needed("name"), Short: row.Needed("short_name"), Kind: Kind(row.Text("kind")),
			From: row.Day("valid_from", day.None), To: row.Day("valid_to", day.Forever), Source: row.Needed("source"),
		}
		before := r.byID[a.ID]
		switch {
		case !slices.Contains(kinds, a.Kind):
			row.Refuse("kind", "một loại cơ quan đã biết")
		case a.From == day.None || a.To < a.From:
			row.Refuse("valid_from", "một ngày, không sau valid_to")
		case len(before) > 0 && before[len(before)-1].To != a.From-1:
			row.Refuse("valid_from", "ngay sau dòng trước của cùng cơ quan")
		}
		r.byID[a.ID] = append(before, a)
	}
	for _, row := range f.Rows {
		rows := r.byID[row.Text("id")]
		for i := range rows {
			rows[i].Ended = rows[len(rows)-1].To
			if rows[i].Name == row.Text("name") && rows[i].From == row.Day("valid_from", day.None) {
				r.rows = append(r.rows, rows[i])
				r.call(rows[i].Name, name{rows[i].ID, "", rows[i].From, rows[i].To})
				r.call(rows[i].Short, name{rows[i].ID, "", rows[i].From, rows[i].To})
			}
		}
	}
	return f.Err()
}

// call records that a text calls an agency.
func (r *Register) call(text string, n name) {
	key := squeeze(r.short.key(text))
	if !slices.Contains(r.names[key], n) {
		r.names[key] = append(r.names[key], n)
	}
}

func (r *Register) readAliases(fsys fs.FS) error {
	f, err := datafile.Read(fsys, "agency_aliases.csv", "alias", "agency_id", "role", "source")
	if err != nil {
		return err
	}
	for _, row := range f.Rows {
		rows := r.byID[row.Text("agency_id")]
		if len(rows) == 0 {
			row.Refuse("agency_id", "một mã có trong agencies.csv")
			continue
		}
		row.Needed("source")
		r.call(row.Needed("alias"), name{rows[0].ID, row.Text("role"), rows[0].From, rows[0].Ended})
	}
	return f.Err()
}

func (r *Register) readSuccessors(fsys fs.FS) error {
	f, err := datafile.Read(fsys, "agency_successors.csv", "date", "old_id", "new_id", "topic", "basis", "source")
	if err != nil {
		return err
	}
	for _, row := range f.Rows {
		h := Handover{
			row.Day("date", day.None), row.Text("old_id"), row.Text("new_id"),
			row.Text("topic"), row.Text("basis"), row.Needed("source"),
		}
		old, young := r.byID[h.Old], r.byID[h.New]
		switch {
		case len(old) == 0 || old[0].Ended != h.Date-1:
			row.Refuse("old_id", "một cơ quan kết thúc ngay trước ngày này")
		case len(young) == 0 || young[0].From > h.Date || young[0].Ended < h.Date:
			row.Refuse("new_id", "một cơ quan đang hoạt động vào ngày này")
		}
		r.from[h.Old] = append(r.from[h.Old], h)
	}
	return f.Err()
}

// At is every agency of a day: the province's bodies in the order of the file,
// then the People's Committees of districts and communes in order of code.
func (r *Register) At(on day.Day) []Agency {
	var list []Agency
	for _, a := range r.rows {
		if a.Holds(on) {
			list = append(list, a)
		}
	}
	tree := r.places.At(on)
	if p, ok := tree.ByCode(r.province); ok {
		for _, u := range append(tree.Districts(p.ID), tree.Communes(p.ID)...) {
			list = append(list, committee(u))
		}
	}
	return list
}

// Agency is the body with the id under its name of a day.
func (r *Register) Agency(id string, on day.Day) (Agency, bool) {
	for _, a := range r.byID[id] {
		if a.Holds(on) {
			return a, true
		}
	}
	if placeID, ok := strings.CutPrefix(id, placePrefix); ok {
		if u, ok := r.places.Unit(placeID, on); ok && u.Level != place.Province {
			return committee(u), true
		}
	}
	return Agency{}, false
}

// Latest is the body with the id under its last name.
func (r *Register) Latest(id string) (Agency, bool) {
	if rows := r.byID[id]; len(rows) > 0 {
		return rows[len(rows)-1], true
	}
	if placeID, ok := strings.CutPrefix(id, placePrefix); ok {
		if u, ok := r.places.Latest(placeID); ok && u.Level != place.Province {
			return committee(u), true
		}
	}
	return Agency{}, false
}

// Heir is a body of a day that does what another one did.
type Heir struct {
	Agency Agency
	Topics []string // the parts it took over, oldest step first; none = everything
	Choice bool     // a person chooses among these: the law does not say who took what
}

// Successors is who does on a day what the body with the id did: itself while it
// works, else those it was handed over to, through as many steps as there were.
// What a UBND of a district did went to the UBND of its communes' heirs or up to
// UBND tỉnh (Nghị định 131/2025/NĐ-CP): all are given, as a choice.
func (r *Register) Successors(id string, on day.Day) []Heir {
	if a, ok := r.Agency(id, on); ok {
		return []Heir{{Agency: a}}
	}
	a, ok := r.Latest(id)
	if !ok || a.Ended >= on {
		return nil
	}
	if a.PlaceID != "" {
		return r.placeHeirs(a, on)
	}
	var heirs []Heir
	for _, h := range r.from[id] {
		for _, next := range r.Successors(h.New, on) {
			if h.Topic != "" {
				next.Topics = append([]string{h.Topic}, next.Topics...)
			}
			if !slices.ContainsFunc(heirs, func(x Heir) bool {
				return x.Agency.ID == next.Agency.ID && slices.Equal(x.Topics, next.Topics)
			}) {
				heirs = append(heirs, next)
			}
		}
	}
	return heirs
}

// placeHeirs is the successors of a People's Committee.
func (r *Register) placeHeirs(a Agency, on day.Day) []Heir {
	var heirs []Heir
	add := func(u place.Unit, choice bool) {
		if !slices.ContainsFunc(heirs, func(h Heir) bool { return h.Agency.PlaceID == u.ID }) {
			heirs = append(heirs, Heir{Agency: committee(u), Choice: choice})
		}
	}
	if a.Kind == OfCommune {
		next := r.places.Successors(a.PlaceID, on)
		for _, h := range next {
			add(h.Unit, len(next) > 1)
		}
		return heirs
	}
	for _, u := range r.places.At(a.Ended).Communes(a.PlaceID) {
		for _, h := range r.places.Successors(u.ID, on) {
			add(h.Unit, true)
		}
	}
	slices.SortFunc(heirs, func(x, y Heir) int { return cmp.Compare(x.Agency.PlaceID, y.Agency.PlaceID) })
	for _, top := range r.At(on) {
		if top.Kind == Committee {
			heirs = append(heirs, Heir{Agency: top, Choice: true})
		}
	}
	return heirs
}
