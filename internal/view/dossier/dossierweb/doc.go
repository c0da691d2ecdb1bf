// Package dossierweb is the page of one commune, /xa/{code}. What stands now
// comes from the board; what was known on an earlier day (?biet-den=) is judged
// from SQL by the review.
package dossierweb
