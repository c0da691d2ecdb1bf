package demo

import (
	"strconv"

	"giuchuan/internal/law"
)

func itoa(n int) string { return strconv.Itoa(n) }

// figures generates a value that passes or fails the threshold of a slot.
func (g *generator) figures(ind *law.Indicator, m *law.Mark, fail bool) figures {
	if ind.IfAny && !fail && g.rng.IntN(6) == 0 {
		return figures{value: "không áp dụng"}
	}
	switch ind.Kind {
	case law.YesNo, law.Depends, law.Compound, law.Scored:
		if fail {
			return figures{value: "chưa đạt"}
		}
		return figures{value: "đạt"}
	case law.BySex:
		return g.sexes(ind, m, fail)
	case law.Count, law.Level:
		return figures{value: g.whole(ind, m, fail)}
	case law.ShareOf:
		f := figures{value: g.share(ind, m.Value, fail)}
		if m.Sub != nil {
			f.share = g.share(ind, m.Sub.Value, false)
		}
		return f
	case law.Share:
		if countable(ind.Things) && g.rng.IntN(3) == 0 {
			return g.fraction(ind, m.Value, fail)
		}
		return figures{value: g.share(ind, m.Value, fail)}
	}
	return figures{value: g.amount(ind, m.Value, fail)}
}

// share is a percentage with one decimal on the right side of the threshold.
func (g *generator) share(ind *law.Indicator, t law.Number, fail bool) string {
	tenth := law.One / 10
	step := law.Number(1+g.rng.IntN(60)) * tenth
	up := (ind.Comparator == law.AtLeast) != fail
	v := t
	switch {
	case up && (fail || g.rng.IntN(4) > 0):
		v = min(100*law.One, t+step)
	case !up && (fail || ind.Comparator == law.AtMost):
		v = max(0, t-step)
	}
	if fail && v == t {
		v -= tenth
	}
	return max(0, v).Vietnamese()
}

// countable tells whether a commune has hundreds of the things.
func countable(things string) bool {
	return things == "hộ" || things == "người" || things == "học sinh" || things == "trẻ"
}

// fraction reports a share by its numerator and denominator.
func (g *generator) fraction(ind *law.Indicator, t law.Number, fail bool) figures {
	den := 400 + g.rng.IntN(1600)
	num := g.count(ind, t, den, fail)
	return figures{numerator: itoa(num), denominator: itoa(den)}
}

// count is a numerator on the right side of the threshold.
func (g *generator) count(ind *law.Indicator, t law.Number, den int, fail bool) int {
	need := int((int64(t)*int64(den) + int64(100*law.One) - 1) / int64(100*law.One))
	step := g.rng.IntN(1 + den/25)
	if (ind.Comparator == law.AtLeast) != fail {
		return min(den, need+step)
	}
	return max(0, need-1-step)
}

func (g *generator) sexes(ind *law.Indicator, m *law.Mark, fail bool) figures {
	men, women := 900+g.rng.IntN(2400), 900+g.rng.IntN(2400)
	male, female := g.count(ind, m.Value, men, fail), g.count(ind, m.Value, women, false)
	return figures{
		maleNum: itoa(male), maleDen: itoa(men), femaleNum: itoa(female), femaleDen: itoa(women),
		numerator: itoa(male + female), denominator: itoa(men + women),
	}
}

func (g *generator) whole(ind *law.Indicator, m *law.Mark, fail bool) string {
	n := int(m.Value / law.One)
	switch {
	case fail && ind.Comparator == law.AtLeast:
		n--
	case fail:
		n += 1 + g.rng.IntN(5)
	}
	if len(ind.Levels) > 0 {
		return ind.Levels[max(0, min(n, len(ind.Levels)-1))]
	}
	return itoa(max(0, n))
}

// amount is a quantity up to 12 % beyond the threshold, or short of it.
func (g *generator) amount(ind *law.Indicator, t law.Number, fail bool) string {
	step := t * law.Number(1+g.rng.IntN(12)) / 100
	if (ind.Comparator == law.AtLeast) == fail {
		step = -step
	}
	v := t + step
	return (v - v%(law.One/10)).Vietnamese()
}
