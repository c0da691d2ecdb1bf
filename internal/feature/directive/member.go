package directive

import (
	"context"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
)

// SteeringID is the id of the collective "Thành viên Ban Chỉ đạo" in the register
// of agencies.
const SteeringID = "thanh-vien-bcd"

// Member is an agency that sits in the Ban Chỉ đạo, by the person who sits there
// for it, between two days.
type Member struct {
	ID        string
	Agency    string
	Post      string  // of the person, as the decision writes it: "Giám đốc Sở Y tế, thành viên"
	From, To  day.Day // To is day.Forever while it holds
	Number    string  // of the decision
	Decided   day.Day
	Note      string
	Withdrawn bool // entered by mistake: it never counted
	Entry     int64
}

// Holds tells whether the membership counts on a day.
func (m *Member) Holds(on day.Day) bool { return !m.Withdrawn && m.From <= on && on <= m.To }

// Enrol is the command that enters a member, or enters one again: with an ID it
// changes that row.
type Enrol struct {
	Member Member
}

// Command is the journal's entry for the command.
func (c *Enrol) Command(actor string) (db.Command, error) {
	m := &c.Member
	return command(actor, "directive.member", m.Agency, struct {
		Agency    string `json:"agency"`
		From      string `json:"from"`
		Until     string `json:"until,omitempty"`
		Number    string `json:"number"`
		Withdrawn bool   `json:"withdrawn,omitempty"`
	}{m.Agency, m.From.String(), m.To.String(), m.Number, m.Withdrawn})
}

var (
	msgMemberBody  = fault.Msg{Key: "directive.member_body", Text: "hãy chọn cơ quan có trong danh mục vào ngày bắt đầu"}
	msgMemberFrom  = fault.Msg{Key: "directive.member_from", Text: "hãy ghi ngày bắt đầu là thành viên"}
	msgMemberTo    = fault.Msg{Key: "directive.member_to", Text: "ngày cuối trước ngày bắt đầu"}
	msgMemberPaper = fault.Msg{Key: "directive.member_decision", Text: "hãy ghi số và ngày quyết định kiện toàn Ban Chỉ đạo"}
	msgMemberTwice = fault.Msg{Key: "directive.member_twice", Text: "{name} đã là thành viên trong thời gian này; hãy kết thúc dòng đang có trước"}
	msgNoMember    = fault.Msg{Key: "directive.no_member", Text: "không có dòng thành viên này"}
)

// Enrol records a member of the Ban Chỉ đạo.
func (s *Service) Enrol(_ context.Context, tx *db.Tx, who authz.Subject, cmd Enrol) error {
	if err := s.mayDirect(tx, who); err != nil {
		return err
	}
	m := cmd.Member
	m.Post, m.Number, m.Note = tidy(m.Post), tidy(m.Number), tidy(m.Note)
	if err := s.checkMember(&m); err != nil {
		return err
	}
	members, err := memberRows(tx)
	if err != nil {
		return err
	}
	known := false
	for i := range members {
		o := &members[i]
		if o.ID == m.ID {
			known = true
			continue
		}
		if !m.Withdrawn && !o.Withdrawn && o.Agency == m.Agency && o.From <= m.To && m.From <= o.To {
			a, _ := s.o.Agencies.Latest(m.Agency)
			return fault.New(fault.Conflict, msgMemberTwice, "name", a.Name).At("co-quan")
		}
	}
	if m.ID != "" && !known {
		return fault.New(fault.NotFound, msgNoMember)
	}
	if m.ID == "" {
		m.ID = tx.NewID()
	}
	return insertMember(tx, &m)
}

func (s *Service) checkMember(m *Member) error {
	var faults []*fault.Error
	if _, ok := s.o.Agencies.Agency(m.Agency, m.From); !ok && m.From != day.None {
		faults = append(faults, fault.New(fault.Invalid, msgMemberBody).At("co-quan"))
	}
	switch {
	case m.From == day.None:
		faults = append(faults, fault.New(fault.Invalid, msgMemberFrom).At("tu-ngay"))
	case m.To < m.From:
		faults = append(faults, fault.New(fault.Invalid, msgMemberTo).At("den-ngay"))
	}
	if m.Number == "" {
		faults = append(faults, fault.New(fault.Invalid, msgMemberPaper).At("so-quyet-dinh"))
	}
	if m.Decided == day.None {
		faults = append(faults, fault.New(fault.Invalid, msgMemberPaper).At("ngay-quyet-dinh"))
	}
	faults = append(faults, tooLong("chuc-danh", m.Post, 200), tooLong("so-quyet-dinh", m.Number, 60), tooLong("ghi-chu", m.Note, 400))
	return fault.Join(faults...)
}

