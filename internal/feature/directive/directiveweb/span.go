package directiveweb

import (
	"slices"
	"strings"

	"giuchuan/internal/feature/directive"
)

// line is one line of a document's text, in pieces.
type line struct {
	Pieces []piece
}

// piece is a stretch of text that belongs to the same duties.
type piece struct {
	Text  string
	Duty  string   // id of the duty it was read for, "" = none
	Begin []anchor // duties whose span begins here
	Time  bool     // the words that name the time of the duty
}

// anchor leads from the text to a duty.
type anchor struct{ ID, Ref string }

// owned is a text of which every letter knows the duty it was read for.
type owned struct {
	r      []rune
	owner  []int // 1 + index of the duty, negative where its time is named
	begin  map[int][]anchor
	duties []directive.Duty
}

// lines cuts a text at the ends of its lines and at the spans of duties. Spans
// that overlap share their piece with the duty that comes later.
func lines(text string, duties []directive.Duty) []line {
	t := own([]rune(text), duties)
	var out []line
	for from := 0; from <= len(t.r); {
		to := from
		for to < len(t.r) && t.r[to] != '\n' {
			to++
		}
		if strings.TrimSpace(string(t.r[from:to])) != "" {
			out = append(out, line{t.pieces(from, to)})
		}
		from = to + 1
	}
	return out
}

func own(r []rune, duties []directive.Duty) *owned {
	t := &owned{r: r, owner: make([]int, len(r)), begin: map[int][]anchor{}, duties: duties}
	for i := range duties {
		d := &duties[i]
		if d.Start >= d.End || d.End > len(r) {
			continue
		}
		t.begin[d.Start] = append(t.begin[d.Start], anchor{d.ID, d.Ref})
		for at := d.Start; at < d.End; at++ {
			t.owner[at] = i + 1
		}
	}
	for i := range duties {
		from, to, ok := phraseAt(r, &duties[i])
		for at := from; ok && at < to; at++ {
			if t.owner[at] == i+1 {
				t.owner[at] = -(i + 1)
			}
		}
	}
	return t
}

func (t *owned) pieces(from, to int) []piece {
	var out []piece
	for at := from; at < to; {
		end := at + 1
		for end < to && t.owner[end] == t.owner[at] && t.begin[end] == nil {
			end++
		}
		p := piece{Text: string(t.r[at:end]), Begin: t.begin[at], Time: t.owner[at] < 0}
		if i := max(t.owner[at], -t.owner[at]); i > 0 {
			p.Duty = t.duties[i-1].ID
		}
		out = append(out, p)
		at = end
	}
	return out
}

// phraseAt finds the words that name a duty's time inside its span; words that
// only lead to another document name none.
func phraseAt(r []rune, d *directive.Duty) (from, to int, ok bool) {
	phrase := []rune(d.Phrase)
	if len(phrase) == 0 || d.Kind == directive.ByReference || d.Start >= d.End || d.End > len(r) {
		return 0, 0, false
	}
	for at := d.Start; at+len(phrase) <= d.End; at++ {
		if slices.Equal(r[at:at+len(phrase)], phrase) {
			return at, at + len(phrase), true
		}
	}
	return 0, 0, false
}
