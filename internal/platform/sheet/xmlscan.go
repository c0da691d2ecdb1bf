package sheet

import (
	"bytes"
	"errors"
	"io"
)

// Why a part of a workbook cannot be read as XML.
var (
	errXML      = errors.New("malformed XML")
	errDTD      = errors.New("DOCTYPE in XML")
	errDepth    = errors.New("XML nested too deeply")
	errElements = errors.New("too many XML elements")
)

type token uint8

const (
	tokenEOF token = iota
	tokenStart
	tokenEnd
	tokenText
)

// scanner reads one XML part as a stream of tokens through one fixed buffer.
// It knows exactly what a spreadsheet needs: elements, attributes, text, CDATA,
// the five named entities and numeric ones. It checks that tags nest, and
// refuses any declaration ("<!DOCTYPE", "<!ENTITY"), so nothing can expand.
// Slices it hands out are valid until the next token.
type scanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	eof      bool
	readErr  error

	maxDepth int
	elements *int // elements still allowed, shared by all parts of a workbook

	open    []byte // names of the open elements, one after the other
	starts  []int  // where each of them begins in open
	closing bool   // the last start tag closed itself
	inCDATA bool

	name  []byte // local name of the element
	attrs []byte // its attributes, not yet parsed
	text  []byte // raw text
	plain bool   // text came from CDATA: entities are literal
}

// scanBuffer is also the longest tag accepted.
const scanBuffer = 64 << 10

func newScanner(maxDepth int, elements *int) *scanner {
	return &scanner{buf: make([]byte, scanBuffer), maxDepth: maxDepth, elements: elements}
}

// reset makes the scanner read another part with the same buffer.
func (s *scanner) reset(r io.Reader) {
	s.r, s.pos, s.end, s.eof, s.readErr = r, 0, 0, false, nil
	s.open, s.starts, s.closing, s.inCDATA = s.open[:0], s.starts[:0], false, false
}

// depth is the number of open elements, the one just started included.
func (s *scanner) depth() int { return len(s.starts) }

// fill reads more input behind what is unread. It reports false at the end of
// input, on a read error and when the buffer is full.
func (s *scanner) fill() bool {
	if s.eof {
		return false
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		return false
	}
	for range 100 {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if err != nil {
			s.eof = true
			if !errors.Is(err, io.EOF) {
				s.readErr = err
			}
			return n > 0
		}
		if n > 0 {
			return true
		}
	}
	s.eof, s.readErr = true, io.ErrNoProgress
	return false
}

// bad is the error for input that cannot go on: the reader's own, or malformed.
func (s *scanner) bad() error {
	if s.readErr != nil {
		return s.readErr
	}
	return errXML
}

// start skips a byte order mark and refuses what is not UTF-8 XML.
func (s *scanner) start() error {
	for s.end-s.pos < 3 && s.fill() {
	}
	if bytes.HasPrefix(s.buf[s.pos:s.end], bomUTF8) {
		s.pos += len(bomUTF8)
	}
	if s.pos < s.end && (s.buf[s.pos] == '<' || isSpace(s.buf[s.pos])) {
		return nil
	}
	return s.bad()
}

// next returns the next token. Long texts come in several pieces.
func (s *scanner) next() (token, error) {
	if s.closing {
		s.closing = false
		s.pop()
		return tokenEnd, nil
	}
	for {
		if s.inCDATA {
			if t, err := s.cdata(); t != tokenEOF || err != nil {
				return t, err
			}
		}
		if s.pos == s.end && !s.fill() {
			if s.readErr != nil || s.depth() > 0 {
				return tokenEOF, s.bad()
			}
			return tokenEOF, nil
		}
		if s.buf[s.pos] != '<' {
			skip, err := s.chars()
			if err != nil {
				return tokenEOF, err
			}
			if skip {
				continue
			}
			return tokenText, nil
		}
		t, err := s.markup()
		if t != tokenEOF || err != nil {
			return t, err
		}
	}
}

// chars takes text up to the next tag; skip means it was white space outside
// the root element.
func (s *scanner) chars() (skip bool, err error) {
	window := s.buf[s.pos:s.end]
	n := bytes.IndexByte(window, '<')
	if n < 0 {
		n = len(window)
		if amp := bytes.LastIndexByte(window, '&'); !s.eof && amp >= 0 && n-amp < 16 {
			n = amp // the entity may go on in the next piece
		}
		if n == 0 {
			if s.fill() {
				return true, nil
			}
			if n = s.end - s.pos; n == len(s.buf) {
				return false, errXML
			}
		}
	}
	s.text, s.plain = s.buf[s.pos:s.pos+n], false
	s.pos += n
	if s.depth() == 0 {
		if len(bytes.TrimSpace(s.text)) > 0 {
			return false, errXML
		}
		return true, nil
	}
	return false, nil
}

