package dossier_test

import (
	"context"
	"testing"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/view/dossier"
	"giuchuan/internal/view/viewtest"
)

// That the district verified a figure is no correction of it.
func TestVerifyingIsNoCorrection(t *testing.T) {
	w := viewtest.Demo(t)
	period, err := day.ParsePeriod("2024-Q3")
	viewtest.Must(t, err)
	who := authz.Subject{ID: "who", Grants: []authz.Grant{
		{Role: authz.Coordination, Place: "08.1"}, {Role: authz.CommuneEntry, Place: "02407.1"}, {Role: authz.DistrictOffice, Place: "074.1"},
	}}
	chair := authz.Subject{ID: "chair", Grants: []authz.Grant{{Role: authz.CommuneLeader, Place: "02407.1"}}}
	open := &round.Open{
		Name: "Quý III", Period: period, Basis: "1/KH", BasisOn: viewtest.Today(), Districts: []string{"074.1"},
		SendBy: viewtest.Today() + 1, VerifyBy: viewtest.Today() + 2, ConfirmBy: viewtest.Today() + 3,
	}
	target := round.Target{Place: "02407.1", Period: period, Set: "xa-ntm-2021-2025", Code: "9.2"}
	save := &round.Save{Target: target, Entry: law.Entry{Value: "90"}}
	send := &round.Send{Place: target.Place, Period: period}
	verify := &round.Move{Act: round.ActVerify, Period: period, Items: []round.Item{{Place: target.Place, Set: target.Set, Code: target.Code}}}
	w.Write(t, open.Command, func(ctx context.Context, tx *db.Tx) error { _, err := w.Rounds.Open(ctx, tx, who, open); return err })
	w.Write(t, save.Command, func(ctx context.Context, tx *db.Tx) error { _, err := w.Rounds.Save(ctx, tx, who, save); return err })
	w.Write(t, send.Command, func(ctx context.Context, tx *db.Tx) error { _, err := w.Rounds.Send(ctx, tx, chair, send); return err })
	w.Write(t, verify.Command, func(ctx context.Context, tx *db.Tx) error { _, err := w.Rounds.Move(ctx, tx, who, verify); return err })
	set, err := w.Law.Set(target.Set)
	viewtest.Must(t, err)
	unit, _ := w.Places.Latest(target.Place)
	viewtest.Must(t, w.DB.Read(context.Background(), func(tx *db.Tx) error {
		list, _, err := dossier.Changes(context.Background(), tx, dossier.Corrections{
			Keys: criteria.NewReader(w.Law), Set: set, Place: unit.Key, Known: viewtest.Now,
		})
		if len(list) != 0 {
			t.Errorf("%+v", list)
		}
		return err
	}))
}
