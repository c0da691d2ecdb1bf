package reminderweb

import (
	"net/http"
	"strconv"

	"giuchuan/internal/feature/directive/reminder"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/mail"
	"giuchuan/internal/platform/web"
)

// Options are what the pages need; all are required.
type Options struct {
	DB        *db.DB
	Reminders *reminder.Service
	Province  func(on day.Day) authz.Object // the province, for permissions
	Posts     func(tx *db.Tx, ids []string) (map[string]string, error)
}

// Pages answer the addresses of Routes.
type Pages struct{ o Options }

// New makes the pages.
func New(o Options) *Pages { return &Pages{o} }

// Routes is the pages' part of the table of routes.
func (h *Pages) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Method: get, Pattern: "/don-doc", Handler: h.urges, Action: authz.RequestTask},
		{Method: get, Pattern: "/tai-khoan/nhac-viec", Handler: h.showOwn, Action: authz.OwnAccount},
		{Method: post, Pattern: "/tai-khoan/nhac-viec", Handler: h.setOwn, Action: authz.OwnAccount, MaxBody: 16 << 10},
		{Method: get, Pattern: "/quan-tri/thu", Handler: h.outbox, Action: authz.ManageAccounts},
		{Method: post, Pattern: "/quan-tri/thu", Handler: h.again, Action: authz.ManageAccounts, MaxBody: 16 << 10},
	}
}

var (
	msgNotAdmin = fault.Msg{Key: "reminder.not_admin", Text: "trang này của quản trị tỉnh"}
	msgNotUrge  = fault.Msg{Key: "reminder.not_urge", Text: "trang đôn đốc dành cho Văn phòng UBND tỉnh, Văn phòng Điều phối và lãnh đạo tỉnh"}
)

// urgesModel is who is to be urged.
type urgesModel struct {
	list      []reminder.Urge
	uncounted string
	late      int
	today     day.Day
}

// urges lists the bodies that the person's own body may urge.
func (h *Pages) urges(p *web.Page) error {
	who := p.User().Subject
	if !authz.May(who, authz.RequestTask, h.o.Province(p.Today())) {
		return fault.New(fault.Forbidden, msgNotUrge)
	}
	m := &urgesModel{today: p.Today()}
	unit := h.unit(who, p.Today())
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) error {
		list, uncounted, err := h.o.Reminders.Urges(p.Context(), tx, unit, h.site(p))
		if uncounted != nil {
			m.uncounted = fault.Text(uncounted)
		}
		m.list = list
		return err
	})
	if err != nil {
		return err
	}
	for i := range m.list {
		for k := range m.list[i].List {
			if m.list[i].List[k].Urging() {
				m.late++
			}
		}
	}
	return p.Render(urgesPage(p.Shell("Đôn đốc"), m))
}

// unit is the body a person urges for.
func (h *Pages) unit(who authz.Subject, on day.Day) string {
	for _, g := range who.Grants {
		one := authz.Subject{ID: who.ID, Grants: []authz.Grant{g}}
		if g.Unit != "" && authz.May(one, authz.RequestTask, h.o.Province(on)) {
			return g.Unit
		}
	}
	return h.o.Reminders.Sender()
}

// site is the address under which messages name the pages: the configured one,
// else the one the person used.
func (h *Pages) site(p *web.Page) string {
	if s := h.o.Reminders.Site(); s != "" {
		return s
	}
	if p.Secure() {
		return "https://" + p.R.Host
	}
	return "http://" + p.R.Host
}

// ownModel is where the person wants reminders.
type ownModel struct {
	form  *web.Form
	mails bool
	done  bool
	kept  bool // an address is known
}

func (h *Pages) showOwn(p *web.Page) error {
	m, err := h.ownModel(p)
	if err != nil {
		return err
	}
	return p.Render(ownPage(p.Shell("Nhắc việc qua thư"), m))
}

func (h *Pages) ownModel(p *web.Page) (*ownModel, error) {
	m := &ownModel{form: p.Form(), mails: h.o.Reminders.Mails(), done: p.Query("xong") != ""}
	var box reminder.Mailbox
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		box, err = h.o.Reminders.Mailbox(tx, p.User().ID)
		return err
	})
	m.kept = box.Address != ""
	if !m.form.Has("thu") {
		m.form.Set("thu", box.Address)
		if box.Wanted || !m.kept {
			m.form.Set("nhan", "1")
		}
	}
	return m, err
}

func (h *Pages) setOwn(p *web.Page) error {
	f := p.Form()
	if !h.o.Reminders.Mails() && (f.Value("thu") != "" || !f.Has("thu")) { // an address may be taken back all the same
		f.Fail("", "Máy chủ này chưa được cấu hình để gửi thư điện tử.")
	} else {
		err := h.o.Reminders.SetMailbox(p.Context(), p.User().ID, f.Value("thu"), f.Has("nhan", "1"))
		if err == nil {
			return p.Redirect("/tai-khoan/nhac-viec?xong=1")
		}
		if err = f.FailWith(err); err != nil {
			return err
		}
	}
	f.Set("thu", f.Value("thu"))
	m, err := h.ownModel(p)
	if err != nil {
		return err
	}
	return p.Invalid(ownPage(p.Shell("Nhắc việc qua thư"), m))
}

// outboxModel is how the outbox stands.
type outboxModel struct {
	mail.Status
	mails bool
	posts map[string]string
	done  string
}

// admin refuses who does not administer the whole province.
func (h *Pages) admin(p *web.Page) error {
	if !authz.May(p.User().Subject, authz.ManageAccounts, h.o.Province(p.Today())) {
		return fault.New(fault.Forbidden, msgNotAdmin)
	}
	return nil
}

func (h *Pages) outbox(p *web.Page) error {
	if err := h.admin(p); err != nil {
		return err
	}
	m := &outboxModel{mails: h.o.Reminders.Mails()}
	if n, err := strconv.Atoi(p.Query("gui-lai")); err == nil && n >= 0 {
		m.done = "Đã đưa " + strconv.Itoa(n) + " thư vào hàng chờ gửi lại."
	}
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		if m.Status, err = mail.Look(tx); err != nil {
			return err
		}
		var ids []string
		for i := range m.Troubles {
			ids = append(ids, m.Troubles[i].Account)
		}
		m.posts, err = h.o.Posts(tx, ids)
		return err
	})
	if err != nil {
		return err
	}
	return p.Render(outboxPage(p.Shell("Thư nhắc việc"), m))
}

func (h *Pages) again(p *web.Page) error {
	if err := h.admin(p); err != nil {
		return err
	}
	n, err := mail.Again(p.Context(), h.o.DB)
	if err != nil {
		return err
	}
	return p.Redirect("/quan-tri/thu?gui-lai=" + strconv.FormatInt(n, 10))
}
