package reading

import (
	"slices"
	"strings"

	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/officialdoc"
)

// party is whom a document addresses as a whole.
type party struct {
	set    []Addressee // the default addressees
	letter []Addressee // under "Kính gửi"
}

// addressees turns mentions into addressees. Where two bodies are named and none
// leads the role is left empty; a list with a collective, or one body, acts each
// for itself.
func (d *directory) addressees(p *party, who []mention, role string) (list []Addressee, notes []string) {
	pointed := false
	for _, m := range who {
		if back := d.back(p, m); len(back) > 0 {
			list, pointed = append(list, back...), true
			continue
		}
		b := d.resolve(m.name)
		if m.some {
			b = body{collective: true, note: noteList + m.raw}
		}
		if b.note != "" {
			notes = append(notes, b.note)
		}
		list = append(list, Addressee{Text: m.raw, Role: text(role), Agencies: nonNil(b.ids), Collective: b.collective})
	}
	if role == Lead && len(list) > 1 && !pointed && !each(list) {
		for i := range list {
			list[i].Role = nil
		}
		notes = append(notes, noteLead)
	}
	return list, notes
}

// each tells whether every body of a list acts for itself: one of them is a
// collective, or all are committees of places.
func each(list []Addressee) bool {
	return slices.ContainsFunc(list, func(a Addressee) bool { return a.Collective }) ||
		!slices.ContainsFunc(list, func(a Addressee) bool {
			return !committeeText.MatchString(a.Text) && !slices.ContainsFunc(a.Agencies, func(id string) bool { return committeeID.MatchString(id) })
		})
}

var (
	committeeText = vntext.Lazy(`(?i)^(?:chủ tịch )?(?:ubnd|(?:ủy|uỷ) ban nhân dân) `)
	committeeID   = vntext.Lazy(`^ubnd-\d`)
)

const noteLead = "văn bản không nêu cơ quan chủ trì, cần người chọn"

func nonNil(ids []string) []string {
	if ids == nil {
		return []string{}
	}
	return ids
}

// back resolves words that point back to the addressees of the document: "các cơ
// quan, đơn vị trên", "chủ đầu tư".
func (d *directory) back(p *party, m mention) []Addressee {
	if len(p.letter) == 0 || d.known(m.raw) && !d.resolve(m.raw).rest() || !generic(m.raw) {
		return nil
	}
	return p.letter
}

// generic tells whether a name is only nouns that any body could bear.
func generic(raw string) bool {
	g := grammarOf()
	list := tokens(raw)
	for i := 0; i < len(list); {
		n := max(g.plurals.longest(list, i), g.qualifies.longest(list, i))
		switch {
		case n > 0 && !list[i].capital, n > 0 && i == 0:
		case list[i].mark, slices.Contains([]string{"các", "quý", "và", "những"}, list[i].low):
			n = 1
		default:
			return false
		}
		i += n
	}
	text := vntext.Fold(raw)
	for _, own := range []string{"lien quan", "so", "ubnd", "huyen", "xa", "phuong", "thanh pho", "bo", "doan the", "ban nganh", "hoi"} {
		if slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }), own) || strings.Contains(text, own) && strings.Contains(own, " ") {
			return false
		}
	}
	return true
}

var trailing = vntext.Lazy(` *\([^()]*\) *$`)

// letter is the addressees under "Kính gửi".
func (d *directory) letter(rows []officialdoc.Line) (list []Addressee, notes []string) {
	for _, row := range rows {
		t := strings.TrimSpace(trailing.ReplaceAllString(row.Text, ""))
		toks := tokens(t)
		if len(toks) == 0 {
			continue
		}
		who, end := d.mentions(t, toks, 0)
		if len(who) < 2 || end < len(toks) {
			who = []mention{{name: t, raw: t}}
		}
		for _, m := range who {
			b := d.resolve(m.name)
			if b.note != "" {
				notes = append(notes, b.note)
			}
			list = append(list, Addressee{Text: m.raw, Role: text(Lead), Agencies: nonNil(b.ids), Collective: b.collective})
		}
	}
	return list, notes
}

// supporters finds who is to help: behind "phối hợp với", or before "phối hợp".
func (d *directory) supporters(s string, list []token, from, to int) []mention {
	for i := from; i < to && i < from+40; i++ {
		if list[i].low != "phối" || phrase(list, i, "phối hợp") == 0 {
			continue
		}
		at := i + 2
		for at < to && at < i+5 && list[at].low != "với" {
			at++
		}
		if at >= to || list[at].low != "với" {
			continue
		}
		if at++; !d.starts(s, list, at, "") {
			continue
		}
		who, _ := d.mentions(s, list, at)
		return who
	}
	return nil
}

var leading = words("chủ trì|phụ trách|làm đầu mối|là cơ quan chủ trì|là đầu mối")

// helps reads "A phụ trách …, B phối hợp": B.
func (d *directory) helps(s string, list []token, then, to int) []mention {
	if leading.longest(list, then) == 0 {
		return nil
	}
	for i := then + 1; i+1 < to && i < then+25; i++ {
		if list[i].low != "," || !d.starts(s, list, i+1, "") {
			continue
		}
		if who, end := d.mentions(s, list, i+1); len(who) > 0 && phrase(list, end, "phối hợp") > 0 {
			return who
		}
	}
	return nil
}
