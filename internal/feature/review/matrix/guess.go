package matrix

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"
)

// Where says which places a table may name.
type Where struct {
	Places   *place.Register
	Province string // two-digit code
	On       day.Day
}

// Table is a matrix in a file and how it is read.
type Table struct {
	Mapping Mapping
	Grid    *Grid
	Top     int // first row of the header
}

var msgNoCommunes = fault.Msg{Key: "matrix.no_communes", Text: "không nhận ra bảng nào có các dòng là xã trong tệp; cần một cột ghi tên xã hoặc mã xã, dưới các dòng tiêu đề"}

// maxAsked bounds the texts that are looked up among the names of places.
const maxAsked = 20_000

// guessRows bounds the rows in which communes are looked for.
const guessRows = 400

// Guess proposes how the table of a file is read: the sheet and the column that
// name the most communes, the header above them, and every column whose header
// names an indicator or a criterion of the set without doubt.
func Guess(grids []*Grid, set *law.Set, w Where) (*Table, error) {
	var best *Table
	most, first := 0, 0
	known := map[string]bool{}
	for _, g := range grids[:min(len(grids), 20)] {
		count, from := g.communes(w, known)
		for col, n := range count {
			if n > most || n == most && best.Grid == g && col < best.Mapping.Commune {
				best, most, first = &Table{Grid: g, Mapping: Mapping{Set: set.ID, Commune: col}}, n, from[col]
			}
		}
	}
	if best == nil || first == 0 {
		return nil, fault.New(fault.Invalid, msgNoCommunes)
	}
	best.Top, best.Mapping.Height = best.Grid.header(first, best.Mapping.Commune)
	best.propose(set)
	return best, nil
}

// Propose proposes the columns and words of a table anew, after a person gave
// its header other rows or its communes another column.
func (x *Table) Propose(set *law.Set) {
	x.Top, x.Mapping.Set = max(x.Top, 1), set.ID
	x.Mapping.Height = min(max(x.Mapping.Height, 1), maxHeight)
	x.propose(set)
}

// communes counts, for each column, the cells that name a commune, and gives the
// first row of them.
func (g *Grid) communes(w Where, known map[string]bool) (count, first map[int]int) {
	count, first = map[int]int{}, map[int]int{}
	for i := range g.rows[:min(len(g.rows), guessRows)] {
		for _, c := range g.rows[i].cells {
			if c.Kind != sheet.Text || !w.names(c.Text, known) {
				continue
			}
			if count[c.Col]++; first[c.Col] == 0 {
				first[c.Col] = c.Row
			}
		}
	}
	return count, first
}

// names tells whether a text names a commune, or several of one name.
func (w Where) names(text string, known map[string]bool) bool {
	text = strings.TrimSpace(text)
	if len(text) < 3 || len(text) > 80 {
		return false
	}
	yes, asked := known[text]
	if !asked && len(known) < maxAsked {
		yes = slices.ContainsFunc(w.Places.Candidates(text, w.Province, w.On), func(u place.Unit) bool { return u.Level == place.Commune })
		known[text] = yes
	}
	return yes
}

// header finds the rows of the header above the first row of communes. A row of
// one text is a title, unless it stands right of the communes' column as the
// lower part of a header does; totals and districts between belong to the data.
func (g *Grid) header(first, commune int) (top, height int) {
	last := first - 1
	for last >= 1 && (g.subtotal(last, commune) || g.texts(last) == 0) {
		last--
	}
	top = last
	for r := last; r >= max(1, last-maxHeight+1); r-- {
		if n := g.texts(r); n == 0 || n == 1 && g.firstText(r) <= commune {
			break
		}
		top = r
	}
	return max(top, 1), max(last-top+1, 1)
}

// texts counts the texts that a person sees in a row of the header.
func (g *Grid) texts(number int) int {
	seen := map[spot]bool{}
	for col := 1; col <= g.wide; col++ {
		if c := g.head(number, col); !c.Blank() {
			seen[spot{c.Row, c.Col}] = true
		}
	}
	return len(seen)
}

// firstText is the first column of a row of the header that holds something.
func (g *Grid) firstText(number int) int {
	for col := 1; col <= g.wide; col++ {
		if c := g.head(number, col); !c.Blank() {
			return c.Col
		}
	}
	return 0
}

// subtotal tells whether a row is a total or the heading of a district.
func (g *Grid) subtotal(number, commune int) bool {
	if c := g.head(number, commune); !c.Blank() {
		return isTotal(c.Text)
	}
	for col := 1; col < commune; col++ {
		if isTotal(g.Cell(number, col).Text) {
			return true
		}
	}
	return false
}

var totals = regexp.MustCompile(`^(?:tong|cong|toan tinh|toan huyen|trung binh|binh quan|huyen|thanh pho|thi xa|cum)(?:[ :]|$)`)

// isTotal tells whether a text heads a subtotal rather than naming a commune.
func isTotal(text string) bool { return totals.MatchString(vntext.Fold(text)) }

