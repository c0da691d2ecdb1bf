package law

import "giuchuan/internal/kernel/day"

// Region is one of the seven regions of QĐ 318/QĐ-TTg.
type Region uint8

// The regions; RegionAny is the whole country.
const (
	RegionAny Region = iota
	TDMNPB
	DBSH
	BTB
	DHNTB
	TN
	DNB
	DBSCL
)

var regionCodes = [...]string{"", "TDMNPB", "DBSH", "BTB", "DHNTB", "TN", "DNB", "DBSCL"}

var regionNames = [...]string{
	"cả nước", "Trung du miền núi phía Bắc", "Đồng bằng sông Hồng", "Bắc Trung Bộ",
	"Duyên hải Nam Trung Bộ", "Tây Nguyên", "Đông Nam Bộ", "Đồng bằng sông Cửu Long",
}

// String is the region's code in rule files.
func (r Region) String() string { return regionCodes[r] }

// Name is the region's Vietnamese name.
func (r Region) Name() string { return regionNames[r] }

// ParseRegion reads a code such as "TDMNPB".
func ParseRegion(code string) (Region, bool) {
	for i, c := range regionCodes {
		if c == code && i > 0 {
			return Region(i), true
		}
	}
	return RegionAny, false
}

// RegionCodes lists the codes that rule files and flags accept.
func RegionCodes() []string { return append([]string(nil), regionCodes[1:]...) }

// Regions is a set of regions.
type Regions uint8

// With adds a region.
func (s Regions) With(r Region) Regions { return s | 1<<r }

// Has reports whether r is in s.
func (s Regions) Has(r Region) bool { return s&(1<<r) != 0 }

// Class is what of a commune chooses its thresholds at a day.
type Class struct {
	Region  Region
	Group   uint8 // commune group 1-3 of QĐ 51/2025/QĐ-TTg, 0 where not known
	Special bool  // xã đặc biệt khó khăn or xã an toàn khu: the set's override applies
}

// Threshold is one value of the law: mức đạt chuẩn.
type Threshold struct {
	Value       Number // of a Level: index in Levels, or the whole number; of YesNo: One
	Region      Region // RegionAny = national
	Group       uint8  // 0 = any
	Year        int    // 0 = any
	From, Until day.Day
	When        *Condition // a case of a compound part
	Source      Source
	Verified    *Verification
}

// Condition makes a threshold depend on another part: "5.n > 3".
type Condition struct {
	Part  string
	Op    string // > >= < <= ==
	Value Number
	slot  int
}

// Bind resolves the part's slot; lawfile calls it after indexing.
func (c *Condition) Bind(s *Set) bool {
	slot, ok := s.Slot(c.Part)
	c.slot = slot
	return ok
}

// Meets reports whether some value fulfils both conditions; conditions on
// different parts may always meet.
func (c *Condition) Meets(d *Condition) bool {
	if c.Part != d.Part {
		return true
	}
	for _, v := range []Number{c.Value, d.Value} {
		for _, near := range []Number{v - 1, v, v + 1} {
			if c.holds(near) && d.holds(near) {
				return true
			}
		}
	}
	return false
}

func (c *Condition) holds(v Number) bool {
	switch c.Op {
	case ">":
		return v > c.Value
	case ">=":
		return v >= c.Value
	case "<":
		return v < c.Value
	case "<=":
		return v <= c.Value
	}
	return v == c.Value
}

// Key names the threshold inside its indicator, stable while the value's own
// attributes are: "", "TDMNPB", "TDMNPB/2024", "nhóm 2", "5.n > 3".
func (t *Threshold) Key() string {
	key := t.Region.String()
	add := func(s string) {
		if key != "" {
			key += "/"
		}
		key += s
	}
	if t.Group != 0 {
		add("nhóm " + string('0'+rune(t.Group)))
	}
	if t.Year != 0 {
		add(itoa(t.Year))
	}
	if t.When != nil {
		add(t.When.Part + " " + t.When.Op + " " + t.When.Value.Decimal())
	}
	if t.From != day.None {
		add("từ " + t.From.String())
	}
	return key
}

// Scope says for which communes and when the value holds: "xã nhóm 2, năm 2024";
// "cả nước" where the law makes no difference.
func (t *Threshold) Scope() string {
	text := t.Region.Name()
	if t.Group != 0 {
		text = "xã nhóm " + itoa(int(t.Group))
	}
	if t.Year != 0 {
		text += ", năm " + itoa(t.Year)
	}
	if t.When != nil {
		text += ", khi " + t.When.Part + " " + t.When.Op + " " + t.When.Value.Vietnamese()
	}
	if t.From != day.None {
		text += ", từ " + t.From.Vietnamese()
	}
	return text
}

func (t *Threshold) inForce(on day.Day) bool { return on >= t.From && on <= t.Until }
