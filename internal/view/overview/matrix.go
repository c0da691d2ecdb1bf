package overview

import (
	"cmp"
	"slices"
	"strings"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/register/place"
)

// Filter narrows the table of criteria. The zero value shows the communes that
// are tested on the set, the gravest first.
type Filter struct {
	District  string // code of a district, "" = all
	Title     string // "", "tat-ca" = titled, "ntm", "ntm-nang-cao", "ntm-kieu-mau", "chua" = untitled, "moi-xa" = every xã
	Situation string // "" = all, else a number of review.Situation as text
	Criteria  string // "" = all, "mem" = soft, "cot-loi" = core, else the code of a criterion, shown indicator by indicator
	Trust     string // "" = all, else law.Provenance's word
	Sort      string // "" = the gravest first, "ten", "ma"
}

// Matrix is the table of criteria: a row per commune, a column per criterion or
// per indicator of one.
type Matrix struct {
	Set     *law.Set
	Banner  bool
	One     *law.Criterion // the criterion shown indicator by indicator, or nil
	Columns []Column
	Unmet   []int // by column
	Groups  []Group
	Shown   int // communes
	Of      int // communes that are tested on the set
	Rows    []int
}

// Column is one criterion or indicator.
type Column struct {
	Code, Name, Short string
	Core, Soft        bool
	Opens             bool // the first of a group of criteria
}

// Group is the communes of one district.
type Group struct {
	Code, Name string // "" where there are no districts
	Note       string // "17 xã, 10 đã công nhận"
	Rows       []Line
}

// Line is one commune of the table.
type Line struct {
	Commune
	Title     string // "NTM", "" = none
	Tested    bool   // the title is tested on this set
	Situation review.Situation
	Trust     Trust
	Met, Of   int
	Unmet     []string // codes of unmet criteria
	Unknown   int
	Cells     []Cell
	key       string
	unmet     int
	focus     int // unmet indicators of the one criterion shown
}

// Cell is one verdict and how far it was checked.
type Cell struct {
	Verdict law.Verdict
	Trust   Trust
	Text    string // the value, in a table of indicators
}

// Table says what a matrix is made of.
type Table struct {
	Assessment *review.Assessment // every xã of the day on the set
	Held       []recognition.Held
	Tree       *place.Tree
	Tested     func(law.Title) *law.Set // the set on which a title is tested
	Sight      Sight
}

// Matrix makes the table that a filter asks for.
func (t *Table) Matrix(f Filter) *Matrix {
	a := t.Assessment
	m := &Matrix{Set: a.Set}
	m.columns(a.Set, f.Criteria)
	m.Unmet = make([]int, len(m.Columns))
	titles := t.titles()
	byDistrict := map[string]*Group{}
	for i := range a.Units {
		u := &a.Units[i]
		if !t.Sight.Sees(u.ID) {
			continue
		}
		title := titles[u.ID]
		tested := title != "" && t.Tested(title) == a.Set
		if tested {
			m.Of++
		}
		line := t.line(m, i, title, tested)
		if !f.takes(t, u, &line, title) {
			continue
		}
		m.Rows = append(m.Rows, i)
		g := byDistrict[u.ParentID]
		if g == nil {
			g = &Group{}
			if d, ok := t.Tree.Unit(u.ParentID); ok && d.Level == place.District {
				g.Code, g.Name = d.Code, d.FullName
			}
			byDistrict[u.ParentID] = g
		}
		g.Rows = append(g.Rows, line)
		for c := range line.Cells {
			if line.Cells[c].Verdict == law.Unmet {
				m.Unmet[c]++
			}
		}
	}
	m.Shown = len(m.Rows)
	m.Banner = a.Illustrative
	m.order(byDistrict, f.Sort)
	return m
}

// titles gives the title a commune holds.
func (t *Table) titles() map[string]law.Title {
	out := make(map[string]law.Title, len(t.Held))
	for i := range t.Held {
		if h := &t.Held[i]; h.State == recognition.Holding && h.Title != nil {
			out[h.Unit.ID] = h.Title.Level
		}
	}
	return out
}

// columns chooses what the table shows.
func (m *Matrix) columns(s *law.Set, which string) {
	if c, ok := s.Criterion(which); ok {
		m.One = c
		for slot := c.First; slot < c.End; slot++ {
			ind := s.At(slot)
			m.Columns = append(m.Columns, Column{Code: ind.Code, Name: ind.Name, Short: shorten(ind.Name, 3*longest), Core: c.Core, Soft: c.Soft})
		}
		return
	}
	group := ""
	for i := range s.Criteria {
		c := &s.Criteria[i]
		if which == "mem" && !c.Soft || which == "cot-loi" && !c.Core {
			continue
		}
		m.Columns = append(m.Columns, Column{
			Code: c.Code, Name: c.Name, Short: Shorten(c.Name), Core: c.Core, Soft: c.Soft, Opens: len(m.Columns) > 0 && c.Group != group,
		})
		group = c.Group
	}
}

