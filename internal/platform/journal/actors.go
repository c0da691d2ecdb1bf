package journal

import (
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/platform/db"
)

// actorsPerQuery bounds the positions that one query names.
const actorsPerQuery = 400

// Actors lists who made the entries at some positions, each once, sorted.
func Actors(tx *db.Tx, positions []int64) ([]string, error) {
	list := slices.Clone(positions)
	slices.Sort(list)
	list = slices.Compact(list)
	var out []string
	for part := range slices.Chunk(list, actorsPerQuery) {
		var marks strings.Builder
		args := make([]any, len(part))
		for i, p := range part {
			args[i] = p
			if i > 0 {
				marks.WriteString(", ")
			}
			marks.WriteString("$" + strconv.Itoa(i+1))
		}
		found, err := db.Collect(tx, func(rows *db.Rows) (actor string, err error) {
			err = rows.Scan(&actor)
			return actor, err
		}, `SELECT DISTINCT actor FROM journal_entry WHERE position IN (`+marks.String()+`) ORDER BY actor`, args...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
