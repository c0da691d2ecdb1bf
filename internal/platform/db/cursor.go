package db

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// cursorRows is how many rows a cursor fetches from PostgreSQL at once.
const cursorRows = 2000

// Cursor reads a long answer while other statements of the same transaction
// run, on both engines: on PostgreSQL through a declared cursor.
type Cursor struct {
	tx     *Tx
	rows   *sql.Rows // SQLite
	fetch  string    // PostgreSQL
	ahead  [][]any   // PostgreSQL: fetched, not yet read
	over   bool
	values []any
	err    error
}

// Cursor opens a cursor on a query without marks. Close it, or read it to the
// end, before the closure ends.
func (tx *Tx) Cursor(query string) (*Cursor, error) {
	if err := tx.ready(query, nil); err != nil {
		return nil, err
	}
	c := &Cursor{tx: tx}
	tx.cursors = append(tx.cursors, c)
	if tx.Engine() == SQLite {
		rows, err := tx.sql.QueryContext(tx.ctx, query)
		if err != nil {
			return nil, tx.fail(explain("open a cursor", err))
		}
		c.rows = rows
		return c, nil
	}
	name := fmt.Sprintf("cursor_%d", len(tx.cursors))
	if _, err := tx.sql.ExecContext(tx.ctx, "DECLARE "+name+" NO SCROLL CURSOR FOR "+query); err != nil {
		return nil, tx.fail(explain("open a cursor", err))
	}
	c.fetch = fmt.Sprintf("FETCH FORWARD %d FROM %s", cursorRows, name)
	return c, nil
}

// Next moves to the next row; false at the end or after a failure (see Err).
func (c *Cursor) Next() bool {
	if c.err != nil || c.over {
		return false
	}
	if c.rows == nil {
		return c.nextFetched()
	}
	if !c.rows.Next() {
		c.over = true
		c.keep(c.rows.Err())
		return false
	}
	c.values, c.err = scanPlain(c.rows, c.values)
	c.keep(c.err)
	return c.err == nil
}

func (c *Cursor) nextFetched() bool {
	if len(c.ahead) == 0 {
		c.refill()
	}
	if len(c.ahead) == 0 {
		c.over = true
		return false
	}
	c.values, c.ahead = c.ahead[0], c.ahead[1:]
	return true
}

// refill fetches the next rows; each keeps values of its own.
func (c *Cursor) refill() {
	if c.tx.err != nil {
		c.err = c.tx.err
		return
	}
	// Not a kept statement: another transaction's cursor may bear the same name.
	rows, err := c.tx.sql.QueryContext(c.tx.ctx, c.fetch, pgx.QueryExecModeDescribeExec)
	if err != nil {
		c.keep(err)
		return
	}
	for rows.Next() {
		values, err := scanPlain(rows, nil)
		if err != nil {
			c.keep(err)
			break
		}
		c.ahead = append(c.ahead, values)
	}
	c.keep(rows.Err())
	c.keep(rows.Close())
}

func (c *Cursor) keep(err error) {
	if err != nil {
		c.err = c.tx.fail(explain("read a cursor", err))
	}
}

// Values is the current row: nil, int64, string or []byte each; valid until
// the next Next.
func (c *Cursor) Values() []any { return c.values }

// Err is the failure that ended Next, nil at a plain end.
func (c *Cursor) Err() error { return c.err }

// Close ends the reading early; PostgreSQL drops the cursor itself with the
// transaction.
func (c *Cursor) Close() error {
	c.over = true
	if c.rows == nil {
		return nil
	}
	return explain("close a cursor", c.rows.Close())
}

// scanPlain reads the current row into values, which it makes when nil.
func scanPlain(rows *sql.Rows, values []any) ([]any, error) {
	if values == nil {
		names, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		values = make([]any, len(names))
	}
	pointers := make([]any, len(values))
	for i := range values {
		pointers[i] = &values[i]
	}
	return values, rows.Scan(pointers...)
}

// EntryRows reads the rows of business tables entry by entry, each table once
// from its first entry to its last, to compute again what entries hashed.
type EntryRows struct {
	sources []*entrySource
}

type entrySource struct {
	layout *layout
	cursor *Cursor
	entry  int64
	over   bool
}

// EntryRows opens the rows of tables.
func (tx *Tx) EntryRows(tables []*Table) (*EntryRows, error) {
	r := &EntryRows{}
	for _, t := range tables {
		l, err := tx.db.layoutOf(t)
		if err != nil {
			return nil, tx.fail(err)
		}
		cursor, err := tx.Cursor("SELECT entry, " + strings.Join(l.columns, ", ") +
			" FROM " + l.name + " ORDER BY " + l.order)
		if err != nil {
			return nil, err
		}
		s := &entrySource{layout: l, cursor: cursor}
		r.sources = append(r.sources, s)
		if err := s.next(); err != nil {
			return nil, errors.Join(err, r.Close())
		}
	}
	return r, nil
}

func (s *entrySource) next() error {
	if !s.cursor.Next() {
		s.over = true
		return s.cursor.Err()
	}
	entry, ok := s.cursor.Values()[0].(int64)
	if !ok {
		return fmt.Errorf("db: table %s: a row without an entry", s.layout.name)
	}
	s.entry = entry
	return nil
}

// Close ends the reading.
func (r *EntryRows) Close() error {
	var err error
	for _, s := range r.sources {
		err = errors.Join(err, s.cursor.Close())
	}
	return err
}

// Peek gives the lowest entry whose rows were not taken yet, and a table that
// holds some; ok is false when all rows were taken.
func (r *EntryRows) Peek() (entry int64, table string, ok bool) {
	for _, s := range r.sources {
		if !s.over && (!ok || s.entry < entry) {
			entry, table, ok = s.entry, s.layout.name, true
		}
	}
	return entry, table, ok
}

// Take reads the rows of one entry, the lowest there is or one without rows,
// and returns their number and hash. sound is false when they are such that no
// command can have written them.
func (r *EntryRows) Take(entry int64) (rows int64, hash [32]byte, sound bool, err error) {
	var g RowsDigest
	sound = true
	for _, s := range r.sources {
		for !s.over && s.entry == entry {
			if g.stream(g.table(s.layout), s.cursor.Values()[1:]) != nil {
				sound = false
			}
			if err := s.next(); err != nil {
				return 0, hash, false, err
			}
		}
	}
	hash, err = g.Sum()
	return g.Rows(), hash, sound, err
}
