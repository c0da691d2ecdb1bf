package demo

import (
	"cmp"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"slices"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

// Commune is a commune of the round and the set it is reviewed on.
type Commune struct {
	Unit     place.Unit
	District string
	Set      *law.Set
	Mark     *law.Yardstick // the thresholds it is generated against
	Next     *law.Yardstick // those of the next year: ordinary communes hold them too; nil = not asked
	Beside   *law.Set       // the set it is judged on, where Set is reported beside it: what they share is left out; nil = none
}

// shared tells whether a slot measures what the set beside it measures.
func (c *Commune) shared(slot int) bool {
	if c.Beside == nil {
		return false
	}
	m := criteria.MeasureOf(c.Set, slot)
	for other := range c.Beside.Slots() {
		if criteria.MeasureOf(c.Beside, other) == m {
			return true
		}
	}
	return false
}

// mark is the threshold that a value is generated against.
func (c *Commune) mark(slot int, fail bool) *law.Mark {
	m := c.Mark.Marks[slot]
	if fail || c.Next == nil || c.Set.At(slot).Comparator != law.AtLeast {
		return &m
	}
	next := &c.Next.Marks[slot]
	m.Value = max(m.Value, next.Value)
	if m.Sub != nil && next.Sub != nil {
		sub := *m.Sub
		sub.Value = max(sub.Value, next.Sub.Value)
		m.Sub = &sub
	}
	return &m
}

// Cell is where one generated finding stands in the workbook.
type Cell struct{ Sheet, Ref string }

var headings = []sheet.Heading{
	{Text: "Mã xã", Width: 8, Code: true},
	{Text: "Tên xã", Width: 16},
	{Text: "Bộ tiêu chí", Width: 26, Code: true, Hidden: true},
	{Text: "Mã chỉ tiêu", Width: 10, Code: true},
	{Text: "Tên chỉ tiêu", Width: 50},
	{Text: "Kỳ", Width: 9, Code: true},
	{Text: "Giá trị", Width: 12},
	{Text: "Nam (%)", Width: 9},
	{Text: "Nữ (%)", Width: 9},
	{Text: "Tỷ lệ thành phần (%)", Width: 12},
	{Text: "Tử số", Width: 9},
	{Text: "Mẫu số", Width: 9},
	{Text: "Tử số nam", Width: 9},
	{Text: "Mẫu số nam", Width: 9},
	{Text: "Tử số nữ", Width: 9},
	{Text: "Mẫu số nữ", Width: 9},
	{Text: "Mức kiểm tra", Width: 16},
	{Text: "Ghi chú", Width: 18},
}

// WriteFindings writes the round as a workbook, one sheet per district, and
// tells where the finding of trace (commune code and indicator) stands.
func WriteFindings(w io.Writer, communes []Commune, seed uint64, trace [2]string) (Cell, error) {
	book := sheet.NewBook(sheet.Properties{Title: "Kết quả rà soát " + Period.String()})
	defer book.Close()
	var out *sheet.SheetWriter
	var found Cell
	g := generator{seed: seed, emit: func(c *Commune, ind *law.Indicator, f figures) error {
		if c.Unit.Code == trace[0] && ind.Code == trace[1] {
			found = Cell{Sheet: out.Name(), Ref: "M" + itoa(out.Next())} // tử số nam
		}
		return writeRow(out, c, ind, f)
	}}
	sorted := slices.Clone(communes)
	slices.SortStableFunc(sorted, func(a, b Commune) int {
		return cmp.Or(cmp.Compare(a.District, b.District), cmp.Compare(a.Unit.Code, b.Unit.Code))
	})
	for i := range sorted {
		if i == 0 || sorted[i].District != sorted[i-1].District {
			s, err := book.Sheet(sheet.Layout{
				Name: sorted[i].District, Banner: review.Banner, Columns: headings, Freeze: 2,
				Titles: []string{"Kết quả rà soát các xã của " + sorted[i].District + ", kỳ " + Period.String()},
			})
			if err != nil {
				return Cell{}, err
			}
			out = s
		}
		if err := g.commune(&sorted[i]); err != nil {
			return Cell{}, err
		}
	}
	_, err := book.WriteTo(w)
	return found, err
}

// generator makes up the findings of communes, one after another.
type generator struct {
	seed uint64
	emit func(*Commune, *law.Indicator, figures) error
	rng  *rand.Rand
	seen string // how far most of the commune's findings were checked
}

func roleOf(code string) role {
	for _, r := range story {
		if r.code == code {
			return r
		}
	}
	return role{}
}

func storied(code string) bool { return roleOf(code).code != "" }

// commune writes every indicator of one commune.
func (g *generator) commune(c *Commune) error {
	h := fnv.New64a()
	h.Write([]byte(c.Unit.ID))
	if c.Beside != nil {
		h.Write([]byte(c.Set.ID))
	}
	g.rng = rand.New(rand.NewPCG(g.seed, h.Sum64()))
	g.seen = []string{"declared", "declared", "declared", "verified", "verified", "confirmed", "confirmed", "confirmed"}[g.rng.IntN(8)]
	r := roleOf(c.Unit.Code)
	if r.silent {
		return nil
	}
	if c.Beside != nil {
		r = role{} // its story is told on the other set
	} else if !storied(c.Unit.Code) {
		r.unmet = g.misses(c.Set)
	}
	for i := range c.Set.Criteria {
		crit := &c.Set.Criteria[i]
		if slices.Contains(r.unknown, crit.Code) {
			continue
		}
		fail := -1
		if slices.Contains(r.unmet, crit.Code) {
			fail = failing(c.Set, crit)
		}
		for slot := crit.First; slot < crit.End; slot++ {
			if c.shared(slot) {
				continue
			}
			if err := g.indicator(c, slot, fail, &r); err != nil {
				return err
			}
		}
	}
	return nil
}

// misses chooses none, one or two criteria for an ordinary commune to miss.
func (g *generator) misses(s *law.Set) []string {
	n := []int{0, 0, 1, 1, 2}[g.rng.IntN(5)]
	var out []string
	for _, i := range g.rng.Perm(len(spare))[:n] {
		if _, ok := s.Criterion(spare[i]); ok {
			out = append(out, spare[i])
		}
	}
	return out
}

// failing is the slot that fails when a criterion does.
func failing(s *law.Set, c *law.Criterion) int {
	if slot, ok := s.Slot(prefer[s.ID+"/"+c.Code]); ok {
		return slot
	}
	return c.First
}

// indicator writes one indicator, or the parts of a compound one.
func (g *generator) indicator(c *Commune, slot, fail int, r *role) error {
	ind := c.Set.At(slot)
	f, ok := r.set[ind.Code]
	if !ok && len(ind.Parts) > 0 {
		return g.compound(c, ind, fail)
	}
	if !ok {
		f = g.figures(ind, c.mark(slot, slot == fail), slot == fail)
	}
	return g.row(c, ind, f)
}

func (g *generator) compound(c *Commune, ind *law.Indicator, fail int) error {
	if ind.Slot != fail && !slices.Contains(ind.Parts, fail) && ind.Kind != law.Compound {
		return g.row(c, ind, figures{value: "đạt"})
	}
	if ind.Slot == fail {
		return g.row(c, ind, figures{value: "chưa đạt"})
	}
	for _, slot := range ind.Parts {
		part := c.Set.At(slot)
		f := g.part(part, &c.Mark.Marks[slot], slot == fail)
		if err := g.row(c, part, f); err != nil {
			return err
		}
	}
	return nil
}

// part gives the schools of criterion 5 a plausible number.
func (g *generator) part(part *law.Indicator, m *law.Mark, fail bool) figures {
	if part.Unjudged {
		return figures{value: itoa(3 + g.rng.IntN(3))}
	}
	if len(m.Cases) > 0 {
		if fail {
			return figures{value: itoa(25 + g.rng.IntN(20))}
		}
		return figures{value: itoa(70 + g.rng.IntN(30))}
	}
	return g.figures(part, m, fail)
}

// row emits one finding with how far it was checked: as the commune's others, or
// one in eight further.
func (g *generator) row(c *Commune, ind *law.Indicator, f figures) error {
	if f.provenance == "" {
		f.provenance = g.seen
		if g.rng.IntN(8) == 0 {
			f.provenance = "confirmed"
		}
	}
	return g.emit(c, ind, f)
}

// writeRow writes one finding as a row of the workbook.
func writeRow(out *sheet.SheetWriter, c *Commune, ind *law.Indicator, f figures) error {
	p, err := law.ParseProvenance(f.provenance)
	if err != nil {
		return err
	}
	return out.Row(
		sheet.PutCode(c.Unit.Code), sheet.PutText(c.Unit.Name), sheet.PutCode(c.Set.ID), sheet.PutCode(ind.Code), sheet.PutText(ind.Name),
		sheet.PutCode(Period.String()), sheet.PutText(f.value), sheet.PutText(f.male), sheet.PutText(f.female), sheet.PutText(f.share),
		sheet.PutText(f.numerator), sheet.PutText(f.denominator), sheet.PutText(f.maleNum), sheet.PutText(f.maleDen),
		sheet.PutText(f.femaleNum), sheet.PutText(f.femaleDen), sheet.PutText(p.Vietnamese()), sheet.PutText(review.Illustrative),
	)
}

// Findings generates the round of communes as findings, without a file: for
// demonstrations of national size.
func Findings(communes []Commune, seed uint64) ([]review.Finding, error) {
	var out []review.Finding
	g := generator{seed: seed, emit: func(c *Commune, ind *law.Indicator, f figures) error {
		d, faults := ind.Read(&law.Entry{
			Value: f.value, Male: f.male, Female: f.female, Share: f.share, Numerator: f.numerator, Denominator: f.denominator,
			MaleNumerator: f.maleNum, MaleDenominator: f.maleDen, FemaleNumerator: f.femaleNum, FemaleDenominator: f.femaleDen,
			Provenance: f.provenance, Period: Period,
		})
		if len(faults) > 0 {
			return fault.Join(faults...)
		}
		out = append(out, review.Finding{Place: &c.Unit, Set: c.Set, Slot: ind.Slot, Datum: d, Note: review.Illustrative})
		return nil
	}}
	for i := range communes {
		if err := g.commune(&communes[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}
