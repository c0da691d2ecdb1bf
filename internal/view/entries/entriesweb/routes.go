package entriesweb

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/entries"
)

// Options are what the pages are made of.
type Options struct {
	DB       *db.DB
	Reader   *entries.Reader
	Check    *entries.Check
	Places   *place.Register
	Province string       // two-digit code
	Key      *journal.Key // signs; nil = none is configured
	// Sight tells which communes' figures the person behind a request may see.
	Sight func(*web.Page) func(placeID string) bool
}

// Pages answer the addresses of Routes.
type Pages struct{ opt Options }

// New makes the pages.
func New(o Options) *Pages { return &Pages{o} }

// Routes is the pages' part of the table of routes.
func (h *Pages) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Method: get, Pattern: "/nhat-ky", Handler: h.list, Action: authz.ReadJournal},
		{Method: get, Pattern: "/nhat-ky/{position}", Handler: h.entry, Action: authz.ReadJournal},
		{Method: get, Pattern: "/nhat-ky/{position}/bang-chung.json", Handler: h.proof, Action: authz.ReadJournal},
		{Method: get, Pattern: "/nhat-ky/moc-doi-chieu.txt", Handler: h.checkpoint, Action: authz.ReadJournal},
		{Method: get, Pattern: "/nhat-ky/kiem-tra", Handler: h.showCheck, Action: authz.ReadJournal},
		{Method: post, Pattern: "/nhat-ky/kiem-tra", Handler: h.startCheck, Action: authz.ReadJournal, MaxBody: 1 << 10},
	}
}

var (
	msgNotYours = fault.Msg{Key: "entries.not_yours", Text: "tài khoản này không được đọc nhật ký thay đổi của tỉnh"}
	msgFigures  = fault.Msg{Key: "entries.figures", Text: "mục này chứa số liệu của xã; tài khoản này không được xem số liệu nên không tải được bằng chứng"}
	msgNoKey    = fault.Msg{Key: "entries.no_key", Text: "máy chủ chưa có khóa ký; người quản trị máy chủ tạo khóa bằng lệnh giuchuan journal checkpoint, hoặc chỉ tệp khóa bằng GIUCHUAN_KEY, rồi khởi động lại"}
)

// admit refuses who may not read the journal of the province.
func (h *Pages) admit(p *web.Page) error {
	if !authz.May(p.User().Subject, authz.ReadJournal, h.object(p)) {
		return fault.New(fault.Forbidden, msgNotYours)
	}
	return nil
}

func (h *Pages) object(p *web.Page) authz.Object {
	u, ok := h.opt.Places.At(p.Today()).ByCode(h.opt.Province)
	if !ok {
		return authz.Object{}
	}
	return authz.Object{PlacePath: []string{u.ID}}
}

// figures tells whether the person may see figures of communes at all.
func (h *Pages) figures(p *web.Page) bool {
	return authz.May(p.User().Subject, authz.ViewCommune, h.object(p))
}

// asked is what the address asks for, as it was typed.
type asked struct {
	group, actor, commune, period, from, until string
	filter                                     entries.Filter
	wrong                                      []string // what could not be understood, a sentence each
}

func (h *Pages) ask(p *web.Page, tx *db.Tx) (*asked, error) {
	a := &asked{
		group: p.Query("viec"), actor: p.Query("nguoi"), commune: p.Query("xa"), period: p.Query("ky"),
		from: p.Query("tu"), until: p.Query("den"),
	}
	a.readGroup()
	a.filter.From, a.filter.Until = a.readDay(a.from), a.readDay(a.until)
	if text := p.Query("truoc"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 {
			a.wrong = append(a.wrong, "Không hiểu vị trí “"+fault.Clip(text)+"”; đang hiện từ mục mới nhất.")
		}
		a.filter.Before = max(n, 0)
	}
	if a.period != "" {
		period, err := day.ParsePeriod(a.period)
		if err != nil {
			a.wrong = append(a.wrong, "Không hiểu kỳ “"+fault.Clip(a.period)+"”; ghi như 2024-H1. Đang hiện mọi kỳ.")
		} else {
			a.filter.Period = &period
		}
	}
	h.readCommune(p, a)
	return a, h.readActor(tx, a)
}

func (a *asked) readGroup() {
	for _, g := range entries.Groups() {
		if g.ID == a.group {
			a.filter.Group = a.group
			return
		}
	}
	if a.group != "" {
		a.wrong = append(a.wrong, "Không có nhóm việc “"+fault.Clip(a.group)+"”; đang hiện mọi việc.")
	}
}

func (a *asked) readDay(text string) day.Day {
	if text == "" {
		return day.None
	}
	d, err := day.Parse(text)
	if err != nil {
		a.wrong = append(a.wrong, "Không hiểu ngày “"+fault.Clip(text)+"”; ghi như 01/10/2024. Đang hiện mọi ngày.")
		return day.None
	}
	return d
}

func (h *Pages) readCommune(p *web.Page, a *asked) {
	if a.commune == "" {
		return
	}
	u, err := h.opt.Places.Resolve(a.commune, h.opt.Province, p.Today(), place.Commune)
	if err != nil {
		a.wrong = append(a.wrong, "Không có xã “"+fault.Clip(a.commune)+"”: "+fault.Text(err)+". Đang hiện mọi xã.")
		return
	}
	a.filter.Place = &u
}

