// Package migrations embeds the schema of the whole product: one sequence of
// forward-only migrations per engine, in goose's format.
//
// A file is named YYYYMMDDHHMMSS_feature_noun.sql and exists under the same
// name in sqlite/ and in postgres/. Once merged it is frozen.
package migrations

import "embed"

// FS holds the folders sqlite/ and postgres/.
//
//go:embed sqlite/*.sql postgres/*.sql
var FS embed.FS
