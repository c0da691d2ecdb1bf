package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
)

// Work is what a line of Việc của tôi asks for.
type Work uint8

// The kinds of work.
const (
	Enter    Work = iota // nhập phiếu
	Mend                 // sửa dòng bị trả lại
	Send                 // duyệt gửi
	Verify               // thẩm tra
	Confirm              // xác nhận kết quả
	Answer               // trả lời đề nghị kiểm tra lại
	Supply               // nhập cột số liệu
	Urge                 // xã chưa gửi
	Close                // chốt đợt
	Receive              // tiếp nhận văn bản chỉ đạo
	Report               // thực hiện, báo cáo nhiệm vụ
	Redo                 // báo cáo bị trả lại
	Approve              // xác nhận hoàn thành nhiệm vụ
	Extend               // trả lời xin gia hạn
	Assign               // giao việc được đề nghị
	HandOver             // bàn giao nhiệm vụ của đơn vị đã kết thúc
)

// Group is where a line stands in Việc của tôi.
type Group uint8

// The groups, in their order on the page.
const (
	Overdue   Group = iota // quá hạn
	ThisWeek               // đến hạn tuần này
	GoneBack               // bị trả lại
	WaitsHere              // chờ tôi thẩm tra, xác nhận
	Asked                  // đề nghị kiểm tra lại chờ trả lời
	Later                  // việc khác
)

// Groups lists the groups in their order.
func Groups() []Group { return []Group{Overdue, ThisWeek, GoneBack, WaitsHere, Asked, Later} }

// Vietnamese is the group as people read it.
func (g Group) Vietnamese() string {
	return [...]string{
		"Quá hạn", "Đến hạn tuần này", "Bị trả lại", "Chờ tôi thẩm tra, xác nhận, trả lời",
		"Đề nghị kiểm tra lại chờ trả lời", "Việc khác",
	}[g]
}

// Task is one line of Việc của tôi.
type Task struct {
	Work   Work
	What   string  // "Xác nhận kết quả 12 chỉ tiêu của tiêu chí 15 Y tế"
	Where  string  // "Xã Thái Sơn"; several communes: "3 xã: …"
	Why    string  // reason of a return or question
	Due    day.Day // day.None = no day
	Path   string  // the exact page
	Button string
	Round  string
}

// Group says where a task stands on a day.
func (t *Task) Group(today day.Day) Group {
	switch {
	case t.Due == day.None:
	case t.Due < today:
		return Overdue
	case t.Due <= endOfWeek(today):
		return ThisWeek
	}
	switch t.Work {
	case Mend, Redo:
		return GoneBack
	case Verify, Confirm, Approve, Extend, Assign, HandOver:
		return WaitsHere
	case Answer:
		return Asked
	}
	return Later
}

// endOfWeek is the Sunday of a day's week.
func endOfWeek(d day.Day) day.Day { return d + day.Day((7-int(d.Weekday()-time.Sunday))%7) }

// Inbox is what one person has to do, in the order of the page.
type Inbox struct {
	Tasks  []Task
	Rounds int // open rounds there are
}

// Of gives the tasks of a group.
func (x *Inbox) Of(g Group, today day.Day) []Task {
	var out []Task
	for i := range x.Tasks {
		if x.Tasks[i].Group(today) == g {
			out = append(out, x.Tasks[i])
		}
	}
	return out
}

// Inbox computes what a person has to do from the board, from what is open of
// directives, and from what authz allows; nobody chooses an address.
func (d *Desk) Inbox(ctx context.Context, p Person) (*Inbox, error) {
	x := &Inbox{}
	c := collector{desk: d, eye: d.eye(p), inbox: x, forms: map[string]*form{}}
	for i := range d.Board.Rounds() {
		r := &d.Board.Rounds()[i]
		if r.Closed {
			continue
		}
		x.Rounds++
		if err := c.round(ctx, r); err != nil {
			return nil, err
		}
	}
	if err := d.directives(ctx, p, x); err != nil {
		return nil, err
	}
	slices.SortStableFunc(x.Tasks, func(a, b Task) int {
		return cmp.Or(cmp.Compare(a.Group(p.Today), b.Group(p.Today)), cmp.Compare(a.Due, b.Due))
	})
	return x, nil
}

// reaches tells which roles' work is looked for at all.
func (c *collector) reaches(a authz.Action) bool { return authz.Reaches(c.eye.person.Subject, a) }
