package accountweb

import (
	"errors"
	"net/http"
	"net/url"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/account"
)

// door is what every page before the login shows.
type door struct {
	title string
	form  *web.Form
	next  string
	demo  []account.DemoAccount
	pass  string
	place string
}

func (h *Pages) door(p *web.Page, title string) door {
	return door{title: title, form: p.Form(), next: p.Next(""), demo: h.o.Demo, pass: h.o.Password, place: h.o.Place}
}

func (h *Pages) showLogin(p *web.Page) error {
	if p.User() != nil {
		return p.Redirect(p.Next(h.o.Home(p.User().Subject)))
	}
	empty, err := h.o.Accounts.Empty(p.Context())
	if err != nil {
		return err
	}
	if empty {
		return p.Redirect("/lan-dau")
	}
	d := h.door(p, "Đăng nhập")
	d.form.Set("ten", p.Query("ten"))
	return p.Render(loginPage(p.Shell("Đăng nhập").AsBare(), d))
}

func (h *Pages) login(p *web.Page) error {
	d := h.door(p, "Đăng nhập")
	if d.form.Value("ten") == "" {
		d.form.Fail("ten", "Hãy nhập tên đăng nhập")
	}
	if d.form.Raw("mat-khau") == "" {
		d.form.Fail("mat-khau", "Hãy nhập mật khẩu")
	}
	if !d.form.OK() {
		return p.Invalid(loginPage(p.Shell("Đăng nhập").AsBare(), d))
	}
	t, err := h.o.Accounts.Login(p.Context(), d.form.Value("ten"), d.form.Raw("mat-khau"), h.visit(p), h.cookie(p.R, sessionCookie))
	if err != nil {
		return refuse(p, err, func(status int) error {
			return p.RenderStatus(status, loginPage(p.Shell("Đăng nhập").AsBare(), d))
		})
	}
	h.hand(p, t)
	return h.onward(p, t)
}

// refuse shows the page's form again with what is wrong, or with the wait.
func refuse(p *web.Page, err error, again func(status int) error) error {
	if wait, slow := account.Wait(err); slow {
		p.W.Header().Set("Retry-After", wait)
		p.Form().Fail("", fault.Text(err))
		return again(http.StatusTooManyRequests)
	}
	if err = p.Form().FailWith(err); err != nil {
		return err
	}
	return again(http.StatusUnprocessableEntity)
}

// onward leads to the next step of the login, or to where the person wanted to
// go.
func (h *Pages) onward(p *web.Page, t account.Ticket) error {
	query := ""
	if next := p.Next(""); next != "" {
		query = "?" + url.Values{"tiep": {next}}.Encode()
	}
	switch t.Stage {
	case account.NeedsCode:
		return p.Redirect("/dang-nhap/ma" + query)
	case account.NeedsEnrolment:
		return p.Redirect("/dang-nhap/thiet-lap" + query)
	}
	s, err := h.o.Accounts.Session(p.Context(), t.Token)
	if err != nil {
		return err
	}
	return p.Redirect(p.Next(h.o.Home(s.Subject)))
}

// half gives the session that waits for a second step, or leads back to the
// start.
func (h *Pages) half(p *web.Page, stages ...account.Stage) (account.Session, bool, error) {
	s, err := h.o.Accounts.Session(p.Context(), h.cookie(p.R, sessionCookie))
	if err != nil && !errors.Is(err, account.ErrNoSession) {
		return s, false, err
	}
	for _, stage := range stages {
		if err == nil && s.Stage == stage {
			return s, true, nil
		}
	}
	return s, false, p.Redirect("/dang-nhap")
}

func (h *Pages) showCode(p *web.Page) error {
	if _, ok, err := h.half(p, account.NeedsCode); !ok {
		return err
	}
	return p.Render(codePage(p.Shell("Mã xác thực").AsBare(), h.door(p, "Mã xác thực")))
}

func (h *Pages) prove(p *web.Page) error {
	if _, ok, err := h.half(p, account.NeedsCode); !ok {
		return err
	}
	d := h.door(p, "Mã xác thực")
	code := account.Code{Code: d.form.Value("ma-xac-thuc"), Trust: d.form.Has("tin-cay", "1")}
	t, err := h.o.Accounts.Prove(p.Context(), h.cookie(p.R, sessionCookie), code, h.visit(p))
	if err != nil {
		return refuse(p, err, func(status int) error {
			return p.RenderStatus(status, codePage(p.Shell("Mã xác thực").AsBare(), d))
		})
	}
	h.hand(p, t)
	return h.onward(p, t)
}

func (h *Pages) showEnrol(p *web.Page) error { return h.enrolPage(p, http.StatusOK) }

