package worksheet_test

import (
	"context"
	"testing"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/view/viewtest"
	"giuchuan/internal/view/worksheet"
)

const ntm = "xa-ntm-2021-2025"

// A round of the third quarter asks Thái Sơn for what was unmet in the first
// half, and counts what was done with it.
func TestWhatASheetAsksFor(t *testing.T) {
	w := viewtest.Demo(t)
	ctx := context.Background()
	period, err := day.ParsePeriod("2024-Q3")
	viewtest.Must(t, err)
	all := authz.Subject{ID: "all", Grants: []authz.Grant{{Role: authz.Coordination, Place: "08.1"}, {Role: authz.CommuneEntry, Place: "02407.1"}}}
	open := &round.Open{
		Name: "Quý III", Period: period, Basis: "1/KH", BasisOn: viewtest.Today(), Districts: []string{"074.1"},
		SendBy: viewtest.Today() + 1, VerifyBy: viewtest.Today() + 2, ConfirmBy: viewtest.Today() + 3,
	}
	w.Write(t, open.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Rounds.Open(ctx, tx, all, open)
		return err
	})
	b := w.Board(t)
	reader := &worksheet.Reader{Board: b, Law: w.Law, Places: w.Places}
	unit, _ := w.Places.Latest("02407.1")
	sheet := func() *worksheet.Sheet {
		viewtest.Must(t, b.Catch(ctx))
		s, err := reader.Sheet(ctx, &unit, period)
		viewtest.Must(t, err)
		return s
	}
	before := sheet()
	if before.Counts.Lines != 57 || before.Counts.Missing != before.Counts.Asked || before.Counts.Asked == 0 || before.Counts.Asked > 20 {
		t.Errorf("%+v", before.Counts)
	}
	if _, l := before.Find(ntm, "15.1"); l == nil || l.Need != round.NeedUnmet || l.Has || l.Parts[0].Last == nil {
		t.Errorf("15.1: %+v", l)
	}
	save := &round.Save{Target: round.Target{Place: unit.ID, Period: period, Set: ntm, Code: "15.1"}, Entry: law.Entry{
		MaleNumerator: "3136", MaleDenominator: "3484", FemaleNumerator: "3205", FemaleDenominator: "3520",
	}}
	w.Write(t, save.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Rounds.Save(ctx, tx, all, save)
		return err
	})
	carry := &round.Carry{Place: unit.ID, Period: period, Set: ntm, Criterion: "2"}
	w.Write(t, carry.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Rounds.Carry(ctx, tx, all, carry)
		return err
	})
	after := sheet()
	if after.Counts.Entered != 1 || after.Counts.Carried != 4 || after.Counts.Missing != before.Counts.Missing-1 || after.Counts.Unsent() != 5 {
		t.Errorf("%+v", after.Counts)
	}
	c, l := after.Find(ntm, "15.1")
	if l.Now.Verdict != law.Met || after.Verdict(c) != law.Met || len(l.Why) == 0 || l.Why[0] != worksheet.Changed {
		t.Errorf("15.1 after: %+v", l)
	}
	if got := after.Explain(c.Set, l.Slot); got.Provenance == "" || got.Threshold == "" {
		t.Errorf("%+v", got)
	}
	if _, l := after.Find(ntm, "2.1"); l.Row.Origin != round.ActCarry || l.Row.Reason != "2024-H1" {
		t.Errorf("2.1: %+v", l)
	}
	other, _ := w.Places.Latest("02254.1")
	if _, err := reader.Sheet(ctx, &other, period); err == nil {
		t.Error("a commune outside the round has a sheet")
	}
}

// BenchmarkSheet is the CPU of one worksheet.
func BenchmarkSheet(b *testing.B) {
	w := viewtest.Demo(b)
	period, err := day.ParsePeriod("2024-Q3")
	viewtest.Must(b, err)
	all := authz.Subject{ID: "all", Grants: []authz.Grant{{Role: authz.Coordination, Place: "08.1"}}}
	open := &round.Open{
		Name: "Quý III", Period: period, Basis: "1/KH", BasisOn: viewtest.Today(),
		SendBy: viewtest.Today() + 1, VerifyBy: viewtest.Today() + 2, ConfirmBy: viewtest.Today() + 3,
	}
	w.Write(b, open.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Rounds.Open(ctx, tx, all, open)
		return err
	})
	r := &worksheet.Reader{Board: w.Board(b), Law: w.Law, Places: w.Places}
	unit, _ := w.Places.Latest("02404.1")
	for b.Loop() {
		if _, err := r.Sheet(context.Background(), &unit, period); err != nil {
			b.Fatal(err)
		}
	}
}

// A value that passes this year and will not pass the next is asked for; one that
// will pass is not.
func TestARoundAsksForWhatIsAtRisk(t *testing.T) {
	w := viewtest.Demo(t)
	period, err := day.ParsePeriod("2024-Q3")
	viewtest.Must(t, err)
	all := authz.Subject{ID: "all", Grants: []authz.Grant{{Role: authz.Coordination, Place: "08.1"}}}
	open := &round.Open{
		Name: "Quý III", Period: period, Basis: "1/KH", BasisOn: viewtest.Today(),
		SendBy: viewtest.Today() + 1, VerifyBy: viewtest.Today() + 2, ConfirmBy: viewtest.Today() + 3,
	}
	w.Write(t, open.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Rounds.Open(ctx, tx, all, open)
		return err
	})
	reader := &worksheet.Reader{Board: w.Board(t), Law: w.Law, Places: w.Places}
	for commune, want := range map[string]round.Need{"02419.1": round.NeedAtRisk, "02407.1": round.NoNeed} {
		unit, _ := w.Places.Latest(commune)
		s, err := reader.Sheet(context.Background(), &unit, period)
		viewtest.Must(t, err)
		c, l := s.Find(ntm, "10")
		if l.Need != want {
			t.Errorf("income of %s: %s, want %s", unit.FullName, l.Need.Vietnamese(), want.Vietnamese())
		}
		part, err := reader.Part(context.Background(), &unit, period, c.Set, c.Index)
		viewtest.Must(t, err)
		if len(part.Criteria) != 1 || part.Criteria[0].Counts() != c.Counts() {
			t.Errorf("the part of %s counts %+v, the whole %+v", unit.FullName, part.Counts, c.Counts())
		}
	}
}
