// Package directiveweb is the pages of the register of directives: the register,
// taking a document in, reading it beside the duties it proposes, one document,
// and the members of the Ban Chỉ đạo.
package directiveweb

import (
	"context"
	"strconv"
	"strings"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/intake"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/register/place"

	"github.com/a-h/templ"
)

// Options are what the pages are made of. All but Track and Called are required.
type Options struct {
	DB         *db.DB
	Directives *directive.Service
	Reader     *intake.Reader
	Places     *place.Register
	Blobs      blob.Store
	Evidence   *evidence.Service
	// Track is the table of a document's tasks, for the page of the document;
	// nil = there is none.
	Track func(p *web.Page, document string) (templ.Component, error)
	// Called names who did something: the post of an account. nil = nobody is named.
	Called func(ctx context.Context, tx *db.Tx, asker authz.Subject, id string) (string, error)
}

// Pages answer the addresses of Routes.
type Pages struct {
	o     Options
	slots chan struct{} // documents read at once
}

// readAtOnce is how many documents are read at once: each may need some hundred
// times its size while it is read.
const readAtOnce = 2

// New makes the pages.
func New(o Options) *Pages { return &Pages{o: o, slots: make(chan struct{}, readAtOnce)} }

// maxUpload bounds an uploaded document with its form, in bytes; maxFile the
// document.
const (
	maxUpload = 32 << 20
	maxFile   = 20 << 20
	maxForm   = 2 << 20
)

// Routes is the pages' part of the table of routes.
func (h *Pages) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/chi-dao", Handler: h.list, Action: authz.ViewDirective},
		{Method: "GET", Pattern: "/chi-dao/so-van-ban.xlsx", Handler: h.workbook, Action: authz.ViewDirective},
		{Method: "GET", Pattern: "/chi-dao/nhap", Handler: h.askFile, Action: authz.Direct},
		{Method: "POST", Pattern: "/chi-dao/nhap", Handler: h.take, Action: authz.Direct, Stream: true, MaxBody: maxUpload},
		{Method: "GET", Pattern: "/chi-dao/thanh-vien", Handler: h.members, Action: authz.ViewDirective},
		{Method: "POST", Pattern: "/chi-dao/thanh-vien", Handler: h.enrol, Action: authz.Direct},
		{Method: "GET", Pattern: "/chi-dao/{id}", Handler: h.one, Action: authz.ViewDirective},
		{Method: "GET", Pattern: "/chi-dao/{id}/doc", Handler: h.read, Action: authz.ViewDirective},
		{Method: "GET", Pattern: "/chi-dao/{id}/ban-goc", Handler: h.original, Action: authz.ViewDirective},
		{Method: "POST", Pattern: "/chi-dao/{id}/nhiem-vu", Handler: h.add, Action: authz.Direct, MaxBody: maxForm},
		{Method: "POST", Pattern: "/chi-dao/{id}/nhiem-vu/{ma}", Handler: h.edit, Action: authz.Direct, MaxBody: maxForm},
		{Method: "POST", Pattern: "/chi-dao/{id}/xac-nhan", Handler: h.confirm, Action: authz.Direct},
		{Method: "GET", Pattern: "/chi-dao/{id}/hoan-chinh", Handler: h.askComplete, Action: authz.Direct},
		{Method: "POST", Pattern: "/chi-dao/{id}/hoan-chinh", Handler: h.complete, Action: authz.Direct},
		{Method: "POST", Pattern: "/chi-dao/{id}/rut", Handler: h.withdraw, Action: authz.Direct},
		{Method: "POST", Pattern: "/chi-dao/{id}/giao-thanh-vien", Handler: h.giveMembers, Action: authz.Direct},
		{Method: "POST", Pattern: "/chi-dao/{id}/tep", Handler: h.attach, Action: authz.Direct, Stream: true, MaxBody: maxUpload},
		{Method: "GET", Pattern: "/chi-dao/{id}/tep/{tep}", Handler: h.file, Action: authz.ViewDirective},
	}
}

// commander is a command of the register.
type commander interface {
	Command(actor string) (db.Command, error)
}

// write carries a command out.
func (h *Pages) write(p *web.Page, c commander, work func(ctx context.Context, tx *db.Tx, who authz.Subject) error) error {
	cmd, err := c.Command(p.User().ID)
	if err != nil {
		return err
	}
	return h.o.DB.Write(p.Context(), cmd, func(tx *db.Tx) error { return work(p.Context(), tx, p.User().Subject) })
}

// names names bodies as they were called on a day.
type names struct {
	register *agency.Register
	on       day.Day
}

// Of is the name of a body.
func (n names) Of(id string) string {
	if a, ok := n.register.Agency(id, n.on); ok {
		return a.Name
	}
	if a, ok := n.register.Latest(id); ok {
		return a.Name
	}
	return id
}

// Short is the short name of a body.
func (n names) Short(id string) string {
	a, ok := n.register.Agency(id, n.on)
	if !ok {
		a, ok = n.register.Latest(id)
	}
	switch {
	case !ok:
		return id
	case a.PlaceID != "" || a.Short == "":
		return a.Name
	}
	return a.Short
}

// List is names one after another.
func (n names) List(ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = n.Short(id)
	}
	return strings.Join(out, ", ")
}

func itoa(n int) string     { return strconv.Itoa(n) }
func itoa64(n int64) string { return strconv.FormatInt(n, 10) }

// readDay reads a day of a form; what is no day is told at the field.
func readDay(f *web.Form, name string, other day.Day) day.Day {
	text := f.Value(name)
	if text == "" {
		return other
	}
	d, err := day.Parse(text)
	if err != nil {
		f.Fail(name, "Hãy nhập ngày dạng 30/09/2024")
		return other
	}
	return d
}

// dayText is a day for a field, "" for none.
func dayText(d day.Day) string {
	if d == day.None || d == day.Forever {
		return ""
	}
	return d.Vietnamese()
}

// pathOf is the address of a document.
func pathOf(id string) string { return "/chi-dao/" + id }
