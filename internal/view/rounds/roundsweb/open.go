package roundsweb

import (
	"context"
	"slices"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/rounds"
)

// opening is the page of a round that is to be opened.
type opening struct {
	form      *web.Form
	periods   []web.Choice
	titles    []web.Choice
	districts []web.Choice
	cmd       *round.Open
	members   []review.Titled // set: the person confirms
	moved     bool            // name and days were proposed anew, for another period
}

// ask shows the form with a proposal.
func (h *Pages) ask(p *web.Page) error {
	v := h.opening(p)
	v.form = web.NewForm("pham-vi", "den-ky")
	v.propose(rounds.Defaults(p.Today()))
	return p.Render(openPage(p.Shell("Mở đợt rà soát"), v))
}

// propose fills in what is proposed for a period, and which that was.
func (v *opening) propose(d round.Open) {
	if len(v.districts) == 0 {
		d.VerifyBy = d.ConfirmBy // nobody stands between the commune and the agency
	}
	v.form.Set("ten", d.Name)
	v.form.Set("ky", d.Period.String())
	v.form.Set(proposedFor, d.Period.String())
	v.form.Set("han-gui", dayText(d.SendBy))
	v.form.Set("han-tham-tra", dayText(d.VerifyBy))
	v.form.Set("han-xac-nhan", dayText(d.ConfirmBy))
}

// proposedFor is the period that the days of a form were proposed for.
const proposedFor = "theo-ky"

// follow proposes anew when another period was chosen than the one the form was
// filled in for: always when the person asks for it, else as long as name and
// days are the ones that were proposed.
func (v *opening) follow(today day.Day) {
	f := v.form
	now, err := day.ParsePeriod(f.Value("ky"))
	if err != nil {
		return
	}
	was, err := day.ParsePeriod(f.Value(proposedFor))
	asked := f.Value("viec") == "tinh-lai"
	if !asked && (err != nil || was == now || f.Value("viec") == "mo") { // what was looked at is what is opened
		return
	}
	before := opening{form: web.NewForm(), districts: v.districts}
	if err == nil {
		before.propose(rounds.Proposal(was, today))
	}
	untouched := func(name string) bool { return f.Value(name) == before.form.Value(name) }
	if !asked && (!untouched("han-gui") || !untouched("han-tham-tra") || !untouched("han-xac-nhan")) {
		return
	}
	own := f.Value("ten")
	if untouched("ten") {
		own = ""
	}
	v.propose(rounds.Proposal(now, today))
	if own != "" {
		f.Set("ten", own)
	}
	v.moved = true
}

func (h *Pages) opening(p *web.Page) *opening {
	v := &opening{}
	for _, x := range rounds.Periods(p.Today()) {
		v.periods = append(v.periods, web.Choice{Value: x.String(), Text: x.Vietnamese()})
	}
	for _, t := range law.Titles {
		v.titles = append(v.titles, web.Choice{Value: string(t), Text: "Xã " + t.Vietnamese()})
	}
	tree := h.opt.Places.At(p.Today())
	if u, err := h.opt.Places.Province(h.opt.Province, p.Today()); err == nil {
		for _, d := range tree.Children(u.ID) {
			if d.Level == place.District {
				v.districts = append(v.districts, web.Choice{Value: d.ID, Text: d.FullName})
			}
		}
	}
	return v
}

// open opens a round; before that it says which communes will take part.
func (h *Pages) open(p *web.Page) error {
	f := p.Form()
	v := h.opening(p)
	v.form = f
	v.follow(p.Today())
	if f.Value("viec") == "tinh-lai" {
		return p.Render(openPage(p.Shell("Mở đợt rà soát"), v))
	}
	cmd := typed(f)
	v.cmd = cmd
	var err error
	if f.OK() {
		err = h.opt.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
			v.members, err = h.opt.Rounds.Opening(p.Context(), tx, p.User().Subject, cmd)
			return err
		})
	}
	var id string
	if err == nil && f.OK() && f.Value("viec") == "mo" {
		err = h.write(p, cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) (err error) {
			id, err = h.opt.Rounds.Open(ctx, tx, who, cmd)
			return err
		})
	}
	if err = f.FailWith(err); err != nil {
		return err
	}
	switch {
	case !f.OK() || f.Value("viec") == "sua":
		v.members = nil
		if f.OK() {
			return p.Render(openPage(p.Shell("Mở đợt rà soát"), v))
		}
		return p.Invalid(openPage(p.Shell("Mở đợt rà soát"), v))
	case id != "":
		return p.Redirect("/dot-ra-soat/" + id)
	}
	return p.Render(openPage(p.Shell("Mở đợt rà soát"), v))
}

// typed reads the form of a round.
func typed(f *web.Form) *round.Open {
	cmd := &round.Open{
		Name: f.Value("ten"), Basis: f.Value("van-ban"), BasisOn: dayOf(f, "ngay-van-ban"),
		Whole: f.Value("pham-vi") == "toan-bo", Note: f.Value("ghi-chu"),
		SendBy: dayOf(f, "han-gui"), VerifyBy: dayOf(f, "han-tham-tra"), ConfirmBy: dayOf(f, "han-xac-nhan"),
	}
	if text := f.Value("ky"); text != "" {
		var err error
		if cmd.Period, err = day.ParsePeriod(text); err != nil {
			f.Fail("ky", "Chọn kỳ rà soát")
		}
	}
	for _, t := range f.All("muc") {
		cmd.Titles = append(cmd.Titles, law.Title(t))
	}
	cmd.Districts = slices.Compact(slices.Sorted(slices.Values(f.All("huyen"))))
	return cmd
}

// dayOf reads a day of a form, none when it is empty.
func dayOf(f *web.Form, name string) day.Day {
	text := f.Value(name)
	if text == "" {
		return day.None
	}
	d, err := day.Parse(text)
	if err != nil {
		f.Fail(name, "Ngày ghi như 15/10/2024")
		return day.None
	}
	return d
}