// Members lists every membership that was not withdrawn, in order of agencies.
func (s *Service) Members(_ context.Context, tx *db.Tx) ([]Member, error) {
	rows, err := memberRows(tx)
	return slices.DeleteFunc(rows, func(m Member) bool { return m.Withdrawn }), err
}

// MembersOn lists the agencies that sit in the Ban Chỉ đạo on a day, sorted;
// none = chưa xác định danh sách thành viên.
func (s *Service) MembersOn(_ context.Context, tx *db.Tx, on day.Day) ([]string, error) {
	rows, err := memberRows(tx)
	var out []string
	for i := range rows {
		if rows[i].Holds(on) {
			out = append(out, rows[i].Agency)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), err
}

// Agencies is the register of agencies that knows the members of the Ban Chỉ
// đạo: for the reading of documents.
func (s *Service) Agencies(ctx context.Context, tx *db.Tx) (*agency.Register, error) {
	rows, err := s.Members(ctx, tx)
	if err != nil || len(rows) == 0 {
		return s.o.Agencies, err
	}
	list := make([]agency.Member, len(rows))
	for i, m := range rows {
		list[i] = agency.Member{AgencyID: m.Agency, From: m.From, To: m.To, Source: m.Number}
	}
	return s.o.Agencies.WithMembers(SteeringID, list)
}

// steering tells whether an addressee's words mean the members of the Ban Chỉ
// đạo.
func (s *Service) steering(text string, on day.Day) bool {
	m, err := s.o.Agencies.Resolve(text, on)
	return err == nil && m.Collective != nil && m.Collective.ID == SteeringID
}

// Waiting lists the live duties of an active document that wait for the members
// of the Ban Chỉ đạo to be known.
func (s *Service) Waiting(d *Document, duties []Duty) []Duty {
	var out []Duty
	for i := range duties {
		if !duties[i].Removed && slices.ContainsFunc(duties[i].Addressees, func(a Addressee) bool { return s.waits(d, &a) }) {
			out = append(out, duties[i])
		}
	}
	return out
}

func (s *Service) waits(d *Document, a *Addressee) bool {
	return len(a.Agencies) == 0 && s.steering(a.Text, d.Day())
}

// GiveToMembers is the command that gives the waiting duties of a document to
// the members of the Ban Chỉ đạo at the document's day.
type GiveToMembers struct {
	Document string
}

// Command is the journal's entry for the command.
func (c *GiveToMembers) Command(actor string) (db.Command, error) {
	return command(actor, "directive.members", c.Document, struct {
		Document string `json:"document"`
	}{c.Document})
}

var msgNoMembers = fault.Msg{Key: "directive.no_members", Text: "chưa xác định danh sách thành viên Ban Chỉ đạo tại ngày {day}; hãy nhập thành viên trước"}

// GiveToMembers fills in the members for the duties that wait for them. Duties
// that were given to members before keep those they have.
func (s *Service) GiveToMembers(ctx context.Context, tx *db.Tx, who authz.Subject, cmd GiveToMembers) (int, error) {
	d, err := s.find(tx, who, cmd.Document)
	if err != nil {
		return 0, err
	}
	if d.State != Active && d.State != Proposed {
		return 0, notNow(&d)
	}
	ids, err := s.MembersOn(ctx, tx, d.Day())
	if err != nil {
		return 0, err
	}
	if len(ids) == 0 {
		return 0, fault.New(fault.Conflict, msgNoMembers, "day", d.Day().Vietnamese())
	}
	duties, err := dutyRows(tx, d.ID)
	if err != nil {
		return 0, err
	}
	changed := s.Waiting(&d, duties)
	for i := range changed {
		x := &changed[i]
		x.Addressees = slices.Clone(x.Addressees)
		for j := range x.Addressees {
			if a := &x.Addressees[j]; s.waits(&d, a) {
				a.Agencies, a.Collective, a.Unknown = ids, true, false
			}
		}
		x.Note = "giao cho các thành viên Ban Chỉ đạo tại ngày " + d.Day().Vietnamese()
	}
	return len(changed), s.write(ctx, tx, &d, changed)
}

// write writes the new rows of duties, and tells who follows where the document
// is active.
func (s *Service) write(ctx context.Context, tx *db.Tx, d *Document, duties []Duty) error {
	for i := range duties {
		if err := insertDuty(tx, &duties[i]); err != nil {
			return err
		}
	}
	if d.State != Active || len(duties) == 0 {
		return nil
	}
	return s.o.Fanout.Amended(ctx, tx, d, duties)
}

func notNow(d *Document) error {
	return fault.New(fault.Conflict, msgNotNow, "label", d.Label(), "state", d.State.Vietnamese())
}

// tidy is text without spaces around and doubled ones.
func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }
