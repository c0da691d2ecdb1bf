package agency_test

import (
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

func (d *desk) gaps(on day.Day, communes ...string) (g agency.Gaps) {
	d.t.Helper()
	var units []place.Unit
	for _, id := range communes {
		a, ok := d.Agencies().Agency(agency.CommitteeID(id), on)
		if !ok {
			d.t.Fatalf("no commune %s", id)
		}
		units = append(units, place.Unit{ID: a.PlaceID})
	}
	d.read(func(tx *db.Tx) (err error) {
		g, err = d.Gaps(d.t.Context(), tx, on, units)
		return err
	})
	return g
}

func TestGapsShrinkAsWorkIsAssigned(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		before := d.gaps(october)
		if len(before.Leads) < 19 || len(before.Supplies) < 5 {
			t.Fatalf("gaps of an empty table: %d in charge, %d suppliers", len(before.Leads), len(before.Supplies))
		}
		d.give(lead("15", "so-y-te.1"), lead("18.4", "so-tu-phap.1"), supply("15.1", "bhxh-tinh.1"))
		after := d.gaps(october)
		codes := map[string]bool{}
		for _, g := range after.Leads {
			if g.Set == ntm {
				codes[g.Code] = true
			}
		}
		if codes["15"] || codes["18"] || codes["18.4"] || !codes["18.1"] || !codes["1"] {
			t.Errorf("gaps: %v; a criterion led in part lists its open indicators", codes)
		}
		if len(after.Supplies) != len(before.Supplies)-1 {
			t.Errorf("suppliers missing: %d, then %d", len(before.Supplies), len(after.Supplies))
		}
	})
}

func TestTheSetsNamesAreProposed(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		propose := func(on day.Day) map[string]string {
			out := map[string]string{}
			d.read(func(tx *db.Tx) error {
				list, err := d.Propose(t.Context(), tx, ntm, on)
				for _, p := range list {
					var ids []string
					for _, c := range p.Choices {
						ids = append(ids, c.ID)
					}
					out[string(p.Duty)+" "+p.Code] = p.Agency.ID + strings.Join(ids, "|")
					if !p.Settled() && p.Note == "" {
						t.Errorf("%s: a person must choose and is not told why", p.Code)
					}
				}
				return err
			})
			return out
		}
		for what, want := range map[string]string{
			"phu-trach 1": "so-xay-dung.1", "phu-trach 12": "so-ldtbxh.1", "phu-trach 15": "so-y-te.1", "cung-cap 15.1": "bhxh-tinh.1",
			"phu-trach 10": "thong-ke.1", "cung-cap 4.2": "dien-luc-tinh.1", "phu-trach 17": "so-tnmt.1", "phu-trach 18": "so-noi-vu.1",
			"phu-trach 18.4": "so-tu-phap.1", "phu-trach 18.6": "vpdp-ntm.1", "phu-trach 19.1": "bo-chqs-tinh.1", "phu-trach 19.2": "cong-an-tinh.1",
			"phu-trach 18.5": "so-ldtbxh.1|hoi-phu-nu-tinh.1", "phu-trach 16": "so-vhttdl.1",
		} {
			if got := propose(october)[what]; got != want {
				t.Errorf("%s in 2024: %q, want %q", what, got, want)
			}
		}
		for what, want := range map[string]string{
			"phu-trach 3": "so-nnmt.1", "phu-trach 12": "so-noi-vu.2", "phu-trach 17": "so-nnmt.1", "phu-trach 8": "so-khcn.2|so-vhttdl.1",
		} {
			if got := propose(merged)[what]; got != want {
				t.Errorf("%s after the merger of departments: %q, want %q", what, got, want)
			}
		}
		d.give(lead("15", "so-y-te.1"))
		if got := propose(october); got["phu-trach 15"] != "" || got["cung-cap 15.1"] == "" {
			t.Error("what is assigned is not proposed again; its supplier still is")
		}
	})
}
