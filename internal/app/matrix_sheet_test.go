package app_test

import (
	"context"
	"fmt"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/view/viewtest"
)

// sheetLines are the pages of phiếu rà soát: the commune fills in, its leader
// sends, who supplied a figure answers questions about it.
func sheetLines() []access {
	const (
		sheet = "/xa/{code}/ra-soat"
		set   = "xa-ntm-2021-2025"
		reads = "communes: own; districts: own district; co-quan-phu-trach: own district province; provinces: own district province"
	)
	at := func(tail string) func(*cell) request {
		return func(c *cell) request { return ask(c.path("/xa/{code}/ra-soat" + tail)) }
	}
	sent := func(tail string, pairs ...string) func(*cell) request {
		return func(c *cell) request { return post(c.path("/xa/{code}/ra-soat/2024-Q3"+tail), pairs...) }
	}
	return []access{
		{route: "GET " + sheet, about: communes, may: reads, ready: underReview},
		{route: "GET " + sheet + "/{period}", about: communes, may: reads, ready: underReview, send: at("/2024-Q3")},
		{route: "GET " + sheet + "/{period}/{criterion}", about: communes, may: reads, ready: underReview, send: at("/2024-Q3/15")},
		{
			route: "POST " + sheet + "/{period}/luu", about: communes, may: "xa-nguoi-nhap: own", writes: true, ready: underReview,
			send: func(c *cell) request {
				c.serial++
				return post(c.path("/xa/{code}/ra-soat/2024-Q3/luu"), "set", set, "code", "10", "base", "0", "value", fmt.Sprint(c.serial))
			},
		},
		{
			route: "POST " + sheet + "/{period}/giu-nguyen", about: communes, may: "xa-nguoi-nhap: own", writes: true, ready: underReview,
			send: sent("/giu-nguyen", "set", set, "criterion", "2"),
		},
		{
			route: "POST " + sheet + "/{period}/dieu-chinh", about: communes, may: "van-phong-dieu-phoi: own district province", writes: true, ready: afterClosing,
			send: func(c *cell) request {
				c.serial++
				return post(c.path("/xa/{code}/ra-soat/2024-Q1/dieu-chinh"), "set", set, "code", "10", "base", c.base("2024-Q1", "10"), "value", fmt.Sprint(c.serial), "ly-do", "cộng nhầm")
			},
		},
		{
			route: "POST " + sheet + "/{period}/kiem-tra-lai", about: communes, may: "communes: own", writes: true, ready: underReview,
			send: sent("/kiem-tra-lai", "set", set, "code", "15.1", "ly-do", "thiếu một thôn"),
		},
		{
			route: "POST " + sheet + "/{period}/tra-loi", about: communes, writes: true, ready: questioned,
			may: "co-quan-phu-trach: own district province; co-quan-cung-cap: own district province",
			send: func(c *cell) request {
				return post(c.path("/xa/{code}/ra-soat/2024-Q3/tra-loi"), "set", set, "code", supplied, "ly-do", "đã đối chiếu")
			},
		},
		{route: "GET " + sheet + "/{period}/gui", about: communes, may: "xa-lanh-dao: own", ready: underReview, send: at("/2024-Q3/gui")},
		{route: "POST " + sheet + "/{period}/gui", about: communes, may: "xa-lanh-dao: own", writes: true, ready: underReview, send: sent("/gui")},
	}
}

// figures is a person of the cell's tests with every role that is needed.
func figures() authz.Subject {
	s := authz.Subject{ID: "moi-viec"}
	for _, r := range []authz.Role{authz.Coordination, authz.Supplier, authz.CommuneEntry} {
		s.Grants = append(s.Grants, authz.Grant{Role: r, Place: "08.1", Fields: []string{"*"}})
	}
	return s
}

