package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"giuchuan/internal/app/demo"
	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// docket is the register of directives, opened once.
func (d *demonstration) docket() (*docket, error) {
	if d.kept != nil {
		return d.kept, nil
	}
	k, err := openDocket(d.app, "08", day.FromTime(d.now))
	if err == nil {
		k.who.ID = "demo-van-phong"
		d.kept = k
	}
	return k, err
}

// notice takes the demonstration's notice into the register and confirms it.
func (d *demonstration) notice(ctx context.Context) error {
	k, err := d.docket()
	if err != nil {
		return err
	}
	done, p, err := k.take(ctx, "thong-bao.md", []byte(demo.Notice()), true)
	if err != nil {
		return err
	}
	if err := k.lead(ctx, done.ID, demo.ItemOfFunds, demo.LeadOfFunds); err != nil {
		return err
	}
	if err := k.confirm(ctx, done.ID, true); err != nil {
		return err
	}
	_, err = fmt.Fprintf(d.env.Stdout, "Văn bản chỉ đạo (minh họa): %s, %d nhiệm vụ, %d văn bản dẫn chiếu chưa có toàn văn\n",
		p.Document.Label(), len(p.Duties), len(done.Stubs))
	return err
}

// received records that every body but one has received the notice.
func (d *demonstration) received(ctx context.Context) error {
	k, err := d.docket()
	if err != nil {
		return err
	}
	b, err := k.book(ctx)
	if err != nil {
		return err
	}
	for _, r := range b.Receiving() {
		if r.Agency == demo.Laggard || r.Received != day.None {
			continue
		}
		who := d.carrier(r.Agency)
		cmd := &task.Receive{Document: r.Given.ID, Agency: r.Agency}
		if err := d.perform(ctx, who, cmd, func(tx *db.Tx) error { return k.tasks.Receive(ctx, tx, who, cmd) }); err != nil {
			return err
		}
	}
	return nil
}

// carrier is who works for a body.
func (d *demonstration) carrier(agencyID string) authz.Subject {
	on := day.FromTime(d.now)
	for _, u := range d.app.Places.At(on).Units() {
		if u.Level == place.District && agency.CommitteeID(u.ID) == agencyID {
			return authz.Subject{ID: "demo-lanh-dao", Grants: []authz.Grant{{Role: authz.DistrictLeader, Place: u.ID, Unit: agencyID}}}
		}
	}
	p, err := d.province()
	if err != nil {
		return authz.Subject{}
	}
	return authz.Subject{ID: "demo-so", Grants: []authz.Grant{{Role: authz.InCharge, Place: p.ID, Unit: agencyID, Fields: []string{"*"}}}}
}

