package app_test

import (
	"bytes"
	"cmp"
	"context"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/viewtest"
)

// papers are documents that give a duty to the commune Thái Sơn (own), to its
// district (district) and to Sở Y tế (province).
const papers kind = "directive"

func paperOf(agencyID string) directive.Proposal {
	return directive.Proposal{
		Document: directive.Document{
			Symbol: "TB-UBND", Kind: "TB", Issued: day.Of(2024, 6, 7), Issuer: "UBND tỉnh Tuyên Quang", Title: "Thông báo thử",
			Meeting: directive.Meeting{On: day.None}, Common: day.None,
		},
		Text: "Rà soát các xã.",
		Duties: []directive.Duty{{
			Ref: "1", Group: "1", Text: "Rà soát các xã.", Due: day.None, Kind: directive.NoDeadline,
			Addressees: []directive.Addressee{{Text: "đơn vị", Role: directive.Lead, Agencies: []string{agencyID}}},
		}},
	}
}

// paper takes a document in, and confirms it where active is set.
func (s *site) paper(t testing.TB, agencyID string, active bool) (document, duty string) {
	t.Helper()
	ctx, who := context.Background(), authz.Subject{ID: "x", Grants: []authz.Grant{{Role: authz.ProvinceOffice, Place: "08.1"}}}
	assigned, err := s.app.Assignments(viewtest.Province)
	viewtest.Must(t, err)
	kept, err := s.app.Duties(viewtest.Province, assigned, nil)
	viewtest.Must(t, err)
	register := kept.Directives
	viewtest.Must(t, s.app.DB.Write(ctx, db.Command{Actor: "x", Name: "directive.import"}, func(tx *db.Tx) error {
		done, err := register.Import(ctx, tx, who, directive.Import{Proposal: paperOf(agencyID)})
		document = done.ID
		return err
	}))
	if active {
		viewtest.Must(t, s.app.DB.Write(ctx, db.Command{Actor: "x", Name: "directive.confirm"}, func(tx *db.Tx) error {
			return register.Confirm(ctx, tx, who, directive.Confirm{Document: document})
		}))
	}
	viewtest.Must(t, s.app.DB.Read(ctx, func(tx *db.Tx) error {
		duties, err := register.Duties(ctx, tx, document)
		duty = duties[0].ID
		return err
	}))
	return document, duty
}

// readyPaper puts a confirmed document of a body into the cell, readyProposal
// one that waits for confirmation.
func readyPaper(c *cell)    { c.readyPaper(true) }
func readyProposal(c *cell) { c.readyPaper(false) }

func (c *cell) readyPaper(active bool) {
	if c.rel != none {
		c.id, c.unit = c.paper(c.t, c.id, active)
	}
}

