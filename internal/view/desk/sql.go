package desk

import (
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/view/worksheet"
)

// Files counts the files behind the quantities of a period's sheets.
type Files map[int32]map[int32]int

var _ worksheet.Evidence = Files{}

// Counts gives the number of files of a commune by quantity; they are all of the
// period the files were read for.
func (f Files) Counts(placeKey, _ int32) map[int32]int { return f[placeKey] }

const filesQuery = `
		SELECT place, measure, COUNT(*) AS files
		FROM v_evidence_file
		WHERE period = $1
		GROUP BY place, measure
		ORDER BY place, measure`

// FilesOf counts the files behind every quantity of a period, in one statement.
func FilesOf(tx *db.Tx, p day.Period) (Files, error) {
	out := Files{}
	_, err := db.Collect(tx, func(rows *db.Rows) (struct{}, error) {
		var place, measure int32
		var n int64
		if err := rows.Scan(&place, &measure, &n); err != nil {
			return struct{}{}, err
		}
		if out[place] == nil {
			out[place] = map[int32]int{}
		}
		out[place][measure] = int(n)
		return struct{}{}, nil
	}, filesQuery, p.Code())
	return out, err
}
