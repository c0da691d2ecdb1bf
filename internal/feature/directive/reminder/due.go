package reminder

import (
	"cmp"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

// Matter is something open that somebody may have to be reminded of: a task
// before its deadline or past it, a document that a body has not received, a
// report of completion that waits for its confirmation.
type Matter struct {
	Event    Event
	ID       string  // of the task; for OnReceive "document/agency"
	On       day.Day // what the steps are counted from
	Agency   string  // who has it
	Document string  // id
	Cited    string  // "Thông báo số 94/TB-UBND ngày 20/5/2024"
	Ref      string  // "1.7"; "" = the whole document
	Text     string  // the duty in short
	Path     string  // its page
}

// Key names a matter for what is given once: a task whose deadline was moved is
// another matter.
func (m *Matter) Key() string { return string(m.Event) + "/" + m.ID }

// Reminder is one matter whose step has come.
type Reminder struct {
	Matter
	Step Step
	Left int // calendar days to the day of the event; negative = past it
}

// Urging tells đôn đốc, past the day, from nhắc việc.
func (r *Reminder) Urging() bool { return r.Left < 0 }

// Due lists what is to be reminded of on a day: for each matter the strongest
// step whose day has come, in the order of the agencies and the days. It does
// not know what was given before; see [Service.Tick]. The error names matters
// whose step cannot be counted because the calendar of working days lacks their
// year; the others are given all the same.
func Due(rules *Rules, matters []Matter, calendar *day.Calendar, today day.Day) ([]Reminder, error) {
	var out []Reminder
	var bad []*fault.Error
	uncounted := map[int]bool{}
	for i := range matters {
		m := &matters[i]
		r, err := strongest(rules, m, calendar, today)
		if err != nil {
			if year := m.On.Year(); !uncounted[year] {
				uncounted[year] = true
				bad = append(bad, fault.New(fault.Invalid, msgUncounted, "matter", m.subject(), "day", m.On.Vietnamese()).Wrap(err))
			}
		}
		if r != nil {
			out = append(out, *r)
		}
	}
	slices.SortStableFunc(out, func(a, b Reminder) int {
		return cmp.Or(cmp.Compare(a.Agency, b.Agency), cmp.Compare(a.On, b.On), strings.Compare(a.Cited, b.Cited), cmp.Compare(a.Ref, b.Ref))
	})
	return out, fault.Join(bad...)
}

var msgUncounted = fault.Msg{
	Key: "reminder.uncounted", Text: "chưa tính được ngày nhắc của {matter} (mốc {day}): thiếu lịch nghỉ của năm; hãy bổ sung lịch ngày nghỉ, lễ của năm đó",
}

// strongest is the last step of a matter that has come, nil when none has. It
// may give both: a step that could be counted, and why a later one could not.
func strongest(rules *Rules, m *Matter, calendar *day.Calendar, today day.Day) (*Reminder, error) {
	if m.On == day.None || m.On == day.Forever {
		return nil, nil
	}
	var best *Reminder
	var failed error
	for _, s := range rules.Steps {
		if s.Event != m.Event {
			continue
		}
		from, err := stepDay(calendar, m.On, int(s.Offset), today)
		if err != nil {
			failed = err
			continue
		}
		if from > today || (best != nil && best.Step.Offset >= s.Offset) {
			continue
		}
		best = &Reminder{Matter: *m, Step: s, Left: int(m.On - today)}
	}
	return best, failed
}

// stepDay is the day of a step, or for a step that has come some day up to today. Before the event working days are counted
// backwards; a step on the event's own day stands, when that is a day off, on
// the last working day before, because nobody reads a reminder on a Sunday (the
// deadline itself is not moved).
func stepDay(calendar *day.Calendar, on day.Day, offset int, today day.Day) (day.Day, error) {
	if offset > 0 {
		if on >= today {
			return day.Forever, nil // nothing to count: it cannot have come
		}
		return calendar.AddWorkingDays(on, offset)
	}
	if on < today {
		return on, nil // it has come, whichever day it was
	}
	if on-today > 3*mostOffset {
		return day.Forever, nil // far off, perhaps in a year whose days off are not decided yet
	}
	d := on
	for left := -offset; ; d-- {
		if d <= today && left > 0 {
			return d, nil // today is nearer than the step
		}
		working, err := calendar.IsWorking(d)
		if err != nil {
			return day.None, err
		}
		if !working {
			continue
		}
		if left == 0 {
			return d, nil
		}
		left--
	}
}

// subject names a matter in a message.
func (m *Matter) subject() string {
	if m.Ref == "" {
		return m.Cited
	}
	return "nhiệm vụ " + m.Ref + ", " + m.Cited
}
