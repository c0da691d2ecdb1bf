// Package board keeps every finding of a province as columns in memory, and the
// verdicts that follow from them, so that pages answer without the database.
//
// A node loads the board at its start, the open year first, and then follows the
// journal by position. The board answers what pages show: the standing of the
// communes that hold a title, the verdicts of every commune on a set, and what
// was reported of one indicator over time. It never decides anything: commands
// ask the review in their own transaction. DESIGN.md says how it stays the same
// as the record.
package board
