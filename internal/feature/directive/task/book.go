package task

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Book is every task a person may look at, as it stands today.
type Book struct {
	Today    day.Day
	Givens   []Given // documents that gave a task of the book, the latest first
	Entries  []*Entry
	Received []Receipt

	service *Service
	shared  map[string]bool // tasks that were shared out among several bodies
}

// Receipt is a body that has received a document.
type Receipt struct {
	Document, Agency string
	Act              Act
}

// Book reads the tasks that a person may look at.
func (s *Service) Book(_ context.Context, tx *db.Tx, who authz.Subject) (*Book, error) {
	b, err := s.whole(tx)
	if err != nil {
		return nil, err
	}
	b.Entries = slices.DeleteFunc(b.Entries, func(e *Entry) bool { return !s.sees(who, &e.Task, b.Today) })
	b.Givens = slices.DeleteFunc(b.Givens, func(g Given) bool {
		return !slices.ContainsFunc(b.Entries, func(e *Entry) bool { return e.Document == g.ID })
	})
	b.Received = slices.DeleteFunc(b.Received, func(r Receipt) bool {
		return !authz.May(who, authz.ViewTask, s.Object(r.Agency, b.Today))
	})
	return b, nil
}

// whole reads everything.
func (s *Service) whole(tx *db.Tx) (*Book, error) {
	givens, err := readGiven(tx, "")
	if err != nil {
		return nil, err
	}
	list, received, err := readAll(tx, "")
	if err != nil {
		return nil, err
	}
	b := &Book{Today: tx.Today(), Givens: givens, service: s, shared: map[string]bool{}}
	byID := map[string]*Given{}
	for i := range b.Givens {
		byID[b.Givens[i].ID] = &b.Givens[i]
	}
	for _, r := range received {
		switch g := byID[r.document]; {
		case r.is.Kind == Received:
			b.Received = append(b.Received, Receipt{r.document, r.is.Unit, r.is})
		case r.is.Kind == Began && g != nil:
			g.Since = r.is.On
		}
	}
	m := newStander(list, byID, b.Today, s.o.Rules)
	for _, t := range list {
		if t.Parent != "" {
			b.shared[t.Parent] = true
		}
		b.Entries = append(b.Entries, &Entry{Task: *t, Standing: m.of(t), Given: byID[t.Document]})
	}
	return b, nil
}

// stander finds the standing of tasks that depend on one another.
type stander struct {
	on       day.Day
	rules    *Rules
	givens   map[string]*Given
	children map[string][]*Task
	byBody   map[string][]*Task // by document and body, then and now
	done     map[string]*Standing
}

func newStander(list []*Task, givens map[string]*Given, on day.Day, rules *Rules) *stander {
	m := &stander{on: on, rules: rules, givens: givens, children: map[string][]*Task{}, byBody: map[string][]*Task{}, done: map[string]*Standing{}}
	for _, t := range list {
		if t.Parent != "" {
			m.children[t.Parent] = append(m.children[t.Parent], t)
			continue
		}
		m.byBody[t.Document+" "+t.First] = append(m.byBody[t.Document+" "+t.First], t)
		if t.Agency != t.First {
			m.byBody[t.Document+" "+t.Agency] = append(m.byBody[t.Document+" "+t.Agency], t)
		}
	}
	return m
}

// cited is the document that a task depends on, nil when it is not here: by its
// id, else by its number where just one document bears it.
func (m *stander) cited(u *Upstream) (found *Given) {
	if g := m.givens[u.Document]; g != nil || u.Document != "" {
		return g
	}
	for _, g := range m.givens {
		if g.Number == "" || g.Mark() != u.Number {
			continue
		}
		if found != nil {
			return nil
		}
		found = g
	}
	return found
}

