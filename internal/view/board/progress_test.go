package board_test

import (
	"context"
	"maps"
	"reflect"
	"testing"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/viewtest"
)

// What the board says of a sheet is what the record says, whether the acts were
// followed one by one or loaded at the start.
func TestSheetsOfTheBoard(t *testing.T) {
	w := viewtest.Demo(t)
	followed := w.Board(t)
	period, err := day.ParsePeriod("2024-Q3")
	viewtest.Must(t, err)
	all := authz.Subject{ID: "all", Grants: []authz.Grant{
		{Role: authz.Coordination, Place: "08.1"}, {Role: authz.CommuneEntry, Place: "02407.1"}, {Role: authz.DistrictOffice, Place: "074.1"},
	}}
	chair := authz.Subject{ID: "chair", Grants: []authz.Grant{{Role: authz.CommuneLeader, Place: "02407.1"}}}
	open := &round.Open{
		Name: "Quý III", Period: period, Basis: "1/KH", BasisOn: viewtest.Today(), Districts: []string{"074.1"},
		SendBy: viewtest.Today() + 1, VerifyBy: viewtest.Today() + 2, ConfirmBy: viewtest.Today() + 3,
	}
	w.Write(t, open.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Rounds.Open(ctx, tx, all, open)
		return err
	})
	target := round.Target{Place: "02407.1", Period: period, Set: "xa-ntm-2021-2025", Code: "9.2"}
	save := &round.Save{Target: target, Entry: law.Entry{Value: "90"}}
	w.Write(t, save.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Rounds.Save(ctx, tx, all, save)
		return err
	})
	carry := &round.Carry{Place: target.Place, Period: period, Set: target.Set, Criterion: "15"}
	w.Write(t, carry.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Rounds.Carry(ctx, tx, all, carry)
		return err
	})
	viewtest.Must(t, followed.Catch(context.Background()))
	send := &round.Send{Place: target.Place, Period: period}
	w.Write(t, send.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Rounds.Send(ctx, tx, chair, send)
		return err
	})
	back := &round.Move{Act: round.ActReturn, Period: period, Reason: "thiếu ảnh", Items: []round.Item{{Place: target.Place, Set: target.Set, Code: "9.2"}}}
	w.Write(t, back.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Rounds.Move(ctx, tx, all, back)
		return err
	})
	viewtest.Must(t, followed.Catch(context.Background()))
	unit, _ := w.Places.Latest(target.Place)
	var want map[int32]round.Row
	viewtest.Must(t, w.DB.Read(context.Background(), func(tx *db.Tx) error {
		sheet, err := w.Rounds.SheetOf(context.Background(), tx, &unit, period)
		if err != nil {
			return err
		}
		want, err = w.Rounds.Rows(context.Background(), tx, sheet)
		return err
	}))
	if len(want) < 4 {
		t.Fatalf("the record has %d rows", len(want))
	}
	for name, b := range map[string]interface {
		Sheet(int32, day.Period) (board.Sheet, bool)
	}{"followed": followed, "loaded": w.Board(t)} {
		s, ok := b.Sheet(unit.Key, period)
		if !ok || !maps.Equal(s.Rows, want) || s.Round.Name != "Quý III" || len(s.Sets) == 0 {
			t.Errorf("%s: %+v, want %+v", name, s, want)
		}
	}
	if n := len(followed.Sheets(followed.Rounds()[0].ID)); n < 5 || len(followed.SheetsOf(unit.Key)) != 1 {
		t.Errorf("%d sheets", n)
	}
}

// A board that follows saves of single quantities, alone, together and beside
// other commands, holds what one that is loaded afterwards holds.
func TestBoardFollowsSavesOfSingleQuantities(t *testing.T) {
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		w.Fill(t)
		ctx := context.Background()
		followed := w.Board(t)
		periods := []string{"2024-Q3", "2024-Q4"}
		all := authz.Subject{ID: "all", Grants: []authz.Grant{{Role: authz.Coordination, Place: "08.1"}, {Role: authz.CommuneEntry, Place: "02407.1"}}}
		for _, text := range periods {
			period, err := day.ParsePeriod(text)
			viewtest.Must(t, err)
			open := &round.Open{
				Name: text, Period: period, Basis: "1/KH", BasisOn: viewtest.Today(), Districts: []string{"074.1"},
				SendBy: viewtest.Today() + 1, VerifyBy: viewtest.Today() + 2, ConfirmBy: viewtest.Today() + 3,
			}
			w.Write(t, open.Command, func(ctx context.Context, tx *db.Tx) error {
				_, err := w.Rounds.Open(ctx, tx, all, open)
				return err
			})
		}
		unit, _ := w.Places.Latest("02407.1")
		save := func(period, code, value string) {
			p, err := day.ParsePeriod(period)
			viewtest.Must(t, err)
			cmd := &round.Save{
				Target: round.Target{Place: unit.ID, Period: p, Set: "xa-ntm-2021-2025", Code: code},
				Entry:  law.Entry{Value: value}, Base: round.AnyBase,
			}
			w.Write(t, cmd.Command, func(ctx context.Context, tx *db.Tx) error {
				_, err := w.Rounds.Save(ctx, tx, all, cmd)
				return err
			})
		}
		same := func(when string) {
			viewtest.Must(t, followed.Catch(ctx))
			loaded := w.Board(t)
			for _, text := range periods {
				p, err := day.ParsePeriod(text)
				viewtest.Must(t, err)
				got, _ := followed.Sheet(unit.Key, p)
				want, _ := loaded.Sheet(unit.Key, p)
				if !maps.Equal(got.Rows, want.Rows) || !reflect.DeepEqual(followed.ReportsOf(unit.Key, p), loaded.ReportsOf(unit.Key, p)) {
					t.Errorf("%s, %s: %+v, want %+v", when, text, got.Rows, want.Rows)
				}
			}
		}
		viewtest.Must(t, followed.Catch(ctx))
		save("2024-Q3", "9.2", "90")
		same("one save")
		save("2024-Q3", "9.2", "91")
		save("2024-Q3", "4.2", "99")
		same("two quantities")
		save("2024-Q3", "9.2", "92")
		save("2024-Q4", "4.2", "98")
		same("two periods")
		save("2024-Q3", "4.2", "97")
		w.Findings(t, "a.csv", []byte("commune,set,indicator,period,value\n02407,xa-ntm-2021-2025,10,2024-H1,51\n"))
		same("a save and a file")
	})
}
