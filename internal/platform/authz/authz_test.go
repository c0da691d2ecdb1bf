package authz

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The places of the tests: two communes of one district, one of another
// district, one of another province.
func path(relation string) []string {
	switch relation {
	case "own commune":
		return []string{"08.1", "074.1", "02392.1"}
	case "same district":
		return []string{"08.1", "074.1", "02407.1"}
	case "same province":
		return []string{"08.1", "072.1", "02251.1"}
	case "other province":
		return []string{"02.1", "024.1", "00715.1"}
	}
	return nil
}

// oracle says the same as permission.go in another way: act by act, from the
// prose of the roles, without the table.
func oracle(s Subject, a Action, o Object) bool {
	if s.ID == "" {
		return false
	}
	if a == OwnAccount {
		return o.Owner == s.ID
	}
	under := func(place string) bool {
		for _, p := range o.PlacePath {
			if place != "" && p == place {
				return true
			}
		}
		return false
	}
	for _, g := range s.Grants {
		mine := false
		for _, f := range g.Fields {
			mine = mine || o.Field != "" && (f == "*" || o.Field == f || len(o.Field) > len(f) && o.Field[:len(f)+1] == f+".")
		}
		commune := (g.Role == CommuneEntry || g.Role == CommuneLeader) && under(g.Place)
		district := (g.Role == DistrictOffice || g.Role == DistrictLeader) && under(g.Place)
		desk := g.Role == InCharge && under(g.Place)
		supplier := g.Role == Supplier && under(g.Place) && mine
		province := (g.Role == Coordination || g.Role == ProvinceOffice || g.Role == ProvinceLeader) && under(g.Place)
		coordination := g.Role == Coordination && under(g.Place)
		making := o.State == Draft || o.State == Returned
		way := making || o.State == Submitted || o.State == Verified
		yes := false
		switch a {
		case ViewStanding:
			yes = commune || district || desk || province
		case ViewCommune, Export:
			yes = commune || district || desk || province || supplier
		case ViewOriginal:
			yes = commune || district || desk && mine || coordination
		case ViewCriteria:
			yes = g.Role.Valid()
		case EnterFinding:
			yes = g.Role == CommuneEntry && commune && making
		case Submit:
			yes = g.Role == CommuneLeader && commune && making && !slices.Contains(o.Makers, s.ID)
		case AskAgain:
			yes = commune && way
		case SupplyFinding:
			yes = (desk && mine || supplier) && way
		case Verify:
			yes = district && o.State == Submitted && !o.TwoTier
		case Return:
			yes = district && o.State == Submitted && !o.TwoTier || desk && mine && readyForAgency(o)
		case Confirm:
			yes = desk && mine && readyForAgency(o)
		case FieldCheck:
			yes = (desk && mine || coordination) && (o.State == Submitted || o.State == Verified || o.State == Confirmed || o.State == Closed)
		case CorrectClosed:
			yes = coordination && o.State == Closed
		case ManageRounds, AssignCriteria, ManageTitles:
			yes = coordination
		case AssignArea:
			yes = coordination || district || g.Role == CommuneLeader && commune && o.TwoTier
		case DecideValue, VerifyValue:
			yes = coordination || desk && mine
		case Direct:
			yes = g.Role == ProvinceOffice && under(g.Place)
		case RequestTask: // from any page: the province's offices and leaders; an agency about its own criteria
			yes = province || desk && mine
		case ViewDirective: // the province all, a unit what concerns it, an administrator none
			unit := g.Unit != "" && g.Unit == o.Unit
			yes = province || unit && g.Role.Valid() && g.Role != ProvinceAdmin && g.Role != UnitAdmin &&
				g.Role != Coordination && g.Role != ProvinceOffice && g.Role != ProvinceLeader
		case CarryTask: // who works for the body that has the task, from the commune up to the coordination office
			yes = carrier(g, o)
		case ViewTask: // that body itself, and the province
			yes = carrier(g, o) || province
		case ManageAccounts:
			yes = g.Role == ProvinceAdmin && under(g.Place) || g.Role == UnitAdmin && g.Unit != "" && g.Unit == o.Unit
		case ReadJournal:
			yes = province || g.Role == ProvinceAdmin && under(g.Place)
		}
		if yes {
			return true
		}
	}
	return false
}

