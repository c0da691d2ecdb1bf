// Package deskweb is the pages of the package above.
package deskweb
