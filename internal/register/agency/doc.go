// Package agency is the register of dated bodies: departments of the province,
// agencies of the centre, offices, mass organisations and People's Committees,
// with the names documents call them by, who took over from whom (many to many,
// by topic), and the collectives that stand for several of them on a day.
//
// The province's bodies are rows of reference/. A People's Committee of a
// district or commune follows from the place: its id is "ubnd-" and the id of
// the place, and it lives as long as the place does.
//
// It also keeps the table of assignments (S1.2c, S1.3): which agency is in
// charge of a criterion or an indicator, which one supplies its figures, and
// which office of a district (of the commune itself since 1/7/2025) follows a
// commune, each with its days and the decision it rests on. An indicator's own
// agency goes before its criterion's. What an agency had passes by itself only
// to a body that took over everything; otherwise a person chooses. What the
// criteria sets name is a proposal until a decision is recorded.
//
// It owns agency_assignment, which is append-only: a later row of the same id
// supersedes the earlier one. Questions are answered from a snapshot in memory
// that lasts until the next row is written.
package agency
