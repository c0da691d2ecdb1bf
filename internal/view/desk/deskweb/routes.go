package deskweb

import (
	"context"
	"net/http"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/desk"

	"github.com/a-h/templ"
)

// Evidence lists the files of a commune and period; register/evidence has it.
type Evidence interface {
	ListMany(ctx context.Context, tx *db.Tx, placeKey, period int32) (map[evidence.Subject][]evidence.Item, error)
}

// Options are what the pages need; all but the last three are required.
type Options struct {
	DB       *db.DB
	Desk     *desk.Desk
	Counter  *desk.Counter
	Rounds   *round.Service
	Assigned *agency.Assignments
	Evidence Evidence
	Law      *law.Library
	Places   *place.Register
	// Tasks shows what an agency has to do by directives, nil where there is
	// nothing; nil = none are followed.
	Tasks func(p *web.Page, agencyID string) (templ.Component, error)
	// Ask is the address of "Giao việc" about a criterion, "" for who may not ask;
	// nil = nobody may.
	Ask func(p *web.Page, placeID, field string) string
	// Links lead from Việc của tôi to other pages of the person's work; nil = none.
	Links func(*web.Page) []web.Link
}

// Pages answer the addresses of Routes.
type Pages struct{ o Options }

// New makes the pages.
func New(o Options) *Pages { return &Pages{o} }

// Routes is the pages' part of the table of routes.
func (h *Pages) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Method: get, Pattern: "/viec-cua-toi", Handler: h.inbox, Action: authz.OwnAccount},
		{Method: get, Pattern: "/xa/{code}/ra-soat/{period}/xem-xet", Handler: h.review, Action: authz.ViewCommune},
		{Method: post, Pattern: "/xa/{code}/ra-soat/{period}/xem-xet", Handler: h.move, Action: authz.Return},
		{Method: post, Pattern: "/xa/{code}/ra-soat/{period}/phuc-tra", Handler: h.spotcheck, Action: authz.FieldCheck},
		{Method: post, Pattern: "/huyen/{code}/tham-tra", Handler: h.verifyDistrict, Action: authz.Verify},
		{Method: get, Pattern: "/so-nganh", Handler: h.agencies, Action: authz.ViewCommune},
		{Method: get, Pattern: "/so-nganh/{agency}", Handler: h.agency, Action: authz.ViewCommune},
		{Method: post, Pattern: "/so-nganh/{agency}/xac-nhan", Handler: h.confirmAgency, Action: authz.Confirm},
		{Method: post, Pattern: "/so-nganh/{agency}/nhap", Handler: h.fill, Action: authz.SupplyFinding},
		{Method: post, Pattern: "/so-nganh/{agency}/tra-loi", Handler: h.answer, Action: authz.SupplyFinding},
	}
}

func (h *Pages) person(p *web.Page) desk.Person {
	return desk.Person{Subject: p.User().Subject, Today: p.Today()}
}

// write runs a command of the person and waits until pages show what it did.
func (h *Pages) write(p *web.Page, command func(string) (db.Command, error), work func(tx *db.Tx) error) error {
	cmd, err := command(p.User().ID)
	if err != nil {
		return err
	}
	if err := h.o.DB.Write(p.Context(), cmd, work); err != nil {
		return err
	}
	return h.o.Desk.Board.Catch(p.Context())
}

// blame notes every row of a refusal in the form, each with the commune and
// indicator it is about. What is not a refusal of a row is returned.
func blame(f *web.Form, err error) error {
	rows := fault.Rows(err)
	if len(rows) == 0 {
		return err
	}
	for _, row := range rows {
		switch row.Code {
		case fault.Invalid, fault.Conflict, fault.Forbidden, fault.NotFound:
		default:
			return err
		}
	}
	for i, row := range rows {
		if i == mostBlamed {
			f.Fail("", "Và "+itoa(len(rows)-mostBlamed)+" dòng khác.")
			break
		}
		if plainName(row.Field) {
			f.Fail(row.Field, sentence(row.At("").Vietnamese()))
			continue
		}
		f.Fail("", sentence(row.Vietnamese()))
	}
	return nil
}

// mostBlamed is how many rows an error summary names.
const mostBlamed = 30

// plainName tells whether a fault's field is the name of a field of a form.
func plainName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && r != '-' {
			return false
		}
	}
	return s != ""
}
