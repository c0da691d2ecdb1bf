package accountweb

import (
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/account"
)

func seconds(text string) time.Duration {
	n, err := strconv.Atoi(text)
	if err != nil {
		return time.Minute
	}
	return time.Duration(n) * time.Second
}

// listModel is the list of accounts, filtered.
type listModel struct {
	rows  []account.Listed
	moves int // roles to hand over
	all   int
	query string
	today day.Day
	links []web.Link
}

func (h *Pages) list(p *web.Page) error {
	rows, err := h.o.Accounts.List(p.Context(), p.User().Subject)
	if err != nil {
		return err
	}
	m := listModel{all: len(rows), query: p.Query("q"), today: p.Today()}
	stranded, err := h.o.Accounts.Stranded(p.Context(), p.User().Subject)
	if err != nil {
		return err
	}
	m.moves = len(stranded)
	for _, g := range p.User().Subject.Grants {
		if g.Role == authz.ProvinceAdmin {
			m.links = h.o.Province
		}
	}
	want := vntext.Fold(m.query)
	for _, r := range rows {
		if strings.Contains(vntext.Fold(r.Login+" "+r.Post+" "+r.Name+" "+r.Agency), want) {
			m.rows = append(m.rows, r)
		}
	}
	return p.Render(listPage(p.Shell("Quản trị tài khoản"), m))
}

// inviteModel is the form that invites somebody.
type inviteModel struct {
	form  *web.Form
	units []web.Choice
	roles []web.Choice
}

func (h *Pages) inviteModel(p *web.Page) inviteModel {
	m := inviteModel{form: p.Form(), units: []web.Choice{{Text: "Chọn cơ quan"}}, roles: []web.Choice{{Text: "Chọn vai trò"}}}
	units := h.o.Accounts.Units(p.User().Subject, p.Today())
	seen := map[authz.Role]bool{}
	for _, u := range units {
		m.units = append(m.units, web.Choice{Value: u.ID, Text: u.Name})
		for _, r := range h.o.Accounts.Roles(p.User().Subject, u.ID, p.Today()) {
			seen[r] = true
		}
	}
	for _, r := range authz.Roles() {
		if seen[r] {
			m.roles = append(m.roles, web.Choice{Value: string(r), Text: r.Vietnamese()})
		}
	}
	if len(units) == 1 {
		m.units = m.units[1:]
	}
	return m
}

func (h *Pages) showInvite(p *web.Page) error {
	p.Form().Set("tu-ngay", p.Today().Vietnamese())
	return p.Render(invitePage(p.Shell("Mời người dùng"), h.inviteModel(p)))
}

func (h *Pages) invite(p *web.Page) error {
	f := p.Form()
	grant := readGrant(f)
	if f.OK() {
		id, token, err := h.o.Accounts.Invite(p.Context(), p.User().Subject, account.Invite{
			Login: f.Value("ten"), Post: f.Value("chuc-danh"), Name: f.Value("ho-ten"), Unit: f.Value("co-quan"), Grant: grant,
		})
		if err == nil {
			return h.link(p, id, token, "Đã tạo tài khoản "+strings.ToLower(f.Value("ten")))
		}
		if err = fieldsOf(f, err); err != nil {
			return err
		}
	}
	return p.Invalid(invitePage(p.Shell("Mời người dùng"), h.inviteModel(p)))
}

// fieldsOf shows a refusal at its field even where no typing mends it, such as
// a role above the administrator's own.
func fieldsOf(f *web.Form, err error) error {
	if fault.Is(err, fault.Forbidden) {
		for _, e := range fault.Rows(err) {
			if e.Field != "" {
				f.Fail(e.Field, e.At("").Vietnamese())
				return nil
			}
		}
	}
	return f.FailWith(err)
}

// readGrant reads the fields of a role.
func readGrant(f *web.Form) account.NewGrant {
	return account.NewGrant{
		Role: authz.Role(f.Value("vai-tro")), Fields: strings.Fields(strings.ReplaceAll(f.Value("tieu-chi"), ",", " ")),
		From: readDay(f, "tu-ngay", day.None), Until: readDay(f, "den-ngay", day.Forever), Document: f.Value("van-ban"),
	}
}

// readDay reads a day; an empty field is other, or a fault where other is None.
func readDay(f *web.Form, name string, other day.Day) day.Day {
	text := f.Value(name)
	if text == "" && other != day.None {
		return other
	}
	d, err := day.Parse(text)
	if err != nil {
		f.Fail(name, "Hãy nhập ngày dạng 01/10/2024")
	}
	return d
}

// link shows a one-time link, once.
func (h *Pages) link(p *web.Page, id, token, done string) error {
	scheme := "http://"
	if h.o.TLS {
		scheme = "https://"
	}
	p.W.Header().Set("Cache-Control", "no-store")
	return p.Render(linkPage(p.Shell("Đường dẫn đặt mật khẩu"), done, scheme+p.R.Host+"/loi-moi/"+token, "/quan-tri/"+id))
}

