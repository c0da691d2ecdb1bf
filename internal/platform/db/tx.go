package db

import (
	"context"
	"database/sql"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"giuchuan/internal/kernel/day"
)

// Tx is one command's or one question's view of the database. It belongs to
// the goroutine that got it and ends with its closure. After the first failed
// statement every further call returns that failure and the command is
// refused, on both engines alike: leave the closure.
type Tx struct {
	db       *DB
	ctx      context.Context
	sql      *sql.Tx
	conn     *sql.Conn
	now      time.Time
	position int64
	writing  bool
	digest   *RowsDigest
	open     *Rows
	cursors  []*Cursor
	err      error
}

// Engine says which engine answers.
func (tx *Tx) Engine() Engine { return tx.db.engine }

// Context carries the caller's values but, inside Write, not its cancellation.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Now is the instant of the command, µs UTC: inside Write the instant its
// journal entry bears, never earlier than the entry before it.
func (tx *Tx) Now() time.Time { return tx.now }

// Today is the legal day.
func (tx *Tx) Today() day.Day {
	if tx.db.today != nil {
		return tx.db.today()
	}
	return day.FromTime(tx.now)
}

// Position is, inside Write, the journal position this command gets if it is
// accepted; inside Read, the last position this snapshot sees (0 = none).
func (tx *Tx) Position() int64 {
	if !tx.writing && tx.position < 0 {
		position, _, err := tx.db.ledger.Head(tx)
		if err != nil {
			tx.fail(err)
			return 0
		}
		tx.position = position
	}
	return tx.position
}

// Writing tells whether the view is a command's: what it sees may still be
// undone, so nothing of it is to be remembered outside it.
func (tx *Tx) Writing() bool { return tx.writing }

// NewID makes an identifier of 26 characters (0-9, a-v) that sorts by the
// instant it was made: 48 bits of ms, 80 random bits.
func (tx *Tx) NewID() string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(tx.now.UnixMilli())<<16)
	tx.fill(b[6:])
	return lowerBase32.EncodeToString(b[:])
}

// NewToken makes a secret of 256 random bits, 43 characters of base64url.
func (tx *Tx) NewToken() string {
	var b [32]byte
	tx.fill(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// lowerBase32 is base32 with digits first, so that it sorts as its bytes do.
var lowerBase32 = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv").WithPadding(base32.NoPadding)

func (tx *Tx) fill(b []byte) {
	if _, err := io.ReadFull(tx.db.random, b); err != nil {
		tx.fail(fmt.Errorf("db: read random bytes: %w", err))
	}
}

// fail keeps the first failure and returns it.
func (tx *Tx) fail(err error) error {
	if tx.err == nil {
		tx.err = err
	}
	return tx.err
}

// ready refuses a call that PostgreSQL could not carry out although SQLite
// might: after a failure, or while rows are still being read.
func (tx *Tx) ready(query string, args []any) error {
	if tx.err != nil {
		return tx.err
	}
	if tx.sql == nil {
		return errors.New("db: the transaction is over")
	}
	if tx.open != nil {
		return tx.fail(fmt.Errorf("db: rows of %q are still open: read them to the end or close them first", tx.open.query))
	}
	if err := plainAll(args); err != nil {
		return tx.fail(err)
	}
	switch firstWord(query) {
	case "BEGIN", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "START":
		return tx.fail(fmt.Errorf("db: %q: a command never begins or ends a transaction", query))
	}
	return nil
}

// Exec runs a statement with $1 marks and returns the number of rows it
// touched. Business rows are written by Insert only.
func (tx *Tx) Exec(query string, args ...any) (int64, error) {
	if err := tx.ready(query, args); err != nil {
		return 0, err
	}
	result, err := tx.sql.ExecContext(tx.ctx, query, args...)
	if err != nil {
		return 0, tx.fail(explain("exec", err))
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, tx.fail(explain("count rows", err))
	}
	return n, nil
}

// Query runs a query with $1 marks. Read its rows to the end (Next returns
// false) or Close them before the next statement of this transaction.
func (tx *Tx) Query(query string, args ...any) (*Rows, error) {
	if err := tx.ready(query, args); err != nil {
		return nil, err
	}
	rows, err := tx.sql.QueryContext(tx.ctx, query, args...)
	if err != nil {
		return nil, tx.fail(explain("query", err))
	}
	tx.open = &Rows{tx: tx, query: query, rows: rows}
	return tx.open, nil
}

// QueryRow runs a query for its first row; Row.Scan returns ErrNoRows when
// there is none.
func (tx *Tx) QueryRow(query string, args ...any) *Row {
	rows, err := tx.Query(query, args...)
	return &Row{rows: rows, err: err}
}

// end takes the database away from a transaction whose closure is over.
func (tx *Tx) end() {
	if tx.open != nil {
		_ = tx.open.Close() // its failure is already kept in tx.err
	}
	for _, c := range tx.cursors {
		_ = c.Close() // nobody reads on
	}
	tx.sql, tx.conn = nil, nil
}
