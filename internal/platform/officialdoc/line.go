package officialdoc

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

// role is what a line of the letterhead or of the end of a document is.
type role uint8

const (
	rolePlain     role = iota
	roleMotto          // quốc hiệu, tiêu ngữ, "ĐẢNG CỘNG SẢN VIỆT NAM"
	roleMark           // khẩn
	roleIssuer         // agencies of the letterhead
	roleNumber         // "Số: …"
	roleDate           // place and day
	roleSubject        // "V/v …"
	roleKind           // "THÔNG BÁO"
	roleTitle          // trích yếu
	roleAuthority      // who decides
	roleNoise          // what stands in the letterhead without being part of it
	roleTo             // "Kính gửi:"
	roleAddressee      // a row under it
	roleReceive        // "Nơi nhận:"
	roleRow            // a row under it
	roleFloat          // "(Báo cáo)" beside the rows
	roleCapacity       // "TL. CHỦ TỊCH"
	roleSigned         // "(Đã ký)"
	roleName           // the signer
	roleAnnex          // "PHỤ LỤC I"
)

// cut is a range of bytes of a line's text.
type cut struct{ from, to int }

// line is one line of a source before the document is understood. Sources that
// know paragraphs (.docx) give one line for each.
type line struct {
	text   string // from a text file with its inner spaces until tidied
	indent int    // columns before it
	end    int    // column after its last character
	blank  bool   // an empty line stands before it
	page   bool   // a page begins with it
	whole  bool   // a paragraph of a source that knows paragraphs
	tidy   bool   // text has single spaces already
	head   bool   // styled as a heading
	bold   []cut
	marker string // given by the source's numbering
	cell   Cell
	role   role
	part   Part
}

// split cuts text into lines: composed, spaces of all kinds as spaces, without
// what does not show, tabs to columns of eight. Blank lines are counted only.
func split(text string, lim Limits) ([]line, error) {
	text = vntext.NFC(text)
	for _, end := range []string{"\r\n", "\r", "\v", "\u0085", "\u2028", "\u2029"} {
		text = strings.ReplaceAll(text, end, "\n")
	}
	text = strings.ReplaceAll(text, "\f", "\n\f")
	var out []line
	blank, page := false, false
	for raw := range strings.SplitSeq(text, "\n") {
		page = page || strings.HasPrefix(raw, "\f")
		l := level(raw)
		if l.text == "" {
			blank = true
			continue
		}
		l.blank, l.page = blank, page
		blank, page = false, false
		if out = append(out, l); len(out) > 4*lim.Blocks {
			return nil, fault.New(fault.TooLarge, msgBlocks, "limit", count(lim.Blocks))
		}
	}
	return out, nil
}

// level makes a line of raw: its columns counted, its end trimmed.
func level(raw string) line {
	if simple(raw) {
		body := strings.TrimLeft(raw, " ")
		l := line{indent: len(raw) - len(body), text: strings.TrimRight(body, " ")}
		l.end = l.indent + utf8.RuneCountInString(l.text)
		return l
	}
	var b strings.Builder
	b.Grow(len(raw))
	column := 0
	for _, r := range raw {
		switch {
		case r == '\t':
			for n := 8 - column%8; n > 0 && (n == 8-column%8 || column < 400); n-- {
				b.WriteByte(' ')
				column++
			}
			continue
		case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
			r = ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			continue
		case bullet(r):
			r = '•'
		}
		b.WriteRune(r)
		column++
	}
	return level(b.String())
}

// simple tells whether raw holds nothing but plain characters and spaces.
func simple(raw string) bool {
	for _, r := range raw {
		switch {
		case r == ' ', r > ' ' && r < 0x7F, r >= 0xC0 && r < 0x180, r >= 0x1EA0 && r < 0x1F00:
		case unicode.IsSpace(r), unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Zs), bullet(r):
			return false
		}
	}
	return true
}

// bullet tells the bullets of the fonts Symbol and Wingdings.
func bullet(r rune) bool { return r == '\uf0b7' || r == '\uf0a7' || r == '\uf02d' || r == '\uf0d8' }

// squeeze is s with single spaces and none around.
func squeeze(s string) string {
	s = strings.Trim(s, " ")
	if !strings.Contains(s, "  ") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for i := 0; i < len(s); i++ {
		if s[i] == ' ' {
			gap = true
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// tidyAll squeezes every line that is not yet.
func tidyAll(lines []line) {
	for i := range lines {
		if l := &lines[i]; !l.tidy {
			l.text, l.tidy = squeeze(l.text), true
		}
	}
}

// capitals tells whether s is written in capitals: it has letters and none of
// them is small.
func capitals(s string) bool {
	upper := false
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		upper = upper || unicode.IsUpper(r)
	}
	return upper
}

// letters counts the letters of s, but not beyond most.
func letters(s string, most int) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			if n++; n >= most {
				break
			}
		}
	}
	return n
}

// short tells whether s has at most n code points, without counting far.
func short(s string, n int) bool {
	return len(s) <= n || len(s) <= 4*n && utf8.RuneCountInString(s) <= n
}

// first and last are the outermost code points of s.
func first(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

func last(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }
