package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
)

// entry is one thing that can be found under one name.
type entry struct {
	kind  Kind
	id    string   // of the thing; it is shown once, however many names match
	title string   // as it is shown
	note  string   // below it
	path  string   // where it leads; "" = nowhere yet
	name  string   // what it is found by, with diacritics, lower case
	key   string   // the same without diacritics
	words []string // of key
	codes []string // found exactly: "02392", "17.10", "12/2023/qđ-ubnd"; never folded
	order int
	from  day.Day // first and last day it is called so
	to    day.Day
	unit  int // index of the place, for sight; -1 = open to all
}

// index finds entries by the beginnings of their words.
type index struct {
	entries []entry
	words   []posting // sorted
}

type posting struct {
	word  string
	entry int32
}

// newIndex orders what was gathered.
func newIndex(entries []entry) *index {
	x := &index{entries: entries}
	for i := range entries {
		e := &entries[i]
		e.order = i
		e.name, e.key = lower(e.name), vntext.SearchKey(e.name)
		e.words = strings.Fields(e.key)
		for j := range e.codes {
			e.codes[j] = lower(e.codes[j])
			x.words = append(x.words, posting{e.codes[j], int32(i)})
		}
		for _, w := range e.words {
			x.words = append(x.words, posting{w, int32(i)})
		}
	}
	slices.SortFunc(x.words, func(a, b posting) int {
		return cmp.Or(strings.Compare(a.word, b.word), cmp.Compare(a.entry, b.entry))
	})
	x.words = slices.Compact(x.words)
	return x
}

// lower is text composed, in lower case, with its diacritics and single spaces.
func lower(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(vntext.Canon(s))), " ")
}

// query is what was typed, in the forms that are compared.
type query struct {
	text  string   // lower case, with diacritics
	key   string   // without
	words []string // of key
}

func newQuery(text string) query {
	q := query{text: lower(text), key: vntext.SearchKey(text)}
	q.words = strings.Fields(q.key)
	return q
}

// hit is an entry that matches, and how well: 0 is best.
type hit struct {
	entry *entry
	rank  int
}

// The ranks: a code as it is written, a name with its diacritics, a name without,
// the beginning of a code, of a name, of every word. Below them all stands a
// code that is only alike, as 12/2023/QD-UBND is to 12/2023/QĐ-UBND.
const (
	exactCode = iota
	exactName
	foldedName
	codeBegins
	nameBegins
	wordsBegin
	codeAlike
)

// find gives the entries that match, the best first.
func (x *index) find(q query, today day.Day) []hit {
	if q.text == "" {
		return nil
	}
	var out []hit
	for _, i := range x.candidates(q) {
		e := &x.entries[i]
		if rank, ok := e.rank(q); ok {
			out = append(out, hit{e, rank})
		}
	}
	slices.SortFunc(out, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.entry.away(today), b.entry.away(today)),
			cmp.Compare(len(a.entry.words), len(b.entry.words)), cmp.Compare(a.entry.order, b.entry.order))
	})
	return out
}

// away tells whether a name is of another time: 0 holds today, 1 held, 2 will.
func (e *entry) away(today day.Day) int {
	switch {
	case e.from > today:
		return 2
	case e.to < today:
		return 1
	}
	return 0
}

// candidates are the entries that have a word or a code beginning like the
// rarest word typed; each once.
func (x *index) candidates(q query) []int32 {
	var best []posting
	for i, w := range q.words {
		if list := x.begins(w); i == 0 || len(list) < len(best) {
			best = list
		}
	}
	out := make([]int32, 0, len(best)+1)
	for _, p := range best {
		out = append(out, p.entry)
	}
	for _, p := range x.begins(q.text) {
		out = append(out, p.entry)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// begins is the run of words that begin with text.
func (x *index) begins(text string) []posting {
	from, _ := slices.BinarySearchFunc(x.words, text, func(p posting, t string) int { return strings.Compare(p.word, t) })
	to := from
	for to < len(x.words) && strings.HasPrefix(x.words[to].word, text) {
		to++
	}
	return x.words[from:to]
}

func (e *entry) rank(q query) (int, bool) {
	switch {
	case slices.Contains(e.codes, q.text):
		return exactCode, true
	case e.kind != Documents && e.name == q.text:
		return exactName, true
	case e.kind != Documents && e.key == q.key && q.key != "":
		return foldedName, true
	case slices.ContainsFunc(e.codes, func(c string) bool { return strings.HasPrefix(c, q.text) }):
		return codeBegins, true
	case len(q.words) == 0:
		return 0, false
	}
	for _, w := range q.words {
		if !slices.ContainsFunc(e.words, func(have string) bool { return strings.HasPrefix(have, w) }) {
			return 0, false
		}
	}
	switch {
	case e.kind == Documents && isCode(q.text):
		return codeAlike, true
	case strings.HasPrefix(e.key, q.key):
		return nameBegins, true
	}
	return wordsBegin, true
}

// isCode tells whether a text looks like the number of a document: only then
// the difference between D and Đ is kept.
func isCode(text string) bool {
	return strings.ContainsFunc(text, unicode.IsDigit) && strings.ContainsAny(text, "/-")
}
