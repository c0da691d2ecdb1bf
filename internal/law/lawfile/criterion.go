package lawfile

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
)

var (
	msgNoSource  = fault.Msg{Key: "lawfile.no_source", Text: "chỉ tiêu {code}: mức {value} không có nguồn"}
	msgOverlap   = fault.Msg{Key: "lawfile.overlap", Text: "chỉ tiêu {code}: hai mức cùng áp dụng ({key})"}
	msgCondition = fault.Msg{Key: "lawfile.condition", Text: "điều kiện “{text}” không hợp lệ; ghi như “5.n > 3” với một phần của cùng chỉ tiêu"}
	msgNoParts   = fault.Msg{Key: "lawfile.no_parts", Text: "chỉ tiêu {code} loại {kind} cần “parts”"}
)

// builder gathers the criteria of a set and puts them in number order.
type builder struct {
	set      *law.Set
	criteria []readCriterion
}

// readCriterion is a criterion with its indicators, before slots are given.
type readCriterion struct {
	law.Criterion
	indicators []readIndicator
}

type readIndicator struct {
	law.Indicator
	parts []law.Indicator
}

func (b *builder) readCriterion(d *document, root *yaml.Node) {
	o := d.object(root)
	c := readCriterion{Criterion: law.Criterion{
		Code: o.code("code"), Name: o.need("name"), Group: o.text("group"), Lead: o.text("lead"),
		Soft: o.flag("soft"), Core: o.flag("core"), Source: source(o),
	}}
	for _, n := range o.list("indicators") {
		c.indicators = append(c.indicators, readIndicatorNode(d, n))
	}
	o.text("note")
	o.done()
	b.criteria = append(b.criteria, c)
}

func readIndicatorNode(d *document, n *yaml.Node) readIndicator {
	o := d.object(n)
	ind := readIndicator{Indicator: readOne(o, law.Source{})}
	for _, p := range o.list("parts") {
		po := d.object(p)
		part := readOne(po, ind.Source)
		po.done()
		ind.parts = append(ind.parts, part)
	}
	if (ind.Kind == law.Compound) != (len(ind.parts) > 0 && ind.Kind != law.Scored) || (ind.Kind == law.Scored && len(ind.parts) == 0) {
		d.fail(n, msgNoParts, "code", ind.Code, "kind", ind.Kind.String())
	}
	o.done()
	return ind
}

// readOne reads an indicator or a part; a part takes over its indicator's source.
func readOne(o *object, parent law.Source) law.Indicator {
	ind := law.Indicator{
		Parent: -1, Code: o.code("code"), Name: o.need("name"), Unit: o.text("unit"), Things: o.text("things"),
		Delegated: o.flag("delegated"), Floor: o.flag("floor"), IfAny: o.flag("if_any"), ByPeople: o.flag("by_people"),
		NoFiles: o.flag("no_files"), Unjudged: o.flag("unjudged"), Except: regions(o, "except"),
		Levels: o.texts("levels"), Due: due(o), MaxAge: o.integer("max_age_months"), Supplier: o.text("supplier"),
		Evidence: o.texts("evidence"), Published: o.text("published"), MaxScore: o.number("max_score"), Note: o.text("note"),
	}
	if ind.Source = source(o); ind.Source == (law.Source{}) {
		ind.Source = parent
	}
	if i := o.choice("kind", law.KindNames[:]); i >= 0 {
		ind.Kind = law.Kind(i)
	} else if !o.has("kind") {
		o.doc.fail(o.node, msgMissing, "key", "kind")
	}
	ind.Comparator = comparator(o)
	if dep := o.child("depends_on"); dep != nil {
		ind.DependsOn = &law.Dependency{Set: dep.text("set"), Register: dep.text("register"), Factor: dep.number("factor")}
		if dep.has("indicator") {
			ind.DependsOn.Indicator = dep.code("indicator")
		}
		dep.done()
	}
	ind.Values = values(o, &ind)
	if of := o.child("of"); of != nil {
		ind.Of = &law.SubShare{Name: of.need("name"), Comparator: comparator(of), Values: values(of, &ind)}
		of.done()
	}
	return ind
}

func comparator(o *object) law.Comparator {
	signs := []string{">=", "<=", "=="}
	i := o.choice("comparator", signs)
	if i < 0 {
		return law.AtLeast
	}
	c, _ := law.ParseComparator(signs[i])
	return c
}

