package officialdoc

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/kernel/vntext"
)

// words gathers one paragraph of a .docx.
type words struct {
	b       strings.Builder
	bold    []cut
	style   string
	list    string // id of its list
	level   int    // in the list, -1 when not said
	heading bool
	page    bool

	inRun, inMarks, inText bool // inside w:r, w:rPr of it, w:t
	isBold, plain          bool // of the run: bold said, not bold said
	hidden                 bool
}

func (p *words) start(e xml.StartElement) {
	on := func() bool { v := attribute(e, "val"); return v != "0" && v != "false" && v != "off" && v != "none" }
	switch e.Name.Local {
	case "r":
		p.inRun, p.isBold, p.plain, p.hidden = true, false, false, false
	case "rPr":
		p.inMarks = p.inRun
	case "t":
		p.inText = p.inRun && !p.hidden
	case "b":
		if p.inMarks {
			p.isBold, p.plain = on(), !on()
		}
	case "vanish":
		p.hidden = p.inMarks && on() || p.hidden
	case "tab", "ptab":
		if p.inRun {
			p.b.WriteByte('\t')
		}
	case "br", "cr":
		if p.inRun {
			p.b.WriteByte('\n')
		}
	case "noBreakHyphen":
		p.write("-")
	case "pStyle":
		p.style = attribute(e, "val")
	case "numId":
		if p.list = attribute(e, "val"); !p.inRun && p.list == "" {
			p.list = "0"
		}
	case "ilvl":
		p.level = number(attribute(e, "val"))
	case "outlineLvl":
		p.heading = number(attribute(e, "val")) < 9
	}
}

func (p *words) end(name string) {
	switch name {
	case "r":
		p.inRun, p.inText = false, false
	case "rPr":
		p.inMarks = false
	case "t":
		p.inText = false
	}
}

// write adds text of the run.
func (p *words) write(s string) {
	from := p.b.Len()
	p.b.WriteString(strings.NewReplacer("\n", " ", "\t", " ").Replace(vntext.NFC(s)))
	if n := len(p.bold); p.isBold && n > 0 && p.bold[n-1].to == from {
		p.bold[n-1].to = p.b.Len()
	} else if p.isBold {
		p.bold = append(p.bold, cut{from, p.b.Len()})
	} else if p.plain {
		p.bold = append(p.bold, cut{from, from}) // not bold, whatever the style says
	}
}

func (p *words) text() string { return p.b.String() }

// split makes lines of the paragraph; bold is what its style says.
func (p *words) split(bold bool) []line {
	var out []line
	at := 0
	for piece := range strings.SplitSeq(p.b.String(), "\n") {
		l := level(piece)
		if squeezed := squeeze(l.text); squeezed != "" {
			l.tidy = !strings.Contains(piece, "\t") && !strings.Contains(strings.TrimSpace(piece), strings.Repeat(" ", wideGap))
			if l.tidy {
				l.text = squeezed
			}
			l.bold = p.boldOf(cut{at, at + len(piece)}, piece, l, bold)
			if composed := vntext.NFC(l.text); composed != l.text {
				l.text, l.bold = composed, nil
			}
			out = append(out, l)
		}
		at += len(piece) + 1
	}
	return out
}

// boldOf finds the bold pieces of a line. Where spaces were taken out of it, only
// whether all or nothing is bold is known.
func (p *words) boldOf(c cut, piece string, l line, style bool) []cut {
	if style && len(p.bold) == 0 {
		return []cut{{0, len(l.text)}}
	}
	shown, all := 0, 0
	var out []cut
	lead := len(piece) - len(strings.TrimLeft(piece, " "))
	for _, b := range p.bold {
		b.from, b.to = max(b.from, c.from)-c.from, min(b.to, c.to)-c.from
		if b.from < b.to {
			all += len(strings.TrimSpace(piece[b.from:b.to]))
			out = append(out, cut{b.from - lead, b.to - lead})
		}
	}
	for part := range strings.FieldsSeq(piece) {
		shown += len(part)
	}
	exact := strings.Trim(piece, " ") == l.text
	switch {
	case len(out) == 0:
		return nil
	case exact:
		return clip(out, len(l.text))
	case all >= shown:
		return []cut{{0, len(l.text)}}
	}
	return nil
}

// number reads a small number; 0 for anything else.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1_000_000 {
		return 0
	}
	return n
}

// style is what a paragraph's style says.
type style struct {
	heading bool
	bold    bool
	list    string
	level   int
	parent  string
}

// readStyles reads the styles of paragraphs, each with what it inherits.
func readStyles(a *archive, part string) (map[string]style, error) {
	out := map[string]style{}
	id, s, inStyle, inRun := "", style{}, false, false
	err := a.read(part, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			v := attribute(t, "val")
			switch t.Name.Local {
			case "style":
				inStyle = attribute(t, "type") == "paragraph"
				id, s = attribute(t, "styleId"), style{}
			case "name":
				s.heading = s.heading || strings.HasPrefix(strings.ToLower(v), "heading ")
			case "basedOn":
				s.parent = v
			case "rPr":
				inRun = true
			case "b":
				s.bold = inRun && v != "0" && v != "false"
			case "outlineLvl":
				s.heading = number(v) < 9
			case "numId":
				s.list = v
			case "ilvl":
				s.level = number(v)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "rPr":
				inRun = false
			case "style":
				if inStyle && len(out) < 5000 {
					out[id] = s
				}
				inStyle = false
			}
		}
		return nil
	})
	for id, s := range out {
		parent, seen := s.parent, 0
		for p, ok := out[parent]; ok && seen < 12; p, ok = out[parent] {
			s.bold, s.heading = s.bold || p.bold, s.heading || p.heading
			if s.list == "" {
				s.list, s.level = p.list, p.level
			}
			parent, seen = p.parent, seen+1
		}
		out[id] = s
	}
	return out, err
}

// small tells whether s is at most n code points.
func small(s string, n int) bool { return utf8.RuneCountInString(s) <= n }
