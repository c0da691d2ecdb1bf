package round

import (
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
)

// Where gives an indicator's object of permission at a commune and day, in the
// state of a row, without a look at what is recorded: for pages, which show what
// a person may do. A command asks again inside its transaction.
type Where struct{ of whereabouts }

// Where finds where a commune lies on a day.
func (s *Service) Where(placeID string, on day.Day) Where {
	path := pathOf(s.places, placeID, on)
	return Where{whereabouts{path: path, twoTier: twoTier(s.places, path, on)}}
}

// Object is a field in a state; closed tells whether its round is.
func (w Where) Object(field string, state State, closed bool) authz.Object {
	o := authz.Object{PlacePath: w.of.path, Field: field, State: state.authz(), TwoTier: w.of.twoTier}
	if closed {
		o.State = authz.Closed
	}
	return o
}

// TwoTier tells whether no district stands between the commune and the agency in
// charge.
func (w Where) TwoTier() bool { return w.of.twoTier }
