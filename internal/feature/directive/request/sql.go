package request

import (
	"giuchuan/internal/platform/db"
)

var requestTable = db.Table{
	Name: "directive_request",
	Columns: []string{
		"id", "state", "place", "field", "page", "words", "agency", "due_on", "unit", "asked_by", "asked_on", "reason", "document",
	},
	Key: []string{"id", "entry"},
}

// Tables lists the business tables of the package.
func Tables() []*db.Table { return []*db.Table{&requestTable} }

func insert(tx *db.Tx, r *Request) error {
	return tx.Insert(&requestTable, r.ID, string(r.State), r.Place, r.Field, r.Page, r.Words, r.Agency, r.Due, r.Unit, r.By, r.On, r.Reason, r.Document)
}

const listQuery = `
		SELECT id, state, place, field, page, words, agency, due_on, unit, asked_by, asked_on, reason, document, entry
		FROM directive_request AS r
		WHERE entry = (
		    SELECT MAX(later.entry)
		    FROM directive_request AS later
		    WHERE later.id = r.id)
		  AND ($1 = '' OR id = $1)
		  AND ($2 = '' OR state = $2)
		ORDER BY asked_on, id`

func read(tx *db.Tx, id string, state State) ([]Request, error) {
	return db.Collect(tx, func(rows *db.Rows) (r Request, err error) {
		err = rows.Scan(&r.ID, &r.State, &r.Place, &r.Field, &r.Page, &r.Words, &r.Agency, &r.Due, &r.Unit, &r.By, &r.On, &r.Reason, &r.Document, &r.Entry)
		return r, err
	}, listQuery, id, string(state))
}
