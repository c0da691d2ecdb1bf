package reading

import "strings"

// duty is a stretch of a text that gives one duty.
type duty struct {
	first, last int       // tokens, half open
	who         []mention // named at its head; none = as before
	split       bool      // cut at a comma or "và" inside a sentence
}

// duties cuts the text of an item into duties: at the ends of sentences, at ";"
// before a verb, at a comma or "và" before a verb that has an object of its own.
// What says more about a duty ("Thời gian hoàn thành …", "Nội dung báo cáo: …")
// stays with it. Brackets are never cut.
func (d *directory) duties(s string, list []token, from int) []duty {
	var out []duty
	starts := append(sentences(list), len(list))
	for i := 0; i+1 < len(starts); i++ {
		a, b := max(starts[i], from), starts[i+1]
		if b <= from {
			continue
		}
		first, who, ok := d.begin(s, list, a, b)
		switch {
		case ok:
			if len(who) == 0 && len(out) > 0 {
				who = out[len(out)-1].who
			}
			out = append(out, d.cut(s, list, duty{first: first, last: b, who: who})...)
		case len(out) > 0 && !opinion(list, a):
			out[len(out)-1].last = b
		}
	}
	return out
}

var (
	opinions = words("đồng ý|thống nhất|ghi nhận|đánh giá cao|biểu dương|cơ bản thống nhất|cơ bản đồng ý|nhất trí|hoan nghênh|trên đây|tuy nhiên|qua|nhìn chung|đến nay|hiện nay|thời gian qua|trong thời gian qua|theo báo cáo")
	joints   = words("đồng thời|bên cạnh đó|ngoài ra|riêng|đặc biệt là|đặc biệt|nhất là|trong đó|cụ thể|theo đó|do đó|vì vậy")
	adjuncts = words("đối với|theo|trên cơ sở|căn cứ|trong|định kỳ|hằng|hàng|trước|chậm nhất|khi|nếu|từ|sau|để|nhằm|tại|trường hợp|ngoài|thông qua|với|mỗi|về|qua|hết|kể từ|quá|đầu|cuối|ngay")
	modals   = words("theo|căn cứ|có trách nhiệm|chịu trách nhiệm|trên cơ sở|trong|phải|cần|sẽ|với|tự|ngay|là cơ quan|là đầu mối|là đơn vị|định kỳ|hằng|hàng|trước ngày|có nhiệm vụ|khi|nếu|phụ trách")
)

func opinion(list []token, at int) bool { return opinions.has(list, at) }

// begin finds where a duty begins between two tokens, and who is named there.
func (d *directory) begin(s string, list []token, a, b int) (first int, who []mention, ok bool) {
	g := grammarOf()
	if opinion(list, a) {
		return d.assigned(s, list, a, b)
	}
	at := enumerator(list, a)
	if n := joints.longest(list, at); n > 0 {
		at += n
		for at < b && (list[at].low == "," || list[at].low == ":") {
			at++
		}
	}
	if at >= b {
		return 0, nil, false
	}
	if who, _, ok := d.subject(s, list, at, b); ok {
		return a, who, true
	}
	if n := g.starters.longest(list, at); n > 0 && at+n < b && !list[at+n].mark {
		return a, nil, true
	}
	if g.verb(list, at, true) > 0 || g.fresh.has(list, at) && g.verb(list, at+g.fresh.longest(list, at), false) > 0 {
		if at == a || g.verb(list, at, true) > 0 {
			return a, nil, !d.content(list, at)
		}
	}
	if adjuncts.has(list, at) {
		return d.afterAdjunct(s, list, a, b)
	}
	return d.assigned(s, list, a, b)
}

// content tells whether a verb at the head of a sentence is a noun there: "Báo
// cáo của các đơn vị gửi về …".
func (d *directory) content(list []token, at int) bool {
	g := grammarOf()
	n := g.verbs.longest(list, at)
	next := at0(list, at+n)
	return n > 0 && (next.low == "của" || next.low == "này" || next.low == ":" && next.mark)
}

