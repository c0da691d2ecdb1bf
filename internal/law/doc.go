// Package law judges communes against dated criteria sets.
//
// It is pure: sets, province decisions and facts are values, and the same
// values always give the same verdicts. Nothing here reads a clock, a file or a
// database. A [Set] is one criteria set with every value cited; [Evaluate]
// gives four-valued verdicts and the revocation test of QĐ 18/2022/QĐ-TTg;
// [Explain] builds, on request, the trace of one verdict: the datum, the
// threshold chosen and why, the instrument and article, and the age and
// provenance of the datum.
//
// Verdicts follow Kleene's three-valued logic with "not applicable" counting as
// passed: an unknown never counts as a pass nor as a fail.
package law
