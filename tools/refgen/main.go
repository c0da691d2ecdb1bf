// Command refgen makes the id tables of reference/ from the source lists of
// administrative units. It is run by hand when a source list changes; the
// tables it writes are committed, so that an id never depends on an import.
//
//	go run ./tools/refgen -from DIR -to reference
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
)

func main() {
	from := flag.String("from", "", "folder of the source lists")
	to := flag.String("to", "reference", "folder to write to")
	flag.Parse()
	if err := run(*from, *to); err != nil {
		fmt.Fprintln(os.Stderr, "refgen:", err)
		os.Exit(1)
	}
}

// run makes every file from the source folder and writes them below to.
func run(from, to string) error {
	files, err := generate(from)
	if err != nil {
		return err
	}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		path := filepath.Join(to, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, files[name], 0o644); err != nil {
			return err
		}
		fmt.Printf("refgen: %s %d bytes\n", path, len(files[name]))
	}
	return nil
}

// generate makes every file, by its path below reference/. Paths that end in
// .gz hold gzip data.
func generate(from string) (map[string][]byte, error) {
	two, err := provinces(from)
	if err != nil {
		return nil, err
	}
	all, err := nation(from, two)
	if err != nil {
		return nil, err
	}
	regions, err := regionRows(all)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{
		"places/units.csv":   encode(unitHeader, two.unitRows()),
		"places/lineage.csv": encode(edgeHeader, two.edgeRows()),
		"regions.csv":        encode(regionHeader, regions),
	}
	packed := map[string][]byte{
		"national/units.csv.gz":   encode(unitHeader, all.unitRows()),
		"national/lineage.csv.gz": encode(edgeHeader, all.edgeRows()),
	}
	for _, name := range boundaryFiles {
		data, err := os.ReadFile(filepath.Join(from, "boundaries", name.source))
		if err != nil {
			return nil, err
		}
		packed["boundaries/"+name.name+".geojson.gz"] = data
	}
	for _, c := range copies {
		data, err := os.ReadFile(filepath.Join(from, c.source))
		if err != nil {
			return nil, err
		}
		files[c.name] = data
	}
	for name, data := range packed {
		if files[name], err = pack(data); err != nil {
			return nil, err
		}
	}
	return files, nil
}
