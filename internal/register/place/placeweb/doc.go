// Package placeweb draws places on pages: the map of a province's communes as
// they are on a day, as SVG made on the server. It needs no script, and patterns
// and letters carry what colour does.
package placeweb
