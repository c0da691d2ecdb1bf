// Package rounds is the rounds of review as the offices that run them see them:
// how far each commune and district is, what is missing and who is to be
// reminded, and, once a round is closed, what was changed after it.
package rounds
