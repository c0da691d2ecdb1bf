// Package evidence is the register of minh chứng: photographs, PDF files, Word
// documents and workbooks behind a finding, or behind anything else that a kind
// and a reference name.
//
// A file is known by its content, never by its name. It is looked at before
// anything of it is kept: pictures must decode within bounds, documents may hold
// nothing that acts by itself, and secret documents are refused (criterion 19
// takes no file at all). Of a picture two copies without what the camera wrote
// are kept beside the original; original, time and place of the picture are for
// those who may open originals.
//
// Bytes lie in a blob.Store and are durable before the row that names them.
// It owns evidence_file, evidence_capture and evidence_removal, all append-only:
// a file that is taken back stays, with a row that says why.
package evidence
