package dossier

import (
	"errors"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
)

// version is one stored finding of a commune and when it became known.
type version struct {
	period  day.Period
	measure int32
	entry   int64
	at      time.Time
	checked bool // it only says that somebody verified or confirmed the one before
	datum   law.Datum
}

const (
	// mostRead is how many findings of a commune are all looked at for
	// corrections: twenty years of them.
	mostRead = 15_000
	// firstRead is how many are looked at first where there are more.
	firstRead = 1_500
)

// readFrom is the journal position from which the findings of a commune are looked
// at first, 0 where it is the beginning.
func readFrom(tx *db.Tx, place int32, known int64) (from int64, err error) {
	var n int64
	err = tx.QueryRow(`
		SELECT COUNT(*)
		FROM v_review_finding
		WHERE place = $1 AND entry <= $2`, place, known).Scan(&n)
	if err != nil || n <= mostRead {
		return 0, err
	}
	err = tx.QueryRow(`
		SELECT entry
		FROM v_review_finding
		WHERE place = $1 AND entry <= $2
		ORDER BY entry DESC
		LIMIT 1 OFFSET $3`, place, known, int64(firstRead)).Scan(&from)
	return from, err
}

// versions lists the findings of a commune, known at a journal position, of
// every period and measure that has more than one: the older before the younger.
// What was recorded before from is left out, but for what it took the place of.
func versions(tx *db.Tx, place int32, from, known int64) ([]version, error) {
	return db.Collect(tx, func(rows *db.Rows) (version, error) {
		var v version
		var period int32
		var state, provenance uint8
		var value, num, den *law.Number
		var command string
		err := rows.Scan(&period, &v.measure, &v.entry, &v.at, &command, &state, &provenance, &value, &num, &den)
		if err != nil {
			return v, err
		}
		v.checked = command == "review.verify" || command == "review.confirm"
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
		WITH corrected AS (
		    SELECT period, measure, MAX(CASE WHEN entry < $3 THEN entry ELSE 0 END) AS before
		    FROM v_review_finding
		    WHERE place = $1 AND entry <= $2
		    GROUP BY period, measure
		    HAVING COUNT(*) > 1 AND MAX(entry) >= $3)
		SELECT f.period, f.measure, f.entry, j.made_at, j.command, f.state, f.provenance, f.value, d.numerator, d.denominator
		FROM corrected c
		JOIN v_review_finding f ON f.place = $1 AND f.period = c.period AND f.measure = c.measure AND f.entry >= c.before
		JOIN v_journal_entry j ON j.position = f.entry
		LEFT JOIN v_review_finding_detail d
		  ON d.place = f.place AND d.period = f.period AND d.measure = f.measure AND d.entry = f.entry
		WHERE f.entry <= $2
		ORDER BY f.period, f.measure, f.entry`, place, known, from)
}

// lastAt is when anything of a commune was recorded last, as known at a journal
// position; zero for never.
func lastAt(tx *db.Tx, place int32, known int64) (at time.Time, err error) {
	err = tx.QueryRow(`
		SELECT j.made_at
		FROM v_journal_entry j
		WHERE j.position = (
		    SELECT MAX(f.entry)
		    FROM v_review_finding f
		    WHERE f.place = $1 AND f.entry <= $2)`, place, known).Scan(&at)
	if errors.Is(err, db.ErrNoRows) {
		return time.Time{}, nil
	}
	return at, err
}
