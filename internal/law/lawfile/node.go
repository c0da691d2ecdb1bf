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
	msgKey      = fault.Msg{Key: "lawfile.unknown_key", Text: "không có khóa “{key}”; các khóa được nhận: {accepted}"}
	msgMissing  = fault.Msg{Key: "lawfile.missing_key", Text: "thiếu khóa “{key}”"}
	msgValue    = fault.Msg{Key: "lawfile.bad_value", Text: "giá trị “{value}” của “{key}” không hợp lệ; chấp nhận: {accepted}"}
	msgNumeric  = fault.Msg{Key: "lawfile.numeric_code", Text: "mã {code} phải để trong dấu nháy: là “{first}” hay “{second}”?"}
	msgTwice    = fault.Msg{Key: "lawfile.duplicate_key", Text: "khóa “{key}” ghi hai lần"}
	msgYAML     = fault.Msg{Key: "lawfile.yaml", Text: "tệp YAML không đọc được"}
	msgNotAMap  = fault.Msg{Key: "lawfile.not_a_map", Text: "cần một nhóm “khóa: giá trị”"}
	msgNotAList = fault.Msg{Key: "lawfile.not_a_list", Text: "“{key}” cần một danh sách"}
)

// document collects the faults of one file, each with its line.
type document struct {
	file   string
	faults []*fault.Error
}

func (d *document) fail(n *yaml.Node, msg fault.Msg, args ...string) {
	place := d.file
	if n != nil {
		place = fmt.Sprintf("%s:%d", d.file, n.Line)
	}
	d.faults = append(d.faults, fault.New(fault.Invalid, msg, args...).At(place))
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
	if o.node == nil {
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
		second := n.Value + "0"
		if trimmed := strings.TrimRight(n.Value, "0"); trimmed != n.Value && strings.Contains(n.Value, ".") {
			second = trimmed
		}
		o.doc.fail(n, msgNumeric, "code", n.Value, "first", n.Value, "second", second)
	}
	return n.Value
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

func (o *object) integer(key string) int {
	n := o.get(key)
	if n == nil {
		return 0
	}
	var v int
	if n.Decode(&v) != nil {
		o.doc.fail(n, msgValue, "key", key, "value", n.Value, "accepted", "số nguyên")
	}
	return v
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
