// Package ui is the built user interface: styles, scripts and fonts that tools/uibuild writes to dist. Without them dist
// holds a placeholder alone, and pages are plain.
package ui

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist is the built user interface, or just placeholder.txt.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the name is a constant and valid
	}
	return sub
}
