package directive

import "giuchuan/internal/kernel/day"

// DeadlineKind says how a duty names its time.
type DeadlineKind string

// The kinds of deadlines.
const (
	OnDate      DeadlineKind = "date"
	InPeriod    DeadlineKind = "period"
	Relative    DeadlineKind = "relative"
	Inherited   DeadlineKind = "inherited"
	Recurring   DeadlineKind = "recurring"
	ByReference DeadlineKind = "by_reference" // theo quy định, theo văn bản khác
	Urgent      DeadlineKind = "urgent"       // khẩn trương, kịp thời: no day
	Continuous  DeadlineKind = "continuous"   // thường xuyên: outside the on-time rate
	NoDeadline  DeadlineKind = "none"
)

// Role is what a body is asked to be in a duty.
type Role string

// The roles. Undecided stands where a document names several bodies and no
// lead: a person chooses.
const (
	Lead      Role = "lead"
	Support   Role = "support"
	Undecided Role = ""
)

// Addressee is who a duty is given to.
type Addressee struct {
	Text       string // as the document says it
	Role       Role
	Agencies   []string // ids at the document's day
	Collective bool     // the text stands for several bodies
	Unknown    bool     // who it is is not known yet: chưa xác định danh sách
}

// Object is what a duty is about in each place: a commune, with the steps that
// are followed there.
type Object struct {
	Place string // id of the commune, "" = not a place
	Text  string
}

// Duty is one nhiệm vụ as the register holds it, under the item of the document
// it was read from.
type Duty struct {
	ID         string
	Document   string
	Ref        string // "1.2a"
	Group      string // the document's own item: "1.2"
	Seq        int    // order in the document
	Text       string
	Start, End int // code points of the document's text; both 0 = entered by hand
	Addressees []Addressee
	Objects    []Object
	Due        day.Day // day.None = no day
	DueTime    string  // "17:00"
	Phrase     string  // the words of the document that name the time
	Kind       DeadlineKind
	Recurrence string
	References []string // numbers of cited documents it depends on
	Product    string   // what is to be handed in (rõ sản phẩm)
	Checker    string   // agency id of who checks it (rõ trách nhiệm)
	Steps      []Step   // followed for each object; none = one step
	Separate   bool     // theo dõi riêng
	Confidence int      // percent of the reading; 100 = entered or corrected by a person
	Removed    bool     // merged into another or struck out by a person
	Remarks    []string // of the reading: what a person must settle
	Note       string   // why the row was written
	Entry      int64
}

// Step is a stage that each object of a duty passes (clause S1.7: lập, trình
// thẩm định, phê duyệt).
type Step struct {
	Key    string // "lap"
	Name   string // "Lập xong"
	Closes bool   // reaching it completes the object
}

// Tracked tells whether a duty is reported one by one: it has a day, or a
// person marked it "theo dõi riêng"; all others are answered in the unit's
// period report.
func (d *Duty) Tracked() bool { return d.Due != day.None || d.Separate }
