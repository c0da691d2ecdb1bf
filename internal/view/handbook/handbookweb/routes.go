package handbookweb

import (
	"context"
	"math"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/handbook"
)

// Criteria gives what the province adds to a set; register/criteria has it.
type Criteria interface {
	Decisions(ctx context.Context, tx *db.Tx, setID string, known int64) (*law.Decisions, error)
}

// Options are what the page is made of.
type Options struct {
	DB       *db.DB
	Law      *law.Library
	Places   *place.Register
	Criteria Criteria
	Province string // two-digit code: whose thresholds are shown
}

// Pages answer the addresses of Routes.
type Pages struct{ opt Options }

// New makes the pages.
func New(o Options) *Pages { return &Pages{o} }

// Routes is the page's part of the table of routes.
func (h *Pages) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/bo-tieu-chi", Handler: h.show, Action: authz.ViewCriteria},
		{Method: "GET", Pattern: "/bo-tieu-chi/so-sanh", Handler: h.compare, Action: authz.ViewCriteria},
	}
}

var msgRegion = fault.Msg{Key: "handbook.region", Text: "không có vùng “{region}”"}

// show shows a set, or with ?so-voi= how it differs from another.
func (h *Pages) show(p *web.Page) error {
	v := &view{sets: h.opt.Law.Sets, on: p.Today()}
	var err error
	if text := p.Query("ngay"); text != "" {
		if v.on, err = day.Parse(text); err != nil {
			return err
		}
	}
	if v.region, err = h.region(p.Query("vung"), v.on); err != nil {
		return err
	}
	set := h.opt.Law.TestedOn(law.TitleNTM, v.on.Year())
	if id := p.Query("bo"); id != "" {
		if set, err = h.opt.Law.Set(id); err != nil {
			return err
		}
	}
	y, err := h.yardstick(p.Context(), set, v)
	if err != nil {
		return err
	}
	v.book = handbook.Open(y)
	v.write = authz.Reaches(p.User().Subject, authz.DecideValue) || authz.Reaches(p.User().Subject, authz.VerifyValue)
	if id := p.Query("so-voi"); id != "" && id != set.ID {
		other, err := h.opt.Law.Set(id)
		if err != nil {
			return err
		}
		z, err := h.yardstick(p.Context(), other, v)
		if err != nil {
			return err
		}
		v.diff = handbook.Compare(h.opt.Law, y, z)
	}
	return p.Render(page(p.Shell("Bộ tiêu chí và mức đạt chuẩn"), v))
}

// compare shows how two sets differ, each on the day of its period that is
// nearest to today. Without ?b= it is the set of the next period or title.
func (h *Pages) compare(p *web.Page) error {
	v := &view{sets: h.opt.Law.Sets, on: p.Today()}
	var err error
	if v.region, err = h.region(p.Query("vung"), v.on); err != nil {
		return err
	}
	pair := [2]*law.Set{h.opt.Law.TestedOn(law.TitleNTM, v.on.Year()), h.opt.Law.TestedOn(law.TitleNangCao, v.on.Year())}
	var sticks [2]*law.Yardstick
	for i, name := range []string{"a", "b"} {
		if id := p.Query(name); id != "" {
			if pair[i], err = h.opt.Law.Set(id); err != nil {
				return err
			}
		}
		at := *v
		at.on = min(max(v.on, pair[i].PeriodFrom), pair[i].PeriodTo)
		if sticks[i], err = h.yardstick(p.Context(), pair[i], &at); err != nil {
			return err
		}
	}
	v.diff = handbook.Compare(h.opt.Law, sticks[0], sticks[1])
	return p.Render(comparePage(p.Shell("So sánh hai bộ tiêu chí"), v))
}

// region is the one asked for, or the province's on the day.
func (h *Pages) region(text string, on day.Day) (law.Region, error) {
	if text != "" {
		r, ok := law.ParseRegion(text)
		if !ok {
			return 0, fault.New(fault.Invalid, msgRegion, "region", fault.Clip(text))
		}
		return r, nil
	}
	found, _ := h.opt.Places.RegionOfProvince(h.opt.Province, on)
	r, ok := law.ParseRegion(string(found))
	if !ok {
		return law.TDMNPB, nil
	}
	return r, nil
}

// yardstick resolves the thresholds of a set for the province's communes.
func (h *Pages) yardstick(ctx context.Context, set *law.Set, v *view) (*law.Yardstick, error) {
	var dec *law.Decisions
	err := h.opt.DB.Read(ctx, func(tx *db.Tx) (err error) {
		dec, err = h.opt.Criteria.Decisions(ctx, tx, set.ID, math.MaxInt64)
		return err
	})
	if err != nil {
		return nil, err
	}
	var areas []string
	for _, u := range h.opt.Places.At(v.on).Provinces() {
		if u.Code == h.opt.Province {
			areas = append(areas, u.ID)
		}
	}
	return law.NewYardstick(set, dec, v.on, &law.CommuneFacts{Class: law.Class{Region: v.region}, Areas: slices.Clip(areas)}), nil
}
