// Package agency is the register of dated bodies: departments of the province,
// agencies of the centre, offices, mass organisations and People's Committees,
// with the names documents call them by, who took over from whom (many to many,
// by topic), and the collectives that stand for several of them on a day.
//
// The province's bodies are rows of reference/. A People's Committee of a
// district or commune follows from the place: its id is "ubnd-" and the id of
// the place, and it lives as long as the place does.
package agency
