package app_test

import (
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
)

// enters are the roles that bring figures in: the commune, the agencies, and the
// coordination office after a closing.
const enters = "xa-nguoi-nhap: -; co-quan-phu-trach: -; co-quan-cung-cap: -; van-phong-dieu-phoi: -"

// roundLines are the pages of rounds and of workbooks. What of a round or of a
// workbook a person sees is held by the tests of those pages.
func roundLines() []access {
	const lists = "communes: -; districts: -; co-quan-phu-trach: -; provinces: -"
	const manages = "van-phong-dieu-phoi: -"
	gone := func(path string) func(*cell) request { return func(*cell) request { return ask(path) } }
	sent := func(path string) func(*cell) request { return func(*cell) request { return post(path) } }
	return []access{
		{route: "GET /dot-ra-soat", may: lists},
		{route: "GET /dot-ra-soat/moi", may: manages},
		{route: "POST /dot-ra-soat/moi", may: manages, status: 422},
		{route: "GET /dot-ra-soat/{id}", may: lists, status: 404, send: gone("/dot-ra-soat/khong-co")},
		{route: "GET /dot-ra-soat/{id}/con-thieu.xlsx", may: lists + "; co-quan-cung-cap: -", status: 404, send: gone("/dot-ra-soat/khong-co/con-thieu.xlsx")},
		{route: "GET /dot-ra-soat/{id}/con-thieu.csv", may: lists + "; co-quan-cung-cap: -", status: 404, send: gone("/dot-ra-soat/khong-co/con-thieu.csv")},
		{route: "GET /dot-ra-soat/{id}/dieu-chinh", may: lists, status: 404, send: gone("/dot-ra-soat/khong-co/dieu-chinh")},
		{route: "GET /dot-ra-soat/{id}/han", may: manages, status: 404, send: gone("/dot-ra-soat/khong-co/han")},
		{route: "POST /dot-ra-soat/{id}/han", may: manages, status: 404, send: sent("/dot-ra-soat/khong-co/han")},
		{route: "GET /dot-ra-soat/{id}/chot", may: manages, status: 404, send: gone("/dot-ra-soat/khong-co/chot")},
		{route: "POST /dot-ra-soat/{id}/chot", may: manages, status: 404, send: sent("/dot-ra-soat/khong-co/chot")},

		{route: "GET /bang-tinh", may: lists + "; co-quan-cung-cap: -"},
		{route: "GET /bang-tinh/phieu.xlsx", may: lists + "; co-quan-cung-cap: -", status: 400},
		{route: "POST /bang-tinh", may: enters, status: 409}, // no round is open,
		{route: "GET /bang-tinh/tep/{sum}", may: enters, status: 404, send: gone("/bang-tinh/tep/khong-co")},
		{route: "GET /bang-tinh/tep/{sum}/danh-sach.csv", may: enters, status: 404, send: gone("/bang-tinh/tep/khong-co/danh-sach.csv")},
		{route: "POST /bang-tinh/tep/{sum}", may: enters, status: 404, send: sent("/bang-tinh/tep/khong-co")},
		{route: "GET /bang-tinh/tep/{sum}/cach-doc", may: enters, status: 404, send: gone("/bang-tinh/tep/khong-co/cach-doc")},
		{route: "POST /bang-tinh/tep/{sum}/cach-doc", may: enters, status: 404, send: sent("/bang-tinh/tep/khong-co/cach-doc")},
	}
}

// bringsIn is the second opinion on the routes that take a file: Export brings
// one to the page, only who enters figures goes on.
func bringsIn(r web.Route, role authz.Role) (yes, known bool) {
	const folder = "/bang-tinh/tep/"
	if r.Method != "POST" || r.Pattern != "/bang-tinh" {
		if len(r.Pattern) < len(folder) || r.Pattern[:len(folder)] != folder {
			return false, false
		}
	}
	switch role {
	case authz.CommuneEntry, authz.InCharge, authz.Supplier, authz.Coordination:
		return true, true
	}
	return false, true
}