// line makes the row of a commune.
func (t *Table) line(m *Matrix, i int, title law.Title, tested bool) Line {
	a := t.Assessment
	s := &a.Standing.Communes[i]
	l := Line{
		Commune: communeOf(&a.Units[i]), Tested: tested, Situation: review.SituationOf(s), Trust: StandingTrust(a, i),
		Met: s.Counts.Met + s.Counts.NotApplicable, Of: len(s.Criteria), Unmet: a.Criteria(i, law.Unmet), Unknown: s.Counts.Unknown,
		Cells: make([]Cell, len(m.Columns)), unmet: s.Counts.Unmet,
	}
	if title != "" {
		l.Title = title.Vietnamese()
	}
	l.key = vntext.SortKey(l.Name)
	for c := range m.Columns {
		if m.One != nil {
			slot := m.One.First + c
			if s.Indicators[slot].Verdict == law.Unmet {
				l.focus++
			}
			l.Cells[c] = Cell{s.Indicators[slot].Verdict, TrustOfSlot(a, i, slot), a.Explain(i, slot).Value}
			continue
		}
		at := slices.IndexFunc(a.Set.Criteria, func(x law.Criterion) bool { return x.Code == m.Columns[c].Code })
		l.Cells[c] = Cell{Verdict: s.Criteria[at], Trust: TrustOf(a, i, at)}
	}
	return l
}

// takes reports whether a filter keeps a commune.
func (f *Filter) takes(t *Table, u *place.Unit, l *Line, title law.Title) bool {
	switch f.Title {
	case "":
		if !l.Tested {
			return false
		}
	case "tat-ca":
		if title == "" {
			return false
		}
	case "chua":
		if title != "" {
			return false
		}
	case "moi-xa":
	default:
		if string(title) != f.Title {
			return false
		}
	}
	if f.District != "" {
		if d, ok := t.Tree.Unit(u.ParentID); !ok || d.Code != f.District {
			return false
		}
	}
	if f.Situation != "" && itoa(int(l.Situation)) != f.Situation {
		return false
	}
	return f.Trust == "" || l.Trust != NoData && law.Provenance(l.Trust-1).String() == f.Trust
}

// order sorts the districts and their communes.
func (m *Matrix) order(groups map[string]*Group, by string) {
	for _, g := range groups {
		sortLines(g.Rows, by)
		titled := 0
		for i := range g.Rows {
			if g.Rows[i].Title != "" {
				titled++
			}
		}
		g.Note = itoa(len(g.Rows)) + " xã"
		if titled < len(g.Rows) {
			g.Note += ", " + itoa(titled) + " xã đã công nhận"
		}
		m.Groups = append(m.Groups, *g)
	}
	slices.SortFunc(m.Groups, func(x, y Group) int {
		if by == "" {
			if c := cmp.Compare(y.gravity(), x.gravity()); c != 0 {
				return c
			}
		}
		return cmp.Compare(x.Code, y.Code)
	})
}

// gravity orders districts: by what is unmet of the one criterion shown, then
// those with a commune under revocation first, then by their unmet criteria.
func (g *Group) gravity() int {
	n := 0
	for i := range g.Rows {
		n += g.Rows[i].unmet + 100_000*g.Rows[i].focus
		if g.Rows[i].Tested && g.Rows[i].Situation == review.UnderRevocation {
			n += 1000
		}
	}
	return n
}

func sortLines(rows []Line, by string) {
	slices.SortFunc(rows, func(x, y Line) int {
		byName := cmp.Or(strings.Compare(x.key, y.key), strings.Compare(x.Code, y.Code))
		switch by {
		case "ten":
			return byName
		case "ma":
			return strings.Compare(x.Code, y.Code)
		}
		grave := 0
		if x.Tested && y.Tested {
			grave = cmp.Compare(severity(x.Situation), severity(y.Situation))
		}
		return cmp.Or(cmp.Compare(btoi(y.Tested), btoi(x.Tested)), cmp.Compare(y.focus, x.focus), grave, cmp.Compare(y.unmet, x.unmet), cmp.Compare(y.Unknown, x.Unknown), byName)
	})
}

// severity puts what is under revocation, or may be, before everything else; the
// rest is told apart by counts.
func severity(s review.Situation) int { return min(int(s), int(review.SomeUnmet)) }

// Pick is an assessment of some of its communes alone, for exports.
func Pick(a *review.Assessment, rows []int) *review.Assessment {
	out, facts, standing := *a, *a.Facts, *a.Standing
	out.Units, facts.Communes, standing.Communes = nil, nil, nil
	for _, i := range rows {
		out.Units = append(out.Units, a.Units[i])
		facts.Communes = append(facts.Communes, a.Facts.Communes[i])
		standing.Communes = append(standing.Communes, a.Standing.Communes[i])
	}
	out.Facts, out.Standing = &facts, &standing
	return &out
}
