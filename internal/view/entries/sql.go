package entries

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/place"
)

// row is one entry as it is stored.
type row struct {
	position int64
	at       time.Time
	actor    string
	command  string
	scope    string
	body     string
	rows     int64
}

const changeColumns = `
	SELECT c.position, c.made_at, c.actor, c.command, c.scope, c.body, c.row_count
	FROM v_journal_change AS c`

func scanRow(from interface{ Scan(...any) error }) (row, error) {
	var r row
	err := from.Scan(&r.position, &r.at, &r.actor, &r.command, &r.scope, &r.body, &r.rows)
	return r, err
}

// span is the positions from low to below high.
type span struct{ low, high int64 }

// lastOf lists the last entries of a span: of a command, of an actor, or of all
// where both are empty. Each form follows an index of its own.
func lastOf(tx *db.Tx, s span, command, actor string, limit int) ([]row, error) {
	where, args := "WHERE c.position >= $1 AND c.position < $2", []any{s.low, s.high}
	switch {
	case actor != "":
		where, args = where+" AND c.actor = $3", append(args, actor)
	case command != "":
		where, args = where+" AND c.command = $3", append(args, command)
	}
	return db.Collect(tx, func(rows *db.Rows) (row, error) { return scanRow(rows) }, changeColumns+`
		`+where+`
		ORDER BY c.position DESC
		LIMIT `+strconv.Itoa(limit), args...)
}

// entryAt is one entry; false when there is none.
func entryAt(tx *db.Tx, position int64) (row, bool, error) {
	r, err := scanRow(tx.QueryRow(changeColumns+`
		WHERE c.position = $1`, position))
	if errors.Is(err, db.ErrNoRows) {
		return row{}, false, nil
	}
	return r, err == nil, err
}

// commands lists every command that was ever carried out, hopping from one to
// the next along the index.
func commands(tx *db.Tx) ([]string, error) {
	var out []string
	for last := ""; ; {
		var next *string
		err := tx.QueryRow(`
			SELECT MIN(c.command)
			FROM v_journal_change AS c
			WHERE c.command > $1`, last).Scan(&next)
		if err != nil || next == nil {
			return out, err
		}
		last = *next
		out = append(out, last)
	}
}

// placeEntries lists the entries that wrote findings or titles of a commune,
// the last first; of periods with a code between two.
func placeEntries(tx *db.Tx, key int32, id string, periods [2]int32, s span) ([]int64, error) {
	return db.Collect(tx, func(rows *db.Rows) (n int64, err error) { return n, rows.Scan(&n) }, `
		SELECT f.entry
		FROM v_review_finding AS f
		WHERE f.place = $1 AND f.period BETWEEN $2 AND $3 AND f.entry >= $4 AND f.entry < $5
		UNION
		SELECT t.entry
		FROM v_recognition_change AS t
		WHERE t.place = $6 AND $2 <= 0 AND t.entry >= $4 AND t.entry < $5
		ORDER BY 1 DESC`, key, periods[0], periods[1], s.low, s.high, id)
}

// wrote is one finding of an entry and what stood before it.
type wrote struct {
	place, period, measure int32
	now, before            law.Datum
	had                    bool
}

// findingsOf lists the findings that an entry wrote about some communes.
func findingsOf(tx *db.Tx, entry int64, places []int32, limit int) ([]wrote, error) {
	args := []any{entry}
	var marks strings.Builder
	for i, p := range places {
		args = append(args, p)
		if i > 0 {
			marks.WriteString(", ")
		}
		marks.WriteString("$" + strconv.Itoa(len(args)))
	}
	return db.Collect(tx, func(rows *db.Rows) (wrote, error) {
		var w wrote
		var state, provenance uint8
		var oldState, oldProvenance *int64
		var value, oldValue *law.Number
		err := rows.Scan(&w.place, &w.period, &w.measure, &state, &provenance, &value, &oldState, &oldProvenance, &oldValue)
		w.now = datum(state, provenance, value)
		if oldState != nil && oldProvenance != nil {
			w.had, w.before = true, datum(uint8(*oldState), uint8(*oldProvenance), oldValue)
		}
		return w, err
	}, `
		SELECT f.place, f.period, f.measure, f.state, f.provenance, f.value, o.state, o.provenance, o.value
		FROM v_review_finding AS f
		LEFT JOIN v_review_finding AS o
		  ON o.place = f.place AND o.period = f.period AND o.measure = f.measure
		 AND o.entry = (
		     SELECT MAX(older.entry)
		     FROM v_review_finding AS older
		     WHERE older.place = f.place AND older.period = f.period AND older.measure = f.measure AND older.entry < f.entry)
		WHERE f.entry = $1 AND f.place IN (`+marks.String()+`)
		ORDER BY f.place, f.period, f.measure
		LIMIT `+strconv.Itoa(limit), args...)
}

// reviewCounts counts the findings, details and acts that an entry wrote about
// communes.
func reviewCounts(tx *db.Tx, entry int64, places []place.Unit) (sum [3]int64, err error) {
	for i := range places {
		var n [3]int64
		err := tx.QueryRow(`
			SELECT (SELECT COUNT(*) FROM v_review_finding AS f WHERE f.place = $1 AND f.entry = $2),
			       (SELECT COUNT(*) FROM v_review_finding_detail AS d WHERE d.place = $1 AND d.entry = $2),
			       (SELECT COUNT(*) FROM v_review_act AS a WHERE a.place = $1 AND a.entry = $2)`,
			places[i].Key, entry).Scan(&n[0], &n[1], &n[2])
		if err != nil {
			return sum, err
		}
		for k := range n {
			sum[k] += n[k]
		}
	}
	return sum, nil
}

func datum(state, provenance uint8, value *law.Number) law.Datum {
	d := law.Datum{State: law.State(state), Provenance: law.Provenance(provenance)}
	if value != nil {
		d.HasValue, d.Value = true, *value
	}
	return d
}
