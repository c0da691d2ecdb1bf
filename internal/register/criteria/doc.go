// Package criteria is the register of what a province and its people add to the
// shipped law: values that province decisions set for indicators, verifications
// of shipped values against the original texts ("đã đối chiếu văn bản gốc"), and
// the dictionary of measures, the small whole numbers under which quantities are
// stored.
//
// Province decisions rest on the articles of QĐ 318/QĐ-TTg and QĐ 319/QĐ-TTg
// that leave values to the province, and may never fall below a national floor
// (TT 52/2026/TT-BTC Điều 9 khoản 1). They are an argument of law.Evaluate and
// are never merged into a set.
//
// It owns criteria_decision, criteria_verification and criteria_measure. All
// are append-only: a correction or a withdrawal is a new row that supersedes
// the earlier one, so that [Service.Decisions] can answer as of any position of
// the journal.
package criteria
