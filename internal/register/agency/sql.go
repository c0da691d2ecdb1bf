package agency

import "giuchuan/internal/platform/db"

var assignmentTable = db.Table{
	Name: "agency_assignment",
	Columns: []string{
		"id", "duty", "set_id", "code", "place", "agency", "office", "from_on", "until_on", "number", "issued_on", "note", "withdrawn",
	},
	Key: []string{"id", "entry"},
}

// Tables lists the business tables of the package.
func Tables() []*db.Table { return []*db.Table{&assignmentTable} }

func insertAssignment(tx *db.Tx, a *Assignment) error {
	return tx.Insert(&assignmentTable, a.ID, string(a.Duty), a.Set, a.Code, a.Place, a.Agency, a.Office, a.From, a.Until,
		a.Number, a.Issued, a.Note, a.Withdrawn)
}

// lastEntry is the journal position of the last change of an assignment, 0
// where there is none.
func lastEntry(tx *db.Tx) (entry int64, err error) {
	err = tx.QueryRow(`
		SELECT COALESCE(MAX(entry), 0)
		FROM agency_assignment`).Scan(&entry)
	return entry, err
}

func scanAssignment(rows *db.Rows) (Assignment, error) {
	var a Assignment
	err := rows.Scan(&a.ID, &a.Duty, &a.Set, &a.Code, &a.Place, &a.Agency, &a.Office, &a.From, &a.Until,
		&a.Number, &a.Issued, &a.Note, &a.Withdrawn)
	return a, err
}

// assignmentRows gives the last row of every assignment, withdrawn ones included.
func assignmentRows(tx *db.Tx) ([]Assignment, error) {
	return db.Collect(tx, scanAssignment, `
		SELECT a.id, a.duty, a.set_id, a.code, a.place, a.agency, a.office, a.from_on, a.until_on,
		       a.number, a.issued_on, a.note, a.withdrawn
		FROM agency_assignment AS a
		WHERE a.entry = (
		    SELECT MAX(later.entry)
		    FROM agency_assignment AS later
		    WHERE later.id = a.id)
		ORDER BY a.duty, a.set_id, a.code, a.place, a.from_on, a.id`)
}

// historyRows gives every row that was ever written about a criterion or
// indicator, or about a place, the oldest entry first.
func historyRows(tx *db.Tx, setID, code, place string) ([]Version, error) {
	return db.Collect(tx, func(rows *db.Rows) (Version, error) {
		var v Version
		a := &v.Assignment
		err := rows.Scan(&a.ID, &a.Duty, &a.Set, &a.Code, &a.Place, &a.Agency, &a.Office, &a.From, &a.Until,
			&a.Number, &a.Issued, &a.Note, &a.Withdrawn, &v.Entry)
		return v, err
	}, `
		SELECT a.id, a.duty, a.set_id, a.code, a.place, a.agency, a.office, a.from_on, a.until_on,
		       a.number, a.issued_on, a.note, a.withdrawn, a.entry
		FROM agency_assignment AS a
		WHERE a.set_id = $1
		  AND a.code = $2
		  AND a.place = $3
		ORDER BY a.entry, a.id`, setID, code, place)
}
