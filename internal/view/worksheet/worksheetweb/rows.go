package worksheetweb

import (
	"context"
	"html"
	"io"
	"strings"

	"giuchuan/internal/register/criteria/criteriaweb"
	"giuchuan/internal/view/worksheet"

	"github.com/a-h/templ"
)

// blocks are the criteria of a set with their indicators. A sheet has a hundred
// rows of seven cells: written by hand they cost a quarter of what a template of
// each costs, which every reader of a sheet pays.
func blocks(v *whole, list []*worksheet.Criterion) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		b := &rows{}
		b.Grow(rowBytes * v.Sheet.Counts.Lines)
		for _, c := range list {
			b.block(v, c)
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// rowBytes is what a row takes, about.
const rowBytes = 512

// rows is the rows of a table that is being written.
type rows struct{ strings.Builder }

// put writes parts of a page in turn: markup, text, markup and so on. Text is
// escaped.
func (b *rows) put(parts ...string) {
	for i, s := range parts {
		if i%2 == 1 && marked(s) {
			s = html.EscapeString(s)
		}
		b.WriteString(s)
	}
}

// marked tells whether a text has anything to escape; few have.
func marked(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case '<', '>', '&', '\'', '"':
			return true
		}
	}
	return false
}

// block is one criterion with its indicators.
func (b *rows) block(v *whole, c *worksheet.Criterion) {
	of := c.Law()
	met := v.Sheet.Verdict(c)
	b.put(
		`<tbody><tr class="c"><th>`, of.Code,
		`</th><th colspan="4"><a href="`, criterionPath(v.base, c.Set, of.Code), `">`, of.Name,
		`</a></th><td><span class="st st-`, string(criteriaweb.Tone(met)), `">`, criteriaweb.Verdict(met),
		`</span></td><td>`, summary(c.Counts()), `</td></tr>`,
	)
	for i := range c.Lines {
		b.row(v, &c.Lines[i])
	}
	b.put(`</tbody>`)
}

// row is one indicator.
func (b *rows) row(v *whole, l *worksheet.Line) {
	ind, met := l.Indicator(), l.Now.Verdict
	b.put(
		`<tr><td>`, ind.Code, `</td><td>`, ind.Name, `</td><td>`, wanted(v.Sheet, l), `</td><td>`, before(l), `</td><td>`, current(l),
		`</td><td><span class="st-`, string(criteriaweb.Tone(met)), `">`, criteriaweb.Verdict(met), `</span></td><td>`, state(l), ` `,
	)
	if text := asks(l); text != "" {
		b.put(`<b>`, text, `</b>`)
	}
	b.put(`</td></tr>`)
}
