package officialdoc

import (
	"strings"
	"unicode"
)

// parts tells opening, body and closing apart; header, end and annex are known.
func parts(paras []para) {
	from, to := 0, len(paras)
	for from < to && paras[from].part == PartHeader {
		from++
	}
	for i := from; i < to; i++ {
		if paras[i].part != "" {
			to = i
			break
		}
	}
	items := bodyStart(paras[from:to]) + from
	for i := from; i < to; i++ {
		if paras[i].part = PartBody; i < items {
			paras[i].part = PartOpening
		}
	}
	for i := to - 1; i > items && i >= to-4; i-- {
		if paras[i].marker.level != LevelNone || paras[i].cell != (Cell{}) {
			break
		}
		if closes(paras[i].text) {
			for ; i < to; i++ {
				paras[i].part = PartClosing
			}
			break
		}
	}
}

// bodyStart finds the first item. A document without items begins with its basis
// and the line that announces the rest.
func bodyStart(paras []para) int {
	bases := 0
	for i, p := range paras {
		if p.marker.level != LevelNone && !founds(p.text) && p.cell == (Cell{}) {
			return i
		}
		if founds(p.text) && bases == i {
			bases = i + 1
		}
	}
	for i, p := range paras[bases:min(len(paras), bases+3)] {
		if strings.HasSuffix(p.text, ":") {
			return bases + i + 1
		}
	}
	return bases
}

// closes tells whether a plain paragraph at the end only rounds the document off.
func closes(s string) bool {
	for _, begin := range []string{"Trên đây", "Căn cứ nội dung", "Căn cứ các nội dung", "Căn cứ kết luận", "Nhận được", "Thừa lệnh", "Thừa ủy quyền", "Trân trọng"} {
		if strings.HasPrefix(s, begin) {
			return true
		}
	}
	if strings.HasSuffix(s, "./.") && short(s, 300) && (strings.HasPrefix(s, "Yêu cầu ") || strings.HasPrefix(s, "Đề nghị ")) {
		return true
	}
	for _, inside := range []string{"xin thông báo", "thông báo để", "thông báo đến"} {
		if strings.HasSuffix(s, "./.") && short(s, 400) && strings.Contains(s, inside) {
			return true
		}
	}
	return false
}

// founds tells a paragraph that says what the document rests on.
func founds(s string) bool {
	for _, begin := range []string{"Căn cứ", "Xét đề nghị", "Xét ", "Theo đề nghị", "Sau khi nghe", "Sau khi xem xét", "CĂN CỨ"} {
		if strings.HasPrefix(s, begin) {
			return true
		}
	}
	return false
}

// basis gathers what the document rests on, one line for each.
func (b *builder) basis() {
	const most = 200
	for i, p := range b.paras {
		if p.part != PartOpening || len(b.doc.Basis) >= most {
			continue
		}
		if !founds(p.text) {
			if c, ok := heard(p.text); ok {
				b.doc.Basis = append(b.doc.Basis, b.line(i, c))
			}
			continue
		}
		from := 0
		for from < len(p.text) && len(b.doc.Basis) < most {
			n := strings.Index(p.text[from:], "; Căn cứ")
			if n < 0 {
				n = len(p.text) - from
			}
			b.doc.Basis = append(b.doc.Basis, b.line(i, cut{from, from + grounds(p.text[from:from+n])}))
			from += n + 1
		}
	}
}

// heard finds the sentence "Sau khi nghe … báo cáo …" inside a paragraph.
func heard(s string) (cut, bool) {
	at := strings.Index(s, ". Sau khi nghe")
	if at < 0 {
		return cut{}, false
	}
	from := at + 2
	to := len(s)
	if n := strings.Index(s[from:], ". "); n >= 0 {
		to = from + n
	}
	if n := strings.LastIndex(s[from:to], ", "); n > 0 && strings.Contains(s[from+n:to], "kết luận") {
		to = from + n // "…, Phó Chủ tịch kết luận"
	}
	return cut{from, to}, true
}

// grounds is the length of s without a last clause that already orders: "Căn cứ
// …; UBND huyện ban hành Kế hoạch như sau".
func grounds(s string) int {
	for at := 0; at < len(s); {
		n := strings.IndexAny(s[at:], ",;")
		if n < 0 {
			break
		}
		at += n + 1
		rest := strings.TrimLeft(s[at:clamp(s, at+300)], " ")
		if len(rest) == 0 || !unicode.IsUpper(first(rest)) {
			continue
		}
		clause, _, _ := strings.Cut(rest, ";")
		clause, _, _ = strings.Cut(clause, ", ")
		for _, verb := range []string{" yêu cầu", " như sau", " kết luận", " giao ", " đề nghị"} {
			if strings.Contains(clause, verb) {
				return at - 1
			}
		}
	}
	return len(s)
}
