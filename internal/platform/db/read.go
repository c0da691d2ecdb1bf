package db

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Read runs fn on one snapshot of the database. Nothing it does is kept; it
// may run beside writes and other reads, and ends when ctx does.
func (d *DB) Read(ctx context.Context, fn func(tx *Tx) error) (err error) {
	conn, err := d.reader.Conn(ctx)
	if err != nil {
		return explain("read", err)
	}
	defer func() { err = errors.Join(err, explain("end the read", conn.Close())) }()
	options := &sql.TxOptions{ReadOnly: true}
	if d.engine == Postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	begun, err := conn.BeginTx(ctx, options)
	if err != nil {
		return explain("read", err)
	}
	tx := &Tx{db: d, ctx: ctx, sql: begun, conn: conn, now: d.now().UTC().Truncate(time.Microsecond), position: -1}
	defer func() {
		tx.end()
		_ = begun.Rollback() // a read has nothing to lose
	}()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.err
}
