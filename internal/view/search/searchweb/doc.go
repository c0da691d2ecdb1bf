// Package searchweb is the page /tim.
package searchweb
