package portalweb

import "giuchuan/internal/platform/web"

// Routes is the public part of the table of routes.
func Routes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: "/", Handler: show, Public: true}}
}

// show answers the start page; people who are logged in go on to their own.
func show(p *web.Page) error {
	if p.User() != nil {
		return p.Redirect("/tong-quan")
	}
	return p.Render(start(p.Shell("Giữ Chuẩn")))
}
