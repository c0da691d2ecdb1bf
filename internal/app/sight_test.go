package app

import (
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

// The places of the tests: Minh Dân and Phù Lưu in Hàm Yên became Phù Lưu
// (two-tier) on 1/7/2025; Khuôn Hà lies in another district; 02 was Hà Giang,
// which became a part of Tuyên Quang.
const (
	minhDan = "02389.1"
	phuLuu  = "02392.1"
	hamYen  = "074.1"
	khuonHa = "02251.1"
)

// heirOf is the commune that a commune became by a day.
func heirOf(t *testing.T, places *place.Register, id string, on day.Day) string {
	t.Helper()
	heirs := places.Successors(id, on)
	if len(heirs) != 1 {
		t.Fatalf("%d successors of %s", len(heirs), id)
	}
	return heirs[0].Unit.ID
}

func TestWhoSeesWhichCommuneWhole(t *testing.T) {
	places, err := place.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	a := &App{Places: places}
	before, after := day.Of(2024, time.October, 1), day.Of(2025, time.July, 1)
	young := heirOf(t, places, minhDan, after)
	elsewhere := ""
	for _, u := range places.At(after).Communes("") {
		if u.Province != "08" {
			elsewhere = u.ID
		}
	}
	grant := func(r authz.Role, at string) authz.Subject {
		g := authz.Grant{Role: r, Place: at, Unit: "ubnd-" + at}
		if r.TakesFields() {
			g.Fields = []string{"xa-ntm-2021-2025/15"}
		}
		return authz.Subject{ID: "me", Grants: []authz.Grant{g}}
	}
	type row struct {
		at   string
		on   day.Day
		sees map[string]bool
	}
	local := map[authz.Tier][]row{
		authz.OfCommune: {
			{minhDan, before, map[string]bool{minhDan: true, phuLuu: false, khuonHa: false, young: false}},
			{young, after, map[string]bool{young: true, minhDan: true, phuLuu: true, khuonHa: false}}, // its predecessors' files
			{minhDan, after, map[string]bool{minhDan: true, young: false, phuLuu: false}},             // the old grant opens its own past alone
		},
		authz.OfDistrict: {
			{hamYen, before, map[string]bool{minhDan: true, phuLuu: true, khuonHa: false, young: false}},
			{hamYen, after, map[string]bool{minhDan: true, khuonHa: false, young: false}},
		},
		authz.OfProvince: {
			{"08.1", before, map[string]bool{minhDan: true, khuonHa: true}},
			{"08.2", after, map[string]bool{minhDan: true, khuonHa: true, young: true}},
		},
	}
	for _, r := range authz.Roles() {
		rows := local[r.Tier()]
		if r == authz.UnitAdmin {
			rows = local[authz.OfCommune]
		}
		blind := r == authz.Supplier || r.Administers()
		if len(rows) == 0 {
			t.Errorf("%s is not tested", r)
		}
		for _, c := range rows {
			sight := a.sightOf(grant(r, c.at), c.on)
			for id, want := range c.sees {
				if got := sight.Sees(id); got != (want && !blind) {
					t.Errorf("%s of %s on %s sees %s: %v", r.Vietnamese(), c.at, c.on, id, got)
				}
			}
			for _, id := range []string{"", "x", "99999.1", elsewhere} {
				if id != "" && r.Tier() == authz.OfProvince && id == elsewhere {
					continue
				}
				if sight.Sees(id) {
					t.Errorf("%s of %s on %s sees %q", r.Vietnamese(), c.at, c.on, id)
				}
			}
		}
	}
}

func TestWithoutARoleNothingIsSeen(t *testing.T) {
	places, err := place.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	a := &App{Places: places}
	on := day.Of(2024, time.October, 1)
	for what, s := range map[string]authz.Subject{
		"nobody":             {},
		"no grant":           {ID: "me"},
		"no name":            {Grants: []authz.Grant{{Role: authz.Coordination, Place: "08.1"}}},
		"no place":           {ID: "me", Grants: []authz.Grant{{Role: authz.Coordination}}},
		"a role unknown":     {ID: "me", Grants: []authz.Grant{{Role: "vua", Place: "08.1"}}},
		"a place unknown":    {ID: "me", Grants: []authz.Grant{{Role: authz.CommuneEntry, Place: "x"}}},
		"another province's": {ID: "me", Grants: []authz.Grant{{Role: authz.Coordination, Place: "01.1"}}},
	} {
		for _, id := range []string{minhDan, khuonHa, hamYen, "08.1"} {
			if a.sightOf(s, on).Sees(id) {
				t.Errorf("%s sees %s", what, id)
			}
		}
	}
}
