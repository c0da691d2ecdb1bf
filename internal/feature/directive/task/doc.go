// Package task tracks the duties of directives to their proof (clauses S1.1,
// S1.7, S2, S3b and C1 of the notice): who has received a document (tiếp nhận),
// to whom a duty was given (phân công), what was reported with which proof, who
// confirmed it, what was asked and granted, and who took over (bàn giao).
//
// A confirmed duty fans out into one task for each body it is given to, with one
// part for each object. Completion takes two acts: the unit reports, Văn phòng
// UBND confirms or returns. The acts are kept, the standing of a task is
// computed from them and the legal day; nothing is overwritten.
//
// It owns directive_given, directive_task, directive_part and directive_act, all
// append-only.
package task