// carrier: the grant's unit is the body that has the task, and the role works on
// matters of the programme; administrators, the office that gives tasks and the
// leaders do not carry them out.
func carrier(g Grant, o Object) bool {
	switch g.Role {
	case ProvinceOffice, ProvinceLeader, ProvinceAdmin, UnitAdmin:
		return false
	}
	return g.Role.Valid() && g.Unit != "" && g.Unit == o.Unit
}

// readyForAgency: before 1/7/2025 the district stands between the commune and
// the agency, afterwards nobody does.
func readyForAgency(o Object) bool {
	if o.TwoTier {
		return o.State == Submitted || o.State == Verified
	}
	return o.State == Verified
}

// grantOf is a grant as the role has it in the tests: of 02392.1 and above it.
func grantOf(r Role) Grant {
	g := Grant{Role: r, Place: "08.1", Unit: "vpdp-ntm.1"}
	switch r.Tier() {
	case OfCommune:
		g.Place, g.Unit = "02392.1", "ubnd-02392.1"
	case OfDistrict:
		g.Place, g.Unit = "074.1", "ubnd-074.1"
	case OfUnit:
		g.Place, g.Unit = "02392.1", "ubnd-02392.1"
	}
	if r.TakesFields() {
		g.Fields = []string{"xa-ntm-2021-2025/15"}
	}
	return g
}

// objects are all objects of the matrix: place x unit x field x state x tiers
// x who made it.
func objects() (out []Object) {
	for _, relation := range []string{"own commune", "same district", "same province", "other province", "none"} {
		for _, unit := range []string{"ubnd-02392.1", "ubnd-02407.1", ""} {
			for _, field := range []string{"xa-ntm-2021-2025/15", "xa-ntm-2021-2025/15.1", "xa-ntm-2021-2025/150", "xa-ntm-2021-2025/1", ""} {
				for _, state := range States() {
					for _, two := range []bool{false, true} {
						for _, maker := range [][]string{nil, {"me"}, {"you"}} {
							out = append(out, Object{PlacePath: path(relation), Unit: unit, Field: field, State: state, TwoTier: two, Makers: maker})
						}
					}
				}
			}
		}
	}
	return out
}

func TestEveryCellAgreesWithTheOracle(t *testing.T) {
	cells, granted := 0, map[Action]int{}
	for _, role := range append(Roles(), "", "nobody") {
		s := Subject{ID: "me", Grants: []Grant{grantOf(role)}}
		if role == "" {
			s.Grants = nil
		}
		for _, a := range append(Actions(), "", "fly") {
			for _, o := range objects() {
				cells++
				for _, o.Owner = range []string{"", "me", "you"} {
					got, want := May(s, a, o), oracle(s, a, o)
					if got != want {
						t.Fatalf("%s, %s, %+v: May says %v, the oracle %v", role, a, o, got, want)
					}
					if got {
						granted[a]++
					}
					if got && !Reaches(s, a) {
						t.Fatalf("%s may %s but Reaches denies it", role, a)
					}
				}
			}
		}
	}
	for _, a := range Actions() {
		if granted[a] == 0 {
			t.Errorf("nobody can ever %s", a)
		}
	}
	if granted[""] != 0 || granted["fly"] != 0 {
		t.Error("an action that is not of the list is allowed")
	}
	t.Logf("%d cells", cells)
}

func TestNobodyWithoutNameMayAnything(t *testing.T) {
	s := Subject{Grants: []Grant{grantOf(Coordination)}}
	for _, a := range Actions() {
		if May(s, a, Object{PlacePath: path("own commune")}) || Reaches(s, a) {
			t.Errorf("a subject without an id may %s", a)
		}
	}
	if len(Areas(s)) != 0 {
		t.Error("a subject without an id sees a place")
	}
}

func TestWhoEntersDoesNotSend(t *testing.T) {
	both := Subject{ID: "me", Grants: []Grant{grantOf(CommuneEntry), grantOf(CommuneLeader)}}
	o := Object{PlacePath: path("own commune"), State: Draft}
	if !May(both, EnterFinding, o) || !May(both, Submit, o) {
		t.Fatal("a person with both roles may do both acts, on different sheets")
	}
	o.Makers = []string{"you", "me"}
	if May(both, Submit, o) {
		t.Error("who entered a value of the sheet sends it")
	}
}