// of is the standing of a task. A task that depends on itself through documents
// that cite each other is treated as if the document were missing.
func (m *stander) of(t *Task) Standing {
	if s, ok := m.done[t.ID]; ok {
		if s == nil {
			return Stand(t, m.on, m.rules, Below{Missing: true})
		}
		return *s
	}
	m.done[t.ID] = nil
	var below Below
	for _, c := range m.children[t.ID] {
		below.Children = true
		below.Tasks = append(below.Tasks, m.of(c))
	}
	if !below.Children {
		for _, u := range t.Upstream {
			g := m.cited(&u)
			if g == nil || g.Withdrawn {
				below.Missing = true
				continue
			}
			tasks := m.byBody[g.ID+" "+t.First]
			if len(tasks) == 0 {
				tasks = m.byBody[g.ID+" "+t.Agency]
			}
			for _, x := range tasks {
				if x.ID != t.ID {
					below.Tasks = append(below.Tasks, m.of(x))
				}
			}
		}
	}
	s := Stand(t, m.on, m.rules, below)
	m.done[t.ID] = &s
	return s
}

// Now are the tasks by who has them today: a task that was shared out stands as
// the tasks it was shared into.
func (b *Book) Now() []*Entry {
	return slices.DeleteFunc(slices.Clone(b.Entries), func(e *Entry) bool { return b.shared[e.ID] })
}

// Then are the tasks by who had them first: each counts once, whoever took it
// over.
func (b *Book) Then() []*Entry {
	return slices.DeleteFunc(slices.Clone(b.Entries), func(e *Entry) bool { return e.Parent != "" })
}

// Find is one task of the book, nil when it is not there.
func (b *Book) Find(id string) *Entry {
	for _, e := range b.Entries {
		if e.ID == id {
			return e
		}
	}
	return nil
}

// Given is one document of the book, nil when it is not there.
func (b *Book) Given(id string) *Given {
	for i := range b.Givens {
		if b.Givens[i].ID == id {
			return &b.Givens[i]
		}
	}
	return nil
}

// Filter narrows a list; what is empty does not.
type Filter struct {
	Status   Status
	Agency   string
	Document string
	Group    string
	Text     string // searched without diacritics
	Near     bool   // due soon
	Separate bool   // reported one by one
	Then     bool   // by who had it first
}

// Pick lists the tasks of a filter, the worst first.
func (b *Book) Pick(f *Filter) []*Entry {
	list := b.Now()
	if f.Then {
		list = b.Then()
	}
	words := vntext.SearchKey(f.Text)
	list = slices.DeleteFunc(list, func(e *Entry) bool {
		body := e.Agency
		if f.Then {
			body = e.First
		}
		switch {
		case f.Status != "" && e.Status != f.Status, f.Agency != "" && body != f.Agency, f.Document != "" && e.Document != f.Document,
			f.Group != "" && e.Group != f.Group, f.Near && !e.Near, f.Separate && !e.Tracked():
			return true
		case words == "":
			return false
		}
		text := e.Ref + " " + e.Text + " " + b.service.Name(e.Agency, b.Today) + " " + e.AssignedTo()
		return !strings.Contains(vntext.SearchKey(text), words)
	})
	WorstFirst(list)
	return list
}

// WorstFirst orders a list: overdue tasks the longest first, then what waits for
// a confirmation, then by due day, then the rest in the order of documents.
func WorstFirst(list []*Entry) {
	rank := func(e *Entry) int { return slices.Index(Statuses(), e.Status) }
	slices.SortStableFunc(list, func(a, b *Entry) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Days, b.Days), cmp.Compare(a.Seq, b.Seq))
	})
}

// One reads one task that a person may look at, with who did its acts, and the
// tasks of the same duty that the person may look at too.
func (s *Service) One(ctx context.Context, tx *db.Tx, who authz.Subject, id string) (*Entry, *Book, error) {
	b, err := s.Book(ctx, tx, who)
	if err != nil {
		return nil, nil, err
	}
	e := b.Find(id)
	if e == nil {
		return nil, nil, fault.New(fault.NotFound, msgNoTask)
	}
	return e, b, signed(tx, &e.Task)
}
