package board

import (
	"context"
	"slices"
	"sync"
	"time"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

// Titles gives what communes hold on a day, as known at a journal position;
// feature/recognition has it.
type Titles interface {
	Current(ctx context.Context, tx *db.Tx, on day.Day, known int64) ([]recognition.Held, error)
}

// Decisions gives what the province adds to a set; register/criteria has it.
type Decisions interface {
	Decisions(ctx context.Context, tx *db.Tx, setID string, known int64) (*law.Decisions, error)
}

// Options are what a board is made of.
type Options struct {
	DB        *db.DB
	Law       *law.Library
	Places    *place.Register
	Titles    Titles
	Decisions Decisions
	Province  string // two-digit code: whose communes are judged
}

// Board answers what pages show. Its methods may be called from many
// goroutines; what they return is shared and must not be changed.
type Board struct {
	opt    Options
	keys   *criteria.Reader
	places []int32 // keys of every commune of all time

	reading sync.Mutex // held by whoever reads the journal or a year

	mu       sync.RWMutex // guards what follows
	dict     *criteria.Dictionary
	local    map[string]*law.Decisions
	pages    []*page // in order of period codes
	position int64
	at       time.Time
	whole    bool
	seq      uint64           // grows with every change of a finding
	changed  map[int32]uint64 // seq of the last change, by place key
	epoch    uint64           // grows when titles, decisions or measures change
	progress progress

	answering sync.Mutex // guards answers; taken before mu
	answers   map[question]*answer
	used      uint64
}

// New makes an empty board; Load fills it.
func New(o Options) *Board {
	b := &Board{opt: o, keys: criteria.NewReader(o.Law), changed: map[int32]uint64{}, answers: map[question]*answer{}}
	seen := map[int32]bool{}
	for _, on := range o.Places.Changes() {
		for _, u := range o.Places.At(on).Communes("") {
			if !seen[u.Key] {
				seen[u.Key] = true
				b.places = append(b.places, u.Key)
			}
		}
	}
	slices.Sort(b.places)
	return b
}

// Position is the last journal entry the board has taken in, and its instant.
func (b *Board) Position() (int64, time.Time) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.position, b.at
}

// Whole reports whether every period is loaded, not the open year alone.
func (b *Board) Whole() bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.whole
}

// Size is how many facts the board holds, and the bytes of their columns.
func (b *Board) Size() (facts, bytes int) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, p := range b.pages {
		n, m := p.size()
		facts, bytes = facts+n, bytes+m
	}
	return facts, bytes
}

var msgBehind = fault.Msg{Key: "board.behind", Text: "số liệu đang hiển thị chưa cập nhật đến thay đổi vừa ghi; hãy tải lại trang sau giây lát"}

// WaitFor returns once the board has taken in the entry at position: the page
// after a save shows what was saved. When the database itself has not got there
// (a replica), the error is Unavailable and the page must be answered from SQL.
func (b *Board) WaitFor(ctx context.Context, position int64) error {
	if at, _ := b.Position(); at >= position {
		return nil
	}
	if err := b.catch(ctx, position); err != nil {
		return err
	}
	if at, _ := b.Position(); at < position {
		return fault.New(fault.Unavailable, msgBehind)
	}
	return nil
}

// Follow catches up at every tick, and at once when this node has committed
// something, until ctx ends; what goes wrong is reported and tried again at the
// next tick.
func (b *Board) Follow(ctx context.Context, ticks <-chan time.Time, report func(error)) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		case <-b.opt.DB.Committed():
		}
		if err := b.Catch(ctx); err != nil && ctx.Err() == nil {
			report(err)
		}
	}
}

// pageOf is the page of a period, made when it is missing.
func (b *Board) pageOf(code int32) (*page, error) {
	i, ok := slices.BinarySearchFunc(b.pages, code, func(p *page, c int32) int { return int(p.period.Code()) - int(c) })
	if ok {
		return b.pages[i], nil
	}
	period, err := day.PeriodOf(code)
	if err != nil {
		return nil, err
	}
	b.pages = slices.Insert(b.pages, i, newPage(period))
	return b.pages[i], nil
}

// Stamp grows when titles, decisions or measures change, and when a finding of
// the commune does: what was made of them under the same stamp still holds.
func (b *Board) Stamp(placeKey int32) Stamp {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return Stamp{Law: b.epoch, Place: b.changed[placeKey], Position: b.position}
}

// Stamp says up to which change something was made.
type Stamp struct {
	Law      uint64 // of titles, decisions and measures
	Place    uint64 // of the commune's findings
	Position int64  // journal position the board stood at then
}
