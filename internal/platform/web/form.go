package web

import (
	"net/url"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

// FormError is one thing to mend in a form.
type FormError struct {
	Field string // name of the field; "" when it concerns the whole form
	Text  string // a Vietnamese sentence
}

// Form is what was typed and what is wrong with it: enough to show a form again with nothing lost. The zero value is an
// empty form.
type Form struct {
	values url.Values
	errors []FormError
}

// NewForm is a form filled with name, value pairs, as it is first shown.
func NewForm(pairs ...string) *Form {
	f := &Form{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

// Value is a field trimmed and composed (NFC); "" when absent.
func (f *Form) Value(name string) string { return tidy(f.Raw(name)) }

// Raw is a field as it was sent, composed (NFC) but not trimmed: for passwords and long texts.
func (f *Form) Raw(name string) string { return vntext.NFC(f.values.Get(name)) }

// All is every value of a field that may be sent several times, in their order, each trimmed and composed.
func (f *Form) All(name string) []string {
	all := make([]string, 0, len(f.values[name]))
	for _, v := range f.values[name] {
		all = append(all, tidy(v))
	}
	return all
}

// Has tells whether a field was sent, and with value if one is given: the state of a checkbox or a radio.
func (f *Form) Has(name string, value ...string) bool {
	if len(value) == 0 {
		return f.values.Has(name)
	}
	for _, v := range f.values[name] {
		if tidy(v) == value[0] {
			return true
		}
	}
	return false
}

// Set fills a field.
func (f *Form) Set(name, value string) {
	if f.values == nil {
		f.values = url.Values{}
	}
	f.values.Set(name, value)
}

// Fail notes what is wrong with a field; "" means the whole form.
func (f *Form) Fail(field, text string) { f.errors = append(f.errors, FormError{field, text}) }

// FailWith notes what the errors of err say to the person who filled the form, each at its field, and returns nil. An
// error that no typing can mend (Forbidden, NotFound, Unavailable, defects) is returned, to be answered by the kit.
func (f *Form) FailWith(err error) error {
	rows := fault.Rows(err)
	if len(rows) == 0 {
		return err
	}
	for _, row := range rows {
		switch row.Code {
		case fault.Invalid, fault.Conflict, fault.TooLarge, fault.Unsupported:
		default:
			return err
		}
	}
	for _, row := range rows {
		f.Fail(row.Field, vntext.Capital(row.At("").Vietnamese()))
	}
	return nil
}

// OK tells whether nothing is wrong.
func (f *Form) OK() bool { return len(f.errors) == 0 }

// Error is the first thing wrong with a field, or "".
func (f *Form) Error(field string) string {
	for _, e := range f.errors {
		if e.Field == field {
			return e.Text
		}
	}
	return ""
}

// Errors is everything wrong, in the order it was found.
func (f *Form) Errors() []FormError { return f.errors }

// first tells whether field is the first one with an error: the one the cursor goes to.
func (f *Form) first(field string) bool {
	for _, e := range f.errors {
		if e.Field != "" {
			return e.Field == field
		}
	}
	return false
}
