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
	msgNeeds     = fault.Msg{Key: "lawfile.kind_needs", Text: "chỉ tiêu {code} loại {kind}: khóa “{key}” chỉ dùng và phải có với loại {owner}"}
	msgNoParts   = fault.Msg{Key: "lawfile.no_parts", Text: "chỉ tiêu {code} loại {kind} cần “parts”"}
)

// builder gathers the criteria of a set and puts them in number order.
type builder struct {
	set      *law.Set
	criteria []readCriterion
	depends  []dependency
	faults   []*fault.Error
}

// readCriterion is a criterion with its indicators, before slots are given.
type readCriterion struct {
	law.Criterion
	place      string
	indicators []readIndicator
}

// readIndicator is an indicator with its parts and where it is written.
type readIndicator struct {
	law.Indicator
	place string
	parts []readIndicator
}

func (b *builder) readCriterion(d *document, root *yaml.Node) {
	o := d.object(root)
	c := readCriterion{place: d.place(root), Criterion: law.Criterion{
		Code: o.code("code"), Name: o.need("name"), Group: o.text("group"), Lead: o.text("lead"),
		Soft: o.flag("soft"), Core: o.flag("core"), Source: source(o),
	}}
	for _, n := range o.list("indicators") {
		c.indicators = append(c.indicators, b.readIndicator(d, n))
	}
	o.text("note")
	o.done()
	b.criteria = append(b.criteria, c)
}

func (b *builder) readIndicator(d *document, n *yaml.Node) readIndicator {
	o := d.object(n)
	ind := readIndicator{Indicator: readOne(o, law.Source{}), place: d.place(n)}
	for _, p := range o.list("parts") {
		po := d.object(p)
		part := readIndicator{Indicator: readOne(po, ind.Source), place: d.place(p)}
		po.done()
		ind.parts = append(ind.parts, part)
	}
	if byParts := ind.Kind == law.Compound || ind.Kind == law.Scored; byParts != (len(ind.parts) > 0) {
		d.fail(n, msgNoParts, "code", ind.Code, "kind", ind.Kind.String())
	}
	if ind.DependsOn != nil {
		b.depends = append(b.depends, dependency{on: ind.DependsOn, place: ind.place})
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
		Evidence: o.texts("evidence"), Published: o.doc.cite(o.get("published")), MaxScore: o.number("max_score"), Note: o.text("note"),
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
	needs := func(key string, has bool, owner law.Kind) {
		if has != (ind.Kind == owner) {
			o.doc.fail(o.node, msgNeeds, "code", ind.Code, "kind", ind.Kind.String(), "key", key, "owner", owner.String())
		}
	}
	needs("of", ind.Of != nil, law.ShareOf)
	needs("depends_on", ind.DependsOn != nil, law.Depends)
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
			if out[i].Key() == out[j].Key() || overlaps(&out[i], &out[j]) {
				o.doc.fail(o.node, msgOverlap, "code", ind.Code, "key", out[i].Key())
			}
		}
	}
	return out
}

// overlaps reports whether two values would both apply to one commune and day.
func overlaps(a, b *law.Threshold) bool {
	return a.Region == b.Region && a.Group == b.Group && a.Year == b.Year &&
		a.From <= b.Until && b.From <= a.Until && (a.When == nil || b.When == nil || a.When.Meets(b.When))
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
func (b *builder) assemble() {
	s := b.set
	slices.SortStableFunc(b.criteria, func(x, y readCriterion) int { return law.CompareCodes(x.Code, y.Code) })
	count := 0
	for i, c := range b.criteria {
		count += len(c.indicators)
		if i > 0 && c.Code == b.criteria[i-1].Code {
			b.fail(c.place, msgDuplicate, "code", c.Code)
		}
	}
	places := map[string]string{}
	use := func(ind *readIndicator) {
		if places[ind.Code] != "" {
			b.fail(ind.place, msgDuplicate, "code", ind.Code)
		}
		places[ind.Code] = ind.place
	}
	for i, c := range b.criteria {
		c.First = len(s.Indicators)
		slices.SortStableFunc(c.indicators, func(x, y readIndicator) int { return law.CompareCodes(x.Code, y.Code) })
		for _, ind := range c.indicators {
			use(&ind)
			ind.Criterion = i
			for _, p := range ind.parts {
				use(&p)
				ind.Parts = append(ind.Parts, count+len(s.Parts))
				p.Parent, p.Criterion = len(s.Indicators), i
				if p.MaxAge == 0 {
					p.MaxAge = ind.MaxAge
				}
				s.Parts = append(s.Parts, p.Indicator)
			}
			s.Indicators = append(s.Indicators, ind.Indicator)
		}
		c.End = len(s.Indicators)
		s.Criteria = append(s.Criteria, c.Criterion)
	}
	s.Index()
	b.bindConditions(places)
}

func (b *builder) fail(place string, msg fault.Msg, args ...string) {
	b.faults = append(b.faults, fault.New(fault.Invalid, msg, args...).At(place))
}

// bindConditions resolves the parts that cases hang on: of the same indicator.
func (b *builder) bindConditions(places map[string]string) {
	for slot := range b.set.Slots() {
		ind := b.set.At(slot)
		for _, t := range ind.Values {
			if t.When == nil {
				continue
			}
			other, ok := b.set.Slot(t.When.Part)
			if !ok || ind.Parent < 0 || b.set.At(other).Parent != ind.Parent || !t.When.Bind(b.set) {
				b.fail(places[ind.Code], msgCondition, "text", t.Key())
			}
		}
	}
}
