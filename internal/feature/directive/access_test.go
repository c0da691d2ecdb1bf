package directive_test

import (
	"context"
	"testing"
	"time"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

func TestWhoMay(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		id := w.take(mine("1", day.Of(2024, 6, 7), "giao", duty("1", "rà soát", "so-y-te.1", "ubnd-074.1"))).ID
		stranger := w.take(mine("2", day.Of(2024, 6, 8), "khác", duty("1", "rà soát", "so-xay-dung.1"))).ID
		hamYen := someone(authz.DistrictOffice, "074.1", "ubnd-074.1")
		for _, who := range []authz.Subject{
			hamYen, someone(authz.InCharge, "08.1", "so-y-te.1"), someone(authz.Coordination, "08.1", "vpdp-ntm.1"), someone(authz.ProvinceLeader, "08.1", "ubnd-tinh.1"),
			someone(authz.ProvinceAdmin, "08.1", "vp-ubnd.1"), someone(authz.ProvinceOffice, "02.1", "x"),
			{},
		} {
			w.nothing(who, id)
		}
		if rows := w.list(hamYen, directive.Filter{}); len(rows) != 0 {
			t.Error("a unit sees a proposal")
		}
		must(t, w.confirm(id))
		must(t, w.confirm(stranger))
		if got := titles(w.list(hamYen, directive.Filter{})); got != "giao" {
			t.Errorf("the district sees %q", got)
		}
		if got := titles(w.list(someone(authz.InCharge, "08.1", "so-xay-dung.1"), directive.Filter{})); got != "khác" {
			t.Errorf("Sở Xây dựng sees %q", got)
		}
		if got := titles(w.list(someone(authz.ProvinceAdmin, "08.1", "so-y-te.1"), directive.Filter{})); got != "" {
			t.Errorf("an administrator sees %q", got)
		}
		if got := titles(w.list(someone(authz.ProvinceLeader, "08.1", "ubnd-tinh.1"), directive.Filter{})); got != "khác,giao" {
			t.Errorf("the leader sees %q", got)
		}
		err := w.d.Read(context.Background(), func(tx *db.Tx) error {
			_, _, err := w.s.Get(context.Background(), tx, hamYen, stranger)
			return err
		})
		if fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("a stranger's document: %v", err)
		}
		w.today = day.Of(2025, time.July, 2) // the district is no more; a commune's UBND may be its heir
		if got := titles(w.list(someone(authz.CommuneLeader, "02392.2", w.heirOf("ubnd-074.1")), directive.Filter{})); got != "giao" {
			t.Errorf("an heir of the district sees %q", got)
		}
		if got := titles(w.list(someone(authz.InCharge, "08.1", "so-xay-dung.2"), directive.Filter{})); got != "khác" {
			t.Errorf("the heir of Sở Xây dựng sees %q", got)
		}
	})
}

func (w *world) heirOf(id string) string {
	w.t.Helper()
	for _, h := range w.agencies.Successors(id, w.today) {
		if h.Agency.PlaceID != "" {
			return h.Agency.ID
		}
	}
	w.t.Fatal("no heir")
	return ""
}

// nothing holds that a person may change nothing.
func (w *world) nothing(who authz.Subject, id string) {
	w.t.Helper()
	e := directive.Edit{Document: id, Duty: "x", Reason: "x"}
	for _, try := range []struct {
		c    commander
		work func(ctx context.Context, tx *db.Tx) error
	}{
		{&directive.Import{}, func(ctx context.Context, tx *db.Tx) error {
			_, err := w.s.Import(ctx, tx, who, directive.Import{Proposal: mine("3", w.today, "x")})
			return err
		}},
		{&directive.Correct{}, func(ctx context.Context, tx *db.Tx) error {
			return w.s.Correct(ctx, tx, who, directive.Correct{Edit: e})
		}},
		{&directive.Split{}, func(ctx context.Context, tx *db.Tx) error {
			_, err := w.s.Split(ctx, tx, who, directive.Split{Edit: e})
			return err
		}},
		{&directive.Merge{}, func(ctx context.Context, tx *db.Tx) error {
			return w.s.Merge(ctx, tx, who, directive.Merge{Edit: e})
		}},
		{&directive.Add{}, func(ctx context.Context, tx *db.Tx) error {
			_, err := w.s.Add(ctx, tx, who, directive.Add{Edit: e})
			return err
		}},
		{&directive.Strike{}, func(ctx context.Context, tx *db.Tx) error {
			return w.s.Strike(ctx, tx, who, directive.Strike{Edit: e})
		}},
		{&directive.Choose{}, func(ctx context.Context, tx *db.Tx) error {
			return w.s.Choose(ctx, tx, who, directive.Choose{Edit: e})
		}},
		{&directive.Confirm{}, func(ctx context.Context, tx *db.Tx) error {
			return w.s.Confirm(ctx, tx, who, directive.Confirm{Document: id})
		}},
		{&directive.Complete{}, func(ctx context.Context, tx *db.Tx) error {
			return w.s.Complete(ctx, tx, who, directive.Complete{Document: id})
		}},
		{&directive.Withdraw{}, func(ctx context.Context, tx *db.Tx) error {
			return w.s.Withdraw(ctx, tx, who, directive.Withdraw{Document: id, Reason: "x"})
		}},
		{&directive.Enrol{}, func(ctx context.Context, tx *db.Tx) error { return w.s.Enrol(ctx, tx, who, directive.Enrol{}) }},
		{&directive.GiveToMembers{}, func(ctx context.Context, tx *db.Tx) error {
			_, err := w.s.GiveToMembers(ctx, tx, who, directive.GiveToMembers{Document: id})
			return err
		}},
	} {
		w.refused(fault.Forbidden, try.c, try.work)
	}
}
