package app_test

import (
	"strings"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
)

// bodies are agencies: Sở Y tế, which has a person in charge of criteria, and the
// social insurance, which has one who supplies figures.
const bodies kind = "agency"

// deskLines are the pages at which a round is worked off. No round is open here:
// whoever is permitted is told so, on the page or by 404. What is done with lines
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
			route: "GET /xa/{code}/ra-soat/{period}/xem-xet", about: communes, status: 404, send: at(sheet + "/xem-xet"),
			may: "communes: own; districts: own district; co-quan-phu-trach: own district province; provinces: own district province",
		},
		{
			route: "POST /xa/{code}/ra-soat/{period}/xem-xet", about: communes, status: 404, send: at(sheet+"/xem-xet", "viec", "tham-tra", "thay", "1"),
			may: "districts: own district; co-quan-phu-trach: own district province",
		},
		{
			route: "POST /xa/{code}/ra-soat/{period}/phuc-tra", about: communes, status: 404,
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
