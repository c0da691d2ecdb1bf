package overview

import (
	"giuchuan/internal/feature/review"
	"giuchuan/internal/law"
)

// Trust is how far what a verdict rests on was checked: 0 = it rests on nothing,
// then law.Provenance plus one.
type Trust uint8

// The trusts.
const (
	NoData       Trust = iota
	Declared           // xã tự đánh giá
	Verified           // huyện đã thẩm tra
	Confirmed          // cơ quan phụ trách đã xác nhận
	FieldChecked       // đã kiểm tra thực địa
	trusts       = FieldChecked + 1
)

// Vietnamese is the trust as people read it.
func (t Trust) Vietnamese() string {
	if t == NoData {
		return "chưa có số liệu"
	}
	return law.Provenance(t - 1).Vietnamese()
}

// weaker is the weaker of two trusts; nothing at all is no trust to compare.
func weaker(a, b Trust) Trust {
	switch {
	case a == NoData:
		return b
	case b == NoData:
		return a
	}
	return min(a, b)
}

// TrustOfSlot is the trust of one indicator: its own datum's, or that of the
// weakest of its parts.
func TrustOfSlot(a *review.Assessment, i, slot int) Trust {
	data := a.Facts.Communes[i].Data
	if d := &data[slot]; d.Known() && d.State != law.Faulty {
		return Trust(d.Provenance) + 1
	}
	t := NoData
	for _, p := range a.Set.At(slot).Parts {
		if d := &data[p]; d.Known() && d.State != law.Faulty {
			t = weaker(t, Trust(d.Provenance)+1)
		}
	}
	return t
}

// TrustOf is the trust of a criterion's verdict: the weakest datum among the
// indicators that decide it. An unmet criterion rests on the indicators that are
// unmet, every other one on all of them.
func TrustOf(a *review.Assessment, i, criterion int) Trust {
	c, s := &a.Set.Criteria[criterion], &a.Standing.Communes[i]
	t := NoData
	for slot := c.First; slot < c.End; slot++ {
		if s.Criteria[criterion] == law.Unmet && s.Indicators[slot].Verdict != law.Unmet {
			continue
		}
		t = weaker(t, TrustOfSlot(a, i, slot))
	}
	return t
}

// StandingTrust is the trust of a commune's situation: the weakest among the
// criteria that make it. What is held rests on all criteria, everything else on
// those that are unmet, or on those that are known when none is.
func StandingTrust(a *review.Assessment, i int) Trust {
	s := &a.Standing.Communes[i]
	t := NoData
	for c, v := range s.Criteria {
		if s.Counts.Unmet > 0 && v != law.Unmet || v == law.Unknown {
			continue
		}
		t = weaker(t, TrustOf(a, i, c))
	}
	return t
}
