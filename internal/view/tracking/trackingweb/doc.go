// Package trackingweb shows what is open of directives on the pages of others:
// the leaders' list, a unit's part.
package trackingweb