// each does something with every task of an item, one after the other.
func (d *demonstration) each(ctx context.Context, ref string, work func(*docket, *task.Entry) error) error {
	k, err := d.docket()
	if err != nil {
		return err
	}
	b, err := k.book(ctx)
	if err != nil {
		return err
	}
	for _, e := range b.Now() {
		if e.Ref == ref {
			if err := work(k, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// act records one act on a task as it now stands.
func (d *demonstration) act(ctx context.Context, k *docket, id string, who authz.Subject, a *task.Act) error {
	e, err := d.fetch(ctx, k, id)
	if err != nil {
		return err
	}
	a.Unit = cmp.Or(a.Unit, e.Agency)
	cmd := &task.Record{Task: id, Seen: e.Entry, Act: *a}
	return d.perform(ctx, who, cmd, func(tx *db.Tx) error { return k.tasks.Record(ctx, tx, who, cmd) })
}

func (d *demonstration) fetch(ctx context.Context, k *docket, id string) (e *task.Entry, err error) {
	err = d.app.DB.Read(ctx, func(tx *db.Tx) (err error) {
		e, _, err = k.tasks.One(ctx, tx, k.who, id)
		return err
	})
	return e, err
}

// given assigns the dated tasks inside each body, and lists whose plans item 1.7
// is about.
func (d *demonstration) given(ctx context.Context) error {
	assign := func(k *docket, e *task.Entry, office string) error {
		return d.act(ctx, k, e.ID, d.carrier(e.Agency), &task.Act{Kind: task.Assigned, On: day.FromTime(d.now), Due: day.None, To: office})
	}
	err := d.each(ctx, demo.ItemOfTowns, func(k *docket, e *task.Entry) error { return assign(k, e, demo.TownOffice) })
	if err != nil {
		return err
	}
	return d.each(ctx, demo.ItemOfPlans, func(k *docket, e *task.Entry) error {
		if err := assign(k, e, demo.PlanOffice); err != nil {
			return err
		}
		plans, late := demo.LatePlans()[d.district(e).Code]
		switch {
		case late && plans == nil:
			return d.oneMore(ctx, k, e)
		case late:
			return d.only(ctx, k, e, plans)
		}
		return nil
	})
}

// district is the district whose People's Committee has a task.
func (d *demonstration) district(e *task.Entry) place.Unit {
	for _, u := range d.app.Places.At(day.FromTime(d.now)).Units() {
		if agency.CommitteeID(u.ID) == e.Agency {
			return u
		}
	}
	return place.Unit{}
}

// only strikes out the communes whose plans are not adjusted this time.
func (d *demonstration) only(ctx context.Context, k *docket, e *task.Entry, plans []demo.Plan) error {
	tree := d.app.Places.At(day.FromTime(d.now))
	for _, p := range e.Parts {
		u, _ := tree.Unit(p.Place)
		if slices.ContainsFunc(plans, func(x demo.Plan) bool { return x.Commune == u.Code }) {
			continue
		}
		if err := d.objects(ctx, k, e.ID, &task.Objects{Strike: p.Key, Reason: "đợt này không điều chỉnh quy hoạch (minh họa)"}); err != nil {
			return err
		}
	}
	return nil
}

// oneMore adds a commune that holds no title yet.
func (d *demonstration) oneMore(ctx context.Context, k *docket, e *task.Entry) error {
	tree, home := d.app.Places.At(day.FromTime(d.now)), d.district(e)
	for _, u := range tree.Units() {
		listed := slices.ContainsFunc(e.Parts, func(p task.Part) bool { return p.Place == u.ID })
		if u.ParentID == home.ID && u.IsXa() && !listed {
			return d.objects(ctx, k, e.ID, &task.Objects{Place: u.ID, Reason: "lập cùng đợt (minh họa)"})
		}
	}
	return nil
}

func (d *demonstration) objects(ctx context.Context, k *docket, id string, cmd *task.Objects) error {
	e, err := d.fetch(ctx, k, id)
	if err != nil {
		return err
	}
	who := d.carrier(e.Agency)
	cmd.Task, cmd.Seen = id, e.Entry
	return d.perform(ctx, who, cmd, func(tx *db.Tx) error { return k.tasks.Objects(ctx, tx, who, cmd) })
}

// planned records the plans that were submitted, and reports the districts that
// have submitted all of theirs.
func (d *demonstration) planned(ctx context.Context) error {
	return d.each(ctx, demo.ItemOfPlans, func(k *docket, e *task.Entry) error {
		whole := true
		for i, p := range e.Parts {
			on := d.planDay(e, p.Place, i)
			if p.Struck || p.Done != day.None {
				continue
			}
			if on == day.None || on > day.FromTime(d.now) {
				whole = false
				continue
			}
			a := &task.Act{Kind: task.Progress, On: on, Due: day.None, Part: p.Key, Step: directive.StepSubmitted, Text: "tờ trình minh họa"}
			if err := d.act(ctx, k, e.ID, d.carrier(e.Agency), a); err != nil {
				return err
			}
		}
		if !whole || e.Standing.Waiting {
			return nil
		}
		return d.report(ctx, k, e)
	})
}

// planDay is when the n-th plan of a task was submitted.
func (d *demonstration) planDay(e *task.Entry, placeID string, n int) day.Day {
	plans, late := demo.LatePlans()[d.district(e).Code]
	if !late {
		return demo.PlanDay(n)
	}
	if plans == nil {
		if n < 3 {
			return demo.PlanDay(n)
		}
		return day.None
	}
	u, _ := d.app.Places.At(day.FromTime(d.now)).Unit(placeID)
	for _, p := range plans {
		if p.Commune == u.Code {
			return p.On
		}
	}
	return day.None
}

func (d *demonstration) report(ctx context.Context, k *docket, e *task.Entry) error {
	return d.act(ctx, k, e.ID, d.carrier(e.Agency), &task.Act{
		Kind: task.Reported, On: day.FromTime(d.now), Due: day.None, Text: "đã trình thẩm định đủ hồ sơ các xã (minh họa)",
		Proof: []task.Proof{{Kind: "document", Ref: "00/TTr-UBND (minh họa)", Text: "tờ trình thẩm định điều chỉnh quy hoạch chung"}},
	})
}

// sentBack returns one report to its district.
func (d *demonstration) sentBack(ctx context.Context) error {
	return d.each(ctx, demo.ItemOfPlans, func(k *docket, e *task.Entry) error {
		if d.district(e).Code != demo.SentBack {
			return nil
		}
		return d.act(ctx, k, e.ID, k.who, &task.Act{
			Kind: task.Returned, On: day.FromTime(d.now), Due: day.None, Text: "bổ sung tờ trình của từng xã (minh họa)",
		})
	})
}

// again reports what was returned once more.
func (d *demonstration) again(ctx context.Context) error {
	return d.each(ctx, demo.ItemOfPlans, func(k *docket, e *task.Entry) error {
		if d.district(e).Code != demo.SentBack {
			return nil
		}
		return d.report(ctx, k, e)
	})
}

// accepted confirms what was reported.
func (d *demonstration) accepted(ctx context.Context) error {
	return d.each(ctx, demo.ItemOfPlans, func(k *docket, e *task.Entry) error {
		if !e.Standing.Waiting {
			return nil
		}
		return d.act(ctx, k, e.ID, k.who, &task.Act{Kind: task.Confirmed, On: day.FromTime(d.now), Due: day.None})
	})
}

// extend asks for another day where plans are far behind.
func (d *demonstration) extend(ctx context.Context) error {
	return d.each(ctx, demo.ItemOfPlans, func(k *docket, e *task.Entry) error {
		plans, late := demo.LatePlans()[d.district(e).Code]
		if !late || plans != nil {
			return nil
		}
		return d.act(ctx, k, e.ID, d.carrier(e.Agency), &task.Act{
			Kind: task.Asked, On: day.FromTime(d.now), Due: demo.Extended, Text: "đơn vị tư vấn chậm bàn giao hồ sơ (minh họa)",
		})
	})
}
