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
	in := &bulk{tx: tx, layout: l, digest: tx.digest.table(l)}
	if tx.Engine() == Postgres {
		err = in.copyFrom(rows)
	} else {
		err = in.insertMany(rows)
	}
	if err != nil {
		return 0, tx.fail(explain("bulk insert into "+l.name, err))
	}
	return in.count, nil
}

// bulk is one InsertSorted under way.
type bulk struct {
	tx     *Tx
	layout *layout
	digest *tableDigest
	count  int64
}

// admit checks a row, makes its values plain and hashes it.
func (in *bulk) admit(row []any) error {
	if len(row) != len(in.layout.columns) {
		return fmt.Errorf("db: table %s: %d values for %d columns", in.layout.name, len(row), len(in.layout.columns))
	}
	if err := plainAll(row); err != nil {
		return err
	}
	in.count++
	return in.tx.digest.stream(in.digest, row)
}

// insertMany sends multi-row INSERT statements straight to the SQLite driver.
func (in *bulk) insertMany(rows iter.Seq[[]any]) error {
	width := len(in.layout.columns) + 1
	args := make([]driver.NamedValue, bulkRows*width)
	for i := range args {
		args[i].Ordinal = i + 1
	}
	full, used := in.manySQL(bulkRows), 0
	for row := range rows {
		if err := in.admit(row); err != nil {
			return err
		}
		for _, v := range row {
			args[used].Value = v
			used++
		}
		args[used].Value = in.tx.position
		used++
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
	one := "(" + strings.Repeat("?,", len(in.layout.columns)) + "?)"
	return "INSERT INTO " + in.layout.name + " (" + strings.Join(in.layout.columns, ", ") + ", entry) VALUES " +
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
	columns := append(slices.Clone(in.layout.columns), "entry")
	go func() {
		err := in.tx.conn.Raw(func(raw any) error {
			_, err := raw.(*stdlib.Conn).Conn().CopyFrom(in.tx.ctx,
				pgx.Identifier{in.layout.name}, columns, pgx.CopyFromFunc(feed.next))
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
	width := len(in.layout.columns) + 1
	var chunk [][]any
	var slab []any
	for row := range rows {
		if err := in.admit(row); err != nil {
			return err
		}
		if chunk == nil {
			chunk, slab = make([][]any, 0, bulkRows), make([]any, 0, bulkRows*width)
		}
		start := len(slab)
		slab = append(append(slab, row...), in.tx.position)
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
