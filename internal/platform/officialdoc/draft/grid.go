package draft

// Grid is a table laid out: column widths in twips, the header's rows and the body's.
type Grid struct {
	Widths []int
	Head   [][]Box
	Rows   [][]Box
	Size   int // of the letters in points
}

// Box is one cell. Down tells how it joins with the cell below: 0 alone, 1 the first of two, 2 the second.
type Box struct {
	Spans  []Span
	Across int // columns, at least 1
	Down   int
	Align  Align
	Strong bool
}

// Text is the cell's text.
func (b Box) Text() string { return Piece{Spans: b.Spans}.Text() }

// table lays a table.
func (l *layer) table(t Table) {
	if caption := line(t.Caption); caption != "" {
		l.add(StyleCaption, Span{Text: caption})
	}
	if unit := line(t.Unit); unit != "" {
		l.add(StyleUnit, Span{Text: unit})
	}
	if len(t.Columns) == 0 {
		return
	}
	g := &Grid{Widths: shares(t.Columns, l.width), Head: header(t.Columns), Size: 12}
	switch n := len(t.Columns); {
	case n <= 5:
		g.Size = 13
	case n > 9:
		g.Size = 11
	}
	for _, r := range t.Rows {
		g.Rows = append(g.Rows, l.row(r, t.Columns))
	}
	l.pieces = append(l.pieces, Piece{Style: StyleTable, Grid: g})
}

// row lays one row: cells beyond the columns are left out, missing ones are empty.
func (l *layer) row(r Row, columns []Column) []Box {
	box := func(c Cell, align Align) Box {
		return Box{Across: 1, Align: align, Strong: r.Strong, Spans: []Span{{Text: Clean(c.Text), Bold: r.Strong, Note: l.note(c.Note)}}}
	}
	if len(r.Cells) == 1 && len(columns) > 1 {
		b := box(r.Cells[0], Left)
		b.Across = len(columns)
		return []Box{b}
	}
	out := make([]Box, len(columns))
	for i, c := range columns {
		var cell Cell
		if i < len(r.Cells) {
			cell = r.Cells[i]
		}
		out[i] = box(cell, c.Align)
	}
	return out
}

// header is one row, or two where columns have groups.
func header(columns []Column) [][]Box {
	box := func(text string, across, down int) Box {
		return Box{Spans: []Span{{Text: line(text), Bold: true}}, Across: across, Down: down, Align: Centre, Strong: true}
	}
	grouped := false
	for _, c := range columns {
		grouped = grouped || line(c.Group) != ""
	}
	var upper, lower []Box
	for i := 0; i < len(columns); i++ {
		group := line(columns[i].Group)
		if group == "" {
			if grouped {
				upper = append(upper, box(columns[i].Title, 1, 1))
				lower = append(lower, box("", 1, 2))
			} else {
				lower = append(lower, box(columns[i].Title, 1, 0))
			}
			continue
		}
		from := i
		for ; i+1 < len(columns) && line(columns[i+1].Group) == group; i++ {
			lower = append(lower, box(columns[i].Title, 1, 0))
		}
		lower = append(lower, box(columns[i].Title, 1, 0))
		upper = append(upper, box(group, i-from+1, 0))
	}
	if grouped {
		return [][]Box{upper, lower}
	}
	return [][]Box{lower}
}

// shares divides a width by the columns' shares, to the last twip.
func shares(columns []Column, total int) []int {
	const most = 1 << 20
	sum := 0
	for _, c := range columns {
		sum += min(max(c.Width, 1), most)
	}
	out := make([]int, len(columns))
	before, at := 0, 0
	for i, c := range columns {
		before += min(max(c.Width, 1), most)
		edge := before * total / sum
		out[i], at = edge-at, edge
	}
	return out
}
