package journal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"sort"
	"time"

	"giuchuan/internal/platform/db"
)

// Commit is the form in which a personal value enters a body: it fixes the
// value without showing it. The salt (tx.NewToken) is stored beside the value
// in its table; erasing both leaves the journal valid and the value unknown.
func Commit(salt, value string) string {
	mac := hmac.New(sha256.New, []byte(salt))
	mac.Write([]byte(value))
	return "hmac-sha256:" + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// Restored is the command that the first entry after a restore bears: it cites
// the head of the journal that was put back and, if there was one, of the
// journal it replaced.
func Restored(actor string, backup Head, replaced *Head) db.Command {
	body := fmt.Sprintf(`{"backup":{"root":"%s","size":%d}`, backup.Root, backup.Size)
	if replaced != nil {
		body += fmt.Sprintf(`,"replaced":{"root":"%s","size":%d}`, replaced.Root, replaced.Size)
	}
	return db.Command{Actor: actor, Name: "journal.restore", Body: []byte(body + "}")}
}

// PositionAt is the position of the last entry made at or before t, 0 when
// there is none. Instants never decrease from entry to entry.
func PositionAt(tx *db.Tx, t time.Time) (int64, error) {
	last, _, err := New().Head(tx)
	if err != nil {
		return 0, err
	}
	var failed error
	after := sort.Search(int(last), func(i int) bool {
		at, err := TimeOf(tx, int64(i)+1)
		failed = errors.Join(failed, err)
		return at.After(t)
	})
	return int64(after), failed
}

// Find is the entry at position, without the hash of its rows.
func Find(tx *db.Tx, position int64) (*db.Entry, error) {
	e := &db.Entry{Position: position}
	var body string
	err := tx.QueryRow(`
		SELECT made_at, actor, command, scope, body, row_count
		FROM journal_entry
		WHERE position = $1`, position).Scan(&e.At, &e.Actor, &e.Name, &e.Scope, &body, &e.Rows)
	if err != nil {
		return nil, fmt.Errorf("journal: entry %d: %w", position, err)
	}
	e.Body = []byte(body)
	return e, nil
}

// TimeOf is the instant of the entry at position.
func TimeOf(tx *db.Tx, position int64) (time.Time, error) {
	var at time.Time
	err := tx.QueryRow("SELECT made_at FROM journal_entry WHERE position = $1", position).Scan(&at)
	if err != nil {
		return time.Time{}, fmt.Errorf("journal: time of entry %d: %w", position, err)
	}
	return at, nil
}

// Wrote counts the rows of a business table that an entry wrote. It may read the
// whole table: it is for tables of some thousand rows.
func Wrote(tx *db.Tx, table *db.Table, position int64) (n int64, err error) {
	err = tx.QueryRow("SELECT COUNT(*) FROM "+table.Name+" WHERE entry = $1", position).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("journal: rows of %s by entry %d: %w", table.Name, position, err)
	}
	return n, nil
}
