package place

import (
	"io/fs"
	"maps"
	"slices"
	"strconv"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/datafile"
)

// AreaClass is a class a decision puts a commune into for some years. A commune
// may be in several at once.
type AreaClass string

// The classes: the three zones of ethnic and mountain areas (Quyết định
// 33/2020/QĐ-TTg), special difficulty, and safe zone of the resistance.
const (
	ZoneI   AreaClass = "I"
	ZoneII  AreaClass = "II"
	ZoneIII AreaClass = "III"
	DBKK    AreaClass = "dbkk"
	ATK     AreaClass = "atk"
)

// AreaSpan puts a commune into a class from From to To.
type AreaSpan struct {
	ID       string
	Class    AreaClass
	From, To day.Day // To is day.Forever while it holds
	Source   string
}

// GroupSpan puts a commune into group 1, 2 or 3 of the set of 2026-2030.
type GroupSpan struct {
	ID       string
	Group    int
	From, To day.Day
	Source   string
}

var msgSpan = fault.Msg{Key: "place.span", Text: "không nhận được phân loại của địa bàn {id}: {why}"}

const (
	whyPlace   = "không có địa bàn này"
	whyDays    = "ngày đầu sau ngày cuối"
	whyClass   = "loại khu vực phải là I, II, III, dbkk hoặc atk"
	whyGroup   = "nhóm xã phải là 1, 2 hoặc 3"
	whyOverlap = "thời gian chồng lên phân loại khác"
)

// readAreas reads the classes. The file has no rows: no list was found.
func (r *Register) readAreas(fsys fs.FS) error {
	f, err := datafile.Read(fsys, "places/area_class.csv", "id", "class", "valid_from", "valid_to", "source")
	if err != nil {
		return err
	}
	spans := make([]AreaSpan, len(f.Rows))
	for i, row := range f.Rows {
		spans[i] = AreaSpan{
			row.Text("id"), AreaClass(row.Text("class")), row.Day("valid_from", day.None),
			row.Day("valid_to", day.Forever), row.Needed("source"),
		}
	}
	if err := f.Err(); err != nil {
		return err
	}
	with, err := r.WithAreas(spans)
	if err != nil {
		return err
	}
	r.areas = with.areas
	return nil
}

// readGroups reads the groups. The file has no rows: no list was found.
func (r *Register) readGroups(fsys fs.FS) error {
	f, err := datafile.Read(fsys, "places/commune_group.csv", "id", "group", "valid_from", "valid_to", "source")
	if err != nil {
		return err
	}
	spans := make([]GroupSpan, len(f.Rows))
	for i, row := range f.Rows {
		spans[i] = GroupSpan{
			row.Text("id"), row.Int("group"), row.Day("valid_from", day.None),
			row.Day("valid_to", day.Forever), row.Needed("source"),
		}
	}
	if err := f.Err(); err != nil {
		return err
	}
	with, err := r.WithGroups(spans)
	if err != nil {
		return err
	}
	r.groups = with.groups
	return nil
}

// WithAreas is the register with more classes; r stays as it is.
func (r *Register) WithAreas(spans []AreaSpan) (*Register, error) {
	c := *r
	c.areas = maps.Clone(r.areas)
	if c.areas == nil {
		c.areas = map[string][]AreaSpan{}
	}
	known := []AreaClass{ZoneI, ZoneII, ZoneIII, DBKK, ATK}
	for _, s := range spans {
		if err := r.checkSpan(s.ID, s.From, s.To); err != nil {
			return nil, err
		}
		if !slices.Contains(known, s.Class) {
			return nil, fault.New(fault.Invalid, msgSpan, "id", s.ID, "why", whyClass)
		}
		for _, o := range c.areas[s.ID] {
			if o.Class == s.Class && o.From <= s.To && s.From <= o.To {
				return nil, fault.New(fault.Conflict, msgSpan, "id", s.ID, "why", whyOverlap)
			}
		}
		c.areas[s.ID] = append(slices.Clip(c.areas[s.ID]), s)
	}
	return &c, nil
}

// WithGroups is the register with more groups; r stays as it is.
func (r *Register) WithGroups(spans []GroupSpan) (*Register, error) {
	c := *r
	c.groups = maps.Clone(r.groups)
	if c.groups == nil {
		c.groups = map[string][]GroupSpan{}
	}
	for _, s := range spans {
		if err := r.checkSpan(s.ID, s.From, s.To); err != nil {
			return nil, err
		}
		if s.Group < 1 || s.Group > 3 {
			return nil, fault.New(fault.Invalid, msgSpan, "id", s.ID, "why", whyGroup+", không phải "+strconv.Itoa(s.Group))
		}
		for _, o := range c.groups[s.ID] {
			if o.From <= s.To && s.From <= o.To {
				return nil, fault.New(fault.Conflict, msgSpan, "id", s.ID, "why", whyOverlap)
			}
		}
		c.groups[s.ID] = append(slices.Clip(c.groups[s.ID]), s)
	}
	return &c, nil
}

func (r *Register) checkSpan(id string, from, to day.Day) error {
	if len(r.byID[id]) == 0 {
		return fault.New(fault.NotFound, msgSpan, "id", id, "why", whyPlace)
	}
	if to < from {
		return fault.New(fault.Invalid, msgSpan, "id", id, "why", whyDays)
	}
	return nil
}

// Areas is the classes of a commune on a day.
func (r *Register) Areas(id string, on day.Day) []AreaSpan {
	var list []AreaSpan
	for _, s := range r.areas[id] {
		if s.From <= on && on <= s.To {
			list = append(list, s)
		}
	}
	return list
}

// Group is the group of a commune on a day; false when none is recorded.
func (r *Register) Group(id string, on day.Day) (int, bool) {
	for _, s := range r.groups[id] {
		if s.From <= on && on <= s.To {
			return s.Group, true
		}
	}
	return 0, false
}
