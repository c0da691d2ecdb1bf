package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// renamed is a source file and its name below reference/.
type renamed struct{ source, name string }

var boundaryFiles = []renamed{
	{"tuyenquang-2024-communes.geojson", "tuyenquang-2024-communes"},
	{"tuyenquang-2024-districts.geojson", "tuyenquang-2024-districts"},
	{"hagiang-2025-03-communes.geojson", "hagiang-2025-03-communes"},
	{"tuyenquang-2025-communes-derived-mit.geojson", "tuyenquang-2025-communes"},
}

var copies = []renamed{
	{"tuyenquang-hagiang-unit-events-2005-2025.csv", "places/history.csv"},
	{"tuyenquang-ntm-recognition-partial.csv", "news/ntm-recognition-partial.csv"},
	{"tuyenquang-ntm-totals.csv", "news/ntm-totals.csv"},
	{"tuyenquang-ocop-partial.csv", "news/ocop-partial.csv"},
}

// record is one row of a source list, by column name.
type record map[string]string

// read reads a source list.
func read(dir, name string) ([]record, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s: empty", name)
	}
	list := make([]record, 0, len(rows)-1)
	for _, row := range rows[1:] {
		r := make(record, len(row))
		for i, column := range rows[0] {
			r[column] = row[i]
		}
		list = append(list, r)
	}
	return list, nil
}

// shapes reads the 2009 population and area that the polygons of a list carry.
func shapes(dir, name string) (map[string]record, error) {
	data, err := os.ReadFile(filepath.Join(dir, "boundaries", name))
	if err != nil {
		return nil, err
	}
	var doc struct {
		Features []struct {
			Properties struct {
				Code string      `json:"code"`
				Pop  json.Number `json:"pop2009"`
				Area json.Number `json:"area2009_km2"`
			} `json:"properties"`
		} `json:"features"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	byCode := make(map[string]record, len(doc.Features))
	for _, f := range doc.Features {
		p := f.Properties
		byCode[p.Code] = record{"pop_census2009_pkg": p.Pop.String(), "area_km2_pkg": p.Area.String()}
	}
	return byCode, nil
}

// encode writes a header and rows as CSV.
func encode(header []string, rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(header)  // a bytes.Buffer never refuses
	_ = w.WriteAll(rows) // and WriteAll flushes
	return b.Bytes()
}

// pack compresses data, without time or name, so that the same data gives the
// same file.
func pack(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
