package board

import (
	"math"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
)

// tag is what one byte says of a fact beside its value.
type tag uint8

const (
	tagState        = 7      // law.State
	tagProvenance   = 3 << 3 // law.Provenance
	tagValue        = 1 << 5 // there is a value
	tagMore         = 1 << 6 // the page's side table has the rest
	tagIllustrative = 1 << 7 // marked as generated
)

// fact is one finding as it is read: place, period and measure apart.
type fact struct {
	datum        law.Datum
	illustrative bool
}

// more is what does not fit into the five bytes of a fact: figures by sex,
// numerators, and values of more than 214.748.
type more struct {
	value law.Number
	extra *law.Extra
}

// pack gives the tag and the narrow value of a fact, and what is left over.
func (f *fact) pack() (tag, int32, *more) {
	d := &f.datum
	t := tag(d.State)&tagState | tag(d.Provenance)<<3&tagProvenance
	if d.HasValue {
		t |= tagValue
	}
	if f.illustrative {
		t |= tagIllustrative
	}
	if d.Extra != nil || d.Value > math.MaxInt32 || d.Value < math.MinInt32 {
		return t | tagMore, 0, &more{d.Value, d.Extra}
	}
	return t, int32(d.Value), nil
}

// unpack is the fact that was packed; rest is nil unless the tag has tagMore.
func unpack(t tag, value int32, rest *more, p day.Period) fact {
	d := law.Datum{
		State: law.State(t & tagState), Provenance: law.Provenance(t & tagProvenance >> 3),
		HasValue: t&tagValue != 0, Period: p, Value: law.Number(value),
	}
	if rest != nil {
		d.Value, d.Extra = rest.value, rest.extra
	}
	return fact{d, t&tagIllustrative != 0}
}

// generated tells whether a note marks its finding as generated.
func generated(note string) bool { return strings.Contains(note, review.Illustrative) }
