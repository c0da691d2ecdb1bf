// Package evidenceweb takes files in, gives them out, and has the component
// that pages place where evidence stands: Files.
package evidenceweb

import (
	"context"
	"net/http"
	"slices"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/evidence"
)

// Objects tells what permissions about a subject are decided by: one object for
// each criterion that reads it, since one quantity may be judged in several
// sets. None = nobody may do anything.
type Objects interface {
	Objects(ctx context.Context, tx *db.Tx, s evidence.Subject) ([]authz.Object, error)
}

// Options are what the pages need. DB, Evidence, Objects and Law are required.
type Options struct {
	DB       *db.DB
	Evidence *evidence.Service
	Objects  Objects
	Law      *law.Library
	// Posts gives the posts of accounts by id; nil = nobody is named.
	Posts func(tx *db.Tx, ids []string) (map[string]string, error)
}

// Pages answer the addresses of Routes.
type Pages struct{ o Options }

// New makes the pages.
func New(o Options) *Pages { return &Pages{o} }

// Slow networks: how long sending and fetching a file may take.
const (
	uploadWithin = 5 * time.Minute
	fileWithin   = 5 * time.Minute
	formBytes    = 64 << 10
)

// Routes is the part of the table of routes that is about evidence. Who may
// attach is decided for the subject: entering, supplying or checking its value.
func (h *Pages) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	body := 3 * h.o.Evidence.Limits().File // read to its end, so that too large a file is answered
	return []web.Route{
		{Method: post, Pattern: "/minh-chung", Handler: h.upload, Action: authz.ViewCommune, Stream: true, MaxBody: body, Within: uploadWithin},
		{Method: get, Pattern: "/minh-chung/{id}", Handler: h.view, Action: authz.ViewCommune, Within: fileWithin},
		{Method: get, Pattern: "/minh-chung/{id}/nho", Handler: h.thumb, Action: authz.ViewCommune},
		{Method: get, Pattern: "/minh-chung/{id}/goc", Handler: h.original, Action: authz.ViewOriginal, Within: fileWithin},
		{Method: post, Pattern: "/minh-chung/{id}/go", Handler: h.remove, Action: authz.ViewCommune, MaxBody: formBytes},
	}
}

var (
	msgNoAttach = fault.Msg{Key: "evidence.no_attach", Text: "tài khoản này không được thêm hay gỡ minh chứng ở đây lúc này; phiếu có thể đã gửi hoặc đã chốt"}
	msgNoView   = fault.Msg{Key: "evidence.no_view", Text: "tài khoản này không được xem minh chứng của nơi này"}
	msgNoOrigin = fault.Msg{Key: "evidence.no_original", Text: "tài khoản này không được mở tệp gốc"}
)

// attaching are the actions any of which lets a person attach.
func attaching() []authz.Action {
	return []authz.Action{authz.EnterFinding, authz.SupplyFinding, authz.FieldCheck}
}

// MayAttach tells whether the subject may attach to any of the objects.
func MayAttach(s authz.Subject, objects []authz.Object) bool {
	return slices.ContainsFunc(attaching(), func(a authz.Action) bool { return may(s, a, objects) })
}

func may(s authz.Subject, a authz.Action, objects []authz.Object) bool {
	return slices.ContainsFunc(objects, func(o authz.Object) bool { return authz.May(s, a, o) })
}

// allowAttach is what the register asks inside its transaction.
func (h *Pages) allowAttach(p *web.Page) func(tx *db.Tx, s evidence.Subject) error {
	ctx, who := p.Context(), p.User().Subject
	return func(tx *db.Tx, s evidence.Subject) error {
		objects, err := h.o.Objects.Objects(ctx, tx, s)
		if err != nil {
			return err
		}
		if !MayAttach(who, objects) {
			return fault.New(fault.Forbidden, msgNoAttach)
		}
		return nil
	}
}
