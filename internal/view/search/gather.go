package search

import (
	"context"
	"math"
	"slices"
	"strconv"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

// places adds every commune and district under every name and code it has borne.
func (e *Engine) places(all []entry) []entry {
	for _, on := range e.opt.Places.Changes() {
		for _, u := range e.opt.Places.At(on).Units() {
			if _, known := e.nearby[u.ID]; known || u.Level == place.Province {
				continue
			}
			e.nearby[u.ID] = len(e.shown)
			last, _ := e.opt.Places.Latest(u.ID)
			e.shown = append(e.shown, last)
			all = e.namesOf(all, &last)
		}
	}
	return all
}

// namesOf adds one place: its last name, the earlier ones with what it is called
// now, and what it was called before the register begins.
func (e *Engine) namesOf(all []entry, u *place.Unit) []entry {
	at := e.nearby[u.ID]
	address := ""
	if parents := e.opt.Places.At(min(u.Ended, u.From)).Ancestors(u.ID); len(parents) > 0 {
		address = parents[0].FullName
	}
	one := entry{
		kind: Places, id: "place " + u.ID, title: u.FullName, note: joined("mã "+u.Code, address),
		codes: []string{u.Code}, unit: at, from: u.Began, to: u.Ended,
	}
	for _, name := range append([]string{u.Name, u.FullName}, u.AltNames...) {
		one.name = name
		all = append(all, one)
	}
	seen := []string{u.FullName}
	former := func(full, name string, codes []string, until day.Day) {
		old := one
		old.title, old.from, old.to, old.codes = full, day.None, until, codes
		old.note = joined(one.note, "tên cũ đến "+until.Vietnamese()+", nay là "+u.FullName)
		for _, n := range []string{name, full} {
			old.name = n
			all = append(all, old)
		}
	}
	for _, v := range e.opt.Places.Versions(u.ID) {
		if !slices.Contains(seen, v.FullName) || v.Code != u.Code {
			seen = append(seen, v.FullName)
			former(v.FullName, v.Name, []string{v.Code}, v.To)
		}
	}
	for _, f := range e.opt.Places.Formers(u.ID) {
		if f.FullName != "" && !slices.Contains(seen, f.FullName) {
			seen = append(seen, f.FullName)
			former(f.FullName, f.Name, nil, f.Until)
		}
	}
	return all
}

// setPath is where a criterion stands in the book of a set.
func setPath(s *law.Set, criterion string) string {
	path := "/bo-tieu-chi?bo=" + s.ID
	if criterion != "" {
		path += "#tc-" + criterion
	}
	return path
}

// indicators adds the criteria and indicators of every set.
func (e *Engine) indicators(all []entry) []entry {
	for _, s := range e.opt.Law.Sets {
		for i := range s.Criteria {
			c := &s.Criteria[i]
			all = append(all, entry{
				kind: Indicators, id: s.ID + " " + c.Code, title: "Tiêu chí " + c.Code + ". " + c.Name, note: s.Name,
				path: setPath(s, c.Code), name: c.Name, codes: []string{c.Code}, unit: -1, from: s.PeriodFrom, to: s.PeriodTo,
			})
		}
		for slot := range s.Slots() {
			ind := s.At(slot)
			c := &s.Criteria[ind.Criterion]
			if ind.Code == c.Code && ind.Name == c.Name {
				continue
			}
			all = append(all, entry{
				kind: Indicators, id: s.ID + " " + ind.Code + " " + strconv.Itoa(slot), title: ind.Code + ". " + ind.Name,
				note: "tiêu chí " + c.Code + " " + c.Name + "; " + s.Name,
				path: setPath(s, c.Code), name: ind.Name, codes: []string{ind.Code}, unit: -1, from: s.PeriodFrom, to: s.PeriodTo,
			})
		}
	}
	return all
}

// instruments adds the documents that the sets rest on.
func (e *Engine) instruments(all []entry) []entry {
	ids := make([]string, 0, len(e.opt.Law.Instruments))
	for id := range e.opt.Law.Instruments {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		i := e.opt.Law.Instruments[id]
		path := "/bo-tieu-chi"
		if at := slices.IndexFunc(e.opt.Law.Sets, func(s *law.Set) bool { return s.Instrument == id }); at >= 0 {
			path = setPath(e.opt.Law.Sets[at], "")
		} else if at := slices.IndexFunc(e.opt.Law.Sets, func(s *law.Set) bool { return s.Instruments[id] != nil }); at >= 0 {
			path = setPath(e.opt.Law.Sets[at], "")
		}
		all = append(all, entry{
			kind: Documents, id: "instrument " + id, title: i.Citation(), note: joined(i.Title, i.Issuer), path: path,
			name: i.Number + " " + i.Title, codes: []string{i.Number}, unit: -1, to: day.Forever,
		})
	}
	return all
}

// agencies adds every body under every name it has borne.
func (e *Engine) agencies(all []entry) []entry {
	if e.opt.Agencies == nil {
		return all
	}
	for _, a := range e.opt.Agencies.Rows() {
		one := entry{kind: Agencies, id: "agency " + a.ID, title: a.Name, unit: -1, from: a.From, to: a.To}
		if e.opt.Agency != nil {
			one.path = e.opt.Agency(a.ID)
		}
		switch now, _ := e.opt.Agencies.Latest(a.ID); {
		case now.Name != a.Name:
			one.note = "tên cũ đến " + a.To.Vietnamese() + ", nay là " + now.Name
		case a.Ended != day.Forever:
			var heirs []string
			for _, h := range e.opt.Agencies.Successors(a.ID, a.Ended+1) {
				if !slices.Contains(heirs, h.Agency.Name) {
					heirs = append(heirs, h.Agency.Name)
				}
			}
			one.note = "đến " + a.Ended.Vietnamese()
			for _, h := range heirs {
				one.note = joined(one.note, "việc chuyển sang "+h)
			}
		}
		for _, name := range []string{a.Name, a.Short} {
			if one.name = name; name != "" {
				all = append(all, one)
			}
		}
	}
	return all
}

// decided is the index of the decisions on record. It is made anew once the
// journal has grown.
func (e *Engine) decided(ctx context.Context) (*index, error) {
	position := e.opt.Position()
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.position == position {
		return e.numbers, nil
	}
	var all []entry
	err := e.opt.DB.Read(ctx, func(tx *db.Tx) error {
		records, err := e.opt.Decisions.Records(ctx, tx, "", math.MaxInt64)
		if err != nil {
			return err
		}
		for i := range records {
			all = e.decision(all, &records[i])
		}
		titles, err := e.opt.Titles.List(ctx, tx, math.MaxInt64)
		for i := range titles {
			t := &titles[i]
			at, known := e.nearby[t.Place]
			if t.Number == "" || !known {
				continue
			}
			u := &e.shown[at]
			all = append(all, entry{
				kind: Documents, id: "title " + t.Number + " " + t.Place, title: t.Number,
				note: "công nhận " + u.FullName + " đạt " + t.Level.Vietnamese(), path: placePath(u, u.Began),
				name: t.Number, codes: []string{t.Number}, unit: at, to: day.Forever,
			})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	e.numbers, e.position = newIndex(all), position
	return e.numbers, nil
}

func (e *Engine) decision(all []entry, r *criteria.Record) []entry {
	s, err := e.opt.Law.Set(r.Set)
	if err != nil {
		return all // of a set that no longer ships
	}
	slot, ok := s.Slot(r.Indicator)
	if !ok {
		return all
	}
	c := &s.Criteria[s.At(slot).Criterion]
	note := "mức đạt chuẩn do tỉnh quy định, " + s.Name
	if r.Illustrative {
		note += " (số liệu minh họa)"
	}
	return append(all, entry{
		kind: Documents, id: "decision " + r.Number + " " + r.Set, title: r.Number + " ngày " + r.Issued.Vietnamese(), note: note,
		path: setPath(s, c.Code), name: r.Number, codes: []string{r.Number}, unit: -1, to: day.Forever,
	})
}
