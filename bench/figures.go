package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

// The sets that a province's review covers, 57 and 75 indicators.
const (
	setNTM     = "xa-ntm-2021-2025"
	setNangCao = "xa-ntm-nang-cao-2021-2025"
)

// province is the two-digit code of the province that is measured.
const province = "08"

// reviewPeriod is the period of generated findings; assessedOn is the day they
// are judged at.
const reviewPeriod = "2024-H1"

const assessedOn = "2024-08-31"

// newChance is the same for every run, so that figures can be compared.
func newChance() *rand.Rand { return rand.New(rand.NewPCG(57, 75)) }

// entry makes up what a commune reports of an indicator: figures on both sides
// of the thresholds, as numbers, fractions, by sex, or in words.
func entry(chance *rand.Rand, ind *law.Indicator, p day.Period) law.Entry {
	share := func() string { return fmt.Sprintf("%d,%d", 60+chance.IntN(40), chance.IntN(10)) }
	e := law.Entry{Period: p, Provenance: []string{"declared", "declared", "verified", "confirmed"}[chance.IntN(4)]}
	switch ind.Kind {
	case law.Scored:
		e.Value = "đạt"
		if ind.Parent >= 0 { // the total of the scores
			e.Value = strconv.Itoa(70 + chance.IntN(30))
		}
	case law.Amount:
		e.Value = fmt.Sprintf("%d,%d", 20+chance.IntN(40), chance.IntN(10))
		if ind.MaxScore > 0 {
			e.Value = strconv.Itoa(chance.IntN(int(ind.MaxScore/law.One) + 1))
		}
	case law.Share:
		e.Value = share()
		if chance.IntN(3) == 0 {
			of := 400 + chance.IntN(1600)
			e.Value, e.Numerator, e.Denominator = "", strconv.Itoa(of-chance.IntN(of/4)), strconv.Itoa(of)
		}
	case law.ShareOf:
		e.Value, e.Share = share(), share()
	case law.BySex:
		of := 900 + chance.IntN(2400)
		e.MaleNumerator, e.MaleDenominator = strconv.Itoa(of-chance.IntN(of/5)), strconv.Itoa(of)
		e.FemaleNumerator, e.FemaleDenominator = strconv.Itoa(of-chance.IntN(of/5)), strconv.Itoa(of)
	case law.Count:
		e.Value = strconv.Itoa(1 + chance.IntN(5))
	case law.Level:
		e.Value = strconv.Itoa(1 + chance.IntN(4))
		if len(ind.Levels) > 0 {
			e.Value = ind.Levels[chance.IntN(len(ind.Levels))]
		}
	default: // a word
		e.Value = []string{"đạt", "đạt", "đạt", "chưa đạt"}[chance.IntN(4)]
	}
	return e
}

// variants is how many different data each slot gets.
const variants = 64

// pool makes data for every slot that a person fills: of an indicator with
// parts these are its parts, so that all of a verdict's work is done.
func pool(chance *rand.Rand, set *law.Set, p day.Period) ([][]law.Datum, error) {
	out := make([][]law.Datum, set.Slots())
	for slot := range out {
		ind := set.At(slot)
		if len(ind.Parts) > 0 {
			continue
		}
		for range variants {
			e := entry(chance, ind, p)
			d, faults := ind.Read(&e)
			if len(faults) > 0 {
				return nil, fmt.Errorf("generated datum of %s %s: %w", set.ID, ind.Code, faults[0])
			}
			out[slot] = append(out[slot], d)
		}
	}
	return out, nil
}

// world is what evaluations need, without a database.
type world struct {
	lib    *law.Library
	set    *law.Set // 57 indicators
	places *place.Register
	on     day.Day
	period day.Period
}

func newWorld() (*world, error) {
	lib, err := criteria.LoadLaw()
	if err != nil {
		return nil, err
	}
	w := &world{lib: lib}
	if w.set, err = lib.Set(setNTM); err != nil {
		return nil, err
	}
	if w.places, err = place.LoadNational(reference.FS()); err != nil {
		return nil, err
	}
	if w.on, err = day.Parse(assessedOn); err != nil {
		return nil, err
	}
	w.period, err = day.ParsePeriod(reviewPeriod)
	return w, err
}

// communes lists the first n communes of the day before the country's districts
// began to change: the province's first, then all others. All kinds serve, for
// size is what is measured.
func (w *world) communes(n int) ([]place.Unit, error) {
	var own, others []place.Unit
	for _, u := range w.places.At(w.period.Last()).Communes("") {
		if u.Province == province {
			own = append(own, u)
		} else {
			others = append(others, u)
		}
	}
	all := append(own, others...)
	if len(all) < n {
		return nil, fmt.Errorf("the register has %d communes, not %d", len(all), n)
	}
	return all[:n], nil
}

// facts lays a full review of communes out.
func (w *world) facts(communes []place.Unit) (*law.Facts, error) {
	chance := newChance()
	data, err := pool(chance, w.set, w.period)
	if err != nil {
		return nil, err
	}
	tree := w.places.At(w.period.Last())
	facts := &law.Facts{On: w.on, Communes: make([]law.CommuneFacts, len(communes))}
	for i, u := range communes {
		c := &facts.Communes[i]
		c.ID, c.Class, c.Areas = u.ID, review.ClassOf(w.places, u.ID, w.on), []string{u.ID}
		for _, above := range tree.Ancestors(u.ID) {
			c.Areas = append(c.Areas, above.ID)
		}
		c.Data = make([]law.Datum, w.set.Slots())
		for slot := range c.Data {
			if len(data[slot]) > 0 && chance.IntN(40) > 0 { // one in forty was not reported
				c.Data[slot] = data[slot][chance.IntN(variants)]
			}
		}
	}
	return facts, nil
}

// decisions gives every province of the day a value for each delegated share.
func (w *world) decisions() *law.Decisions {
	dec := &law.Decisions{}
	for _, p := range w.places.At(w.period.Last()).Provinces() {
		for i := range w.set.Indicators {
			if ind := &w.set.Indicators[i]; ind.Delegated && ind.Kind == law.Share {
				dec.Values = append(dec.Values, law.Decision{
					Set: w.set.ID, Indicator: ind.Code, Value: 70 * law.One, Province: p.ID,
					From: day.None, Until: day.Forever, Number: "00/QĐ-UBND", Illustrative: true,
				})
			}
		}
	}
	return dec
}
