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
	size  int64               // entries the remembered hashes stand for
	known map[int64]tlog.Hash // stored hashes by index: the edge of the tree
	fresh map[int64]tlog.Hash // those of the batch under way
	next  int64               // size after the batch under way
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
	first := entries[0].Position - 1
	if j.known == nil || j.size != first {
		j.known, j.size = map[int64]tlog.Hash{}, first
	}
	j.fresh, j.next = map[int64]tlog.Hash{}, first+int64(len(entries))
	reader := hashReader{journal: j, tx: tx}
	var args []any
	for i := range entries {
		e := &entries[i]
		leaf := tlog.RecordHash(leafBytes(e))
		hashes, err := tlog.StoredHashesForRecordHash(e.Position-1, leaf, reader)
		if err != nil {
			return fmt.Errorf("journal: extend the tree at %d: %w", e.Position, err)
		}
		index := tlog.StoredHashIndex(0, e.Position-1)
		tree := make([]byte, 0, len(hashes)*tlog.HashSize)
		for k, h := range hashes {
			j.fresh[index+int64(k)] = h
			tree = append(tree, h[:]...)
		}
		args = append(args, e.Position, e.At, e.Actor, e.Name, e.Scope, string(e.Body), e.Rows, e.RowsHash[:], tree)
		if len(args) >= appendRows*entryColumns || i == len(entries)-1 {
			if _, err := tx.Exec(insertSQL(len(args)/entryColumns), args...); err != nil {
				return fmt.Errorf("journal: append: %w", err)
			}
			args = args[:0]
		}
	}
	return nil
}

// Settle keeps or forgets what the batch added to the edge of the tree.
func (j *Journal) Settle(committed bool) {
	if !committed || j.fresh == nil {
		j.known, j.fresh = nil, nil
		return
	}
	edge := map[int64]tlog.Hash{}
	for size, level := j.next, 0; size > 0; size, level = size>>1, level+1 {
		if size&1 == 0 {
			continue
		}
		index := tlog.StoredHashIndex(level, size-1)
		if h, ok := j.fresh[index]; ok {
			edge[index] = h
		} else if h, ok := j.known[index]; ok {
			edge[index] = h
		}
	}
	j.known, j.fresh, j.size = edge, nil, j.next
}

// hashReader finds stored hashes: remembered ones first, then the table.
type hashReader struct {
	journal *Journal
	tx      *db.Tx
}

// ReadHashes implements tlog.HashReader.
func (r hashReader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if r.journal != nil {
			if h, ok := r.journal.fresh[index]; ok {
				out[i] = h
				continue
			}
			if h, ok := r.journal.known[index]; ok {
				out[i] = h
				continue
			}
		}
		h, err := readHash(r.tx, index)
		if err != nil {
			return nil, err
		}
		out[i] = h
	}
	return out, nil
}

// readHash reads one stored hash from the entry that added it.
func readHash(tx *db.Tx, index int64) (tlog.Hash, error) {
	level, n := tlog.SplitStoredHashIndex(index)
	leaf := (n+1)<<level - 1
	var tree []byte
	if err := tx.QueryRow("SELECT tree FROM journal_entry WHERE position = $1", leaf+1).Scan(&tree); err != nil {
		return tlog.Hash{}, fmt.Errorf("journal: read the hashes of entry %d: %w", leaf+1, err)
	}
	if len(tree) < (level+1)*tlog.HashSize {
		return tlog.Hash{}, fmt.Errorf("journal: entry %d holds %d bytes of hashes", leaf+1, len(tree))
	}
	return tlog.Hash(tree[level*tlog.HashSize:][:tlog.HashSize]), nil
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
