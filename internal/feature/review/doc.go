// Package review is rà soát: what communes report of every indicator, and the
// standing that follows from it (clause S1.2a of the notice).
//
// A finding is what was reported of one indicator of one commune for one
// period, with its provenance: declared, verified, confirmed or field-checked.
// Findings are never changed: a correction is a later finding of the same
// commune, indicator and period, and what was known at any moment can be asked.
// An indicator that shares a measure with one of another set is reported once
// and judged in each set.
//
// The package owns the tables review_finding and review_finding_detail. Reading
// files and judging communes need no database: [Read] and [Assess] work on
// values, so that a file can be tried before anything is stored.
package review
