package demo

import (
	"time"

	"giuchuan/internal/kernel/day"
)

// The days on which the demonstration's notice is worked off.
var (
	NoticeAt   = at(2024, time.June, 10, 9)
	ReceivedAt = at(2024, time.June, 20, 16)
	GivenAt    = at(2024, time.June, 24, 9)
	ReportAt   = at(2024, time.September, 24, 15)
	ReturnAt   = at(2024, time.September, 25, 10)
	AgainAt    = at(2024, time.September, 26, 16)
	AcceptedAt = at(2024, time.September, 27, 17)
	ExtendAt   = at(2024, time.September, 27, 18)
)

// What the notice leaves to a person, and who is slow.
const (
	ItemOfFunds = "4"                           // two departments and no lead
	LeadOfFunds = "Sở Tài chính"                // the one that was chosen
	ItemOfPlans = "1.7"                         // plans of communes, by the end of the third quarter
	ItemOfTowns = "3b"                          // plans of two new towns, by the end of the year
	Laggard     = "so-khdt.1"                   // has not received the notice
	SentBack    = "071"                         // district whose report was returned once
	PlanOffice  = "Phòng Kinh tế và Hạ tầng"    // of a district
	TownOffice  = "Phòng Quy hoạch - Kiến trúc" // of Sở Xây dựng
)

// Extended is the day that the slower district asks for.
var Extended = day.Of(2024, time.October, 31)

// Plan is a commune's adjusted general plan.
type Plan struct {
	Commune string  // code
	On      day.Day // submitted, day.None = not yet
}

// LatePlans are what the two late districts, by code, have submitted of item
// 1.7. Every other district has submitted all of its plans in time.
func LatePlans() map[string][]Plan {
	return map[string][]Plan{
		"074": {
			{"02404", day.Of(2024, time.August, 12)},    // Bình Xa
			{"02422", day.Of(2024, time.August, 20)},    // Đức Ninh
			{"02419", day.Of(2024, time.September, 5)},  // Thái Hòa
			{"02389", day.Of(2024, time.September, 27)}, // Minh Dân
			{"02410", day.None},                         // Nhân Mục
		},
		"073": nil, // three of six, in the order of its communes
	}
}

// PlanDay is the day on which the n-th plan of a district that is in time was
// submitted.
func PlanDay(n int) day.Day { return day.Of(2024, time.July, 15) + day.Day(5*n) }
