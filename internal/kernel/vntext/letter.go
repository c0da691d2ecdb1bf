package vntext

import "unicode/utf8"

// Tones in dictionary order.
const (
	level   = iota // ngang
	falling        // huyền
	asking         // hỏi
	broken         // ngã
	rising         // sắc
	heavy          // nặng
	tones
)

// letter is one lower-case Vietnamese letter taken apart.
type letter struct {
	plain rune // without its tone: a ă â b c d đ ...
	base  byte // without any diacritic: a b c d ...
	tone  byte // level .. heavy
	vowel bool
	rank  byte // its place in the alphabet, from 0
}

// The vowels with their tones in dictionary order, and the alphabet with the
// four letters of foreign words where Latin script has them.
const (
	toned    = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
	alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
	bases    = "aaabcddeefghijklmnooopqrstuuvwxyz"
)

// The letters up to U+01B0 (ư) and the toned ones from U+1EA0 to U+1EF9 lie in
// two short ranges, so two small tables hold them all.
const (
	lowEnd    = 0x1B1
	highStart = 0x1EA0
	highEnd   = 0x1EFA
)

type letterTable struct {
	low  [lowEnd]letter
	high [highEnd - highStart]letter
}

// letters is written once, here.
var letters = makeLetters()

func (t *letterTable) at(r rune) *letter {
	switch {
	case r < 0:
	case r < lowEnd:
		return &t.low[r]
	case r >= highStart && r < highEnd:
		return &t.high[r-highStart]
	}
	return nil
}

func makeLetters() *letterTable {
	t := new(letterTable)
	rank := 0
	for _, r := range alphabet {
		*t.at(r) = letter{plain: r, base: bases[rank], rank: byte(rank)}
		rank++
	}
	i := 0
	var plain letter
	for _, r := range toned {
		if i%tones == level {
			t.at(r).vowel = true
			plain = *t.at(r)
		}
		plain.tone = byte(i % tones)
		*t.at(r) = plain
		i++
	}
	return t
}

// letterOf takes a lower-case, composed letter apart; false when it is not
// written in Vietnamese.
func letterOf(r rune) (letter, bool) {
	if l := letters.at(r); l != nil && l.plain != 0 {
		return *l, true
	}
	return letter{}, false
}

// withTone is a plain vowel with a tone on it.
func withTone(plain rune, tone byte) rune {
	for i, r := range toned {
		if r == plain {
			rest := toned[i:]
			for range tone {
				_, size := utf8.DecodeRuneInString(rest)
				rest = rest[size:]
			}
			r, _ = utf8.DecodeRuneInString(rest)
			return r
		}
	}
	return plain
}
