package app_test

import (
	"net/http"
	"strings"
	"testing"

	"giuchuan/internal/platform/authz"
)

// On 1/7/2025 the districts and the communes of the demonstration ended. Who
// worked for them reads what they did before that day, is told what became of
// them, and sees nothing of the communes that bear their codes now.
func TestWhatAnEndedUnitDidStaysReadable(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		underReview(&cell{site: s, t: t, id: "02407"})
		s.do(t, authz.ProvinceLeader, post("/minh-hoa/ngay", "ngay", "2025-07-01"))
		leads := func(who authz.Role, from, to string) {
			t.Helper()
			if r := s.do(t, who, ask(from)); r.status != http.StatusSeeOther || r.head.Get("Location") != to {
				t.Errorf("%s at %s: %d %s, want %s", who, from, r.status, r.head.Get("Location"), to)
			}
		}
		reads := func(who authz.Role, path string, words ...string) {
			t.Helper()
			r := s.do(t, who, ask(path))
			for _, w := range words {
				if r.status != http.StatusOK || !strings.Contains(r.body, w) {
					t.Errorf("%s at %s: %d, lacks %q", who, path, r.status, w)
				}
			}
		}
		const old = "/xa/02407?ngay=2025-06-30"
		for _, who := range []authz.Role{authz.CommuneEntry, authz.CommuneLeader, authz.DistrictOffice, authz.DistrictLeader} {
			leads(who, "/xa/02407", old)
			leads(who, "/xa/02407?bo=xa-ntm-2021-2025", "/xa/02407?bo=xa-ntm-2021-2025&ngay=2025-06-30")
			reads(who, old, "đã kết thúc ngày 30/06/2025", "Nay thuộc", "chưa có vai trò ở đơn vị mới")
			if page := s.do(t, who, ask(old)).body; strings.Contains(page, `href="/xa/02407?ngay=2025-07-01"`) {
				t.Errorf("%s is led to what it may not see", who)
			}
			leads(who, "/xa/02407/ra-soat", "/xa/02407/ra-soat/2024-Q3")
			reads(who, "/xa/02407/ra-soat/2024-Q3", "Phiếu rà soát quý III năm 2024")
			reads(who, "/xa/02407/ra-soat/2024-Q3/15", "Y tế")
			if r := s.do(t, who, ask("/xa/02407?ngay=2025-07-01")); r.status != http.StatusForbidden {
				t.Errorf("%s sees the commune that bears the code now: %d", who, r.status)
			}
		}
		for _, who := range []authz.Role{authz.CommuneEntry, authz.CommuneLeader} {
			for _, path := range []string{"/xa/02392", "/xa/02392?ngay=2025-06-30", "/xa/02392/ra-soat"} {
				if r := s.do(t, who, ask(path)); r.status != http.StatusForbidden {
					t.Errorf("%s at %s, another commune: %d", who, path, r.status)
				}
			}
		}
		leads(authz.DistrictOffice, "/huyen/074", "/huyen/074?ngay=2025-06-30")
		leads(authz.ProvinceLeader, "/huyen/074", "/huyen/074?ngay=2025-06-30")
		reads(authz.DistrictOffice, "/huyen/074?ngay=2025-06-30", "Huyện Hàm Yên đã kết thúc ngày 30/06/2025", "Thái Sơn")
		if r := s.do(t, authz.DistrictOffice, ask("/huyen/072?ngay=2025-06-30")); r.status != http.StatusForbidden {
			t.Errorf("another district: %d", r.status)
		}
		reads(authz.ProvinceLeader, "/xa/02407", "Xã Thái Sơn")
		reads(authz.ProvinceLeader, old, "đã kết thúc ngày 30/06/2025", `href="/xa/02407?ngay=2025-07-01"`)
		reads(authz.CommuneEntry, "/viec-cua-toi", "đã kết thúc ngày 30/06/2025")
	})
}
