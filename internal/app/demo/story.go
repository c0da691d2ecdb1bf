package demo

import (
	"time"

	"giuchuan/internal/kernel/day"
)

// The days of the demonstration: its clock stands at Today; titles of the batch
// of 14 August 2024 were entered after the round was closed.
var (
	Today        = day.Of(2024, time.October, 1)
	TitlesAt     = at(2024, time.May, 31, 9)
	DecisionsAt  = at(2024, time.June, 3, 9)
	AssignedAt   = at(2024, time.June, 3, 10)
	OpenedAt     = at(2024, time.May, 31, 14)
	RoundAt      = at(2024, time.June, 13, 16)
	SentAt       = at(2024, time.June, 14, 9)
	VerifiedAt   = at(2024, time.June, 20, 15)
	ConfirmedAt  = at(2024, time.June, 26, 10)
	ClosedAt     = at(2024, time.June, 28, 16)
	BatchAt      = at(2024, time.August, 15, 9)
	NineAt       = at(2024, time.September, 14, 8)
	FieldCheckAt = at(2024, time.September, 20, 15)
	WorkedAt     = at(2024, time.September, 26, 9)
	LookedAt     = at(2024, time.September, 30, 14)
)

// Period is the review period of the first round, Nine that of the second, whose
// figures go up to the end of the third quarter.
var (
	Period = day.PeriodContaining(day.Half, day.Of(2024, time.June, 30))
	Nine   = day.PeriodContaining(day.Quarter, day.Of(2024, time.September, 30))
)

func at(y int, m time.Month, d, hour int) time.Time {
	return time.Date(y, m, d, hour, 0, 0, 0, time.FixedZone("+07", 7*3600))
}

// role is the state a commune is given.
type role struct {
	code    string
	unmet   []string // criteria that are not met
	unknown []string // criteria without data
	silent  bool     // the sheet was not sent
	set     map[string]figures
}

// figures are given values instead of generated ones.
type figures struct {
	value, male, female, share string
	maleNum, maleDen           string
	femaleNum, femaleDen       string
	numerator, denominator     string
	provenance                 string
}

// story lists the communes that teach something; all others hold 17 to 19.
var story = []role{
	{code: "02392", unmet: []string{"1", "17"}},
	{code: "02407", unmet: []string{"1", "15"}, set: map[string]figures{
		"15.1": {maleNum: "3128", maleDen: "3484", femaleNum: "3205", femaleDen: "3520", numerator: "6333", denominator: "7004", provenance: "confirmed"},
	}},
	{code: "02419", set: map[string]figures{"10": {value: "45,6", provenance: "confirmed"}}},
	{code: "02389", unmet: []string{"2", "6", "10", "12", "15", "17"}, set: map[string]figures{"10": {value: "41,2", provenance: "confirmed"}}},
	{code: "02410", unmet: []string{"1", "2", "6", "8", "12", "15"}},
	{code: "02476", unmet: []string{"2", "6", "8", "12", "15"}, unknown: []string{"10", "17"}},
	{code: "02251", unmet: []string{"1", "2", "3", "5", "6", "10", "11", "12", "15", "17"}},
	{code: "02254", unmet: []string{"13", "14"}, set: map[string]figures{
		"14.1": {male: "93", female: "93,2", value: "93,1", provenance: "confirmed"},
		"13.2": {value: "chưa đạt", provenance: "verified"},
	}},
	{code: "02404", set: map[string]figures{"10": {value: "61,5", provenance: "confirmed"}}},
	{code: "02401", set: map[string]figures{"17.6": {value: "92", provenance: "declared"}}},
	{code: "02617", silent: true},
}

// spare are the criteria that an ordinary commune may miss.
var spare = []string{"1", "2", "5", "6", "8", "12", "15", "16"}

// prefer names the indicator that fails when its criterion does.
var prefer = map[string]string{
	"xa-ntm-2021-2025/1": "1.1", "xa-ntm-2021-2025/2": "2.1", "xa-ntm-2021-2025/3": "3.1", "xa-ntm-2021-2025/5": "5.b",
	"xa-ntm-2021-2025/6": "6.3", "xa-ntm-2021-2025/8": "8.3", "xa-ntm-2021-2025/12": "12.1", "xa-ntm-2021-2025/15": "15.1",
	"xa-ntm-2021-2025/17": "17.6", "xa-ntm-nang-cao-2021-2025/13": "13.2", "xa-ntm-nang-cao-2021-2025/14": "14.1",
	"xa-ntm-nang-cao-2021-2025/1": "1.3", "xa-ntm-nang-cao-2021-2025/2": "2.2", "xa-ntm-nang-cao-2021-2025/5": "5.1",
	"xa-ntm-nang-cao-2021-2025/6": "6.3", "xa-ntm-nang-cao-2021-2025/8": "8.5", "xa-ntm-nang-cao-2021-2025/12": "12.1",
	"xa-ntm-nang-cao-2021-2025/15": "15.2", "xa-ntm-nang-cao-2021-2025/16": "16.2",
}
