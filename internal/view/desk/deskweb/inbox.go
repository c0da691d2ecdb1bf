package deskweb

import (
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/desk"
)

// inboxModel is what a person has to do.
type inboxModel struct {
	*desk.Inbox
	today  day.Day
	groups []inboxGroup
	enters bool   // the person fills in a sheet on this device
	sheet  string // the person's own sheet
	agency string
	ended  []endedPlace
	links  []web.Link
}

// endedPlace is a commune or district that a person worked for and that is no
// more: what waits there is handed over by a person.
type endedPlace struct {
	Name  string
	Until day.Day
	Heirs []string
	Path  string // its pages as they last were
}

// heirs says which places took it over; "" where nothing did.
func (e *endedPlace) heirs() string {
	if len(e.Heirs) == 0 {
		return ""
	}
	return "Nay thuộc " + strings.Join(e.Heirs, ", ") + ". "
}

// ended lists the places of a person's grants that have ended.
func (h *Pages) ended(who desk.Person, today day.Day) (out []endedPlace) {
	seen := map[string]bool{}
	for _, g := range who.Grants {
		id := g.Place
		if rest, ok := strings.CutPrefix(g.Unit, "ubnd-"); ok {
			id = rest
		}
		u, ok := h.o.Places.Latest(id)
		if !ok || seen[id] || u.Ended >= today || u.Level == place.Province {
			continue
		}
		seen[id] = true
		e := endedPlace{Name: u.FullName, Until: u.Ended, Path: "/huyen/" + u.Code + "?ngay=" + u.Ended.String()}
		if u.Level == place.Commune {
			e.Path = "/xa/" + u.Code + "?ngay=" + u.Ended.String()
		}
		for _, heir := range h.o.Places.Successors(id, today) {
			e.Heirs = append(e.Heirs, heir.Unit.Label())
		}
		out = append(out, e)
	}
	return out
}

type inboxGroup struct {
	desk.Group
	tasks []desk.Task
}

func (h *Pages) inbox(p *web.Page) error {
	who := h.person(p)
	x, err := h.o.Counter.Inbox(p.Context(), who)
	if err != nil {
		return err
	}
	m := &inboxModel{Inbox: x, today: p.Today(), enters: authz.Reaches(who.Subject, authz.EnterFinding)}
	for _, g := range desk.Groups() {
		if list := x.Of(g, p.Today()); len(list) > 0 {
			m.groups = append(m.groups, inboxGroup{g, list})
		}
	}
	for _, g := range who.Grants {
		if g.Role.TakesFields() && g.Unit != "" {
			m.agency = g.Unit
		}
	}
	if h.o.Links != nil {
		m.links = h.o.Links(p)
	}
	m.sheet, m.ended = h.ownSheet(who), h.ended(who, p.Today())
	return p.Render(inboxPage(p.Shell("Việc của tôi").With("desk"), m))
}

// Waiting is how many tasks a person has, for the navigation; 0 where it cannot
// be told.
func (h *Pages) Waiting(p *web.Page) int {
	x, err := h.o.Counter.Inbox(p.Context(), h.person(p))
	if err != nil {
		return 0
	}
	return len(x.Tasks)
}

// ownSheet is the address of the sheet that a person of a commune fills in.
func (h *Pages) ownSheet(who desk.Person) string {
	for _, g := range who.Grants {
		if u, ok := h.o.Places.Latest(g.Place); ok && g.Role == authz.CommuneEntry {
			return "/xa/" + u.Code + "/ra-soat"
		}
	}
	return "/viec-cua-toi"
}