// markup reads what begins with '<'. It returns tokenEOF for what is skipped.
func (s *scanner) markup() (token, error) {
	for s.end-s.pos < 9 && s.fill() {
	}
	rest := s.buf[s.pos:s.end]
	if len(rest) < 3 {
		return tokenEOF, s.bad()
	}
	switch rest[1] {
	case '?':
		return tokenEOF, s.skipPast(2, "?>")
	case '/':
		return s.endTag()
	case '!':
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			return tokenEOF, s.skipPast(4, "-->")
		case bytes.HasPrefix(rest, []byte("<![CDATA[")) && s.depth() > 0:
			s.pos += 9
			s.inCDATA = true
			return tokenEOF, nil
		case len(rest) >= 9 && bytes.EqualFold(rest[:9], []byte("<!DOCTYPE")),
			len(rest) >= 8 && bytes.EqualFold(rest[:8], []byte("<!ENTITY")):
			return tokenEOF, errDTD
		}
		return tokenEOF, s.bad()
	}
	return s.startTag()
}

// skipPast drops input up to and with mark.
func (s *scanner) skipPast(from int, mark string) error {
	s.pos += from
	for {
		if i := bytes.Index(s.buf[s.pos:s.end], []byte(mark)); i >= 0 {
			s.pos += i + len(mark)
			return nil
		}
		if keep := len(mark) - 1; s.end-s.pos > keep {
			s.pos = s.end - keep
		}
		if !s.fill() {
			return s.bad()
		}
	}
}

// cdata hands out the text of a CDATA section; tokenEOF means it has ended.
func (s *scanner) cdata() (token, error) {
	for {
		window := s.buf[s.pos:s.end]
		n := bytes.Index(window, []byte("]]>"))
		if n == 0 {
			s.pos += 3
			s.inCDATA = false
			return tokenEOF, nil
		}
		if n < 0 {
			n = len(window) - 2
		}
		if n > 0 {
			s.text, s.plain = window[:n], true
			s.pos += n
			return tokenText, nil
		}
		if !s.fill() {
			return tokenEOF, s.bad()
		}
	}
}

func (s *scanner) endTag() (token, error) {
	i := bytes.IndexByte(s.buf[s.pos:s.end], '>')
	for i < 0 {
		if !s.fill() {
			return tokenEOF, s.bad()
		}
		i = bytes.IndexByte(s.buf[s.pos:s.end], '>')
	}
	name := bytes.TrimRight(s.buf[s.pos+2:s.pos+i], " \t\r\n")
	s.pos += i + 1
	if s.depth() == 0 || !bytes.Equal(name, s.open[s.starts[len(s.starts)-1]:]) {
		return tokenEOF, errXML
	}
	s.name = local(name)
	s.pop()
	return tokenEnd, nil
}

func (s *scanner) pop() {
	last := len(s.starts) - 1
	s.open = s.open[:s.starts[last]]
	s.starts = s.starts[:last]
}

func (s *scanner) startTag() (token, error) {
	n := tagEnd(s.buf[s.pos:s.end])
	for n < 0 {
		if !s.fill() {
			return tokenEOF, s.bad()
		}
		n = tagEnd(s.buf[s.pos:s.end])
	}
	tag := s.buf[s.pos+1 : s.pos+n]
	s.pos += n + 1
	if s.closing = len(tag) > 0 && tag[len(tag)-1] == '/'; s.closing {
		tag = tag[:len(tag)-1]
	}
	end := 0
	for end < len(tag) && !isSpace(tag[end]) {
		end++
	}
	if end == 0 {
		return tokenEOF, errXML
	}
	if len(s.starts) >= s.maxDepth {
		return tokenEOF, errDepth
	}
	if *s.elements--; *s.elements < 0 {
		return tokenEOF, errElements
	}
	s.starts = append(s.starts, len(s.open))
	s.open = append(s.open, tag[:end]...)
	s.name, s.attrs = local(tag[:end]), tag[end:]
	return tokenStart, nil
}

// tagEnd finds the '>' that ends the tag at the head of b, past quoted values.
func tagEnd(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '>':
			return i
		case '"', '\'':
			n := bytes.IndexByte(b[i+1:], b[i])
			if n < 0 {
				return -1
			}
			i += n + 1
		}
	}
	return -1
}
