package placeweb

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

// Atlas holds the maps of one province, one for every stretch of days in which
// its communes stay the same. It is never changed and may be shared.
type Atlas struct{ charts []Chart }

// Chart is the map of the communes of some days.
type Chart struct {
	From    day.Day // first day it is right for
	Width   int     // of the view box, in its own units
	Height  int
	Shapes  []Shape
	Borders []string // paths of the districts; none where there are no districts
	Labels  []Label  // names of the districts
}

// Shape is the area of a commune. A commune that was made of others has several.
type Shape struct {
	Place string // id on the chart's days
	Path  string
	X, Y  int  // where a letter may stand
	Roomy bool // a letter fits in
}

// Label is a name on the map.
type Label struct {
	Text string
	X, Y int
}

// sheet is one set of polygons of reference/ and when it may be used.
type sheet struct {
	communes, districts string
	drawn               day.Day // the codes of its polygons are those of this day
	from, to            day.Day
}

func sheets() []sheet {
	reform := day.Of(2025, time.July, 1)
	return []sheet{
		{"tuyenquang-2024-communes", "tuyenquang-2024-districts", day.Of(2024, time.May, 1), day.None, reform - 1},
		{"tuyenquang-2025-communes", "", reform, reform, day.Forever},
	}
}

// width of a chart's view box; its height follows from the area drawn.
const width = 640

// LoadAtlas draws the province of Tuyên Quang from the polygons of reference/.
func LoadAtlas(places *place.Register) (*Atlas, error) {
	a := &Atlas{}
	for _, s := range sheets() {
		communes, err := polygons(s.communes)
		if err != nil {
			return nil, err
		}
		var districts []polygon
		if s.districts != "" {
			if districts, err = polygons(s.districts); err != nil {
				return nil, err
			}
		}
		base := draw(communes, districts)
		for _, on := range places.Changes() {
			on = max(on, s.from)
			if on > s.to || slices.ContainsFunc(a.charts, func(c Chart) bool { return c.From == on }) {
				continue
			}
			c := base
			c.From = on
			c.Shapes = slices.Clone(base.Shapes)
			for i := range c.Shapes {
				c.Shapes[i].Place = bearer(places, base.Shapes[i].Place, s.drawn, on)
			}
			a.charts = append(a.charts, c)
		}
	}
	slices.SortFunc(a.charts, func(x, y Chart) int { return int(x.From - y.From) })
	return a, nil
}

// At is the chart of a day; before the first one, the first.
func (a *Atlas) At(on day.Day) *Chart {
	i, ok := slices.BinarySearchFunc(a.charts, on, func(c Chart, on day.Day) int { return int(c.From - on) })
	if !ok {
		i = max(0, i-1)
	}
	return &a.charts[i]
}

// bearer is the place that lies on a day where the bearer of a code lay when the
// sheet was drawn: itself, or what took or gave most of it.
func bearer(places *place.Register, code string, drawn, on day.Day) string {
	u, ok := places.At(drawn).ByCode(code)
	if !ok {
		return ""
	}
	if _, ok := places.Unit(u.ID, on); ok {
		return u.ID
	}
	heirs := places.Successors(u.ID, on)
	if on < drawn {
		heirs = places.Predecessors(u.ID, on)
	}
	if len(heirs) == 0 {
		return ""
	}
	return heirs[0].Unit.ID
}

// polygon is one feature of a set.
type polygon struct {
	code, name string
	ring       [][2]float64 // the outer one, longitude first
}

func polygons(name string) ([]polygon, error) {
	data, err := reference.Boundaries(name)
	if err != nil {
		return nil, err
	}
	var file struct {
		Features []struct {
			Properties struct{ Code, Name string }
			Geometry   struct{ Coordinates [][][2]float64 }
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("read the boundaries %s: %w", name, err)
	}
	out := make([]polygon, 0, len(file.Features))
	for _, f := range file.Features {
		if len(f.Geometry.Coordinates) == 0 || len(f.Geometry.Coordinates[0]) < 3 {
			return nil, fmt.Errorf("read the boundaries %s: %s has no area", name, f.Properties.Code)
		}
		out = append(out, polygon{f.Properties.Code, f.Properties.Name, f.Geometry.Coordinates[0]})
	}
	return out, nil
}

// projection lays degrees out on a chart: a plain cylinder, true at the middle.
type projection struct{ west, north, x, y float64 }

func (p projection) point(c [2]float64) (float64, float64) {
	return (c[0] - p.west) * p.x, (p.north - c[1]) * p.y
}

func draw(communes, districts []polygon) Chart {
	west, east, south, north := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, f := range communes {
		for _, c := range f.ring {
			west, east = min(west, c[0]), max(east, c[0])
			south, north = min(south, c[1]), max(north, c[1])
		}
	}
	const margin = 4
	scale := (width - 2*margin) / (east - west)
	upright := scale / math.Cos((south+north)/2*math.Pi/180)
	p := projection{west - margin/scale, north + margin/upright, scale, upright}
	out := Chart{Width: width, Height: int(math.Ceil((north-south)*upright)) + 2*margin}
	var rings [][]spot
	for _, f := range slices.Concat(communes, districts) {
		rings = append(rings, p.spots(f.ring))
	}
	thin(rings)
	for i, f := range communes {
		area, x, y := p.centre(f.ring)
		out.Shapes = append(out.Shapes, Shape{Place: f.code, Path: path(rings[i]), X: int(x), Y: int(y), Roomy: area > 500})
	}
	for i, f := range districts {
		_, x, y := p.centre(f.ring)
		out.Borders = append(out.Borders, path(rings[len(communes)+i]))
		out.Labels = append(out.Labels, Label{f.name, int(x), int(y)})
	}
	return out
}

// spots rounds a ring to whole units; no point follows itself.
func (p projection) spots(ring [][2]float64) []spot {
	var out []spot
	for _, c := range ring[:len(ring)-1] { // the last point is the first again
		x, y := p.point(c)
		s := spot{int(math.Round(x)), int(math.Round(y))}
		if len(out) == 0 || s != out[len(out)-1] {
			out = append(out, s)
		}
	}
	return out
}

// path writes a ring as whole numbers, each from the one before.
func path(ring []spot) string {
	var b strings.Builder
	for i, s := range ring {
		if i == 0 {
			b.WriteString("M" + strconv.Itoa(s[0]) + " " + strconv.Itoa(s[1]) + "l")
			continue
		}
		x, y := s[0]-ring[i-1][0], s[1]-ring[i-1][1]
		if i > 1 && x >= 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(x))
		if y >= 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(y))
	}
	b.WriteByte('z')
	return b.String()
}

// centre is the area of a ring and its centre of gravity.
func (p projection) centre(ring [][2]float64) (area, x, y float64) {
	for i := range ring {
		ax, ay := p.point(ring[i])
		bx, by := p.point(ring[(i+1)%len(ring)])
		cross := ax*by - bx*ay
		area += cross / 2
		x += (ax + bx) * cross / 6
		y += (ay + by) * cross / 6
	}
	if area == 0 {
		x, y = p.point(ring[0])
		return 0, x, y
	}
	return math.Abs(area), x / area, y / area
}