// subject reads "(Giao) <bodies> <verb>": who acts, and where what they do begins.
func (d *directory) subject(s string, list []token, at, b int) (who []mention, then int, ok bool) {
	g := grammarOf()
	n := g.assigns.longest(list, at)
	at += n
	if n > 0 && at < b && list[at].low == ":" {
		at++
	}
	if at >= b || !d.starts(s, list, at, "") {
		return nil, 0, false
	}
	who, then = d.mentions(s, list, at)
	if len(who) == 0 || then > b {
		return nil, 0, false
	}
	then = skipBracket(list, then)
	if then < b && list[then].low == "," {
		then++
	}
	if then >= b || list[then].low == ":" || list[then].low == "." || list[then].low == "/" {
		done := then+1 >= len(list) || then+1 < b && g.verb(list, then+1, true) > 0
		return who, then, n > 0 || then >= b || list[then].low == ":" && done
	}
	if modals.has(list, then) || g.verb(list, then, n > 0) > 0 || g.fresh.has(list, then) {
		return who, then, true
	}
	return nil, 0, false
}

// afterAdjunct finds the duty behind words that only tell when, how or about what:
// "Định kỳ hằng tuần, chủ đầu tư gửi báo cáo".
func (d *directory) afterAdjunct(s string, list []token, a, b int) (int, []mention, bool) {
	g := grammarOf()
	for i := a + 1; i < b && i < a+60; i++ {
		if list[i-1].low == "," || list[i-1].low == ":" {
			if who, _, ok := d.subject(s, list, i, b); ok {
				return a, who, true
			}
			if g.verb(list, i, false) > 0 || g.fresh.has(list, i) {
				return a, nil, true
			}
		}
	}
	for i := a + 1; i < b && i < a+40; i++ {
		if list[i].low == "đã" || list[i].low == "chưa" {
			break // it tells what was done
		}
		if !list[i].mark && g.verb(list, i, false) > 0 && g.nounBefore(list, a, i) < 0 {
			return a, nil, true
		}
	}
	return 0, nil, false
}

// assigned finds "…, giao Sở X …" behind an opinion or a reason.
func (d *directory) assigned(s string, list []token, a, b int) (int, []mention, bool) {
	g := grammarOf()
	for i := a; i < b; i++ {
		n := g.assigns.longest(list, i)
		if n == 0 || list[i].depth > 0 || list[i].low == "đối" {
			continue
		}
		if who, _, ok := d.subject(s, list, i, b); ok && !d.past(list, a, i) {
			return i, who, true
		}
		i += n - 1
	}
	return 0, nil, false
}

// past tells whether an order is only told of: "đã giao", "được giao".
func (d *directory) past(list []token, a, i int) bool {
	return i > a && (list[i-1].low == "đã" || list[i-1].low == "được" || list[i-1].low == "theo" || list[i-1].low == "có")
}

// cut splits one sentence.
func (d *directory) cut(s string, list []token, whole duty) []duty {
	var out []duty
	cur := whole
	cur.last = cur.first
	for i := cur.first + 1; i < whole.last; i++ {
		if list[i].depth > 0 || i-cur.first < 3 || i < headEnd(cur.who) {
			continue
		}
		at, who, ok := d.boundary(s, list[:whole.last], cur, i)
		if !ok {
			continue
		}
		if cur.last = i; list[i].low == ")" {
			cur.last = i + 1
		}
		out = append(out, cur)
		split := list[i-1].low == "," || list[i].low == "," || list[i].low == "và" || list[i].low == "để"
		if len(who) == 0 {
			who = cur.who
		}
		cur = duty{first: at, last: at, who: who, split: split}
		i = at
	}
	cur.last = whole.last
	return append(out, cur)
}

// headEnd is the token behind the bodies that a duty names at its head: a list of
// them is never cut, whatever marks stand in it.
func headEnd(who []mention) int {
	end := 0
	for _, m := range who {
		end = max(end, m.last)
	}
	return end
}

// boundary tells whether a duty ends at a token and the next one begins at at.
func (d *directory) boundary(s string, list []token, cur duty, i int) (at int, who []mention, ok bool) {
	g, b := grammarOf(), len(list)
	switch list[i].low {
	case ";":
		return d.afterSemicolon(s, list, i+1, b)
	case ",":
		return d.afterComma(list, cur, i, b)
	case "và":
		at = i + 1
		n := g.own.longest(list, at)
		if n == 0 || at+n >= b || list[at+n].mark || list[at+n].low == "và" || g.nominal.has(list, i-1) || g.endsInVerb(list, cur.first, i) ||
			d.purpose(list, cur.first, i) || g.verbs.has(list, at+n) && g.bare(list, at+n, b) {
			return 0, nil, false
		}
		return at, nil, i-cur.first >= 6 && d.hasObject(list, cur.first, i)
	case ")":
		at = i + 1
		n := g.fresh.longest(list, at)
		if n > 0 && g.verb(list, at+n, false) > 0 {
			return at, nil, true
		}
	case "để":
		return i + 1, nil, d.meansToEnd(list, cur.first, i)
	}
	return 0, nil, false
}

