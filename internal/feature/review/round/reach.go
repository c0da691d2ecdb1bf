package round

import (
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

// Reach is where a commune lies on a day, as permission asks. Pages decide by it
// what they offer; the service decides again when it is done.
type Reach struct {
	Path    []string // ids from the province down to the commune
	TwoTier bool     // nothing stands between the commune and the agency in charge
}

// ReachOf tells where a commune lies on a day.
func ReachOf(places *place.Register, id string, on day.Day) Reach {
	path := pathOf(places, id, on)
	return Reach{Path: path, TwoTier: twoTier(places, path, on)}
}

// Object is a quantity of a sheet in a state as permission sees it.
func (w Reach) Object(field string, s State, closed bool) authz.Object {
	o := authz.Object{PlacePath: w.Path, Field: field, State: s.authz(), TwoTier: w.TwoTier}
	if closed {
		o.State = authz.Closed
	}
	return o
}

// FieldsOf lists the fields of every slot of some sets that reads a quantity.
func FieldsOf(dict *criteria.Dictionary, sets []*law.Set, measure int32) []string {
	var out []string
	for _, m := range dict.Members(measure) {
		for _, s := range sets {
			if s == m.Set {
				out = append(out, Field(m.Set, m.Slot))
			}
		}
	}
	return out
}
