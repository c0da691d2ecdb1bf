package draftweb

import (
	"context"
	"io"
	"strconv"
	"strings"

	"giuchuan/internal/platform/officialdoc/draft"

	"github.com/a-h/templ"
)

func itoa(n int) string { return strconv.Itoa(n) }

// points writes a length in twips as an attribute of an SVG: rules are as long as in the .docx.
func points(twips int) string {
	return strconv.FormatFloat(float64(twips)/20, 'f', -1, 64) + "pt"
}

// share is a column's part of a table's width.
func share(g *draft.Grid, i int) string {
	sum := 0
	for _, w := range g.Widths {
		sum += w
	}
	return strconv.FormatFloat(100*float64(g.Widths[i])/float64(max(sum, 1)), 'f', 2, 64) + "%"
}

func isRule(s draft.Style) bool { return s == draft.StyleRule || s == draft.StyleTitleRule }

// down is how many rows a cell of a header takes.
func down(b draft.Box) string {
	if b.Down == 1 {
		return "2"
	}
	return "1"
}

// cell is the class of a cell.
func cell(b draft.Box) string {
	switch b.Align {
	case draft.Centre:
		return "od-c"
	case draft.Right:
		return "od-r"
	}
	return "od-l"
}

// addressed splits the lines of several addressees from the rest: they stand in a block of their own.
func addressed(top []draft.Piece) (before, to, after []draft.Piece) {
	for _, p := range top {
		switch {
		case p.Style == draft.StyleToHead || p.Style == draft.StyleToItem:
			to = append(to, p)
		case len(to) > 0:
			after = append(after, p)
		default:
			before = append(before, p)
		}
	}
	return before, to, after
}

// size is the class of a table's letters.
func size(g *draft.Grid) string { return "od-table od-" + itoa(g.Size) }

func sheetClass(a draft.Sheet) string {
	if a.Landscape {
		return "od od-annex-sheet od-wide"
	}
	return "od od-annex-sheet"
}

// spans writes runs without any space between them: templ would put one there.
func spans(list []draft.Span) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for _, s := range list {
			text := strings.ReplaceAll(templ.EscapeString(s.Text), "\n", "<br>")
			if s.Italic {
				text = "<i>" + text + "</i>"
			}
			if s.Bold {
				text = "<b>" + text + "</b>"
			}
			b.WriteString(text)
			if s.Note > 0 {
				b.WriteString("<sup>" + itoa(s.Note) + "</sup>")
			}
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}
