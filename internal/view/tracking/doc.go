// Package tracking keeps what is open of the directives' duties in memory for
// the pages that show it beside other things: Việc của tôi, Việc cần lãnh đạo
// quyết, a unit's page. It is read again when the journal has an entry about
// directives that it does not know yet, or another day has come; other entries
// cost it one look at the journal.
package tracking
