package dossier

import (
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
)

// version is one stored finding of a commune and when it became known.
type version struct {
	period  day.Period
	measure int32
	at      time.Time
	datum   law.Datum
}

// versions lists every finding of a commune that was known at a journal
// position: of one period and measure, the older before the younger.
func versions(tx *db.Tx, place int32, known int64) ([]version, error) {
	return db.Collect(tx, func(rows *db.Rows) (version, error) {
		var v version
		var period int32
		var state, provenance uint8
		var value, num, den *law.Number
		err := rows.Scan(&period, &v.measure, &v.at, &state, &provenance, &value, &num, &den)
		if err != nil {
			return v, err
		}
		v.period, err = day.PeriodOf(period)
		v.datum = law.Datum{State: law.State(state), Provenance: law.Provenance(provenance), Period: v.period}
		if value != nil {
			v.datum.HasValue, v.datum.Value = true, *value
		}
		if num != nil && den != nil {
			v.datum.Extra = &law.Extra{Total: law.Fraction{Num: *num, Den: *den}}
		}
		return v, err
	}, `
		SELECT f.period, f.measure, j.made_at, f.state, f.provenance, f.value, d.numerator, d.denominator
		FROM v_review_finding f
		JOIN v_journal_entry j ON j.position = f.entry
		LEFT JOIN v_review_finding_detail d
		  ON d.place = f.place AND d.period = f.period AND d.measure = f.measure AND d.entry = f.entry
		WHERE f.place = $1 AND f.entry <= $2
		ORDER BY f.period, f.measure, f.entry`, place, known)
}
