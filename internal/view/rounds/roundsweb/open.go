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
}

// ask shows the form with a proposal.
func (h *Pages) ask(p *web.Page) error {
	d := rounds.Defaults(p.Today())
	v := h.opening(p)
	v.form = web.NewForm("ten", d.Name, "ky", d.Period.String(), "han-gui", dayText(d.SendBy),
		"han-tham-tra", dayText(d.VerifyBy), "han-xac-nhan", dayText(d.ConfirmBy), "pham-vi", "den-ky")
	return p.Render(openPage(p.Shell("Mở đợt rà soát"), v))
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
	cmd := typed(f)
	v := h.opening(p)
	v.form, v.cmd = f, cmd
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
