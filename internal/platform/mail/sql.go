package mail

import (
	"time"

	"giuchuan/internal/platform/db"
)

// States of a message in the outbox.
const (
	queued  = "queued"
	sending = "sending"
	sent    = "sent"
	failed  = "failed"
)

const insertQuery = `
		INSERT INTO mail_outbox (id, account, address, subject, words, state, tries, made_at, next_at, fault)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, '')`

func insert(tx *db.Tx, id string, m Message) error {
	now := tx.Now()
	_, err := tx.Exec(insertQuery, id, m.Account, m.To, m.Subject, m.Text, queued, now, now)
	return err
}

// letter is a message in the outbox.
type letter struct {
	id string
	Message
	tries int
}

const dueQuery = `
		SELECT id, account, address, subject, words, tries
		FROM mail_outbox
		WHERE state IN ($1, $2) AND next_at <= $3
		ORDER BY next_at, id
		LIMIT $4`

func due(tx *db.Tx, now time.Time, most int) ([]letter, error) {
	return db.Collect(tx, func(rows *db.Rows) (letter, error) {
		var l letter
		var tries int64
		err := rows.Scan(&l.id, &l.Account, &l.To, &l.Subject, &l.Text, &tries)
		l.tries = int(tries)
		return l, err
	}, dueQuery, queued, sending, now, most)
}

const claimQuery = `
		UPDATE mail_outbox
		SET state = $1, tries = tries + 1, next_at = $2
		WHERE id = $3 AND tries = $4 AND state IN ($5, $6) AND next_at <= $7`

// claim takes a letter for one courier until a moment; false when another has it.
func claim(tx *db.Tx, l letter, until time.Time) (bool, error) {
	n, err := tx.Exec(claimQuery, sending, until, l.id, l.tries, queued, sending, tx.Now())
	return n == 1, err
}

const sentQuery = `
		UPDATE mail_outbox
		SET state = $1, words = '', fault = '', next_at = $2
		WHERE id = $3`

func markSent(tx *db.Tx, id string) error {
	_, err := tx.Exec(sentQuery, sent, tx.Now(), id)
	return err
}

const failQuery = `
		UPDATE mail_outbox
		SET state = $1, fault = $2, next_at = $3
		WHERE id = $4`

func markFailed(tx *db.Tx, id, state, reason string, next time.Time) error {
	_, err := tx.Exec(failQuery, state, reason, next, id)
	return err
}

const againQuery = `
		UPDATE mail_outbox
		SET state = $1, tries = 0, next_at = $2
		WHERE state = $3`

const purgeQuery = `
		DELETE FROM mail_outbox
		WHERE state IN ($1, $2) AND next_at < $3`

const countQuery = `
		SELECT state, COUNT(*) AS letters
		FROM mail_outbox
		GROUP BY state
		ORDER BY state`

const troubleQuery = `
		SELECT id, account, subject, state, tries, made_at, next_at, fault
		FROM mail_outbox
		WHERE state = $1 OR (state IN ($2, $3) AND fault <> '')
		ORDER BY made_at DESC, id DESC
		LIMIT $4`

const waitingQuery = `
		UPDATE mail_outbox
		SET fault = $1
		WHERE state = $2 AND next_at <= $3 AND fault <> $4`

const agedQuery = `
		UPDATE mail_outbox
		SET state = $1, fault = $2, next_at = $3
		WHERE state = $4 AND next_at <= $5 AND made_at < $6`

// markWaiting notes why what is due was not sent, and gives up what is too old.
func markWaiting(tx *db.Tx, now time.Time, why string) error {
	if _, err := tx.Exec(waitingQuery, why, queued, now, why); err != nil {
		return err
	}
	_, err := tx.Exec(agedQuery, failed, why, now, queued, now, now.Add(-mostAge))
	return err
}

type stateCount struct {
	state   string
	letters int64
}

func scanCount(rows *db.Rows) (c stateCount, err error) {
	err = rows.Scan(&c.state, &c.letters)
	return c, err
}

func scanTrouble(rows *db.Rows) (t Trouble, err error) {
	var state string
	var tries int64
	err = rows.Scan(&t.ID, &t.Account, &t.Subject, &state, &tries, &t.Made, &t.Next, &t.Why)
	t.Tries, t.GivenUp = int(tries), state == failed
	return t, err
}

// Operational names the tables that are changed in place, outside the journal
// and the backup: what is restored sends no old mail.
func Operational() []string { return []string{"mail_outbox"} }
