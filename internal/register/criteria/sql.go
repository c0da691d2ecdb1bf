package criteria

import (
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
)

var (
	decisionTable = db.Table{
		Name: "criteria_decision",
		Columns: []string{
			"id", "set_id", "indicator", "sub_share", "value", "province", "area", "year", "from_on", "until_on",
			"number", "issued_on", "article", "file_name", "note", "illustrative", "withdrawn",
		},
		Key: []string{"id", "entry"},
	}
	verificationTable = db.Table{
		Name:    "criteria_verification",
		Columns: []string{"set_id", "indicator", "value_key", "verified_by", "verified_on", "withdrawn"},
		Key:     []string{"set_id", "indicator", "value_key", "entry"},
	}
	measureTable = db.Table{
		Name:    "criteria_measure",
		Columns: []string{"measure_key", "measure"},
		Key:     []string{"measure_key"},
	}
)

// Tables lists the business tables of the package.
func Tables() []*db.Table {
	return []*db.Table{&decisionTable, &verificationTable, &measureTable}
}

func insertDecision(tx *db.Tx, r *Record) error {
	return tx.Insert(&decisionTable, r.ID, r.Set, r.Indicator, r.Sub, r.Value, r.Province, r.Area, r.Year, r.From, r.Until,
		r.Number, r.Issued, r.Article, r.File, r.Note, r.Illustrative, r.Withdrawn)
}

// decisionRows gives the last row of every value of a set ("" = all sets) as
// known at a position, withdrawn ones included.
func decisionRows(tx *db.Tx, setID string, known int64) ([]Record, error) {
	return db.Collect(tx, func(rows *db.Rows) (Record, error) {
		var r Record
		err := rows.Scan(&r.ID, &r.Set, &r.Indicator, &r.Sub, &r.Value, &r.Province, &r.Area, &r.Year, &r.From, &r.Until,
			&r.Number, &r.Issued, &r.Article, &r.File, &r.Note, &r.Illustrative, &r.Withdrawn)
		return r, err
	}, `
		SELECT d.id, d.set_id, d.indicator, d.sub_share, d.value, d.province, d.area, d.year, d.from_on, d.until_on,
		       d.number, d.issued_on, d.article, d.file_name, d.note, d.illustrative, d.withdrawn
		FROM criteria_decision AS d
		WHERE ($1 = '' OR d.set_id = $1)
		  AND d.entry = (
		      SELECT MAX(later.entry)
		      FROM criteria_decision AS later
		      WHERE later.id = d.id AND later.entry <= $2)
		ORDER BY d.set_id, d.issued_on, d.number, d.id`, setID, known)
}

func insertVerification(tx *db.Tx, v *law.ValueVerification, withdrawn bool) error {
	return tx.Insert(&verificationTable, v.Set, v.Indicator, v.Key, v.By, v.On, withdrawn)
}

// verificationRows gives the verifications of a set that stand, as known at a
// position.
func verificationRows(tx *db.Tx, setID string, known int64) ([]law.ValueVerification, error) {
	return db.Collect(tx, func(rows *db.Rows) (law.ValueVerification, error) {
		var v law.ValueVerification
		err := rows.Scan(&v.Set, &v.Indicator, &v.Key, &v.By, &v.On)
		return v, err
	}, `
		SELECT v.set_id, v.indicator, v.value_key, v.verified_by, v.verified_on
		FROM criteria_verification AS v
		WHERE v.set_id = $1
		  AND v.withdrawn = 0
		  AND v.entry = (
		      SELECT MAX(later.entry)
		      FROM criteria_verification AS later
		      WHERE later.set_id = v.set_id AND later.indicator = v.indicator
		        AND later.value_key = v.value_key AND later.entry <= $2)
		ORDER BY v.indicator, v.value_key`, setID, known)
}

// measureRow is one line of the dictionary.
type measureRow struct {
	key  int32
	name string
}

func insertMeasure(tx *db.Tx, m measureRow) error {
	return tx.Insert(&measureTable, m.key, m.name)
}

// lastMeasure is the last line of the dictionary and the entry that wrote it.
func lastMeasure(tx *db.Tx) (m measureRow, entry int64, err error) {
	err = tx.QueryRow(`
		SELECT measure_key, measure, entry
		FROM criteria_measure
		ORDER BY measure_key DESC
		LIMIT 1`).Scan(&m.key, &m.name, &entry)
	return m, entry, err
}

func measureRows(tx *db.Tx) ([]measureRow, error) {
	return db.Collect(tx, func(rows *db.Rows) (measureRow, error) {
		var m measureRow
		err := rows.Scan(&m.key, &m.name)
		return m, err
	}, `
		SELECT measure_key, measure
		FROM criteria_measure
		ORDER BY measure_key`)
}
