package app_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	journalwords "giuchuan/internal/view/entries"
	"giuchuan/internal/view/viewtest"
)

// The matrix of permissions, over HTTP: every route of the product, asked by
// every role and by a visitor, about an object near and far, in each state that
// matters. What may happen stands in matrix_table_test.go, one line a route; a
// second opinion, written from the prose of the roles and without a look at
// permission.go, in matrix_oracle_test.go. The two must agree with each other
// and with what the server does.

// relation is how far the object lies from the seats of the demonstration: the
// commune Thái Sơn in the district Hàm Yên in the province.
type relation string

const (
	own      relation = "own"      // Thái Sơn, Hàm Yên, or staff of Thái Sơn
	district relation = "district" // another commune of Hàm Yên, or its staff
	province relation = "province" // another district's, or the province's own staff
	other    relation = "other"    // another province's
	apart    relation = "apart"    // near as own, but of a criterion in another agency's charge
	none     relation = "none"     // nothing has this name
	about    relation = "-"        // the route is about no single object
)

// kind is what a route is about.
type kind string

const (
	nothing  kind = "nothing"
	communes kind = "commune"
	dists    kind = "district"
	people   kind = "account"
	files    kind = "evidence"   // a commune and an indicator; the file is made for the cell
	duties   kind = "assignment" // what is assigned: a commune or a criterion; made for the cell
	criteria kind = "criterion"
	entries  kind = "entry" // of the journal
)

// objects gives, for each kind, the object of every relation: the code or id
// that stands in the address. Accounts are made afresh for each cell, of the
// unit named here.
func objects(k kind) map[relation]string {
	switch k {
	case communes:
		return map[relation]string{own: "02407", district: "02389", province: "02251", other: "00715", none: "99999"}
	case dists:
		return map[relation]string{own: "074", province: "072", other: "024", none: "999"}
	case bodies:
		return map[relation]string{own: "so-y-te.1", province: "bhxh-tinh.1", none: "khong-co"}
	case files:
		return map[relation]string{
			own: "02407.1/15.1", apart: "02407.1/17.10", district: "02389.1/15.1", province: "02251.1/15.1", other: "00715.1/15.1", none: "khong-co",
		}
	case duties:
		return map[relation]string{own: "02407.1", district: "02389.1", province: "02251.1", apart: "xa-ntm-2021-2025/17", none: "khong-co"}
	case criteria:
		return map[relation]string{own: "xa-ntm-2021-2025/15", apart: "xa-ntm-2021-2025/17", none: "xa-ntm-2021-2025/99"}
	case tasks, papers:
		return taskBodies()
	case entries:
		return map[relation]string{about: "1", none: "99999999"}
	case people:
		return map[relation]string{own: "ubnd-02407.1", district: "ubnd-02389.1", province: "vp-ubnd.1", none: "khong-co"}
	}
	return map[relation]string{about: ""}
}

// cell is one request of the matrix.
type cell struct {
	*site

	t     testing.TB
	role  authz.Role
	rel   relation
	state string
	id    string // the object, as it stands in the address
	unit  string // of an account
}

// path fills the object into a pattern, from the first brace to the last.
func (c *cell) path(pattern string) string {
	from, to := strings.IndexByte(pattern, '{'), strings.LastIndexByte(pattern, '}')
	if from < 0 {
		return pattern
	}
	return pattern[:from] + c.id + pattern[to+1:]
}

// access is one line of the matrix.
type access struct {
	route string // as web.Route says it: "GET /xa/{code}"
	about kind   // "" = nothing
	// may lists who is answered, in groups: "commune: own; province: own district province". A group is a role, or one of
	// groupNames; "communes in draft returned: own" holds in some states only. "-" is the relation of a route about nothing.
	// Public routes leave it empty.
	may string
	// send builds the request; nil sends the address with the object filled in and an empty form.
	send func(c *cell) request
	// writes says that the request of a permitted person is recorded in the journal. Only then may a refusal be a form
	// shown again (422), and then it must leave no entry.
	writes bool
	states []string      // states of the object that matter; nil = one, ""
	ready  func(c *cell) // puts the object into the cell's state
	again  bool          // the request ends the role's session: log in again after it
	status int           // that may answer a permitted person too: what accounts of the demonstration may not do
}

// groupNames are short names for several roles.
func groupNames() map[string][]authz.Role {
	return map[string][]authz.Role{
		"communes":  {authz.CommuneEntry, authz.CommuneLeader},
		"districts": {authz.DistrictOffice, authz.DistrictLeader},
		"provinces": {authz.Coordination, authz.ProvinceOffice, authz.ProvinceLeader},
		"everyone":  authz.Roles(),
	}
}

// permits tells what the line says of a cell.
func (a *access) permits(t testing.TB, r authz.Role, rel relation, state string) bool {
	t.Helper()
	for clause := range strings.FieldsFuncSeq(a.may, func(r rune) bool { return r == ';' }) {
		who, where, ok := strings.Cut(clause, ":")
		name, in, stated := strings.Cut(strings.TrimSpace(who), " in ")
		if !ok {
			t.Fatalf("%s: %q is not \"role: relation …\"", a.route, clause)
		}
		group := groupNames()[name]
		if group == nil {
			group = []authz.Role{authz.Role(name)}
		}
		for _, g := range group {
			if !g.Valid() {
				t.Fatalf("%s: %q is neither a role nor a group", a.route, name)
			}
		}
		if slices.Contains(group, r) && slices.Contains(strings.Fields(where), string(rel)) && (!stated || slices.Contains(strings.Fields(in), state)) {
			return true
		}
	}
	return false
}

