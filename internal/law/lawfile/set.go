package lawfile

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
)

// set reads one set: set.yaml and one file per criterion.
func (l *loader) set(dir string) {
	s := &law.Set{}
	l.file(path.Join(dir, "set.yaml"), func(d *document, root *yaml.Node) {
		o := d.object(root)
		readSet(s, o)
		if s.ID != path.Base(dir) {
			d.fail(root, msgFileName, "id", s.ID, "name", path.Base(dir))
		}
		o.done()
	})
	files, _ := fs.Glob(l.fsys, path.Join(dir, "criterion-*.yaml"))
	b := &builder{set: s}
	for _, file := range files {
		l.file(file, b.readCriterion)
	}
	b.assemble()
	l.faults = append(l.faults, b.faults...)
	l.depends = append(l.depends, b.depends...)
	l.lib.Sets = append(l.lib.Sets, s)
}

func readSet(s *law.Set, o *object) {
	s.ID, s.Name = o.code("set"), o.need("name")
	levels := []string{string(law.LevelCommune), string(law.LevelDistrict)}
	if i := o.choice("level", levels); i >= 0 {
		s.Level = law.SetLevel(levels[i])
	} else if !o.has("level") {
		o.doc.fail(o.node, msgMissing, "key", "level")
	}
	if i := o.choice("title", titles()); i >= 0 {
		s.Title = law.Titles[i]
	}
	s.DraftReason = o.text("draft")
	s.Draft = s.DraftReason != ""
	s.Instrument, s.Annex = o.instrument("instrument"), o.text("annex")
	s.From = o.date("from", day.None)
	if p := o.child("period"); p != nil {
		s.PeriodFrom, s.PeriodTo = p.date("from", day.None), p.date("to", day.Forever)
		p.done()
	}
	if c := o.child("counts"); c != nil {
		s.ExpectedCriteria, s.ExpectedIndicators = c.integer("criteria"), c.integer("indicators")
		c.done()
	}
	if v := o.child("override"); v != nil {
		s.Override = law.Override{Region: region(v, "region"), Source: source(v)}
		v.done()
	}
	for _, n := range o.list("amendments") {
		a := o.doc.object(n)
		s.Amendments = append(s.Amendments, law.Amendment{
			Instrument: a.instrument("instrument"), From: a.date("from", day.None), Known: a.flag("known"), Note: a.text("note"),
		})
		a.done()
	}
	if r := o.child("revocation"); r != nil {
		s.Revocation = readRevocation(r)
		r.done()
	}
	o.text("note")
}

// titles are the words for mức công nhận.
func titles() []string {
	var out []string
	for _, t := range law.Titles {
		out = append(out, string(t))
	}
	return out
}

func readRevocation(o *object) *law.Revocation {
	r := &law.Revocation{Source: source(o)}
	for _, n := range o.list("titles") {
		if !slices.Contains(titles(), n.Value) {
			o.doc.fail(n, msgValue, "key", "titles", "value", n.Value, "accepted", strings.Join(titles(), ", "))
		}
		r.Titles = append(r.Titles, law.Title(n.Value))
	}
	for _, n := range o.list("clauses") {
		c := o.doc.object(n)
		clause := law.Clause{Code: c.code("code"), NeedsCore: c.flag("needs_core"), Text: c.need("text")}
		clause.AtLeast, clause.Below = ratio(c, "at_least"), ratio(c, "below")
		c.done()
		r.Clauses = append(r.Clauses, clause)
	}
	return r
}

// ratio reads [3, 10].
func ratio(o *object, key string) law.Ratio {
	nodes := o.list(key)
	var r law.Ratio
	if len(nodes) == 0 {
		return r
	}
	if len(nodes) != 2 || nodes[0].Decode(&r.Num) != nil || nodes[1].Decode(&r.Den) != nil || r.Den <= 0 {
		o.doc.fail(o.node, msgValue, "key", key, "value", "…", "accepted", "hai số nguyên như [3, 10]")
	}
	return r
}

func source(o *object) law.Source {
	s := o.child("source")
	if s == nil {
		return law.Source{}
	}
	out := law.Source{
		Instrument: s.instrument("instrument"), Article: s.text("article"),
		Origin: s.need("origin"), Confidence: s.text("confidence"),
	}
	s.done()
	return out
}

func region(o *object, key string) law.Region {
	i := o.choice(key, law.RegionCodes())
	if i < 0 {
		return law.RegionAny
	}
	return law.Region(i + 1)
}

func regions(o *object, key string) law.Regions {
	var out law.Regions
	for _, n := range o.list(key) {
		r, ok := law.ParseRegion(n.Value)
		if !ok {
			o.doc.fail(n, msgValue, "key", key, "value", n.Value, "accepted", strings.Join(law.RegionCodes(), ", "))
		}
		out = out.With(r)
	}
	return out
}

// due reads how often an indicator is due; yearly when not said.
func due(o *object) day.Kind {
	i := o.choice("due", []string{"year", "half", "quarter", "month"})
	if i < 0 {
		return day.Year
	}
	return [...]day.Kind{day.Year, day.Half, day.Quarter, day.Month}[i]
}
