package web

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// htmxConfig keeps htmx within the content security policy and gives a slow network two minutes.
const htmxConfig = `{"includeIndicatorCSS":false,"history":false,"defaultTimeout":120000}`

// Field is one field of a form: what it is called, what is asked, and the form that holds what was typed.
type Field struct {
	Form     *Form
	Name     string // of the value and of the element
	Label    string
	Hint     string // how to answer, in one sentence
	Type     string // of an input: text, password, email, search, tel, date; "" = text
	Mode     string // keyboard of a phone: numeric, decimal
	Fill     string // autocomplete: username, current-password, one-time-code, off
	Unit     string // stands after the input
	Width    int    // in characters: 2, 3, 4, 5, 10, 20; 0 = the whole width
	Longest  int    // characters; 0 = no limit
	Required bool
	Attrs    templ.Attributes // for htmx: "hx-post": "/…"
}

// Choice is one answer of a Select, Radios or Checkboxes.
type Choice struct {
	Value string
	Text  string
	Hint  string
}

// Paging is where one is in a long list; pages count from 1.
type Paging struct {
	Current int
	Total   int
	Link    func(page int) string
}

func (x Field) failed() bool    { return x.Form.Error(x.Name) != "" }
func (x Field) focus() bool     { return x.Form.first(x.Name) }
func (x Field) hintID() string  { return x.Name + "-goi-y" }
func (x Field) errorID() string { return x.Name + "-loi" }

func (x Field) inputType() string {
	if x.Type == "" {
		return "text"
	}
	return x.Type
}

// value is what was typed; a password or a code is never written into a page.
func (x Field) value() string {
	if x.Type == "password" || secret(x.Name) {
		return ""
	}
	return x.Form.Raw(x.Name)
}

func (x Field) width() string {
	if x.Width == 0 {
		return ""
	}
	return "govuk-input--width-" + strconv.Itoa(x.Width)
}

// choiceID is the id of a choice; the first bears the field's own, so that the error summary leads to it.
func (x Field) choiceID(i int) string {
	if i == 0 {
		return x.Name
	}
	return x.Name + "-" + strconv.Itoa(i+1)
}

// described ties a field to its hint and its error.
func (x Field) described() templ.Attributes {
	var ids []string
	if x.Hint != "" {
		ids = append(ids, x.hintID())
	}
	if x.failed() {
		ids = append(ids, x.errorID())
	}
	if len(ids) == 0 {
		return templ.Attributes{}
	}
	return templ.Attributes{"aria-describedby": strings.Join(ids, " ")}
}

// attributes are the optional attributes of an input.
func (x Field) attributes() templ.Attributes {
	a := x.described()
	for name, v := range map[string]string{"inputmode": x.Mode, "autocomplete": x.Fill} {
		if v != "" {
			a[name] = v
		}
	}
	if x.Longest > 0 {
		a["maxlength"] = strconv.Itoa(x.Longest)
	}
	if x.Type == "password" || x.Mode != "" || x.Fill == "username" {
		a["spellcheck"], a["autocapitalize"] = "false", "none"
	}
	if x.Required {
		a["aria-required"] = "true"
	}
	if x.failed() {
		a["aria-invalid"] = "true"
	}
	if x.focus() {
		a["autofocus"] = true
	}
	for name, v := range x.Attrs {
		a[name] = v
	}
	return a
}

// noticeRole is "status" for good news, "alert" for bad, "note" otherwise.
func noticeRole(t Tone) string {
	switch t {
	case ToneOK:
		return "status"
	case ToneRisk:
		return "alert"
	}
	return "note"
}
