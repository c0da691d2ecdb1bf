// Package reference holds the dated facts of the country as embedded data:
// administrative units with their ids, their lineage and boundaries, regions,
// holidays, and the agencies of the province. It has no logic; NOTICE.md says
// where every file comes from and what it is good for.
package reference

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"slices"
)

//go:embed *.csv NOTICE.md practice places national boundaries news
var files embed.FS

// BoundaryNotice must stand beside every map, on screens, in print and in
// exports.
const BoundaryNotice = "Bản đồ minh họa, không có giá trị pháp lý về địa giới"

// FS is every file of this folder, by its path below reference/.
func FS() fs.FS { return files }

// BoundaryNames lists the sets of polygons that Boundaries knows.
func BoundaryNames() []string {
	return []string{
		"tuyenquang-2024-communes",
		"tuyenquang-2024-districts",
		"hagiang-2025-03-communes",
		"tuyenquang-2025-communes",
	}
}

// Boundaries is a set of polygons as GeoJSON (WGS 84, longitude first). Each
// feature has the property "code", to be resolved at the day of the set. Show
// BoundaryNotice with it.
func Boundaries(name string) ([]byte, error) {
	if !slices.Contains(BoundaryNames(), name) {
		return nil, fmt.Errorf("reference: no boundaries %q: %w", name, fs.ErrNotExist)
	}
	data, err := files.ReadFile("boundaries/" + name + ".geojson.gz")
	if err != nil {
		return nil, fmt.Errorf("reference: boundaries %q: %w", name, err)
	}
	unpack, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("reference: boundaries %q: %w", name, err)
	}
	return io.ReadAll(unpack)
}
