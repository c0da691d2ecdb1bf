package reading

import "strings"

// mention is one addressee as written.
type mention struct {
	first, last int    // tokens, half open
	name        string // what is looked up: with the head noun of its list in front
	raw         string // as written
	some        bool   // only some of a collective: "UBND các xã (có cụm công nghiệp)"
}

// mentions reads a list of bodies that begins at a token: "các Sở: Tài chính,
// Xây dựng, Văn hóa, Thể thao và Du lịch; lãnh đạo Công an tỉnh". Names hold
// commas and "và", so each takes the longest name of the directory; head is the
// noun that the names of a list share. end is the token behind the list.
func (d *directory) mentions(s string, list []token, at int) (found []mention, end int) {
	head := ""
	for at < len(list) {
		if h, n := d.sharedHead(list, at); n > 0 {
			head, at = h, at+n
			if at < len(list) && list[at].low == ":" {
				at++
			}
		}
		m, ok := d.mention(s, list, at, head)
		if !ok {
			break
		}
		if !grammarOf().heads.has(list, m.nameStart(list)) && head == "" && len(found) > 0 && !d.known(m.raw) && !plural(m.raw) {
			break
		}
		m.narrow(s, list)
		found, at = append(found, m), m.last
		next := d.separator(list, at)
		if next == at {
			break
		}
		if !d.starts(s, list, next, head) {
			break
		}
		at = next
	}
	return found, at
}

// nameStart is the token behind the persons in front of a name.
func (m mention) nameStart(list []token) int { return skipPersons(list, m.first) }

func skipPersons(list []token, at int) int {
	g := grammarOf()
	for {
		n := g.persons.longest(list, at)
		if n == 0 || at+n >= len(list) {
			return at
		}
		at += n
		for at < len(list) && (list[at].low == "," || list[at].low == "và") && g.persons.has(list, at+1) {
			at++
		}
	}
}

// separator skips what stands between two names of a list: a bracket, a comma, a
// semicolon, "và". It gives the place itself where the list ends.
func (d *directory) separator(list []token, at int) int {
	next := skipBracket(list, at)
	moved := false
	for next < len(list) && (list[next].low == "," || list[next].low == ";" || list[next].low == "và" || list[next].low == "cùng" || list[next].low == "-" && moved) {
		next++
		moved = true
	}
	if !moved {
		return at
	}
	return next
}

// skipBracket is the token behind a bracket that begins at a place.
func skipBracket(list []token, at int) int {
	if at >= len(list) || list[at].low != "(" {
		return at
	}
	for i := at + 1; i < len(list); i++ {
		if list[i].low == ")" && list[i].depth == list[at].depth {
			return i + 1
		}
	}
	return at
}

// heads that a list may share: "các Sở: …", "UBND các xã: …".
var sharedHeads = []struct{ words, head string }{
	{"lãnh đạo các sở", "Sở"},
	{"giám đốc các sở", "Sở"},
	{"các sở", "Sở"},
	{"sở :", "Sở"},
	{"ubnd các xã", "UBND xã"},
	{"ubnd các huyện", "UBND huyện"},
	{"ubnd các phường", "UBND phường"},
	{"ủy ban nhân dân các xã", "UBND xã"},
	{"ủy ban nhân dân các huyện", "UBND huyện"},
	{"ủy ban nhân dân các phường", "UBND phường"},
	{"các huyện", "UBND huyện"},
	{"các xã", "UBND xã"},
	{"các phường", "UBND phường"},
	{"các bộ", "Bộ"},
}

// sharedHead is the noun of a list and the number of its tokens; 0 where the
// words are a collective ("các sở, ban, ngành") or a single name.
func (d *directory) sharedHead(list []token, at int) (string, int) {
	for _, h := range sharedHeads {
		n := phrase(list, at, h.words)
		if n == 0 || at+n >= len(list) {
			continue
		}
		next := list[at+n]
		if next.low == ":" || next.capital && !next.mark {
			return h.head, n
		}
	}
	return "", 0
}

// starts tells whether a name begins at a place.
func (d *directory) starts(s string, list []token, at int, head string) bool {
	if at >= len(list) || list[at].mark {
		return false
	}
	g := grammarOf()
	if g.persons.has(list, at) || g.heads.has(list, at) || many(list, at) > 0 || phrase(list, at, "văn phòng") > 0 {
		return true
	}
	if head != "" && list[at].capital {
		return true
	}
	_, ok := d.fromDirectory(s, list, at, "")
	return ok
}

