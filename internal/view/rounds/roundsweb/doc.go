// Package roundsweb is the pages /dot-ra-soat: the rounds of review.
package roundsweb
