package journal

import (
	"giuchuan/internal/platform/db"

	"golang.org/x/mod/sumdb/tlog"
)

// Reforge recomputes the hashes of entries as an intruder with full access
// would, so that the journal is sound in itself.
func Reforge(entries []*db.Entry) (trees [][]byte) {
	var e edge
	for _, entry := range entries {
		trees = append(trees, e.add(tlog.RecordHash(leafBytes(entry))))
	}
	return trees
}

// Entries reads the whole journal.
func Entries(tx *db.Tx) ([]*db.Entry, error) {
	cursor, err := tx.Cursor(entriesSQL)
	if err != nil {
		return nil, err
	}
	var all []*db.Entry
	for cursor.Next() {
		e, _, err := readEntry(cursor.Values())
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, cursor.Err()
}
