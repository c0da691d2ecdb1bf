package tracking_test

import (
	"context"
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/view/tracking"
)

// source counts how often it is read.
type source struct {
	reads int
	lines []tracking.Line
}

func (s *source) Open(_ context.Context, tx *db.Tx) (*tracking.Open, error) {
	s.reads++
	return &tracking.Open{Today: tx.Today(), Lines: append([]tracking.Line(nil), s.lines...)}, nil
}

// TestReadOnlyWhenSomethingHappened: entries about other things cost no reading,
// an entry about directives and another day do.
func TestReadOnlyWhenSomethingHappened(t *testing.T) {
	today := day.Of(2024, time.October, 1)
	dbtest.EachWith(t, func(o *db.Options) { o.Today = func() day.Day { return today } }, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		s := &source{}
		x := tracking.New(d, s)
		position := int64(0)
		command := func(name string) {
			t.Helper()
			if err := d.Write(ctx, db.Command{Actor: "a", Name: name}, func(tx *db.Tx) error { position = tx.Position(); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		look := func(on day.Day, want int, why string) {
			t.Helper()
			open, err := x.At(ctx, position, on)
			if err != nil || open == nil || s.reads != want {
				t.Fatalf("%s: read %d times (%v), want %d", why, s.reads, err, want)
			}
		}
		look(today, 1, "at first")
		look(today, 1, "again")
		command("review.save")
		look(today, 1, "after a finding")
		command("task.report")
		look(today, 2, "after a task")
		command("directive.confirm")
		command("review.save")
		look(today, 3, "after a directive")
		command("request.ask")
		look(today, 4, "after a request")
		look(today+1, 5, "the next day")
	})
}

// TestDecide: overdue duties stand by body, the most and oldest first; what is
// reported waits for the office, not for the leaders; extensions are listed.
func TestDecide(t *testing.T) {
	today := day.Of(2024, time.October, 1)
	late := func(id, agency string, days int) tracking.Line {
		return tracking.Line{ID: id, Agency: agency, Due: today - day.Day(days), Overdue: true, Single: true, Asked: day.None}
	}
	reported := late("d", "b", 3)
	reported.Waiting, reported.Unproven = true, true
	asking := late("e", "c", -5)
	asking.Overdue, asking.Asked = false, today+30
	o := &tracking.Open{Today: today, Lines: []tracking.Line{late("a", "a", 9), late("b", "b", 1), late("c", "b", 2), reported, asking}}
	d := o.Decide()
	if d.Overdue != 3 || d.Unproven != 1 || d.Len() != 3 || d.None() {
		t.Errorf("%+v", d)
	}
	if len(d.Late) != 2 || d.Late[0].Agency != "b" || d.Late[0].Days != 2 || d.Late[1].Agency != "a" || len(d.Asked) != 1 || d.Asked[0].ID != "e" {
		t.Errorf("%+v", d)
	}
	if n := len(o.Of("b")); n != 3 {
		t.Errorf("%d lines of b, want 3", n)
	}
	if !(&tracking.Open{}).Decide().None() {
		t.Error("something waits where nothing is open")
	}
}