// readActor takes the login of an account, or a name as entries bear it.
func (h *Pages) readActor(tx *db.Tx, a *asked) error {
	if a.actor == "" {
		return nil
	}
	id, err := h.opt.Reader.Actors.Find(tx, strings.ToLower(a.actor))
	a.filter.Actor = id
	if id == "" {
		a.filter.Actor = a.actor
	}
	return err
}

func (h *Pages) list(p *web.Page) error {
	if err := h.admit(p); err != nil {
		return err
	}
	v := &listView{at: h.opt.Places, sets: h.opt.Reader.Law.Sets}
	err := h.opt.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		if v.asked, err = h.ask(p, tx); err != nil {
			return err
		}
		if v.page, err = entries.List(p.Context(), tx, v.asked.filter); err != nil {
			return err
		}
		v.who, err = h.names(p, tx, v.page.Entries)
		return err
	})
	if err != nil {
		return err
	}
	v.query = p.R.URL.Query()
	v.state = h.opt.Check.State()
	return p.Render(listPage(p.Shell("Nhật ký thay đổi"), v))
}

// names says who made entries, each person once.
func (h *Pages) names(p *web.Page, tx *db.Tx, list []entries.Entry) (map[string]string, error) {
	out := map[string]string{}
	for i := range list {
		id := list[i].Actor
		if _, known := out[id]; known {
			continue
		}
		post, name, ok, err := h.opt.Reader.Actors.Called(p.Context(), tx, p.User().Subject, id)
		switch {
		case err != nil:
			return nil, err
		case !ok:
			out[id] = machine(id)
		case name != "":
			out[id] = name + " – " + post
		default:
			out[id] = post
		}
	}
	return out, nil
}

// machine names an actor that is no account.
func machine(id string) string {
	if user, ok := strings.CutPrefix(id, "cli:"); ok {
		return "Dòng lệnh (tài khoản máy " + user + ")"
	}
	if id == "demo" || strings.HasPrefix(id, "demo-") {
		return "Bộ số liệu minh họa"
	}
	switch id {
	case "system", "giuchuan":
		return "Chương trình"
	case "cli":
		return "Dòng lệnh"
	}
	return id
}

func (h *Pages) position(p *web.Page) (int64, error) {
	n, err := strconv.ParseInt(p.Path("position"), 10, 64)
	if err != nil || n < 1 {
		return 0, web.NotFound()
	}
	return n, nil
}

func (h *Pages) entry(p *web.Page) error {
	if err := h.admit(p); err != nil {
		return err
	}
	position, err := h.position(p)
	if err != nil {
		return err
	}
	v := &entryView{figures: h.figures(p), signed: h.opt.Key != nil}
	sight := func(string) bool { return false }
	if v.figures && h.opt.Sight != nil {
		sight = h.opt.Sight(p)
	}
	err = h.opt.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		if v.Full, err = h.opt.Reader.Open(p.Context(), tx, position, sight); err != nil {
			return err
		}
		names, err := h.names(p, tx, []entries.Entry{v.Entry})
		v.who = names[v.Actor]
		return err
	})
	if err != nil {
		return err
	}
	return p.Render(entryPage(p.Shell("Mục "+itoa(position)+" của nhật ký"), v))
}

func (h *Pages) proof(p *web.Page) error {
	if err := h.admit(p); err != nil {
		return err
	}
	position, err := h.position(p)
	if err != nil {
		return err
	}
	var proof *journal.Proof
	err = h.opt.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		proof, err = journal.Prove(tx, position, h.opt.Key)
		return err
	})
	if err != nil {
		return err
	}
	if !h.figures(p) && entries.GroupOf(proof.Command) == "ra-soat" {
		return fault.New(fault.Forbidden, msgFigures)
	}
	return p.Download("bang-chung-muc-"+itoa(position)+".json", "application/json", func(w io.Writer) error {
		out := json.NewEncoder(w)
		out.SetIndent("", "  ")
		return out.Encode(proof)
	})
}

func (h *Pages) checkpoint(p *web.Page) error {
	if err := h.admit(p); err != nil {
		return err
	}
	if h.opt.Key == nil {
		return fault.New(fault.NotFound, msgNoKey)
	}
	signed, err := h.opt.Key.Sign(p.Context(), h.opt.DB)
	if err != nil {
		return err
	}
	return p.Download("moc-doi-chieu-"+p.Today().String()+".txt", "text/plain; charset=utf-8", func(w io.Writer) error {
		_, err := w.Write(signed)
		return err
	})
}

func (h *Pages) showCheck(p *web.Page) error {
	if err := h.admit(p); err != nil {
		return err
	}
	v := &checkView{State: h.opt.Check.State(), signed: h.opt.Key != nil}
	if fault.Is(v.Err, fault.Corrupt) {
		v.fault = fault.Text(v.Err)
	}
	if v.Running {
		p.W.Header().Set("Refresh", "2")
	}
	return p.Render(checkPage(p.Shell("Kiểm tra toàn vẹn dữ liệu"), v))
}

func (h *Pages) startCheck(p *web.Page) error {
	if err := h.admit(p); err != nil {
		return err
	}
	if err := h.opt.Check.Start(p.Context(), p.User().Name); err != nil {
		return err
	}
	return p.Redirect("/nhat-ky/kiem-tra")
}

// clock is an instant as people in Việt Nam read it.
func clock(t time.Time) string {
	return day.Local(t).Format("15:04 02/01/2006")
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
