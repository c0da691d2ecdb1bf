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

// lines cuts a text at the ends of its lines and at the spans of duties. Spans
// that overlap share their piece with the duty that begins later.
func lines(text string, duties []directive.Duty) []line {
	r := []rune(text)
	owner := make([]int, len(r)) // 1 + index of the duty, negative where its time is named
	begin := map[int][]anchor{}
	for i := range duties {
		d := &duties[i]
		if d.Start >= d.End || d.End > len(r) {
			continue
		}
		begin[d.Start] = append(begin[d.Start], anchor{d.ID, d.Ref})
		for at := d.Start; at < d.End; at++ {
			owner[at] = i + 1
		}
	}
	for i := range duties {
		if from, to, ok := phraseAt(r, &duties[i]); ok {
			for at := from; at < to; at++ {
				if owner[at] == i+1 {
					owner[at] = -(i + 1)
				}
			}
		}
	}
	var out []line
	for from := 0; from <= len(r); {
		to := from
		for to < len(r) && r[to] != '\n' {
			to++
		}
		if strings.TrimSpace(string(r[from:to])) != "" {
			out = append(out, line{pieces(r, from, to, owner, begin, duties)})
		}
		from = to + 1
	}
	return out
}

func pieces(r []rune, from, to int, owner []int, begin map[int][]anchor, duties []directive.Duty) []piece {
	var out []piece
	for at := from; at < to; {
		end := at + 1
		for end < to && owner[end] == owner[at] && begin[end] == nil {
			end++
		}
		p := piece{Text: string(r[at:end]), Begin: begin[at], Time: owner[at] < 0}
		if i := max(owner[at], -owner[at]); i > 0 {
			p.Duty = duties[i-1].ID
		}
		out = append(out, p)
		at = end
	}
	return out
}

// phraseAt finds the words that name a duty's time inside its span.
func phraseAt(r []rune, d *directive.Duty) (from, to int, ok bool) {
	phrase := []rune(d.Phrase)
	if len(phrase) == 0 || d.Start >= d.End || d.End > len(r) {
		return 0, 0, false
	}
	for at := d.Start; at+len(phrase) <= d.End; at++ {
		if slices.Equal(r[at:at+len(phrase)], phrase) {
			return at, at + len(phrase), true
		}
	}
	return 0, 0, false
}
