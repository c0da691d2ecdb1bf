package requestweb

import (
	"slices"

	"giuchuan/internal/feature/directive/request"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// line is a draft as the list shows it.
type line struct {
	request.Request
	about, unit, agency string
}

type listModel struct {
	office  bool
	waiting []line
	closed  []line
	done    string
}

func (h *Pages) list(p *web.Page) error {
	m := &listModel{office: h.o.Requests.Directs(p.User().Subject, p.Today()), done: done(p.Query("xong"))}
	var all []request.Request
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		all, err = h.o.Requests.List(tx, p.User().Subject)
		return err
	})
	if err != nil {
		return err
	}
	for i := range all {
		l := h.line(&all[i], p.Today())
		if l.State == request.Asked {
			m.waiting = append(m.waiting, l)
		} else {
			m.closed = append(m.closed, l)
		}
	}
	if m.office {
		slices.Reverse(m.waiting) // who waits longest comes first
	}
	return p.Render(listPage(p.Shell("Đề nghị giao việc"), m))
}

func (h *Pages) line(r *request.Request, on day.Day) line {
	return line{*r, h.o.Requests.About(r.Place, r.Field), h.name(r.Unit, on), h.name(r.Agency, on)}
}

// name is a body as it is called on a day, or was last; "" for none.
func (h *Pages) name(id string, on day.Day) string {
	if a, ok := h.o.Agencies.Agency(id, on); ok {
		return a.Name
	}
	a, _ := h.o.Agencies.Latest(id)
	return a.Name
}

// done says what was done a moment ago.
func done(word string) string {
	switch word {
	case "de-nghi":
		return "Đã gửi đề nghị đến Văn phòng UBND tỉnh."
	case "giao":
		return "Đã giao nhiệm vụ."
	case "khong-giao":
		return "Đã trả lời: không giao."
	}
	return ""
}

// askModel is the form of a new draft.
type askModel struct {
	form         *web.Form
	place, field string
	page         string // where one came from
	about        string
	bodies       []web.Choice
	today        day.Day
	back         string
}

func (h *Pages) askModel(p *web.Page, placeID, field, page string) *askModel {
	m := &askModel{form: p.Form(), place: placeID, field: field, page: page, today: p.Today(), back: "/giao-viec"}
	m.about, m.bodies = h.o.Requests.About(placeID, field), h.bodies(placeID, p.Today(), "Để Văn phòng UBND tỉnh chọn")
	if page != "" && web.SameSite(page) {
		m.back = page
	}
	return m
}

func (h *Pages) showAsk(p *web.Page) error {
	m := h.askModel(p, p.Query("noi"), p.Query("tieu-chi"), p.Query("trang"))
	if err := h.admit(p, m); err != nil {
		return err
	}
	return p.Render(askPage(p.Shell("Giao việc"), m))
}

// admit refuses a form about what is not there or not the person's.
func (h *Pages) admit(p *web.Page, m *askModel) error {
	if !h.o.Requests.Known(m.place, m.field) {
		return web.NotFound()
	}
	if !h.o.Requests.May(p.User().Subject, m.place, m.field, m.today) {
		return fault.New(fault.Forbidden, msgNotYours)
	}
	return nil
}

var msgNotYours = fault.Msg{Key: "request.page_not_yours", Text: "tài khoản này không được đề nghị giao việc ở đây; hãy chuyển ý kiến đến Văn phòng UBND tỉnh"}

func (h *Pages) ask(p *web.Page) error {
	f := p.Form()
	m := h.askModel(p, f.Value("noi"), f.Value("tieu-chi"), f.Value("trang"))
	if err := h.admit(p, m); err != nil {
		return err
	}
	cmd := &request.Ask{Place: m.place, Field: m.field, Page: m.page, Words: f.Value("viec"), Agency: f.Value("don-vi"), Due: dueOf(f)}
	if f.OK() {
		err := h.write(p, cmd.Command, func(tx *db.Tx) error {
			_, err := h.o.Requests.Ask(p.Context(), tx, p.User().Subject, cmd)
			return err
		})
		if err == nil {
			return p.Redirect("/giao-viec?xong=de-nghi")
		}
		if err = f.FailWith(err); err != nil {
			return err
		}
	}
	return p.Invalid(askPage(p.Shell("Giao việc"), m))
}

