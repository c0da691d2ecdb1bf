package board

import (
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
)

// row is a stored finding, or its detail; of one cell the later entry stands.
type row struct {
	place, period, measure int32
	entry                  int64
}

// readFindings gives the last finding of every cell of a scope.
func readFindings(tx *db.Tx, s scope, keep func(row, *fact) error) error {
	for _, part := range s.split() {
		details, err := readDetails(tx, part)
		if err != nil {
			return err
		}
		if err := readPart(tx, part, details, keep); err != nil {
			return err
		}
	}
	return nil
}

func readPart(tx *db.Tx, s scope, details map[row]*detail, keep func(row, *fact) error) (err error) {
	where, args := s.where()
	rows, err := tx.Query(`
		SELECT place, period, measure, entry, state, provenance, value
		FROM v_review_finding
		`+where+`
		ORDER BY place, period, measure, entry`, args...)
	if err != nil {
		return err
	}
	defer func() {
		if e := rows.Close(); err == nil {
			err = e
		}
	}()
	// Scanning into any copies the driver's int64; into narrow integers it would
	// go through text, and a start reads a million rows.
	var cells [7]any
	dest := []any{&cells[0], &cells[1], &cells[2], &cells[3], &cells[4], &cells[5], &cells[6]}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		r := row{place: int32(whole(cells[0])), period: int32(whole(cells[1])), measure: int32(whole(cells[2])), entry: whole(cells[3])}
		f := fact{datum: law.Datum{State: law.State(whole(cells[4])), Provenance: law.Provenance(whole(cells[5]))}}
		if cells[6] != nil {
			f.datum.HasValue, f.datum.Value = true, law.Number(whole(cells[6]))
		}
		if d := details[r]; d != nil {
			f.datum.Extra, f.illustrative = d.extra, d.illustrative
		}
		if err := keep(r, &f); err != nil {
			return err
		}
	}
	return rows.Err()
}

// whole is an integer column that is not NULL, as every driver gives it.
func whole(cell any) int64 {
	n, _ := cell.(int64)
	return n
}

// detail is what a row of v_review_finding_detail adds to its finding.
type detail struct {
	extra        *law.Extra
	illustrative bool
}

func readDetails(tx *db.Tx, s scope) (map[row]*detail, error) {
	where, args := s.where()
	out := map[row]*detail{}
	_, err := db.Collect(tx, func(rows *db.Rows) (struct{}, error) {
		r, d, err := scanDetail(rows)
		out[r] = d
		return struct{}{}, err
	}, `
		SELECT place, period, measure, entry, male, female, share, numerator, denominator,
		       male_numerator, male_denominator, female_numerator, female_denominator, note
		FROM v_review_finding_detail
		`+where+`
		ORDER BY place, period, measure, entry`, args...)
	return out, err
}

func scanDetail(rows *db.Rows) (row, *detail, error) {
	var r row
	var n [9]*law.Number
	var note *string
	err := rows.Scan(&r.place, &r.period, &r.measure, &r.entry,
		&n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6], &n[7], &n[8], &note)
	d := &detail{illustrative: note != nil && generated(*note)}
	x := law.Extra{Total: fraction(n[3], n[4]), MaleOf: fraction(n[5], n[6]), FemaleOf: fraction(n[7], n[8])}
	x.Male, x.HasMale = given(n[0])
	x.Female, x.HasFemale = given(n[1])
	x.Share, x.HasShare = given(n[2])
	if x != (law.Extra{}) {
		d.extra = &x
	}
	return r, d, err
}

func given(n *law.Number) (law.Number, bool) {
	if n == nil {
		return 0, false
	}
	return *n, true
}

func fraction(num, den *law.Number) law.Fraction {
	if num == nil || den == nil {
		return law.Fraction{}
	}
	return law.Fraction{Num: *num, Den: *den}
}

// entry is what the journal says of a command.
type entry struct {
	position int64
	at       time.Time
	command  string
	scope    string
}

// entriesAfter lists the journal's entries after a position.
func entriesAfter(tx *db.Tx, position int64) ([]entry, error) {
	return db.Collect(tx, func(rows *db.Rows) (e entry, err error) {
		err = rows.Scan(&e.position, &e.at, &e.command, &e.scope)
		return e, err
	}, `
		SELECT position, made_at, command, scope
		FROM v_journal_entry
		WHERE position > $1
		ORDER BY position`, position)
}

// lastEntry is the journal's end; the zero entry when it is empty.
func lastEntry(tx *db.Tx) (entry, error) {
	list, err := db.Collect(tx, func(rows *db.Rows) (e entry, err error) {
		err = rows.Scan(&e.position, &e.at)
		return e, err
	}, `
		SELECT position, made_at
		FROM v_journal_entry
		ORDER BY position DESC LIMIT 1`)
	if err != nil || len(list) == 0 {
		return entry{}, err
	}
	return list[0], nil
}

// periodSpan is the lowest and the highest period code that anything was
// reported for; ok is false when nothing was. It reads every key once.
func periodSpan(tx *db.Tx) (first, last int32, ok bool, err error) {
	var lo, hi *int32
	err = tx.QueryRow(`SELECT MIN(period), MAX(period) FROM v_review_finding`).Scan(&lo, &hi)
	if err != nil || lo == nil || hi == nil {
		return 0, 0, false, err
	}
	return *lo, *hi, true, nil
}

// yearCodes is the span of period codes of a year.
func yearCodes(year int) (first, last int32) {
	first = day.PeriodContaining(day.Year, day.Of(year, time.January, 1)).Code()
	return first, first + 99
}
