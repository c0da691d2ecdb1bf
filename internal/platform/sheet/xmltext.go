package sheet

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// local drops a namespace prefix: some programs write <x:row>.
func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// nextAttr takes one attribute off the head of attrs; value is raw.
func nextAttr(attrs []byte) (name, value, rest []byte, ok bool) {
	for len(attrs) > 0 && isSpace(attrs[0]) {
		attrs = attrs[1:]
	}
	eq := bytes.IndexByte(attrs, '=')
	if eq <= 0 {
		return nil, nil, nil, false
	}
	name = bytes.TrimRight(attrs[:eq], " \t\r\n")
	attrs = bytes.TrimLeft(attrs[eq+1:], " \t\r\n")
	if len(attrs) < 2 || attrs[0] != '"' && attrs[0] != '\'' {
		return nil, nil, nil, false
	}
	n := bytes.IndexByte(attrs[1:], attrs[0])
	if n < 0 {
		return nil, nil, nil, false
	}
	return name, attrs[1 : n+1], attrs[n+2:], true
}

// attr returns one attribute of the element just started, decoded, and "" when
// it is absent. want is the local name: "id" also finds r:id.
func (s *scanner) attr(want string) string {
	for name, value, rest, ok := nextAttr(s.attrs); ok; name, value, rest, ok = nextAttr(rest) {
		if string(local(name)) == want {
			out, err := appendText(nil, value)
			if err != nil {
				return ""
			}
			return string(out)
		}
	}
	return ""
}

// appendDecoded adds the current text token to dst with its entities resolved.
func (s *scanner) appendDecoded(dst []byte) ([]byte, error) {
	if s.plain {
		return append(dst, s.text...), nil
	}
	return appendText(dst, s.text)
}

// appendText adds raw XML text to dst with its entities resolved.
func appendText(dst, raw []byte) ([]byte, error) {
	for {
		amp := bytes.IndexByte(raw, '&')
		if amp < 0 {
			return append(dst, raw...), nil
		}
		dst = append(dst, raw[:amp]...)
		raw = raw[amp+1:]
		semi := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		if semi <= 0 {
			return dst, errXML
		}
		r, ok := entity(raw[:semi])
		if !ok {
			return dst, errXML
		}
		dst = utf8.AppendRune(dst, r)
		raw = raw[semi+1:]
	}
}

func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if name[0] != '#' || len(name) < 2 {
		return 0, false
	}
	digits, base := string(name[1:]), 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	r := rune(min(n, utf8.MaxRune+1))
	return r, err == nil && n > 0 && utf8.ValidRune(r)
}