var (
	codeIn      = regexp.MustCompile(`(?:^|[^\d.,])(\d{1,2}\.\d{1,2})(?:$|[^\d])`)
	criterionIn = regexp.MustCompile(`(?:^|\s|\()(?:tc|tieu chi)\s*(?:so\s*)?(\d{1,2})(?:$|[^\d.]|\.\s|\.$)`)
	numberOnly  = regexp.MustCompile(`^\s*(\d{1,2})\s*(?:[.):\-–]\s*\D.*|[.)]?)$`)
	columnMark  = regexp.MustCompile(`^\(?\s*(?:\d{1,3}|[A-Z])\s*\)?$`)
)

// propose fills in the columns and the words.
func (x *Table) propose(set *law.Set) {
	m, g := &x.Mapping, x.Grid
	marks := g.marksRow(x.Top, m.Height, m.Commune)
	seen := map[string]bool{}
	m.Columns = nil
	for col := 1; col <= g.wide; col++ {
		head := g.headText(x.Top, m.Height, col)
		if head == "" {
			continue
		}
		c := Column{Col: col, Head: head}
		if col != m.Commune {
			heads := slices.DeleteFunc(g.heads(x.Top, m.Height, col), func(c sheet.Cell) bool { return marks && c.Row == x.Top+m.Height-1 })
			c.Code, c.Whole, c.Doubt = codeOf(heads, set)
		}
		if c.Code != "" && seen[c.key()] {
			c.Doubt = "trùng mã " + c.Code + " với một cột trước"
			c.Code, c.Whole = "", false
		}
		if c.Code != "" {
			seen[c.key()] = true
		}
		m.Columns = append(m.Columns, c)
	}
	m.Words = x.words(set)
}

// marksRow tells whether the last row of the header only numbers the columns:
// "(1) (2) (3)", "A B 1 2", the column of communes among them.
func (g *Grid) marksRow(top, height, commune int) bool {
	last := top + height - 1
	if height < 2 || g.Cell(last, commune).Blank() {
		return false
	}
	for col := 1; col <= g.wide; col++ {
		if c := g.Cell(last, col); !c.Blank() && !columnMark.MatchString(strings.TrimSpace(c.Text)) {
			return false
		}
	}
	return true
}

// codeOf reads which indicator or criterion a header names, the lowest of its
// texts first.
func codeOf(heads []sheet.Cell, set *law.Set) (code string, whole bool, doubt string) {
	for i := len(heads) - 1; i >= 0; i-- {
		c := &heads[i]
		text := strings.TrimSpace(c.Text)
		if m := codeIn.FindStringSubmatch(text); m != nil {
			if _, ok := set.Slot(m[1]); ok {
				if _, also := set.Slot(m[1] + "0"); also && c.Kind == sheet.Number {
					return "", false, "ô tiêu đề là số " + m[1] + ": có thể là chỉ tiêu " + m[1] + " hoặc " + m[1] + "0"
				}
				return m[1], false, ""
			}
			doubt = cmp.Or(doubt, "bộ tiêu chí không có chỉ tiêu "+m[1])
			continue
		}
		if code, whole, ok := criterionOf(text, set); ok {
			return code, whole, ""
		}
	}
	return "", false, doubt
}

// criterionOf reads a criterion's number or name, or an indicator's name.
func criterionOf(text string, set *law.Set) (code string, whole, ok bool) {
	folded := strings.Join(strings.Fields(vntext.Fold(text)), " ")
	number := ""
	if m := criterionIn.FindStringSubmatch(folded); m != nil {
		number = m[1]
	} else if m := numberOnly.FindStringSubmatch(strings.TrimSpace(text)); m != nil {
		number = m[1]
	}
	if n, err := strconv.Atoi(number); err == nil {
		if c, found := set.Criterion(itoa(n)); found {
			return single(set, c)
		}
	}
	for i := range set.Criteria {
		if vntext.Fold(set.Criteria[i].Name) == folded {
			return single(set, &set.Criteria[i])
		}
	}
	for slot := range set.Indicators {
		if vntext.Fold(set.At(slot).Name) == folded {
			return set.At(slot).Code, false, true
		}
	}
	return "", false, false
}

// single is a criterion, or its one indicator where it has only one.
func single(set *law.Set, c *law.Criterion) (code string, whole, ok bool) {
	if c.End-c.First == 1 {
		return set.At(c.First).Code, false, true
	}
	return c.Code, true, true
}

// ParseCode reads what a person types for a column: "15.1" an indicator, "TC 15"
// or "15" a criterion, or its one indicator.
func ParseCode(text string, set *law.Set) (code string, whole, ok bool) {
	if _, ok := set.Slot(text); ok {
		return text, false, true
	}
	return criterionOf(text, set)
}

// Typed is the code of a column as a person types it.
func (c *Column) Typed() string {
	if c.Whole {
		return "TC " + c.Code
	}
	return c.Code
}

// Sample gives the first texts in a column below the header.
func (x *Table) Sample(col, most int) []string {
	var out []string
	for i := range x.Grid.rows {
		r := &x.Grid.rows[i]
		if c := r.at(x.Grid.Name, col); r.number >= x.Top+x.Mapping.Height && !c.Blank() && len(out) < most {
			out = append(out, fault.Clip(figure(c)))
		}
	}
	return out
}
