package fault

import (
	"strconv"
	"strings"
)

var (
	msgSeveral = Msg{Key: "fault.several", Text: "có {count} lỗi"}
	msgSystem  = Msg{Key: "fault.system", Text: "lỗi hệ thống: {detail}"}
)

// CodeOf is the code of the outermost Error in err: empty for nil, Internal
// for an error that is none of ours.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e := find(err); e != nil {
		return e.Code
	}
	return Internal
}

// Is tells whether the outermost Error in err has the code. An inner cause
// does not count: whoever wraps an error decides what it means.
func Is(err error, code Code) bool {
	return err != nil && CodeOf(err) == code
}

// Text is everything a person should read about err: the sentence of the
// outermost Error, the cause in words or, for a foreign cause, as a detail,
// and one line per error below. A foreign error reads "lỗi hệ thống: ...". Nil
// gives the empty text. Pages that must not show details of the machine use
// Vietnamese.
func Text(err error) string {
	if err == nil {
		return ""
	}
	e := find(err)
	if e == nil {
		return New(Internal, msgSystem, "detail", err.Error()).Vietnamese()
	}
	var b strings.Builder
	e.write(&b, "\n")
	return b.String()
}

// write adds the sentence, the cause and the lines below to b; indent starts
// every line below.
func (e *Error) write(b *strings.Builder, indent string) {
	b.WriteString(e.Vietnamese())
	if e.Cause != nil {
		if inner := find(e.Cause); inner != nil {
			b.WriteString(": ")
			inner.write(b, indent)
		} else {
			b.WriteString(" (chi tiết: " + e.Cause.Error() + ")")
		}
	}
	for _, s := range e.Subs {
		b.WriteString(indent + "- ")
		s.write(b, indent+"  ")
	}
}

// Join makes one error of the errors of several rows: nil for none, the error
// itself for one, else an Error "có N lỗi" with all of them below. Nil ones are
// left out. Its code is the rows' code where they agree, else Invalid.
func Join(rows ...*Error) error {
	all := New(Invalid, msgSeveral).With(rows...)
	switch len(all.Subs) {
	case 0:
		return nil
	case 1:
		return all.Subs[0]
	}
	all.Args = map[string]string{"count": strconv.Itoa(len(all.Subs))}
	all.Code = all.Subs[0].Code
	for _, s := range all.Subs {
		if s.Code != all.Code {
			all.Code = Invalid
		}
	}
	return all
}

// Rows lists the errors of the single rows in err, depth first in their order:
// the Errors that have none below. It is empty for nil and for foreign errors.
func Rows(err error) []*Error {
	e := find(err)
	if e == nil {
		return nil
	}
	if len(e.Subs) == 0 {
		return []*Error{e}
	}
	var rows []*Error
	for _, s := range e.Subs {
		rows = append(rows, Rows(s)...)
	}
	return rows
}
