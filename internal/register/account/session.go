package account

import (
	"context"
	"errors"
	"slices"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Stage says how far a login has come.
type Stage string

// The stages. Only a Full session is a person's; the others live ten minutes
// and serve the next step alone.
const (
	NeedsCode      Stage = "code"
	NeedsEnrolment Stage = "enrol"
	Full           Stage = "full"
	proven         Stage = "proven" // Full, and a second factor was shown at this login; outside it reads Full
)

// person reports whether a session of the stage is a person's.
func (s Stage) person() bool { return s == Full || s == proven }

// Session is a session that is alive.
type Session struct {
	Ref     string // names it in the list; no secret
	Stage   Stage
	Account Account
	Name    string // the person's name, "" when none was given
	Subject authz.Subject
	Made    time.Time
	Seen    time.Time
	Until   time.Time
	Address string
	Agent   string
	Current bool // the one that asks
}

// ErrNoSession is the answer when a token is unknown, has ended, or its account
// may no longer log in.
var ErrNoSession = errors.New("account: no session")

// Session gives the session of a token with what its account may do now:
// changes of roles and a disabled account act at once.
func (s *Service) Session(ctx context.Context, token string) (Session, error) {
	if len(token) != 43 {
		return Session{}, ErrNoSession
	}
	hash := digest(token)
	var out Session
	stale := false
	err := s.o.DB.Read(ctx, func(tx *db.Tx) error {
		row, found, err := readHolder(tx, hash)
		if err != nil {
			return err
		}
		now := tx.Now()
		if !found || !now.Before(row.until) || now.Sub(row.seen) > s.o.Limits.Idle {
			return ErrNoSession
		}
		a := &row.of
		if a.State != Active || a.Demo && !s.o.Demo {
			return ErrNoSession
		}
		out = row.session()
		out.Account, out.Name, out.Current = *a, row.name, true
		out.Subject, err = s.subject(ctx, tx, a, tx.Today())
		if err == nil && row.stage == Full && !a.Demo && needsSecond(out.Subject) {
			return ErrNoSession // a duty that began since asks for the second factor: log in again
		}
		stale = now.Sub(row.seen) > s.o.Limits.Idle/6
		return err
	})
	if err != nil {
		return Session{}, err
	}
	if stale {
		err = s.o.DB.Keep(ctx, func(tx *db.Tx) error { return touchSession(tx, hash, tx.Now()) })
	}
	return out, err
}

// needsSecond reports whether a duty of the subject asks for a second factor.
func needsSecond(subject authz.Subject) bool {
	return slices.ContainsFunc(subject.Grants, func(g authz.Grant) bool { return g.Role.NeedsSecondFactor() })
}

func (r *sessionRow) session() Session {
	stage := r.stage
	if stage == proven {
		stage = Full
	}
	return Session{Ref: r.ref, Stage: stage, Made: r.made, Seen: r.seen, Until: r.until, Address: r.address, Agent: r.agent}
}

// Sessions lists the sessions of an account that are alive, latest first; token
// marks the current one.
func (s *Service) Sessions(ctx context.Context, accountID, token string) ([]Session, error) {
	var out []Session
	err := s.o.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := sessionRows(tx, accountID)
		for i := range rows {
			r := &rows[i]
			if r.stage.person() && tx.Now().Before(r.until) && tx.Now().Sub(r.seen) <= s.o.Limits.Idle {
				one := r.session()
				one.Current = r.hash == digest(token)
				out = append(out, one)
			}
		}
		return err
	})
	return out, err
}

// EndSession ends one of the account's own sessions by its ref; "" ends all but
// the one of the token. Sessions of a demonstration account are other
// visitors' and are left alone.
func (s *Service) EndSession(ctx context.Context, accountID, ref, token string) error {
	return s.o.DB.Keep(ctx, func(tx *db.Tx) error {
		a, found, err := accountRow(tx, accountID)
		if err != nil {
			return err
		}
		if found && a.Demo {
			return fault.New(fault.Forbidden, msgDemoOwn)
		}
		_, err = dropSessions(tx, accountID, ref, digest(token))
		return err
	})
}

// Logout ends the session of a token.
func (s *Service) Logout(ctx context.Context, token string) error {
	if token == "" {
		return nil
	}
	return s.o.DB.Keep(ctx, func(tx *db.Tx) error { return dropSession(tx, digest(token)) })
}

// ChangePassword sets a new password after the old one was shown. All other
// sessions end and this one gets a new token.
func (s *Service) ChangePassword(ctx context.Context, token, old, fresh string, v Visit) (Ticket, error) {
	session, err := s.Session(ctx, token)
	if err != nil || session.Stage != Full {
		return Ticket{}, errors.Join(err, ErrNoSession)
	}
	a := session.Account
	if a.Demo {
		return Ticket{}, fault.New(fault.Forbidden, msgDemoOwn)
	}
	if err := CheckPassword(fresh, a.Login); err != nil {
		return Ticket{}, err
	}
	if err := s.again(ctx, &session, old, v); err != nil {
		return Ticket{}, err
	}
	encoded, err := s.hash(ctx, fresh)
	if err != nil {
		return Ticket{}, err
	}
	var t Ticket
	err = s.write(ctx, a.ID, "account.password", map[string]string{"account": a.ID}, func(tx *db.Tx) error {
		sec, _, err := secretOf(tx, a.ID)
		if err != nil {
			return err
		}
		sec.password, sec.changed = encoded, tx.Now()
		if err := putSecret(tx, &sec); err != nil {
			return err
		}
		row, found, err := readSession(tx, digest(token))
		if err != nil {
			return err
		}
		if !found {
			return ErrNoSession
		}
		if _, err := dropSessions(tx, a.ID, "", ""); err != nil {
			return err
		}
		t, err = s.open(tx, a.ID, row.stage, v, "")
		return err
	})
	return t, err
}

// again asks the person of a session for the password once more; wrong ones
// count as those of a login do.
func (s *Service) again(ctx context.Context, session *Session, password string, v Visit) error {
	try, err := s.begin(ctx, session.Account.Login, v)
	if err != nil {
		return err
	}
	ok, err := s.hasher.matches(ctx, password, try.secret.password)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.Invalid, msgOldPass).At("mat-khau-cu")
	}
	return s.o.DB.Keep(ctx, func(tx *db.Tx) error { return forgive(tx, try.keys[:]...) })
}

// hash encodes a new password with a salt of its own.
func (s *Service) hash(ctx context.Context, password string) (string, error) {
	salt, err := s.random(ctx)
	if err != nil {
		return "", err
	}
	return s.hasher.encode(ctx, password, salt)
}
