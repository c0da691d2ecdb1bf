package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// Limits are the settings of sessions and devices. Zero values are the
// defaults named beside them.
type Limits struct {
	Idle    time.Duration // a session ends after so long without a request; 30 minutes
	Session time.Duration // and at the latest after; 12 hours
	Trust   time.Duration // a trusted device is not asked for the second factor; 30 days
	Invite  time.Duration // an invitation or a reset link works; 72 hours
}

func (l Limits) filled() Limits {
	fill := func(d *time.Duration, with time.Duration) {
		if *d <= 0 {
			*d = with
		}
	}
	fill(&l.Idle, 30*time.Minute)
	fill(&l.Session, 12*time.Hour)
	fill(&l.Trust, 30*24*time.Hour)
	fill(&l.Invite, 72*time.Hour)
	return l
}

const (
	half        = 10 * time.Minute     // a login that waits for its second factor
	remember    = 180 * 24 * time.Hour // a device is known
	keepExpired = 24 * time.Hour       // what has expired is swept after
)

// Assigned gives the criteria that are assigned to an agency on a day, for a
// role: those it is in charge of, or those whose figures it supplies. A grant
// that names no criteria takes them.
type Assigned interface {
	Fields(ctx context.Context, tx *db.Tx, role authz.Role, agencyID string, on day.Day) ([]string, error)
}

// Options are what the service needs. DB, Places, Agencies and Province are
// required.
type Options struct {
	DB       *db.DB
	Places   *place.Register
	Agencies *agency.Register
	Province string   // two-digit code: "08"
	Assigned Assigned // nil = grants name all their criteria
	Limits   Limits
	Key      []byte // 32 bytes that seal the keys of second factors; empty = stored as they are
	Demo     bool   // demonstration accounts work, without second factor
}

// Service knows who may come in. It is safe for many goroutines.
type Service struct {
	o      Options
	hasher hasher
}

// New makes the service.
func New(o Options) *Service {
	o.Limits = o.Limits.filled()
	return &Service{o: o, hasher: newHasher()}
}

// write carries out a command under an entry of the journal. The body holds no
// secret and no person's name.
func (s *Service) write(ctx context.Context, actor, name string, body any, fn func(tx *db.Tx) error) error {
	text, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("account: body of %s: %w", name, err)
	}
	return s.o.DB.Write(ctx, db.Command{Actor: actor, Name: name, Body: text}, fn)
}

// random gives a secret of 256 bits outside a command.
func (s *Service) random(ctx context.Context) (token string, err error) {
	err = s.o.DB.Read(ctx, func(tx *db.Tx) error {
		token = tx.NewToken()
		return nil
	})
	return token, err
}

// digest is how tokens are stored.
func digest(token string) string {
	if token == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// full gives an account with its grants.
func full(tx *db.Tx, id string) (Account, error) {
	a, found, err := accountRow(tx, id)
	if err != nil {
		return a, err
	}
	if !found {
		return a, fault.New(fault.NotFound, msgUnknown)
	}
	a.Grants, err = grantsOf(tx, id)
	return a, err
}

// Subject gives what an account may be asked about at a day: its grants that
// hold, with the places of the day and the criteria assigned to its agency. An
// account that is not active has no grants.
func (s *Service) Subject(ctx context.Context, tx *db.Tx, accountID string, today day.Day) (authz.Subject, error) {
	a, err := full(tx, accountID)
	if err != nil {
		return authz.Subject{}, err
	}
	return s.subject(ctx, tx, &a, today)
}

func (s *Service) subject(ctx context.Context, tx *db.Tx, a *Account, today day.Day) (authz.Subject, error) {
	out := authz.Subject{ID: a.ID}
	if a.State != Active || a.Demo && !s.o.Demo {
		return out, nil
	}
	out.Grants = stands(a.Grants, today)
	for i := range out.Grants {
		g := &out.Grants[i]
		g.Place = s.placeAt(g.Place, today)
		if !g.Role.TakesFields() || len(g.Fields) > 0 || s.o.Assigned == nil {
			continue
		}
		var err error
		if g.Fields, err = s.o.Assigned.Fields(ctx, tx, g.Role, g.Unit, today); err != nil {
			return authz.Subject{}, err
		}
	}
	return out, nil
}

// placeAt is a place as it is on a day. A province lives on in the province it
// became part of as a whole, for its agencies do; a commune or a district that
// ended gives nothing: what it held is handed over by a person.
func (s *Service) placeAt(id string, on day.Day) string {
	if _, ok := s.o.Places.Unit(id, on); ok {
		return id
	}
	if u, ok := s.o.Places.Latest(id); !ok || u.Level != place.Province {
		return id
	}
	for _, heir := range s.o.Places.Successors(id, on) {
		if u := heir.Unit; u.Level == place.Province {
			return u.ID
		}
	}
	return id
}

// Object gives the account as an object of authz: the path of its unit's place.
func (s *Service) Object(a *Account, today day.Day) authz.Object {
	return authz.Object{PlacePath: s.pathOf(a.Unit, today), Unit: a.Unit, Owner: a.ID}
}

// pathOf gives the ids from the province to the place of a unit.
func (s *Service) pathOf(unit string, today day.Day) []string {
	var out []string
	if at := s.unitPlace(unit, today); at != "" {
		out = s.o.Places.At(today).PathIDs(at)
	}
	if len(out) == 0 { // the unit has ended: the province looks after its accounts
		if p, ok := s.province(today); ok {
			out = []string{p}
		}
	}
	return out
}

// unitPlace is the place a unit works for: its own, or the province.
func (s *Service) unitPlace(unit string, today day.Day) string {
	a, ok := s.o.Agencies.Latest(unit)
	if ok && a.PlaceID != "" {
		return a.PlaceID
	}
	p, _ := s.province(today)
	return p
}

func (s *Service) province(on day.Day) (string, bool) {
	u, ok := s.o.Places.At(on).ByCode(s.o.Province)
	return u.ID, ok
}
