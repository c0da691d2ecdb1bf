package criteria

import (
	"strconv"

	"giuchuan/internal/law"
)

// Whole is the key of a verification of all values of an indicator or of a
// whole criterion.
const Whole = "*"

// Progress counts the indicators of a set whose every value was compared with
// the original text.
type Progress struct{ Verified, Total int }

// String is "đã đối chiếu 41/57".
func (p Progress) String() string {
	return "đã đối chiếu " + strconv.Itoa(p.Verified) + "/" + strconv.Itoa(p.Total)
}

// progressOf counts indicators, not parts: an indicator with parts is verified
// when all its parts are. One whose value is left to the province has nothing
// to compare but its text, and needs a verification as a whole.
func progressOf(s *law.Set, list []law.ValueVerification) Progress {
	var p Progress
	for i := range s.Criteria {
		one := ProgressOf(s, &s.Criteria[i], list)
		p.Verified, p.Total = p.Verified+one.Verified, p.Total+one.Total
	}
	return p
}

func verified(s *law.Set, ind *law.Indicator, has map[[2]string]bool) bool {
	if has[[2]string{ind.Code, Whole}] {
		return true
	}
	values := Values(ind)
	for i := range values {
		if values[i].Verified == nil && !has[[2]string{ind.Code, values[i].Key()}] {
			return false
		}
	}
	judged := 0
	for _, slot := range ind.Parts {
		part := s.At(slot)
		if part.Unjudged {
			continue
		}
		if !verified(s, part, has) {
			return false
		}
		judged++
	}
	return len(values)+judged > 0
}

// Values is the values of an indicator and of its of-which share, as the law
// that ships gives them: each may be verified by its key.
func Values(ind *law.Indicator) []law.Threshold {
	values := ind.Values[:len(ind.Values):len(ind.Values)]
	if ind.Of != nil {
		values = append(values, ind.Of.Values...)
	}
	return values
}

// spread adds, for a verification of a whole indicator with parts, one for each
// part: the law verifies slot by slot.
func spread(s *law.Set, list []law.ValueVerification) []law.ValueVerification {
	out := list[:len(list):len(list)]
	for _, v := range list {
		slot, ok := s.Slot(v.Indicator)
		if !ok || v.Key != Whole {
			continue
		}
		for _, part := range s.At(slot).Parts {
			w := v
			w.Indicator = s.At(part).Code
			out = append(out, w)
		}
	}
	return out
}

// ProgressOf counts the indicators of one criterion of a set that are verified.
func ProgressOf(s *law.Set, criterion *law.Criterion, list []law.ValueVerification) Progress {
	has := standingKeys(s, list)
	p := Progress{Total: criterion.End - criterion.First}
	for slot := criterion.First; slot < criterion.End; slot++ {
		if has[[2]string{criterion.Code, Whole}] || verified(s, &s.Indicators[slot], has) {
			p.Verified++
		}
	}
	return p
}

// standingKeys is what of a set was verified.
func standingKeys(s *law.Set, list []law.ValueVerification) map[[2]string]bool {
	has := map[[2]string]bool{}
	for _, v := range list {
		if v.Set == s.ID {
			has[[2]string{v.Indicator, v.Key}] = true
		}
	}
	return has
}
