package place

import (
	"io/fs"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/datafile"
)

// Region is a region of the country by which the sets of 2021-2025 set their
// thresholds (Quyết định 318/QĐ-TTg).
type Region string

// The seven regions.
const (
	TDMNPB Region = "TDMNPB" // Trung du miền núi phía Bắc
	DBSH   Region = "DBSH"   // Đồng bằng sông Hồng
	BTB    Region = "BTB"    // Bắc Trung Bộ
	DHNTB  Region = "DHNTB"  // Duyên hải Nam Trung Bộ
	TN     Region = "TN"     // Tây Nguyên
	DNB    Region = "DNB"    // Đông Nam Bộ
	DBSCL  Region = "DBSCL"  // Đồng bằng sông Cửu Long
)

// String is the region's Vietnamese name.
func (g Region) String() string {
	switch g {
	case TDMNPB:
		return "Trung du miền núi phía Bắc"
	case DBSH:
		return "Đồng bằng sông Hồng"
	case BTB:
		return "Bắc Trung Bộ"
	case DHNTB:
		return "Duyên hải Nam Trung Bộ"
	case TN:
		return "Tây Nguyên"
	case DNB:
		return "Đông Nam Bộ"
	case DBSCL:
		return "Đồng bằng sông Cửu Long"
	}
	return "chưa rõ vùng"
}

// RegionFact is the region whose thresholds a place takes on a day, and why.
type RegionFact struct {
	Region   Region    // empty = not known
	Override AreaClass // the class (DBKK, ATK) that makes another region's commune take TDMNPB values, or empty
	Source   string    // of the region or of the class
}

type regionRow struct {
	province string
	region   Region
	from, to day.Day
	source   string
}

func (r *Register) readRegions(fsys fs.FS) error {
	f, err := datafile.Read(fsys, "regions.csv", "province_code", "province_name", "region", "valid_from", "valid_to", "source")
	if err != nil {
		return err
	}
	known := []Region{"", TDMNPB, DBSH, BTB, DHNTB, TN, DNB, DBSCL}
	for _, row := range f.Rows {
		g := regionRow{
			row.Needed("province_code"), Region(row.Text("region")),
			row.Day("valid_from", day.None), row.Day("valid_to", day.Forever), row.Needed("source"),
		}
		if !slices.Contains(known, g.region) {
			row.Refuse("region", "TDMNPB, DBSH, BTB, DHNTB, TN, DNB, DBSCL hoặc để trống khi chưa rõ")
		}
		r.regions = append(r.regions, g)
	}
	return f.Err()
}

// RegionOfProvince is the region of a province by its two-digit code. A
// province of 2025 that joined two regions has none.
func (r *Register) RegionOfProvince(code string, on day.Day) (Region, string) {
	for _, g := range r.regions {
		if g.province == code && g.from <= on && on <= g.to {
			return g.region, g.source
		}
	}
	return "", ""
}

// RegionOf is the region whose thresholds the place with the id takes on a day:
// that of its province, or where the province joined two regions, that of all
// its predecessors on the last day before; and TDMNPB for a xã in special
// difficulty or of a safe zone (ATK), whatever its province.
func (r *Register) RegionOf(id string, on day.Day) RegionFact {
	u, ok := r.Unit(id, on)
	if !ok {
		return RegionFact{}
	}
	fact := RegionFact{}
	fact.Region, fact.Source = r.RegionOfProvince(u.Province, on)
	if fact.Region == "" {
		fact = r.inherited(u, fact.Source)
	}
	for _, span := range r.Areas(id, on) {
		if (span.Class == DBKK || span.Class == ATK) && fact.Region != TDMNPB {
			return RegionFact{TDMNPB, span.Class, span.Source}
		}
	}
	return fact
}

// inherited is the one region of all predecessors, if there is one.
func (r *Register) inherited(u Unit, source string) RegionFact {
	var one Region
	for _, g := range r.regions {
		if g.province != u.Province || g.region != "" {
			continue
		}
		for _, h := range r.Predecessors(u.ID, g.from-1) {
			region, _ := r.RegionOfProvince(h.Unit.Province, g.from-1)
			if region == "" || one != "" && region != one {
				return RegionFact{Source: source}
			}
			one = region
		}
	}
	return RegionFact{Region: one, Source: source}
}
