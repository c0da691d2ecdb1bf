package task

import (
	"strings"
	"time"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
)

// Task is one duty of one body.
type Task struct {
	ID         string
	Document   string
	Duty       string // id of the directive.Duty
	Seq        int    // order in the document
	Ref        string // "1.7"
	Group      string
	Text       string
	Agency     string // who has it now
	First      string // who had it first; differs from Agency after bàn giao
	Parent     string // the task that was shared out among several bodies; "" = none
	Role       directive.Role
	Kind       directive.DeadlineKind
	Due        day.Day // in force; day.None = no day
	FirstDue   day.Day // as the document says; differs from Due after gia hạn
	DueTime    string
	Phrase     string // the words of the document that name the time
	Recurrence string
	Product    string // rõ sản phẩm
	Checker    string // rõ trách nhiệm: agency that checks it
	Steps      []directive.Step
	Separate   bool       // theo dõi riêng
	Upstream   []Upstream // documents it depends on
	Parts      []Part
	Acts       []Act // in order
	Entry      int64 // of the last row of the task, its parts and acts
}

// Upstream is a document that a task depends on: the task is complete when its
// body has completed every task of that document (clause S1.1).
type Upstream struct {
	Number   string `json:"number"`   // "94/TB-UBND"
	Document string `json:"document"` // id in the register, "" = not even a stub
}

// Tracked tells whether a task is reported one by one. All others are answered
// in the unit's period report.
func (t *Task) Tracked() bool { return t.Due != day.None || t.Separate }

// Continuous tells whether a task has no end: it stands outside the on-time
// rate.
func (t *Task) Continuous() bool {
	return t.Kind == directive.Continuous || t.Kind == directive.Recurring && t.Due == day.None
}

// Open are the parts that are not done, struck ones left out.
func (t *Task) Open() (out []Part) {
	for _, p := range t.Parts {
		if !p.Struck && p.Done == day.None {
			out = append(out, p)
		}
	}
	return out
}

// Last is the last act of one of the kinds, nil when there was none.
func (t *Task) Last(kinds ...ActKind) *Act {
	for i := len(t.Acts) - 1; i >= 0; i-- {
		for _, k := range kinds {
			if t.Acts[i].Kind == k {
				return &t.Acts[i]
			}
		}
	}
	return nil
}

// AssignedTo is the office or person who has the task now, "" = nobody.
func (t *Task) AssignedTo() string {
	if a := t.Last(Assigned, Handed); a != nil && a.Kind == Assigned {
		return a.To
	}
	return ""
}

// Part is one object of a task, with the days its steps were reached.
type Part struct {
	Key     string // place id, or a running number
	Place   string // id of the commune, "" = not a place
	Text    string
	Struck  bool   // taken out by a person
	Reason  string // why it was added or struck
	Reached map[string]day.Day
	Done    day.Day // the closing step's day, day.None = open
	Entry   int64
}

// wholeStep is the one step of a part whose duty names none.
const wholeStep = "xong"

// StepsOf are the steps each part of a task passes.
func (t *Task) StepsOf() []directive.Step {
	if len(t.Steps) > 0 {
		return t.Steps
	}
	return []directive.Step{{Key: wholeStep, Name: "Hoàn thành", Closes: true}}
}

// settle fills the days of the parts from the acts: the last word on a step
// counts, and a part is done with its closing step.
func (t *Task) settle() {
	for i := range t.Parts {
		p := &t.Parts[i]
		p.Reached, p.Done = map[string]day.Day{}, day.None
		for _, a := range t.Acts {
			if a.Kind != Progress || a.Part != p.Key || a.Step == "" {
				continue
			}
			if a.On == day.None {
				delete(p.Reached, a.Step)
			} else {
				p.Reached[a.Step] = a.On
			}
		}
		closing := false // a later step closes too: what is approved was submitted
		for _, s := range t.StepsOf() {
			closing = closing || s.Closes
			if on, ok := p.Reached[s.Key]; ok && closing && (p.Done == day.None || on < p.Done) {
				p.Done = on
			}
		}
	}
}

// ActKind is what was done to a task.
type ActKind string

// The acts on a task.
const (
	Began     ActKind = "began"     // văn bản được xác nhận lần đầu
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
	Amended   ActKind = "amended"   // văn bản được sửa, đối tượng được thêm hoặc bớt
	Followed  ActKind = "followed"  // theo dõi riêng, thôi theo dõi riêng
	Noted     ActKind = "noted"     // ghi chú, ý kiến
)

// Vietnamese is the act as screens say it.
func (k ActKind) Vietnamese() string {
	return map[ActKind]string{
		Began: "xác nhận văn bản", Received: "tiếp nhận", Assigned: "phân công", Progress: "cập nhật tiến độ", Reported: "báo cáo hoàn thành",
		Returned: "trả lại báo cáo", Confirmed: "xác nhận hoàn thành nhiệm vụ", Asked: "xin gia hạn", Granted: "điều chỉnh thời hạn (gia hạn)",
		Refused: "không gia hạn", Urged: "đôn đốc", Handed: "bàn giao", Retracted: "rút nhiệm vụ", Amended: "sửa nội dung giao",
		Followed: "theo dõi riêng", Noted: "ghi chú",
	}[k]
}

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

// Proof is what stands behind a report: a link into the product or a document
// elsewhere.
type Proof struct {
	Kind string `json:"kind"` // one of ProofKinds
	Ref  string `json:"ref"`  // number of a document, or a path of this site
	Text string `json:"text"`
}

// ProofKind is one kind of proof.
type ProofKind struct{ Key, Name string }

// ProofKinds is the closed list of what may stand behind a report.
func ProofKinds() []ProofKind {
	return []ProofKind{
		{"document", "Văn bản (số, ký hiệu)"},
		{"finding", "Kết quả rà soát"},
		{"file", "Tệp minh chứng"},
		{"plan", "Kế hoạch duy trì, nâng cao chất lượng tiêu chí"},
		{"inspection", "Biên bản kiểm tra"},
		{"work", "Công trình"},
	}
}

// proofName is a kind of proof in words, "" when it is none.
func proofName(key string) string {
	for _, k := range ProofKinds() {
		if k.Key == key {
			return k.Name
		}
	}
	return ""
}

// String is a proof as one line: its kind, its number and what it is.
func (p Proof) String() string {
	text := proofName(p.Kind)
	for _, s := range []string{p.Ref, p.Text} {
		if s != "" {
			text += ", " + s
		}
	}
	return strings.TrimPrefix(text, ", ")
}

// Given is a document as its duties were given.
type Given struct {
	ID          string
	Kind        string // "TB"
	Number      string // "" = chưa có số
	Symbol      string
	Issued      day.Day // day.None = not known
	Partial     string  // "2024-06"
	Day         day.Day // the day bodies were looked up by
	Issuer      string
	Title       string
	Illustrated bool
	Withdrawn   bool
	Since       day.Day // when it was confirmed first; 0 = not known
	Entry       int64
}