// many is the number of tokens of "các", "những", "quý" before a noun of bodies.
func many(list []token, at int) int {
	if at+1 >= len(list) {
		return 0
	}
	switch list[at].low {
	case "các", "những", "mọi", "quý", "từng":
		if g := grammarOf(); g.plurals.has(list, at+1) || g.heads.has(list, at+1) || g.persons.has(list, at+1) {
			return 1
		}
	}
	return 0
}

// mention reads one name at a place.
func (d *directory) mention(s string, list []token, at int, head string) (mention, bool) {
	if at >= len(list) || list[at].mark {
		return mention{}, false
	}
	if head != "" && placeKinds.has(list, at) {
		return d.byGrammar(s, list, at, head)
	}
	if m, ok := d.fromDirectory(s, list, at, head); ok {
		return m, true
	}
	name := skipPersons(list, at)
	if name != at {
		if m, ok := d.fromDirectory(s, list, name, ""); ok {
			m.first, m.raw = at, s[list[at].start:list[m.last-1].end]
			m.name = m.raw
			return m, true
		}
	}
	return d.byGrammar(s, list, at, head)
}

// fromDirectory takes the longest name of the directory at a place.
func (d *directory) fromDirectory(s string, list []token, at int, head string) (mention, bool) {
	if d.tries++; d.tries > maxTries {
		return mention{}, false
	}
	most := at
	for most < len(list) && most-at < maxName {
		t := list[most]
		if t.mark && (t.low == "." || t.low == ":" || t.low == ";" || t.low == "(" || t.low == ")") {
			break
		}
		most++
	}
	for end := most; end > at; end-- {
		if list[end-1].mark || list[end-1].low == "và" {
			continue
		}
		raw := s[list[at].start:list[end-1].end]
		name := raw
		if head != "" {
			name = head + " " + raw
		}
		if !d.known(name) || d.goesOn(list, end) {
			continue
		}
		m := mention{first: at, last: end, name: name, raw: name}
		if head == "" && plural(raw) {
			m.widen(d, s, list)
		}
		return m, true
	}
	return mention{}, false
}

var (
	narrows = words("có|đã|còn|chưa|thuộc|trừ|không|nơi|đang|đăng ký")
	notOnly = words("có trách nhiệm|có nhiệm vụ|có liên quan|có ý kiến|có kế hoạch|có giải pháp|có văn bản|có báo cáo|có biện pháp|không được|đã được giao")
)

// narrower bounds the words of a condition.
const narrower = 14

// narrow takes the condition behind a collective that makes it some of its
// bodies: in a bracket, or "có …" up to the verb.
func (m *mention) narrow(s string, list []token) {
	if !plural(m.raw) || m.last+1 >= len(list) {
		return
	}
	if list[m.last].low == "(" && narrows.has(list, m.last+1) {
		if end := skipBracket(list, m.last); end > m.last {
			m.last, m.some = end, true
		}
	} else if (list[m.last].low == "có" || list[m.last].low == "đã" || list[m.last].low == "còn") && !notOnly.has(list, m.last) {
		g := grammarOf()
		for i := m.last + 2; i < len(list) && i < m.last+narrower && !list[i].mark; i++ {
			if g.verb(list, i, false) > 0 && g.nounBefore(list, m.last, i) < 0 && i > m.last+2 || g.fresh.has(list, i) {
				m.last, m.some = i, true
				break
			}
		}
	}
	if m.some {
		m.raw = s[list[m.first].start:list[m.last-1].end]
	}
}

// widen takes the words by which a collective goes on behind the name that the
// directory knows: "các sở, ban, ngành" with ", đoàn thể tỉnh".
func (m *mention) widen(d *directory, s string, list []token) {
	for m.last < len(list) && m.last-m.first < maxName {
		n := d.extends(list, m.last, true)
		if n == 0 || !list[m.last].mark && !grammarOf().qualifies.has(list, m.last) && list[m.last].low != "và" && list[m.last].low != "hoặc" && list[m.last].low != "tỉnh" {
			break
		}
		m.last += n
	}
	m.raw = s[list[m.first].start:list[m.last-1].end]
}

// goesOn tells whether a name that the directory knows is only the beginning of
// a longer one: "Sở Nông nghiệp" before "và Môi trường".
func (d *directory) goesOn(list []token, at int) bool {
	return at+1 < len(list) && list[at].low == "và" && list[at+1].capital &&
		!grammarOf().heads.has(list, at+1) && !grammarOf().persons.has(list, at+1)
}

