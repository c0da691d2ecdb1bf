package app

import (
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/overview/overviewweb"
)

// entry is one page of the navigation: who may do the action reaches it.
type entry struct {
	action authz.Action
	text   string
	path   string
	whole  bool // for who may do it in the whole province
}

// group is an entry of the first row; its pages are the second.
type group struct {
	text  string
	pages []entry
	end   bool
}

// ofReview is the group that begins with one's own sheet.
const ofReview = "Rà soát"

// groups is the navigation, in the order of the work: look, review, carry out,
// direct, report.
func groups() []group {
	return []group{
		{text: "Tổng quan", pages: []entry{
			{authz.ViewStanding, "", "/tong-quan", false}, // in the words of who looks
			{authz.ViewStanding, "Bảng tiêu chí các xã", "/ma-tran", false},
			{authz.ViewStanding, "Bản đồ", "/ban-do", false},
		}},
		{text: ofReview, pages: []entry{
			{authz.ViewStanding, "Đợt rà soát", "/dot-ra-soat", false},
			{authz.Export, "Bảng tính", "/bang-tinh", false},
			{authz.ManageRounds, "Bảng của cơ quan", "/so-nganh", false},
			{authz.ViewCriteria, "Bộ tiêu chí", "/bo-tieu-chi", false},
			{authz.AssignCriteria, "Phân công", "/phan-cong", false},
		}},
		{text: "Chỉ đạo", pages: []entry{
			{authz.ViewDirective, "Văn bản chỉ đạo", "/chi-dao", false},
			{authz.ViewTask, "Nhiệm vụ", "/nhiem-vu", false},
			{authz.RequestTask, "Đề nghị giao việc", "/giao-viec", false},
			{authz.RequestTask, "Đôn đốc", "/don-doc", true},
		}},
		{text: "Quản trị", end: true, pages: []entry{
			{authz.ManageAccounts, "Tài khoản", "/quan-tri", false},
			{authz.ReadJournal, "Nhật ký", "/nhat-ky", false},
		}},
	}
}

// navigation is what the person behind a request may reach, what waits for that
// person first.
func (s *Server) navigation(a *App, p *web.Page) []web.Link {
	u := p.User()
	if u == nil {
		return nil
	}
	out := []web.Link{{Text: "Việc của tôi", Path: "/viec-cua-toi", Count: s.desk.Waiting(p)}}
	province := authz.Object{PlacePath: s.watch.province(p.Today())}
	for _, g := range groups() {
		l := web.Link{Text: g.text, End: g.end}
		if g.text == ofReview {
			l.Under = s.ownPages(a, u.Subject, p.Today())
		}
		for _, e := range g.pages {
			if e.text == "" {
				e.text = overviewweb.Title(u, a.Places)
			}
			if authz.Reaches(u.Subject, e.action) && (!e.whole || authz.May(u.Subject, e.action, province)) {
				l.Under = append(l.Under, web.Link{Text: e.text, Path: e.path})
			}
		}
		if len(l.Under) == 0 {
			continue
		}
		if l.Path = l.Under[0].Path; len(l.Under) == 1 {
			l.Text = l.Under[0].Text
		}
		out = append(out, l)
	}
	return out
}

// ownPages are the pages of the review that hang on who somebody is: the sheet
// of one's own commune, the area one assigns.
func (s *Server) ownPages(a *App, who authz.Subject, today day.Day) (out []web.Link) {
	if path := s.ownSheet(a, who); path != "" {
		out = append(out, web.Link{Text: "Phiếu rà soát", Path: path})
	}
	if !authz.Reaches(who, authz.AssignCriteria) && assignsArea(who, today) {
		out = append(out, web.Link{Text: "Phân công địa bàn", Path: "/phan-cong/dia-ban"})
	}
	return out
}

// ownSheet is the address of the sheet of the commune somebody works for, ""
// without one.
func (s *Server) ownSheet(a *App, who authz.Subject) string {
	for _, g := range who.Grants {
		if g.Role != authz.CommuneEntry && g.Role != authz.CommuneLeader {
			continue
		}
		unit, ok := a.Places.Latest(g.Place)
		if ok && len(s.board.SheetsOf(unit.Key)) > 0 {
			return "/xa/" + unit.Code + "/ra-soat"
		}
	}
	return ""
}

// assignsArea tells whether the person assigns the offices that follow communes
// today: the district, and since there is none (1/7/2025) the commune's leader.
func assignsArea(s authz.Subject, today day.Day) bool {
	for _, g := range s.Grants {
		o := authz.Object{PlacePath: []string{g.Place}, TwoTier: today >= day.Of(2025, time.July, 1)}
		if authz.May(authz.Subject{ID: s.ID, Grants: []authz.Grant{g}}, authz.AssignArea, o) {
			return true
		}
	}
	return false
}
