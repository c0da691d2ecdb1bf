package db_test

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
)

// numbered yields notes in key order, handing out the same slice each time.
func numbered(from, to int) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		row := make([]any, 2)
		for i := from; i < to; i++ {
			row[0], row[1] = fmt.Sprintf("%06d", i), nil
			if i%3 > 0 {
				row[1] = strings.Repeat("x", i%50)
			}
			if !yield(row) {
				return
			}
		}
	}
}

// bulkWrite is a command that inserts rows after what before does.
func bulkWrite(d *db.DB, before func(tx *db.Tx) error, rows iter.Seq[[]any]) (n int64, err error) {
	err = d.Write(context.Background(), cmd("note.load"), func(tx *db.Tx) (err error) {
		if before != nil {
			if err := before(tx); err != nil {
				return err
			}
		}
		n, err = tx.InsertSorted(noteTable, rows)
		return err
	})
	return n, err
}

func TestInsertSorted(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		total := 0
		for _, rows := range []int{0, 1, 127, 128, 129, 1000} {
			n, err := bulkWrite(d, nil, numbered(total, total+rows))
			if err != nil || n != int64(rows) {
				t.Fatalf("wrote %d of %d rows: %v", n, rows, err)
			}
			total += rows
			if got := len(noteIDs(t, d)); got != total {
				t.Errorf("found %d of %d rows", got, total)
			}
		}
		verifies(t, d)
	})
}

// TestInsertSortedHashesAsInsert: the order of writing and the way of writing
// leave the same hash.
func TestInsertSortedHashesAsInsert(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		insert := func(ids ...string) func(tx *db.Tx) error {
			return func(tx *db.Tx) error {
				for _, id := range ids {
					if err := tx.Insert(noteTable, id, "t"); err != nil {
						return err
					}
				}
				return nil
			}
		}
		seq := func(ids ...string) iter.Seq[[]any] {
			return func(yield func([]any) bool) {
				for _, id := range ids {
					if !yield([]any{id, "t"}) {
						return
					}
				}
			}
		}
		if _, err := bulkWrite(d, insert("a2", "a1"), seq("a3", "ă")); err != nil {
			t.Fatal(err)
		}
		if err := d.Write(context.Background(), cmd("note.add"), insert("Đ", "z", "đ", "Z")); err != nil {
			t.Fatal(err)
		}
		verifies(t, d)
		wantNotes(t, d, "[Z a1 a2 a3 z ă Đ đ]")
		if _, err := bulkWrite(d, insert("b2"), seq("b1")); err == nil {
			t.Error("rows below one already written were accepted")
		}
	})
}

func TestInsertSortedRefuses(t *testing.T) {
	seq := func(rows ...[]any) iter.Seq[[]any] {
		return func(yield func([]any) bool) {
			for row := range numbered(0, 300) { // several statements are on their way
				if !yield(row) {
					return
				}
			}
			for _, row := range rows {
				if !yield(row) {
					return
				}
			}
		}
	}
	cases := map[string]iter.Seq[[]any]{
		"a row out of order": seq([]any{"000000", "x"}),
		"a key twice":        seq([]any{"9", "x"}, []any{"9", "y"}),
		"a short row":        seq([]any{"9"}),
		"a NULL key":         seq([]any{nil, "x"}),
		"a float":            seq([]any{"9", 0.5}),
		"a row that exists":  seq([]any{"old", "x"}),
		"a panic": func(yield func([]any) bool) {
			yield([]any{"1", "x"})
			panic("ouch")
		},
	}
	withNotes(t, func(t *testing.T, d *db.DB) {
		if err := addNote(d, "old"); err != nil {
			t.Fatal(err)
		}
		for name, rows := range cases {
			answers := together(t, d,
				func() error { return addNote(d, "before "+name) },
				func() error { _, err := bulkWrite(d, nil, rows); return err },
				func() error { return addNote(d, "behind "+name) })
			if answers[0] != nil || answers[1] == nil || answers[2] != nil {
				t.Errorf("%s: answers %v, want only the second refused", name, answers)
			}
			if name == "a panic" && !fault.Is(answers[1], fault.Internal) {
				t.Errorf("%s: %v", name, answers[1])
			}
		}
		if got := len(noteIDs(t, d)); got != 1+2*len(cases) {
			t.Errorf("found %d notes, want %d", got, 1+2*len(cases))
		}
		verifies(t, d)
	})
}

// BenchmarkVerify reads a journal of one million rows in 20,000 entries.
func BenchmarkVerify(b *testing.B) {
	const entries, each = 20_000, 50
	benchEngines(b, func(b *testing.B, d *db.DB, _ string) {
		for e := range entries {
			err := d.Write(context.Background(), cmd("fact.load"), func(tx *db.Tx) error {
				_, err := tx.InsertSorted(factTable, func(yield func([]any) bool) {
					for i := range each {
						if !yield([]any{e % 379, 202400, i, e, 1, 1}) {
							return
						}
					}
				})
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ResetTimer()
		var rows int64
		for range b.N {
			report, err := journal.Verify(context.Background(), d, []*db.Table{factTable}, nil)
			if err != nil {
				b.Fatal(err)
			}
			rows += report.Rows
		}
		b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
	})
}
