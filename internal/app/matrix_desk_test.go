package app_test

import (
	"context"
	"strings"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/viewtest"
)

// bodies are agencies: Sở Y tế, which has a person in charge of criteria, and BHXH
// tỉnh, which has one who supplies figures.
const bodies kind = "agency"

// deskLines are the pages at which a round is worked off. What is done with lines
// in each state is held by the tests of the pages and of the service.
func deskLines() []access {
	const sheet = "/xa/{code}/ra-soat/2024-Q3"
	at := func(path string, form ...string) func(*cell) request {
		return func(c *cell) request {
			if form == nil {
				return ask(c.path(path))
			}
			return post(c.path(path), form...)
		}
	}
	return []access{
		{route: "GET /viec-cua-toi", may: "everyone: -"},
		{
			route: "GET /xa/{code}/ra-soat/{period}/xem-xet", about: communes, ready: underReview, send: at(sheet + "/xem-xet"),
			may: "communes: own; districts: own district; co-quan-phu-trach: own district province; provinces: own district province",
		},
		{
			route: "POST /xa/{code}/ra-soat/{period}/xem-xet", about: communes, ready: underReview, send: at(sheet+"/xem-xet", "viec", "tham-tra", "thay", "1"),
			may: "districts: own district; co-quan-phu-trach: own district province",
		},
		{
			route: "POST /xa/{code}/ra-soat/{period}/phuc-tra", about: communes, ready: sentUp,
			send: at(sheet+"/phuc-tra", "chi-tieu", "xa-ntm-2021-2025/15.1", "ban", "0", "ngay", "01/10/2024", "gia-tri", "90"),
			may:  "co-quan-phu-trach: own district province; van-phong-dieu-phoi: own district province",
		},
		{route: "POST /huyen/{code}/tham-tra", about: dists, may: "districts: own"},
		{route: "GET /so-nganh", may: "co-quan-phu-trach: -; co-quan-cung-cap: -; provinces: -"},
		{route: "GET /so-nganh/{agency}", about: bodies, may: "co-quan-phu-trach: own; co-quan-cung-cap: province; provinces: own province"},
		{route: "POST /so-nganh/{agency}/xac-nhan", about: bodies, may: "co-quan-phu-trach: own"},
		{route: "POST /so-nganh/{agency}/nhap", about: bodies, may: "co-quan-phu-trach: own; co-quan-cung-cap: province"},
		{route: "POST /so-nganh/{agency}/tra-loi", about: bodies, may: "co-quan-phu-trach: own; co-quan-cung-cap: province"},
	}
}

// atDesk is the second opinion on an agency's page: its own people work there,
// those who oversee the province read it.
func atDesk(r web.Route, role authz.Role, rel relation) (yes, known bool) {
	if !strings.HasPrefix(r.Pattern, "/so-nganh") {
		return false, false
	}
	own := role == authz.InCharge && rel != province || role == authz.Supplier && rel != own
	if r.Method == "POST" {
		return own && (role == authz.InCharge || !strings.HasSuffix(r.Pattern, "/xac-nhan")), true
	}
	return own || overseer(role), true
}

// sentUp is underReview with everything sent by the commune's leader.
func sentUp(c *cell) {
	underReview(c)
	period, err := day.ParsePeriod("2024-Q3")
	viewtest.Must(c.t, err)
	leader := authz.Subject{ID: "lanh-dao", Grants: []authz.Grant{{Role: authz.CommuneLeader, Place: c.id + ".1"}}}
	send := &round.Send{Place: c.id + ".1", Period: period}
	try(c, send.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := c.app.Rounds(viewtest.Province).Send(ctx, tx, leader, send)
		return err
	})
	viewtest.Must(c.t, c.server.CatchUp(context.Background()))
}
