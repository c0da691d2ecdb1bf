package round

import (
	"context"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

var (
	msgNoSheet = fault.Msg{Key: "round.no_sheet", Text: "{name} không có phiếu rà soát kỳ {period}: chưa mở đợt rà soát của kỳ này cho xã"}
	msgNoPlace = fault.Msg{Key: "round.no_place", Text: "không có xã này"}
	msgNoCode  = fault.Msg{Key: "round.no_indicator", Text: "phiếu của {name} không có chỉ tiêu {code}"}
)

// SheetOf finds the sheet of a commune in a period.
func (s *Service) SheetOf(_ context.Context, tx *db.Tx, unit *place.Unit, p day.Period) (*Sheet, error) {
	m, ok, err := readMembership(tx, unit.Key, p.Code())
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fault.New(fault.NotFound, msgNoSheet, "name", unit.FullName, "period", p.Vietnamese())
	}
	r, ok, err := readRound(tx, m.round)
	if err == nil && !ok {
		err = fault.New(fault.Corrupt, msgRoundGone)
	}
	return &Sheet{Round: r, Place: unit.Key, Sets: splitList(m.sets)}, err
}

// Rows gives where every quantity of a sheet stands, by its key; quantities
// nothing was done with are left out.
func (s *Service) Rows(_ context.Context, tx *db.Tx, sheet *Sheet) (map[int32]Row, error) {
	acts, err := readActs(tx, sheet.Place, sheet.Round.Period.Code())
	return fold(acts), err
}

func fold(acts []stored) map[int32]Row {
	out := make(map[int32]Row)
	for i := range acts {
		r := out[acts[i].measure]
		r.Add(acts[i].done)
		out[acts[i].measure] = r
	}
	return out
}

// Object is an indicator of a commune's sheet as permission sees it, with the
// state its quantity is in; for an indicator outside any round, the state of
// something nobody works on.
func (s *Service) Object(ctx context.Context, tx *db.Tx, c Target) (authz.Object, error) {
	w, err := s.target(ctx, tx, c)
	if err != nil {
		return authz.Object{}, err
	}
	row, err := w.row(tx)
	return w.object(&row), err
}

// Target names one indicator or part on the sheet of one commune.
type Target struct {
	Place  string // id
	Period day.Period
	Set    string
	Code   string
}

// aim is a target that was found.
type aim struct {
	unit    place.Unit
	sheet   *Sheet
	set     *law.Set
	slot    int
	measure int32
	where   Reach
	fields  []string // of every slot of the sheet's sets that reads the quantity, its own first
}

// target finds what a command names.
func (s *Service) target(ctx context.Context, tx *db.Tx, c Target) (*aim, error) {
	unit, ok := s.places.Latest(c.Place)
	if !ok || unit.Level != place.Commune {
		return nil, fault.New(fault.NotFound, msgNoPlace)
	}
	sheet, err := s.SheetOf(ctx, tx, &unit, c.Period)
	if err != nil {
		return nil, err
	}
	dict, err := s.dictionary(ctx, tx)
	if err != nil {
		return nil, err
	}
	at := aim{unit: unit, sheet: sheet, where: s.whereIs(tx, unit.ID)}
	return at.at(s.lib, dict, c)
}

// at finds an indicator on the sheet of an aim.
func (a aim) at(lib *law.Library, dict *criteria.Dictionary, c Target) (*aim, error) {
	for _, set := range Sets(lib, a.sheet.Sets) {
		if set.ID != c.Set {
			continue
		}
		if slot, ok := set.Slot(c.Code); ok {
			a.set, a.slot, a.measure = set, slot, dict.Slots(set)[slot]
		}
	}
	if a.set == nil {
		return nil, fault.New(fault.NotFound, msgNoCode, "name", a.unit.FullName, "code", c.Code)
	}
	a.fields = []string{Field(a.set, a.slot)}
	for _, m := range dict.Members(a.measure) {
		if f := Field(m.Set, m.Slot); f != a.fields[0] && contains(a.sheet.Sets, m.Set.ID) {
			a.fields = append(a.fields, f)
		}
	}
	return &a, nil
}

func contains(list []string, id string) bool {
	for _, x := range list {
		if x == id {
			return true
		}
	}
	return false
}

// whereIs tells where a commune lies at the legal day.
func (s *Service) whereIs(tx *db.Tx, id string) Reach {
	return ReachOf(s.places, id, tx.Today())
}

// row reads where the target stands.
func (a *aim) row(tx *db.Tx) (Row, error) {
	acts, err := readActsOf(tx, a.unit.Key, a.sheet.Round.Period.Code(), a.measure)
	var r Row
	for i := range acts {
		r.Add(acts[i].done)
	}
	return r, err
}

func (a *aim) object(row *Row) authz.Object { return a.sheet.object(a.where, a.fields[0], row) }

// may asks permission for any of the criteria that read the quantity.
func (a *aim) may(who authz.Subject, action authz.Action, row *Row) bool {
	o := a.object(row)
	for _, o.Field = range a.fields {
		if authz.May(who, action, o) {
			return true
		}
	}
	return false
}
