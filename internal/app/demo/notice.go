package demo

import _ "embed"

//go:embed thong-bao.md
var notice string

// Notice is the provincial conclusion of the demonstration, written for it: the
// shape, dates, addressees, blanks and traps of a real one (no number, no day,
// sentences cut by a page, three ways to name who acts), in sentences of our own.
// It names no person.
func Notice() string { return notice }
