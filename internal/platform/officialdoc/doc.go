// Package officialdoc reads Vietnamese official documents (NĐ 30/2020/NĐ-CP and
// what really circulates beside it) by their form: letterhead, number, day,
// title, addressees, numbered items, recipients and signature. It knows nothing
// of agencies, places or duties; who is meant by a name is decided above.
//
// [Read] takes a file (.txt, .md, .docx, .pdf, .edxml, told apart by content)
// and [ReadText] takes pasted text. Both end in a [Document] or in a Vietnamese
// fault. A document marked MẬT, TỐI MẬT or TUYỆT MẬT is refused and nothing of
// it, not even its file's name, is in the error. DESIGN.md in this folder says
// how a page becomes blocks.
package officialdoc