// dueOf reads the deadline, day.None when none was typed.
func dueOf(f *web.Form) day.Day {
	text := f.Value("thoi-han")
	if text == "" {
		return day.None
	}
	d, err := day.Parse(text)
	if err != nil {
		f.Fail("thoi-han", "Nhập thời hạn dạng ngày/tháng/năm, ví dụ 31/12/2024, hoặc để trống")
	}
	return d
}

// bodies are those a task may be given to; of a place those of its own first.
func (h *Pages) bodies(placeID string, on day.Day, empty string) []web.Choice {
	out := []web.Choice{{Text: empty}}
	tree := h.o.Places.At(on)
	near := map[string]bool{}
	for _, u := range tree.Path(placeID) {
		if a, ok := h.o.Agencies.Agency(agency.CommitteeID(u.ID), on); ok && u.Level != place.Province {
			out, near[a.ID] = append(out, web.Choice{Value: a.ID, Text: a.Name}), true
		}
	}
	for _, a := range h.o.Agencies.At(on) {
		switch a.Kind {
		case agency.Party, agency.Council, agency.Committee, agency.Desk, agency.Steering:
			continue
		}
		if !near[a.ID] {
			out = append(out, web.Choice{Value: a.ID, Text: a.Name})
		}
	}
	return out
}

// oneModel is one draft with the forms of Văn phòng UBND tỉnh.
type oneModel struct {
	line
	form   *web.Form
	office bool
	post   string // who asked
	bodies []web.Choice
	today  day.Day
}

func (h *Pages) oneModel(p *web.Page) (*oneModel, error) {
	m := &oneModel{form: p.Form(), office: h.o.Requests.Directs(p.User().Subject, p.Today()), today: p.Today()}
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) error {
		r, err := h.o.Requests.One(tx, p.User().Subject, p.Path("id"))
		if err != nil {
			return err
		}
		posts, err := h.o.Posts(tx, []string{r.By})
		m.line, m.post = h.line(r, p.Today()), posts[r.By]
		return err
	})
	if err != nil {
		return nil, err
	}
	m.bodies = h.bodies(m.Place, m.today, "Chọn đơn vị")
	return m, nil
}

func (h *Pages) show(p *web.Page) error {
	m, err := h.oneModel(p)
	if err != nil {
		return err
	}
	m.form = web.NewForm("viec", m.Words, "don-vi", m.Agency, "ban", itoa64(m.Entry))
	if m.Due != day.None {
		m.form.Set("thoi-han", m.Due.Vietnamese())
	}
	return p.Render(onePage(p.Shell("Đề nghị giao việc"), m))
}

func (h *Pages) give(p *web.Page) error {
	f := p.Form()
	cmd := &request.Give{ID: p.Path("id"), Seen: seen(f), Words: f.Value("viec"), Agency: f.Value("don-vi"), Due: dueOf(f)}
	return h.close(p, "giao", cmd.Command, func(tx *db.Tx) error {
		_, err := h.o.Requests.Give(p.Context(), tx, p.User().Subject, cmd)
		return err
	})
}

func (h *Pages) decline(p *web.Page) error {
	f := p.Form()
	cmd := &request.Decline{ID: p.Path("id"), Seen: seen(f), Reason: f.Value("ly-do")}
	return h.close(p, "khong-giao", cmd.Command, func(tx *db.Tx) error {
		return h.o.Requests.Decline(p.Context(), tx, p.User().Subject, cmd)
	})
}

// close carries out what ends a draft, or shows it again with what is wrong.
func (h *Pages) close(p *web.Page, word string, command func(string) (db.Command, error), work func(tx *db.Tx) error) error {
	f := p.Form()
	if f.OK() {
		err := h.write(p, command, work)
		if err == nil {
			return p.Redirect("/giao-viec?xong=" + word)
		}
		if err = f.FailWith(err); err != nil {
			return err
		}
	}
	m, err := h.oneModel(p)
	if err != nil {
		return err
	}
	if word == "khong-giao" { // the other form stays as it was
		f.Set("viec", m.Words)
		f.Set("don-vi", m.Agency)
	}
	return p.Invalid(onePage(p.Shell("Đề nghị giao việc"), m))
}