func (h *Pages) enrolPage(p *web.Page, status int) error {
	s, ok, err := h.half(p, account.NeedsEnrolment, account.Full)
	if !ok {
		return err
	}
	e, err := h.o.Accounts.Enrol(p.Context(), &s)
	if err != nil {
		return err
	}
	q := drawn(e)
	q.Required = s.Stage == account.NeedsEnrolment
	p.W.Header().Set("Cache-Control", "no-store")
	return p.RenderStatus(status, enrolPage(p.Shell("Thiết lập xác thực hai lớp").AsBare(), h.door(p, "Thiết lập xác thực hai lớp"), q))
}

func (h *Pages) enrol(p *web.Page) error {
	if _, ok, err := h.half(p, account.NeedsEnrolment, account.Full); !ok {
		return err
	}
	proof := account.Proof{Code: p.Form().Value("ma-xac-thuc"), Password: p.Form().Raw("mat-khau-cu")}
	t, codes, err := h.o.Accounts.Enrolled(p.Context(), h.cookie(p.R, sessionCookie), proof, h.visit(p))
	if err != nil {
		return refuse(p, err, func(status int) error { return h.enrolPage(p, status) })
	}
	h.hand(p, t)
	s, err := h.o.Accounts.Session(p.Context(), t.Token)
	if err != nil {
		return err
	}
	p.W.Header().Set("Cache-Control", "no-store")
	return p.Render(recoveryPage(p.Shell("Mã khôi phục").AsBare(), h.door(p, "Mã khôi phục"), codes, p.Next(h.o.Home(s.Subject))))
}

func (h *Pages) logout(p *web.Page) error {
	if err := h.o.Accounts.Logout(p.Context(), h.cookie(p.R, sessionCookie)); err != nil {
		return err
	}
	h.setCookie(p.W, sessionCookie, "", -1)
	p.W.Header().Set("Clear-Site-Data", `"cache"`)
	return p.Redirect("/dang-nhap")
}

func (h *Pages) showAccept(p *web.Page) error {
	a, err := h.o.Accounts.Linked(p.Context(), p.Path("token"))
	if err != nil {
		return err
	}
	return p.Render(acceptPage(p.Shell("Đặt mật khẩu").AsBare(), h.door(p, "Đặt mật khẩu"), a))
}

func (h *Pages) accept(p *web.Page) error {
	a, err := h.o.Accounts.Linked(p.Context(), p.Path("token"))
	if err != nil {
		return err
	}
	d := h.door(p, "Đặt mật khẩu")
	if twice(d.form) {
		err = d.form.FailWith(h.o.Accounts.Accept(p.Context(), p.Path("token"), d.form.Raw("mat-khau")))
	}
	if err != nil {
		return err
	}
	if !d.form.OK() {
		return p.Invalid(acceptPage(p.Shell("Đặt mật khẩu").AsBare(), d, a))
	}
	return p.Redirect("/dang-nhap?" + url.Values{"ten": {a.Login}}.Encode())
}

// twice tells whether a new password was typed twice alike.
func twice(f *web.Form) bool {
	if f.Raw("mat-khau") != f.Raw("mat-khau-lai") {
		f.Fail("mat-khau-lai", "Hai lần nhập mật khẩu không giống nhau")
	}
	return f.OK()
}

func (h *Pages) showFirst(p *web.Page) error {
	empty, err := h.o.Accounts.Empty(p.Context())
	if err != nil {
		return err
	}
	if !empty {
		return web.NotFound()
	}
	return p.Render(firstPage(p.Shell("Thiết lập lần đầu").AsBare(), h.door(p, "Thiết lập lần đầu"), h.provinceUnits(p)))
}

func (h *Pages) first(p *web.Page) error {
	if empty, err := h.o.Accounts.Empty(p.Context()); err != nil || !empty {
		return errors.Join(err, web.NotFound())
	}
	d := h.door(p, "Thiết lập lần đầu")
	f := d.form
	if twice(f) {
		err := h.o.Accounts.Begin(p.Context(), account.First{
			Token: f.Raw("ma-xac-thuc"), Login: f.Value("ten"), Post: f.Value("chuc-danh"), Unit: f.Value("co-quan"), Password: f.Raw("mat-khau"),
		}, h.visit(p))
		if err == nil {
			return p.Redirect("/dang-nhap?" + url.Values{"ten": {f.Value("ten")}}.Encode())
		}
		return refuse(p, err, func(status int) error { return h.firstAgain(p, d, status) })
	}
	return h.firstAgain(p, d, http.StatusUnprocessableEntity)
}

func (h *Pages) firstAgain(p *web.Page, d door, status int) error {
	return p.RenderStatus(status, firstPage(p.Shell("Thiết lập lần đầu").AsBare(), d, h.provinceUnits(p)))
}

// provinceUnits are the agencies a province's administrator may sit in.
func (h *Pages) provinceUnits(p *web.Page) []web.Choice {
	out := []web.Choice{{Text: "Chọn cơ quan"}}
	for _, a := range h.o.Accounts.AllUnits(p.Today()) {
		if a.PlaceID == "" {
			out = append(out, web.Choice{Value: a.ID, Text: a.Name})
		}
	}
	return out
}