// byGrammar reads a name that the directory does not know: from a noun of bodies
// up to the words that end it.
func (d *directory) byGrammar(s string, list []token, at int, head string) (mention, bool) {
	g := grammarOf()
	i := skipPersons(list, at)
	person := i > at
	collective := many(list, i) > 0
	if collective {
		i++
	}
	n := max(g.heads.longest(list, i), 0)
	if collective || !at0(list, i).capital {
		n = max(n, g.plurals.longest(list, i))
	}
	if n == 0 && head == "" && !person {
		return mention{}, false
	}
	if n > 0 && !collective && !list[i].capital && !person && !d.lowHead(list, i, at) {
		return mention{}, false
	}
	start := i
	i = max(i+n, i+1)
	if n > 0 && !collective && list[start].capital && i < len(list) && !d.mayFollow(list, i) {
		return mention{}, false
	}
	for i < len(list) && i-at < maxName {
		if !list[i].mark && !list[i].capital && endsInPlace(list, start, i) && !g.qualifies.has(list, i) {
			break
		}
		collective = collective || many(list, i) > 0
		m := d.extends(list, i, collective || !list[start].capital)
		if m == 0 {
			break
		}
		i += m
	}
	if i > len(list) {
		i = len(list)
	}
	if !collective && n > 0 && i == start+n && i-at < 2 {
		return mention{}, false // a bare noun names nobody
	}
	raw := strings.TrimSpace(s[list[at].start:list[i-1].end])
	name := raw
	switch {
	case head != "" && n == 0:
		name = head + " " + raw
		raw = name
	case strings.HasPrefix(head, "UBND") && placeKinds.has(list, start):
		name = "UBND " + raw
		raw = name
	}
	return mention{first: at, last: i, name: name, raw: raw}, true
}

// endsInPlace tells whether the words between two tokens end in the proper name of a
// place: "UBND huyện Na Hang". What follows in small letters is no part of it.
func endsInPlace(list []token, from, to int) bool {
	for i := from; i < to; i++ {
		if n := placeKinds.longest(list, i); n > 0 && i+n < to && list[i+n].capital && !list[i+n].mark {
			return list[to-1].capital
		}
	}
	return false
}

// mayFollow tells whether a word can follow the noun of a body's name: a capital,
// the word of a level, "các".
func (d *directory) mayFollow(list []token, i int) bool {
	return list[i].capital || placeKinds.has(list, i) || many(list, i) > 0 || grammarOf().qualifies.has(list, i) ||
		list[i].low == "tỉnh" || list[i].low == "cấp" || list[i].low == "nhân" || list[i].low == "các"
}

// lowHead tells whether a noun in small letters names bodies without "các":
// "sở, ngành", "chủ đầu tư", "xã Phù Lưu".
func (d *directory) lowHead(list []token, i, _ int) bool {
	for _, w := range []string{"chủ đầu tư", "nhà đầu tư", "đơn vị tư vấn", "sở ,", "thành viên", "cơ quan", "đơn vị", "huyện", "xã", "phường", "thành phố", "địa phương", "văn phòng", "doanh nghiệp", "ngành ,"} {
		if phrase(list, i, w) > 0 {
			return true
		}
	}
	return false
}

func at0(list []token, i int) token {
	if i < len(list) {
		return list[i]
	}
	return token{}
}

// extends is the number of tokens by which a name goes on at a place, 0 where it
// ends.
func (d *directory) extends(list []token, i int, collective bool) int {
	g := grammarOf()
	t := list[i]
	if n := g.qualifies.longest(list, i); n > 0 {
		return n
	}
	if t.mark || t.low == "và" || t.low == "hoặc" {
		if t.low != "," && t.low != "và" && t.low != "hoặc" || i+1 >= len(list) {
			return 0
		}
		next := list[i+1]
		if collective && !next.capital && g.plurals.has(list, i+1) && g.verb(list, i+1, false) == 0 {
			return 1 + g.plurals.longest(list, i+1)
		}
		if !collective && next.capital && !g.heads.has(list, i+1) && !g.persons.has(list, i+1) && !next.mark && t.low == "và" {
			return 2
		}
		return 0
	}
	if t.capital || g.trades.has(list, i) && at0(list, i+g.trades.longest(list, i)).capital && !at0(list, i+g.trades.longest(list, i)).mark {
		return 1
	}
	if g.stops.has(list, i) || g.verb(list, i, false) > 0 || g.fresh.has(list, i) || g.assigns.has(list, i) || many(list, i) > 0 && !collective && !strings.Contains("của quản lý", t.low) {
		if many(list, i) > 0 && i > 0 {
			return 1
		}
		return 0
	}
	return 1
}
