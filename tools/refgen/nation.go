package main

import (
	"fmt"
	"sort"

	"giuchuan/internal/kernel/vntext"
)

// The days the national lists were taken. What happened between the first two
// is not known event by event: the second list is entered whole on its day.
const (
	nation2024 = "2024-05-01"
	nation2025 = "2025-03-01"
)

const nationSource = listS1 + "; national list"

// nation makes the table of the whole country, with the rows of the two
// provinces as they are in two.
func nation(dir string, two *book) (*book, error) {
	first, err := read(dir, "national-units-2024.csv")
	if err != nil {
		return nil, err
	}
	second, err := read(dir, "national-units-2025-03.csv")
	if err != nil {
		return nil, err
	}
	last, err := read(dir, "national-units-2025.csv")
	if err != nil {
		return nil, err
	}
	lineage, err := read(dir, "lineage-national-2025.csv")
	if err != nil {
		return nil, err
	}
	b := newBook()
	for _, r := range elsewhere(first) {
		b.begin(unitOf(r, nil, nationSource), nation2024)
	}
	if err := b.settle(nation2024); err != nil {
		return nil, err
	}
	if err := b.replace(elsewhere(second)); err != nil {
		return nil, err
	}
	if err := b.reformNation(elsewhere(last), lineage); err != nil {
		return nil, err
	}
	b.units = append(b.units, two.units...)
	b.edges = append(b.edges, two.edges...)
	return b, nil
}

// elsewhere leaves out the two provinces that have a table of their own.
func elsewhere(list []record) []record {
	var rest []record
	for _, r := range list {
		if r["province_code"] != "08" && r["province_code"] != "02" {
			rest = append(rest, r)
		}
	}
	return rest
}

// replace enters the second list. A code that keeps its name keeps its id;
// another name is taken for another place, because no lineage is known.
func (b *book) replace(list []record) error {
	seen := map[string]bool{}
	var upper, lower []record
	for _, r := range list {
		seen[r["code"]] = true
		if r["level"] == "3" {
			lower = append(lower, r)
		} else {
			upper = append(upper, r)
		}
	}
	for _, code := range b.living() {
		if !seen[code] {
			b.end(code, nation2025)
		}
	}
	for _, r := range append(upper, lower...) {
		b.meet(unitOf(r, nil, nationSource))
	}
	return b.settle(nation2025)
}

// living lists the codes that are borne now, in order.
func (b *book) living() []string {
	codes := make([]string, 0, len(b.alive))
	for code := range b.alive {
		codes = append(codes, code)
	}
	sort.Strings(codes)
	return codes
}

// meet enters one unit of the second list.
func (b *book) meet(u unit) {
	old := b.alive[u.code]
	same := old != nil && vntext.Canon(old.name) == vntext.Canon(u.name)
	switch {
	case old == nil:
		b.begin(u, nation2025)
	case !same && len(u.code) == 5:
		b.end(u.code, nation2025)
		b.begin(u, nation2025)
	case old.fullName == u.fullName && old.parent == b.alive[u.parent].idOr(""):
	default:
		b.change(u, nation2025)
	}
}

// idOr is the id of a unit, or other for no unit.
func (u *unit) idOr(other string) string {
	if u == nil {
		return other
	}
	return u.id
}

// reformNation enters 1 July 2025 outside the two provinces.
func (b *book) reformNation(list, lineage []record) error {
	old := map[string]*unit{}
	for code, u := range b.alive {
		old[code] = u
	}
	var known []record
	from, heirs := map[string][]string{}, map[string]int{}
	for _, r := range lineage {
		if old[r["old_code"]] == nil { // ended before the second list, or of the two provinces
			continue
		}
		known = append(known, r)
		from[r["new_code"]] = append(from[r["new_code"]], r["old_code"])
		heirs[r["old_code"]]++
	}
	upper := provinceHeirs(known, old)
	keeps := func(code string) bool {
		if len(code) == 2 {
			return upper.keeps(code)
		}
		f := from[code]
		return len(f) == 1 && f[0] == code && heirs[code] == 1
	}
	for _, code := range b.living() {
		if len(code) == 3 || !keeps(code) {
			b.end(code, twoLevels)
		}
	}
	for _, r := range list {
		u := unitOf(r, nil, "dvhcvn/20250701; "+nationSource)
		switch {
		case b.alive[u.code] == nil:
			b.begin(u, twoLevels)
		case len(u.code) == 2 && old[u.code].fullName == u.fullName:
		default:
			b.change(u, twoLevels)
		}
	}
	if err := b.link(known, old, keeps); err != nil {
		return err
	}
	b.edges = append(b.edges, upper.edges(b, old)...)
	return b.settle(twoLevels)
}

// link writes the lineage of communes.
func (b *book) link(known []record, old map[string]*unit, keeps func(string) bool) error {
	for _, r := range known {
		born := b.alive[r["new_code"]]
		if born == nil {
			return fmt.Errorf("lineage names %s, which no list has", r["new_code"])
		}
		event := "merge"
		switch {
		case r["kind"] == "part":
			event = "split"
		case keeps(r["new_code"]):
			event = "unchanged"
		}
		b.edges = append(b.edges, edge{
			date: twoLevels, oldID: old[r["old_code"]].id, newID: born.id, kind: r["kind"], event: event,
			source: "dvhcvn/20250701",
		})
	}
	return nil
}
