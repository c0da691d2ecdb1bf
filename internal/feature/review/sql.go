package review

import (
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
)

var findingTable = db.Table{
	Name:    "review_finding",
	Columns: []string{"place", "period", "measure", "state", "provenance", "value"},
	Key:     []string{"place", "period", "measure", "entry"},
}

var detailTable = db.Table{
	Name: "review_finding_detail",
	Columns: []string{
		"place", "period", "measure", "male", "female", "share", "numerator", "denominator",
		"male_numerator", "male_denominator", "female_numerator", "female_denominator", "note",
	},
	Key: []string{"place", "period", "measure", "entry"},
}

// Tables lists the tables the package owns.
func Tables() []*db.Table { return []*db.Table{&findingTable, &detailTable} }

// record is a stored finding.
type record struct {
	place, period, measure int32
	entry                  int64
	datum                  law.Datum
	note                   string
}

// cell is the commune, period and quantity of a record.
type cell struct{ place, period, measure int32 }

func (r *record) cell() cell { return cell{r.place, r.period, r.measure} }

// findingRow gives the values of review_finding.
func (r *record) findingRow() []any {
	var value *law.Number
	if r.datum.HasValue {
		value = &r.datum.Value
	}
	return []any{r.place, r.period, r.measure, int64(r.datum.State), int64(r.datum.Provenance), value}
}

// hasDetail reports whether the record needs a row of review_finding_detail.
func (r *record) hasDetail() bool { return r.datum.Extra != nil || r.note != "" }

// detailRow gives the values of review_finding_detail.
func (r *record) detailRow() []any {
	x := r.datum.Extra
	if x == nil {
		x = &law.Extra{}
	}
	var note *string
	if r.note != "" {
		note = &r.note
	}
	return []any{
		r.place, r.period, r.measure, given(x.HasMale, &x.Male), given(x.HasFemale, &x.Female), given(x.HasShare, &x.Share),
		given(x.Total.Given(), &x.Total.Num), given(x.Total.Given(), &x.Total.Den),
		given(x.MaleOf.Given(), &x.MaleOf.Num), given(x.MaleOf.Given(), &x.MaleOf.Den),
		given(x.FemaleOf.Given(), &x.FemaleOf.Num), given(x.FemaleOf.Given(), &x.FemaleOf.Den), note,
	}
}

func given(has bool, n *law.Number) *law.Number {
	if !has {
		return nil
	}
	return n
}

// placesPerQuery bounds the places that one query names.
const placesPerQuery = 400

// findingsOf reads the last state of every finding of some places that was known
// at a journal position, in key order; period 0 is every period.
func findingsOf(tx *db.Tx, places []int32, period int32, known int64) ([]record, error) {
	var out []record
	for len(places) > 0 {
		n := min(len(places), placesPerQuery)
		list, args := placeList(places[:n], known)
		clause := ""
		if period != 0 {
			args = append(args, period)
			clause = " AND period = $" + strconv.Itoa(len(args))
		}
		rows, err := db.Collect(tx, scanFinding, `
			SELECT place, period, measure, entry, state, provenance, value
			FROM review_finding
			WHERE entry <= $1 AND place IN (`+list+`)`+clause+`
			ORDER BY place, period, measure, entry`, args...)
		if err != nil {
			return nil, err
		}
		last := len(out)
		for _, r := range rows {
			if len(out) > last && out[len(out)-1].cell() == r.cell() {
				out[len(out)-1] = r
				continue
			}
			out = append(out, r)
		}
		if err := addDetails(tx, out[last:], list, clause, args); err != nil {
			return nil, err
		}
		places = places[n:]
	}
	return out, nil
}

func placeList(places []int32, known int64) (string, []any) {
	args := []any{known}
	var b strings.Builder
	for i, p := range places {
		args = append(args, p)
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(len(args)))
	}
	return b.String(), args
}

func scanFinding(rows *db.Rows) (record, error) {
	var r record
	var state, provenance int64
	var value *law.Number
	if err := rows.Scan(&r.place, &r.period, &r.measure, &r.entry, &state, &provenance, &value); err != nil {
		return r, err
	}
	p, err := day.PeriodOf(r.period)
	r.datum = law.Datum{State: law.State(state), Provenance: law.Provenance(provenance), Period: p}
	if value != nil {
		r.datum.HasValue, r.datum.Value = true, *value
	}
	return r, err
}

