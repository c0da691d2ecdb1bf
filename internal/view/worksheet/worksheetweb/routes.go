package worksheetweb

import (
	"context"
	"strings"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/worksheet"
)

// Board gives what stands now; view/board has it.
type Board interface {
	SheetsOf(placeKey int32) []board.Sheet
	Sheet(placeKey int32, p day.Period) (board.Sheet, bool)
	Dictionary() *criteria.Dictionary
	WaitFor(ctx context.Context, position int64) error
}

// Evidence lists the files behind a commune's findings; register/evidence has it.
type Evidence interface {
	ListMany(ctx context.Context, tx *db.Tx, placeKey, period int32) (map[evidence.Subject][]evidence.Item, error)
	Missing(ctx context.Context, tx *db.Tx, set *law.Set, of evidence.Subject) ([]evidence.Lack, error)
	Limits() evidence.Limits
}

// Contacts says who is in charge of what; register/agency has it.
type Contacts interface {
	InCharge(ctx context.Context, tx *db.Tx, field agency.FieldOf, on day.Day) (agency.Held, bool, error)
}

// Options are what the pages are made of.
type Options struct {
	DB       *db.DB
	Board    Board
	Sheets   *worksheet.Reader
	Rounds   *round.Service
	Evidence Evidence
	Contacts Contacts
	Law      *law.Library
	Places   *place.Register
	// Posts gives the posts of accounts by id; nil = nobody is named.
	Posts func(tx *db.Tx, ids []string) (map[string]string, error)
	// Sight tells which communes the person behind a request may see; nil is none.
	Sight func(*web.Page) func(placeID string) bool
}

// Pages answer the addresses of Routes.
type Pages struct {
	opt   Options
	fixed map[string]*fixed // by id of a set
}

// New makes the pages.
func New(o Options) *Pages { return &Pages{o, fixedOf(o.Law)} }

const (
	sheetRoute = "/xa/{code}/ra-soat/{period}"
	formBytes  = 64 << 10

	// Where figures are sent to, under a sheet's address.
	savePath    = "/luu"
	correctPath = "/dieu-chinh"
)

// Routes is the pages' part of the table of routes.
func (h *Pages) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/xa/{code}/ra-soat", Handler: h.latest, Action: authz.ViewCommune},
		{Method: "GET", Pattern: sheetRoute, Handler: h.whole, Action: authz.ViewCommune},
		{Method: "GET", Pattern: sheetRoute + "/{criterion}", Handler: h.criterion, Action: authz.ViewCommune},
		{Method: "POST", Pattern: sheetRoute + savePath, Handler: h.save, Action: authz.EnterFinding, MaxBody: formBytes},
		{Method: "POST", Pattern: sheetRoute + "/giu-nguyen", Handler: h.carry, Action: authz.EnterFinding, MaxBody: formBytes},
		{Method: "POST", Pattern: sheetRoute + correctPath, Handler: h.correct, Action: authz.CorrectClosed, MaxBody: formBytes},
		{Method: "POST", Pattern: sheetRoute + "/kiem-tra-lai", Handler: h.ask, Action: authz.AskAgain, MaxBody: formBytes},
		{Method: "POST", Pattern: sheetRoute + "/tra-loi", Handler: h.answer, Action: authz.SupplyFinding, MaxBody: formBytes},
		{Method: "GET", Pattern: sheetRoute + "/gui", Handler: h.beforeSend, Action: authz.Submit},
		{Method: "POST", Pattern: sheetRoute + "/gui", Handler: h.send, Action: authz.Submit, MaxBody: formBytes},
	}
}

var (
	msgNotSeen  = fault.Msg{Key: "worksheet.not_seen", Text: "tài khoản này không có quyền xem phiếu rà soát của {name}"}
	msgNoPeriod = fault.Msg{Key: "worksheet.no_period", Text: "không có kỳ rà soát “{period}”; địa chỉ ghi kỳ như 2024-Q3, 2024-H1"}
	msgNoRounds = fault.Msg{Key: "worksheet.no_rounds", Text: "{name} chưa có phiếu rà soát nào: Văn phòng Điều phối nông thôn mới chưa mở đợt rà soát cho xã"}
	msgNoCrit   = fault.Msg{Key: "worksheet.no_criterion", Text: "phiếu không có tiêu chí {code}"}
)

// place finds the commune of the address on a day.
func (h *Pages) place(p *web.Page, on day.Day) (place.Unit, error) {
	story, err := h.story(p, on)
	return story.Unit, err
}

// story is the commune's, with the other bearers of its code.
func (h *Pages) story(p *web.Page, on day.Day) (place.Story, error) {
	story, err := h.opt.Places.Lineage(p.Path("code"), on)
	if err == nil && story.Unit.Level != place.Commune {
		err = web.NotFound()
	}
	return story, err
}

// seen refuses whoever may not see a commune.
func (h *Pages) seen(p *web.Page, unit *place.Unit) error {
	if h.opt.Sight == nil || !h.opt.Sight(p)(unit.ID) {
		return fault.New(fault.Forbidden, msgNotSeen, "name", unit.Title())
	}
	return nil
}

// at is the sheet a request is about.
type at struct {
	unit   place.Unit
	period day.Period
	base   string // path of the sheet
	where  round.Reach
	who    authz.Subject
}

// resolve finds the sheet of the address, for a person who may see it.
func (h *Pages) resolve(p *web.Page) (*at, error) {
	a, err := h.locate(p)
	if err == nil {
		err = h.seen(p, &a.unit)
	}
	return a, err
}

// locate finds the sheet of the address.
func (h *Pages) locate(p *web.Page) (*at, error) {
	period, err := day.ParsePeriod(p.Path("period"))
	if err != nil {
		return nil, fault.New(fault.NotFound, msgNoPeriod, "period", fault.Clip(p.Path("period")))
	}
	unit, err := h.place(p, min(p.Today(), period.Last()))
	if err != nil {
		return nil, err
	}
	return &at{
		unit: unit, period: period, base: Path(&unit, period), where: round.ReachOf(h.opt.Places, unit.ID, p.Today()), who: p.User().Subject,
	}, nil
}

// Path is the address of a commune's sheet.
func Path(u *place.Unit, p day.Period) string { return "/xa/" + u.Code + "/ra-soat/" + p.String() }

// criterionPath is the address of one criterion's page.
func criterionPath(base string, set *law.Set, code string) string {
	return base + "/" + code + "?bo=" + set.ID
}

// slug is a code as a part of an element's id.
func slug(code string) string { return strings.ReplaceAll(code, ".", "-") }

// target names an indicator or part of the sheet.
func (a *at) target(set, code string) round.Target {
	return round.Target{Place: a.unit.ID, Period: a.period, Set: set, Code: code}
}

// latest leads to the sheet of the open round that is due first, or of the latest.
func (h *Pages) latest(p *web.Page) error {
	story, err := h.story(p, p.Today())
	if err != nil {
		return err
	}
	unit := story.Unit
	if err := h.seen(p, &unit); err != nil {
		old, ok := place.Unit{}, false
		if h.opt.Sight != nil {
			old, ok = story.Past(p.Today(), h.opt.Sight(p))
		}
		if !ok {
			return err
		}
		unit = old // who worked for what bore the code before finds its sheets
	}
	sheets := h.opt.Board.SheetsOf(unit.Key)
	if len(sheets) == 0 {
		return fault.New(fault.NotFound, msgNoRounds, "name", unit.FullName)
	}
	return p.Redirect(Path(&unit, sheets[round.First(sheets)].Round.Period))
}
