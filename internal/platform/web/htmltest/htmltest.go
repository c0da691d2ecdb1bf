// Package htmltest says what is wrong with a page: what a person who listens to it, types in it or reads it on a phone
// would stumble over, and what the content security policy forbids.
package htmltest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Check fails the test for everything wrong with a whole page.
func Check(t testing.TB, page string) {
	t.Helper()
	for _, wrong := range Faults(page) {
		t.Error(wrong)
	}
}

// Faults lists what is wrong with a whole page, in the order of the page.
func Faults(page string) []string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	c := &checker{ids: map[string]bool{}, labelled: map[string]bool{}}
	if !strings.HasPrefix(strings.ToLower(page), "<!doctype html>") {
		c.add("the page has no doctype")
	}
	c.walk(root, c.collect)
	c.walk(root, c.look)
	if c.headings != 1 {
		c.add("the page has %d h1, not one", c.headings)
	}
	if c.mains != 1 {
		c.add("the page has %d main, not one", c.mains)
	}
	if c.title == "" {
		c.add("the page has no title")
	}
	if c.lang != "vi" {
		c.add("the page's lang is %q, not vi", c.lang)
	}
	return c.wrong
}

type checker struct {
	wrong    []string
	ids      map[string]bool
	labelled map[string]bool // ids that a label is for
	headings int             // h1
	mains    int
	level    int // of the last heading
	title    string
	lang     string
}

func (c *checker) add(format string, args ...any) {
	c.wrong = append(c.wrong, fmt.Sprintf(format, args...))
}

func (c *checker) walk(n *html.Node, visit func(*html.Node)) {
	if n.Type == html.ElementNode {
		visit(n)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.walk(child, visit)
	}
}

// collect notes what other elements refer to.
func (c *checker) collect(n *html.Node) {
	if id := attr(n, "id"); id != "" {
		if c.ids[id] {
			c.add("the id %q is there twice", id)
		}
		c.ids[id] = true
	}
	switch n.Data {
	case "html":
		c.lang = attr(n, "lang")
	case "title":
		if n.Parent != nil && n.Parent.Data == "head" {
			c.title = Text(n)
		}
	case "label":
		c.labelled[attr(n, "for")] = true
	case "main":
		c.mains++
	}
}

func (c *checker) look(n *html.Node) {
	c.policy(n)
	c.references(n)
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		c.heading(n)
	case "input", "select", "textarea":
		c.control(n)
	case "a", "button":
		if name(n) == "" {
			c.add("%s has no text and no aria-label", show(n))
		}
	case "img":
		if !has(n, "alt") {
			c.add("%s has no alt", show(n))
		}
	case "table":
		if !contains(n, "th") {
			c.add("%s has no th", show(n))
		}
	case "fieldset":
		if !contains(n, "legend") {
			c.add("%s has no legend", show(n))
		}
	case "form":
		if m := strings.ToLower(attr(n, "method")); m != "" && m != "post" && m != "get" {
			c.add("%s has an unknown method", show(n))
		}
	}
	if slices.Contains(strings.Fields(attr(n, "class")), "scroll") && (attr(n, "tabindex") != "0" || attr(n, "role") != "region" || attr(n, "aria-label") == "") {
		c.add("%s needs tabindex=0, role=region and aria-label", show(n))
	}
}

// policy is what the content security policy would block, and what would call another host.
func (c *checker) policy(n *html.Node) {
	switch {
	case n.Data == "style":
		c.add("a style element")
	case n.Data == "script" && attr(n, "src") == "" && attr(n, "type") != "application/json":
		c.add("an inline script")
	}
	for _, a := range n.Attr {
		value := strings.ToLower(strings.TrimSpace(a.Val))
		switch {
		case a.Key == "style":
			c.add("%s has a style attribute", show(n))
		case strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on"):
			c.add("%s has the script attribute %s", show(n), a.Key)
		case strings.HasPrefix(value, "javascript:") && !slices.Contains([]string{"value", "title", "alt", "placeholder", "aria-label"}, a.Key) || strings.HasPrefix(a.Key, "hx-") && strings.HasPrefix(value, "js:"):
			c.add("%s has a script in %s", show(n), a.Key)
		case slices.Contains([]string{"src", "srcset", "action", "formaction", "poster", "hx-get", "hx-post"}, a.Key) && foreign(value),
			n.Data == "link" && a.Key == "href" && foreign(value):
			c.add("%s loads from another host", show(n))
		}
	}
}

func foreign(value string) bool {
	return strings.HasPrefix(value, "//") || strings.Contains(value, "://")
}

// references are the attributes that name other elements.
func (c *checker) references(n *html.Node) {
	for _, key := range []string{"aria-describedby", "aria-labelledby", "aria-controls"} {
		for _, id := range strings.Fields(attr(n, key)) {
			if !c.ids[id] {
				c.add("%s: %s names %q, which is not there", show(n), key, id)
			}
		}
	}
	if n.Data == "label" && has(n, "for") && !c.ids[attr(n, "for")] {
		c.add("%s is for %q, which is not there", show(n), attr(n, "for"))
	}
	if fragment, ok := strings.CutPrefix(attr(n, "href"), "#"); ok && n.Data == "a" && fragment != "" && !c.ids[fragment] {
		c.add("%s leads to %q, which is not there", show(n), fragment)
	}
}

func (c *checker) heading(n *html.Node) {
	level := int(n.Data[1] - '0')
	if level == 1 {
		c.headings++
	}
	if c.level != 0 && level > c.level+1 {
		c.add("%s %q follows a heading of level %d", show(n), Text(n), c.level)
	}
	c.level = level
	if Text(n) == "" {
		c.add("%s is empty", show(n))
	}
}

func (c *checker) control(n *html.Node) {
	if slices.Contains([]string{"hidden", "submit", "button", "image", "reset"}, attr(n, "type")) {
		return
	}
	labelled := c.labelled[attr(n, "id")] || attr(n, "aria-label") != "" || attr(n, "aria-labelledby") != "" || inside(n, "label")
	if !labelled {
		c.add("%s has no label", show(n))
	}
}

// Text is the text of an element and everything inside, its spaces joined.
func Text(n *html.Node) string {
	var b strings.Builder
	var gather func(*html.Node)
	gather = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			gather(child)
		}
	}
	gather(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// Visible is the text of a page's body, its spaces joined; "" for what does not parse.
func Visible(page string) string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return ""
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "body" {
			return Text(n)
		}
	}
	return ""
}

// name is what a screen reader says for a link or a button.
func name(n *html.Node) string {
	if label := attr(n, "aria-label"); label != "" {
		return label
	}
	text := Text(n)
	for inner := range n.Descendants() {
		if inner.Type == html.ElementNode {
			text += attr(inner, "alt") + attr(inner, "aria-label")
		}
	}
	return text
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func contains(n *html.Node, tag string) bool {
	for inner := range n.Descendants() {
		if inner.Type == html.ElementNode && inner.Data == tag {
			return true
		}
	}
	return false
}

func inside(n *html.Node, tag string) bool {
	for up := range n.Ancestors() {
		if up.Type == html.ElementNode && up.Data == tag {
			return true
		}
	}
	return false
}

// show is an element's opening tag, short.
func show(n *html.Node) string {
	var b strings.Builder
	b.WriteString("<" + n.Data)
	for _, key := range []string{"id", "class", "name", "href"} {
		if v := attr(n, key); v != "" {
			fmt.Fprintf(&b, " %s=%q", key, v)
		}
	}
	return b.String() + ">"
}
