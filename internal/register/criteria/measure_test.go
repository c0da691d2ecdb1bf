package criteria_test

import (
	"context"
	"slices"
	"testing"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/register/criteria"
)

func prepare(t *testing.T, d *db.DB, lib *law.Library) (added int) {
	t.Helper()
	if _, err := write(t, d, func(ctx context.Context, tx *db.Tx) (err error) {
		added, err = criteria.Prepare(ctx, tx, lib)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return added
}

func keys(t *testing.T, d *db.DB, lib *law.Library) (dict *criteria.Dictionary, err error) {
	t.Helper()
	err = d.Read(t.Context(), func(tx *db.Tx) (err error) {
		dict, err = criteria.Keys(tx.Context(), tx, lib)
		return err
	})
	return dict, err
}

func TestDictionary(t *testing.T) {
	w := load(t)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if _, err := keys(t, d, w.lib); !fault.Is(err, fault.Unavailable) {
			t.Errorf("before Prepare: %v", err)
		}
		added := prepare(t, d, w.lib)
		if again := prepare(t, d, w.lib); again != 0 {
			t.Errorf("Prepare gave %d keys twice", again)
		}
		dict, err := keys(t, d, w.lib)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[int32]bool{}
		for _, set := range w.lib.Sets {
			slots := dict.Slots(set)
			if len(slots) != set.Slots() {
				t.Fatalf("%s: %d keys for %d slots", set.ID, len(slots), set.Slots())
			}
			for slot, key := range slots {
				seen[key] = true
				name, ok := dict.Measure(key)
				back, _ := dict.Key(name)
				if !ok || back != key || name != criteria.MeasureOf(set, slot) || key < 1 || int(key) > added {
					t.Errorf("%s slot %d: key %d is %q, back %d", set.ID, slot, key, name, back)
				}
				if !slices.Contains(dict.Members(key), criteria.Member{Set: set, Slot: slot}) {
					t.Errorf("%s slot %d is no member of %q", set.ID, slot, name)
				}
			}
		}
		if len(seen) != added {
			t.Errorf("%d keys given, %d in use", added, len(seen))
		}
		income, ok := dict.Key("thu-nhap")
		if members := dict.Members(income); !ok || len(members) != 2 {
			t.Errorf("income is read by %d slots, want one in each of two sets", len(members))
		}
		if _, ok := dict.Key(ntm + "/5.b"); !ok {
			t.Error("a part has no key")
		}
	})
}

// Keys of a smaller library stay as they are when the law grows.
func TestKeysAreNeverMoved(t *testing.T) {
	w := load(t)
	small := &law.Library{Sets: w.lib.Sets[len(w.lib.Sets)-1:]}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d, small)
		before, err := keys(t, d, small)
		if err != nil {
			t.Fatal(err)
		}
		prepare(t, d, w.lib)
		after, err := keys(t, d, w.lib)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(before.Slots(small.Sets[0]), after.Slots(small.Sets[0])) {
			t.Error("keys moved when sets were added")
		}
	})
}

// A reader gives what the database holds, however it came to hold it: it reads
// the dictionary again when another library was prepared, and on another database.
func TestReaderFollowsTheDatabase(t *testing.T) {
	w := load(t)
	r := criteria.NewReader(w.lib)
	ask := func(t *testing.T, d *db.DB) (dict *criteria.Dictionary, err error) {
		t.Helper()
		err = d.Read(t.Context(), func(tx *db.Tx) (err error) {
			dict, err = r.Keys(tx.Context(), tx)
			return err
		})
		return dict, err
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if _, err := ask(t, d); !fault.Is(err, fault.Unavailable) {
			t.Fatalf("before Prepare: %v", err)
		}
		half := &law.Library{Sets: w.lib.Sets[1:], Instruments: w.lib.Instruments}
		prepare(t, d, half)
		if _, err := ask(t, d); !fault.Is(err, fault.Unavailable) {
			t.Fatalf("with a set less: %v", err)
		}
		prepare(t, d, w.lib)
		first, err := ask(t, d)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ask(t, d)
		if err != nil || again != first {
			t.Errorf("the same dictionary was read twice: %v", err)
		}
		whole, err := keys(t, d, w.lib)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range w.lib.Sets {
			if !slices.Equal(whole.Slots(s), first.Slots(s)) {
				t.Errorf("%s: other keys than the database's", s.ID)
			}
		}
		if _, err := write(t, d, func(ctx context.Context, tx *db.Tx) error {
			inside, err := r.Keys(ctx, tx)
			if inside != first {
				t.Error("a write has another dictionary")
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkKeys(b *testing.B) {
	w := load(b)
	d := dbtest.Open(b, db.Options{Path: dbtest.NewSQLite(b)})
	if err := d.Write(b.Context(), db.Command{Actor: "test", Name: "prepare"}, func(tx *db.Tx) error {
		_, err := criteria.Prepare(tx.Context(), tx, w.lib)
		return err
	}); err != nil {
		b.Fatal(err)
	}
	r := criteria.NewReader(w.lib)
	for name, read := range map[string]func(*db.Tx) (*criteria.Dictionary, error){
		"read":  func(tx *db.Tx) (*criteria.Dictionary, error) { return criteria.Keys(b.Context(), tx, w.lib) },
		"cache": func(tx *db.Tx) (*criteria.Dictionary, error) { return r.Keys(b.Context(), tx) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := d.Read(b.Context(), func(tx *db.Tx) error { _, err := read(tx); return err }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
