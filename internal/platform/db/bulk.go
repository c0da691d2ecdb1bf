package db

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// bulkRows is how many rows one INSERT of InsertSorted carries.
const bulkRows = 128

// InsertSorted appends many rows, given in ascending key order, and returns
// how many; a row out of order refuses the command. The slice it is handed may
// be reused by the next row. Rows of one table written with Insert before, in
// the same command, must have smaller keys.
func (tx *Tx) InsertSorted(table *Table, rows iter.Seq[[]any]) (int64, error) {
	l, err := tx.layout(table)
	if err != nil {
		return 0, err
	}
	if err := tx.ready("", nil); err != nil {
		return 0, err
	}
	digest := tx.digest.table(l)
	in := &bulk{tx: tx, table: l.name, columns: append(slices.Clone(l.columns), "entry"), entry: true}
	in.admit = func(row []any) error { return tx.digest.stream(digest, row) }
	if err := in.run(rows); err != nil {
		return 0, tx.fail(explain("bulk insert into "+l.name, err))
	}
	return in.count, nil
}

// bulk is a stream of rows into one table.
type bulk struct {
	tx      *Tx
	table   string
	columns []string
	entry   bool // the last column is the journal position, not part of a row
	admit   func(row []any) error
	count   int64
}

// run sends all rows.
func (in *bulk) run(rows iter.Seq[[]any]) error {
	if in.tx.Engine() == Postgres {
		return in.copyFrom(rows)
	}
	return in.insertMany(rows)
}

// check admits a row after making its values plain, and completes it.
func (in *bulk) check(row []any, to []any) ([]any, error) {
	width := len(in.columns)
	if in.entry {
		width--
	}
	if len(row) != width {
		return nil, fmt.Errorf("db: table %s: %d values for %d columns", in.table, len(row), width)
	}
	if err := plainAll(row); err != nil {
		return nil, err
	}
	in.count++
	to = append(to, row...)
	if in.entry {
		to = append(to, in.tx.position)
	}
	return to, in.admit(row)
}

// insertMany sends multi-row INSERT statements straight to the SQLite driver.
func (in *bulk) insertMany(rows iter.Seq[[]any]) error {
	width := len(in.columns)
	args := make([]driver.NamedValue, bulkRows*width)
	for i := range args {
		args[i].Ordinal = i + 1
	}
	full, used, values := in.manySQL(bulkRows), 0, make([]any, 0, width)
	for row := range rows {
		var err error
		if values, err = in.check(row, values[:0]); err != nil {
			return err
		}
		for _, v := range values {
			args[used].Value = v
			used++
		}
		if used < len(args) {
			continue
		}
		if err := in.send(full, args); err != nil {
			return err
		}
		used = 0
	}
	if used == 0 {
		return nil
	}
	return in.send(in.manySQL(used/width), args[:used])
}

// send runs one statement on the driver's connection.
func (in *bulk) send(statement string, args []driver.NamedValue) error {
	return in.tx.conn.Raw(func(raw any) error {
		_, err := raw.(*cachingConn).ExecContext(in.tx.ctx, statement, args)
		return err
	})
}

// manySQL is an INSERT of n rows with anonymous marks, which SQLite binds
// without looking up names.
func (in *bulk) manySQL(n int) string {
	one := "(" + strings.Repeat("?,", len(in.columns)-1) + "?)"
	return "INSERT INTO " + in.table + " (" + strings.Join(in.columns, ", ") + ") VALUES " +
		one + strings.Repeat(","+one, n-1)
}

// errAbandoned ends a COPY whose rows stopped coming.
var errAbandoned = errors.New("db: the rows ended in an error")

// copyFrom streams the rows through PostgreSQL's COPY. The rows are made on
// this goroutine and sent from another, so that a panic of their maker stays
// with the command.
func (in *bulk) copyFrom(rows iter.Seq[[]any]) error {
	feed := &copyFeed{chunks: make(chan [][]any, 4)}
	sent := make(chan error, 1)
	go func() {
		err := in.tx.conn.Raw(func(raw any) error {
			_, err := raw.(*stdlib.Conn).Conn().CopyFrom(in.tx.ctx,
				pgx.Identifier{in.table}, in.columns, pgx.CopyFromFunc(feed.next))
			return err
		})
		for range feed.chunks { // after a failure nobody else empties it
		}
		sent <- err
	}()
	err := errAbandoned
	func() {
		defer func() {
			feed.abandoned = err != nil
			close(feed.chunks)
			if err != nil {
				<-sent
			}
		}()
		err = in.fill(feed, rows)
	}()
	if err != nil {
		return err
	}
	return <-sent
}

// fill makes chunks of checked rows.
func (in *bulk) fill(feed *copyFeed, rows iter.Seq[[]any]) error {
	var chunk [][]any
	var slab []any
	for row := range rows {
		if chunk == nil {
			chunk, slab = make([][]any, 0, bulkRows), make([]any, 0, bulkRows*len(in.columns))
		}
		start := len(slab)
		var err error
		if slab, err = in.check(row, slab); err != nil {
			return err
		}
		if chunk = append(chunk, slab[start:]); len(chunk) == bulkRows {
			feed.chunks <- chunk
			chunk = nil
		}
	}
	if chunk != nil {
		feed.chunks <- chunk
	}
	return nil
}

// copyFeed hands rows to a COPY.
type copyFeed struct {
	chunks    chan [][]any
	abandoned bool // read after chunks is closed
	rest      [][]any
}

func (f *copyFeed) next() ([]any, error) {
	if len(f.rest) == 0 {
		chunk, more := <-f.chunks
		if !more {
			if f.abandoned {
				return nil, errAbandoned
			}
			return nil, nil
		}
		f.rest = chunk
	}
	row := f.rest[0]
	f.rest = f.rest[1:]
	return row, nil
}
