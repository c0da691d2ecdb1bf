package journal_test

import (
	"fmt"
	"math/rand/v2"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
)

func deleteEntry(tx *db.Tx, r *rand.Rand) (int64, error) {
	position := 1 + r.Int64N(entriesMade-1) // the last one would be a cut tail
	_, err := tx.Exec("DELETE FROM journal_entry WHERE position = $1", position)
	return 0, err // rows of the entry may be met before the gap
}

func swapEntries(tx *db.Tx, r *rand.Rand) (int64, error) {
	a, b := 1+r.Int64N(entriesMade), 1+r.Int64N(entriesMade)
	if a == b {
		return 0, errNothing
	}
	for _, move := range [][2]int64{{a, -1}, {b, a}, {-1, b}} {
		for _, statement := range []string{
			"UPDATE journal_entry SET position = $2 WHERE position = $1",
			"UPDATE work SET entry = $2 WHERE entry = $1",
			"UPDATE fact SET entry = $2 WHERE entry = $1",
		} {
			if _, err := tx.Exec(statement, move[0], move[1]); err != nil {
				return 0, err
			}
		}
	}
	return min(a, b), nil
}

// backDate opens a gap and puts an entry with rows and an honest leaf there.
func backDate(tx *db.Tx, r *rand.Rand) (int64, error) {
	position := 1 + r.Int64N(entriesMade-1)
	for _, statement := range []string{
		"UPDATE journal_entry SET position = -position - 1 WHERE position > $1",
		"UPDATE journal_entry SET position = -position WHERE position < 0 AND position < $1",
		"UPDATE work SET entry = -entry - 1 WHERE entry > $1",
		"UPDATE work SET entry = -entry WHERE entry < 0 AND entry < $1",
		"UPDATE fact SET entry = -entry - 1 WHERE entry > $1",
		"UPDATE fact SET entry = -entry WHERE entry < 0 AND entry < $1",
	} {
		if _, err := tx.Exec(statement, position); err != nil {
			return 0, err
		}
	}
	entries, err := journal.Entries(tx)
	if err != nil {
		return 0, err
	}
	forged := *entries[position-1]
	forged.Position, forged.Name = position+1, "forged"
	trees := journal.Reforge(append(entries[:position:position], &forged))
	if err := insertEntry(tx, &forged, trees[position]); err != nil {
		return 0, err
	}
	if forged.Rows > 0 {
		return position + 1, nil // its rows are missing
	}
	return position + 2, nil // the next entry's leaf says another position
}

func insertEntry(tx *db.Tx, e *db.Entry, tree []byte) error {
	_, err := tx.Exec(`INSERT INTO journal_entry
		(position, made_at, actor, command, scope, body, row_count, rows_hash, tree)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		e.Position, e.At, e.Actor, e.Name, e.Scope, string(e.Body), e.Rows, e.RowsHash[:], tree)
	return err
}

// cut removes the last entries and their rows without a trace.
func cut(tx *db.Tx, r *rand.Rand) (kept int64, err error) {
	kept = 1 + r.Int64N(entriesMade-1)
	for _, statement := range []string{
		"DELETE FROM journal_entry WHERE position > $1",
		"DELETE FROM work WHERE entry > $1",
		"DELETE FROM fact WHERE entry > $1",
	} {
		if _, err := tx.Exec(statement, kept); err != nil {
			return 0, err
		}
	}
	return kept, nil
}

func cutTail(tx *db.Tx, r *rand.Rand) (int64, error) {
	kept, err := cut(tx, r)
	return kept + 1, err
}

// rollBack cuts the tail and goes on as if nothing had happened, up to the
// same length or beyond it, with hashes that are right in themselves.
func rollBack(tx *db.Tx, r *rand.Rand) (int64, error) {
	if _, err := cut(tx, r); err != nil {
		return 0, err
	}
	entries, err := journal.Entries(tx)
	if err != nil {
		return 0, err
	}
	last, kept := *entries[len(entries)-1], len(entries)
	var none db.RowsDigest
	for range entriesMade - kept + r.IntN(3) {
		e := last
		e.Position, e.Name, e.Rows = int64(len(entries))+1, fmt.Sprint("other ", r.Uint32()), 0
		if e.RowsHash, err = none.Sum(); err != nil {
			return 0, err
		}
		entries = append(entries, &e)
	}
	trees := journal.Reforge(entries)
	for i := kept; i < len(entries); i++ {
		if err := insertEntry(tx, entries[i], trees[i]); err != nil {
			return 0, err
		}
	}
	return entriesMade, nil
}

// rewrite changes one entry and recomputes every hash after it.
func rewrite(tx *db.Tx, r *rand.Rand) (int64, error) {
	entries, err := journal.Entries(tx)
	if err != nil {
		return 0, err
	}
	changed := entries[r.IntN(len(entries))]
	changed.Body = []byte(`{"a":2}`)
	for i, tree := range journal.Reforge(entries) {
		_, err := tx.Exec("UPDATE journal_entry SET body = $2, tree = $3 WHERE position = $1",
			int64(i)+1, string(entries[i].Body), tree)
		if err != nil {
			return 0, err
		}
	}
	return entriesMade, nil
}
