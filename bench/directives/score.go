package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"giuchuan/internal/feature/directive/reading"
	"giuchuan/internal/kernel/vntext"
)

// truth is what a person wrote down about a document.
type truth struct {
	Number      json.RawMessage `json:"number"`
	Symbol      *string         `json:"symbol"`
	Date        json.RawMessage `json:"date"`
	DatePartial *string         `json:"date_partial"`
	Place       *string         `json:"place"`
	Issuer      *string         `json:"issuer"`
	Signer      *struct {
		Name, Capacity, Title string
	} `json:"signer"`
	Title *string     `json:"title"`
	Refs  []string    `json:"doc_refs"`
	Tasks []trueTasks `json:"tasks"`
}

type trueTasks struct {
	ID           string   `json:"id"`
	Addressees   []string `json:"addressees"`
	Coordinators []string `json:"coordinators"`
	Text         string   `json:"text"`
	Deadline     *string  `json:"deadline"`
	Recurrence   *string  `json:"recurrence"`
	Optional     bool     `json:"optional"`
}

// score counts what agrees.
type score struct {
	header, headers       int
	found, wanted, made   int
	who, whoWant, whoGot  int
	dated, datable, false int
	took                  time.Duration
	wrong                 []string
}

func (s *score) add(o score) {
	s.header, s.headers = s.header+o.header, s.headers+o.headers
	s.found, s.wanted, s.made = s.found+o.found, s.wanted+o.wanted, s.made+o.made
	s.who, s.whoWant, s.whoGot = s.who+o.who, s.whoWant+o.whoWant, s.whoGot+o.whoGot
	s.dated, s.datable, s.false = s.dated+o.dated, s.datable+o.datable, s.false+o.false
	s.took += o.took
}

// group is the duties of one item.
type group struct {
	text      string
	deadlines []string
	cycles    []string
	who       []string
}

func groups(r *reading.Reading) []group {
	var list []group
	index := map[string]int{}
	for i := range r.Tasks {
		t := &r.Tasks[i]
		k, ok := index[t.Group]
		if !ok {
			k = len(list)
			index[t.Group] = k
			list = append(list, group{})
		}
		g := &list[k]
		g.text += " " + t.Text
		if t.Deadline != nil {
			g.deadlines = append(g.deadlines, *t.Deadline)
		}
		if t.Recurrence != nil {
			g.cycles = append(g.cycles, *t.Recurrence)
		}
		for _, a := range t.Addressees {
			if (a.Role == nil || *a.Role != reading.Support) && !slices.Contains(g.who, a.Text) {
				g.who = append(g.who, a.Text)
			}
		}
	}
	return list
}

// compare counts what a reading and the truth have in common.
func compare(want truth, r *reading.Reading) score {
	var s score
	s.headline(want, r)
	list := groups(r)
	used := make([]bool, len(list))
	for _, t := range want.Tasks {
		k := best(list, used, t)
		if k < 0 {
			if !t.Optional {
				s.wanted, s.whoWant, s.datable = s.wanted+1, s.whoWant+len(t.Addressees), s.datable+1
				s.wrong = append(s.wrong, "missing "+t.ID+": "+t.Text)
			}
			continue
		}
		used[k] = true
		s.wanted, s.found, s.made = s.wanted+1, s.found+1, s.made+1
		s.task(t, list[k])
	}
	for k, g := range list {
		if !used[k] {
			s.made++
			s.false += len(g.deadlines)
			s.wrong = append(s.wrong, "not in the truth: "+g.text)
		}
	}
	return s
}

// task compares one item that was found.
func (s *score) task(t trueTasks, g group) {
	hits := 0
	for _, a := range t.Addressees {
		if slices.ContainsFunc(g.who, func(b string) bool { return same(a, b) }) {
			hits++
		} else {
			s.wrong = append(s.wrong, t.ID+" addressee not found: "+a+" among "+strings.Join(g.who, "; "))
		}
	}
	s.who, s.whoWant, s.whoGot = s.who+hits, s.whoWant+len(t.Addressees), s.whoGot+len(g.who)
	s.datable++
	ok := true
	if t.Deadline == nil {
		s.false += len(g.deadlines)
		ok = len(g.deadlines) == 0
	} else {
		ok = slices.Contains(g.deadlines, *t.Deadline)
		for _, d := range g.deadlines {
			if d != *t.Deadline {
				s.false++
			}
		}
	}
	if t.Recurrence != nil && !slices.Contains(g.cycles, *t.Recurrence) {
		ok = false
	}
	if ok {
		s.dated++
	} else {
		s.wrong = append(s.wrong, fmt.Sprintf("%s deadline %v %v", t.ID, g.deadlines, g.cycles))
	}
}

