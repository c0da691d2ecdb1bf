package account

import (
	"context"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
)

// NewGrant is a role to give.
type NewGrant struct {
	Role     authz.Role
	Fields   []string // only roles that take them
	From     day.Day
	Until    day.Day // day.Forever = open
	Document string
}

// Invite is an account to make.
type Invite struct {
	Login string
	Post  string
	Name  string // the person's name; may be empty
	Unit  string // agency
	Grant NewGrant
}

// Invite makes an account with its first role and gives the token of a link
// that sets its password once. The token is shown once and stored hashed.
func (s *Service) Invite(ctx context.Context, actor authz.Subject, in Invite) (id, token string, err error) {
	login, err := checkLogin(in.Login)
	if err != nil {
		return "", "", err
	}
	post, err := checkText(in.Post, "chuc-danh", 120, msgPost)
	if err != nil {
		return "", "", err
	}
	seal, salt, err := s.sealName(ctx, in.Name)
	if err != nil {
		return "", "", err
	}
	body := map[string]any{"login": login, "unit": in.Unit, "role": in.Grant.Role, "name": seal}
	err = s.write(ctx, actor.ID, "account.invite", body, func(tx *db.Tx) error {
		a := Account{ID: tx.NewID(), Login: login, Post: post, Unit: in.Unit, State: Invited}
		g, err := s.checkGrant(ctx, tx, actor, &a, in.Grant)
		if err != nil {
			return err
		}
		if err := s.addAccount(tx, &a, seal); err != nil {
			return err
		}
		if in.Name != "" {
			if err := putPerson(tx, a.ID, clip(in.Name, 120), salt); err != nil {
				return err
			}
		}
		if err := insertGrant(tx, &g); err != nil {
			return err
		}
		id, token = a.ID, tx.NewToken()
		return putToken(tx, digest(token), oneToken{account: a.ID, purpose: "invite", until: tx.Now().Add(s.o.Limits.Invite)})
	})
	return id, token, err
}

// sealName commits to a person's name; "" for none.
func (s *Service) sealName(ctx context.Context, name string) (seal, salt string, err error) {
	if name == "" {
		return "", "", nil
	}
	if salt, err = s.random(ctx); err != nil {
		return "", "", err
	}
	return journal.Commit(salt, clip(name, 120)), salt, nil
}

// addAccount writes a new account whose login nobody has.
func (s *Service) addAccount(tx *db.Tx, a *Account, seal string) error {
	_, taken, err := secretByLogin(tx, a.Login)
	if err != nil {
		return err
	}
	if taken {
		return fault.New(fault.Conflict, msgTaken, "login", a.Login).At("ten")
	}
	if err := insertAccount(tx, a, seal); err != nil {
		return err
	}
	return putSecret(tx, &secret{account: a.ID, loginKey: a.Login, changed: tx.Now()})
}

// setState writes an account's next row.
func setState(tx *db.Tx, a *Account, state State) error {
	seal, err := accountSeal(tx, a.ID)
	if err != nil {
		return err
	}
	next := *a
	next.State = state
	return insertAccount(tx, &next, seal)
}

// administered gives an account that the actor may administer. Nobody
// administers oneself, and a unit's administrator none who holds or will hold a
// role that only the province gives.
func (s *Service) administered(tx *db.Tx, actor authz.Subject, id string) (Account, error) {
	a, err := full(tx, id)
	if err != nil {
		return a, err
	}
	if a.ID == actor.ID {
		return a, fault.New(fault.Forbidden, msgNotSelf)
	}
	return a, s.mayAdminister(&a, actor, tx.Today())
}

func (s *Service) mayAdminister(a *Account, actor authz.Subject, today day.Day) error {
	if !authz.May(actor, authz.ManageAccounts, s.Object(a, today)) {
		return fault.New(fault.Forbidden, msgNotYours)
	}
	if s.forProvince(actor, a.Unit, today) {
		return nil
	}
	for i := range a.Grants {
		if g := &a.Grants[i]; g.Until >= today && (!delegable(g.Role) || g.Unit != a.Unit) {
			return fault.New(fault.Forbidden, msgNotYours)
		}
	}
	return nil
}

// forProvince tells whether the actor administers the unit as the province's
// administrator, not as its own.
func (s *Service) forProvince(actor authz.Subject, unit string, today day.Day) bool {
	var high []authz.Grant
	for _, g := range actor.Grants {
		if g.Role == authz.ProvinceAdmin {
			high = append(high, g)
		}
	}
	return authz.May(authz.Subject{ID: actor.ID, Grants: high}, authz.ManageAccounts, authz.Object{PlacePath: s.pathOf(unit, today), Unit: unit})
}

// checkGrant makes a grant of what was asked, if the actor may give it to the
// account.
func (s *Service) checkGrant(ctx context.Context, tx *db.Tx, actor authz.Subject, a *Account, n NewGrant) (Grant, error) {
	today := tx.Today()
	if err := s.mayAdminister(a, actor, today); err != nil {
		return Grant{}, err
	}
	g, err := s.makeGrant(tx, a, n)
	if err != nil || s.forProvince(actor, a.Unit, today) {
		return g, err
	}
	if !delegable(n.Role) {
		return g, fault.New(fault.Forbidden, msgAbove, "role", n.Role.Vietnamese()).At("vai-tro")
	}
	own, err := s.unitFields(ctx, tx, actor, a.Unit, today)
	if err != nil {
		return g, err
	}
	for _, f := range g.Fields {
		if !authz.Covers(own, f) {
			return g, fault.New(fault.Forbidden, msgBeyond, "field", f).At("tieu-chi")
		}
	}
	return g, nil
}

