package officialdoc

import (
	"strings"
	"unicode"

	"giuchuan/internal/kernel/day"
)

const (
	maxReferences = 2000
	maxCandidates = 20_000 // digits that might begin a number, over the document
)

// references finds the documents cited with a number in the paragraphs, each
// once, with the day of the first citation that says it.
func references(paras []para, own string) []found {
	var out []found
	at := map[string]int{}
	left := maxCandidates
	for i, p := range paras {
		if p.role == roleNumber || p.part == PartRecipients || p.part == PartSignature {
			continue
		}
		for _, f := range cites(p.text, &left) {
			key := strings.ToUpper(f.ref.Number)
			if old, known := at[key]; known {
				if out[old].ref.Date == day.None {
					out[old].ref.Date = f.ref.Date
				}
				continue
			}
			if key == strings.ToUpper(own) && p.role != roleTitle || len(out) == maxReferences {
				continue
			}
			at[key] = len(out)
			f.in = i
			out = append(out, f)
		}
	}
	return out
}

// found is a reference and where it stands: bytes of a paragraph's text.
type found struct {
	ref Reference
	in  int
	cut cut
}

// cites finds the numbers in one paragraph; left bounds the work.
func cites(s string, left *int) []found {
	var out []found
	for i := 0; i < len(s); {
		at := strings.IndexAny(s[i:], "0123456789")
		if at < 0 || *left <= 0 {
			break
		}
		i += at
		if f, end, ok := citeAt(s, i, left); ok {
			out = append(out, f)
			i = end
			continue
		}
		for i < len(s) && isDigit(s[i]) {
			i++
		}
	}
	return out
}

// citeAt reads a citation whose number begins at s[i].
func citeAt(s string, i int, left *int) (found, int, bool) {
	if i > 0 {
		if c := s[i-1]; isDigit(c) || c == '/' || c == '.' || c == '-' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80 && unicode.IsLetter(last(s[:i])) {
			return found{}, 0, false
		}
	}
	n, end, ok := signAt(s, i)
	if !ok {
		return found{}, 0, false
	}
	*left--
	before := strings.TrimRight(s[max(0, i-120):i], " :")
	bare, said := cutWord(before, "số")
	kind := kindBefore(strings.TrimRight(bare, " "))
	if !n.certain() && !said && kind == "" {
		return found{}, 0, false
	}
	ref, stop := Reference{Number: n.String(), Kind: kind, Date: day.None}, end
	if w, after, ok := dateAfter(s, end); ok {
		ref.Date, end = w.full(), after
	}
	return found{ref: ref, cut: cut{i, stop}}, end, true
}

// dateAfter reads ", ngày 20/5/2024" or "(ngày 20 tháng 5 năm 2024" at s[i:].
func dateAfter(s string, i int) (when, int, bool) {
	i = skip(s, i)
	if i < len(s) && (s[i] == ',' || s[i] == '(') {
		i = skip(s, i+1)
	}
	for _, word := range []string{"ký ban hành", "ban hành", "ký", "đề"} {
		if end, ok := wordAt(s, i, word); ok {
			i = skip(s, end)
			break
		}
	}
	i, ok := wordAt(s, i, "ngày")
	if !ok {
		return when{}, 0, false
	}
	return dateAt(s, skip(s, i))
}

// cutWord takes a last word, whatever its case, off s.
func cutWord(s, word string) (string, bool) {
	n := len(s) - len(word)
	if n < 0 || !strings.EqualFold(s[n:], word) || n > 0 && unicode.IsLetter(last(s[:n])) {
		return s, false
	}
	return s[:n], true
}
