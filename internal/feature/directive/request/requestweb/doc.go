// Package requestweb is the pages of "Giao việc", /giao-viec.
package requestweb
