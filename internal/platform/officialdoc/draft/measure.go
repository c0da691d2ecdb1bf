package draft

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Widths of the characters from space to tilde in 1/1000 of the size: those of Times New Roman and of every face made to
// its measure.
var (
	widthRegular = [95]uint16{
		250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500,
		500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
		556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500,
		500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
	}
	widthBold = [95]uint16{
		250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500,
		500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778,
		611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500,
		556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
	}
)

const twip = 20 // twips in a point

// width is the length of a text in twips, set in Times New Roman of a size in points. A letter is as wide as its base,
// but for a horn.
func width(s string, size int, bold bool) int {
	table := &widthRegular
	if bold {
		table = &widthBold
	}
	sum := 0
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == '\u031B': // the horn of ơ and ư
			sum += 50
		case unicode.Is(unicode.Mn, r):
		case r >= ' ' && r <= '~':
			sum += int(table[r-' '])
		case r == 'đ':
			sum += int(table['d'-' '])
		case r == 'Đ':
			sum += int(table['D'-' '])
		case r == '\u00A0':
			sum += 250
		case r == '–':
			sum += 500
		case r == '…':
			sum += 1000
		default:
			sum += 550
		}
	}
	return sum * size * twip / 1000
}

// rows counts the lines that words of these widths take when a line holds limit, a space being so wide.
func rows(words []int, space, limit int) int {
	n, at := 1, 0
	for i, w := range words {
		switch {
		case i == 0:
			at = w
		case at+space+w <= limit:
			at += space + w
		default:
			n, at = n+1, w
		}
	}
	return n
}

// set is a text broken into lines of nearly one length.
type set struct {
	lines int
	width int // of the column that breaks it so, in twips; the whole limit for one line
	last  int // length of the longest line
}

// balance finds the narrowest column, up to limit, that takes no more lines than limit does.
func balance(s string, size int, bold bool, limit int) set {
	var words []int
	for _, w := range strings.Split(s, " ") {
		words = append(words, width(w, size, bold))
	}
	space := width(" ", size, bold)
	n := rows(words, space, limit)
	if n == 1 {
		return set{1, limit, min(limit, width(s, size, bold))}
	}
	low, high := 1, limit
	for low < high {
		mid := (low + high) / 2
		if fits(words, mid) && rows(words, space, mid) <= n {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return set{n, min(limit, high+high/60+space), high}
}

func fits(words []int, limit int) bool {
	for _, w := range words {
		if w > limit {
			return false
		}
	}
	return true
}
