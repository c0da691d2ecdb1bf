package lawfile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
)

var (
	msgKey      = fault.Msg{Key: "lawfile.unknown_key", Text: "không có khóa “{key}”; các khóa được nhận: {accepted}"}
	msgMissing  = fault.Msg{Key: "lawfile.missing_key", Text: "thiếu khóa “{key}”"}
	msgValue    = fault.Msg{Key: "lawfile.bad_value", Text: "giá trị “{value}” của “{key}” không hợp lệ; chấp nhận: {accepted}"}
	msgNumeric  = fault.Msg{Key: "lawfile.numeric_code", Text: "mã {code} phải để trong dấu nháy: là “{first}” hay “{second}”?"}
	msgQuotes   = fault.Msg{Key: "lawfile.unquoted_code", Text: "mã {code} phải để trong dấu nháy: “{code}”"}
	msgTwice    = fault.Msg{Key: "lawfile.duplicate_key", Text: "khóa “{key}” ghi hai lần"}
	msgYAML     = fault.Msg{Key: "lawfile.yaml", Text: "tệp YAML không đọc được"}
	msgDocs     = fault.Msg{Key: "lawfile.documents", Text: "mỗi tệp chỉ chứa một tài liệu YAML"}
	msgNotAMap  = fault.Msg{Key: "lawfile.not_a_map", Text: "cần một nhóm “khóa: giá trị”"}
	msgNotAList = fault.Msg{Key: "lawfile.not_a_list", Text: "“{key}” cần một danh sách"}
)

// document collects the faults of one file, each with its line, and the places
// where it cites instruments.
type document struct {
	file   string
	faults []*fault.Error
	cited  []citation
}

// citation is one place that names an instrument.
type citation struct{ id, place string }

// place is where a node is written: "sets/x/criterion-05.yaml:12".
func (d *document) place(n *yaml.Node) string {
	if n == nil || n.Line == 0 {
		return d.file
	}
	return fmt.Sprintf("%s:%d", d.file, n.Line)
}

func (d *document) fail(n *yaml.Node, msg fault.Msg, args ...string) {
	d.faults = append(d.faults, fault.New(fault.Invalid, msg, args...).At(d.place(n)))
}

// cite remembers that n names an instrument and gives its id.
func (d *document) cite(n *yaml.Node) string {
	if n == nil || n.Value == "" {
		return ""
	}
	d.cited = append(d.cited, citation{id: n.Value, place: d.place(n)})
	return n.Value
}

// object reads one YAML mapping and remembers which keys were asked for.
type object struct {
	doc   *document
	node  *yaml.Node
	keys  map[string]*yaml.Node
	asked []string
}

func (d *document) object(n *yaml.Node) *object {
	o := &object{doc: d, node: n, keys: map[string]*yaml.Node{}}
	if n == nil || n.Kind != yaml.MappingNode {
		d.fail(n, msgNotAMap)
		return o
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if o.keys[k.Value] != nil {
			d.fail(k, msgTwice, "key", k.Value)
		}
		o.keys[k.Value] = n.Content[i+1]
	}
	return o
}

// done refuses keys that nobody asked for.
func (o *object) done() {
	if o.node == nil || o.node.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(o.node.Content); i += 2 {
		k := o.node.Content[i]
		if !slices.Contains(o.asked, k.Value) {
			o.doc.fail(k, msgKey, "key", k.Value, "accepted", strings.Join(o.asked, ", "))
		}
	}
}

func (o *object) get(key string) *yaml.Node {
	o.asked = append(o.asked, key)
	return o.keys[key]
}

func (o *object) has(key string) bool { return o.keys[key] != nil }

func (o *object) text(key string) string {
	n := o.get(key)
	if n == nil {
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		o.doc.fail(n, msgValue, "key", key, "value", "…", "accepted", "chữ")
	}
	return strings.TrimSpace(n.Value)
}