func values(o *object, ind *law.Indicator) []law.Threshold {
	var out []law.Threshold
	for _, n := range o.list("values") {
		v := o.doc.object(n)
		t := law.Threshold{
			Value: thresholdValue(v, ind), Region: region(v, "region"), Group: uint8(v.integer("group")), Year: v.integer("year"),
			From: v.date("from", day.None), Until: v.date("until", day.Forever), Source: source(v), Verified: verification(v),
		}
		if t.Source == (law.Source{}) {
			t.Source = ind.Source
		}
		if t.Source.Instrument == "" || t.Source.Origin == "" {
			o.doc.fail(n, msgNoSource, "code", ind.Code, "value", t.Value.Vietnamese())
		}
		if text := v.text("when"); text != "" {
			t.When = condition(v, text)
		}
		v.done()
		out = append(out, t)
	}
	for i := range out {
		for j := range out[:i] {
			if out[i].Key() == out[j].Key() || (overlaps(&out[i], &out[j])) {
				o.doc.fail(o.node, msgOverlap, "code", ind.Code, "key", out[i].Key())
			}
		}
	}
	return out
}

// overlaps reports whether two values would both apply to one commune and day.
func overlaps(a, b *law.Threshold) bool {
	return a.When == nil && b.When == nil && a.Region == b.Region && a.Group == b.Group && a.Year == b.Year &&
		a.From <= b.Until && b.From <= a.Until
}

func thresholdValue(v *object, ind *law.Indicator) law.Number {
	n := v.get("value")
	if n == nil {
		v.doc.fail(v.node, msgMissing, "key", "value")
		return 0
	}
	switch {
	case ind.Kind == law.YesNo || (ind.Kind == law.Depends && ind.Unit == ""):
		if n.Value != "đạt" {
			v.doc.fail(n, msgValue, "key", "value", "value", n.Value, "accepted", "đạt")
		}
		return law.One
	case len(ind.Levels) > 0:
		i := slices.Index(ind.Levels, n.Value)
		if i < 0 {
			v.doc.fail(n, msgValue, "key", "value", "value", n.Value, "accepted", strings.Join(ind.Levels, ", "))
		}
		return law.Number(i) * law.One
	}
	return v.number("value")
}

func condition(o *object, text string) *law.Condition {
	var c law.Condition
	var figure string
	if n, err := fmt.Sscanf(text, "%s %s %s", &c.Part, &c.Op, &figure); err != nil || n != 3 ||
		!slices.Contains([]string{">", ">=", "<", "<=", "=="}, c.Op) {
		o.doc.fail(o.node, msgCondition, "text", text)
		return nil
	}
	v, err := law.ParseNumber(figure, law.GroupingDecimal)
	if err != nil {
		o.doc.fail(o.node, msgCondition, "text", text)
		return nil
	}
	c.Value = v
	return &c
}

// assemble orders criteria and indicators by number and gives out slots.
func (b *builder) assemble() []*fault.Error {
	s := b.set
	slices.SortStableFunc(b.criteria, func(x, y readCriterion) int { return law.CompareCodes(x.Code, y.Code) })
	var faults []*fault.Error
	seen := map[string]bool{}
	use := func(code string) {
		if seen[code] {
			faults = append(faults, fault.New(fault.Invalid, msgDuplicate, "code", code).At("sets/"+s.ID))
		}
		seen[code] = true
	}
	count := 0
	for _, c := range b.criteria {
		count += len(c.indicators)
	}
	for i, c := range b.criteria {
		c.First = len(s.Indicators)
		slices.SortStableFunc(c.indicators, func(x, y readIndicator) int { return law.CompareCodes(x.Code, y.Code) })
		for _, ind := range c.indicators {
			use(ind.Code)
			ind.Criterion = i
			for _, p := range ind.parts {
				use(p.Code)
				ind.Parts = append(ind.Parts, count+len(s.Parts))
				p.Parent, p.Criterion, p.MaxAge = len(s.Indicators), i, ind.MaxAge
				s.Parts = append(s.Parts, p)
			}
			s.Indicators = append(s.Indicators, ind.Indicator)
		}
		c.End = len(s.Indicators)
		s.Criteria = append(s.Criteria, c.Criterion)
	}
	s.Index()
	return append(faults, bindConditions(s)...)
}

func bindConditions(s *law.Set) []*fault.Error {
	var faults []*fault.Error
	for slot := range s.Slots() {
		for _, t := range s.At(slot).Values {
			if t.When != nil && !t.When.Bind(s) {
				faults = append(faults, fault.New(fault.Invalid, msgCondition, "text", t.Key()).At("sets/"+s.ID))
			}
		}
	}
	return faults
}
