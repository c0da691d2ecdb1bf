// Package draft writes the documents that an office is about to issue, in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I
// (page, margins, the fourteen boxes) and Phụ lục III (codes and samples 1.2, 1.4, 1.5, 1.9, 2.1, 2.2).
//
// A Document is what a feature knows: who writes to whom, about what, and the body in blocks. Lay says everything that the
// form adds (labels in the Vietnamese alphabet, blanks, "./.", "Như trên", "Phụ lục I") and gives a Layout; WriteDOCX and
// the print preview of package draftweb both print that Layout, so the two never differ in a word.
//
// # What is never made up
//
// The number, the day and the signature of a document exist only when a person recorded them (Issued). Until then the
// number and the day are blanks, the page carries "DỰ THẢO", and the preview says SigningNote. The product does not sign.
//
// # The file
//
// The .docx is written by hand, without a library: parts of Office Open XML in a zip without dates, so that the same
// document gives the same bytes. Labels are text and not automatic numbers: what is signed does not change when it is
// opened with another program. Lines and rules whose length the decree fixes are measured with the widths of Times New
// Roman; where lines would break badly, the paragraph is made narrower instead of adding breaks, so that the text stays
// one text for whoever reads it again. Properties of the file name no person.
package draft
