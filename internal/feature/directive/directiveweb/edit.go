package directiveweb

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// Rows of addressees in a form: those that are there and some blank ones.
const (
	blankRows = 2
	mostRows  = 40
)

// formOf is a duty as its form shows it.
func formOf(d *directive.Duty, n names) *web.Form {
	var objects []string
	for _, o := range d.Objects {
		objects = append(objects, o.Text)
	}
	f := web.NewForm(
		"noi-dung-nv", d.Text, "han", dayText(d.Due), "gio-han", d.DueTime, "cum-tu-han", d.Phrase, "loai-han", string(d.Kind),
		"chu-ky", d.Recurrence, "dan-chieu", strings.Join(d.References, "; "), "san-pham", d.Product, "doi-tuong", strings.Join(objects, "\n"),
		"buoc", d.Closing(), "ban", itoa64(d.Entry), "so-dong", itoa(len(d.Addressees)+blankRows),
	)
	if d.Checker != "" {
		f.Set("kiem-tra", n.Of(d.Checker))
	}
	if d.Separate {
		f.Set("rieng", "1")
	}
	for i, a := range d.Addressees {
		f.Set(row("dc-ten", i), a.Text)
		f.Set(row("dc-vai", i), cmp.Or(string(a.Role), "chua"))
		var list []string
		for _, id := range a.Agencies {
			list = append(list, n.Of(id))
		}
		f.Set(row("dc-gom", i), strings.Join(list, "; "))
		if len(a.Agencies) == 0 {
			f.Set(row("dc-cho", i), "1")
		}
	}
	return f
}

func row(name string, i int) string { return name + "-" + itoa(i) }

// rowsOf is how many rows of addressees a form has.
func rowsOf(f *web.Form) int {
	n, _ := strconv.Atoi(f.Value("so-dong"))
	return min(max(n, blankRows), mostRows)
}

// clerk reads a form against the registers of a document's day.
type clerk struct {
	f        *web.Form
	bodies   *agency.Register
	places   *place.Register
	province string
	on       day.Day
}

// duty reads a duty; what is wrong is noted at its field.
func (c *clerk) duty() directive.Duty {
	f := c.f
	d := directive.Duty{
		Text: f.Value("noi-dung-nv"), Due: readDay(f, "han", day.None), DueTime: f.Value("gio-han"), Phrase: f.Value("cum-tu-han"),
		Kind: directive.DeadlineKind(f.Value("loai-han")), Recurrence: f.Value("chu-ky"), Product: f.Value("san-pham"),
		Steps: directive.PlanSteps(f.Value("buoc")), Separate: f.Has("rieng", "1"), References: cut(f.Value("dan-chieu")),
	}
	for i := range rowsOf(f) {
		if a, ok := c.addressee(i); ok {
			d.Addressees = append(d.Addressees, a)
		}
	}
	for _, text := range cut(f.Raw("doi-tuong")) {
		d.Objects = append(d.Objects, c.object(text))
	}
	if text := f.Value("kiem-tra"); text != "" {
		m, err := c.bodies.Resolve(text, c.on)
		if err != nil || m.Agency.ID == "" {
			f.Fail("kiem-tra", "Không có cơ quan “"+fault.Clip(text)+"” trong danh bạ tại ngày "+c.on.Vietnamese())
		}
		d.Checker = m.Agency.ID
	}
	return d
}

// cut takes a list apart at semicolons and ends of lines.
func cut(text string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' || r == '\r' }) {
		if part = strings.Join(strings.Fields(part), " "); part != "" && len(out) < 500 {
			out = append(out, part)
		}
	}
	return out
}

// addressee reads one row. Without a list of bodies the words themselves are
// looked up: a body, or a collective that is expanded at the document's day.
func (c *clerk) addressee(i int) (a directive.Addressee, ok bool) {
	f, name := c.f, row("dc-ten", i)
	a = directive.Addressee{Text: f.Value(name), Role: directive.Role(f.Value(row("dc-vai", i)))}
	if a.Role == "chua" {
		a.Role = directive.Undecided
	}
	listed := cut(f.Raw(row("dc-gom", i)))
	if a.Text == "" {
		if len(listed) == 0 {
			return a, false
		}
		a.Text = strings.Join(listed, ", ")
	}
	for _, text := range listed {
		ids := c.lookup(text)
		if ids == nil {
			f.Fail(row("dc-gom", i), "Không có cơ quan “"+fault.Clip(text)+"” trong danh bạ tại ngày "+c.on.Vietnamese()+"; các cơ quan cách nhau bằng dấu chấm phẩy")
		}
		a.Agencies = append(a.Agencies, ids...)
	}
	if len(listed) == 0 && !f.Has(row("dc-cho", i), "1") {
		if a.Agencies = c.lookup(a.Text); a.Agencies == nil {
			f.Fail(name, "Chưa rõ “"+fault.Clip(a.Text)+"” là những cơ quan nào; ghi vào ô Gồm các cơ quan, hoặc đánh dấu Chưa xác định danh sách")
		}
	}
	a.Agencies = unique(a.Agencies)
	a.Unknown, a.Collective = len(a.Agencies) == 0, len(a.Agencies) > 1
	return a, true
}