func TestAuthorizationMatrix(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		lines := map[string]*access{}
		for _, a := range matrix() {
			if lines[a.route] != nil {
				t.Errorf("%s stands in the matrix twice", a.route)
			}
			lines[a.route] = &a
		}
		cells := 0
		for _, r := range s.server.Routes() {
			a := lines[r.String()]
			if a == nil {
				t.Errorf("%s is missing from the matrix; add to internal/app/matrix_table_test.go:\n\t\t{route: %q, about: …, may: \"…\"}, // %s", r, r, r.Action)
				continue
			}
			delete(lines, r.String())
			cells += s.walk(t, r, a)
		}
		for route := range lines {
			t.Errorf("%s stands in the matrix, but the product has no such route", route)
		}
		t.Logf("%d requests", cells)
		s.everyCommandHasWords(t)
	})
}

// everyCommandHasWords wants the journal to name nothing by its code: the matrix
// has carried out what the product can do.
func (s *site) everyCommandHasWords(t *testing.T) {
	t.Helper()
	viewtest.Must(t, s.app.DB.Read(context.Background(), func(tx *db.Tx) error {
		names, err := db.Collect(tx, func(r *db.Rows) (name string, err error) {
			return name, r.Scan(&name)
		}, "SELECT DISTINCT command FROM v_journal_entry ORDER BY command")
		for _, name := range names {
			if strings.Contains(journalwords.Words(name), name) {
				t.Errorf("the journal names %s by its code; add to internal/view/entries/words.go", name)
			}
		}
		return err
	}))
}

// walk asks for every cell of a route.
func (s *site) walk(t *testing.T, r web.Route, a *access) (cells int) {
	states := a.states
	if states == nil {
		states = []string{""}
	}
	for _, state := range states {
		for rel, object := range objects(a.about) {
			for _, role := range everyRole() {
				c := &cell{site: s, t: t, role: role, rel: rel, state: state, id: object}
				s.visit(c, r, a)
				cells++
			}
		}
	}
	return cells
}

// staff is the role of an account that is made for a cell.
func staff(rel relation) authz.Role {
	if rel == province {
		return authz.ProvinceOffice
	}
	return authz.CommuneEntry
}

// visit asks once and compares the answer with the line and the oracle.
func (s *site) visit(c *cell, r web.Route, a *access) {
	name := fmt.Sprintf("%s by %s about %s", r, orVisitor(c.role), c.rel)
	if c.state != "" {
		name += " in " + c.state
	}
	if a.about == people {
		c.unit = c.id
		if c.rel != none && strings.Contains(r.Pattern, "{") {
			c.id = s.account(c.t, c.unit, staff(c.rel))
		}
	}
	if a.ready != nil {
		a.ready(c)
	}
	q := request{method: r.Method, path: c.path(r.Pattern)}
	if a.send != nil {
		q = a.send(c)
	} else if r.Method != http.MethodGet {
		q = post(c.path(r.Pattern))
	}
	entries, rows := s.record(c.t)
	got := s.do(c.t, c.role, q)
	after, rowsAfter := s.record(c.t)
	if a.again && c.role != nobody {
		s.enter(c.t, c.role)
	}
	if r.Public {
		s.public(c, a, name, got)
		return
	}
	says, second := a.permits(c.t, c.role, c.rel, c.state), oracle(r, c.role, a.about, c.rel, c.state)
	if says != second {
		c.t.Errorf("%s: the matrix says %v, the oracle %v", name, says, second)
	}
	done := got.status < 400 || got.status == http.StatusUnprocessableEntity || says && got.status == a.status
	switch {
	case c.role == nobody:
		if asked := got.status == http.StatusUnauthorized || got.status == http.StatusSeeOther && got.location() == "/dang-nhap"; !asked {
			c.t.Errorf("%s: %d %s, want the login", name, got.status, got.location())
		}
	case says && (!done || a.writes && (after == entries || got.status >= 400)):
		c.t.Errorf("%s: %d, %d entries; want it done: %s", name, got.status, after-entries, short(got.body))
	case !says && done && !(a.writes && got.status == http.StatusUnprocessableEntity):
		c.t.Errorf("%s: %d, want a refusal", name, got.status)
	case !says && !done && got.status != http.StatusForbidden && got.status != http.StatusNotFound:
		c.t.Errorf("%s: refused with %d, want 403 or 404", name, got.status)
	}
	if !says && (after != entries || rowsAfter != rows) {
		c.t.Errorf("%s: refused with %d, but something was written", name, got.status)
	}
}

// public checks a route that needs no login: it answers everyone.
func (s *site) public(c *cell, a *access, name string, got reply) {
	if a.may != "" {
		c.t.Fatalf("%s is public: leave may empty", name)
	}
	if got.status >= 400 && got.status != http.StatusUnprocessableEntity && got.status != a.status {
		c.t.Errorf("%s: %d: %s", name, got.status, short(got.body))
	}
}

func orVisitor(r authz.Role) string {
	if r == nobody {
		return "a visitor"
	}
	return string(r)
}

// short is the beginning of a page's main part.
func short(page string) string {
	_, main, ok := strings.Cut(page, "<main")
	if !ok {
		main = page
	}
	return fmt.Sprintf("%.300s", main)
}
