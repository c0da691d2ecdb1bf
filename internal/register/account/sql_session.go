package account

import (
	"errors"
	"strings"
	"time"

	"giuchuan/internal/platform/db"
)

// sessionRow is a session as it is stored: its token only as a hash.
type sessionRow struct {
	hash, account, ref string
	stage              Stage
	made, seen, until  time.Time
	address, agent     string
}

const sessionColumns = `
	SELECT token_hash, account_id, ref, stage, made_at, seen_at, until_at, address, agent
	FROM account_session`

func scanSession(row interface{ Scan(...any) error }) (s sessionRow, err error) {
	err = row.Scan(&s.hash, &s.account, &s.ref, &s.stage, &s.made, &s.seen, &s.until, &s.address, &s.agent)
	return s, err
}

func putSession(tx *db.Tx, s *sessionRow) error {
	_, err := tx.Exec(`
		INSERT INTO account_session (token_hash, account_id, ref, stage, made_at, seen_at, until_at, address, agent)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		s.hash, s.account, s.ref, string(s.stage), s.made, s.seen, s.until, s.address, s.agent)
	return err
}

func readSession(tx *db.Tx, hash string) (sessionRow, bool, error) {
	s, err := scanSession(tx.QueryRow(sessionColumns+`
		WHERE token_hash = $1`, hash))
	if errors.Is(err, db.ErrNoRows) {
		return sessionRow{}, false, nil
	}
	return s, err == nil, err
}

// holder is a session with the account it is of, its grants and the person's
// name: what every request asks for, in one query.
type holder struct {
	sessionRow
	of   Account
	name string
}

// readHolder finds the session of a token's hash as it stands now.
func readHolder(tx *db.Tx, hash string) (*holder, bool, error) {
	h := &holder{}
	s, a := &h.sessionRow, &h.of
	_, err := db.Collect(tx, func(rows *db.Rows) (struct{}, error) {
		var g Grant
		var fields string
		err := rows.Scan(&s.hash, &s.ref, &s.stage, &s.made, &s.seen, &s.until, &s.address, &s.agent,
			&a.ID, &a.Login, &a.Post, &a.Unit, &a.State, &a.Demo, &h.name,
			&g.ID, &g.Role, &g.Unit, &g.Place, &fields, &g.From, &g.Until, &g.Document, &g.HeirOf)
		if g.Fields, g.Account = strings.Fields(fields), a.ID; g.ID != "" {
			a.Grants = append(a.Grants, g)
		}
		return struct{}{}, err
	}, `
		SELECT s.token_hash, s.ref, s.stage, s.made_at, s.seen_at, s.until_at, s.address, s.agent,
		       a.id, a.login, a.post, a.unit, a.state, a.demo, COALESCE(p.full_name, ''),
		       COALESCE(g.id, ''), COALESCE(g.role, ''), COALESCE(g.unit, ''), COALESCE(g.place, ''), COALESCE(g.fields, ''),
		       COALESCE(g.from_on, 0), COALESCE(g.until_on, 0), COALESCE(g.document, ''), COALESCE(g.heir_of, '')
		FROM account_session AS s
		JOIN account_account AS a ON a.id = s.account_id AND a.entry = (
		    SELECT MAX(later.entry)
		    FROM account_account AS later
		    WHERE later.id = s.account_id)
		LEFT JOIN account_person AS p ON p.account_id = s.account_id
		LEFT JOIN account_grant AS g ON g.account_id = s.account_id AND g.entry = (
		    SELECT MAX(later.entry)
		    FROM account_grant AS later
		    WHERE later.id = g.id)
		WHERE s.token_hash = $1
		ORDER BY g.from_on, g.id`, hash)
	s.account = a.ID
	return h, a.ID != "", err
}

func sessionRows(tx *db.Tx, account string) ([]sessionRow, error) {
	return db.Collect(tx, func(rows *db.Rows) (sessionRow, error) { return scanSession(rows) }, sessionColumns+`
		WHERE account_id = $1
		ORDER BY seen_at DESC, ref`, account)
}

func touchSession(tx *db.Tx, hash string, at time.Time) error {
	_, err := tx.Exec(`
		UPDATE account_session
		SET seen_at = $2
		WHERE token_hash = $1`, hash, at)
	return err
}

// dropSession ends one session by its token's hash.
func dropSession(tx *db.Tx, hash string) error {
	_, err := tx.Exec(`
		DELETE FROM account_session
		WHERE token_hash = $1`, hash)
	return err
}

// dropSessions ends the sessions of an account: the one of a ref, or all
// (ref "") but the one of a token's hash ("" = none).
func dropSessions(tx *db.Tx, account, ref, but string) (int64, error) {
	return tx.Exec(`
		DELETE FROM account_session
		WHERE account_id = $1
		  AND ($2 = '' OR ref = $2)
		  AND token_hash <> $3`, account, ref, but)
}

// sweep removes what nobody can use any more.
func sweep(tx *db.Tx, now time.Time) error {
	for _, statement := range []string{
		`DELETE FROM account_session WHERE until_at < $1`,
		`DELETE FROM account_device WHERE until_at < $1`,
		`DELETE FROM account_token WHERE until_at < $1`,
		`DELETE FROM account_throttle WHERE last_at < $1 AND open_at < $1`,
	} {
		if _, err := tx.Exec(statement, now.Add(-keepExpired)); err != nil {
			return err
		}
	}
	return nil
}

// device is what is known of a machine for an account.
type device struct {
	until time.Time // the machine is remembered
	trust time.Time // the second factor is not asked before
}

func putDevice(tx *db.Tx, hash, account string, d device) error {
	_, err := tx.Exec(`
		INSERT INTO account_device (token_hash, account_id, until_at, trust_until_at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (token_hash, account_id) DO UPDATE SET
		    until_at = excluded.until_at, trust_until_at = excluded.trust_until_at`,
		hash, account, d.until, d.trust)
	return err
}

func readDevice(tx *db.Tx, hash, account string) (d device, err error) {
	err = tx.QueryRow(`
		SELECT until_at, trust_until_at
		FROM account_device
		WHERE token_hash = $1 AND account_id = $2`, hash, account).Scan(&d.until, &d.trust)
	if errors.Is(err, db.ErrNoRows) {
		return device{}, nil
	}
	return d, err
}

func dropDevices(tx *db.Tx, account string) error {
	_, err := tx.Exec(`
		DELETE FROM account_device
		WHERE account_id = $1`, account)
	return err
}
