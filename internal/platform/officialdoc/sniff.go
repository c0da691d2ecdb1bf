package officialdoc

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// content is what a file turns out to be.
type content uint8

const (
	kindText content = iota
	kindNothing
	kindZip
	kindPDF
	kindEdxml
	kindOLE
	kindOther
)

// sniff tells what a file is by its first bytes.
func sniff(data []byte) content {
	head := data[:min(len(data), 4096)]
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return kindNothing
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return kindZip
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return kindOLE
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")):
		return kindPDF
	case bytes.HasPrefix(head, []byte("{\\rtf")):
		return kindOther
	}
	front := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n")
	low := bytes.ToLower(front)
	switch {
	case bytes.HasPrefix(low, []byte("<?xml")), bytes.HasPrefix(low, []byte("<edxml")):
		if bytes.Contains(low, []byte("edxml")) {
			return kindEdxml
		}
		return kindOther
	case bytes.HasPrefix(low, []byte("<!doctype")), bytes.HasPrefix(low, []byte("<html")):
		return kindOther
	}
	if wide(head) == nil && bytes.IndexByte(head, 0) >= 0 {
		return kindOther
	}
	return kindText
}

// wide is the byte order of a text in UTF-16 with a mark, nil for others.
func wide(data []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return binary.BigEndian
	}
	return nil
}

// decode gives the text of UTF-8 or, with a mark, UTF-16. Other codings of
// Vietnamese (TCVN3, VNI) cannot be told apart and are refused.
func decode(data []byte) (string, bool) {
	if order := wide(data); order != nil {
		data = data[2:]
		units := make([]uint16, len(data)/2)
		for i := range units {
			units[i] = order.Uint16(data[2*i:])
		}
		return string(utf16.Decode(units)), true
	}
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	return string(data), utf8.Valid(data)
}

// printable keeps control characters of a stranger's file name out of messages.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return '?'
		}
		return r
	}, s)
}
