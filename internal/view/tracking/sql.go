package tracking

import "giuchuan/internal/platform/db"

const touchedQuery = `
		SELECT COUNT(*) AS entries
		FROM v_journal_entry
		WHERE position > $1
		  AND (command LIKE 'task.%' OR command LIKE 'directive.%' OR command LIKE 'request.%' OR command LIKE 'demo.%')`

// touched tells whether the journal says anything about directives after a
// position.
func touched(tx *db.Tx, position int64) (bool, error) {
	var n int64
	err := tx.QueryRow(touchedQuery, position).Scan(&n)
	return n > 0, err
}
