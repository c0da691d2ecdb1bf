package account

import (
	"context"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// suits tells whether a role is one for a unit with the given place ("" = an
// agency of the province) on a day.
func (s *Service) suits(r authz.Role, placeID string, on day.Day) bool {
	if r.Tier() == authz.OfUnit {
		return true
	}
	if placeID == "" {
		return r.Tier() == authz.OfProvince
	}
	u, ok := s.o.Places.Unit(placeID, on)
	return ok && (u.Level == place.Commune && r.Tier() == authz.OfCommune || u.Level == place.District && r.Tier() == authz.OfDistrict)
}

// Grant gives an account one more role.
func (s *Service) Grant(ctx context.Context, actor authz.Subject, accountID string, n NewGrant) (id string, err error) {
	body := map[string]any{"account": accountID, "role": n.Role, "fields": n.Fields, "document": n.Document}
	err = s.write(ctx, actor.ID, "account.grant", body, func(tx *db.Tx) error {
		a, err := s.administered(tx, actor, accountID)
		if err != nil {
			return err
		}
		g, err := s.checkGrant(ctx, tx, actor, &a, n)
		if err != nil {
			return err
		}
		id = g.ID
		return insertGrant(tx, &g)
	})
	return id, err
}

// EndGrant ends a role: until is its last day, today at the earliest.
func (s *Service) EndGrant(ctx context.Context, actor authz.Subject, grantID string, until day.Day, document string) error {
	body := map[string]any{"grant": grantID, "until": until.String(), "document": document}
	return s.write(ctx, actor.ID, "account.grant.end", body, func(tx *db.Tx) error {
		if until < tx.Today() {
			return fault.New(fault.Invalid, msgPast, "day", tx.Today().Vietnamese()).At("ngay-cuoi")
		}
		_, err := s.endGrant(tx, actor, grantID, until, document)
		return err
	})
}

// endGrant writes the ending row and gives the grant as it was.
func (s *Service) endGrant(tx *db.Tx, actor authz.Subject, grantID string, until day.Day, document string) (Grant, error) {
	list, err := grantRow(tx, grantID)
	if err != nil {
		return Grant{}, err
	}
	if len(list) != 1 || grantID == "" {
		return Grant{}, fault.New(fault.NotFound, msgNotGrant)
	}
	g := list[0]
	if _, err := s.administered(tx, actor, g.Account); err != nil {
		return g, err
	}
	if g.Until < tx.Today() || until > g.Until {
		return g, fault.New(fault.Conflict, msgEnded, "day", g.Until.Vietnamese())
	}
	ended := g
	ended.Until = until
	if ended.Document, err = checkText(g.Document+"; kết thúc: "+document, "van-ban", 400, msgDocument); err != nil {
		return g, err
	}
	return g, insertGrant(tx, &ended)
}

// HandOver gives a role of one person to another from a day on.
type HandOver struct {
	Grant    string
	To       string // account of the same unit
	On       day.Day
	Document string
}

// HandOver ends a grant the day before and gives the same role, place and
// criteria to the heir, from today at the earliest.
func (s *Service) HandOver(ctx context.Context, actor authz.Subject, h HandOver) error {
	body := map[string]any{"grant": h.Grant, "to": h.To, "on": h.On.String(), "document": h.Document}
	return s.write(ctx, actor.ID, "account.handover", body, func(tx *db.Tx) error {
		if h.On < tx.Today() {
			return fault.New(fault.Invalid, msgPastOver, "day", tx.Today().Vietnamese()).At("ban-giao-ngay")
		}
		document, err := checkText(h.Document, "ban-giao-van-ban", 200, msgDocument)
		if err != nil {
			return err
		}
		g, err := s.endGrant(tx, actor, h.Grant, h.On-1, document)
		if err != nil {
			return err
		}
		heir, err := s.administered(tx, actor, h.To)
		if err != nil {
			return err
		}
		if heir.ID == g.Account || heir.State == Disabled || heir.Unit != g.Unit {
			return fault.New(fault.Invalid, msgSame).At("nguoi-nhan")
		}
		if !delegable(g.Role) && !s.forProvince(actor, g.Unit, tx.Today()) {
			return fault.New(fault.Forbidden, msgAbove, "role", g.Role.Vietnamese())
		}
		old := g.ID
		g.ID, g.Account, g.From, g.Document, g.HeirOf = tx.NewID(), heir.ID, h.On, document, old
		return insertGrant(tx, &g)
	})
}

// Disable keeps an account from logging in, and ends its sessions and links.
func (s *Service) Disable(ctx context.Context, actor authz.Subject, accountID, reason string) error {
	body := map[string]string{"account": accountID, "reason": clip(reason, 200)}
	return s.write(ctx, actor.ID, "account.disable", body, func(tx *db.Tx) error {
		a, err := s.administered(tx, actor, accountID)
		if err != nil || a.State == Disabled {
			return err
		}
		if a.Demo {
			return fault.New(fault.Forbidden, msgDemoOwn)
		}
		if err := shut(tx, a.ID); err != nil {
			return err
		}
		return setState(tx, &a, Disabled)
	})
}

// shut ends every session and link of an account.
func shut(tx *db.Tx, id string) error {
	if err := dropTokens(tx, id); err != nil {
		return err
	}
	if err := dropDevices(tx, id); err != nil {
		return err
	}
	_, err := dropSessions(tx, id, "", "")
	return err
}

// Enable lets a disabled account log in again, with the password it had.
func (s *Service) Enable(ctx context.Context, actor authz.Subject, accountID string) error {
	return s.write(ctx, actor.ID, "account.enable", map[string]string{"account": accountID}, func(tx *db.Tx) error {
		a, err := s.administered(tx, actor, accountID)
		if err != nil || a.State != Disabled {
			return err
		}
		sec, _, err := secretOf(tx, a.ID)
		if err != nil {
			return err
		}
		if sec.password == "" {
			return setState(tx, &a, Invited)
		}
		return setState(tx, &a, Active)
	})
}

// Reset takes an account's password away, and with second also its second
// factor, ends its sessions, and gives the token of a link that sets a new
// password.
func (s *Service) Reset(ctx context.Context, actor authz.Subject, accountID string, second bool) (token string, err error) {
	body := map[string]any{"account": accountID, "second": second}
	err = s.write(ctx, actor.ID, "account.reset", body, func(tx *db.Tx) error {
		a, err := s.administered(tx, actor, accountID)
		if err != nil {
			return err
		}
		if a.Demo {
			return fault.New(fault.Forbidden, msgDemoOwn)
		}
		if a.State == Disabled {
			return fault.New(fault.Conflict, msgOff)
		}
		if err := shut(tx, a.ID); err != nil {
			return err
		}
		sec, _, err := secretOf(tx, a.ID)
		if err != nil {
			return err
		}
		sec.password = ""
		if second {
			sec.totp, sec.totpOn, sec.step = "", false, 0
			if _, err := dropRecovery(tx, a.ID, ""); err != nil {
				return err
			}
		}
		if err := putSecret(tx, &sec); err != nil {
			return err
		}
		token = tx.NewToken()
		return putToken(tx, digest(token), oneToken{account: a.ID, purpose: "reset", until: tx.Now().Add(s.o.Limits.Invite)})
	})
	return token, err
}

var msgOff = fault.Msg{Key: "account.off", Text: "tài khoản đang bị khóa; hãy mở khóa trước"}

// Forget erases the person's name from an account. The journal stays valid: it
// holds a commitment only.
func (s *Service) Forget(ctx context.Context, actor authz.Subject, accountID string) error {
	return s.write(ctx, actor.ID, "account.forget", map[string]string{"account": accountID}, func(tx *db.Tx) error {
		if _, err := s.administered(tx, actor, accountID); err != nil {
			return err
		}
		return dropPerson(tx, accountID)
	})
}

// Listed is one line of an administrator's list.
type Listed struct {
	Account
	Name   string // the person's, "" when none was given
	Agency string // the unit in words
	May    bool   // the actor administers it
	Second bool   // has a second factor
}

// List gives the accounts the actor looks after.
func (s *Service) List(ctx context.Context, actor authz.Subject) ([]Listed, error) {
	var out []Listed
	err := s.o.DB.Read(ctx, func(tx *db.Tx) error {
		accounts, err := accountRows(tx)
		if err != nil {
			return err
		}
		grants, err := grantRows(tx)
		if err != nil {
			return err
		}
		of := map[string][]Grant{}
		for _, g := range grants {
			of[g.Account] = append(of[g.Account], g)
		}
		for _, a := range accounts {
			a.Grants = of[a.ID]
			if !authz.May(actor, authz.ManageAccounts, s.Object(&a, tx.Today())) {
				continue
			}
			one := Listed{Account: a, Agency: s.UnitName(a.Unit, tx.Today())}
			one.May = a.ID != actor.ID && s.mayAdminister(&a, actor, tx.Today()) == nil
			if one.Name, err = personName(tx, a.ID); err != nil {
				return err
			}
			sec, _, err := secretOf(tx, a.ID)
			if err != nil {
				return err
			}
			one.Second = sec.totpOn
			out = append(out, one)
		}
		return nil
	})
	return out, err
}

// UnitName is an agency's name on a day, or as it was last called.
func (s *Service) UnitName(id string, on day.Day) string {
	if a, ok := s.o.Agencies.Agency(id, on); ok {
		return a.Name
	}
	if a, ok := s.o.Agencies.Latest(id); ok {
		return a.Name
	}
	return id
}

// Units lists the agencies whose staff the actor may invite, on a day.
func (s *Service) Units(actor authz.Subject, today day.Day) []agency.Agency {
	var out []agency.Agency
	for _, a := range s.o.Agencies.At(today) {
		if authz.May(actor, authz.ManageAccounts, authz.Object{PlacePath: s.pathOf(a.ID, today), Unit: a.ID}) {
			out = append(out, a)
		}
	}
	return out
}

// Roles lists the roles the actor may give to the staff of a unit.
func (s *Service) Roles(actor authz.Subject, unit string, today day.Day) []authz.Role {
	a, ok := s.o.Agencies.Agency(unit, today)
	if !ok {
		return nil
	}
	var out []authz.Role
	all := s.forProvince(actor, unit, today)
	for _, r := range authz.Roles() {
		if s.suits(r, a.PlaceID, today) && (all || delegable(r)) {
			out = append(out, r)
		}
	}
	return out
}

// Get gives one account the actor looks after, as a line of the list.
func (s *Service) Get(ctx context.Context, actor authz.Subject, id string) (Listed, error) {
	list, err := s.List(ctx, actor)
	if err != nil {
		return Listed{}, err
	}
	for _, l := range list {
		if l.ID == id {
			return l, nil
		}
	}
	return Listed{}, fault.New(fault.NotFound, msgUnknown)
}

// AllUnits lists the agencies of a day, for the first run.
func (s *Service) AllUnits(today day.Day) []agency.Agency { return s.o.Agencies.At(today) }
