package cli

import (
	"context"
	"fmt"
	"slices"

	"giuchuan/internal/app"
	"giuchuan/internal/app/demo"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

// commander is a command of the rounds.
type commander interface {
	Command(actor string) (db.Command, error)
}

// perform carries out a command of the rounds as somebody of the demonstration.
func (d *demonstration) perform(ctx context.Context, who authz.Subject, c commander, work func(*db.Tx) error) error {
	cmd, err := c.Command(who.ID)
	if err != nil {
		return err
	}
	return d.app.DB.Write(ctx, cmd, work)
}

// province is the demonstration's province on the day of its clock.
func (d *demonstration) province() (place.Unit, error) {
	return d.app.Places.Province("08", day.FromTime(d.now))
}

// open opens a round.
func (d *demonstration) open(cmd *round.Open) func(context.Context) error {
	return func(ctx context.Context) error {
		p, err := d.province()
		if err != nil {
			return err
		}
		rounds, who := d.app.Rounds("08"), demo.Person("demo", p, authz.Coordination)
		err = d.perform(ctx, who, cmd, func(tx *db.Tx) error {
			_, err := rounds.Open(ctx, tx, who, cmd)
			return err
		})
		if err == nil {
			fmt.Fprintf(d.env.Stdout, "Đợt rà soát: mở “%s”, hạn xã gửi %s\n", cmd.Name, cmd.SendBy.Vietnamese())
		}
		return err
	}
}

// close closes the round of the first half.
func (d *demonstration) close(ctx context.Context) error {
	p, err := d.province()
	if err != nil {
		return err
	}
	rounds, who := d.app.Rounds("08"), demo.Person("demo", p, authz.Coordination)
	r, _, err := d.sheets(ctx, demo.Period)
	if err != nil {
		return err
	}
	cmd := &round.Close{ID: r.ID, Note: "số liệu minh họa"}
	return d.perform(ctx, who, cmd, func(tx *db.Tx) error { return rounds.Close(ctx, tx, who, cmd) })
}

// sheets finds the round of a period with its sheets.
func (d *demonstration) sheets(ctx context.Context, p day.Period) (r round.Round, list []round.Sheet, err error) {
	rounds := d.app.Rounds("08")
	err = d.app.DB.Read(ctx, func(tx *db.Tx) error {
		all, err := rounds.Rounds(ctx, tx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(r round.Round) bool { return r.Period == p })
		if i < 0 {
			return fmt.Errorf("demo: no round of %s", p)
		}
		r = all[i]
		list, err = rounds.Sheets(ctx, tx, &r)
		return err
	})
	return r, list, err
}

// sendAll sends every sheet of the first half that has anything.
func (d *demonstration) sendAll(ctx context.Context) error {
	_, sheets, err := d.sheets(ctx, demo.Period)
	for i := range sheets {
		if err == nil {
			err = d.send(ctx, sheets[i].Place, demo.Period)
		}
		if fault.Is(err, fault.Conflict) {
			err = nil // a commune that reported nothing
		}
	}
	return err
}

// send sends a commune's sheet as its leader.
func (d *demonstration) send(ctx context.Context, key int32, p day.Period) error {
	unit, err := d.unit(key)
	if err != nil {
		return err
	}
	rounds, who := d.app.Rounds("08"), demo.Person("demo-lanh-dao", unit, authz.CommuneLeader)
	cmd := &round.Send{Place: unit.ID, Period: p}
	return d.perform(ctx, who, cmd, func(tx *db.Tx) error {
		_, err := rounds.Send(ctx, tx, who, cmd)
		return err
	})
}

func (d *demonstration) unit(key int32) (place.Unit, error) {
	id, err := place.IDOf(key)
	unit, _ := d.app.Places.Latest(id)
	return unit, err
}

// moveAll verifies or confirms what the generated findings say was.
func (d *demonstration) moveAll(act round.Act, from law.Provenance) func(context.Context) error {
	return func(ctx context.Context) error {
		_, sheets, err := d.sheets(ctx, demo.Period)
		if err != nil {
			return err
		}
		cmd := &round.Move{Act: act, Period: demo.Period}
		for i := range sheets {
			items, err := d.items(ctx, &sheets[i], from)
			if err != nil {
				return err
			}
			cmd.Items = append(cmd.Items, items...)
		}
		return d.move(ctx, cmd)
	}
}

// move carries out a move as all who may.
func (d *demonstration) move(ctx context.Context, cmd *round.Move) error {
	p, err := d.province()
	if err != nil {
		return err
	}
	rounds, who := d.app.Rounds("08"), demo.Person("demo", p, authz.DistrictOffice, authz.InCharge)
	return d.perform(ctx, who, cmd, func(tx *db.Tx) error {
		_, err := rounds.Move(ctx, tx, who, cmd)
		return err
	})
}

// items lists the indicators of a sheet whose every quantity was reported and
// checked at least so far.
func (d *demonstration) items(ctx context.Context, s *round.Sheet, from law.Provenance) (out []round.Item, err error) {
	unit, err := d.unit(s.Place)
	if err != nil {
		return nil, err
	}
	err = d.app.DB.Read(ctx, func(tx *db.Tx) error {
		dict, err := criteria.Keys(ctx, tx, d.app.Law)
		if err != nil {
			return err
		}
		list, err := review.StoredOf(tx, []int32{s.Place}, s.Round.Period.Code(), app.Now)
		if err != nil {
			return err
		}
		at := map[int32]law.Provenance{}
		for i := range list {
			at[list[i].Measure] = list[i].Datum.Provenance
		}
		for _, l := range round.Lines(dict, round.Sets(d.app.Law, s.Sets)) {
			has, short := false, false
			for _, m := range l.Measures {
				p, ok := at[m]
				has, short = has || ok, short || ok && p < from
			}
			if has && !short {
				out = append(out, round.Item{Place: unit.ID, Set: l.Set.ID, Code: l.Indicator().Code})
			}
		}
		return nil
	})
	return out, err
}

// work is what communes of Hàm Yên have done of the second round: all but what
// failed is carried over, and most have sent.
func (d *demonstration) work(ctx context.Context) error {
	_, sheets, err := d.sheets(ctx, demo.Nine)
	if err != nil {
		return err
	}
	for _, w := range demo.Worked() {
		i := slices.IndexFunc(sheets, func(s round.Sheet) bool {
			unit, err := d.unit(s.Place)
			return err == nil && unit.Code == w.Code
		})
		if i < 0 {
			continue // no title on the demonstration's day
		}
		if err := d.carry(ctx, &sheets[i]); err != nil {
			return err
		}
		if w.Sent {
			if err := d.send(ctx, sheets[i].Place, demo.Nine); err != nil {
				return err
			}
		}
	}
	return nil
}

// carry carries over every criterion of a commune but health, which the commune
// is asked for anew.
func (d *demonstration) carry(ctx context.Context, s *round.Sheet) error {
	unit, err := d.unit(s.Place)
	if err != nil {
		return err
	}
	rounds, who := d.app.Rounds("08"), demo.Person("demo-nhap", unit, authz.CommuneEntry)
	for _, set := range round.Sets(d.app.Law, s.Sets) {
		for i := range set.Criteria {
			cmd := &round.Carry{Place: unit.ID, Period: demo.Nine, Set: set.ID, Criterion: set.Criteria[i].Code}
			if cmd.Criterion == "15" && unit.Code == "02407" {
				continue
			}
			err := d.perform(ctx, who, cmd, func(tx *db.Tx) error {
				_, err := rounds.Carry(ctx, tx, who, cmd)
				return err
			})
			if err != nil && !fault.Is(err, fault.Conflict) {
				return err
			}
		}
	}
	return nil
}

// look is what the district did of the second round.
func (d *demonstration) look(ctx context.Context) error {
	_, sheets, err := d.sheets(ctx, demo.Nine)
	if err != nil {
		return err
	}
	for _, w := range demo.Worked() {
		for i := range sheets {
			unit, err := d.unit(sheets[i].Place)
			if err != nil {
				return err
			}
			if unit.Code != w.Code {
				continue
			}
			if w.Back != "" {
				err = d.move(ctx, &round.Move{
					Act: round.ActReturn, Period: demo.Nine, Reason: w.Why,
					Items: []round.Item{{Place: unit.ID, Set: sheets[i].Sets[0], Code: w.Back}},
				})
			}
			if w.Looked && err == nil {
				cmd := &round.Move{Act: round.ActVerify, Period: demo.Nine}
				if cmd.Items, err = d.items(ctx, &sheets[i], law.Declared); err == nil {
					err = d.move(ctx, cmd)
				}
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}
