// Package fault is the one error type of the product: a code for the machine, a
// message key with its Vietnamese text for people, and a cause for the log.
package fault

import (
	"errors"
	"strconv"
	"strings"
)

// Code is the class of an error; the web page kit maps it to an HTTP status and
// the command line to an exit code. Codes are stable and may be stored.
type Code string

// The closed list of codes.
const (
	Invalid     Code = "invalid"     // the input breaks a rule
	NotFound    Code = "not_found"   // what was named does not exist
	Conflict    Code = "conflict"    // the input contradicts what is recorded
	Forbidden   Code = "forbidden"   // the person may not do this
	TooLarge    Code = "too_large"   // the input exceeds a limit
	Unsupported Code = "unsupported" // the input is understood, the product does not do it
	Unavailable Code = "unavailable" // something needed is missing now, try again later
	Corrupt     Code = "corrupt"     // stored data is damaged
	Internal    Code = "internal"    // a defect of the product or of the machine
)

// Msg is a stable message key and its Vietnamese text. Marks such as {name} in
// the text are filled from the arguments of the error. Keys have the form
// "package.what" and never change once released.
type Msg struct{ Key, Text string }

// Error is an error with a code, a message, and optionally the field it
// belongs to, errors below it and a cause. Treat an Error as a value: At, Wrap
// and With return changed copies.
type Error struct {
	Code  Code
	Msg   Msg
	Field string            // form field, column or "sheet!cell"; empty when it belongs to the whole
	Args  map[string]string // values of the marks in Msg.Text
	Subs  []*Error          // one per bad row or field
	Cause error             // what went wrong underneath, or nil
}

// maxSubsInLog bounds how many errors below are written out by Error.
const maxSubsInLog = 3

// New makes an error from a code, a message and the name, value pairs that
// fill the message's marks. A last name without a value gets the empty value.
func New(code Code, msg Msg, args ...string) *Error {
	e := &Error{Code: code, Msg: msg}
	if len(args) == 0 {
		return e
	}
	e.Args = make(map[string]string, (len(args)+1)/2)
	for i := 0; i < len(args); i += 2 {
		value := ""
		if i+1 < len(args) {
			value = args[i+1]
		}
		e.Args[args[i]] = value
	}
	return e
}

// At returns a copy of e that belongs to field.
func (e *Error) At(field string) *Error {
	c := *e
	c.Field = field
	return &c
}

// Wrap returns a copy of e with cause underneath.
func (e *Error) Wrap(cause error) *Error {
	c := *e
	c.Cause = cause
	return &c
}

// With returns a copy of e with subs added below those it has; nil ones are
// left out.
func (e *Error) With(subs ...*Error) *Error {
	c := *e
	c.Subs = make([]*Error, 0, len(e.Subs)+len(subs))
	c.Subs = append(c.Subs, e.Subs...)
	for _, s := range subs {
		if s != nil {
			c.Subs = append(c.Subs, s)
		}
	}
	return &c
}

// Error is the form for developers and logs: key, field, text, the first few
// errors below and the cause.
func (e *Error) Error() string {
	if e == nil {
		return "<nil>"
	}
	var b strings.Builder
	b.WriteString(e.Msg.Key)
	b.WriteString(": ")
	b.WriteString(e.Vietnamese())
	for i, s := range e.Subs {
		if i == maxSubsInLog {
			b.WriteString("; +" + strconv.Itoa(len(e.Subs)-i))
			break
		}
		b.WriteString("; [")
		b.WriteString(s.Error())
		b.WriteString("]")
	}
	if e.Cause != nil {
		b.WriteString(": ")
		b.WriteString(e.Cause.Error())
	}
	return b.String()
}

// Vietnamese is the one sentence a person reads, without the cause and the
// errors below: the field first if there is one, then the text with its marks
// filled. A mark without an argument stays as it is written.
func (e *Error) Vietnamese() string {
	text := fill(e.Msg.Text, e.Args)
	if e.Field == "" {
		return text
	}
	return e.Field + ": " + text
}

// Unwrap gives the cause, then the errors below, to errors.Is and errors.As.
func (e *Error) Unwrap() []error {
	if e == nil {
		return nil
	}
	all := make([]error, 0, 1+len(e.Subs))
	if e.Cause != nil {
		all = append(all, e.Cause)
	}
	for _, s := range e.Subs {
		all = append(all, s)
	}
	return all
}

// Clip shortens what a person typed to at most 40 characters, the last one an
// ellipsis, so that a message that quotes it stays readable. Bytes that are not
// UTF-8 become U+FFFD.
func Clip(s string) string {
	const longest = 40
	s = strings.ToValidUTF8(s, "\uFFFD")
	count, cut := 0, 0
	for i := range s {
		count++
		if count == longest {
			cut = i
		}
	}
	if count <= longest {
		return s
	}
	return s[:cut] + "…"
}

// fill replaces each {name} by its argument, in one pass: an argument that
// contains a mark is not filled again.
func fill(text string, args map[string]string) string {
	if len(args) == 0 {
		return text
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(text[open:], '}')
		if end < 0 {
			break
		}
		end += open
		b.WriteString(text[:open])
		if value, ok := args[text[open+1:end]]; ok {
			b.WriteString(value)
			text = text[end+1:]
			continue
		}
		b.WriteByte('{')
		text = text[open+1:]
	}
	b.WriteString(text)
	return b.String()
}

// find returns the outermost Error in err, or nil.
func find(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}
