package task

import (
	"context"
	"strconv"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// Options are what the service is made of.
type Options struct {
	Agencies *agency.Register
	Places   *place.Register
	Calendar *day.Calendar
	Rules    *Rules
	Province string // two-digit code
	// Recognised lists the communes that hold a title at a day; nil = none.
	Recognised func(ctx context.Context, tx *db.Tx, on day.Day) ([]place.Unit, error)
	// Known refuses a proof that names something of this site which is not there;
	// nil = nothing is checked.
	Known func(ctx context.Context, tx *db.Tx, p Proof) error
}

// Service keeps the tasks. It holds no state of its own.
type Service struct{ o Options }

// New makes the service.
func New(o Options) *Service { return &Service{o} }

// Rules are the settings the service works by.
func (s *Service) Rules() *Rules { return s.o.Rules }

var (
	msgNoTask    = fault.Msg{Key: "task.none", Text: "không tìm thấy nhiệm vụ này; có thể địa chỉ đã sai, hãy mở lại từ trang Nhiệm vụ"}
	msgNotYours  = fault.Msg{Key: "task.not_yours", Text: "việc này là của đơn vị được giao nhiệm vụ; tài khoản của bạn không thuộc đơn vị đó"}
	msgNotOffice = fault.Msg{Key: "task.not_office", Text: "việc này là của Văn phòng UBND tỉnh; đề nghị Văn phòng UBND tỉnh thực hiện"}
	msgChanged   = fault.Msg{Key: "task.changed", Text: "nhiệm vụ {ref} của {agency} vừa có cập nhật khác: {what}; xem lại nội dung mới rồi gửi lại"}
)

// provincePath is the province at a day and what it was before under the same
// code, for permissions: the tasks it gave then are its tasks now.
func (s *Service) provincePath(on day.Day) []string {
	u, err := s.o.Places.Province(s.o.Province, on)
	if err != nil {
		return nil
	}
	path := []string{u.ID}
	for _, before := range s.o.Places.Predecessors(u.ID, u.Began-1) {
		if before.Unit.Code == u.Code {
			path = append(path, before.Unit.ID)
		}
	}
	return path
}

// Object is a body's tasks as permissions see them.
func (s *Service) Object(agencyID string, on day.Day) authz.Object {
	return authz.Object{PlacePath: s.provincePath(on), Unit: agencyID}
}

// Carries tells whether a person acts for the body that has the tasks.
func (s *Service) Carries(who authz.Subject, agencyID string, on day.Day) bool {
	return authz.May(who, authz.CarryTask, s.Object(agencyID, on))
}

// Directs tells whether a person confirms, returns, extends and withdraws.
func (s *Service) Directs(who authz.Subject, on day.Day) bool {
	return authz.May(who, authz.Direct, s.Object("", on))
}

// sees tells whether a person may look at a task: who has it, who had it first,
// the province.
func (s *Service) sees(who authz.Subject, t *Task, on day.Day) bool {
	return authz.May(who, authz.ViewTask, s.Object(t.Agency, on)) ||
		t.First != t.Agency && authz.May(who, authz.ViewTask, s.Object(t.First, on))
}

// Name is a body as it is called on a day, or as it was last.
func (s *Service) Name(id string, on day.Day) string {
	if a, ok := s.o.Agencies.Agency(id, on); ok {
		return a.Name
	}
	if a, ok := s.o.Agencies.Latest(id); ok {
		return a.Name
	}
	return id
}

// Short is Name in the short form.
func (s *Service) Short(id string, on day.Day) string {
	if a, ok := s.o.Agencies.Agency(id, on); ok {
		return a.Short
	}
	if a, ok := s.o.Agencies.Latest(id); ok {
		return a.Short
	}
	return id
}

// Ended tells whether a body no longer works on a day.
func (s *Service) Ended(id string, on day.Day) bool {
	a, ok := s.o.Agencies.Latest(id)
	return ok && a.Ended < on
}

// fan is what the fan-out of a document needs at its day.
func (s *Service) fan(ctx context.Context, tx *db.Tx, on day.Day) (*Fan, error) {
	var recognised []place.Unit
	if s.o.Recognised != nil && on >= s.o.Places.First() && on != day.Forever {
		list, err := s.o.Recognised(ctx, tx, on)
		if err != nil {
			return nil, err
		}
		recognised = list
	}
	tree := s.o.Places.At(on)
	placeOf := func(agencyID string) string {
		a, ok := s.o.Agencies.Agency(agencyID, on)
		if !ok {
			return ""
		}
		return a.PlaceID
	}
	return &Fan{
		Rules: s.o.Rules,
		Communes: func(agencyID string) (out []directive.Object, local bool) {
			at := placeOf(agencyID)
			for _, u := range recognised {
				if at != "" && tree.Within(u.ID, at) {
					out = append(out, directive.Object{Place: u.ID, Text: u.FullName})
				}
			}
			return out, at != ""
		},
		Within: func(placeID, agencyID string) bool { return tree.Within(placeID, placeOf(agencyID)) },
	}, nil
}

// since names what was done to a task after an entry.
func since(t *Task, seen int64) string {
	text := ""
	for _, a := range t.Acts {
		if a.Entry > seen {
			if text != "" {
				text += ", "
			}
			text += a.Kind.Vietnamese()
		}
	}
	if text == "" {
		return "nội dung giao hoặc danh sách đối tượng đã sửa"
	}
	return text
}

// signed tells who did the acts of a task and when.
func signed(tx *db.Tx, t *Task) error {
	positions := make([]int64, 0, len(t.Acts))
	for _, a := range t.Acts {
		positions = append(positions, a.Entry)
	}
	authors, err := journal.Authors(tx, positions)
	if err != nil {
		return err
	}
	for i := range t.Acts {
		a := &t.Acts[i]
		a.By, a.At = authors[a.Entry].Actor, authors[a.Entry].At
	}
	return nil
}

func itoa(n int) string { return strconv.Itoa(n) }
