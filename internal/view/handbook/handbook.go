// Package handbook is Bộ tiêu chí và mức đạt chuẩn: every set criterion by
// criterion with the thresholds that apply, where each is written, whether a
// person compared it with the original text, and how two sets differ.
package handbook

import (
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
)

// Book is one set as it applies to a class of communes on a day.
type Book struct {
	Set        *law.Set
	On         day.Day
	Region     law.Region
	Instrument *law.Instrument
	Criteria   []Criterion
	Verified   int // indicators whose every value was compared with the original text
	Total      int
	Banner     bool // a decision of the province is generated
}

// Criterion is one criterion of a book.
type Criterion struct {
	Code, Name, Group, Lead string
	Core, Soft              bool
	Indicators              []Indicator
	Verified                int
}

// Indicator is one indicator, or a part of one, with what it demands.
type Indicator struct {
	Code, Name string
	Part       bool
	Demand     string // "≥ 90 %"
	Basis      string // why this value: "theo vùng", "do tỉnh quy định"
	Remark     string // "tỉnh chưa quy định, mức tham khảo"
	Citation   string
	Origin     string // where the shipped figure was seen
	Verified   bool
	Known      bool   // there is a value at all
	VerifiedBy string // "Nguyễn Văn A, 01/10/2024"
	Generated  bool
	Values     []Value
	Guide      string // instrument that publishes the indicator
	Supplier   string
	Due        string
	MaxAge     int
	Evidence   []string
	Note       string
	ByPeople   bool
}

// Value is one value of the law, applied or not.
type Value struct {
	Scope, Demand, Citation string
	Verified                bool
}

// Open makes the book of a set from the thresholds that apply.
func Open(y *law.Yardstick) *Book {
	s := y.Set
	b := &Book{Set: s, On: y.On, Region: y.Class.Region, Instrument: s.Instruments[s.Instrument], Total: len(s.Indicators)}
	for at := range s.Criteria {
		c := &s.Criteria[at]
		out := Criterion{Code: c.Code, Name: c.Name, Group: c.Group, Lead: c.Lead, Core: c.Core, Soft: c.Soft}
		for slot := c.First; slot < c.End; slot++ {
			ind := entry(y, slot, b)
			if ind.Known && ind.Verified {
				out.Verified++
			}
			out.Indicators = append(out.Indicators, ind)
			for _, p := range s.Indicators[slot].Parts {
				part := entry(y, p, b)
				part.Part = true
				out.Indicators = append(out.Indicators, part)
			}
		}
		b.Verified += out.Verified
		b.Criteria = append(b.Criteria, out)
	}
	return b
}

func entry(y *law.Yardstick, slot int, b *Book) Indicator {
	ind, m := y.Set.At(slot), &y.Marks[slot]
	known, verified := y.Verified(slot)
	out := Indicator{
		Code: ind.Code, Name: ind.Name, Demand: Demand(y, slot), Known: known, Verified: verified, Basis: basisWords(m.Basis),
		Supplier: ind.Supplier, MaxAge: ind.MaxAge, Evidence: ind.Evidence, Note: ind.Note, ByPeople: ind.ByPeople,
	}
	if m.Reference {
		out.Remark = "tỉnh chưa quy định, mức tham khảo"
	} else if ind.Delegated {
		out.Remark = "luật giao tỉnh quy định"
	}
	if ind.Published != "" && ind.Published != ind.Source.Instrument {
		out.Guide = number(y.Set, ind.Published)
	}
	out.cite(y, m, ind)
	for i := range ind.Values {
		t := &ind.Values[i]
		out.Values = append(out.Values, Value{t.Scope(), ind.Requirement(t.Value), y.Set.Cite(t.Source), t.Verified != nil})
	}
	b.Banner = b.Banner || out.Generated
	return out
}

// cite says where the value that applies is written.
func (i *Indicator) cite(y *law.Yardstick, m *law.Mark, ind *law.Indicator) {
	i.Citation = y.Set.Cite(ind.Source)
	switch {
	case m.Decision != nil:
		i.Citation = m.Decision.Number + ", " + m.Decision.Article
		i.Generated = m.Decision.Illustrative
	case m.Threshold != nil:
		i.Citation, i.Origin = y.Set.Cite(m.Threshold.Source), m.Threshold.Source.Seen()
	}
	if m.Verified != nil {
		i.VerifiedBy = m.Verified.By + ", " + m.Verified.On.Vietnamese()
	}
}

