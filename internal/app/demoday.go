package app

import (
	"sync/atomic"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/web"
)

// legalDay is a legal day that was set: the demonstration's, which its visitors
// move along the story.
type legalDay struct{ on atomic.Int64 }

func (l *legalDay) get() day.Day  { return day.Day(l.on.Load()) }
func (l *legalDay) set(d day.Day) { l.on.Store(int64(d)) }

// demoDays are the days of the demonstration's story that one may jump to.
func demoDays() []web.DemoDay {
	return []web.DemoDay{
		{Day: day.Of(2024, time.June, 7), Text: "họp, trước khi có kết quả"},
		{Day: day.Of(2024, time.October, 1), Text: "đợt rà soát 9 tháng"},
		{Day: day.Of(2024, time.December, 31), Text: "cuối năm"},
		{Day: day.Of(2025, time.July, 1), Text: "không còn cấp huyện"},
	}
}

const moveDay = "/minh-hoa/ngay"

// demoBar is the strip over every page of a demonstration.
func (a *App) demoBar(on bool) func(*web.Page) *web.DemoBar {
	if !on {
		return nil
	}
	return func(p *web.Page) *web.DemoBar {
		return &web.DemoBar{
			Note: "Tên xã là thật; kết quả rà soát và quyết định của tỉnh trên trang này là số liệu minh họa.",
			Move: moveDay, Days: daysWith(p.Today()),
		}
	}
}

// daysWith is the story's days and, where the demonstration stands on another,
// that day.
func daysWith(today day.Day) []web.DemoDay {
	days := demoDays()
	for i := range days {
		if days[i].Day == today {
			return days
		}
	}
	return append([]web.DemoDay{{Day: today}}, days...)
}

var msgNoDemoDay = fault.Msg{Key: "app.demo_day", Text: "bản minh họa không có ngày này; chọn một ngày trong danh sách"}

// demoRoutes is the demonstration's own part of the table of routes.
func (a *App) demoRoutes(on bool) []web.Route {
	if !on {
		return nil
	}
	return []web.Route{{Method: "POST", Pattern: moveDay, Public: true, Handler: func(p *web.Page) error {
		d, err := day.Parse(p.Form().Value("ngay"))
		if err != nil {
			return fault.New(fault.Invalid, msgNoDemoDay)
		}
		for _, known := range demoDays() {
			if known.Day == d {
				a.legal.set(d)
				return p.Redirect(p.Next("/"))
			}
		}
		return fault.New(fault.Invalid, msgNoDemoDay)
	}}}
}