// detail is a stored row of review_finding_detail.
type detail struct {
	cell  cell
	entry int64
	extra *law.Extra
	note  string
}

// addDetails joins the details of records that were read with the same places.
// Both are in key order, so one walk is enough.
func addDetails(tx *db.Tx, records []record, list, clause string, args []any) error {
	details, err := db.Collect(tx, scanDetail, `
		SELECT place, period, measure, entry, male, female, share, numerator, denominator,
		       male_numerator, male_denominator, female_numerator, female_denominator, note
		FROM review_finding_detail
		WHERE entry <= $1 AND place IN (`+list+`)`+clause+`
		ORDER BY place, period, measure, entry`, args...)
	if err != nil {
		return err
	}
	byCell := make(map[cell]*detail, len(details))
	for i := range details {
		byCell[details[i].cell] = &details[i]
	}
	for i := range records {
		if d := byCell[records[i].cell()]; d != nil && d.entry == records[i].entry {
			records[i].datum.Extra, records[i].note = d.extra, d.note
		}
	}
	return nil
}

func scanDetail(rows *db.Rows) (detail, error) {
	var d detail
	var n [9]*law.Number
	var note *string
	err := rows.Scan(&d.cell.place, &d.cell.period, &d.cell.measure, &d.entry,
		&n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6], &n[7], &n[8], &note)
	if err != nil {
		return d, err
	}
	if note != nil {
		d.note = *note
	}
	x := law.Extra{}
	x.Male, x.HasMale = taken(n[0])
	x.Female, x.HasFemale = taken(n[1])
	x.Share, x.HasShare = taken(n[2])
	x.Total = fraction(n[3], n[4])
	x.MaleOf = fraction(n[5], n[6])
	x.FemaleOf = fraction(n[7], n[8])
	if x != (law.Extra{}) {
		d.extra = &x
	}
	return d, nil
}

func taken(n *law.Number) (law.Number, bool) {
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

// findingAt reads what stands in one cell.
func findingAt(tx *db.Tx, c cell) (record, bool, error) {
	rows, err := db.Collect(tx, scanFinding, `
		SELECT place, period, measure, entry, state, provenance, value
		FROM review_finding
		WHERE place = $1 AND period = $2 AND measure = $3
		ORDER BY entry DESC
		LIMIT 1`, c.place, c.period, c.measure)
	if err != nil || len(rows) == 0 {
		return record{}, false, err
	}
	r := rows[0]
	details, err := db.Collect(tx, scanDetail, `
		SELECT place, period, measure, entry, male, female, share, numerator, denominator,
		       male_numerator, male_denominator, female_numerator, female_denominator, note
		FROM review_finding_detail
		WHERE place = $1 AND period = $2 AND measure = $3 AND entry = $4`, c.place, c.period, c.measure, r.entry)
	if err != nil {
		return record{}, false, err
	}
	if len(details) > 0 {
		r.datum.Extra, r.note = details[0].extra, details[0].note
	}
	return r, true, nil
}

// findingsAt reads everything that was ever recorded in one cell, oldest first.
func findingsAt(tx *db.Tx, c cell) ([]record, error) {
	rows, err := db.Collect(tx, scanFinding, `
		SELECT place, period, measure, entry, state, provenance, value
		FROM review_finding
		WHERE place = $1 AND period = $2 AND measure = $3
		ORDER BY entry`, c.place, c.period, c.measure)
	if err != nil {
		return nil, err
	}
	details, err := db.Collect(tx, scanDetail, `
		SELECT place, period, measure, entry, male, female, share, numerator, denominator,
		       male_numerator, male_denominator, female_numerator, female_denominator, note
		FROM review_finding_detail
		WHERE place = $1 AND period = $2 AND measure = $3
		ORDER BY entry`, c.place, c.period, c.measure)
	for i := range details {
		for j := range rows {
			if rows[j].entry == details[i].entry {
				rows[j].datum.Extra, rows[j].note = details[i].extra, details[i].note
			}
		}
	}
	return rows, err
}
