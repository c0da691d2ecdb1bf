package draft

import (
	"strconv"
	"strings"

	"giuchuan/internal/kernel/vntext"
)

func capital(s string) string { return vntext.Capital(s) }

// blocks lays a body.
func (l *layer) blocks(body []Block) {
	for _, b := range body {
		switch b := b.(type) {
		case Heading:
			l.heading(b)
		case Paragraph:
			style := StyleBody
			if b.Centre {
				style = StyleCentre
			}
			l.add(style, l.spans(b.Text)...)
		case List:
			l.list(b, StyleItem)
		case Figures:
			l.figures(b)
		case Article:
			l.at++
			label := Span{Text: "Điều " + strconv.Itoa(l.at) + ". ", Bold: true}
			l.add(StyleBody, append([]Span{label}, l.spans(b.Text)...)...)
		case Table:
			l.table(b)
		}
	}
}

func (l *layer) heading(h Heading) {
	level := min(max(h.Level, 1), len(l.heads))
	l.heads[level-1]++
	clear(l.heads[level:])
	n, text := l.heads[level-1], line(h.Text)
	switch level {
	case 1:
		l.add(StyleHeading1, Span{Text: Roman(n) + ". " + strings.ToUpper(text)})
	case 2:
		l.add(StyleHeading2, Span{Text: strconv.Itoa(n) + ". " + text})
	default:
		l.add(StyleHeading3, Span{Text: Point(n) + ") " + text})
	}
}

func (l *layer) list(list List, style Style) {
	for i, item := range list.Items {
		label := Span{Text: list.Mark.label(i+1) + " "}
		l.add(style, append([]Span{label}, l.spans(item.Text)...)...)
		if item.Sub != nil {
			l.list(*item.Sub, StyleSubItem)
		}
	}
}

func (l *layer) figures(figures Figures) {
	for i, f := range figures {
		value := line(f.Value)
		if unit := line(f.Unit); unit != "" {
			value += " " + unit
		}
		spans := []Span{{Text: "- " + line(f.Label) + ": "}, {Text: value, Bold: true, Note: l.note(f.Note)}, {Text: ending(i, len(figures))}}
		l.add(StyleItem, spans...)
	}
}

// spans cleans the runs of a text and numbers their notes.
func (l *layer) spans(text Text) []Span {
	var out []Span
	for _, r := range text {
		s := Span{Text: Clean(r.Text), Bold: r.Bold, Italic: r.Italic, Note: l.note(r.Note)}
		if s.Text != "" || s.Note != 0 {
			out = append(out, s)
		}
	}
	return out
}

// note keeps a note and gives its number, 0 for none.
func (l *layer) note(text string) int {
	if text = line(text); text == "" {
		return 0
	}
	l.out.Notes = append(l.out.Notes, text)
	return len(l.out.Notes)
}

// ending closes the body with "./." and keeps at least two of its lines on the page of the signature.
func (l *layer) ending() {
	if closing := bare(l.doc.Closing); closing != "" {
		l.add(StyleBody, Span{Text: closing})
	}
	last := len(l.pieces) - 1
	if last < 0 || l.pieces[last].Grid != nil {
		l.add(StyleBody)
		last++
	}
	spans := l.pieces[last].Spans
	if n := len(spans); n > 0 {
		spans[n-1].Text = strings.TrimRight(strings.TrimSuffix(strings.TrimSpace(spans[n-1].Text), "./."), " .;")
	}
	l.pieces[last].Spans = append(spans, Span{Text: "./."})
	for held := 0; last >= 0 && held < 2 && l.pieces[last].Grid == nil; last-- {
		l.pieces[last].Keep = true
		held += 1 + width(l.pieces[last].Text(), StyleBody.look().size, false)/textWidth
	}
}
