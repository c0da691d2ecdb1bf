package task

import (
	"time"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
)

// Task is one duty of one body.
type Task struct {
	ID       string
	Document string
	Duty     string // id of the directive.Duty
	Ref      string // "1.7"
	Group    string
	Text     string
	Agency   string // who has it now
	First    string // who had it first; differs from Agency after bàn giao
	Role     directive.Role
	Kind     directive.DeadlineKind
	Due      day.Day // in force; day.None = no day
	FirstDue day.Day // as the document says; differs from Due after gia hạn
	Separate bool    // theo dõi riêng
	Depends  bool    // it waits for a document that is not here (stub)
	Parts    []Part
	Acts     []Act // in order
	Entry    int64
}

// Part is one object of a task, with the days its steps were reached.
type Part struct {
	Key     string // place id, or a running number
	Text    string
	Reached map[string]day.Day // by directive.Step.Key
	Done    day.Day            // the closing step's day, day.None = open
}

// ActKind is what was done to a task.
type ActKind string

// The acts on a task.
const (
	Received  ActKind = "received"  // tiếp nhận
	Assigned  ActKind = "assigned"  // phân công
	Progress  ActKind = "progress"  // cập nhật tiến độ của một đối tượng
	Reported  ActKind = "reported"  // báo cáo hoàn thành
	Returned  ActKind = "returned"  // trả lại
	Confirmed ActKind = "confirmed" // xác nhận hoàn thành nhiệm vụ
	Asked     ActKind = "asked"     // xin gia hạn
	Granted   ActKind = "granted"   // gia hạn
	Refused   ActKind = "refused"   // không gia hạn
	Urged     ActKind = "urged"     // đôn đốc
	Handed    ActKind = "handed"    // bàn giao
	Retracted ActKind = "retracted" // rút nhiệm vụ
	Noted     ActKind = "noted"     // ghi chú, ý kiến
)

// Act is one thing that was done to a task, by whom and when.
type Act struct {
	Kind  ActKind
	On    day.Day // the legal day on which it holds
	At    time.Time
	By    string  // account id, from the journal
	Unit  string  // agency in whose name
	Text  string  // reason, account of what was done
	To    string  // unit's office or person a task was assigned to; agency it was handed to
	Due   day.Day // asked for or granted
	Part  string
	Step  string
	Proof []Proof
	Entry int64
}

// Proof is what stands behind a report: a link into the product or a file.
type Proof struct {
	Kind string // "finding", "document", "file", "plan", "inspection", "work"
	Ref  string
	Text string
}

// Status is where a task stands on a day, after the columns by which the
// Government's own task tracking is reported.
type Status string

// The statuses.
const (
	OnTime     Status = "on-time"    // hoàn thành đúng hạn
	Late       Status = "late"       // hoàn thành quá hạn
	InTime     Status = "in-time"    // đang thực hiện, trong hạn
	Overdue    Status = "overdue"    // quá hạn, chưa hoàn thành
	Waiting    Status = "waiting"    // chờ xác nhận hoàn thành
	Undated    Status = "undated"    // không có thời hạn
	Continuing Status = "continuous" // thường xuyên, outside the on-time rate
	Done       Status = "done"       // hoàn thành, không có thời hạn
	Retired    Status = "retired"    // đã rút
)

// Standing is a task as it stands on a day.
type Standing struct {
	Status   Status
	Days     int  // days left, negative = days overdue; 0 without a day
	Reached  int  // parts done
	Of       int  // parts there are
	Waiting  bool // reported, not yet confirmed
	Unproven bool // báo cáo, chưa có minh chứng
	Stub     bool // phụ thuộc văn bản chưa nhập: never complete
}