// drawn is a random subject and a random object.
func drawn(t *rapid.T) (Subject, Action, Object) {
	places := []string{"", "08.1", "074.1", "02392.1", "02407.1", "072.1", "02251.1", "02.1"}
	field := rapid.SampledFrom([]string{"", "*", "xa-ntm-2021-2025/15", "xa-ntm-2021-2025/15.1", "xa-ntm-2021-2025/1"})
	unit := rapid.SampledFrom([]string{"", "ubnd-02392.1", "vpdp-ntm.1"})
	s := Subject{ID: "me"}
	for range rapid.IntRange(0, 4).Draw(t, "grants") {
		s.Grants = append(s.Grants, Grant{
			Role: rapid.SampledFrom(append(Roles(), "")).Draw(t, "role"), Place: rapid.SampledFrom(places).Draw(t, "place"),
			Unit: unit.Draw(t, "unit"), Fields: rapid.SliceOfN(field, 0, 2).Draw(t, "fields"),
		})
	}
	a := rapid.SampledFrom(Actions()).Draw(t, "action")
	return s, a, Object{
		PlacePath: path(rapid.SampledFrom([]string{"own commune", "same district", "same province", "other province", "none"}).Draw(t, "where")),
		Unit:      unit.Draw(t, "owner unit"), Field: field.Draw(t, "field"), State: rapid.SampledFrom(States()).Draw(t, "state"),
		TwoTier: rapid.Bool().Draw(t, "two"), Makers: rapid.SliceOfN(rapid.SampledFrom([]string{"me", "you"}), 0, 1).Draw(t, "makers"),
	}
}

func TestFewerGrantsNeverAllowMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, a, o := drawn(t)
		if May(s, a, o) != oracle(s, a, o) {
			t.Fatalf("%+v %s %+v: May and the oracle differ", s, a, o)
		}
		if len(s.Grants) == 0 {
			return
		}
		cut := rapid.IntRange(0, len(s.Grants)-1).Draw(t, "cut")
		fewer := Subject{ID: s.ID, Grants: slices.Delete(slices.Clone(s.Grants), cut, cut+1)}
		if May(fewer, a, o) && !May(s, a, o) {
			t.Fatalf("without %+v the subject may %s, with it not", s.Grants[cut], a)
		}
	})
}

// TestAreasSayWhatMaySays holds the filter of lists against the single answer.
func TestAreasSayWhatMaySays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _, o := drawn(t)
		listed := false
		for _, area := range Areas(s) {
			if slices.Contains(o.PlacePath, area.Place) && (area.Fields == nil || Covers(area.Fields, o.Field)) {
				listed = true
			}
		}
		if listed != May(s, ViewCommune, o) {
			t.Fatalf("areas %v of %+v list %+v: %v", Areas(s), s, o, listed)
		}
	})
}

func TestTheListsAreWhole(t *testing.T) {
	for _, r := range Roles() {
		if r.Vietnamese() == "" || r.Tier() == 0 || len(permissions[r]) == 0 {
			t.Errorf("role %s has no words, no tier or no permission", r)
		}
	}
	if len(Roles()) != 11 {
		t.Errorf("%d roles, people know 11", len(Roles()))
	}
	seen := map[string]bool{}
	for _, a := range Actions() {
		if a.Vietnamese() == "" || seen[string(a)] {
			t.Errorf("action %s has no words or stands twice", a)
		}
		seen[string(a)] = true
	}
	for r, lines := range permissions {
		for i, l := range lines {
			for _, a := range l.actions {
				if !seen[string(a)] || !r.Valid() {
					t.Errorf("line %d of %s: %s is not of the lists", i, r, a)
				}
			}
			if l.field == ownFields && !r.TakesFields() {
				t.Errorf("line %d of %s asks for criteria that its grants do not name", i, r)
			}
		}
	}
}

func BenchmarkMay(b *testing.B) {
	s := Subject{ID: "me", Grants: []Grant{grantOf(CommuneEntry), grantOf(InCharge)}}
	o := Object{PlacePath: path("own commune"), Field: "xa-ntm-2021-2025/15.1", State: Verified}
	for b.Loop() {
		if !May(s, Confirm, o) {
			b.Fatal("refused")
		}
	}
}
