package tracking

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Line is one duty of one body as it stands today, still open.
type Line struct {
	ID       string
	Document string
	Cited    string // "Thông báo số 94/TB-UBND"
	Ref      string // "1.7"
	Text     string
	Agency   string
	Due      day.Day // day.None = no day
	Overdue  bool
	Single   bool // reported one by one
	Waiting  bool // reported, to be confirmed
	Unproven bool
	Reported day.Day // when it was
	Returned string  // why it was returned; "" = it was not
	Asked    day.Day // the day that an extension asks for, day.None = none is asked for
	AskedFor string  // why
	Reached  int     // parts done
	Of       int     // parts there are
	Ended    bool    // its body no longer works: it waits for bàn giao
}

// Letter is a document that a body has not received (tiếp nhận).
type Letter struct {
	Document string
	Cited    string
	Agency   string
	Due      day.Day
}

// Draft is a duty that was asked for and waits to be given.
type Draft struct {
	ID, Words, About, Unit string
	On                     day.Day
}

// Source reads what is open.
type Source interface {
	Open(ctx context.Context, tx *db.Tx) (*Open, error)
}

// Open is everything that is open on a day. Nobody writes to it after it was
// read.
type Open struct {
	Today   day.Day
	Lines   []Line // by due day
	Letters []Letter
	Drafts  []Draft
}

// Index keeps it.
type Index struct {
	db     *db.DB
	source Source

	mu       sync.Mutex
	kept     *Open
	position int64
	today    day.Day
}

// New makes an index.
func New(d *db.DB, source Source) *Index { return &Index{db: d, source: source} }

// At gives what is open on a day, as of a journal position at least.
func (x *Index) At(ctx context.Context, position int64, today day.Day) (*Open, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.kept != nil && x.position >= position && x.today == today {
		return x.kept, nil
	}
	err := x.db.Read(ctx, func(tx *db.Tx) error {
		end := tx.Position()
		if x.kept != nil && x.today == today {
			changed, err := touched(tx, x.position)
			if err != nil {
				return err
			}
			if !changed {
				x.position = end
				return nil
			}
		}
		open, err := x.source.Open(ctx, tx)
		if err != nil {
			return err
		}
		open.sort()
		x.kept, x.position, x.today = open, end, today
		return nil
	})
	if err != nil {
		return nil, err
	}
	return x.kept, nil
}

func (o *Open) sort() {
	slices.SortStableFunc(o.Lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(dated(a.Due), dated(b.Due)), cmp.Compare(a.Document, b.Document), cmp.Compare(a.Ref, b.Ref), cmp.Compare(a.Agency, b.Agency))
	})
}

// dated puts what has no day last.
func dated(d day.Day) day.Day {
	if d == day.None {
		return day.Forever
	}
	return d
}

// Of gives the open lines of a body.
func (o *Open) Of(agency string) (out []*Line) {
	for i := range o.Lines {
		if o.Lines[i].Agency == agency {
			out = append(out, &o.Lines[i])
		}
	}
	return out
}

// LettersOf gives the documents that a body has not received.
func (o *Open) LettersOf(agency string) (out []*Letter) {
	for i := range o.Letters {
		if o.Letters[i].Agency == agency {
			out = append(out, &o.Letters[i])
		}
	}
	return out
}

// Late is the overdue duties of one body.
type Late struct {
	Agency string
	Lines  []*Line
	Days   int // of the oldest
}

// Decide is what waits for the province's leaders.
type Decide struct {
	Late     []Late  // by body, the most and oldest first
	Asked    []*Line // extensions waiting for an answer
	Overdue  int     // duties
	Unproven int     // reported without proof
}

// None tells whether nothing waits.
func (d *Decide) None() bool { return d == nil || len(d.Late)+len(d.Asked) == 0 }

// Len is how many lines the list has.
func (d *Decide) Len() int {
	if d == nil {
		return 0
	}
	return len(d.Late) + len(d.Asked)
}

// Decide gathers it.
func (o *Open) Decide() *Decide {
	d := &Decide{}
	at := map[string]int{}
	for i := range o.Lines {
		l := &o.Lines[i]
		if l.Asked != day.None {
			d.Asked = append(d.Asked, l)
		}
		if l.Unproven && l.Waiting {
			d.Unproven++
		}
		if !l.Overdue || l.Waiting {
			continue
		}
		d.Overdue++
		k, ok := at[l.Agency]
		if !ok {
			k = len(d.Late)
			at[l.Agency] = k
			d.Late = append(d.Late, Late{Agency: l.Agency})
		}
		d.Late[k].Lines = append(d.Late[k].Lines, l)
		d.Late[k].Days = max(d.Late[k].Days, int(o.Today-l.Due))
	}
	slices.SortStableFunc(d.Late, func(a, b Late) int {
		return cmp.Or(cmp.Compare(len(b.Lines), len(a.Lines)), cmp.Compare(b.Days, a.Days))
	})
	return d
}

// Sees tells whether a person may read what a body has to do.
func Sees(who authz.Subject, agency string, province []string) bool {
	return authz.May(who, authz.ViewTask, authz.Object{PlacePath: province, Unit: agency})
}
