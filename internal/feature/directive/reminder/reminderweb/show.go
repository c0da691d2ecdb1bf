package reminderweb

import (
	"time"

	"giuchuan/internal/kernel/day"
)

// clock is an instant as people read it in Viet Nam: "08:05 01/10/2024".
func clock(t time.Time) string {
	on := day.FromTime(t)
	return time.Time{}.Add(t.Sub(on.Start())).Format("15:04") + " " + on.Vietnamese()
}
