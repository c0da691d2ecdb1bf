// Package rules holds the law as data: criteria sets, legal instruments,
// measures that sets share, and worked cases that an official can read. It has
// no logic; internal/law/lawfile reads it.
package rules

import "embed"

// FS holds sets/, instruments/ and crosswalks/.
//
//go:embed sets instruments crosswalks
var FS embed.FS
