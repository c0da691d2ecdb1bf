// Package reading turns an official document that has been read by its form
// (platform/officialdoc) into what it asks of whom: meeting, attendees, recipients
// and the duties with addressees, objects and deadlines. It is pure: no clock, no
// database.
//
// Everything is a proposal. A person confirms it before anything is active, so
// every duty carries its place in the text, how sure the reading is, and notes in
// Vietnamese about what a person must settle. Nothing is invented: a blank number
// or day stays blank, a collective whose members are not known stays empty, and
// where two agencies are named and neither leads, the role is empty (null).
//
// Three grammars tell who acts, all seen in one page of a provincial conclusion:
// a heading that names agencies, an agency at the head of a sentence, an agency
// after "Giao", "Yêu cầu" or "Đề nghị". Beside them stand the addressees a duty
// inherits: those of the item above, those under "Kính gửi", those of the opening
// sentence. Names are matched against the directory of agencies at the day of the
// document, the longest name first, for they hold commas and "và"; what the
// directory does not know stays as text.
//
// The group of a duty is the document's own item (dash, letter, number, paragraph
// under a heading): "1.2". Duties split out of one item share it: 1.2a, 1.2b.
// Closing duties are C1, C2.
package reading
