package cli

import (
	"strings"
	"time"

	"giuchuan/internal/app"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/register/place"
)

var msgInstant = fault.Msg{Key: "cli.instant", Text: "không hiểu thời điểm “{text}”; ghi 2024-10-01 (hết ngày) hoặc 2024-10-01T15:04"}

// knownAt is the journal position that was reached at an instant; "" is now.
func knownAt(tx *db.Tx, text string) (int64, error) {
	if text == "" {
		return app.Now, nil
	}
	t, err := instant(text)
	if err != nil {
		return 0, err
	}
	return journal.PositionAt(tx, t)
}

// instant reads a day, meaning its end, or a day with hours and minutes; both
// in Vietnam's time.
func instant(text string) (time.Time, error) {
	if d, err := day.Parse(text); err == nil {
		return (d + 1).Start().Add(-time.Microsecond), nil
	}
	date, clock, ok := strings.Cut(text, "T")
	d, err := day.Parse(date)
	if ok && err == nil {
		if c, err := time.Parse("15:04", clock); err == nil {
			return d.Start().Add(time.Duration(c.Hour())*time.Hour + time.Duration(c.Minute())*time.Minute), nil
		}
	}
	return time.Time{}, fault.New(fault.Invalid, msgInstant, "text", text)
}

// xaOf lists the xã of a province at a day.
func xaOf(places *place.Register, province string, on day.Day) []place.Unit {
	var out []place.Unit
	for _, u := range places.At(on).Communes("") {
		if u.IsXa() && u.Province == province {
			out = append(out, u)
		}
	}
	return out
}
