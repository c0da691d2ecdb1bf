package task

import (
	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
)

// Status is where a task stands on a day, after the columns by which the
// Government's own task tracking is reported.
type Status string

// The statuses.
const (
	Overdue    Status = "overdue"    // quá hạn, chưa hoàn thành
	InTime     Status = "in-time"    // đang thực hiện, trong hạn
	Waiting    Status = "waiting"    // chờ xác nhận hoàn thành
	OnTime     Status = "on-time"    // hoàn thành đúng hạn
	Late       Status = "late"       // hoàn thành quá hạn
	Undated    Status = "undated"    // không có thời hạn
	Continuing Status = "continuous" // thường xuyên, outside the on-time rate
	Done       Status = "done"       // hoàn thành, không có thời hạn
	Retired    Status = "retired"    // đã rút
)

// Statuses is the closed list, the most pressing first.
func Statuses() []Status {
	return []Status{Overdue, Waiting, InTime, Undated, Continuing, Late, OnTime, Done, Retired}
}

// Vietnamese is the status as screens say it.
func (s Status) Vietnamese() string {
	return map[Status]string{
		Overdue: "quá hạn, chưa hoàn thành", InTime: "đang thực hiện, trong hạn", Waiting: "chờ xác nhận hoàn thành",
		OnTime: "hoàn thành đúng hạn", Late: "hoàn thành quá hạn", Undated: "không có thời hạn", Continuing: "thường xuyên",
		Done: "hoàn thành, không có thời hạn", Retired: "đã rút nhiệm vụ",
	}[s]
}

// Complete tells whether Văn phòng UBND has confirmed the task.
func (s Status) Complete() bool { return s == OnTime || s == Late || s == Done }

// Standing is a task as it stands on a day.
type Standing struct {
	Status   Status
	Column   Status  // where it is counted: as Status, a waiting task as if it were at work
	Days     int     // days left, negative = days overdue; 0 without a day or when complete
	Reached  int     // parts done, or tasks of the document it depends on
	Of       int     // parts there are
	Done     day.Day // the day it was completed on, as reported; day.None = not reported
	Near     bool    // at work and due within the days of Rules.Near
	Waiting  bool    // reported, not yet confirmed
	Unproven bool    // báo cáo, chưa có minh chứng
	Asked    bool    // an extension was asked for and not answered
	Stub     bool    // phụ thuộc văn bản chưa nhập: never complete
	Rolled   bool    // the roll-up of the tasks of other documents
	Shared   bool    // shared out among several bodies: the roll-up of their tasks
}

// Percent is how much of the parts is done, -1 when there are none.
func (s Standing) Percent() int {
	if s.Of == 0 {
		return -1
	}
	return s.Reached * 100 / s.Of
}

// Below is what a task's standing is rolled up from besides its own acts.
type Below struct {
	Missing  bool       // a document it depends on is not here
	Tasks    []Standing // of the body's tasks under the documents it depends on, or of its own children
	Children bool       // Tasks are the tasks it was shared out into
}

// Stand is the standing of a task on a day. It depends on nothing else.
func Stand(t *Task, on day.Day, rules *Rules, below Below) Standing {
	s := Standing{Done: day.None, Stub: below.Missing, Rolled: len(t.Upstream) > 0, Shared: below.Children}
	for _, p := range t.Parts {
		if p.Struck {
			continue
		}
		s.Of++
		if p.Done != day.None && p.Done <= on {
			s.Reached++
		}
	}
	complete, retired := readActs(t, on, &s)
	if len(below.Tasks) > 0 && !below.Missing {
		complete = rollUp(&s, below)
	}
	if below.Missing {
		complete = false
	}
	s.Status = Retired
	if !retired {
		s.Status = statusOf(t, on, &s, complete)
	}
	s.Column = s.Status
	if t.Due != day.None && !t.Continuous() && !retired && !complete {
		s.Days = int(t.Due - on)
		s.Near = s.Days >= 0 && s.Days <= rules.Near && s.Status == InTime
	}
	if s.Status == Waiting {
		s.Column = atWork(t, min(on, s.Done))
	}
	return s
}

// readActs follows the acts up to a day.
func readActs(t *Task, on day.Day, s *Standing) (complete, retired bool) {
	for i := range t.Acts {
		a := &t.Acts[i]
		if a.On != day.None && a.On > on {
			continue
		}
		switch a.Kind {
		case Reported:
			s.Waiting, s.Unproven, s.Done, complete = true, len(a.Proof) == 0, a.On, false
		case Returned:
			s.Waiting, s.Unproven, s.Done, complete = false, false, day.None, false
		case Confirmed:
			s.Waiting, complete = false, true
		case Asked:
			s.Asked = true
		case Granted, Refused:
			s.Asked = false
		case Retracted:
			retired = true
		}
	}
	if complete || retired {
		s.Asked = false
	}
	if retired {
		s.Waiting = false
	}
	return complete, retired
}

// rollUp takes the standing of a task from the tasks below it: it is complete
// with the last of them.
func rollUp(s *Standing, below Below) (complete bool) {
	s.Reached, s.Of, s.Done, s.Waiting = 0, 0, day.None, false
	for _, b := range below.Tasks {
		if b.Status == Retired {
			continue
		}
		s.Of++
		if b.Status.Complete() {
			s.Reached++
			s.Done = max(s.Done, b.Done)
		}
	}
	if s.Of == 0 || s.Reached < s.Of {
		s.Done = day.None
		return false
	}
	return true
}

func statusOf(t *Task, on day.Day, s *Standing, complete bool) Status {
	dated := t.Due != day.None && !t.Continuous()
	switch {
	case complete && !dated:
		return Done
	case complete && s.Done <= t.Due:
		return OnTime
	case complete:
		return Late
	case s.Waiting && !s.Stub:
		return Waiting
	}
	return atWork(t, on)
}

// atWork is the status of a task that is not complete. A task is overdue from
// the day after its due day, whatever day of the week that is.
func atWork(t *Task, on day.Day) Status {
	switch {
	case t.Continuous():
		return Continuing
	case t.Due == day.None:
		return Undated
	case on > t.Due:
		return Overdue
	}
	return InTime
}

// Clarity is one of the "5 rõ".
type Clarity struct {
	Key  string // person, work, time, product, duty
	Name string // "người"
}

// Unclear lists which of the "5 rõ" a task lacks.
func Unclear(t *Task, list []Clarity) (out []Clarity) {
	for _, c := range list {
		clear := true
		switch c.Key {
		case "person":
			clear = t.AssignedTo() != ""
		case "work":
			clear = t.Text != ""
		case "time":
			clear = t.Due != day.None || t.Continuous() || t.Kind == directive.ByReference
		case "product":
			clear = t.Product != ""
		case "duty":
			clear = t.Checker != ""
		}
		if !clear {
			out = append(out, c)
		}
	}
	return out
}