// underReview opens the round of the third quarter and has an office supply 15.1
// of the cell's commune.
func underReview(c *cell) {
	period, err := day.ParsePeriod("2024-Q3")
	viewtest.Must(c.t, err)
	rounds := c.app.Rounds(viewtest.Province)
	open := &round.Open{
		Name: "Quý III", Period: period, Basis: "1/KH", BasisOn: viewtest.Today(),
		SendBy: viewtest.Today() + 4, VerifyBy: viewtest.Today() + 5, ConfirmBy: viewtest.Today() + 6,
	}
	try(c, open.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := rounds.Open(ctx, tx, figures(), open)
		return err
	})
	supply := &round.Save{Target: round.Target{Place: c.id + ".1", Period: period, Set: "xa-ntm-2021-2025", Code: "15.1"}, Base: round.AnyBase}
	supply.Entry.Value = "91,5"
	try(c, supply.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := rounds.Save(ctx, tx, figures(), supply)
		return err
	})
	viewtest.Must(c.t, c.server.CatchUp(context.Background()))
}

// afterClosing opens and closes the round of the first quarter.
func afterClosing(c *cell) {
	period, err := day.ParsePeriod("2024-Q1")
	viewtest.Must(c.t, err)
	rounds := c.app.Rounds(viewtest.Province)
	open := &round.Open{
		Name: "Quý I", Period: period, Basis: "1/KH", BasisOn: viewtest.Today(),
		SendBy: viewtest.Today() + 4, VerifyBy: viewtest.Today() + 5, ConfirmBy: viewtest.Today() + 6,
	}
	end := &round.Close{}
	try(c, open.Command, func(ctx context.Context, tx *db.Tx) (err error) {
		end.ID, err = rounds.Open(ctx, tx, figures(), open)
		return err
	})
	try(c, end.Command, func(ctx context.Context, tx *db.Tx) error { return rounds.Close(ctx, tx, figures(), end) })
	viewtest.Must(c.t, c.server.CatchUp(context.Background()))
}

// base is what a page shows of a figure of the NTM set: the entry it is from.
func (c *cell) base(period, code string) string {
	p, err := day.ParsePeriod(period)
	viewtest.Must(c.t, err)
	set, err := c.app.Law.Set("xa-ntm-2021-2025")
	viewtest.Must(c.t, err)
	slot, _ := set.Slot(code)
	unit, _ := c.app.Places.Latest(c.id + ".1")
	cell := review.Cell{Place: unit.Key, Period: p.Code(), Measure: c.server.Board().Dictionary().Slots(set)[slot]}
	var f review.Stored
	viewtest.Must(c.t, c.app.DB.Read(context.Background(), func(tx *db.Tx) error {
		f, _, err = review.StoredAt(tx, cell)
		return err
	}))
	return fmt.Sprint(f.Entry)
}

// supplied is the figure that the agency in charge and its supplier both answer
// for: health insurance.
const supplied = "15.1"

// questioned is underReview with a question about what the agencies supply.
func questioned(c *cell) {
	underReview(c)
	period, err := day.ParsePeriod("2024-Q3")
	viewtest.Must(c.t, err)
	target := round.Target{Place: c.id + ".1", Period: period, Set: "xa-ntm-2021-2025", Code: supplied}
	supply := &round.Save{Target: target, Base: round.AnyBase}
	supply.Entry.Value = "91,5"
	try(c, supply.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := c.app.Rounds(viewtest.Province).Save(ctx, tx, figures(), supply)
		return err
	})
	ask := &round.Ask{Target: target, Reason: "thiếu một thôn"}
	try(c, ask.Command, func(ctx context.Context, tx *db.Tx) error {
		return c.app.Rounds(viewtest.Province).Ask(ctx, tx, figures(), ask)
	})
}

// try carries out what may have been done before, or cannot be done to the
// cell's commune.
func try(c *cell, command func(string) (db.Command, error), work func(ctx context.Context, tx *db.Tx) error) {
	cmd, err := command("moi-viec")
	viewtest.Must(c.t, err)
	ctx := context.Background()
	_ = c.app.DB.Write(ctx, cmd, func(tx *db.Tx) error { return work(ctx, tx) })
}
