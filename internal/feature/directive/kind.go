package directive

import (
	"slices"

	"giuchuan/internal/platform/officialdoc"
)

// Kinds lists the kinds of documents that may give duties: those of Nghị định
// 30/2020/NĐ-CP, Phụ lục III, with công văn, which has no code. A code is never
// folded: ĐA is not DA.
func Kinds() []officialdoc.Kind {
	return slices.DeleteFunc(officialdoc.Kinds(), func(k officialdoc.Kind) bool { return k.Code == "" && k.Name != "Công văn" })
}

// KindWords is a kind in words, "" when the code is of no list.
func KindWords(code string) string {
	for _, k := range Kinds() {
		if k.Code == code {
			return k.Name
		}
	}
	return ""
}

// kindOf is the kind that a symbol begins with: "TB-UBND" is a TB, "UBND-NLN" a
// công văn.
func kindOf(symbol string) string {
	for i, r := range symbol {
		if r == '-' || r == '/' {
			symbol = symbol[:i]
			break
		}
	}
	if KindWords(symbol) != "" {
		return symbol
	}
	return ""
}