// Demand is the threshold that applies to a slot, as people say it.
func Demand(y *law.Yardstick, slot int) string {
	ind, m := y.Set.At(slot), &y.Marks[slot]
	switch {
	case m.Skip:
		return "không đặt ra với vùng này"
	case len(ind.Parts) > 0:
		return "đạt các phần dưới đây"
	case m.Absolute != nil:
		return "≥ " + m.Absolute.Value.Vietnamese()
	case ind.Unjudged:
		return "chỉ để chọn mức đạt chuẩn"
	case m.Basis == law.NoBasis && len(m.Cases) == 0:
		return "chưa có mức do tỉnh quy định"
	case len(m.Cases) > 0:
		text := ""
		for _, t := range m.Cases {
			if text != "" {
				text += "; "
			}
			text += ind.Requirement(t.Value) + " khi " + t.When.Part + " " + t.When.Op + " " + t.When.Value.Vietnamese()
		}
		return text
	}
	text := ind.Requirement(m.Value)
	if m.Sub != nil && m.Sub.Basis != law.NoBasis {
		text += ", trong đó " + ind.Of.Name + " " + m.Sub.Value.Vietnamese() + " " + ind.Unit
	}
	return text
}

func basisWords(b law.Basis) string {
	switch b {
	case law.ProvinceDecision:
		return "do tỉnh quy định"
	case law.YearAndRegion:
		return "theo năm và vùng"
	case law.YearNational:
		return "theo năm, cả nước"
	case law.RegionOrGroup:
		return "theo vùng hoặc nhóm xã"
	case law.National:
		return "cả nước"
	case law.Derivation:
		return "theo chỉ tiêu khác"
	}
	return ""
}

func number(s *law.Set, id string) string {
	if i := s.Instruments[id]; i != nil {
		return i.Number
	}
	return id
}

// Pair is one quantity that two sets measure.
type Pair struct {
	Name          string
	First, Second Side
	Same          bool // both demand the same
	Confirmed     bool // a person confirmed that both texts mean the same quantity
}

// Side is an indicator of one of two sets.
type Side struct {
	Code, Name, Demand, Citation string
	Known                        bool // there is a value at all
	Verified                     bool // it was compared with the original text
	Generated                    bool // số liệu minh họa
}

// Difference is how two sets differ.
type Difference struct {
	First, Second *law.Set
	Both          []Pair
	OnlyFirst     []Side
	OnlySecond    []Side
}

// Compare pairs the indicators of two sets that measure the same quantity.
func Compare(lib *law.Library, a, b *law.Yardstick) *Difference {
	d := &Difference{First: a.Set, Second: b.Set}
	measures := map[string]*law.Measure{}
	for i := range lib.Measures {
		measures[lib.Measures[i].ID] = &lib.Measures[i]
	}
	paired := map[string]bool{}
	for i := range a.Set.Indicators {
		ind := &a.Set.Indicators[i]
		for j := range b.Set.Indicators {
			other := &b.Set.Indicators[j]
			if ind.Measure == "" || other.Measure != ind.Measure {
				continue
			}
			p := Pair{Name: ind.Name, First: side(a, i), Second: side(b, j)}
			p.Same = p.First.Demand == p.Second.Demand
			if m := measures[ind.Measure]; m != nil {
				p.Name, p.Confirmed = m.Name, m.Verified != nil
			}
			d.Both = append(d.Both, p)
			paired[ind.Measure] = true
		}
	}
	d.OnlyFirst, d.OnlySecond = only(a, paired), only(b, paired)
	return d
}

func side(y *law.Yardstick, slot int) Side {
	e := entry(y, slot, &Book{})
	return Side{
		Code: e.Code, Name: e.Name, Demand: e.Demand, Citation: e.Citation, Known: e.Known, Verified: e.Verified, Generated: e.Generated,
	}
}

// Changed counts the pairs whose values differ.
func (d *Difference) Changed() int {
	n := 0
	for i := range d.Both {
		if !d.Both[i].Same {
			n++
		}
	}
	return n
}

func only(y *law.Yardstick, paired map[string]bool) []Side {
	var out []Side
	for i := range y.Set.Indicators {
		if ind := &y.Set.Indicators[i]; !paired[ind.Measure] {
			out = append(out, side(y, i))
		}
	}
	return out
}
