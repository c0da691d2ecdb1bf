package matrix

import (
	"cmp"
	"maps"
	"slices"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
)

// words lists the words in the columns that take đạt / chưa đạt, each with the
// meaning it is proposed to have.
func (x *Table) words(set *law.Set) []Word {
	count := map[string]int{}
	for i := range x.Mapping.Columns {
		c := &x.Mapping.Columns[i]
		if c.Code == "" || !c.saysWords(set) {
			continue
		}
		for j := range x.Grid.rows {
			r := &x.Grid.rows[j]
			if r.number < x.Top+x.Mapping.Height {
				continue
			}
			cell := r.at(x.Grid.Name, c.Col)
			if word := wordKey(bare(cell.Text)); !cell.Blank() && isWord(cell, word) {
				count[word]++
			}
		}
	}
	var out []Word
	for _, text := range slices.SortedFunc(maps.Keys(count), func(a, b string) int { return cmp.Or(count[b]-count[a], cmp.Compare(a, b)) }) {
		if len(out) < maxWords {
			out = append(out, Word{Text: text, Count: count[text], Means: proposed(text, count)})
		}
	}
	return out
}

func isWord(c sheet.Cell, word string) bool {
	return c.Refuse() == nil && word != "" && len([]rune(word)) <= longWord
}

// saysWords tells whether a column's cells are words: of a criterion, and of an
// indicator that takes đạt / chưa đạt.
func (c *Column) saysWords(set *law.Set) bool {
	if c.Whole {
		return true
	}
	slot, ok := set.Slot(c.Code)
	return ok && takesWords(set.At(slot))
}

// takesWords tells whether an indicator takes a direct đạt / chưa đạt.
func takesWords(ind *law.Indicator) bool {
	d, faults := ind.Read(&law.Entry{Value: "đạt"})
	return len(faults) == 0 && d.State == law.SaidMet
}

// proposed is what a word surely means; what may be either is left to the person.
// "c" is chưa đạt only beside a "đ", and "x" đạt only where nothing else says so.
func proposed(word string, all map[string]int) Meaning {
	says := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return all[w] > 0 })
	}
	switch word {
	case "đ", "đạt", "✓", "✔", "☑", "đạt chuẩn":
		return Met
	case "cđ", "kđ", "chưa đạt", "không đạt", "✗", "✘", "☒", "chưa đạt chuẩn":
		return Unmet
	case "kad", "không áp dụng", "n/a":
		return NotAsked
	case "-", "–", "—", "/", ".", "…", "...":
		return Nothing
	case "c", "k":
		if says("đ", "đạt") {
			return Unmet
		}
	case "x":
		if !says("đ", "đạt", "✓", "✔", "o", "0", "+") {
			return Met
		}
	}
	return Refused
}

// Reword lists the words anew after columns were given other codes.
func (x *Table) Reword(set *law.Set) { x.Mapping.Words = x.words(set) }
