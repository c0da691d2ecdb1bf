package demo

import (
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// Assignments are generated assignments: what the criteria sets say of each
// criterion, as far as they name one agency, and an office of the district for
// every commune but one.
func Assignments(proposals []agency.Proposal, communes []place.Unit) []agency.Assignment {
	var out []agency.Assignment
	for _, p := range proposals {
		if p.Settled() {
			out = append(out, agency.Assignment{
				Duty: p.Duty, Set: p.Set, Code: p.Code, Agency: p.Agency.ID, From: day.Of(2024, time.January, 1), Until: day.Forever,
				Number: "00/QĐ-UBND (minh họa)", Issued: day.Of(2023, time.December, 29), Note: "số liệu minh họa, theo cơ quan mà bộ tiêu chí ghi",
			})
		}
	}
	for i, u := range communes {
		if u.Code == unfollowed {
			continue
		}
		out = append(out, agency.Assignment{
			Duty: agency.Follows, Place: u.ID, Agency: agency.CommitteeID(u.ParentID), Office: offices[i%len(offices)],
			From: day.Of(2024, time.June, 3), Until: day.Forever,
			Number: "00/QĐ-UBND huyện (minh họa)", Issued: day.Of(2024, time.June, 3), Note: "số liệu minh họa",
		})
	}
	return out
}

// unfollowed is the commune that its district forgot.
const unfollowed = "02410"

// offices follow the communes in turn.
var offices = []string{
	"Phòng Nông nghiệp và Phát triển nông thôn", "Phòng Kinh tế và Hạ tầng", "Phòng Tài chính - Kế hoạch",
	"Phòng Văn hóa và Thông tin", "Phòng Lao động - Thương binh và Xã hội",
}
