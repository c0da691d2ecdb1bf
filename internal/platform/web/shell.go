package web

import (
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
)

// Link is a text and the path it leads to.
type Link struct {
	Text  string
	Path  string
	Count int    // shown beside the text when > 0: what waits there
	End   bool   // in the navigation: stands at the right end
	Under []Link // in the navigation: its pages, a second row while one of them is shown
}

// DemoBar is the strip over every page of a demonstration.
type DemoBar struct {
	Note string    // what is invented
	Move string    // path of the form that jumps to another day (POST ngay=2024-10-01); "" = no jump
	Days []DemoDay // where one may jump
}

// DemoDay is a day of the demonstration's story.
type DemoDay struct {
	Day  day.Day
	Text string // what happens there
}

// Shell is everything around a page's own content.
type Shell struct {
	Title   string // of the page, without the name of the product
	Place   string // the province, beside the name of the product
	Path    string // of the request, to mark the current entry of the navigation
	Nav     []Link
	User    *User
	Demo    *DemoBar
	Today   day.Day
	Search  string // path of the search page; "" = no search box
	Logout  string // path that ends the session
	Account string // path of the person's own account; "" = the name is no link
	Wide    bool   // main is as wide as a matrix needs
	Bare    bool   // without header and navigation: the login page
	Styles  []string
	Scripts []string
	Fonts   []string // to load at once
	Icon    string
	Built   bool // the assets are there; otherwise the page says how to build them

	assets *Assets
}

// Shell is the frame of a page with this title.
func (p *Page) Shell(title string) Shell {
	o := p.kit.opts
	s := Shell{
		Title: title, Place: o.Place, Path: p.R.URL.Path, User: p.user, Today: o.Today(),
		Search: o.Search, Logout: o.Logout, Account: o.Account, assets: p.kit.assets,
	}
	if o.Demo != nil {
		s.Demo = o.Demo(p)
	}
	if o.Nav != nil {
		s.Nav = o.Nav(p)
	}
	if p.user == nil {
		s.Search = ""
	}
	if !p.form.OK() {
		s.Title = "Lỗi: " + s.Title
	}
	s.Built = p.kit.assets.Built()
	s.Icon = s.assets.Path("icon.svg")
	s.Styles = s.assets.paths("app.css")
	s.Scripts = s.assets.paths("app.js")
	s.Fonts = s.assets.paths("be-vietnam-pro-latin-400.woff2", "be-vietnam-pro-vietnamese-400.woff2", "be-vietnam-pro-latin-600.woff2", "be-vietnam-pro-vietnamese-600.woff2")
	return s
}

// With adds islands by name: "htmx", or the name of a TypeScript file of ui/island or beside a page, without its ending.
func (s Shell) With(islands ...string) Shell {
	scripts := append([]string(nil), s.Scripts...)
	for _, name := range islands {
		scripts = append(scripts, s.assets.paths(name+".js")...)
	}
	s.Scripts = scripts
	return s
}

// AsWide is the shell with a main as wide as a matrix needs.
func (s Shell) AsWide() Shell { s.Wide = true; return s }

// AsBare is the shell without header and navigation.
func (s Shell) AsBare() Shell { s.Bare = true; return s }

// current tells whether the page belongs to an entry of the navigation.
func (s Shell) current(l Link) bool {
	if len(l.Under) > 0 {
		return slices.ContainsFunc(l.Under, s.current)
	}
	return s.Path == l.Path || l.Path != "/" && strings.HasPrefix(s.Path, l.Path+"/")
}

// currentAs is how an entry that is current says so: a group is not the page.
func currentAs(l Link) string {
	if len(l.Under) > 1 {
		return "true"
	}
	return "page"
}

// under is the second row of the navigation: the pages beside the one that is
// shown.
func (s Shell) under() []Link {
	for _, l := range s.Nav {
		if len(l.Under) > 1 && s.current(l) {
			return l.Under
		}
	}
	return nil
}

func (s Shell) wrap() string {
	if s.Wide {
		return "wrap wrap--wide"
	}
	return "wrap"
}