func unique(ids []string) []string {
	var out []string
	for _, id := range ids {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// lookup finds the bodies that words name; nil when none are known.
func (c *clerk) lookup(text string) []string {
	m, err := c.bodies.Resolve(text, c.on)
	switch {
	case err != nil:
		return nil
	case m.Collective == nil:
		return []string{m.Agency.ID}
	}
	x, err := c.bodies.Expand(m.Collective.ID, c.on)
	if err != nil {
		return nil
	}
	var out []string
	for _, a := range x.Agencies {
		out = append(out, a.ID)
	}
	return out
}

// object reads one place a duty is about; what is no place stays as it is
// written.
func (c *clerk) object(text string) directive.Object {
	u, err := c.places.Resolve(text, c.province, c.on, place.Commune)
	if err != nil {
		return directive.Object{Text: text}
	}
	return directive.Object{Place: u.ID, Text: text}
}

// clerk makes the reader of a duty's form.
func (h *Pages) clerk(p *web.Page) (*clerk, error) {
	c := &clerk{f: p.Form(), places: h.o.Places, province: h.o.Directives.Province(), on: p.Today()}
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) error {
		if err := h.o.Directives.NeedDirect(tx, p.User().Subject); err != nil {
			return err
		}
		d, err := h.o.Directives.Document(p.Context(), tx, p.Path("id"))
		if err != nil {
			return err
		}
		if d.Day() != day.None {
			c.on = max(d.Day(), h.o.Places.First())
		}
		c.bodies, err = h.o.Directives.Agencies(p.Context(), tx)
		return err
	})
	return c, err
}

func (h *Pages) add(p *web.Page) error {
	c, err := h.clerk(p)
	if err != nil {
		return err
	}
	cmd := directive.Add{
		Edit:  directive.Edit{Document: p.Path("id"), Reason: c.f.Value("ly-do")},
		Group: c.f.Value("muc"), After: c.f.Value("sau"), Now: c.duty(),
	}
	var id string
	if c.f.OK() {
		err = h.write(p, &cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) (err error) {
			id, err = h.o.Directives.Add(ctx, tx, who, cmd)
			return err
		})
	}
	if err != nil || !c.f.OK() {
		return h.reopen(p, newDuty, err)
	}
	return p.Redirect(pathOf(cmd.Document) + "/doc#nv-" + id)
}

// edit does to one duty what the button says.
func (h *Pages) edit(p *web.Page) error {
	f, id, duty := p.Form(), p.Path("id"), p.Path("ma")
	seen, _ := strconv.ParseInt(f.Value("ban"), 10, 64)
	e := directive.Edit{Document: id, Duty: duty, Seen: seen, Reason: f.Value("ly-do")}
	var err error
	switch f.Value("viec") {
	case "tach":
		at, _ := strconv.Atoi(f.Value("cho-tach"))
		cmd := directive.Split{Edit: e, At: at}
		err = h.write(p, &cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
			_, err := h.o.Directives.Split(ctx, tx, who, cmd)
			return err
		})
	case "gop":
		cmd := directive.Merge{Edit: e, With: f.Value("gop-voi")}
		err = h.write(p, &cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
			return h.o.Directives.Merge(ctx, tx, who, cmd)
		})
	case "bo", "khoi-phuc":
		cmd := directive.Strike{Edit: e, Restore: f.Value("viec") == "khoi-phuc"}
		err = h.write(p, &cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
			return h.o.Directives.Strike(ctx, tx, who, cmd)
		})
	case "chu-tri":
		cmd := directive.Choose{Edit: e, Lead: f.Value("chu-tri")}
		err = h.write(p, &cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
			return h.o.Directives.Choose(ctx, tx, who, cmd)
		})
	default:
		return h.correct(p, e)
	}
	if err != nil {
		return h.reopen(p, duty, err)
	}
	return p.Redirect(pathOf(id) + "/doc#nv-" + duty)
}

func (h *Pages) correct(p *web.Page, e directive.Edit) error {
	c, err := h.clerk(p)
	if err != nil {
		return err
	}
	cmd := directive.Correct{Edit: e, Now: c.duty()}
	if c.f.OK() {
		err = h.write(p, &cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
			return h.o.Directives.Correct(ctx, tx, who, cmd)
		})
	}
	if err != nil || !c.f.OK() {
		return h.reopen(p, e.Duty, err)
	}
	return p.Redirect(pathOf(e.Document) + "/doc#nv-" + e.Duty)
}

// confirm makes a document active.
func (h *Pages) confirm(p *web.Page) error {
	f := p.Form()
	seen, _ := strconv.ParseInt(f.Value("ban"), 10, 64)
	cmd := directive.Confirm{Document: p.Path("id"), Accept: f.All("cho-danh-sach"), Seen: seen}
	err := h.write(p, &cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
		return h.o.Directives.Confirm(ctx, tx, who, cmd)
	})
	if err == nil {
		return p.Redirect(pathOf(cmd.Document) + "?xong=xac-nhan")
	}
	if err = f.FailWith(err); err != nil {
		return err
	}
	m, err := h.readModel(p)
	if err != nil {
		return err
	}
	return h.showRead(p, m, 422)
}
