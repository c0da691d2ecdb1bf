// Package taskweb is the pages of tasks: who is late with what (/nhiem-vu), one
// task and what is done to it, who has not received a document, what is to be
// handed over, and the table of a document's tasks by body.
package taskweb
