package review

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

var (
	msgStray    = fault.Msg{Key: "review.stray_column", Text: "cột “{head}” không được nhận nhưng có số liệu ({cell}); {hint}. Hãy sửa tiêu đề, hoặc xoá số liệu của cột nếu không dùng"}
	msgHeadless = fault.Msg{Key: "review.headless_column", Text: "cột không có tiêu đề nhưng có số liệu ({cell}); hãy ghi tiêu đề, hoặc xoá số liệu của cột nếu không dùng"}
)

// column is a column of a sheet.
type column struct{ sheet, col int }

// noteStray remembers the first figure in every column that is not known: left
// out silently it would be lost.
func (r *reader) noteStray() {
	for _, c := range r.rec.Unread() {
		k := column{r.at, c.Col}
		if _, ok := r.stray[k]; !ok {
			r.stray[k] = c
		}
	}
}

// strayColumns refuses the file when columns that are not known hold something.
func (r *reader) strayColumns() error {
	const most = 20
	var faults []*fault.Error
	for _, k := range slices.SortedFunc(maps.Keys(r.stray), func(a, b column) int {
		return cmp.Or(a.sheet-b.sheet, a.col-b.col)
	}) {
		c := r.stray[k]
		if c.Column == "" {
			faults = append(faults, fault.New(fault.Invalid, msgHeadless, "cell", c.Address()))
		} else {
			faults = append(faults, fault.New(fault.Invalid, msgStray, "head", fault.Clip(c.Column), "cell", c.Address(), "hint", nearestHead(c.Column)))
		}
		if len(faults) == most {
			break
		}
	}
	return fault.Join(faults...)
}

// nearestHead names the accepted header that is most like one that is not, or
// all of them when none is.
func nearestHead(head string) string {
	key := headKey(head)
	best, name := len(key)/2+1, ""
	var all []string
	for _, c := range columns {
		printed := append(slices.Clone(c.Also), c.Name)[0]
		all = append(all, printed)
		for _, known := range append([]string{c.Name}, c.Also...) {
			if far := letters(key, headKey(known)); far < best {
				best, name = far, printed
				if known == c.Name {
					name = c.Name
				}
			}
		}
	}
	if name == "" {
		return "các tiêu đề được nhận là: " + strings.Join(all, ", ")
	}
	return "tiêu đề gần nhất được nhận là “" + name + "”"
}

func headKey(head string) string {
	return strings.ReplaceAll(vntext.Fold(fault.Clip(head)), " ", "")
}

// letters is how many letters must be put in, taken out, changed or swapped
// with their neighbour to make one text of the other.
func letters(a, b string) int {
	x, y := []rune(a), []rune(b)
	above, row := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		next := make([]int, len(y)+1)
		next[0] = i + 1
		for j := range y {
			next[j+1] = min(row[j+1], next[j]) + 1
			if x[i] == y[j] {
				next[j+1] = min(next[j+1], row[j])
			} else {
				next[j+1] = min(next[j+1], row[j]+1)
			}
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				next[j+1] = min(next[j+1], above[j-1]+1)
			}
		}
		above, row = row, next
	}
	return row[len(y)]
}