// unitFields lists the criteria a unit's administrator may hand on: those of
// the administrator's own grant and those assigned to the agency.
func (s *Service) unitFields(ctx context.Context, tx *db.Tx, actor authz.Subject, unit string, today day.Day) ([]string, error) {
	var out []string
	for _, g := range actor.Grants {
		if g.Role == authz.UnitAdmin && g.Unit == unit {
			out = append(out, g.Fields...)
		}
	}
	if s.o.Assigned == nil {
		return out, nil
	}
	for _, role := range []authz.Role{authz.InCharge, authz.Supplier} {
		more, err := s.o.Assigned.Fields(ctx, tx, role, unit, today)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// makeGrant checks a grant by itself: its role suits the unit, its dates and
// its document are there.
func (s *Service) makeGrant(tx *db.Tx, a *Account, n NewGrant) (Grant, error) {
	if !n.Role.Valid() {
		return Grant{}, fault.New(fault.Invalid, msgRole).At("vai-tro")
	}
	document, err := checkText(n.Document, "van-ban", 200, msgDocument)
	if err != nil {
		return Grant{}, err
	}
	if n.From > n.Until {
		return Grant{}, fault.New(fault.Invalid, msgDates).At("den-ngay")
	}
	fields := slices.Compact(slices.Sorted(slices.Values(n.Fields)))
	words := n.Role.Vietnamese()
	switch {
	case n.Role.TakesFields() && len(fields) == 0 && s.o.Assigned == nil:
		return Grant{}, fault.New(fault.Invalid, msgFields, "role", words).At("tieu-chi")
	case !n.Role.TakesFields() && n.Role != authz.UnitAdmin && len(fields) > 0:
		return Grant{}, fault.New(fault.Invalid, msgNoFields, "role", words).At("tieu-chi")
	}
	on := max(n.From, tx.Today())
	unit, ok := s.o.Agencies.Agency(a.Unit, on)
	if !ok {
		return Grant{}, fault.New(fault.Invalid, msgUnit, "unit", a.Unit, "day", on.Vietnamese()).At("co-quan")
	}
	at := s.unitPlace(a.Unit, on)
	if !s.suits(n.Role, unit.PlaceID, on) {
		return Grant{}, fault.New(fault.Invalid, msgTier, "role", words, "unit", unit.Name).At("vai-tro")
	}
	return Grant{
		ID: tx.NewID(), Account: a.ID, Role: n.Role, Unit: a.Unit, Place: at, Fields: fields,
		From: n.From, Until: n.Until, Document: document,
	}, nil
}

// Accept sets the password of an invited or reset account with the token of its
// link, which works once.
func (s *Service) Accept(ctx context.Context, token, password string) error {
	login := ""
	err := s.o.DB.Read(ctx, func(tx *db.Tx) error {
		a, _, err := s.linked(tx, token)
		login = a.Login
		return err
	})
	if err != nil {
		return err
	}
	if err := CheckPassword(password, login); err != nil {
		return err
	}
	encoded, err := s.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.write(ctx, login, "account.accept", map[string]string{"login": login}, func(tx *db.Tx) error {
		a, _, err := s.linked(tx, token)
		if err != nil {
			return err
		}
		sec, _, err := secretOf(tx, a.ID)
		if err != nil {
			return err
		}
		sec.password, sec.changed = encoded, tx.Now()
		if err := putSecret(tx, &sec); err != nil {
			return err
		}
		if err := dropTokens(tx, a.ID); err != nil {
			return err
		}
		if _, err := dropSessions(tx, a.ID, "", ""); err != nil {
			return err
		}
		if a.State == Active {
			return nil
		}
		return setState(tx, &a, Active)
	})
}

var msgLink = fault.Msg{Key: "account.link", Text: "đường dẫn này không đúng, đã dùng hoặc đã quá hạn; hãy xin đường dẫn mới từ người quản trị"}

// linked gives the account of a link that still works.
func (s *Service) linked(tx *db.Tx, token string) (Account, oneToken, error) {
	t, found, err := readToken(tx, digest(token))
	if err != nil {
		return Account{}, t, err
	}
	if !found || token == "" || !tx.Now().Before(t.until) || t.purpose == first {
		return Account{}, t, fault.New(fault.NotFound, msgLink)
	}
	a, err := full(tx, t.account)
	if err == nil && a.State == Disabled {
		err = fault.New(fault.NotFound, msgLink)
	}
	return a, t, err
}

// Linked tells whose password a link sets.
func (s *Service) Linked(ctx context.Context, token string) (a Account, err error) {
	err = s.o.DB.Read(ctx, func(tx *db.Tx) error {
		a, _, err = s.linked(tx, token)
		return err
	})
	return a, err
}
