package law_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"giuchuan/internal/law"
)

var verdicts = []law.Verdict{law.Unknown, law.Met, law.Unmet, law.NotApplicable}

func TestAndIsKleenes(t *testing.T) {
	const (
		u = law.Unknown
		m = law.Met
		x = law.Unmet
		n = law.NotApplicable
	)
	want := map[[2]law.Verdict]law.Verdict{
		{u, u}: u, {u, m}: u, {u, x}: x, {u, n}: u, {m, m}: m, {m, x}: x, {m, n}: m, {x, x}: x, {x, n}: x, {n, n}: n,
	}
	for pair, v := range want {
		for _, p := range [][2]law.Verdict{pair, {pair[1], pair[0]}} {
			if got := law.And(p[0], p[1]); got != v {
				t.Errorf("%s and %s is %s, want %s", p[0], p[1], got, v)
			}
		}
	}
	for _, a := range verdicts {
		for _, b := range verdicts {
			for _, c := range verdicts {
				if law.And(law.And(a, b), c) != law.And(a, law.And(b, c)) {
					t.Errorf("%s, %s, %s: the order of joining matters", a, b, c)
				}
			}
		}
	}
}

func TestVerdictWords(t *testing.T) {
	for _, v := range verdicts {
		if back, ok := law.ParseVerdict(v.String()); !ok || back != v {
			t.Errorf("%s reads as %s", v, back)
		}
	}
	if _, ok := law.ParseVerdict("passed"); ok {
		t.Error("an unknown word was read")
	}
}

func anyVerdicts(n int) *rapid.Generator[[]law.Verdict] {
	return rapid.SliceOfN(rapid.SampledFrom(verdicts), n, n)
}

// gravity orders the results of the test of revocation.
func gravity(r *law.Revocation, c *law.Clause) int {
	return slices.IndexFunc(r.Clauses, func(x law.Clause) bool { return c != nil && x.Code == c.Code })
}

func TestRevocationIsCertainOnlyIfPossible(t *testing.T) {
	s := set(t, ntm)
	rapid.Check(t, func(t *rapid.T) {
		criteria := anyVerdicts(len(s.Criteria)).Draw(t, "criteria")
		got := s.Revocation.Test(s, criteria)
		certain, possible := gravity(s.Revocation, got.Certain), gravity(s.Revocation, got.Possible)
		if certain > possible {
			t.Fatalf("certain %s, possible only %s", law.ClauseCode(got.Certain), law.ClauseCode(got.Possible))
		}
		// Whatever the unknown criteria turn out to be, the truth lies between.
		for i, v := range criteria {
			if v == law.Unknown {
				criteria[i] = rapid.SampledFrom([]law.Verdict{law.Met, law.Unmet}).Draw(t, "filled")
			}
		}
		truth := s.Revocation.Test(s, criteria)
		if g := gravity(s.Revocation, truth.Certain); g < certain || g > possible {
			t.Fatalf("filled in: %s, between certain %s and possible %s wanted", law.ClauseCode(truth.Certain),
				law.ClauseCode(got.Certain), law.ClauseCode(got.Possible))
		}
		if truth.Certain != truth.Possible {
			t.Fatal("nothing is unknown, yet certain and possible differ")
		}
	})
}

func TestRevocationByTheNumbers(t *testing.T) {
	s := set(t, ntm)
	for unmet := range 20 {
		for _, core := range []bool{false, true} {
			criteria := slices.Repeat([]law.Verdict{law.Met}, 19)
			left := unmet
			for i := range criteria {
				if s.Criteria[i].Core == core && left > 0 {
					criteria[i], left = law.Unmet, left-1
				}
			}
			for i := range criteria {
				if criteria[i] == law.Met && left > 0 {
					criteria[i], left = law.Unmet, left-1
				}
			}
			got := s.Revocation.Test(s, criteria)
			want := "none"
			switch {
			case unmet >= 10:
				want = "B"
			case unmet >= 6 && len(got.CoreUnmet) > 0:
				want = "A"
			}
			if law.ClauseCode(got.Certain) != want || got.Unmet != unmet || (core && unmet > 0) != (len(got.CoreUnmet) > 0) && unmet <= 16 {
				t.Errorf("%d unmet, core first %v: %s with core %v, want %s", unmet, core, law.ClauseCode(got.Certain), got.CoreUnmet, want)
			}
		}
	}
	none := law.RevocationTest{}
	if none.UnmetShare() != 0 {
		t.Error("no criteria have a share")
	}
}
