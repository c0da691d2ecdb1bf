// Package request keeps duties that were asked for from a page ("Giao việc"):
// who sees, in a dossier or a table, that something must be done writes a draft
// with the place or the criterion it is about; Văn phòng UBND tỉnh gives it as a
// task, with a body and a day, or declines with a reason. A draft binds nobody.
//
// It owns directive_request, append-only: a later row of the same id supersedes.
package request
