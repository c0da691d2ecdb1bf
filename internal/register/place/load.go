package place

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/datafile"
)

// Load reads the two former provinces of today's Tuyên Quang: every day from
// 2021-07-01. fsys is reference.FS().
func Load(fsys fs.FS) (*Register, error) {
	return load(fsys, "places/units.csv", "places/lineage.csv")
}

// LoadNational reads the whole country for tests and demonstrations at national
// size. Outside the two provinces it rests on three lists (valid from
// 2024-05-01, 2025-03-01 and 2025-07-01) and the lineage of 2025: what happened
// between the first two lists is not known event by event, so their lineage is
// missing. It holds the same ids as Load, with many more beside them.
//
// The first list is taken to hold from the first day of the register too, since
// nothing else is known of the years before it: the Source of its places says so.
func LoadNational(fsys fs.FS) (*Register, error) {
	return load(fsys, "national/units.csv.gz", "national/lineage.csv.gz")
}

func load(fsys fs.FS, unitFile, lineageFile string) (*Register, error) {
	r := &Register{byID: map[string][]*Unit{}, byCode: map[string][]*Unit{}}
	if err := r.readUnits(fsys, unitFile); err != nil {
		return nil, err
	}
	r.reachBack()
	if err := r.readLineage(fsys, lineageFile); err != nil {
		return nil, err
	}
	for _, read := range []func(fs.FS) error{r.readRegions, r.readAreas, r.readGroups, r.readHistory} {
		if err := read(fsys); err != nil {
			return nil, err
		}
	}
	r.grow()
	return r, nil
}

// reachBack lets the places of the first national list hold from the first day of
// the register. No code of that list has an earlier bearer, and every parent is
// in the list too.
func (r *Register) reachBack() {
	const note = "; danh mục tháng 5/2024, dùng ngược về trước"
	list, first := day.Of(2024, time.May, 1), day.Forever
	for i := range r.units {
		first = min(first, r.units[i].From)
	}
	sources := map[string]string{}
	for i := range r.units {
		u := &r.units[i]
		if u.Began == list {
			u.Began = first
		}
		if u.From != list || r.byCode[u.Code][0] != u {
			continue
		}
		if sources[u.Source] == "" {
			sources[u.Source] = u.Source + note
		}
		u.From, u.Source = first, sources[u.Source]
	}
}

// readUnits reads the unit table and checks that it tells one consistent story.
func (r *Register) readUnits(fsys fs.FS, name string) error {
	f, err := datafile.Read(fsys, name, "id", "code", "name", "full_name", "alt_names", "kind", "parent_id", "valid_from",
		"valid_to", "area_km2", "pop_census2009", "pop_reported", "lon", "lat", "source")
	if err != nil {
		return err
	}
	r.units = make([]Unit, len(f.Rows))
	for i, row := range f.Rows {
		r.units[i] = readUnit(row)
	}
	if err := f.Err(); err != nil {
		return err
	}
	for i := range r.units {
		u := &r.units[i]
		r.byID[u.ID] = append(r.byID[u.ID], u)
		r.byCode[u.Code] = append(r.byCode[u.Code], u)
	}
	for _, rows := range r.byCode {
		slices.SortFunc(rows, func(a, b *Unit) int { return cmp.Compare(a.From, b.From) })
	}
	for id, rows := range r.byID {
		slices.SortFunc(rows, func(a, b *Unit) int { return cmp.Compare(a.From, b.From) })
		for _, u := range rows {
			u.Began, u.Ended = rows[0].From, rows[len(rows)-1].To
		}
		r.byID[id] = rows
	}
	for i, row := range f.Rows {
		r.checkUnit(&r.units[i], row)
	}
	return f.Err()
}

func readUnit(row datafile.Row) Unit {
	u := Unit{
		ID: row.Text("id"), Code: row.Text("code"), Name: row.Needed("name"), FullName: row.Needed("full_name"),
		ParentID: row.Text("parent_id"), Source: row.Needed("source"),
		From: row.Day("valid_from", day.None), To: row.Day("valid_to", day.Forever),
		AreaHa: row.Hundredths("area_km2"), Census2009: row.Int("pop_census2009"),
		PopReported: row.Int("pop_reported"), Lon: row.Float("lon"), Lat: row.Float("lat"),
	}
	if alt := row.Text("alt_names"); alt != "" {
		u.AltNames = strings.Split(alt, ";")
	}
	level, _, _, ok := splitID(u.ID)
	if code, _, _ := strings.Cut(u.ID, "."); !ok || code != u.Code {
		row.Refuse("id", "mã, dấu chấm, số thứ tự, như 02608.2")
	}
	kind, ok := ParseKind(row.Text("kind"))
	if !ok || kind.Level() != level {
		row.Refuse("kind", "một loại đơn vị của cấp này, như xa, phuong, thi-tran")
	}
	if u.From == day.None || u.To < u.From {
		row.Refuse("valid_from", "một ngày, không sau valid_to")
	}
	u.Key, u.Level, u.Kind = Key(u.ID), level, kind
	return u
}

// checkUnit refuses a row whose parent does not hold all the time, or during
// which another row bears the code. It also finds the province.
func (r *Register) checkUnit(u *Unit, row datafile.Row) {
	for _, other := range r.byCode[u.Code] {
		if other != u && other.From <= u.To && u.From <= other.To {
			row.Refuse("valid_to", "một thời gian không chồng lên dòng khác cùng mã")
		}
	}
	u.Province = u.Code
	if u.Level == Province {
		if u.ParentID != "" {
			row.Refuse("parent_id", "để trống vì là đơn vị cấp tỉnh")
		}
		return
	}
	parents := r.byID[u.ParentID]
	if len(parents) == 0 || parents[0].Level >= u.Level || parents[0].From > u.From || parents[len(parents)-1].To < u.To {
		row.Refuse("parent_id", "một đơn vị cấp trên có suốt thời gian của dòng")
		return
	}
	top := parents[0]
	for top.ParentID != "" && len(r.byID[top.ParentID]) > 0 {
		top = r.byID[top.ParentID][0]
	}
	u.Province = top.Code
}
