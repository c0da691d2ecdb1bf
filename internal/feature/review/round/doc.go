// Package round is đợt rà soát: the review of a period as offices carry it out
// (clause S1.2a of the notice).
//
// A round names a period, the document it rests on, the communes that take part
// and the days by which the commune sends, the district verifies and the agency
// in charge confirms. Each commune of it has a sheet: the quantities of its sets.
// What happens to a quantity is an act (entered, carried over, supplied, sent,
// verified, confirmed, returned, questioned, checked in the field); the act
// that was done last says in which state it is. Values are findings of the
// package above, never overwritten.
//
// Who may do what is asked of authz inside the transaction, with the state that
// holds there: the one who enters is not the one who sends; the district
// verifies while there are districts; each agency confirms its own criteria.
// Closing a round (chốt) freezes its figures at the journal position of the
// closing; what changes later is "điều chỉnh sau chốt".
//
// It owns review_round, review_sheet and review_act.
package round
