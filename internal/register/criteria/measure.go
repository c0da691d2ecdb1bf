package criteria

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"

	"golang.org/x/mod/sumdb/tlog"
)

// MeasureOf names the quantity a slot of a set measures: the measure that
// indicators of several sets share, or "<set>/<code>" when it shares none.
func MeasureOf(s *law.Set, slot int) string {
	ind := s.At(slot)
	if ind.Measure != "" {
		return ind.Measure
	}
	return s.ID + "/" + ind.Code
}

// Dictionary gives the whole numbers under which quantities are stored. A key
// is given once and never taken back, whatever happens to the sets. It is never
// changed and may be shared.
type Dictionary struct {
	keys    map[string]int32
	names   map[int32]string
	slots   map[string][]int32
	members map[int32][]Member
}

// Member is a slot of a set that reads a quantity.
type Member struct {
	Set  *law.Set
	Slot int
}

// Key is the key of a quantity.
func (d *Dictionary) Key(measure string) (int32, bool) {
	k, ok := d.keys[measure]
	return k, ok
}

// Measure is the quantity of a key.
func (d *Dictionary) Measure(key int32) (string, bool) {
	m, ok := d.names[key]
	return m, ok
}

// Slots is the key of every slot of a set, indicators first, then parts; nil
// for a set that is not in the library. It must not be changed.
func (d *Dictionary) Slots(s *law.Set) []int32 { return d.slots[s.ID] }

// Members is every slot that reads a quantity, in order of sets; empty for one
// that no set has any more. It must not be changed.
func (d *Dictionary) Members(key int32) []Member { return d.members[key] }

var msgUnprepared = fault.Msg{Key: "criteria.unprepared", Text: "cơ sở dữ liệu chưa có mã của chỉ tiêu “{measure}” trong bộ tiêu chí đang dùng; hãy chạy lại giuchuan init với thư mục dữ liệu này"}

// Prepare gives a key to every quantity of the library that has none, in sorted
// order, and returns how many it gave. Run it in a write at init and after an
// upgrade; it needs no repeating while the sets stay the same.
func Prepare(_ context.Context, tx *db.Tx, lib *law.Library) (int, error) {
	known, err := measureRows(tx)
	if err != nil {
		return 0, err
	}
	next := int32(1)
	have := make(map[string]bool, len(known))
	for _, m := range known {
		have[m.name] = true
		next = max(next, m.key+1)
	}
	added := 0
	for _, name := range measures(lib) {
		if have[name] {
			continue
		}
		if err := insertMeasure(tx, measureRow{next, name}); err != nil {
			return added, err
		}
		next++
		added++
	}
	return added, nil
}

// Keys reads the dictionary for a library; who asks often keeps a [Reader]. A quantity without a key is an error
// of code Unavailable: run [Prepare] first.
func Keys(_ context.Context, tx *db.Tx, lib *law.Library) (*Dictionary, error) {
	known, err := measureRows(tx)
	if err != nil {
		return nil, err
	}
	d := &Dictionary{keys: map[string]int32{}, names: map[int32]string{}, slots: map[string][]int32{}, members: map[int32][]Member{}}
	for _, m := range known {
		d.keys[m.name], d.names[m.key] = m.key, m.name
	}
	for _, s := range lib.Sets {
		slots := make([]int32, s.Slots())
		for slot := range slots {
			name := MeasureOf(s, slot)
			key, ok := d.keys[name]
			if !ok {
				return nil, fault.New(fault.Unavailable, msgUnprepared, "measure", name)
			}
			slots[slot] = key
			d.members[key] = append(d.members[key], Member{s, slot})
		}
		d.slots[s.ID] = slots
	}
	return d, nil
}

// Reader gives the dictionary of one library, and reads it again only when the
// database holds another one than the last time. It is safe for many goroutines.
type Reader struct {
	lib  *law.Library
	last atomic.Pointer[kept]
}

// kept is a dictionary and what tells that a database still holds it: the last
// row of the dictionary and the hash of the command that wrote it. Rows are only
// ever added, so the same last row of the same command follows the same others;
// a backup put back, or another node's init, has another one.
type kept struct {
	last  measureRow
	entry tlog.Hash
	dict  *Dictionary
}

// NewReader makes a reader for a library.
func NewReader(lib *law.Library) *Reader { return &Reader{lib: lib} }

// Keys is the function of the same name.
func (r *Reader) Keys(ctx context.Context, tx *db.Tx) (*Dictionary, error) {
	last, position, err := lastMeasure(tx)
	if errors.Is(err, db.ErrNoRows) {
		return Keys(ctx, tx, r.lib)
	}
	if err != nil {
		return nil, err
	}
	entry, err := journal.HashOf(tx, position)
	if errors.Is(err, db.ErrNoRows) { // written by the command under way
		return Keys(ctx, tx, r.lib)
	}
	if err != nil {
		return nil, err
	}
	if k := r.last.Load(); k != nil && k.last == last && k.entry == entry {
		return k.dict, nil
	}
	dict, err := Keys(ctx, tx, r.lib)
	if err == nil {
		r.last.Store(&kept{last: last, entry: entry, dict: dict})
	}
	return dict, err
}

// measures lists every quantity of a library, sorted.
func measures(lib *law.Library) []string {
	var names []string
	for _, s := range lib.Sets {
		for slot := range s.Slots() {
			names = append(names, MeasureOf(s, slot))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
