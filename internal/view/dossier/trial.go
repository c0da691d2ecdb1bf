package dossier

import (
	"slices"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/law"
	"giuchuan/internal/view/overview"
)

// Trial is what would follow if some criteria or indicators were met. Nothing of
// it is saved.
type Trial struct {
	Assumed    []string // "10 Thu nhập", in order of the set
	Before     review.Situation
	After      review.Situation
	Sentence   string // the revocation test that would hold, in words
	Met, Total int
	Unmet      []string
	Unknown    []string
}

// Try judges a commune again with the criteria and indicators of some codes
// taken as met; codes that the set does not have are passed over. nil when
// nothing is assumed.
func Try(a *review.Assessment, row int, codes []string) *Trial {
	one := overview.Pick(a, []int{row})
	was := &one.Standing.Communes[0]
	now := *was
	now.Criteria, now.Indicators = slices.Clone(was.Criteria), slices.Clone(was.Indicators)
	t := &Trial{Before: review.SituationOf(was), Total: len(was.Criteria)}
	for at := range a.Set.Criteria {
		c := &a.Set.Criteria[at]
		whole := slices.Contains(codes, c.Code) && open(was.Criteria[at])
		if whole {
			t.Assumed = append(t.Assumed, c.Code+" "+c.Name)
		}
		v := law.NotApplicable
		for slot := c.First; slot < c.End; slot++ {
			ind := a.Set.At(slot)
			single := !whole && slices.Contains(codes, ind.Code) && open(now.Indicators[slot].Verdict)
			if single && ind.Code != c.Code {
				t.Assumed = append(t.Assumed, ind.Code+" "+ind.Name)
			}
			if single || whole && open(now.Indicators[slot].Verdict) {
				now.Indicators[slot].Verdict = law.Met
			}
			v = law.And(v, now.Indicators[slot].Verdict)
		}
		now.Criteria[at] = v
	}
	if len(t.Assumed) == 0 {
		return nil
	}
	now.Counts = count(now.Criteria)
	now.Revocation = law.RevocationTest{Unmet: now.Counts.Unmet, Total: len(now.Criteria)}
	if a.Set.Revocation != nil {
		now.Revocation = a.Set.Revocation.Test(a.Set, now.Criteria)
	}
	one.Standing.Communes[0] = now
	t.After, t.Sentence = review.SituationOf(&now), one.RevocationSentence(0)
	t.Met = now.Counts.Met + now.Counts.NotApplicable
	t.Unmet, t.Unknown = one.Criteria(0, law.Unmet), one.Criteria(0, law.Unknown)
	return t
}

func open(v law.Verdict) bool { return v == law.Unmet || v == law.Unknown }

func count(criteria []law.Verdict) law.Counts {
	var n law.Counts
	for _, v := range criteria {
		switch v {
		case law.Met:
			n.Met++
		case law.Unmet:
			n.Unmet++
		case law.Unknown:
			n.Unknown++
		case law.NotApplicable:
			n.NotApplicable++
		}
	}
	return n
}

// Words says what the trial gives in one sentence.
func (t *Trial) Words() string {
	text := "Nếu đạt thêm " + strings.Join(t.Assumed, "; ") + ": " + itoa(t.Met) + "/" + itoa(t.Total) + " tiêu chí đạt"
	if len(t.Unmet) > 0 {
		text += ", còn chưa đạt " + strings.Join(t.Unmet, ", ")
	}
	if len(t.Unknown) > 0 {
		text += ", chưa đủ số liệu " + strings.Join(t.Unknown, ", ")
	}
	return text + "."
}
