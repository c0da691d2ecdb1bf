package round

import (
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/db"
)

var roundTable = db.Table{
	Name: "review_round",
	Columns: []string{
		"id", "period", "name", "basis", "basis_on", "titles", "districts", "whole", "opened_on",
		"send_by", "verify_by", "confirm_by", "closed", "note",
	},
	Key: []string{"id", "entry"},
}

var sheetTable = db.Table{
	Name:    "review_sheet",
	Columns: []string{"period", "place", "round_id", "sets"},
	Key:     []string{"period", "place", "entry"},
}

var actTable = db.Table{
	Name:    "review_act",
	Columns: []string{"place", "period", "measure", "act", "state", "reason", "save_key"},
	Key:     []string{"place", "period", "measure", "entry"},
}

// Tables lists the tables the package owns.
func Tables() []*db.Table { return []*db.Table{&roundTable, &sheetTable, &actTable} }

func (r *Round) row() []any {
	return []any{
		r.ID, int64(r.Period.Code()), r.Name, r.Basis, r.BasisOn, joinTitles(r.Titles), strings.Join(r.Districts, ","), r.Whole, r.Opened,
		r.SendBy, r.VerifyBy, r.ConfirmBy, r.Closed, r.Note,
	}
}

func scanRound(rows *db.Rows) (Round, error) {
	var r Round
	var period int32
	var titles, districts string
	err := rows.Scan(&r.ID, &period, &r.Name, &r.Basis, &r.BasisOn, &titles, &districts, &r.Whole, &r.Opened,
		&r.SendBy, &r.VerifyBy, &r.ConfirmBy, &r.Closed, &r.Note, &r.Entry)
	if err != nil {
		return r, err
	}
	r.Titles, r.Districts = splitTitles(titles), splitList(districts)
	r.Period, err = day.PeriodOf(period)
	return r, err
}

// readRounds lists what holds of every round as known at a journal position, the
// latest period first.
func readRounds(tx *db.Tx, known int64) ([]Round, error) {
	return db.Collect(tx, scanRound, `
		SELECT id, period, name, basis, basis_on, titles, districts, whole, opened_on,
		       send_by, verify_by, confirm_by, closed, note, entry
		FROM review_round AS r
		WHERE entry = (SELECT MAX(entry) FROM review_round AS l WHERE l.id = r.id AND l.entry <= $1)
		ORDER BY period DESC, id DESC`, known)
}

// readRound finds what holds of one round.
func readRound(tx *db.Tx, id string) (Round, bool, error) {
	list, err := db.Collect(tx, scanRound, `
		SELECT id, period, name, basis, basis_on, titles, districts, whole, opened_on,
		       send_by, verify_by, confirm_by, closed, note, entry
		FROM review_round
		WHERE id = $1
		ORDER BY entry DESC
		LIMIT 1`, id)
	if err != nil || len(list) == 0 {
		return Round{}, false, err
	}
	return list[0], true, nil
}

// membership is one row of review_sheet.
type membership struct {
	place int32
	round string
	sets  string
}

func scanMembership(rows *db.Rows) (m membership, err error) {
	err = rows.Scan(&m.place, &m.round, &m.sets)
	return m, err
}

// readMembership finds the sheet of a commune in a period.
func readMembership(tx *db.Tx, place, period int32) (membership, bool, error) {
	list, err := db.Collect(tx, scanMembership, `
		SELECT place, round_id, sets
		FROM review_sheet
		WHERE period = $1 AND place = $2
		ORDER BY entry DESC
		LIMIT 1`, period, place)
	if err != nil || len(list) == 0 || list[0].round == "" {
		return membership{}, false, err
	}
	return list[0], true, nil
}

// readMemberships lists the sheets of a period, as known at a journal position,
// in order of communes.
func readMemberships(tx *db.Tx, period int32, known int64) ([]membership, error) {
	all, err := db.Collect(tx, scanMembership, `
		SELECT place, round_id, sets
		FROM review_sheet
		WHERE period = $1 AND entry <= $2
		ORDER BY place, entry`, period, known)
	var out []membership
	for _, m := range all {
		if n := len(out); n > 0 && out[n-1].place == m.place {
			out = out[:n-1]
		}
		if m.round != "" {
			out = append(out, m)
		}
	}
	return out, err
}

