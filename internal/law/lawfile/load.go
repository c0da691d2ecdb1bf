// Package lawfile reads the law from YAML files into [law.Library].
//
// Reading is strict: an unknown key or kind, a numeric code, a value without
// provenance or a citation that does not resolve is an error with file and
// line, and every error of every file is reported at once.
package lawfile

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
)

var (
	msgLaw       = fault.Msg{Key: "lawfile.invalid", Text: "dữ liệu luật có lỗi"}
	msgCite      = fault.Msg{Key: "lawfile.citation", Text: "không có văn bản “{id}” trong instruments/"}
	msgFileName  = fault.Msg{Key: "lawfile.file_name", Text: "mã “{id}” phải trùng tên tệp hoặc thư mục “{name}”"}
	msgDuplicate = fault.Msg{Key: "lawfile.duplicate_code", Text: "mã “{code}” có hai lần"}
	msgMember    = fault.Msg{Key: "lawfile.member", Text: "“{member}” không phải là bộ tiêu chí hay chỉ tiêu nào; ghi dạng bộ/mã"}
)

// Load reads sets/, instruments/ and crosswalks/ of fsys. The error, if any, is
// a fault whose Subs name every bad place.
func Load(fsys fs.FS) (*law.Library, error) {
	l := &loader{fsys: fsys, lib: &law.Library{Instruments: map[string]*law.Instrument{}}}
	l.each("instruments/*.yaml", l.instrument)
	dirs, err := fs.Glob(fsys, "sets/*/set.yaml")
	if err != nil {
		return nil, fault.New(fault.Internal, msgLaw).Wrap(err)
	}
	for _, file := range dirs {
		l.set(path.Dir(file))
	}
	l.each("crosswalks/measures.yaml", l.measures)
	l.checkCitations()
	l.checkDependencies()
	if len(l.faults) > 0 {
		return nil, fault.New(fault.Invalid, msgLaw).With(l.faults...)
	}
	return l.lib, nil
}

type loader struct {
	fsys    fs.FS
	lib     *law.Library
	faults  []*fault.Error
	cited   []citation
	depends []dependency
}

// dependency is one place that names another set.
type dependency struct {
	on    *law.Dependency
	place string
}

// each reads every file of a pattern as one YAML mapping.
func (l *loader) each(pattern string, read func(o *object, name string)) {
	files, _ := fs.Glob(l.fsys, pattern) // the patterns are constants and well formed
	for _, file := range files {
		l.file(file, func(d *document, root *yaml.Node) {
			o := d.object(root)
			read(o, strings.TrimSuffix(path.Base(file), ".yaml"))
			o.done()
		})
	}
}

func (l *loader) file(file string, read func(d *document, root *yaml.Node)) {
	d := &document{file: file}
	data, err := fs.ReadFile(l.fsys, file)
	var root, more yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err == nil {
		err = dec.Decode(&root)
	}
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		d.faults = append(d.faults, fault.New(fault.Invalid, msgYAML).At(file).Wrap(err))
	case len(root.Content) == 0:
		d.fail(&root, msgNotAMap)
	case !errors.Is(dec.Decode(&more), io.EOF):
		d.fail(&more, msgDocs)
	default:
		read(d, root.Content[0])
	}
	l.faults = append(l.faults, d.faults...)
	l.cited = append(l.cited, d.cited...)
}

func (l *loader) instrument(o *object, name string) {
	i := &law.Instrument{
		ID: o.code("id"), Number: o.need("number"), Issuer: o.need("issuer"), Title: o.text("title"),
		Issued: o.date("issued", day.None), Effective: o.date("effective", day.None),
		Amends: o.instruments("amends"), Replaces: o.instruments("replaces"), Articles: o.texts("articles"),
		URL: o.text("url"), Note: o.text("note"), Verified: verification(o),
	}
	if i.ID != name {
		o.doc.fail(o.node, msgFileName, "id", i.ID, "name", name)
	}
	l.lib.Instruments[i.ID] = i
}

func verification(o *object) *law.Verification {
	v := o.child("verified")
	if v == nil {
		return nil
	}
	out := &law.Verification{By: v.need("by"), On: v.date("on", day.None)}
	if !v.has("on") {
		o.doc.fail(v.node, msgMissing, "key", "on")
	}
	v.done()
	return out
}

func (l *loader) measures(o *object, _ string) {
	for _, n := range o.list("measures") {
		m := o.doc.object(n)
		out := law.Measure{ID: m.code("measure"), Name: m.need("name"), Note: m.text("note"), Verified: verification(m)}
		for _, member := range m.list("members") {
			if l.join(&out, member.Value) {
				continue
			}
			o.doc.fail(member, msgMember, "member", member.Value)
		}
		m.done()
		l.lib.Measures = append(l.lib.Measures, out)
	}
}

// join makes an indicator a member of a measure.
func (l *loader) join(m *law.Measure, member string) bool {
	setID, code, _ := strings.Cut(member, "/")
	s, err := l.lib.Set(setID)
	if err != nil {
		return false
	}
	slot, ok := s.Slot(code)
	if ok {
		s.At(slot).Measure = m.ID
		m.Members = append(m.Members, law.MeasureMember{Set: setID, Indicator: code})
	}
	return ok
}

// checkCitations wants every instrument that is named to exist.
func (l *loader) checkCitations() {
	for _, c := range l.cited {
		if l.lib.Instruments[c.id] == nil {
			l.faults = append(l.faults, fault.New(fault.Invalid, msgCite, "id", c.id).At(c.place))
		}
	}
	for _, s := range l.lib.Sets {
		s.Instruments = l.lib.Instruments
	}
}

// checkDependencies wants what an indicator depends on to exist.
func (l *loader) checkDependencies() {
	for _, d := range l.depends {
		s, err := l.lib.Set(d.on.Set)
		found := err == nil
		if found && d.on.Indicator != "" {
			_, found = s.Slot(d.on.Indicator)
		}
		if d.on.Set != "" && !found {
			l.faults = append(l.faults, fault.New(fault.Invalid, msgMember, "member", strings.TrimSuffix(d.on.Set+"/"+d.on.Indicator, "/")).At(d.place))
		}
	}
}
