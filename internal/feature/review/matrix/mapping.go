package matrix

import (
	"strconv"
	"strings"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
)

// Mapping says how a table is read (cách đọc bảng).
type Mapping struct {
	ID      string
	Name    string
	Set     string // id of the set its columns are of
	Height  int    // rows of the header
	Commune int    // column that names the commune
	Columns []Column
	Words   []Word // what the words in columns of đạt / chưa đạt mean
	Entry   int64  // journal position that recorded it; 0 = not saved
	By      string // account that recorded it
}

// Column is one column of the table.
type Column struct {
	Col    int    `json:"col"`
	Head   string `json:"head"`             // its header, the parts joined by " / "
	Code   string `json:"code,omitempty"`   // indicator, part or criterion; "" = not read
	Whole  bool   `json:"whole,omitempty"`  // Code is a criterion
	Spread Spread `json:"spread,omitempty"` // of a criterion
	Doubt  string `json:"-"`                // why nothing is proposed, for the person who decides
}

// Spread says what "đạt" of a whole criterion means for its indicators.
type Spread string

// The spreads. Indicators that are judged by a figure never take "đạt".
const (
	NoSpread   Spread = ""         // nothing: such cells are refused
	SpreadAll  Spread = "tat-ca"   // all indicators are đạt; a criterion with one that needs a figure is refused
	SpreadSaid Spread = "nhan-dat" // those that take đạt / chưa đạt are đạt, the others stay as they are
)

// Word is a word of the table and what it means.
type Word struct {
	Text  string  `json:"text"`
	Means Meaning `json:"means"`
	Count int     `json:"-"` // cells that hold it
}

// Meaning is what a word means.
type Meaning string

// The meanings.
const (
	Refused  Meaning = "" // nothing was decided: cells are refused
	Met      Meaning = "dat"
	Unmet    Meaning = "chua-dat"
	NotAsked Meaning = "khong-ap-dung"
	Nothing  Meaning = "bo-trong"
)

// Vietnamese is the meaning as a findings file says it.
func (m Meaning) Vietnamese() string {
	switch m {
	case Met:
		return "đạt"
	case Unmet:
		return "chưa đạt"
	case NotAsked:
		return "không áp dụng"
	case Nothing:
		return "để trống"
	}
	return "chưa chọn"
}

var (
	msgMappingName = fault.Msg{Key: "matrix.name", Text: "đặt tên cho cách đọc bảng, không quá 100 chữ"}
	msgHeight      = fault.Msg{Key: "matrix.height", Text: "số dòng tiêu đề phải từ 1 đến 12"}
	msgCommune     = fault.Msg{Key: "matrix.commune_column", Text: "chọn cột ghi tên hoặc mã xã"}
	msgNoColumn    = fault.Msg{Key: "matrix.no_column", Text: "chưa có cột nào được gắn với chỉ tiêu hoặc tiêu chí"}
	msgCode        = fault.Msg{Key: "matrix.code", Text: "cột {col}: bộ tiêu chí không có chỉ tiêu hay tiêu chí “{code}”"}
	msgTwice       = fault.Msg{Key: "matrix.twice", Text: "cột {col}: “{code}” đã gắn với cột {other}; mỗi chỉ tiêu, tiêu chí chỉ gắn một cột"}
	msgSpread      = fault.Msg{Key: "matrix.spread", Text: "cột {col}: cách hiểu “đạt” của cả tiêu chí không hợp lệ"}
	msgMeaning     = fault.Msg{Key: "matrix.meaning", Text: "ý nghĩa của “{word}” không hợp lệ"}
	msgManyWords   = fault.Msg{Key: "matrix.many_words", Text: "bảng có quá nhiều từ khác nhau; chỉ khai báo đến 60 từ"}
	msgSet         = fault.Msg{Key: "matrix.set", Text: "bộ tiêu chí này không dùng để rà soát xã"}
)

const (
	maxHeight = 12
	maxTitle  = 100
	maxWords  = 60
	longWord  = 40 // characters
)

// Check refuses a mapping that cannot be used; named asks for a name too.
func (m *Mapping) Check(set *law.Set, named bool) error {
	var bad []*fault.Error
	fail := func(field string, msg fault.Msg, args ...string) {
		bad = append(bad, fault.New(fault.Invalid, msg, args...).At(field))
	}
	if name := []rune(m.Name); named && (len(name) == 0 || len(name) > maxTitle) {
		fail("ten", msgMappingName)
	}
	if set.Draft || set.Level != law.LevelCommune {
		fail("bo", msgSet)
	}
	if m.Height < 1 || m.Height > maxHeight {
		fail("so-dong", msgHeight)
	}
	if m.Commune < 1 || m.Commune > maxColumns {
		fail("cot-xa", msgCommune)
	}
	used := map[string]int{}
	for i := range m.Columns {
		c := &m.Columns[i]
		field, name := "cot-"+itoa(c.Col), letter(c.Col)
		switch other, twice := used[c.key()]; {
		case c.Code == "":
			continue
		case !c.known(set):
			fail(field, msgCode, "col", name, "code", fault.Clip(c.Code))
		case twice:
			fail(field, msgTwice, "col", name, "code", c.Code, "other", letter(other))
		case c.Spread != NoSpread && c.Spread != SpreadAll && c.Spread != SpreadSaid:
			fail("gan-"+itoa(c.Col), msgSpread, "col", name)
		}
		used[c.key()] = c.Col
	}
	if len(used) == 0 {
		fail("cot-xa", msgNoColumn)
	}
	if len(m.Words) > maxWords {
		fail("", msgManyWords)
	}
	for _, w := range m.Words {
		if w.Means.Vietnamese() == Refused.Vietnamese() && w.Means != Refused {
			fail("", msgMeaning, "word", fault.Clip(w.Text))
		}
	}
	return fault.Join(bad...)
}

func (c *Column) key() string {
	if c.Whole {
		return "tc " + c.Code
	}
	return c.Code
}

func (c *Column) known(set *law.Set) bool {
	if c.Whole {
		_, ok := set.Criterion(c.Code)
		return ok
	}
	_, ok := set.Slot(c.Code)
	return ok
}

// wordKey is a word as it is compared.
func wordKey(text string) string {
	return strings.ToLower(strings.Join(strings.Fields(vntext.NFC(text)), " "))
}

// meaning looks a word up.
func (m *Mapping) meaning(text string) (Meaning, bool) {
	k := wordKey(text)
	for _, w := range m.Words {
		if w.Text == k {
			return w.Means, w.Means != Refused
		}
	}
	return Refused, false
}

// letter is a column as a spreadsheet names it.
func letter(col int) string {
	name := ""
	for ; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}

// Letter is a column as a spreadsheet names it: "C", "AB".
func (c *Column) Letter() string { return letter(c.Col) }
func itoa(n int) string          { return strconv.Itoa(n) }
