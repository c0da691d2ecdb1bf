// Package reminder says who is to be reminded of what, and when: nhắc việc
// before a deadline and on it, đôn đốc after it, in the end to the superior
// (sections S3b and C1 of the notice).
//
// The steps and the words between bodies are data (reference/practice), counted
// in working days. [Due] is a pure function of them, of what is open and of the
// legal day: it gives the strongest step that has come for each matter, so a
// server that was down for a week sends one reminder for a task and not five.
// Each step of a matter is given once; what was given is kept in
// directive_reminder. A person may switch the mail off, not the page.
//
// It owns directive_reminder and directive_mailbox.
package reminder
