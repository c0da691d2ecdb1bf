// Command directives measures how well official documents are read: it reads
// every .txt of the folders given that has its truth beside it in .json, and
// prints how much agrees. A folder that is not there is said and passed over.
//
// A truth file lists the header and the items of the document with addressees,
// deadlines and recurrences; every duty split out of one item counts as one task
// with all their deadlines. Goals: header 0.95, tasks found and true 0.85,
// addressees 0.85, deadlines 0.9, and no deadline that the document does not set.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"giuchuan/internal/feature/directive/reading"
	"giuchuan/internal/platform/officialdoc"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/calendar"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

func main() {
	var all score
	options, err := load()
	if err != nil {
		fmt.Fprintln(os.Stderr, "directives:", err)
		os.Exit(1)
	}
	for _, dir := range os.Args[1:] {
		files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
		if err != nil || len(files) == 0 {
			fmt.Printf("SKIPPED: no documents in %s\n", dir)
			continue
		}
		for _, file := range files {
			one, err := measure(file, options)
			if err != nil {
				fmt.Printf("%-24s NOT READ, counted as wrong in everything: %v\n", filepath.Base(file), err)
			}
			one.print(filepath.Base(file))
			all.add(one)
		}
	}
	all.print("all")
	all.goals()
}

func load() (reading.Options, error) {
	var o reading.Options
	places, err := place.Load(reference.FS())
	if err != nil {
		return o, err
	}
	agencies, err := agency.Load(reference.FS(), places, "08")
	if err != nil {
		return o, err
	}
	working, err := calendar.Load(reference.FS())
	if err != nil {
		return o, err
	}
	return reading.Options{Agencies: agencies, Places: places, Province: "08", Calendar: working}, nil
}

// measure reads one document and compares it with its truth.
func measure(file string, o reading.Options) (score, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return score{}, err
	}
	truthText, err := os.ReadFile(strings.TrimSuffix(file, ".txt") + ".json")
	if err != nil {
		return score{}, err
	}
	var want truth
	if err := json.Unmarshal(truthText, &want); err != nil {
		return score{}, err
	}
	began := time.Now()
	doc, err := officialdoc.Read(context.Background(), file, data, officialdoc.Options{Limits: officialdoc.DefaultLimits()})
	if err != nil {
		return compare(want, &reading.Reading{}), err
	}
	got := reading.Read(doc, o)
	s := compare(want, &got)
	s.took = time.Since(began)
	return s, nil
}
