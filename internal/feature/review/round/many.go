package round

import (
	"context"
	"errors"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

// desk decides many saves and reads each commune's sheet once for all of them.
type desk struct {
	s      *Service
	who    authz.Subject
	dict   *criteria.Dictionary
	sheets map[deskKey]*deskSheet
}

type deskKey struct {
	place  string
	period int32
}

// deskSheet is one commune's sheet, or why there is none.
type deskSheet struct {
	aim   aim
	err   error
	acts  map[int32][]stored // by key of a quantity
	found map[int32]review.Stored
}

func (s *Service) desk(who authz.Subject) *desk {
	return &desk{s: s, who: who, sheets: map[deskKey]*deskSheet{}}
}

// prepare decides one save as [Service.prepare] does.
func (d *desk) prepare(ctx context.Context, tx *db.Tx, cmd *Save) (*Saved, error) {
	if err := cmd.check(); err != nil {
		return nil, err
	}
	a, was, err := d.find(ctx, tx, cmd.Target)
	if err != nil {
		return nil, err
	}
	return a.decide(tx, d.who, cmd, was)
}

// find gives what a save is about and what stands there.
func (d *desk) find(ctx context.Context, tx *db.Tx, t Target) (*aim, *standing, error) {
	if d.dict == nil {
		dict, err := d.s.dictionary(ctx, tx)
		if err != nil {
			return nil, nil, err
		}
		d.dict = dict
	}
	sheet, err := d.sheet(ctx, tx, t)
	if err != nil {
		return nil, nil, err
	}
	a, err := sheet.aim.at(d.s.lib, d.dict, t)
	if err != nil {
		return nil, nil, err
	}
	return a, &standing{acts: sheet.acts[a.measure], old: sheet.found[a.measure]}, nil
}

func (d *desk) sheet(ctx context.Context, tx *db.Tx, t Target) (*deskSheet, error) {
	k := deskKey{t.Place, t.Period.Code()}
	if x := d.sheets[k]; x != nil {
		return x, x.err
	}
	x, err := d.s.deskSheet(ctx, tx, t.Place, t.Period)
	var f *fault.Error
	switch {
	case errors.As(err, &f) && f.Code == fault.NotFound:
		x = &deskSheet{err: err}
	case err != nil:
		return nil, err
	}
	d.sheets[k] = x
	return x, x.err
}

func (s *Service) deskSheet(ctx context.Context, tx *db.Tx, placeID string, p day.Period) (*deskSheet, error) {
	unit, ok := s.places.Latest(placeID)
	if !ok || unit.Level != place.Commune {
		return nil, fault.New(fault.NotFound, msgNoPlace)
	}
	sheet, err := s.SheetOf(ctx, tx, &unit, p)
	if err != nil {
		return nil, err
	}
	x := &deskSheet{
		aim:  aim{unit: unit, sheet: sheet, where: s.whereIs(tx, unit.ID)},
		acts: map[int32][]stored{}, found: map[int32]review.Stored{},
	}
	acts, err := readActs(tx, unit.Key, p.Code())
	if err != nil {
		return nil, err
	}
	for i := range acts {
		x.acts[acts[i].measure] = append(x.acts[acts[i].measure], acts[i])
	}
	list, err := review.StoredOf(tx, []int32{unit.Key}, p.Code(), now)
	for _, f := range list {
		x.found[f.Measure] = f
	}
	return x, err
}

// Outcome is what one save of a [Many] would do.
type Outcome struct {
	Seen  bool          // the person may see what stands; else Old is empty
	Old   review.Stored // what stands in the period
	New   law.Datum     // what was typed, where it can be read
	Same  bool          // it is what stands, which the person may see
	Error error         // why it is refused; nil and [ErrSame] are no refusal
}

// Preview says, for every save of a Many, what it would do; it writes nothing.
func (s *Service) Preview(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Many) ([]Outcome, error) {
	d := s.desk(who)
	out := make([]Outcome, len(cmd.Items))
	for i := range cmd.Items {
		c, o := &cmd.Items[i], &out[i]
		saved, err := d.prepare(ctx, tx, c)
		var f *fault.Error
		if err != nil && !errors.Is(err, ErrSame) && !errors.As(err, &f) {
			return nil, err
		}
		o.Error = err
		a, was, err := d.find(ctx, tx, c.Target)
		if err != nil {
			continue // said already
		}
		var row Row
		for j := range was.acts {
			row.Add(was.acts[j].done)
		}
		o.Seen = a.may(who, authz.ViewCommune, &row)
		if o.New, err = a.read(c, law.Declared); err != nil {
			o.New = law.Datum{State: law.Faulty, Period: c.Period}
		}
		if saved != nil && o.Error == nil {
			o.New = saved.Finding.Datum
		}
		if o.Seen {
			o.Old = was.old
			o.Same = o.New.Known() && o.New.State != law.Faulty && review.SameReport(&o.New, &was.old.Datum) && was.old.Note == c.note(&was.old)
		}
	}
	return out, nil
}

// Commune is a commune as permission sees it at the legal day, without any field
// or state.
func (s *Service) Commune(tx *db.Tx, placeID string) authz.Object {
	where := s.whereIs(tx, placeID)
	return authz.Object{PlacePath: where.Path, TwoTier: where.TwoTier}
}
