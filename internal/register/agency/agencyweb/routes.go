// Package agencyweb is the pages of the table of assignments: which agency is
// in charge of which criterion, who supplies figures, and which office follows
// which commune.
package agencyweb

import (
	"context"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// Options are what the pages are made of.
type Options struct {
	DB       *db.DB
	Assigned *agency.Assignments
	Law      *law.Library
	Places   *place.Register
	Province string // two-digit code
	// Recognised lists the communes that hold a title on a day: one of them
	// without an office is a gap.
	Recognised func(ctx context.Context, tx *db.Tx, on day.Day) ([]place.Unit, error)
	// Who gives an account's grants as they stand in a transaction; nil = as they
	// stood when the request came.
	Who func(ctx context.Context, tx *db.Tx, accountID string) (authz.Subject, error)
}

// Pages answer the addresses of Routes.
type Pages struct{ o Options }

// New makes the pages.
func New(o Options) *Pages { return &Pages{o} }

// Routes is the pages' part of the table of routes.
func (h *Pages) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/phan-cong", Handler: h.list, Action: authz.ViewCriteria},
		{Method: "GET", Pattern: "/phan-cong/{bo}/{ma}", Handler: h.one, Action: authz.ViewCriteria},
		{Method: "POST", Pattern: "/phan-cong/{bo}/{ma}", Handler: h.assign, Action: authz.AssignCriteria},
		{Method: "POST", Pattern: "/phan-cong/ket-thuc", Handler: h.end, Action: authz.ViewCriteria},
		{Method: "GET", Pattern: "/phan-cong/de-xuat", Handler: h.proposals, Action: authz.AssignCriteria},
		{Method: "POST", Pattern: "/phan-cong/de-xuat", Handler: h.accept, Action: authz.AssignCriteria},
		{Method: "GET", Pattern: "/phan-cong/bang.xlsx", Handler: h.workbook, Action: authz.AssignCriteria},
		{Method: "GET", Pattern: "/phan-cong/bang.csv", Handler: h.text, Action: authz.AssignCriteria},
		{Method: "GET", Pattern: "/phan-cong/nhap", Handler: h.showUpload, Action: authz.AssignCriteria},
		{Method: "POST", Pattern: "/phan-cong/nhap", Handler: h.upload, Action: authz.AssignCriteria, MaxBody: 4 << 20},
		{Method: "GET", Pattern: "/phan-cong/dia-ban", Handler: h.areas, Action: authz.AssignArea},
		{Method: "POST", Pattern: "/phan-cong/dia-ban", Handler: h.assignAreas, Action: authz.AssignArea},
		{Method: "GET", Pattern: "/phan-cong/dia-ban/{xa}", Handler: h.area, Action: authz.AssignArea},
	}
}

var (
	msgMayNot   = fault.Msg{Key: "agency.may_not", Text: "phân công cơ quan phụ trách tiêu chí là việc của Văn phòng Điều phối"}
	msgNotYours = fault.Msg{Key: "agency.not_your_area", Text: "địa bàn này không thuộc quyền phân công của tài khoản này; trước 01/7/2025 do huyện phân công, từ 01/7/2025 do lãnh đạo xã"}
)

// day is the day a page is made for: ?ngay=, or today.
func (h *Pages) day(p *web.Page) (day.Day, error) {
	text := p.Query("ngay")
	if text == "" {
		return p.Today(), nil
	}
	on, err := day.Parse(text)
	if err == nil {
		err = h.o.Places.Covers(on)
	}
	return on, err
}

// permit refuses a person who may not.
type permit func(who authz.Subject) error

// assigns asks for who assigns criteria in the province.
func (h *Pages) assigns(today day.Day) permit {
	return func(who authz.Subject) error {
		u, ok := h.o.Places.At(today).ByCode(h.o.Province)
		if ok && authz.May(who, authz.AssignCriteria, authz.Object{PlacePath: []string{u.ID}}) {
			return nil
		}
		return fault.New(fault.Forbidden, msgMayNot)
	}
}

// areasOf asks for who assigns the offices that follow some communes.
func (h *Pages) areasOf(today day.Day, communes ...string) permit {
	return func(who authz.Subject) error {
		for _, id := range communes {
			o := authz.Object{TwoTier: true}
			for _, u := range h.o.Places.At(today).Path(id) {
				o.PlacePath = append(o.PlacePath, u.ID)
				o.TwoTier = o.TwoTier && u.Level != place.District
			}
			if !authz.May(who, authz.AssignArea, o) {
				return fault.New(fault.Forbidden, msgNotYours)
			}
		}
		return nil
	}
}

// mayAssign tells whether the person assigns criteria in the province.
func (h *Pages) mayAssign(p *web.Page) bool { return h.needAssign(p) == nil }

// needAssign refuses whoever does not.
func (h *Pages) needAssign(p *web.Page) error { return h.assigns(p.Today())(p.User().Subject) }

// mayArea tells whether the person assigns the office that follows a commune.
func (h *Pages) mayArea(p *web.Page, placeID string) bool {
	return h.areasOf(p.Today(), placeID)(p.User().Subject) == nil
}

// write carries out a command of the person, who may still do it then: a role may
// have ended since the request came.
func (h *Pages) write(p *web.Page, command func(string) (db.Command, error), may permit, work func(*db.Tx) error) error {
	cmd, err := command(p.User().ID)
	if err != nil {
		return err
	}
	return h.o.DB.Write(p.Context(), cmd, func(tx *db.Tx) error {
		who := p.User().Subject
		if h.o.Who != nil {
			if who, err = h.o.Who(p.Context(), tx, who.ID); err != nil {
				return err
			}
		}
		if err := may(who); err != nil {
			return err
		}
		return work(tx)
	})
}

// terms reads the dates and the document of an assignment from a form.
func terms(f *web.Form, a agency.Assignment) agency.Assignment {
	a.From, a.Until = readDay(f, "tu-ngay", day.None), readDay(f, "den-ngay", day.Forever)
	a.Issued = readDay(f, "ngay-van-ban", day.None)
	a.Number, a.Note = f.Value("so-van-ban"), f.Value("ghi-chu")
	return a
}

// readDay reads a day; an empty field is other. What is no day is told at the
// field.
func readDay(f *web.Form, name string, other day.Day) day.Day {
	text := f.Value(name)
	if text == "" {
		return other
	}
	d, err := day.Parse(text)
	if err != nil {
		f.Fail(name, "Hãy nhập ngày dạng 01/10/2024")
	}
	return d
}

// until says how long an assignment goes on.
func until(d day.Day) string {
	if d == day.Forever {
		return "chưa ghi ngày kết thúc"
	}
	return "đến " + d.Vietnamese()
}
