// Package journal keeps the record of accepted commands: one entry each, in
// the transaction that carries the command out, chained into a Merkle tree so
// that nobody can change, drop, reorder or insert an entry or a business row
// unnoticed. DESIGN.md describes the bytes that are hashed.
package journal

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"giuchuan/internal/platform/db"

	"golang.org/x/mod/sumdb/tlog"
)

// Journal is the db.Ledger of the product. One Journal serves one db.DB.
type Journal struct {
	edge  *edge // as committed; nil = to be read
	fresh *edge // with the batch under way
}

// New makes the ledger to pass to db.Open.
func New() *Journal { return &Journal{} }

// Head returns the last entry's position and instant.
func (j *Journal) Head(tx *db.Tx) (int64, time.Time, error) {
	var position int64
	var at time.Time
	err := tx.QueryRow(headSQL).Scan(&position, &at)
	if errors.Is(err, db.ErrNoRows) {
		return 0, time.Time{}, nil
	}
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("journal: read the head: %w", err)
	}
	return position, at, nil
}

// Append writes entries as the next leaves of the tree.
func (j *Journal) Append(tx *db.Tx, entries []db.Entry) error {
	size := entries[0].Position - 1
	if j.edge == nil || j.edge.size != size {
		read, err := readEdge(tx, size)
		if err != nil {
			return err
		}
		j.edge = read
	}
	fresh := *j.edge
	j.fresh = &fresh
	args := make([]any, 0, appendRows*entryColumns)
	for i := range entries {
		e := &entries[i]
		tree := fresh.add(tlog.RecordHash(leafBytes(e)))
		args = append(args, e.Position, e.At, e.Actor, e.Name, e.Scope, string(e.Body), e.Rows, e.RowsHash[:], tree)
		if len(args) < cap(args) && i < len(entries)-1 {
			continue
		}
		if _, err := tx.Exec(insertSQL(len(args)/entryColumns), args...); err != nil {
			return fmt.Errorf("journal: append: %w", err)
		}
		args = args[:0]
	}
	return nil
}

// Settle keeps or forgets what the batch added to the tree.
func (j *Journal) Settle(committed bool) {
	if committed {
		j.edge = j.fresh
	} else {
		j.edge = nil
	}
	j.fresh = nil
}

const headSQL = `
	SELECT position, made_at
	FROM journal_entry
	ORDER BY position DESC
	LIMIT 1`

const (
	entryColumns = 9
	appendRows   = 16 // entries in one INSERT
)

// insertSQL writes n entries at once.
func insertSQL(n int) string {
	var b strings.Builder
	b.WriteString(`INSERT INTO journal_entry
		(position, made_at, actor, command, scope, body, row_count, rows_hash, tree) VALUES `)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		for c := range entryColumns {
			b.WriteByte("(,,,,,,,,"[c])
			fmt.Fprintf(&b, "$%d", i*entryColumns+c+1)
		}
		b.WriteByte(')')
	}
	return b.String()
}
