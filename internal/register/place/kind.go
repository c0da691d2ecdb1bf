package place

import "strings"

// Level is the level of a place, from the province down.
type Level uint8

// The levels. From 2025-07-01 no district exists.
const (
	Province Level = 1
	District Level = 2
	Commune  Level = 3
)

// String is the Vietnamese name of the level: "tỉnh", "huyện", "xã".
func (l Level) String() string {
	switch l {
	case Province:
		return "cấp tỉnh"
	case District:
		return "cấp huyện"
	case Commune:
		return "cấp xã"
	}
	return "cấp lạ"
}

// Kind is the legal kind of a unit. Only a Xa is judged by the criteria sets of
// communes; phường and thị trấn are refused there.
type Kind uint8

// The kinds. ThanhPho is a city below a province, ThanhPhoTW one under the centre.
const (
	Tinh Kind = iota + 1
	ThanhPhoTW
	Huyen
	Quan
	ThiXa
	ThanhPho
	Xa
	Phuong
	ThiTran
	DacKhu
)

// kindRow is what is fixed about a kind: its key in the data files, its word,
// its level and the abbreviations people write before a name.
type kindRow struct {
	key, word string
	level     Level
	short     []string
}

var kindRows = [...]kindRow{
	Tinh:       {"tinh", "tỉnh", Province, nil},
	ThanhPhoTW: {"thanh-pho-tw", "thành phố", Province, []string{"tp"}},
	Huyen:      {"huyen", "huyện", District, []string{"h"}},
	Quan:       {"quan", "quận", District, []string{"q"}},
	ThiXa:      {"thi-xa", "thị xã", District, []string{"tx"}},
	ThanhPho:   {"thanh-pho", "thành phố", District, []string{"tp"}},
	Xa:         {"xa", "xã", Commune, []string{"x"}},
	Phuong:     {"phuong", "phường", Commune, []string{"p"}},
	ThiTran:    {"thi-tran", "thị trấn", Commune, []string{"tt"}},
	DacKhu:     {"dac-khu", "đặc khu", Commune, nil},
}

// ParseKind reads a kind as the data files write it ("xa", "thi-tran").
func ParseKind(key string) (Kind, bool) {
	for k := Tinh; k <= DacKhu; k++ {
		if kindRows[k].key == key {
			return k, true
		}
	}
	return 0, false
}

// kindOfName reads the kind word at the start of a full name of a level, and
// gives the bare name: "Thị trấn Yên Sơn" is ThiTran and "Yên Sơn".
func kindOfName(full string, level Level) (Kind, string) {
	lower := strings.ToLower(full)
	for k := Tinh; k <= DacKhu; k++ {
		row := kindRows[k]
		if row.level == level && strings.HasPrefix(lower, row.word+" ") {
			return k, full[len(row.word)+1:]
		}
	}
	return 0, full
}

func (k Kind) row() kindRow {
	if int(k) < len(kindRows) {
		return kindRows[k]
	}
	return kindRow{}
}

// String is the Vietnamese word in lower case: "xã", "thị trấn".
func (k Kind) String() string { return k.row().word }

// Key is the kind as the data files write it: "xa", "thi-tran".
func (k Kind) Key() string { return k.row().key }

// Level is the level units of this kind stand on.
func (k Kind) Level() Level { return k.row().level }
