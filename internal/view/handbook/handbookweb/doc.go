// Package handbookweb is the page /bo-tieu-chi.
package handbookweb
