package accountweb

import (
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/account"
)

// ownModel is what a person sees of the person's own account.
type ownModel struct {
	session  account.Session
	sessions []account.Session
	second   bool
	codes    int64
	unit     string
	form     *web.Form
	done     string
	links    []web.Link
}

func (h *Pages) ownModel(p *web.Page) (m ownModel, err error) {
	token := h.cookie(p.R, sessionCookie)
	if m.session, err = h.o.Accounts.Session(p.Context(), token); err != nil {
		return m, err
	}
	id := m.session.Account.ID
	if m.sessions, err = h.o.Accounts.Sessions(p.Context(), id, token); err != nil {
		return m, err
	}
	m.second, m.codes, err = h.o.Accounts.Second(p.Context(), id)
	m.unit = h.o.Accounts.UnitName(m.session.Account.Unit, p.Today())
	m.form, m.done, m.links = p.Form(), p.Query("xong"), h.o.Own
	return m, err
}

func (h *Pages) own(p *web.Page) error {
	m, err := h.ownModel(p)
	if err != nil {
		return err
	}
	return p.Render(ownPage(p.Shell("Tài khoản của tôi"), m))
}

func (h *Pages) changePassword(p *web.Page) error {
	f := p.Form()
	s, err := h.o.Accounts.Session(p.Context(), h.cookie(p.R, sessionCookie))
	if err != nil {
		return err
	}
	if s.Account.Demo || twice(f) { // an account of the demonstration has no such form to show again
		t, err := h.o.Accounts.ChangePassword(p.Context(), h.cookie(p.R, sessionCookie), f.Raw("mat-khau-cu"), f.Raw("mat-khau"), h.visit(p))
		if err == nil {
			h.hand(p, t)
			return p.Redirect("/tai-khoan?xong=mat-khau")
		}
		if wait, slow := account.Wait(err); slow {
			return web.TooMany(seconds(wait))
		}
		if err = f.FailWith(err); err != nil {
			return err
		}
	}
	m, err := h.ownModel(p)
	if err != nil {
		return err
	}
	return p.Invalid(ownPage(p.Shell("Tài khoản của tôi"), m))
}

// endSession ends one session by its ref, or all but this one.
func (h *Pages) endSession(p *web.Page) error {
	err := h.o.Accounts.EndSession(p.Context(), p.User().ID, p.Form().Value("phien"), h.cookie(p.R, sessionCookie))
	if err != nil {
		return err
	}
	return p.Redirect("/tai-khoan?xong=phien")
}
