package overviewweb

import (
	"strings"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place"
)

// Title names the overview after what the person behind it sees whole: the
// province, a district, a commune.
func Title(u *web.User, places *place.Register) string {
	var names []string
	if u != nil {
		for _, area := range authz.Areas(u.Subject) {
			unit, ok := places.Latest(area.Place)
			if !ok || area.Fields != nil {
				continue
			}
			if unit.Level == place.Province {
				return "Toàn cảnh tỉnh"
			}
			names = append(names, strings.ToLower(unit.Kind.String())+" "+unit.Name)
		}
	}
	switch {
	case len(names) == 0:
		return "Toàn cảnh tỉnh"
	case len(names) > 2:
		return "Toàn cảnh các địa bàn được giao"
	}
	return "Toàn cảnh " + strings.Join(names, ", ")
}
