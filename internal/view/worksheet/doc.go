// Package worksheet is phiếu rà soát as people work on it: the sheet of one
// commune in a round, indicator by indicator, with what was reported before and
// now, what the round asks for and why, how each verdict stands, how far it is
// on its way, and which lines a reviewer has to look at one by one.
package worksheet
