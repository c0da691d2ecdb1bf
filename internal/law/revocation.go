package law

// Revocation is the rule under which a recognition is proposed for revocation
// (Quy định kèm theo QĐ 18/2022/QĐ-TTg).
type Revocation struct {
	Titles  []Title // titles that are tested on this set
	Clauses []Clause
	Source  Source
}

// Clause is one condition: the share of unmet criteria in [AtLeast, Below), and
// at least one of the core criteria where NeedsCore is set.
type Clause struct {
	Code      string // "A", "B": for JSON and tests, never on screens
	AtLeast   Ratio
	Below     Ratio // zero = no upper bound
	NeedsCore bool
	Text      string // the condition in Vietnamese
}

// Ratio is a share of the criteria of a set, compared in whole numbers.
type Ratio struct{ Num, Den int }

// RevocationTest is the result twice over: what is certain from unmet criteria
// alone, and what is possible if every unknown criterion were unmet.
type RevocationTest struct {
	Certain, Possible *Clause // nil = none
	Unmet, Total      int
	CoreUnmet         []int // indexes of the core criteria that are unmet
}

// UnmetShare is the share of unmet criteria, rounded half up to four decimals.
func (t *RevocationTest) UnmetShare() Number {
	if t.Total == 0 {
		return 0
	}
	return Number((int64(t.Unmet)*int64(One)*2 + int64(t.Total)) / (2 * int64(t.Total)))
}

// Test applies the clauses to the verdicts of a set's criteria.
func (r *Revocation) Test(s *Set, criteria []Verdict) RevocationTest {
	t := RevocationTest{Total: len(criteria)}
	unknown, corePossible := 0, false
	for i, v := range criteria {
		core := s.Criteria[i].Core
		switch v {
		case Unmet:
			t.Unmet++
			if core {
				t.CoreUnmet = append(t.CoreUnmet, i)
				corePossible = true
			}
		case Unknown:
			unknown++
			corePossible = corePossible || core
		}
	}
	t.Certain = r.clause(t.Unmet, t.Total, len(t.CoreUnmet) > 0)
	t.Possible = r.clause(t.Unmet+unknown, t.Total, corePossible)
	return t
}

// clause gives the gravest clause that holds; clauses are listed from the
// mildest to the gravest.
func (r *Revocation) clause(unmet, total int, core bool) *Clause {
	for i := len(r.Clauses) - 1; i >= 0; i-- {
		c := &r.Clauses[i]
		if unmet*c.AtLeast.Den < total*c.AtLeast.Num || (c.NeedsCore && !core) {
			continue
		}
		if c.Below.Den != 0 && unmet*c.Below.Den >= total*c.Below.Num {
			continue
		}
		return c
	}
	return nil
}

// ClauseCode is the clause's code, or "none".
func ClauseCode(c *Clause) string {
	if c == nil {
		return "none"
	}
	return c.Code
}
