// Package deadline finds the deadlines in a sentence of an official Vietnamese
// document and tells them from the other dates that stand there. It is pure: no
// clock, no documents, no agencies.
//
// Precision goes before recall. A date is a deadline only where words make it
// one ("trước ngày", "chậm nhất", "hoàn thành trong"); the date of a cited
// document, an event, an earlier deadline that was missed, the issuer's own
// deadline towards its superiors, a target or the years of a plan never are.
// Those that could be mistaken for one are given too, with the Role that says
// what they are, so that a person can see what was set aside and why.
//
// "Trước ngày D" ends on D: documents use it side by side with "chậm nhất đến
// ngày D" for one and the same duty; Reference.Strict takes the day before.
// Beginning, middle and end of a month or year are those of Bộ luật Dân sự 2015,
// Điều 146; periods are counted by Điều 147 and 148; working days by the
// calendar of Bộ luật Lao động 2019, Điều 111 and 112. A day named is never
// moved because it is a day off.
package deadline
