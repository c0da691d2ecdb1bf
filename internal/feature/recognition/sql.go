package recognition

import "giuchuan/internal/platform/db"

var titleTable = db.Table{
	Name: "recognition_title",
	Columns: []string{
		"id", "place", "title_level", "number", "decided_on", "decided_precision", "period", "from_on", "to_on",
		"basis", "source", "note", "partial_source", "end_number", "ended_on",
	},
	Key: []string{"id", "entry"},
}

// Tables lists the business tables of the package.
func Tables() []*db.Table { return []*db.Table{&titleTable} }

func insertTitle(tx *db.Tx, t *Title) error {
	return tx.Insert(&titleTable, t.ID, t.Place, t.Level, t.Number, t.DecidedOn, t.Precision, t.Period, t.From, t.To,
		t.Basis, t.Source, t.Note, t.Partial, t.EndNumber, t.EndedOn)
}

// titleRows gives the last row of every title as known at a position, in order
// of places and levels.
func titleRows(tx *db.Tx, known int64) ([]Title, error) {
	return db.Collect(tx, func(rows *db.Rows) (Title, error) {
		var t Title
		err := rows.Scan(&t.ID, &t.Place, &t.Level, &t.Number, &t.DecidedOn, &t.Precision, &t.Period, &t.From, &t.To,
			&t.Basis, &t.Source, &t.Note, &t.Partial, &t.EndNumber, &t.EndedOn)
		return t, err
	}, `
		SELECT t.id, t.place, t.title_level, t.number, t.decided_on, t.decided_precision, t.period, t.from_on, t.to_on,
		       t.basis, t.source, t.note, t.partial_source, t.end_number, t.ended_on
		FROM recognition_title AS t
		WHERE t.entry = (
		      SELECT MAX(later.entry)
		      FROM recognition_title AS later
		      WHERE later.id = t.id AND later.entry <= $1)
		ORDER BY t.place, t.from_on, t.title_level, t.id`, known)
}
