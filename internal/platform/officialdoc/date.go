package officialdoc

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"giuchuan/internal/kernel/day"
)

// when is a date as printed: any part may be missing (0).
type when struct{ day, month, year int }

// full is the day, or day.None when a part is missing or the calendar has no
// such day.
func (w when) full() day.Day {
	if w.day < 1 || w.month < 1 || w.month > 12 || w.year < 1900 || w.year > 2999 {
		return day.None
	}
	d := day.Of(w.year, time.Month(w.month), w.day)
	if y, m, dd := d.Civil(); y != w.year || int(m) != w.month || dd != w.day {
		return day.None
	}
	return d
}

// partial is "2024-06" or "2024" as far as w is known, else empty.
func (w when) partial() string {
	switch {
	case w.year < 1900 || w.year > 2999:
		return ""
	case w.month < 1 || w.month > 12:
		return fmt.Sprintf("%04d", w.year)
	}
	return fmt.Sprintf("%04d-%02d", w.year, w.month)
}

const (
	blanks  = `[.…_\s]*`
	figures = `([0-9OoIl]{1,2}|` + blanks + `)`
)

var (
	longDate  = regexp.MustCompile(`(?i)^(?:(.{2,80}?)\s*,\s*)?ngày\s*` + figures + `\s*tháng\s*` + figures + `\s*năm\s*([0-9OoIl]{4}|20[0-9OoIl]?` + blanks + `|` + blanks + `)[\s.,;)]*$`)
	shortDate = regexp.MustCompile(`(?i)^(?:(.{2,80}?)\s*,\s*)?(?:ngày\s*)?` + figures + `\s*[/.-]\s*` + figures + `\s*[/.-]\s*([0-9OoIl]{4})[\s.,;)]*$`)
)

// placeDate reads the line "Tuyên Quang, ngày 05 tháng 6 năm 2024", blanks in it
// allowed. A bare "05/6/2024" is none: portals print such lines.
func placeDate(s string) (place string, w when, ok bool) {
	if !short(s, 160) || !strings.Contains(s, "n") && !strings.Contains(s, ",") {
		return "", when{}, false
	}
	m := longDate.FindStringSubmatch(s)
	if m == nil {
		m = shortDate.FindStringSubmatch(s)
		if m == nil || m[1] == "" && !strings.HasPrefix(strings.ToLower(s), "ngày") {
			return "", when{}, false
		}
	}
	place = strings.Trim(m[1], " (.")
	if letters(place, 2) == 0 && m[1] != "" || len(strings.Fields(place)) > 8 || posted(place) {
		return "", when{}, false
	}
	return place, when{slip(m[2]), slip(m[3]), slip(m[4])}, true
}

// posted tells the words before the day on which a page was put up.
func posted(place string) bool {
	for _, begin := range []string{"Thứ ", "Chủ nhật", "Chủ Nhật", "Cập nhật", "Đăng", "Ngày đăng"} {
		if strings.HasPrefix(place, begin) {
			return true
		}
	}
	return false
}

// slip reads a number in which O stands for 0 and l or I for 1; 0 for a blank.
func slip(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case 'O', 'o':
			r = '0'
		case 'I', 'l':
			r = '1'
		}
		if r < '0' || r > '9' {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// dateAt reads a date at s[i:]: "07/6/2024", "20.7.2020", "05 tháng 3 năm 2020",
// with spaces between. end is the byte after it.
func dateAt(s string, i int) (w when, end int, ok bool) {
	if w.day, i, ok = digitsAt(s, i, 2); !ok {
		return when{}, 0, false
	}
	i = skip(s, i)
	if at, found := wordAt(s, i, "tháng"); found {
		if w.month, i, ok = digitsAt(s, skip(s, at), 2); !ok {
			return when{}, 0, false
		}
		if at, found = wordAt(s, skip(s, i), "năm"); !found {
			return when{}, 0, false
		}
		w.year, i, ok = digitsAt(s, skip(s, at), 4)
		return w, i, ok && w.year > 999
	}
	for _, part := range []*int{&w.month, &w.year} {
		if i = skip(s, i); i >= len(s) || !strings.ContainsRune("/.-", rune(s[i])) {
			return when{}, 0, false
		}
		most := 2
		if part == &w.year {
			most = 4
		}
		if *part, i, ok = digitsAt(s, skip(s, i+1), most); !ok {
			return when{}, 0, false
		}
	}
	return w, i, w.year > 999
}

// digitsAt reads up to most digits that are followed by none.
func digitsAt(s string, i, most int) (n, end int, ok bool) {
	from := i
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		if i-from == most {
			return 0, 0, false
		}
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, i, i > from
}

// wordAt tells whether word, in small letters or with a capital, stands at s[i:].
func wordAt(s string, i int, word string) (end int, ok bool) {
	if i+len(word) > len(s) || !strings.EqualFold(s[i:i+len(word)], word) {
		return 0, false
	}
	return i + len(word), true
}

// skip goes over spaces.
func skip(s string, i int) int {
	for i < len(s) && s[i] == ' ' {
		i++
	}
	return i
}
