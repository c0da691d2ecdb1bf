package directive

import (
	"context"
	"encoding/json"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// Options are what the register needs. Places, Agencies and Province are
// required.
type Options struct {
	Places   *place.Register
	Agencies *agency.Register
	Province string              // two-digit code
	Fanout   Fanout              // nil = nobody follows
	Assigned *agency.Assignments // who looks after which criterion; nil = coverage says nothing of it
}

// Service keeps the register of one province. It holds no state of its own.
type Service struct{ o Options }

// New makes the service.
func New(o Options) *Service {
	if o.Fanout == nil {
		o.Fanout = nobodyFollows{}
	}
	return &Service{o: o}
}

var (
	msgMayNot  = fault.Msg{Key: "directive.may_not", Text: "nhập văn bản chỉ đạo và giao nhiệm vụ là việc của Văn phòng UBND tỉnh"}
	msgMaySee  = fault.Msg{Key: "directive.may_not_see", Text: "văn bản này không gửi đến và không giao nhiệm vụ cho đơn vị của tài khoản này"}
	msgNone    = fault.Msg{Key: "directive.none", Text: "không có văn bản này trong sổ"}
	msgNoDuty  = fault.Msg{Key: "directive.no_duty", Text: "không có nhiệm vụ này trong văn bản"}
	msgMoved   = fault.Msg{Key: "directive.moved_on", Text: "người khác vừa sửa mục này; hãy xem lại nội dung đang có rồi ghi lại"}
	msgNotNow  = fault.Msg{Key: "directive.not_now", Text: "văn bản {label} đang ở trạng thái “{state}”, không làm việc này được"}
	msgReason  = fault.Msg{Key: "directive.reason", Text: "văn bản đã có hiệu lực theo dõi; hãy ghi lý do điều chỉnh"}
	msgTooLong = fault.Msg{Key: "directive.too_long", Text: "dài quá {limit} ký tự; hãy rút gọn"}
)

// Vietnamese is the state as lists show it.
func (s State) Vietnamese() string {
	switch s {
	case Proposed:
		return "chờ xác nhận"
	case Active:
		return "đang theo dõi"
	case Stub:
		return "văn bản dẫn chiếu, chưa có toàn văn"
	case Withdrawn:
		return "đã rút khỏi sổ"
	}
	return ""
}

// States lists the states a document may be in.
func States() []State { return []State{Proposed, Active, Stub, Withdrawn} }

// Province is the two-digit code of the province whose register it is.
func (s *Service) Province() string { return s.o.Province }

// provincePath is what permissions in the province are decided by.
func (s *Service) provincePath(tx *db.Tx) ([]string, error) {
	p, err := s.o.Places.Province(s.o.Province, tx.Today())
	if err != nil {
		return nil, err
	}
	return []string{p.ID}, nil
}

// mayDirect refuses whoever does not keep the register.
func (s *Service) mayDirect(tx *db.Tx, who authz.Subject) error {
	path, err := s.provincePath(tx)
	if err != nil {
		return err
	}
	if !authz.May(who, authz.Direct, authz.Object{PlacePath: path}) {
		return fault.New(fault.Forbidden, msgMayNot)
	}
	return nil
}

// NeedDirect refuses whoever does not keep the register.
func (s *Service) NeedDirect(tx *db.Tx, who authz.Subject) error { return s.mayDirect(tx, who) }

// MayDirect tells whether a person keeps the register.
func (s *Service) MayDirect(tx *db.Tx, who authz.Subject) bool { return s.mayDirect(tx, who) == nil }

// maySee tells whether a person may look at a document: the province's offices
// at all of them; a unit at those in force that it attended, receives or is
// given a duty in, itself or as the heir of a body that is no more.
func (s *Service) maySee(tx *db.Tx, who authz.Subject, d *Document, duties []Duty) (bool, error) {
	path, err := s.provincePath(tx)
	if err != nil {
		return false, err
	}
	if authz.May(who, authz.ViewDirective, authz.Object{PlacePath: path}) {
		return true, nil
	}
	if d.State != Active {
		return false, nil
	}
	units := unitsOf(d, duties)
	for _, g := range who.Grants {
		if g.Unit == "" || !authz.May(who, authz.ViewDirective, authz.Object{Unit: g.Unit}) {
			continue
		}
		if slices.Contains(units, g.Unit) || slices.ContainsFunc(units, func(u string) bool { return s.heir(u, g.Unit, tx.Today()) }) {
			return true, nil
		}
	}
	return false, nil
}

// SeesAll tells whether a person looks at every document of the province.
func (s *Service) SeesAll(tx *db.Tx, who authz.Subject) bool {
	path, err := s.provincePath(tx)
	return err == nil && authz.May(who, authz.ViewDirective, authz.Object{PlacePath: path})
}

// heir tells whether a unit does today what an older one did.
func (s *Service) heir(older, unit string, today day.Day) bool {
	a, ok := s.o.Agencies.Latest(older)
	if !ok || a.Ended >= today {
		return false
	}
	return slices.ContainsFunc(s.o.Agencies.Successors(older, today), func(h agency.Heir) bool { return h.Agency.ID == unit })
}

// unitsOf lists the bodies a document concerns: that attended, receive it, or
// have a duty in it.
func unitsOf(d *Document, duties []Duty) []string {
	var out []string
	for i := range d.Attendees {
		out = append(out, d.Attendees[i].Agencies...)
	}
	for i := range d.Recipients {
		out = append(out, d.Recipients[i].Agencies...)
	}
	for i := range duties {
		if duties[i].Removed {
			continue
		}
		for _, a := range duties[i].Addressees {
			out = append(out, a.Agencies...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// find gives a document to a person who keeps the register.
func (s *Service) find(tx *db.Tx, who authz.Subject, id string) (Document, error) {
	if err := s.mayDirect(tx, who); err != nil {
		return Document{}, err
	}
	return lastDocument(tx, id)
}

func lastDocument(tx *db.Tx, id string) (Document, error) {
	versions, err := documentVersions(tx, id)
	if err != nil {
		return Document{}, err
	}
	if len(versions) == 0 {
		return Document{}, fault.New(fault.NotFound, msgNone)
	}
	return versions[len(versions)-1], nil
}

// Get gives a document with its duties, those struck out included, to a person
// who may see it.
func (s *Service) Get(_ context.Context, tx *db.Tx, who authz.Subject, id string) (Document, []Duty, error) {
	d, err := lastDocument(tx, id)
	if err != nil {
		return d, nil, err
	}
	duties, err := dutyRows(tx, id)
	if err != nil {
		return d, nil, err
	}
	ok, err := s.maySee(tx, who, &d, duties)
	if err != nil {
		return Document{}, nil, err
	}
	if !ok {
		return Document{}, nil, fault.New(fault.Forbidden, msgMaySee)
	}
	return d, duties, nil
}

// Document gives a document without asking who wants it: for siblings that ask
// for themselves.
func (s *Service) Document(_ context.Context, tx *db.Tx, id string) (Document, error) {
	return lastDocument(tx, id)
}

// Duties gives the live duties of a document in its order, without asking who
// wants them.
func (s *Service) Duties(_ context.Context, tx *db.Tx, id string) ([]Duty, error) {
	duties, err := dutyRows(tx, id)
	return live(duties), err
}

func live(duties []Duty) []Duty {
	return slices.DeleteFunc(slices.Clone(duties), func(d Duty) bool { return d.Removed })
}

// Text gives the text a document was read from, "" where there is none. Ask
// Get first whether the person may see it.
func (s *Service) Text(_ context.Context, tx *db.Tx, id string) (string, error) {
	return textOf(tx, id)
}

// command is the journal's entry of a command: what it says, without the words
// of documents.
func command(actor, name, scope string, body any) (db.Command, error) {
	data, err := json.Marshal(body)
	return db.Command{Actor: actor, Name: name, Scope: scope, Body: data}, err
}
