package board

import "giuchuan/internal/kernel/day"

// page holds the facts of one period: a column per measure, a row per commune
// that reported anything in it. A fact takes five bytes.
type page struct {
	period day.Period
	last   day.Day         // of the period
	rows   map[int32]int32 // row of a place key
	cols   map[int32]int32 // index in columns of a measure key
	column []column
	keys   []int32 // measure of each column, close together for who looks at all of them
	rest   map[uint64]*more
}

// column is one measure in the order of the page's rows; the shorter slice ends
// where later communes have nothing of it.
type column struct {
	tags   []tag
	values []int32
}

func newPage(p day.Period) *page {
	return &page{period: p, last: p.Last(), rows: map[int32]int32{}, cols: map[int32]int32{}, rest: map[uint64]*more{}}
}

// set keeps a fact in place of what was there.
func (p *page) set(place, measure int32, f *fact) {
	row, ok := p.rows[place]
	if !ok {
		row = int32(len(p.rows))
		p.rows[place] = row
	}
	at, ok := p.cols[measure]
	if !ok {
		at = int32(len(p.column))
		p.cols[measure] = at
		p.column = append(p.column, column{})
		p.keys = append(p.keys, measure)
	}
	c := &p.column[at]
	for len(c.tags) <= int(row) {
		c.tags = append(c.tags, 0)
		c.values = append(c.values, 0)
	}
	t, value, rest := f.pack()
	c.tags[row], c.values[row] = t, value
	key := uint64(row)<<32 | uint64(at)
	if rest != nil {
		p.rest[key] = rest
	} else {
		delete(p.rest, key)
	}
}

// trim gives back the room that columns grew into.
func (p *page) trim() {
	for i := range p.column {
		c := &p.column[i]
		c.tags, c.values = exact(c.tags), exact(c.values)
	}
}

func exact[T any](s []T) []T {
	out := make([]T, len(s))
	copy(out, s)
	return out
}

// at is the fact of a row and column; ok is false where nothing was reported.
func (p *page) at(row, col int32) (f fact, ok bool) {
	c := &p.column[col]
	if int(row) >= len(c.tags) || c.tags[row]&tagState == 0 {
		return fact{}, false
	}
	t := c.tags[row]
	var rest *more
	if t&tagMore != 0 {
		rest = p.rest[uint64(row)<<32|uint64(col)]
	}
	return unpack(t, c.values[row], rest, p.period), true
}

// get is the fact of a place and a measure.
func (p *page) get(place, measure int32) (fact, bool) {
	row, ok := p.rows[place]
	col, ok2 := p.cols[measure]
	if !ok || !ok2 {
		return fact{}, false
	}
	return p.at(row, col)
}

// size is the facts that are kept and the bytes that their columns take.
func (p *page) size() (facts, bytes int) {
	for i := range p.column {
		for _, t := range p.column[i].tags {
			if t&tagState != 0 {
				facts++
			}
		}
		bytes += cap(p.column[i].tags) + 4*cap(p.column[i].values)
	}
	return facts, bytes
}