// stored is one row of review_act.
type stored struct {
	measure int32
	done    Done
}

func scanAct(rows *db.Rows) (stored, error) {
	var s stored
	var act, state int64
	var reason, key *string
	err := rows.Scan(&s.measure, &s.done.Entry, &act, &state, &reason, &key)
	s.done.Act, s.done.State = Act(act), State(state)
	if reason != nil {
		s.done.Reason = *reason
	}
	if key != nil {
		s.done.Key = *key
	}
	return s, err
}

// readActs lists what was done with a commune's sheet, quantity by quantity.
func readActs(tx *db.Tx, place, period int32) ([]stored, error) {
	return db.Collect(tx, scanAct, `
		SELECT measure, entry, act, state, reason, save_key
		FROM review_act
		WHERE place = $1 AND period = $2
		ORDER BY measure, entry`, place, period)
}

// readActsOf lists what was done with one quantity, without the entries that
// were entered over since: [Row.Add] makes the same of what is left. It reads
// along the index of acts that are no mere entry, whose condition it repeats
// word for word (1 is [ActEnter]), and the end of the key: a figure that was
// typed a thousand times costs what one costs that was typed once. Keys are left
// out; see hasKey.
func readActsOf(tx *db.Tx, place, period, measure int32) ([]stored, error) {
	return db.Collect(tx, func(rows *db.Rows) (stored, error) {
		s := stored{measure: measure}
		var act, state int64
		var reason *string
		err := rows.Scan(&s.done.Entry, &act, &state, &reason)
		s.done.Act, s.done.State = Act(act), State(state)
		if reason != nil {
			s.done.Reason = *reason
		}
		return s, err
	}, `
		SELECT entry, act, state, reason
		FROM review_act
		WHERE place = $1 AND period = $2 AND measure = $3 AND (act <> 1 OR reason IS NOT NULL)
		UNION ALL
		SELECT entry, act, state, reason
		FROM (SELECT entry, act, state, reason
		      FROM review_act
		      WHERE place = $1 AND period = $2 AND measure = $3 AND act = 1 AND reason IS NULL
		      ORDER BY entry DESC
		      LIMIT 1) AS entered
		ORDER BY entry`, place, period, measure)
}

// hasKey tells whether a save with a key was carried out for a quantity.
func hasKey(tx *db.Tx, place, period, measure int32, key string) (bool, error) {
	var n int64
	err := tx.QueryRow(`
		SELECT COUNT(*)
		FROM review_act
		WHERE place = $1 AND period = $2 AND measure = $3 AND save_key = $4`, place, period, measure, key).Scan(&n)
	return n > 0, err
}

// later is an act done after a journal position.
type later struct {
	place int32
	stored
}

// readLater lists the acts of some communes in a period after a journal
// position, in order of their entries.
func readLater(tx *db.Tx, places []int32, period int32, after int64) ([]later, error) {
	if len(places) == 0 {
		return nil, nil
	}
	args := []any{period, after}
	var list strings.Builder
	for i, p := range places {
		args = append(args, p)
		if i > 0 {
			list.WriteString(", ")
		}
		list.WriteString("$" + strconv.Itoa(len(args)))
	}
	return db.Collect(tx, func(rows *db.Rows) (l later, err error) {
		var act, state int64
		var reason *string
		err = rows.Scan(&l.place, &l.measure, &l.done.Entry, &act, &state, &reason)
		l.done.Act, l.done.State = Act(act), State(state)
		if reason != nil {
			l.done.Reason = *reason
		}
		return l, err
	}, `
		SELECT place, measure, entry, act, state, reason
		FROM review_act
		WHERE period = $1 AND entry > $2 AND place IN (`+list.String()+`)
		ORDER BY entry, place, measure`, args...)
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
