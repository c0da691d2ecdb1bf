package criteriaweb

import (
	"context"
	"math"
	"net/http"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

// Options are what the pages need; all but Who are required.
type Options struct {
	DB       *db.DB
	Law      *law.Library
	Places   *place.Register
	Criteria *criteria.Service
	Province string // two-digit code
	// Who gives an account's grants as they stand in a transaction; nil = as they
	// stood when the request came.
	Who func(ctx context.Context, tx *db.Tx, accountID string) (authz.Subject, error)
}

// Pages answer the addresses of Routes.
type Pages struct{ opt Options }

// New makes the pages.
func New(o Options) *Pages { return &Pages{o} }

const (
	small  = 32 << 10 // bytes of a form
	upload = 2 << 20  // bytes of a file of decisions
)

// Routes is the pages' part of the table of routes.
func (h *Pages) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Method: get, Pattern: "/bo-tieu-chi/doi-chieu", Handler: h.overview, Action: authz.ViewCriteria},
		{Method: get, Pattern: "/bo-tieu-chi/{set}/{criterion}", Handler: h.criterion, Action: authz.ViewCriteria},
		{Method: post, Pattern: "/bo-tieu-chi/{set}/{criterion}/doi-chieu", Handler: h.verify, Action: authz.VerifyValue, MaxBody: small},
		{Method: post, Pattern: "/bo-tieu-chi/{set}/{criterion}/bo-doi-chieu", Handler: h.unverify, Action: authz.VerifyValue, MaxBody: small},
		{Method: get, Pattern: "/bo-tieu-chi/{set}/{criterion}/quy-dinh", Handler: h.showDecide, Action: authz.DecideValue},
		{Method: post, Pattern: "/bo-tieu-chi/{set}/{criterion}/quy-dinh", Handler: h.decide, Action: authz.DecideValue, MaxBody: small},
		{Method: post, Pattern: "/bo-tieu-chi/{set}/{criterion}/rut", Handler: h.withdraw, Action: authz.DecideValue, MaxBody: small},
		{Method: get, Pattern: "/bo-tieu-chi/tep", Handler: h.showUpload, Action: authz.DecideValue},
		{Method: post, Pattern: "/bo-tieu-chi/tep", Handler: h.upload, Action: authz.DecideValue, MaxBody: 2 * upload},
	}
}

var msgNotYours = fault.Msg{Key: "criteria.not_yours", Text: "tài khoản này không được {act} của {code}; việc này của Văn phòng Điều phối hoặc cơ quan phụ trách tiêu chí đó"}

// object is an indicator or a criterion in the province that is served.
func (h *Pages) object(p *web.Page, set, code string) authz.Object {
	o := authz.Object{Field: set + "/" + code}
	if u, ok := h.opt.Places.At(p.Today()).ByCode(h.opt.Province); ok {
		o.PlacePath = []string{u.ID}
	}
	return o
}

func (h *Pages) may(p *web.Page, act authz.Action, set, code string) bool {
	return authz.May(p.User().Subject, act, h.object(p, set, code))
}

// permit refuses a person who may not.
type permit func(who authz.Subject) error

// of asks for who may do something to an indicator or a criterion.
func (h *Pages) of(p *web.Page, act authz.Action, set, code string) permit {
	return func(who authz.Subject) error {
		if !authz.May(who, act, h.object(p, set, code)) {
			return fault.New(fault.Forbidden, msgNotYours, "act", act.Vietnamese(), "code", code)
		}
		return nil
	}
}

// write carries out a command of the person, who may still do it then: a role may
// have ended since the request came.
func (h *Pages) write(p *web.Page, command func(string) (db.Command, error), may permit, work func(*db.Tx) error) error {
	if err := may(p.User().Subject); err != nil {
		return err
	}
	entry, err := command(p.User().ID)
	if err != nil {
		return err
	}
	return h.opt.DB.Write(p.Context(), entry, func(tx *db.Tx) error {
		if h.opt.Who != nil {
			who, err := h.opt.Who(p.Context(), tx, p.User().ID)
			if err != nil {
				return err
			}
			if err := may(who); err != nil {
				return err
			}
		}
		return work(tx)
	})
}

// find is the set and the criterion of the address.
func (h *Pages) find(p *web.Page) (*law.Set, *law.Criterion, error) {
	s, err := h.opt.Law.Set(p.Path("set"))
	if err != nil {
		return nil, nil, err
	}
	c, ok := s.Criterion(p.Path("criterion"))
	if !ok {
		return nil, nil, web.NotFound()
	}
	return s, c, nil
}

// kept is what is recorded of a set.
type kept struct {
	records       []criteria.Record
	verifications []law.ValueVerification
}

func (h *Pages) read(p *web.Page, set string) (k kept, err error) {
	err = h.opt.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		if k.records, err = h.opt.Criteria.Records(p.Context(), tx, set, math.MaxInt64); err != nil {
			return err
		}
		k.verifications, err = h.opt.Criteria.Verifications(p.Context(), tx, set, math.MaxInt64)
		return err
	})
	return k, err
}
