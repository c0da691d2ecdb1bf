package db

import (
	"database/sql"
	"errors"
)

// Rows are the answer to a query, read one at a time.
type Rows struct {
	tx    *Tx
	query string
	rows  *sql.Rows
	err   error
}

// Next moves to the next row; false at the end or after a failure (see Err).
func (r *Rows) Next() bool {
	if r.rows.Next() {
		return true
	}
	if err := r.rows.Err(); err != nil {
		r.err = r.tx.fail(explain("read rows", err))
	}
	r.release()
	return false
}

// Scan copies the current row into dest: pointers to numbers, text, []byte,
// bool (from 0 and 1), time.Time (from µs), and pointers to pointers where
// NULL is possible.
func (r *Rows) Scan(dest ...any) error {
	return explain("scan", r.rows.Scan(targets(dest)...))
}

// Err is the failure that ended Next, nil at a plain end.
func (r *Rows) Err() error { return r.err }

// Close ends the reading; closing twice is harmless.
func (r *Rows) Close() error {
	err := r.rows.Close()
	r.release()
	if err != nil {
		return r.tx.fail(explain("close rows", err))
	}
	return nil
}

func (r *Rows) release() {
	if r.tx.open == r {
		r.tx.open = nil
	}
}

// Row is the answer to QueryRow.
type Row struct {
	rows *Rows
	err  error
}

// Scan copies the row into dest as Rows.Scan does; ErrNoRows when the query
// found nothing, which is no failure of the transaction.
func (r *Row) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return ErrNoRows
	}
	return errors.Join(r.rows.Scan(dest...), r.rows.Close())
}

// Collect runs a query and returns what scan makes of each row, in order; an
// empty answer is nil. The rows are drained before it returns.
func Collect[T any](tx *Tx, scan func(*Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
