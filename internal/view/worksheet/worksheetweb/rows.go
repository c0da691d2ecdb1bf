package worksheetweb

import (
	"context"
	"html"
	"io"

	"giuchuan/internal/law"
	"giuchuan/internal/register/criteria/criteriaweb"
	"giuchuan/internal/view/worksheet"

	"github.com/a-h/templ"
)

// A sheet has a hundred rows of seven cells, and every reader of a sheet pays for
// them: written by hand they cost a quarter of what a template of each costs. End
// tags that HTML lets one leave out are left out, and what a set says of itself is
// escaped once and for all.

// blocks are the criteria of a set with their indicators.
func blocks(v *whole, g *group) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		b := &rows{w: w, text: make([]byte, 0, 2*chunk), of: v.fixed[g.Set.ID], base: html.EscapeString(v.base)}
		for _, c := range g.List {
			b.block(v, c)
		}
		return b.flush()
	})
}

// chunk is how much is written at once, about, in bytes.
const chunk = 4 << 10

// fixed is the markup of a set that no sheet changes.
type fixed struct {
	lines    []string    // by slot: code and name of an indicator
	criteria [][2]string // by index: what stands around the path of a sheet in a criterion's head
}

// fixedOf makes the markup of every set.
func fixedOf(lib *law.Library) map[string]*fixed {
	out := make(map[string]*fixed, len(lib.Sets))
	for _, set := range lib.Sets {
		f := &fixed{}
		for slot := range set.Slots() {
			ind := set.At(slot)
			f.lines = append(f.lines, `<tr><td>`+html.EscapeString(ind.Code)+`<td>`+html.EscapeString(ind.Name)+`<td>`)
		}
		for i := range set.Criteria {
			c := &set.Criteria[i]
			f.criteria = append(f.criteria, [2]string{
				`<tbody><tr class="c"><th>` + html.EscapeString(c.Code) + `<th colspan="4"><a href="`,
				html.EscapeString(criterionPath("", set, c.Code)) + `">` + html.EscapeString(c.Name) + `</a><td><span class="st st-`,
			})
		}
		out[set.ID] = f
	}
	return out
}

// rows is the rows of a table that is being written.
type rows struct {
	w    io.Writer
	text []byte
	of   *fixed
	base string // path of the sheet
	err  error
}

// put adds markup.
func (b *rows) put(parts ...string) {
	for _, s := range parts {
		b.text = append(b.text, s...)
	}
}

// cell adds a cell with a text, which is escaped.
func (b *rows) cell(text string) {
	if marked(text) {
		text = html.EscapeString(text)
	}
	b.put(`<td>`, text)
}

// flush writes what was added.
func (b *rows) flush() error {
	if b.err == nil {
		_, b.err = b.w.Write(b.text)
	}
	b.text = b.text[:0]
	return b.err
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
	met, head := v.Sheet.Verdict(c), &b.of.criteria[c.Index]
	b.put(head[0], b.base, head[1], string(criteriaweb.Tone(met)), `">`, criteriaweb.Verdict(met), `</span>`)
	b.cell(summary(c.Counts()))
	for i := range c.Lines {
		b.row(v, &c.Lines[i])
	}
	if len(b.text) > chunk {
		_ = b.flush() // told at the end
	}
}

// row is one indicator.
func (b *rows) row(v *whole, l *worksheet.Line) {
	met := l.Now.Verdict
	b.put(b.of.lines[l.Slot], html.EscapeString(wanted(v.Sheet, l)))
	b.cell(before(l))
	b.cell(current(l))
	b.put(`<td class="st-`, string(criteriaweb.Tone(met)), `">`, criteriaweb.Verdict(met))
	b.cell(state(l))
	if text := asks(l); text != "" {
		b.put(` <b>`, html.EscapeString(text), `</b>`)
	}
}
