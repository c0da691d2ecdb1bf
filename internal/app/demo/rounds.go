package demo

import (
	"time"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/register/place"
)

// FirstRound is the round of the first half of 2024, as it is opened.
func FirstRound() *round.Open {
	return &round.Open{
		Name: "Rà soát 6 tháng đầu năm 2024", Period: Period, Basis: "01/KH-VPĐP (minh họa)", BasisOn: day.Of(2024, time.May, 30), Whole: true,
		SendBy: day.Of(2024, time.June, 14), VerifyBy: day.Of(2024, time.June, 21), ConfirmBy: day.Of(2024, time.June, 27),
		Note: "số liệu minh họa",
	}
}

// SecondRound is the round of nine months, which is open on the day the
// demonstration's clock stands at.
func SecondRound() *round.Open {
	return &round.Open{
		Name: "Rà soát 9 tháng năm 2024", Period: Nine, Basis: "02/KH-VPĐP (minh họa)", BasisOn: day.Of(2024, time.September, 12),
		SendBy: day.Of(2024, time.October, 5), VerifyBy: day.Of(2024, time.October, 12), ConfirmBy: day.Of(2024, time.October, 20),
		Note: "số liệu minh họa",
	}
}

// Steps are how far a commune of the demonstration has come in the second round.
type Steps struct {
	Code   string // of the commune
	Sent   bool
	Looked bool   // verified by the district
	Back   string // code of an indicator that was returned
	Why    string // why
}

// Worked lists the communes that have begun the second round. Thái Sơn has carried
// over what did not change and has its health insurance still to enter.
func Worked() []Steps {
	return []Steps{
		{Code: "02407"},
		{Code: "02392", Sent: true},
		{Code: "02410", Sent: true},
		{Code: "02404", Sent: true, Looked: true},
		{Code: "02419", Sent: true, Looked: true},
		{Code: "02389", Sent: true, Back: "17.6", Why: "Chưa có biên bản kiểm tra điểm thu gom; đề nghị bổ sung ảnh chụp tại chỗ"},
	}
}

// Person is somebody of the demonstration who does the work of some roles below a
// place, for the acts that came before its accounts.
func Person(id string, at place.Unit, roles ...authz.Role) authz.Subject {
	s := authz.Subject{ID: id}
	for _, r := range roles {
		g := authz.Grant{Role: r, Place: at.ID}
		if r.TakesFields() {
			g.Fields = []string{"*"}
		}
		s.Grants = append(s.Grants, g)
	}
	return s
}
