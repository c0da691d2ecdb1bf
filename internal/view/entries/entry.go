package entries

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

// Reader tells what entries say.
type Reader struct {
	Law    *law.Library
	Places *place.Register
	Keys   *criteria.Reader
	Actors Actors
	Tables []*db.Table // business tables of the product
}

// Actors names who carries commands out; register/account has it.
type Actors interface {
	// Called is an account's post, and the person's name where asker may know
	// it; false for what is no account.
	Called(ctx context.Context, tx *db.Tx, asker authz.Subject, id string) (post, name string, ok bool, err error)
	// Find is the id of the account with a login, "" when there is none.
	Find(tx *db.Tx, login string) (string, error)
}

// Sight tells whether a commune's figures may be shown.
type Sight func(placeID string) bool

// Fact is a line of what an entry says.
type Fact struct{ Label, Value string }

// Full is one entry with everything that may be shown of it.
type Full struct {
	Entry
	Facts   []Fact // of the body, in words
	Raw     string // the body as it was hashed, where it cannot be told in words
	Sets    []string
	Period  string
	Places  []place.Unit
	Wrote   []Fact // how many rows of which table
	Changes []Change
	More    bool // there are more changes than are listed
	Hidden  bool // figures of communes out of sight are left out
}

// Change is one finding that an entry wrote.
type Change struct {
	Place         place.Unit
	Period        string
	Code, Name    string
	Before, After string
	Provenance    string
}

const (
	maxChanges      = 200 // findings listed of one entry
	maxChangePlaces = 60  // communes of an entry whose findings are listed
)

var msgNoEntry = fault.Msg{Key: "entries.no_entry", Text: "nhật ký không có mục {position}"}

// Open reads an entry.
func (r *Reader) Open(ctx context.Context, tx *db.Tx, position int64, sight Sight) (*Full, error) {
	stored, found, err := entryAt(tx, position)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fault.New(fault.NotFound, msgNoEntry, "position", fmt.Sprint(position))
	}
	f := &Full{Entry: stored.entry()}
	f.Facts, f.Raw = r.facts(stored.command, stored.body)
	if err := r.posts(ctx, tx, f.Facts); err != nil {
		return nil, err
	}
	for _, id := range f.Scope.Sets {
		f.Sets = append(f.Sets, r.setName(id))
	}
	f.Period = periodWords(f.Scope.Period)
	for _, id := range f.Scope.Places {
		if u, ok := r.Places.Latest(id); ok {
			f.Places = append(f.Places, u)
		}
	}
	if err := r.wrote(tx, f); err != nil {
		return nil, err
	}
	return f, r.changes(ctx, tx, f, sight)
}

// reviewTables are the tables that grow with every review; reviewCounts counts
// their rows in this order.
func reviewTables() []string {
	return []string{"review_finding", "review_finding_detail", "review_act"}
}

// wrote counts the rows of the entry table by table. The tables of findings and
// of what was done with them are counted commune by commune, along their keys:
// they are too large to be read whole.
func (r *Reader) wrote(tx *db.Tx, f *Full) error {
	left := f.Rows
	add := func(table string, n int64) {
		if n > 0 {
			f.Wrote = append(f.Wrote, Fact{tableWords(table), strconv.FormatInt(n, 10)})
			left -= n
		}
	}
	if len(f.Places) > 0 && f.Group == "ra-soat" {
		n, err := reviewCounts(tx, f.Position, f.Places)
		if err != nil {
			return err
		}
		for i, table := range reviewTables() {
			add(table, n[i])
		}
	}
	for _, t := range r.Tables {
		if left <= 0 || slices.Contains(reviewTables(), t.Name) {
			continue
		}
		n, err := journal.Wrote(tx, t, f.Position)
		if err != nil {
			return err
		}
		add(t.Name, n)
	}
	return nil
}

// facts tells a body in words. A command that is not known, or a body of
// another form, is given as it is.
func (r *Reader) facts(command, body string) ([]Fact, string) {
	if strings.TrimSpace(body) == "" || body == "{}" {
		return nil, ""
	}
	values, keys, err := object(body)
	if _, known := commandWords()[command]; err != nil || !known {
		return nil, body
	}
	var out []Fact
	for _, key := range keys {
		name := label(command, key)
		if name == "" {
			name = key
		}
		if text := r.value(key, values[key]); text != "" {
			out = append(out, Fact{name, text})
		}
	}
	return out, ""
}

