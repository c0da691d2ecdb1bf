package board

import (
	"strings"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/db"
)

// readRounds lists what holds of every round, the latest period first.
func readRounds(tx *db.Tx) ([]Round, error) {
	return db.Collect(tx, func(rows *db.Rows) (Round, error) {
		var r Round
		var period int32
		err := rows.Scan(&r.ID, &period, &r.Name, &r.Closed, &r.Opened, &r.SendBy, &r.VerifyBy, &r.ConfirmBy, &r.Whole, &r.Entry)
		if err != nil {
			return r, err
		}
		r.Period, err = day.PeriodOf(period)
		return r, err
	}, `
		SELECT id, period, name, closed, opened_on, send_by, verify_by, confirm_by, whole, entry
		FROM v_review_round AS r
		WHERE entry = (SELECT MAX(entry) FROM v_review_round AS l WHERE l.id = r.id)
		ORDER BY period DESC, id DESC`)
}

// readSheets gives every sheet there is.
func readSheets(tx *db.Tx) (map[sheetKey]membership, error) {
	out := map[sheetKey]membership{}
	_, err := db.Collect(tx, func(rows *db.Rows) (struct{}, error) {
		var k sheetKey
		var m membership
		var sets string
		if err := rows.Scan(&k.period, &k.place, &m.round, &sets); err != nil {
			return struct{}{}, err
		}
		if sets != "" {
			m.sets = strings.Split(sets, ",")
		}
		if out[k] = m; m.round == "" {
			delete(out, k)
		}
		return struct{}{}, nil
	}, `
		SELECT period, place, round_id, sets
		FROM v_review_sheet
		ORDER BY period, place, entry`)
	return out, err
}

// readActs gives what was done with the quantities of a scope, in order of cells
// and entries.
func readActs(tx *db.Tx, s scope) ([]doneRow, error) {
	var out []doneRow
	for _, part := range s.split() {
		where, args := part.where()
		list, err := db.Collect(tx, scanAct, `
			SELECT place, period, measure, entry, act, state, reason
			FROM v_review_act
			`+where+`
			ORDER BY place, period, measure, entry`, args...)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func scanAct(rows *db.Rows) (doneRow, error) {
	var r doneRow
	var act, state int64
	var reason *string
	err := rows.Scan(&r.place, &r.period, &r.measure, &r.done.Entry, &act, &state, &reason)
	r.done.Act, r.done.State = round.Act(act), round.State(state)
	if reason != nil {
		r.done.Reason = *reason
	}
	return r, err
}
