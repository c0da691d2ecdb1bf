package account

import (
	"context"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
)

// Stranded is a role whose place or agency has ended and that nobody handed
// over yet: districts and many communes on 30/6/2025, departments on 28/2/2025.
type Stranded struct {
	Account Account
	Grant   Grant
	Place   string          // the place or agency that ended, in words
	Ended   day.Day         // its last day
	Units   []agency.Agency // that took over, as a proposal
	Roles   []authz.Role    // that one of them can have; Grant.Role first where it is among them
}

var (
	msgNotHeir     = fault.Msg{Key: "account.not_heir", Text: "hãy chọn một trong các cơ quan kế thừa được đề xuất"}
	msgNotStranded = fault.Msg{Key: "account.not_stranded", Text: "vai trò này không thuộc diện cần bàn giao, hoặc vừa được bàn giao; hãy tải lại trang"}
)

// Stranded lists the roles to hand over that a province's administrator looks
// after; nobody else sees any.
func (s *Service) Stranded(ctx context.Context, actor authz.Subject) ([]Stranded, error) {
	var out []Stranded
	err := s.o.DB.Read(ctx, func(tx *db.Tx) error {
		accounts, err := accountRows(tx)
		if err != nil {
			return err
		}
		grants, err := grantRows(tx)
		if err != nil {
			return err
		}
		for i := range grants {
			at := slices.IndexFunc(accounts, func(a Account) bool { return a.ID == grants[i].Account })
			if at < 0 || accounts[at].State == Disabled || !s.forProvince(actor, accounts[at].Unit, tx.Today()) {
				continue
			}
			if one, yes := s.stranded(&grants[i], tx.Today()); yes {
				one.Account = accounts[at]
				out = append(out, one)
			}
		}
		return nil
	})
	return out, err
}

// stranded tells whether a role's place or agency has ended by a day.
func (s *Service) stranded(g *Grant, today day.Day) (Stranded, bool) {
	out := Stranded{Grant: *g}
	if g.Until < today {
		return out, false
	}
	place, known := s.o.Places.Latest(s.placeAt(g.Place, today))
	unit, working := s.o.Agencies.Latest(g.Unit)
	switch {
	case known && place.Ended < today:
		out.Place, out.Ended = place.Title(), place.Ended
	case working && unit.Ended < today:
		out.Place, out.Ended = unit.Name, unit.Ended
	default:
		return out, false
	}
	for _, h := range s.o.Agencies.Successors(g.Unit, today) {
		out.Units = append(out.Units, h.Agency)
	}
	for _, r := range authz.Roles() {
		if slices.ContainsFunc(out.Units, func(a agency.Agency) bool { return s.suits(r, a.PlaceID, today) }) {
			out.Roles = append(out.Roles, r)
		}
	}
	if i := slices.Index(out.Roles, g.Role); i > 0 {
		out.Roles = slices.Insert(slices.Delete(out.Roles, i, i+1), 0, g.Role)
	}
	return out, true
}

// Move hands a stranded role over in one act.
type Move struct {
	Grant    string
	Unit     string     // one of those that took over
	Role     authz.Role // there
	To       string     // account of that unit; "" = the same person, who goes along
	Document string
}

// Move ends a stranded role and gives its person, or another, the role in the
// agency that took over, from today.
func (s *Service) Move(ctx context.Context, actor authz.Subject, m Move) error {
	body := map[string]any{"grant": m.Grant, "unit": m.Unit, "role": m.Role, "to": m.To, "document": m.Document}
	return s.write(ctx, actor.ID, "account.move", body, func(tx *db.Tx) error {
		list, err := grantRow(tx, m.Grant)
		if err != nil {
			return err
		}
		if len(list) != 1 || m.Grant == "" {
			return fault.New(fault.NotFound, msgNotGrant)
		}
		one, yes := s.stranded(&list[0], tx.Today())
		switch {
		case !yes:
			return fault.New(fault.Conflict, msgNotStranded)
		case !slices.ContainsFunc(one.Units, func(a agency.Agency) bool { return a.ID == m.Unit }):
			return fault.New(fault.Invalid, msgNotHeir).At("co-quan")
		}
		return s.move(tx, actor, &one.Grant, m)
	})
}

func (s *Service) move(tx *db.Tx, actor authz.Subject, g *Grant, m Move) error {
	today := tx.Today()
	person, err := s.administered(tx, actor, g.Account)
	if err != nil {
		return err
	}
	if !s.forProvince(actor, person.Unit, today) || !s.forProvince(actor, m.Unit, today) {
		return fault.New(fault.Forbidden, msgNotYours)
	}
	heir := person
	if m.To != "" && m.To != person.ID {
		if heir, err = s.administered(tx, actor, m.To); err != nil {
			return err
		}
		if heir.State == Disabled || heir.Unit != m.Unit {
			return fault.New(fault.Invalid, msgSame).At("nguoi-nhan")
		}
	} else if heir.Unit != m.Unit {
		heir.Unit = m.Unit
		if err := setState(tx, &heir, heir.State); err != nil {
			return err
		}
	}
	n := NewGrant{Role: m.Role, From: today, Until: g.Until, Document: m.Document}
	if m.Role.TakesFields() {
		n.Fields = g.Fields
	}
	fresh, err := s.makeGrant(tx, &heir, n)
	if err != nil {
		return err
	}
	fresh.HeirOf = g.ID
	ended := *g
	ended.Until = today - 1
	ended.Document = clip(g.Document+"; bàn giao: "+m.Document, 400)
	if err := insertGrant(tx, &ended); err != nil {
		return err
	}
	return insertGrant(tx, &fresh)
}
