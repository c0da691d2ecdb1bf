package matrix

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"giuchuan/internal/kernel/vntext"
)

// Signature is what a table is known again by: the number of rows of its header
// and what stands above each of its columns.
func (m *Mapping) Signature() string {
	heads := make([]string, 0, len(m.Columns))
	for _, c := range m.Columns {
		heads = append(heads, letter(c.Col)+" "+vntext.Fold(c.Head))
	}
	return sign(m.Height, heads)
}

func sign(height int, heads []string) string {
	sum := sha256.Sum256([]byte(itoa(height) + "\n" + strings.Join(heads, "\n")))
	return hex.EncodeToString(sum[:16])
}

// signature is the signature of a header that begins at a row.
func (g *Grid) signature(top, height int) string {
	var heads []string
	for col := 1; col <= g.wide; col++ {
		if text := g.headText(top, height, col); text != "" {
			heads = append(heads, letter(col)+" "+vntext.Fold(text))
		}
	}
	return sign(height, heads)
}

// Match finds the table of a file that one of the mappings was made for.
func Match(grids []*Grid, known []Mapping) (*Table, bool) {
	for _, g := range grids {
		for i := range known {
			if top, ok := g.Fits(&known[i]); ok {
				return &Table{Mapping: known[i], Grid: g, Top: top}, true
			}
		}
	}
	return nil, false
}

// lastHead is the last row on which a header may begin.
func (g *Grid) lastHead() int { return min(headRows, g.rows[len(g.rows)-1].number) }

// Fits finds the first row of the header in a grid that a mapping was made for.
func (g *Grid) Fits(m *Mapping) (top int, ok bool) {
	if len(m.Columns) == 0 || m.Columns[len(m.Columns)-1].Col != g.lastNamed(m) {
		return 0, false
	}
	want := m.Signature()
	for top := 1; top <= g.lastHead(); top++ {
		if g.headed(top, m, 0) && g.headed(top, m, len(m.Columns)-1) && g.signature(top, m.Height) == want {
			return top, true
		}
	}
	return 0, false
}

// headed tells whether one column of a mapping has its header at a row: most
// rows fail here, before every column is read.
func (g *Grid) headed(top int, m *Mapping, i int) bool {
	c := &m.Columns[i]
	return vntext.Fold(g.headText(top, m.Height, c.Col)) == vntext.Fold(c.Head)
}

// lastNamed is the last column of a mapping, where the grid is as wide.
func (g *Grid) lastNamed(m *Mapping) int {
	if last := m.Columns[len(m.Columns)-1].Col; last <= g.wide {
		return last
	}
	return 0
}