func (o *object) need(key string) string {
	s := o.text(key)
	if s == "" {
		o.doc.fail(o.node, msgMissing, "key", key)
	}
	return s
}

// code reads an indicator or criterion code, which must be quoted text: 17.10
// as a number is 17.1.
func (o *object) code(key string) string {
	n := o.get(key)
	if n == nil || n.Value == "" {
		o.doc.fail(o.node, msgMissing, "key", key)
		return ""
	}
	if n.Tag != "!!str" {
		o.doc.refuseNumeric(n)
	}
	return n.Value
}

// refuseNumeric names what a code that YAML takes for a number could mean:
// 17.10 and 17.1 are the same number.
func (d *document) refuseNumeric(n *yaml.Node) {
	if !strings.Contains(n.Value, ".") {
		d.fail(n, msgQuotes, "code", n.Value)
		return
	}
	second := strings.TrimRight(n.Value, "0")
	if second == n.Value {
		second += "0"
	}
	d.fail(n, msgNumeric, "code", n.Value, "first", n.Value, "second", second)
}

// instrument reads the id of an instrument; a missing one is a fault when needed.
func (o *object) instrument(key string) string {
	id := o.doc.cite(o.get(key))
	if id == "" {
		o.doc.fail(o.node, msgMissing, "key", key)
	}
	return id
}

// instruments reads a list of ids.
func (o *object) instruments(key string) []string {
	var ids []string
	for _, n := range o.list(key) {
		ids = append(ids, o.doc.cite(n))
	}
	return ids
}

func (o *object) flag(key string) bool {
	n := o.get(key)
	if n == nil {
		return false
	}
	if n.Tag != "!!bool" {
		o.doc.fail(n, msgValue, "key", key, "value", n.Value, "accepted", "true, false")
	}
	return n.Value == "true"
}

// integer reads a whole number from 0 to 9999; zero when the key is absent.
func (o *object) integer(key string) int {
	n := o.get(key)
	if n == nil {
		return 0
	}
	v, err := strconv.ParseUint(n.Value, 10, 16)
	if err != nil || v > 9999 {
		o.doc.fail(n, msgValue, "key", key, "value", n.Value, "accepted", "số nguyên từ 0 đến 9999")
		return 0
	}
	return int(v)
}

// number reads a figure; zero when the key is absent.
func (o *object) number(key string) law.Number {
	n := o.get(key)
	if n == nil {
		return 0
	}
	v, err := law.ParseNumber(n.Value, law.GroupingDecimal)
	if err != nil {
		o.doc.fail(n, msgValue, "key", key, "value", n.Value, "accepted", "số, tối đa 4 chữ số thập phân")
	}
	return v
}

// date reads a day; absent gives none.
func (o *object) date(key string, none day.Day) day.Day {
	n := o.get(key)
	if n == nil {
		return none
	}
	d, err := day.Parse(n.Value)
	if err != nil {
		o.doc.fail(n, msgValue, "key", key, "value", n.Value, "accepted", "ngày dạng 2022-03-08")
		return none
	}
	return d
}

// choice reads one word of a closed list.
func (o *object) choice(key string, accepted []string) int {
	n := o.get(key)
	if n == nil {
		return -1
	}
	i := slices.Index(accepted, n.Value)
	if i < 0 {
		o.doc.fail(n, msgValue, "key", key, "value", n.Value, "accepted", strings.Join(accepted, ", "))
	}
	return i
}

func (o *object) list(key string) []*yaml.Node {
	n := o.get(key)
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		o.doc.fail(n, msgNotAList, "key", key)
		return nil
	}
	return n.Content
}

func (o *object) texts(key string) []string {
	var out []string
	for _, n := range o.list(key) {
		out = append(out, n.Value)
	}
	return out
}

func (o *object) child(key string) *object {
	n := o.get(key)
	if n == nil {
		return nil
	}
	return o.doc.object(n)
}