// afterSemicolon tells whether a duty begins behind a semicolon.
func (d *directory) afterSemicolon(s string, list []token, at, b int) (int, []mention, bool) {
	g := grammarOf()
	if at = enumerator(list, at); at >= b {
		return 0, nil, false
	}
	if who, _, ok := d.subject(s, list, at, b); ok {
		return at, who, true
	}
	n := g.fresh.longest(list, at)
	return at, nil, n > 0 || g.verb(list, at, enumerator(list, at-3) == at) > 0
}

// enumerator is the token behind a number or letter in brackets that stands at a
// place: "(1)", "(a)"; the place itself where there is none.
func enumerator(list []token, at int) int {
	if at >= 0 && at+2 < len(list) && list[at].low == "(" && list[at+2].low == ")" && len([]rune(list[at+1].low)) <= 2 {
		return at + 3
	}
	return at
}

// afterComma tells whether a duty begins behind a comma: a verb with an object of
// its own, where the words before the comma are no bare verb.
func (d *directory) afterComma(list []token, cur duty, i, b int) (int, []mention, bool) {
	g := grammarOf()
	at := i + 1
	if at >= b || d.purpose(list, cur.first, i) {
		return 0, nil, false
	}
	if n := g.fresh.longest(list, at); n > 0 && g.verb(list, at+n, false) > 0 && !g.results.has(list, at+n) {
		return at, nil, d.hasObject(list, cur.first, i)
	}
	n := g.verb(list, at, false)
	if n == 0 || g.results.has(list, at) || g.delivers.has(list, at) || g.bare(list, at+n, b) || g.endsInVerb(list, cur.first, i) || g.listed(list, cur.first, i) {
		return 0, nil, false
	}
	return at, nil, d.hasObject(list, cur.first, i)
}

// bare tells whether nothing follows a verb that it could be done to.
func (g *grammar) bare(list []token, at, b int) bool {
	return at >= b || list[at].mark || list[at].low == "và"
}

// listed tells whether the words before a comma go on a list that a noun-making
// word opened: "việc thực hiện duy trì, củng cố, …".
func (g *grammar) listed(list []token, from, i int) bool {
	prev := i - 1
	for prev > from && list[prev].low != "," {
		prev--
	}
	return prev > from && list[prev].low == "," && g.endsInVerb(list, prev, i)
}

// hasObject tells whether a duty has a verb and words it acts on.
func (d *directory) hasObject(list []token, from, to int) bool {
	g := grammarOf()
	verbs, others := 0, 0
	for i := from; i < to; {
		n := g.verbs.longest(list, i)
		switch {
		case n > 0 && !(list[i].capital && i > from) && g.nounBefore(list, from, i) < 0:
			verbs++
		case n == 0:
			if n = max(g.adverbs.longest(list, i), g.fresh.longest(list, i)); n == 0 && !list[i].mark {
				others++
			}
		}
		i += max(n, 1)
	}
	return verbs > 0 && others >= 2
}

// purpose tells whether the words since the last comma tell a purpose or a
// condition, whose verbs are nobody's duty.
func (d *directory) purpose(list []token, from, i int) bool {
	g := grammarOf()
	for k := i - 1; k >= from; k-- {
		switch list[k].low {
		case ";":
			return false
		case ",":
			if list[k].depth == list[i].depth && g.verb(list, k+1, false) == 0 {
				return false
			}
		case "để", "nhằm", "nếu", "khi", "góp":
			return i-k < 20
		}
	}
	return false
}

// meansToEnd tells whether "để" joins raising money with the works it pays for:
// two duties.
func (d *directory) meansToEnd(list []token, from, i int) bool {
	if !ends.has(list, i+1) {
		return false
	}
	for k := from; k < i; k++ {
		if means.has(list, k) {
			return true
		}
	}
	return false
}

var (
	means = words("huy động|lồng ghép|bố trí|cân đối|ưu tiên")
	ends  = words("đầu tư|thực hiện đầu tư|xây dựng|triển khai")
)

// trim is the text of a duty without the marks at its ends, in bytes.
func trim(s string, list []token, d duty) (start, end int) {
	start, end = list[d.first].start, list[d.last-1].end
	for end > start && strings.IndexByte(" ;,./", s[end-1]) >= 0 {
		end--
	}
	if strings.HasPrefix(s[start:end], ", ") {
		start += 2
	}
	return start, end
}