// directiveLines are the pages of directives. Which documents a list shows is
// held by the tests of the package.
func directiveLines() []access {
	const (
		lists  = "communes: -; districts: -; co-quan-phu-trach: -; co-quan-cung-cap: -; provinces: -"
		mine   = "communes: own; districts: district; co-quan-phu-trach: province; provinces: own district province"
		office = "van-phong-ubnd: own district province"
		desk   = "van-phong-ubnd: -"
	)
	form := func(tail string, pairs ...string) func(*cell) request {
		return func(c *cell) request { return post("/chi-dao/"+c.id+tail, pairs...) }
	}
	page := func(tail string) func(*cell) request {
		return func(c *cell) request { return ask("/chi-dao/" + c.id + tail) }
	}
	return []access{
		{route: "GET /chi-dao", may: lists},
		{route: "GET /chi-dao/so-van-ban.xlsx", may: lists},
		{route: "GET /chi-dao/nhap", may: desk},
		{route: "POST /chi-dao/nhap", may: desk, writes: true, send: func(*cell) request {
			return withFile("/chi-dao/nhap", "a.txt", "THÔNG BÁO\n\n1. Sở Y tế rà soát các xã.")
		}},
		{route: "GET /chi-dao/thanh-vien", may: lists},
		{
			route: "POST /chi-dao/thanh-vien", may: desk, writes: true,
			send: func(*cell) request {
				return post("/chi-dao/thanh-vien", "co-quan", "so-y-te.1", "tu-ngay", "01/01/2022", "so-quyet-dinh", "1/QĐ-UBND", "ngay-quyet-dinh", "01/01/2022")
			},
		},
		{route: "GET /chi-dao/{id}", about: papers, may: mine, ready: readyPaper},
		{route: "GET /chi-dao/{id}/doc", about: papers, may: mine, ready: readyPaper, send: page("/doc")},
		{route: "GET /chi-dao/{id}/ban-goc", about: papers, may: mine, ready: readyPaper, status: 404, send: page("/ban-goc")},
		{route: "GET /chi-dao/{id}/tep/{tep}", about: papers, may: mine, ready: readyPaper, status: 404, send: page("/tep/khong-co")},
		{route: "GET /chi-dao/{id}/hoan-chinh", about: papers, may: office, ready: readyProposal, send: page("/hoan-chinh")},
		{
			route: "POST /chi-dao/{id}/hoan-chinh", about: papers, may: office, ready: readyProposal, writes: true,
			send: form("/hoan-chinh", "so", "7", "ky-hieu", "TB-UBND", "loai", "TB", "ngay-van-ban", "07/06/2024"),
		},
		{
			route: "POST /chi-dao/{id}/nhiem-vu", about: papers, may: office, ready: readyProposal, writes: true,
			send: form("/nhiem-vu", "muc", "2", "noi-dung-nv", "Báo cáo", "so-dong", "2", "dc-ten-0", "Sở Y tế", "dc-vai-0", "lead", "loai-han", "none"),
		},
		{
			route: "POST /chi-dao/{id}/nhiem-vu/{ma}", about: papers, may: office, ready: readyProposal, writes: true,
			send: func(c *cell) request {
				return post("/chi-dao/"+c.id+"/nhiem-vu/"+cmp.Or(c.unit, "khong-co"), "viec", "bo")
			},
		},
		{route: "POST /chi-dao/{id}/xac-nhan", about: papers, may: office, ready: readyProposal, writes: true, send: form("/xac-nhan")},
		{route: "POST /chi-dao/{id}/rut", about: papers, may: office, ready: readyPaper, writes: true, send: form("/rut", "ly-do-rut", "nhập nhầm")},
		{route: "POST /chi-dao/{id}/giao-thanh-vien", about: papers, may: office, ready: readyPaper, send: form("/giao-thanh-vien")},
		{
			route: "POST /chi-dao/{id}/tep", about: papers, may: office, ready: readyPaper, writes: true,
			send: func(c *cell) request { return withFile("/chi-dao/"+c.id+"/tep", "anh.jpg", string(c.picture())) },
		},
	}
}

// withFile sends a form with a file.
func withFile(path, name, content string) request {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("tep", name)
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // into memory
	}
	return request{http.MethodPost, path, w.FormDataContentType(), b.String()}
}

// onDirective is the second opinion on directives: the province's offices look
// at all of them and the office of UBND tỉnh keeps them; a unit looks at those
// that concern it; administrators at none.
func onDirective(r web.Route, role authz.Role, rel relation) (yes, known bool) {
	if !strings.HasPrefix(r.Pattern, "/chi-dao") || strings.HasSuffix(r.Pattern, "/theo-doi") {
		return false, false
	}
	if r.Action == authz.Direct {
		return role == authz.ProvinceOffice, true
	}
	switch role {
	case authz.CommuneEntry, authz.CommuneLeader:
		return near(rel, own), true
	case authz.DistrictOffice, authz.DistrictLeader:
		return near(rel, district), true
	case authz.InCharge:
		return near(rel, province), true
	case authz.Supplier:
		return near(rel), true
	}
	return overseer(role), true
}
