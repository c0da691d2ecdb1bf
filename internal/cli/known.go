package cli

import (
	"errors"
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

// instantFlag is an instant on the command line: what was known then.
type instantFlag struct {
	text  string
	at    time.Time
	given bool
}

// UnmarshalText reads 2024-10-01, meaning the end of the day, or 2024-10-01T15:04.
func (f *instantFlag) UnmarshalText(text []byte) error {
	at, err := instant(string(text))
	if err != nil {
		return errors.New(fault.Text(err))
	}
	f.text, f.at, f.given = string(text), at, true
	return nil
}

// position is the journal position reached at the instant; without one, now.
func (f instantFlag) position(tx *db.Tx) (int64, error) {
	if !f.given {
		return app.Now, nil
	}
	return journal.PositionAt(tx, f.at)
}

// words is the instant as people read it.
func (f instantFlag) words() string {
	if d, err := day.Parse(f.text); err == nil {
		return "hết ngày " + d.Vietnamese()
	}
	return day.Local(f.at).Format("15:04 ngày 02/01/2006")
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
