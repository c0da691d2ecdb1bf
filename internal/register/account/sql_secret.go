package account

import (
	"errors"
	"time"

	"giuchuan/internal/platform/db"
)

// secret is what proves that somebody is an account's person.
type secret struct {
	account  string
	loginKey string
	password string // encoded hash; "" = none yet
	changed  time.Time
	totp     string // sealed key; "" = none
	totpOn   bool   // the person has shown a code of it
	step     int64  // last step used
}

const secretColumns = `
	SELECT account_id, login_key, password, password_at, totp, totp_on, totp_step
	FROM account_secret`

func scanSecret(row *db.Row) (s secret, found bool, err error) {
	err = row.Scan(&s.account, &s.loginKey, &s.password, &s.changed, &s.totp, &s.totpOn, &s.step)
	if errors.Is(err, db.ErrNoRows) {
		return secret{}, false, nil
	}
	return s, err == nil, err
}

func secretByLogin(tx *db.Tx, login string) (secret, bool, error) {
	return scanSecret(tx.QueryRow(secretColumns+`
		WHERE login_key = $1`, login))
}

func secretOf(tx *db.Tx, account string) (secret, bool, error) {
	return scanSecret(tx.QueryRow(secretColumns+`
		WHERE account_id = $1`, account))
}

func putSecret(tx *db.Tx, s *secret) error {
	_, err := tx.Exec(`
		INSERT INTO account_secret (account_id, login_key, password, password_at, totp, totp_on, totp_step)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (account_id) DO UPDATE SET
		    password = excluded.password, password_at = excluded.password_at,
		    totp = excluded.totp, totp_on = excluded.totp_on, totp_step = excluded.totp_step`,
		s.account, s.loginKey, s.password, s.changed, s.totp, s.totpOn, s.step)
	return err
}

func putPerson(tx *db.Tx, account, name, salt string) error {
	_, err := tx.Exec(`
		INSERT INTO account_person (account_id, full_name, salt)
		VALUES ($1, $2, $3)
		ON CONFLICT (account_id) DO UPDATE SET full_name = excluded.full_name, salt = excluded.salt`, account, name, salt)
	return err
}

func personName(tx *db.Tx, account string) (name string, err error) {
	err = tx.QueryRow(`
		SELECT full_name
		FROM account_person
		WHERE account_id = $1`, account).Scan(&name)
	if errors.Is(err, db.ErrNoRows) {
		return "", nil
	}
	return name, err
}

func dropPerson(tx *db.Tx, account string) error {
	_, err := tx.Exec(`
		DELETE FROM account_person
		WHERE account_id = $1`, account)
	return err
}

func putRecovery(tx *db.Tx, account, hash string) error {
	_, err := tx.Exec(`
		INSERT INTO account_recovery (account_id, code_hash)
		VALUES ($1, $2)`, account, hash)
	return err
}

// dropRecovery uses up one code of an account, or all of them (hash "").
func dropRecovery(tx *db.Tx, account, hash string) (int64, error) {
	return tx.Exec(`
		DELETE FROM account_recovery
		WHERE account_id = $1 AND ($2 = '' OR code_hash = $2)`, account, hash)
}

func recoveryLeft(tx *db.Tx, account string) (n int64, err error) {
	err = tx.QueryRow(`
		SELECT COUNT(*)
		FROM account_recovery
		WHERE account_id = $1`, account).Scan(&n)
	return n, err
}

func readThrottle(tx *db.Tx, key string) (t throttle, err error) {
	err = tx.QueryRow(`
		SELECT failures, last_at, open_at
		FROM account_throttle
		WHERE throttle_key = $1`, key).Scan(&t.failures, &t.last, &t.open)
	if errors.Is(err, db.ErrNoRows) {
		return throttle{}, nil
	}
	return t, err
}

func putThrottle(tx *db.Tx, key string, t throttle) error {
	_, err := tx.Exec(`
		INSERT INTO account_throttle (throttle_key, failures, last_at, open_at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (throttle_key) DO UPDATE SET
		    failures = excluded.failures, last_at = excluded.last_at, open_at = excluded.open_at`,
		key, t.failures, t.last, t.open)
	return err
}

// oneToken is a link that works once.
type oneToken struct {
	account string
	purpose string
	until   time.Time
}

func putToken(tx *db.Tx, hash string, t oneToken) error {
	_, err := tx.Exec(`
		INSERT INTO account_token (token_hash, account_id, purpose, until_at)
		VALUES ($1, $2, $3, $4)`, hash, t.account, t.purpose, t.until)
	return err
}

func readToken(tx *db.Tx, hash string) (t oneToken, found bool, err error) {
	err = tx.QueryRow(`
		SELECT account_id, purpose, until_at
		FROM account_token
		WHERE token_hash = $1`, hash).Scan(&t.account, &t.purpose, &t.until)
	if errors.Is(err, db.ErrNoRows) {
		return oneToken{}, false, nil
	}
	return t, err == nil, err
}

// dropTokens removes all links of an account.
func dropTokens(tx *db.Tx, account string) error {
	_, err := tx.Exec(`
		DELETE FROM account_token
		WHERE account_id = $1`, account)
	return err
}