// posts puts the post of an account in place of its id.
func (r *Reader) posts(ctx context.Context, tx *db.Tx, facts []Fact) error {
	for i := range facts {
		if f := &facts[i]; f.Label == "Tài khoản" || f.Label == "Người nhận bàn giao" {
			post, _, ok, err := r.Actors.Called(ctx, tx, authz.Subject{}, f.Value)
			if err != nil {
				return err
			}
			if ok {
				f.Value = post
			}
		}
	}
	return nil
}

// object reads a JSON object and the order of its keys.
func object(text string) (map[string]any, []string, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	values := map[string]any{}
	if err := d.Decode(&values); err != nil {
		return nil, nil, err
	}
	keys := make([]string, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if x, y := strings.Index(text, `"`+a+`"`), strings.Index(text, `"`+b+`"`); x != y {
			return x - y
		}
		return strings.Compare(a, b)
	})
	return values, keys, nil
}

// value is one value of a body as people read it.
func (r *Reader) value(key string, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return "có"
		}
		return "không"
	case json.Number:
		if n, err := v.Int64(); err == nil && slices.Contains([]string{"on", "to", "from", "until", "decided_on"}, key) {
			return dayWords(day.Day(n))
		}
		return v.String()
	case string:
		return r.text(key, v)
	case []any:
		var parts []string
		for _, one := range v {
			parts = append(parts, r.value(key, one))
		}
		return strings.Join(parts, ", ")
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Sprint(v)
	}
	return strings.TrimSpace(b.String())
}

func (r *Reader) text(key, text string) string {
	switch strings.ToLower(key) {
	case "period":
		return periodWords(text)
	case "set", "sets":
		return r.setName(text)
	case "role":
		if w := authz.Role(text).Vietnamese(); w != "" {
			return w
		}
	case "key":
		if text == criteria.Whole {
			return "mọi mức"
		}
	case "place", "places":
		if u, ok := r.Places.Latest(text); ok {
			return u.FullName
		}
	case "on", "to", "from", "until", "decided_on":
		if d, err := day.Parse(text); err == nil {
			return dayWords(d)
		}
	}
	return text
}

func dayWords(d day.Day) string {
	switch d {
	case day.None:
		return "không ghi"
	case day.Forever:
		return "không thời hạn"
	}
	return d.Vietnamese()
}

func (r *Reader) setName(id string) string {
	if s, err := r.Law.Set(id); err == nil {
		return s.Name
	}
	return id
}

func periodWords(text string) string {
	if p, err := day.ParsePeriod(text); err == nil {
		return p.Vietnamese()
	}
	return text
}

// changes lists the findings of an entry that names few communes, with what
// stood before.
func (r *Reader) changes(ctx context.Context, tx *db.Tx, f *Full, sight Sight) error {
	if f.Group != "ra-soat" || len(f.Places) == 0 {
		return nil
	}
	var keys []int32
	for i := range f.Places {
		if sight == nil || sight(f.Places[i].ID) {
			keys = append(keys, f.Places[i].Key)
		} else {
			f.Hidden = true
		}
	}
	if len(keys) == 0 {
		return nil
	}
	f.More = len(keys) > maxChangePlaces
	keys = keys[:min(len(keys), maxChangePlaces)]
	dict, err := r.Keys.Keys(ctx, tx)
	if err != nil {
		return err
	}
	list, err := findingsOf(tx, f.Position, keys, maxChanges+1)
	if err != nil {
		return err
	}
	if len(list) > maxChanges {
		list, f.More = list[:maxChanges], true
	}
	for i := range list {
		f.Changes = append(f.Changes, r.change(&list[i], dict.Members(list[i].measure), f))
	}
	return nil
}

func (r *Reader) change(w *wrote, members []criteria.Member, f *Full) Change {
	c := Change{Provenance: w.now.Provenance.Vietnamese(), Before: "chưa có"}
	for i := range f.Places {
		if f.Places[i].Key == w.place {
			c.Place = f.Places[i]
		}
	}
	if p, err := day.PeriodOf(w.period); err == nil {
		c.Period = p.Vietnamese()
	}
	if len(members) == 0 {
		c.Code, c.Name = "?", "chỉ tiêu không còn trong bộ nào"
		return c
	}
	ind := members[0].Set.At(members[0].Slot)
	c.Code, c.Name, c.After = ind.Code, ind.Name, said(ind, &w.now)
	if w.had {
		c.Before = said(ind, &w.before)
	}
	return c
}

// said is a datum as people read it.
func said(ind *law.Indicator, d *law.Datum) string {
	if text := ind.Format(d); text != "" {
		return text
	}
	return "chưa có số liệu"
}
