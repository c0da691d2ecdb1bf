package day_test

import (
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
)

func TestLeft(t *testing.T) {
	today := day.Of(2024, time.October, 1)
	for due, want := range map[day.Day]string{
		today + 4: "còn 4 ngày", today: "hạn hôm nay", today - 3: "quá hạn 3 ngày", day.Forever: "",
	} {
		if got := due.Left(today); got != want {
			t.Errorf("%s: %q, want %q", due, got, want)
		}
	}
}

func TestLocal(t *testing.T) {
	at := time.Date(2024, 9, 30, 17, 5, 0, 0, time.UTC)
	if got := day.Local(at).Format("15:04 02/01/2006"); got != "00:05 01/10/2024" {
		t.Error(got)
	}
}
