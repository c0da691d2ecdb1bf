package directive

import (
	"context"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// LackKind says what a duty lacks before it can be confirmed.
type LackKind string

// What may lack.
const (
	LackWho  LackKind = "who"  // nobody is given the duty
	LackLead LackKind = "lead" // several bodies and nobody chosen to lead
	LackList LackKind = "list" // an addressee whose bodies are not known
)

// Lack is something that keeps a document from being confirmed.
type Lack struct {
	Duty, Ref string
	What      LackKind
	Text      string // the addressee's words, of LackList and LackLead
}

var (
	msgLackWho  = fault.Msg{Key: "directive.lack_who", Text: "mục {ref}: chưa có đơn vị được giao"}
	msgLackLead = fault.Msg{Key: "directive.lack_lead", Text: "mục {ref}: chưa chọn cơ quan chủ trì ({text})"}
	msgLackList = fault.Msg{Key: "directive.lack_list", Text: "mục {ref}: “{text}” chưa xác định danh sách; hãy ghi các đơn vị, hoặc đánh dấu đồng ý để chờ danh sách"}
	msgLackDay  = fault.Msg{Key: "directive.lack_day", Text: "chưa rõ ngày, tháng của văn bản nên không biết giao cho đơn vị nào đang hoạt động; hãy hoàn chỉnh ngày văn bản"}
	msgLackDuty = fault.Msg{Key: "directive.lack_duty", Text: "văn bản chưa có nhiệm vụ nào; hãy thêm nhiệm vụ trước khi xác nhận"}
)

func (k LackKind) msg() fault.Msg {
	switch k {
	case LackWho:
		return msgLackWho
	case LackLead:
		return msgLackLead
	}
	return msgLackList
}

// Words is the lack in a sentence.
func (l *Lack) Words() string {
	return fault.New(fault.Invalid, l.What.msg(), "ref", l.Ref, "text", l.Text).Vietnamese()
}

// Missing lists what keeps duties from being confirmed, in their order.
// Accepted are the words of addressees whose bodies a person agreed to leave
// open ("chưa xác định danh sách").
func Missing(duties []Duty, accepted []string) []Lack {
	var out []Lack
	for i := range duties {
		d := &duties[i]
		if d.Removed {
			continue
		}
		if len(d.Addressees) == 0 {
			out = append(out, Lack{d.ID, d.Ref, LackWho, ""})
			continue
		}
		var undecided []string
		leads := false
		for _, a := range d.Addressees {
			leads = leads || a.Role == Lead
			if a.Role == Undecided {
				undecided = append(undecided, a.Text)
			}
			if len(a.Agencies) == 0 && !slices.Contains(accepted, a.Text) {
				out = append(out, Lack{d.ID, d.Ref, LackList, a.Text})
			}
		}
		if len(undecided) > 0 || !leads {
			if len(undecided) == 0 {
				undecided = []string{"các đơn vị đều đang là phối hợp"}
			}
			out = append(out, Lack{d.ID, d.Ref, LackLead, strings.Join(undecided, ", ")})
		}
	}
	return out
}

// Confirm is the command by which a person confirms a document: its duties
// become active.
type Confirm struct {
	Document string
	Accept   []string // words of addressees that are left "chưa xác định danh sách"
	Seen     int64    // the latest entry of the document and its duties that the person saw; 0 = whatever stands
}

// Command is the journal's entry for the command.
func (c *Confirm) Command(actor string) (db.Command, error) {
	return command(actor, "directive.confirm", c.Document, struct {
		Document string   `json:"document"`
		Accepted []string `json:"accepted,omitempty"`
	}{c.Document, c.Accept})
}

// LastEntry is the latest entry of a document and its duties.
func LastEntry(d *Document, duties []Duty) int64 {
	last := d.Entry
	for i := range duties {
		last = max(last, duties[i].Entry)
	}
	return last
}

// Confirm makes a document active, or refuses with everything that is missing.
func (s *Service) Confirm(ctx context.Context, tx *db.Tx, who authz.Subject, cmd Confirm) error {
	d, err := s.find(tx, who, cmd.Document)
	if err != nil {
		return err
	}
	if d.State != Proposed {
		return notNow(&d)
	}
	duties, err := dutyRows(tx, d.ID)
	if err != nil {
		return err
	}
	if cmd.Seen != 0 && LastEntry(&d, duties) != cmd.Seen {
		return fault.New(fault.Conflict, msgMoved)
	}
	duties = live(duties)
	if err := refuseLacks(&d, duties, cmd.Accept); err != nil {
		return err
	}
	for i := range duties {
		if x := &duties[i]; leaveOpen(x) {
			if err := insertDuty(tx, x); err != nil {
				return err
			}
		}
	}
	d.State, d.Note = Active, ""
	if err := insertDocument(tx, &d); err != nil {
		return err
	}
	return s.o.Fanout.Confirmed(ctx, tx, &d, duties)
}

func refuseLacks(d *Document, duties []Duty, accepted []string) error {
	var faults []*fault.Error
	if d.Day() == day.None {
		faults = append(faults, fault.New(fault.Invalid, msgLackDay))
	}
	if len(duties) == 0 {
		faults = append(faults, fault.New(fault.Invalid, msgLackDuty))
	}
	for _, l := range Missing(duties, accepted) {
		faults = append(faults, fault.New(fault.Invalid, l.What.msg(), "ref", l.Ref, "text", l.Text).At("nv-"+l.Duty))
	}
	return fault.Join(faults...)
}

// leaveOpen marks the addressees whose bodies are not known; it tells whether
// any changed.
func leaveOpen(x *Duty) bool {
	changed := false
	for i := range x.Addressees {
		if a := &x.Addressees[i]; len(a.Agencies) == 0 && !a.Unknown {
			if !changed {
				x.Addressees = slices.Clone(x.Addressees)
			}
			x.Addressees[i].Unknown, changed = true, true
		}
	}
	return changed
}
