package place

import (
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

// Unit is a place with the attributes it has from From to To.
type Unit struct {
	ID       string // "02608.2": fixed, never reused
	Key      int32  // Key(ID), for narrow columns of a database
	Code     string // 2, 3 or 5 digits; borne by other places at other times
	Level    Level
	Kind     Kind
	Name     string   // "Hồng Sơn", official spelling
	FullName string   // "Xã Hồng Sơn"
	AltNames []string // other spellings of the full name that are accepted
	ParentID string   // empty for a province
	Province string   // two-digit code of its province

	From, To     day.Day // first and last day of these attributes; To is day.Forever while they hold
	Began, Ended day.Day // first and last day of the place; Began is at earliest the first day of the register

	AreaHa      int     // hectares (km² times 100), 0 = unknown
	Census2009  int     // people in 2009 from a data package: demonstration data, not statistics; 0 = unknown
	PopReported int     // people as reported at the reform of 2025, unverified; 0 = unknown
	Lon, Lat    float64 // a point inside, degrees WGS 84; 0 = unknown
	Source      string  // where these attributes come from
}

// Title is the unit as a sentence names it: "xã Hồng Sơn".
func (u Unit) Title() string { return u.Kind.String() + " " + u.Name }

// Label is Title with the code: "xã Hồng Sơn (02608)".
func (u Unit) Label() string { return u.Title() + " (" + u.Code + ")" }

// Holds tells whether the attributes of u hold on a day.
func (u Unit) Holds(on day.Day) bool { return u.From <= on && on <= u.To }

// IsXa tells whether u is a xã, the only kind the sets of communes judge.
func (u Unit) IsXa() bool { return u.Kind == Xa }

const (
	levelStep = 10_000_000
	codeStep  = 100
)

var msgBadID = fault.Msg{Key: "place.bad_id", Text: "mã định danh địa bàn {id} không đúng dạng, cần như 02608.2"}

// Key is the whole number that stands for an id in database keys: level times
// 10,000,000 plus code times 100 plus bearer. It fits in 26 bits and IDOf turns
// it back. An id of another form gives 0, which is no key.
func Key(id string) int32 {
	level, code, n, ok := splitID(id)
	if !ok {
		return 0
	}
	return int32(level)*levelStep + int32(code)*codeStep + int32(n)
}

// IDOf is the id of a key.
func IDOf(key int32) (string, error) {
	level, rest := key/levelStep, key%levelStep
	width, ok := codeWidth(Level(level))
	code := strconv.Itoa(int(rest / codeStep))
	n := int(rest % codeStep)
	if key <= 0 || level > int32(Commune) || !ok || len(code) > width || n == 0 {
		return "", fault.New(fault.Invalid, msgBadID, "id", strconv.Itoa(int(key)))
	}
	return strings.Repeat("0", width-len(code)) + code + "." + strconv.Itoa(n), nil
}

// splitID reads "02608.2" as level, code and bearer.
func splitID(id string) (level Level, code, n int, ok bool) {
	text, bearer, found := strings.Cut(id, ".")
	level, ok = levelOfCode(text)
	if !found || !ok || bearer == "" || bearer[0] == '0' || !digitsOnly(bearer) || len(bearer) > 2 {
		return 0, 0, 0, false
	}
	code, _ = strconv.Atoi(text)
	n, _ = strconv.Atoi(bearer)
	return level, code, n, true
}

// levelOfCode tells the level from the number of digits.
func levelOfCode(code string) (Level, bool) {
	if !digitsOnly(code) {
		return 0, false
	}
	switch len(code) {
	case 2:
		return Province, true
	case 3:
		return District, true
	case 5:
		return Commune, true
	}
	return 0, false
}

func codeWidth(l Level) (int, bool) {
	switch l {
	case Province:
		return 2, true
	case District:
		return 3, true
	case Commune:
		return 5, true
	}
	return 0, false
}

func digitsOnly(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
