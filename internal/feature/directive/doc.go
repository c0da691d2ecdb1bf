// Package directive is the register of văn bản chỉ đạo (clauses H1 to H4, P1 to
// P5, S1.1 and C1 of the notice): the documents by which the province gives
// duties, what each of them asks of whom, and the duties that a person has
// confirmed.
//
// A document comes in as a proposal that was read from its text; nothing of it
// is active until a person has confirmed it. Duties keep the place in the text
// they were read from. A document that is only cited, and not here, stands as a
// stub ("văn bản dẫn chiếu, chưa có toàn văn"): what depends on it is never
// complete. Tasks that follow from confirmed duties are kept by the package task.
//
// It owns directive_document, directive_text, directive_duty and
// directive_member, all append-only: a later row of the same id supersedes.
package directive