// headline compares number, symbol, day, place, issuer, signature, title and
// references, each where the truth has it.
func (s *score) headline(want truth, r *reading.Reading) {
	field := func(name string, asked bool, want, got string) {
		if !asked {
			return
		}
		s.headers++
		if vntext.SearchKey(want) == vntext.SearchKey(got) {
			s.header++
		} else {
			s.wrong = append(s.wrong, fmt.Sprintf("%s: %q, not %q", name, got, want))
		}
	}
	field("number", want.Number != nil, plain(want.Number), or(r.Number))
	field("symbol", want.Symbol != nil, or(want.Symbol), or(r.Symbol))
	field("date", want.Date != nil, plain(want.Date), or(r.Date))
	field("date_partial", want.DatePartial != nil, or(want.DatePartial), or(r.DatePartial))
	field("place", want.Place != nil, or(want.Place), or(r.Place))
	field("issuer", want.Issuer != nil, committee(or(want.Issuer)), committee(or(r.Issuer)))
	field("title", want.Title != nil, subject(or(want.Title)), subject(or(r.Title)))
	if want.Signer != nil {
		field("signer", true, want.Signer.Name, r.Signer.Name)
		field("signer's office", true, want.Signer.Title, r.Signer.Title)
		field("capacities", true, capacity(want.Signer.Capacity, want.Signer.Title), capacity(strings.Join(r.Signer.Capacities, " "), r.Signer.Title))
	}
	var numbers []string
	for _, ref := range r.References {
		numbers = append(numbers, ref.Number)
	}
	for _, ref := range want.Refs {
		field("reference", true, ref, pick(numbers, ref))
	}
}

func pick(list []string, want string) string {
	for _, x := range append(slices.Clone(list), "") {
		if x == want {
			return x
		}
	}
	return "none of " + strings.Join(list, ", ")
}

// plain is a JSON text, empty for null.
func plain(raw json.RawMessage) string {
	var s *string
	if json.Unmarshal(raw, &s) != nil || s == nil {
		return ""
	}
	return *s
}

func or(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func committee(s string) string {
	return strings.ReplaceAll(vntext.SearchKey(s), "uy ban nhan dan", "ubnd")
}

// subject is a title without "V/v" and "về việc".
func subject(s string) string {
	key := " " + vntext.SearchKey(s)
	for _, p := range []string{" v v", " ve viec"} {
		key = strings.TrimPrefix(key, p)
	}
	return key
}

func capacity(s, title string) string {
	return strings.TrimSpace(strings.ReplaceAll(vntext.SearchKey(s), vntext.SearchKey(title), ""))
}

var fillers = regexp.MustCompile(`\b(cac|nhung|quy|co|tinh|cap|thuoc|dong chi|va)\b`)

// same tells whether two names of addressees mean one: alike but for fillers, or
// one within the other.
func same(a, b string) bool {
	x, y := name(a), name(b)
	return x == y || len(x) > 6 && len(y) > 6 && (strings.Contains(x, y) || strings.Contains(y, x))
}

func name(s string) string {
	return strings.Join(strings.Fields(fillers.ReplaceAllString(committee(s), " ")), " ")
}

// best is the unused item whose text holds most of the truth's words; at least
// six in ten.
func best(list []group, used []bool, t trueTasks) int {
	at, most := -1, 0.6
	for k, g := range list {
		if used[k] {
			continue
		}
		if share := overlap(t.Text, g.text); share > most {
			at, most = k, share
		}
	}
	return at
}

// overlap is the share of a text's words that another has in the same order.
func overlap(want, got string) float64 {
	a, b := strings.Fields(vntext.SearchKey(want)), strings.Fields(vntext.SearchKey(got))
	if len(a) == 0 {
		return 0
	}
	row := make([]int, len(b)+1)
	for _, w := range a {
		before := 0
		for j, v := range b {
			above := row[j+1]
			if w == v {
				row[j+1] = before + 1
			} else {
				row[j+1] = max(row[j], above)
			}
			before = above
		}
	}
	return float64(row[len(b)]) / float64(len(a))
}

// share is a of b; nothing measured is nothing reached.
func share(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func (s *score) f1() float64 {
	p, r := share(s.who, s.whoGot), share(s.who, s.whoWant)
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func (s *score) print(name string) {
	fmt.Printf("%-24s header %.2f  tasks precision %.2f recall %.2f  addressees F1 %.2f  deadlines %.2f  false deadlines %d  (%s)\n",
		name, share(s.header, s.headers), share(s.found, s.made), share(s.found, s.wanted), s.f1(), share(s.dated, s.datable), s.false, s.took.Round(time.Millisecond))
	for _, w := range s.wrong {
		fmt.Println("    " + w)
	}
}

// goals prints each goal with whether it is reached.
func (s *score) goals() {
	for _, g := range []struct {
		name      string
		got, goal float64
	}{
		{"header", share(s.header, s.headers), 0.95},
		{"task precision", share(s.found, s.made), 0.85},
		{"task recall", share(s.found, s.wanted), 0.85},
		{"addressees F1", s.f1(), 0.85},
		{"deadlines", share(s.dated, s.datable), 0.9},
		{"no false deadlines", 1 - float64(s.false), 1},
	} {
		word := "reached"
		if s.wanted == 0 || s.made == 0 {
			word = "NOT MEASURED: nothing was read"
		} else if g.got < g.goal {
			word = "NOT REACHED"
		}
		fmt.Printf("%-20s %.3f  goal %.2f  %s\n", g.name, g.got, g.goal, word)
	}
}