// oneModel is one account as its administrator sees it.
type oneModel struct {
	row   account.Listed
	roles []web.Choice
	heirs []web.Choice
	form  *web.Form
	today day.Day
}

func (h *Pages) oneModel(p *web.Page) (m oneModel, err error) {
	actor := p.User().Subject
	rows, err := h.o.Accounts.List(p.Context(), actor)
	if err != nil {
		return m, err
	}
	m = oneModel{form: p.Form(), today: p.Today(), roles: []web.Choice{{Text: "Chọn vai trò"}}, heirs: []web.Choice{{Text: "Chọn người nhận"}}}
	for _, r := range rows {
		if r.ID == p.Path("id") {
			m.row = r
		}
	}
	if m.row.ID == "" {
		return m, web.NotFound()
	}
	for _, r := range h.o.Accounts.Roles(actor, m.row.Unit, m.today) {
		m.roles = append(m.roles, web.Choice{Value: string(r), Text: r.Vietnamese()})
	}
	for _, r := range rows {
		if r.Unit == m.row.Unit && r.ID != m.row.ID && r.May && r.State != account.Disabled {
			m.heirs = append(m.heirs, web.Choice{Value: r.ID, Text: r.Post + " (" + r.Login + ")"})
		}
	}
	return m, nil
}

func (h *Pages) show(p *web.Page) error {
	m, err := h.oneModel(p)
	if err != nil {
		return err
	}
	return p.Render(onePage(p.Shell(m.row.Login), m))
}

// after leads back to the account, or shows its page with what is wrong.
func (h *Pages) after(p *web.Page, err error) error {
	if err == nil && p.Form().OK() {
		return p.Redirect("/quan-tri/" + p.Path("id"))
	}
	if err = fieldsOf(p.Form(), err); err != nil {
		return err
	}
	m, err := h.oneModel(p)
	if err != nil {
		return err
	}
	return p.Invalid(onePage(p.Shell(m.row.Login), m))
}

func (h *Pages) grant(p *web.Page) error {
	grant := readGrant(p.Form())
	var err error
	if p.Form().OK() {
		_, err = h.o.Accounts.Grant(p.Context(), p.User().Subject, p.Path("id"), grant)
	}
	return h.after(p, err)
}

func (h *Pages) endGrant(p *web.Page) error {
	f := p.Form()
	until := readDay(f, "ngay-cuoi", day.None)
	var err error
	if f.OK() {
		err = h.o.Accounts.EndGrant(p.Context(), p.User().Subject, f.Value("vai"), until, f.Value("ly-do"))
	}
	return h.after(p, err)
}

func (h *Pages) handOver(p *web.Page) error {
	f := p.Form()
	on := readDay(f, "ban-giao-ngay", day.None)
	if f.Value("nguoi-nhan") == "" {
		f.Fail("nguoi-nhan", "Hãy chọn người nhận bàn giao")
	}
	var err error
	if f.OK() {
		err = h.o.Accounts.HandOver(p.Context(), p.User().Subject, account.HandOver{
			Grant: f.Value("vai"), To: f.Value("nguoi-nhan"), On: on, Document: f.Value("ban-giao-van-ban"),
		})
	}
	return h.after(p, err)
}

func (h *Pages) reset(p *web.Page) error {
	token, err := h.o.Accounts.Reset(p.Context(), p.User().Subject, p.Path("id"), p.Form().Has("hai-lop", "1"))
	if err != nil {
		return h.after(p, err)
	}
	return h.link(p, p.Path("id"), token, "Đã đặt lại; mật khẩu cũ và các phiên đang mở không còn dùng được")
}

func (h *Pages) disable(p *web.Page) error {
	return h.after(p, h.o.Accounts.Disable(p.Context(), p.User().Subject, p.Path("id"), p.Form().Value("ly-do")))
}

func (h *Pages) enable(p *web.Page) error {
	return h.after(p, h.o.Accounts.Enable(p.Context(), p.User().Subject, p.Path("id")))
}

// tone is how a state looks in a list.
func tone(s account.State) web.Tone {
	switch s {
	case account.Active:
		return web.ToneOK
	case account.Invited:
		return web.ToneWait
	}
	return web.ToneNone
}

// held says a person's roles of a day in one line.
func held(a *account.Account, on day.Day) string {
	var words []string
	for i := range a.Grants {
		if a.Grants[i].Holds(on) {
			words = append(words, a.Grants[i].Role.Vietnamese())
		}
	}
	if len(words) == 0 {
		return "chưa có vai trò còn hiệu lực"
	}
	return strings.Join(words, ", ")
}

// dates says when a role holds.
func dates(g *account.Grant) string {
	if g.Until == day.Forever {
		return "từ " + g.From.Vietnamese()
	}
	return g.From.Vietnamese() + " – " + g.Until.Vietnamese()
}
