package main

import (
	"fmt"
	"strings"
)

// The days the lists of the two provinces hold from: the last event before the
// first list (1262/NQ-UBTVQH14), Hồng Sơn, and the two-level government.
const (
	firstDay  = "2021-07-01"
	hongSon   = "2024-09-01"
	twoLevels = "2025-07-01"
)

const (
	memory         = "memory, unverified"
	provinceDecree = "202/2025/QH15"
	districtDecree = "72/2025/QH15"
	listS1         = "thanglequoc/vietnamese-provinces-database"
)

// provinces makes the table of Tuyên Quang and Hà Giang.
func provinces(dir string) (*book, error) {
	b := newBook()
	lists := map[string][]record{}
	for _, name := range []string{
		"tuyenquang-2024-units.csv", "tuyenquang-2024-09-units.csv", "hagiang-2025-03-units.csv",
		"tuyenquang-2025-units.csv", "lineage-2024-09.csv", "lineage-2025.csv",
	} {
		list, err := read(dir, name)
		if err != nil {
			return nil, err
		}
		lists[name] = list
	}
	extra, err := shapes(dir, "hagiang-2025-03-communes.geojson")
	if err != nil {
		return nil, err
	}
	for _, r := range lists["tuyenquang-2024-units.csv"] {
		b.begin(unitOf(r, r, listS1+"@v2.0.1; choisy/censusVN2009"), firstDay)
	}
	for _, r := range lists["hagiang-2025-03-units.csv"] {
		b.begin(unitOf(r, extra[r["code"]], listS1+"@v2.4.1; choisy/censusVN2009"), firstDay)
	}
	if err := b.settle(firstDay); err != nil {
		return nil, err
	}
	if err := mergeHongSon(b, lists["lineage-2024-09.csv"], lists["tuyenquang-2024-09-units.csv"]); err != nil {
		return nil, err
	}
	err = reform(b, lists["lineage-2025.csv"], lists["tuyenquang-2025-units.csv"])
	return b, err
}

// unitOf reads the attributes of a source row; more holds area, population and
// point where another source has them.
func unitOf(r, more record, source string) unit {
	full := fullName(r)
	prefix, kind := kindOf(r["code"], full)
	return unit{
		code: r["code"], name: strings.TrimPrefix(full, prefix), fullName: full, kind: kind, parent: r["parent_code"],
		altNames: r["alt_names"], area: more["area_km2_pkg"], pop2009: more["pop_census2009_pkg"],
		lon: more["point_lon"], lat: more["point_lat"], source: source,
	}
}

// fullName writes out the abbreviation some sources use for cities.
func fullName(r record) string {
	if rest, ok := strings.CutPrefix(r["full_name"], "Tp "); ok {
		return "Thành phố " + rest
	}
	return r["full_name"]
}

// kindOf reads the kind from the full name, because some sources type a city
// under the centre as a province and cut its name short.
func kindOf(code, full string) (prefix, kind string) {
	kinds := []struct{ prefix, kind string }{
		{"Tỉnh ", "tinh"},
		{"Thành phố ", "thanh-pho"},
		{"Huyện ", "huyen"},
		{"Quận ", "quan"},
		{"Thị xã ", "thi-xa"},
		{"Xã ", "xa"},
		{"Phường ", "phuong"},
		{"Thị trấn ", "thi-tran"},
		{"Đặc khu ", "dac-khu"},
	}
	for _, k := range kinds {
		if strings.HasPrefix(full, k.prefix) {
			if k.kind == "thanh-pho" && len(code) == 2 {
				return k.prefix, "thanh-pho-tw"
			}
			return k.prefix, k.kind
		}
	}
	return "", "unknown"
}

// mergeHongSon joins Hồng Lạc and Vân Sơn.
func mergeHongSon(b *book, lineage, list []record) error {
	var old []*unit
	for _, r := range lineage {
		old = append(old, b.alive[r["old_code"]])
		b.end(r["old_code"], hongSon)
	}
	var born *unit
	for _, r := range list {
		if r["code"] == lineage[0]["new_code"] {
			born = b.begin(unitOf(r, nil, listS1+"@v2.1.0"), hongSon)
		}
	}
	if born == nil {
		return fmt.Errorf("the list of %s has no %s", hongSon, lineage[0]["new_code"])
	}
	for i, r := range lineage {
		b.edges = append(b.edges, edge{
			date: hongSon, decree: r["decision"], oldID: old[i].id, newID: born.id, kind: r["kind"],
			event: "merge", share: "1.00", source: listS1 + "@v2.1.0",
		})
	}
	if err := b.settle(hongSon); err != nil {
		return err
	}
	return b.expect(list, "08")
}

// reform joins the provinces, ends the districts and makes the communes of
// 1 July 2025.
func reform(b *book, lineage, list []record) error {
	old := map[string]*unit{}
	for code, u := range b.alive {
		old[code] = u
	}
	kept := map[string]bool{}
	for _, r := range lineage {
		if r["event"] == "unchanged" {
			kept[r["new_code"]] = true
		}
	}
	for code := range old {
		if !kept[code] {
			b.end(code, twoLevels)
		}
	}
	for _, r := range list {
		u := unitOf(r, nil, "dvhcvn/20250701; "+listS1+"@v4.2.0; tranngocminhhieu/vietnamadminunits")
		u.area, u.popReported, u.lon, u.lat = r["area_km2"], r["population_reported"], r["point_lon"], r["point_lat"]
		if kept[u.code] {
			u.pop2009 = old[u.code].pop2009
			b.change(u, twoLevels)
		} else {
			b.begin(u, twoLevels)
		}
	}
	for _, r := range lineage {
		b.edges = append(b.edges, edge{
			date: twoLevels, decree: r["decision"], clause: r["clause"], oldID: old[r["old_code"]].id,
			newID: b.alive[r["new_code"]].id, kind: r["kind"], event: r["event"], share: share(r["area_share_est"]),
			source: "dvhcvn/20250701",
		})
	}
	b.endUpper(old)
	if err := b.settle(twoLevels); err != nil {
		return err
	}
	return b.expect(list, "08")
}

// endUpper records that the provinces merged and the districts ended.
func (b *book) endUpper(old map[string]*unit) {
	for code, u := range old {
		switch len(code) {
		case 2:
			b.edges = append(b.edges, edge{
				date: twoLevels, decree: provinceDecree, oldID: u.id, newID: b.alive["08"].id,
				kind: "whole", event: "merge", share: "1.00", source: memory,
			})
		case 3:
			b.edges = append(b.edges, edge{
				date: twoLevels, decree: districtDecree, oldID: u.id, kind: "none", event: "ended", source: memory,
			})
		}
	}
}

// share writes a share with two decimals: "1.0" -> "1.00".
func share(s string) string {
	whole, part, _ := strings.Cut(s, ".")
	return whole + "." + (part + "00")[:2]
}
