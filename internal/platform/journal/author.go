package journal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/platform/db"
)

// Author is who gave a command and when.
type Author struct {
	Actor string
	At    time.Time
}

// authorsAtOnce is how many positions one statement asks for.
const authorsAtOnce = 500

// Authors tells who wrote the entries at positions; one that is not there is
// missing from the answer.
func Authors(tx *db.Tx, positions []int64) (map[int64]Author, error) {
	positions = slices.Clone(positions)
	slices.Sort(positions)
	positions = slices.Compact(positions)
	out := make(map[int64]Author, len(positions))
	for some := range slices.Chunk(positions, authorsAtOnce) {
		marks := make([]string, len(some))
		args := make([]any, len(some))
		for i, p := range some {
			marks[i], args[i] = "$"+strconv.Itoa(i+1), p
		}
		rows, err := tx.Query("SELECT position, actor, made_at FROM journal_entry WHERE position IN ("+strings.Join(marks, ", ")+")", args...)
		if err != nil {
			return nil, fmt.Errorf("journal: read authors: %w", err)
		}
		for rows.Next() {
			var p int64
			var a Author
			if err := rows.Scan(&p, &a.Actor, &a.At); err != nil {
				return nil, fmt.Errorf("journal: read authors: %w", err)
			}
			out[p] = a
		}
		if err := rows.Err(); err != nil {
			return nil, fmt.Errorf("journal: read authors: %w", err)
		}
	}
	return out, nil
}
