package board_test

import (
	"slices"
	"testing"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/law"
	"giuchuan/internal/view/viewtest"
)

// BenchmarkAtRisk looks for early warnings in a province: with the next year's
// thresholds made anew for each indicator, and once.
func BenchmarkAtRisk(b *testing.B) {
	w := viewtest.Demo(b)
	s, err := w.Board(b).Standing(b.Context(), viewtest.Today())
	viewtest.Must(b, err)
	a := s.Sets[slices.IndexFunc(s.Sets, func(a *review.Assessment) bool { return len(a.Units) > 20 })]
	b.Run("each", func(b *testing.B) {
		for b.Loop() {
			for slot := range a.Set.Indicators {
				for i := range a.Standing.Communes {
					c := &a.Standing.Communes[i]
					if o := &c.Indicators[slot]; o.Verdict == law.Met && o.HasMargin {
						law.Next(c, nil, &a.Facts.Communes[i], slot)
					}
				}
			}
		}
	})
	b.Run("once", func(b *testing.B) {
		for b.Loop() {
			a.AtRisk()
		}
	})
}
