package overview_test

import (
	"context"
	"slices"
	"testing"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/view/overview"
	"giuchuan/internal/view/viewtest"
)

// What was reported after a round was closed shows as a change, and the round
// that is open counts who has sent.
func TestChangesSinceTheLastRound(t *testing.T) {
	w := viewtest.Demo(t)
	ctx := context.Background()
	office := authz.Subject{ID: "office", Grants: []authz.Grant{{Role: authz.Coordination, Place: "08.1"}}}
	clerk := authz.Subject{ID: "clerk", Grants: []authz.Grant{{Role: authz.CommuneEntry, Place: "02407.1"}}}
	chair := authz.Subject{ID: "chair", Grants: []authz.Grant{{Role: authz.CommuneLeader, Place: "02407.1"}}}
	period, err := day.ParsePeriod("2024-Q3")
	viewtest.Must(t, err)
	cmd := &round.Open{
		Name: "Quý III", Period: period, Basis: "1/KH", BasisOn: viewtest.Today(), Districts: []string{"074.1"},
		SendBy: viewtest.Today() + 4, VerifyBy: viewtest.Today() + 5, ConfirmBy: viewtest.Today() + 6,
	}
	at := w.Write(t, cmd.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Rounds.Open(ctx, tx, office, cmd)
		return err
	})
	save := &round.Save{Target: round.Target{Place: "02407.1", Period: period, Set: "xa-ntm-2021-2025", Code: "15.1"}, Entry: law.Entry{Male: "91", Female: "92", Value: "91,5"}}
	w.Write(t, save.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Rounds.Save(ctx, tx, clerk, save)
		return err
	})
	b := w.Board(t)
	s, err := b.Standing(ctx, viewtest.Today())
	viewtest.Must(t, err)
	var past *overview.Past
	viewtest.Must(t, w.DB.Read(ctx, func(tx *db.Tx) error {
		frozen, err := w.Review.Standing(ctx, tx, review.Ask{On: viewtest.Today(), Known: at, Province: viewtest.Province})
		past = overview.NewPast("đợt trước", frozen)
		return err
	}))
	all := overview.Sight(func(string) bool { return true })
	changes := past.Changes(s, all)
	if len(changes) != 1 || changes[0].Name != "Thái Sơn" || !slices.Equal(changes[0].Won, []string{"15"}) || len(changes[0].Lost) != 0 {
		t.Errorf("%+v", changes)
	}
	if got := past.Changes(s, nil); len(got) != 0 {
		t.Errorf("who sees nothing sees %+v", got)
	}
	count := func() *overview.Progress {
		viewtest.Must(t, b.Catch(ctx))
		r := &b.Rounds()[0]
		return overview.ProgressOf(r, b.Sheets(r.ID), w.Places, overview.Seen{Sight: all, Today: viewtest.Today()})
	}
	if p := count(); len(p.Unsent) != p.Total || p.Total < 5 || p.Left != 4 {
		t.Errorf("before: %+v", p)
	}
	send := &round.Send{Place: "02407.1", Period: period}
	w.Write(t, send.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Rounds.Send(ctx, tx, chair, send)
		return err
	})
	if p := count(); len(p.Unsent) != p.Total-1 || p.Submitted != 1 {
		t.Errorf("after: %+v", p)
	}
}
