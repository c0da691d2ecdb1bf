package main

import (
	"sort"
	"strings"
)

var regionHeader = []string{"province_code", "province_name", "region", "valid_from", "valid_to", "source"}

// provinces63 are the codes of the 63 provinces by region of the sets of
// 2021-2025 (Quyết định 318/QĐ-TTg), from memory.
var provinces63 = []struct{ region, codes string }{
	{"TDMNPB", "02 04 06 08 10 11 12 14 15 17 19 20 24 25"},
	{"DBSH", "01 22 26 27 30 31 33 34 35 36 37"},
	{"BTB", "38 40 42 44 45 46"},
	{"DHNTB", "48 49 51 52 54 56 58 60"},
	{"TN", "62 64 66 67 68"},
	{"DNB", "70 72 74 75 77 79"},
	{"DBSCL", "80 82 83 84 86 87 89 91 92 93 94 95 96"},
}

// regionRows maps the 63 provinces to regions, and the 34 provinces of 2025
// through their lineage where every predecessor lies in one region.
func regionRows(b *book) ([][]string, error) {
	region := map[string]string{}
	for _, r := range provinces63 {
		for _, code := range strings.Fields(r.codes) {
			region[code] = r.region
		}
	}
	names := map[string]string{}
	parents := map[string]map[string]bool{} // code after -> regions of the places it came from
	add := func(code, from string) {
		if parents[code] == nil {
			parents[code] = map[string]bool{}
		}
		parents[code][region[from]] = true
	}
	var before, after [][]string
	for _, u := range b.units {
		if len(u.code) != 2 {
			continue
		}
		if u.from != twoLevels && names["<"+u.code] == "" {
			names["<"+u.code] = u.name
			before = append(before, []string{u.code, u.name, region[u.code], firstDay, "2025-06-30", memory})
		}
		if u.to == "" {
			names[u.code] = u.name
			add(u.code, u.code)
		}
	}
	for _, e := range b.edges {
		if len(codeOf(e.oldID)) == 2 && e.kind == "whole" {
			add(codeOf(e.newID), codeOf(e.oldID))
		}
	}
	for code, regions := range parents {
		one, source := "", "through lineage; "+memory
		if len(regions) == 1 {
			for r := range regions {
				one = r
			}
		} else {
			source = "unclear: its predecessors lie in " + strings.Join(sortedKeys(regions), " and ")
		}
		after = append(after, []string{code, names[code], one, twoLevels, "", source})
	}
	byCode(before)
	byCode(after)
	return append(before, after...), nil
}

func byCode(rows [][]string) {
	sort.Slice(rows, func(i, j int) bool { return rows[i][0] < rows[j][0] })
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// upper is the lineage of provinces, counted from that of their communes.
type upper struct {
	heirs map[string]map[string]int // old province -> new province -> communes
	born  map[string]map[string]bool
}

func provinceHeirs(known []record, old map[string]*unit) upper {
	up := upper{map[string]map[string]int{}, map[string]map[string]bool{}}
	for _, r := range known {
		p := rootCode(old, r["old_code"])
		if up.heirs[p] == nil {
			up.heirs[p] = map[string]int{}
		}
		up.heirs[p][r["new_province_code"]]++
	}
	for p, heirs := range up.heirs {
		for q := range heirs {
			if up.born[q] == nil {
				up.born[q] = map[string]bool{}
			}
			up.born[q][p] = true
		}
	}
	return up
}

// rootCode is the province of a commune of the second list.
func rootCode(old map[string]*unit, code string) string {
	u := old[code]
	for u.parent != "" {
		u = old[codeOf(u.parent)]
	}
	return u.code
}

// keeps tells whether a province went on alone and whole.
func (up upper) keeps(code string) bool {
	return len(up.heirs[code]) == 1 && len(up.born[code]) == 1 && up.born[code][code]
}

// edges writes the lineage of the provinces. The heir of most communes takes
// the province whole; the source puts a single commune elsewhere in one case,
// which is entered as a part.
func (up upper) edges(b *book, old map[string]*unit) []edge {
	var list []edge
	for p, heirs := range up.heirs {
		most := ""
		for q, n := range heirs {
			if most == "" || n > heirs[most] {
				most = q
			}
		}
		for q := range heirs {
			e := edge{
				date: twoLevels, decree: provinceDecree, oldID: old[p].id, newID: b.alive[q].id,
				kind: "whole", event: "merge", source: "dvhcvn/20250701",
			}
			switch {
			case q != most:
				e.kind, e.event = "part", "split"
			case up.keeps(p):
				e.event = "unchanged"
			}
			list = append(list, e)
		}
	}
	for code, u := range old {
		if len(code) == 3 {
			list = append(list, edge{
				date: twoLevels, decree: districtDecree, oldID: u.id, kind: "none", event: "ended", source: memory,
			})
		}
	}
	return list
}
