package vntext

import "strings"

// Canon is the key by which two spellings of the same name are one while the
// diacritics still count: composed, lower case, single spaces, and every tone
// mark where the older convention has it, so "Hòa" and "Hoà", "Thủy" and "Thuỷ",
// "Quý" and "Qúy" agree and "Hòa" and "Hóa" differ. Words that are no Vietnamese
// syllable keep their marks where they are. Canon(Canon(s)) is Canon(s).
func Canon(s string) string {
	text := lower(s)
	if isASCII(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	var buf [16]rune
	word := buf[:0]
	for _, r := range text {
		if _, ok := letterOf(r); ok {
			word = append(word, r)
			continue
		}
		writeSyllable(&b, word)
		word = word[:0]
		b.WriteRune(r)
	}
	writeSyllable(&b, word)
	return NFC(b.String())
}

// writeSyllable writes a run of letters with its tone mark in the usual place.
func writeSyllable(b *strings.Builder, word []rune) {
	if from, to, ok := toneMove(word); ok && from != to {
		old, _ := letterOf(word[from])
		bearer, _ := letterOf(word[to])
		word[from] = old.plain
		word[to] = withTone(bearer.plain, old.tone)
	}
	for _, r := range word {
		b.WriteRune(r)
	}
}

// toneMove finds the vowel that bears the tone mark of a syllable and the one
// that should. It is false for words without exactly one mark or one group of
// at most three vowels.
func toneMove(word []rune) (from, to int, ok bool) {
	start, end, ok := nucleus(word)
	if !ok {
		return 0, 0, false
	}
	from = -1
	for i, r := range word {
		if l, _ := letterOf(r); l.tone != level {
			if from >= 0 {
				return 0, 0, false
			}
			from = i
		}
	}
	return from, bearer(word, start, end), from >= 0
}

// nucleus finds the one group of vowels word[start:end], leaving out the u of
// "qu" and the i of "gi" where a vowel follows: they belong to the consonant.
func nucleus(word []rune) (start, end int, ok bool) {
	for start < len(word) && !isVowel(word[start]) {
		start++
	}
	end = start
	for end < len(word) && isVowel(word[end]) {
		end++
	}
	for _, r := range word[end:] {
		if isVowel(r) {
			return 0, 0, false
		}
	}
	if start > 0 && end-start > 1 {
		before := word[start-1]
		first, _ := letterOf(word[start])
		if before == 'q' && first.plain == 'u' || before == 'g' && start == 1 && first.plain == 'i' {
			start++
		}
	}
	return start, end, end > start && end-start <= 3
}

// bearer is the vowel of word[start:end] on which the tone mark is written: the
// last one with a hat, breve or horn; else the middle one of three, the second
// of two before a consonant, and the first of two at the end of the word.
func bearer(word []rune, start, end int) int {
	for i := end - 1; i >= start; i-- {
		if l, _ := letterOf(word[i]); l.plain != rune(l.base) {
			return i
		}
	}
	if n := end - start; n == 3 || n == 2 && end < len(word) {
		return start + 1
	}
	return start
}

func isVowel(r rune) bool {
	l, _ := letterOf(r)
	return l.vowel
}
