package app

import (
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/overview"
)

// sight tells which communes the person behind a request may see whole: those
// below a place of their grants, on the day the commune existed that is nearest
// to today. A grant for single criteria opens no commune. A province reaches the
// provinces it was made of and became; any other place only those it was made of.
func (a *App) sight(p *web.Page) overview.Sight {
	if u := p.User(); u != nil {
		return a.sightOf(u.Subject, p.Today())
	}
	return nil
}

// sightOf is sight for a person and a day.
func (a *App) sightOf(s authz.Subject, today day.Day) overview.Sight {
	var roots []string
	for _, area := range authz.Areas(s) {
		if area.Fields == nil {
			roots = append(roots, area.Place)
		}
	}
	near := map[day.Day][]string{}
	return func(placeID string) bool {
		unit, ok := a.Places.Latest(placeID)
		if !ok {
			return false
		}
		on := min(max(today, unit.Began), unit.Ended)
		if near[on] == nil {
			near[on] = a.kin(roots, on)
		}
		tree := a.Places.At(on)
		return slices.ContainsFunc(near[on], func(root string) bool { return tree.Within(placeID, root) })
	}
}

// kin is the places of a day that grants at other days' places reach.
func (a *App) kin(roots []string, on day.Day) []string {
	out := slices.Clone(roots)
	for _, root := range roots {
		heirs := a.Places.Predecessors(root, on)
		if u, ok := a.Places.Latest(root); ok && u.Level == place.Province {
			heirs = append(heirs, a.Places.Successors(root, on)...)
		}
		for _, h := range heirs {
			out = append(out, h.Unit.ID)
		}
	}
	return out
}
