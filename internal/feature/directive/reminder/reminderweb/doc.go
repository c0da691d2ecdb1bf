// Package reminderweb is the pages of reminders: who is to be urged (/don-doc),
// one's own mail (/tai-khoan/nhac-viec) and the outbox (/quan-tri/thu).
package reminderweb
