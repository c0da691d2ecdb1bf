package app_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/view/viewtest"
)

// askedFor gives an address of every page there is to read: those about no
// object as they are, the others with each of their objects.
func askedFor(s *site) []string {
	lines := map[string]*access{}
	for _, a := range matrix() {
		lines[a.route] = &a
	}
	var out []string
	for _, r := range s.server.Routes() {
		a := lines[r.String()]
		if r.Method != http.MethodGet || r.Public || a == nil || a.about == people {
			continue
		}
		for _, id := range objects(a.about) {
			c := &cell{site: s, id: id}
			out = append(out, c.path(r.Pattern))
		}
	}
	return append(out, "/ma-tran?muc=moi-xa", "/ma-tran?muc=tat-ca&tieu-chi=10", "/ma-tran/bang.csv?muc=moi-xa", "/ma-tran/bang.xlsx?muc=moi-xa",
		"/ma-tran?xep=10", "/tong-quan?ngay=2024-12-31", "/xa/02407?biet-den=2024-10-01", "/xa/02407?ngay=2025-07-01",
		"/nhat-ky/9", "/nhat-ky?viec=ra-soat", "/tim?q=7,77", "/tim?q=C%C3%B4ng+%C4%90a")
}

var requestID = regexp.MustCompile(`[0-9a-z]{4}-[0-9a-z]{4}`)

// everything reads all pages as a role and gives them by address. Ids of
// requests, and what a workbook says of its making, are taken out.
func (s *site) everything(t *testing.T, role authz.Role) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, path := range askedFor(s) {
		got := s.do(t, role, ask(path))
		body := got.body
		if strings.Contains(path, ".xlsx") && got.status == http.StatusOK {
			body = cells(t, body)
		}
		out[path] = requestID.ReplaceAllString(body, "")
	}
	return out
}

// cells is the content of a workbook.
func cells(t *testing.T, book string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(book)), int64(len(book)))
	viewtest.Must(t, err)
	var out strings.Builder
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "xl/") {
			continue
		}
		part, err := f.Open()
		viewtest.Must(t, err)
		_, err = io.Copy(&out, part)
		viewtest.Must(t, err)
		viewtest.Must(t, part.Close())
	}
	return out.String()
}

// TestNoFigureOfAnotherCommune turns the figures of other communes upside down:
// a commune, an office without an area, and one that supplies another column must not be able to tell from any
// page, count, search or export that anything happened. Who may see them must.
// The administrator of the province reads the journal, and in it that figures
// came in; but none of them.
func TestNoFigureOfAnotherCommune(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		blind := []authz.Role{authz.CommuneEntry, authz.CommuneLeader, authz.Supplier, authz.ProvinceAdmin, authz.UnitAdmin}
		seeing := []authz.Role{authz.DistrictOffice, authz.InCharge, authz.Coordination, authz.ProvinceLeader}
		before := map[authz.Role]map[string]string{}
		for _, role := range append(blind, seeing...) {
			before[role] = s.everything(t, role)
		}
		changed := "commune,set,indicator,period,value\n"
		for _, commune := range []string{"02389", "02392", "02410", "02251", "02476", "02419"} {
			changed += commune + ",xa-ntm-2021-2025,2.1,2024-H1,7.77\n" + commune + ",xa-ntm-2021-2025,17.10,2024-H1,9.91\n"
		}
		s.world.Findings(t, "khac.csv", []byte(changed))
		viewtest.Must(t, s.server.CatchUp(context.Background()))
		for _, role := range blind {
			for path, page := range s.everything(t, role) {
				if role == authz.ProvinceAdmin && strings.HasPrefix(path, "/nhat-ky") {
					if shown := newFigure.FindString(page); shown != "" {
						t.Errorf("%s sees at %s a figure of another commune: %s", role, path, shown)
					}
					continue
				}
				if page != before[role][path] {
					t.Errorf("%s sees at %s that figures of other communes changed: %s", role, path, parting(before[role][path], page))
				}
			}
		}
		for _, role := range seeing {
			differ := 0
			for path, page := range s.everything(t, role) {
				if page != before[role][path] {
					differ++
				}
			}
			if differ < 3 {
				t.Errorf("%s sees the change on %d pages: the test changes too little", role, differ)
			}
		}
	})
}

// newFigure is a figure that TestNoFigureOfAnotherCommune writes.
var newFigure = regexp.MustCompile(`\b(7[.,]77|9[.,]91)\b`)

// parting shows where two pages part.
func parting(a, b string) string {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[max(0, i-80):min(len(a), i+80)] + "\n   but\n" + b[max(0, i-80):min(len(b), i+80)]
		}
	}
	return "one is longer"
}
