// Package authz answers one question, whether a person may do something to an
// object, from plain values. Its answer is no unless a line of permission.go
// says yes. It knows neither the clock nor the database: register/account
// gives the Subject as its grants stand at the legal day, the feature gives
// the Object.
package authz

import (
	"slices"
	"strings"
)

// Grant is one role of a person, as it holds today.
type Grant struct {
	Role   Role
	Place  string   // id of the commune, district or province; "" reaches no place
	Unit   string   // id of the agency the person works for
	Fields []string // criteria in charge or supplied, "xa-ntm-2021-2025/15"; "*" = all; only roles that take fields
}

// Subject is a person with the grants that hold today. The zero value may do
// nothing.
type Subject struct {
	ID     string
	Grants []Grant
}

// State is how far a commune's sheet or criterion is on its way.
type State string

// The states of a review.
const (
	NoState   State = ""          // the object has none
	Draft     State = "draft"     // chưa gửi
	Returned  State = "returned"  // bị trả lại
	Submitted State = "submitted" // xã đã gửi
	Verified  State = "verified"  // huyện đã thẩm tra
	Confirmed State = "confirmed" // cơ quan phụ trách đã xác nhận
	Closed    State = "closed"    // đã chốt
)

// States lists every state, NoState first.
func States() []State {
	return []State{NoState, Draft, Returned, Submitted, Verified, Confirmed, Closed}
}

// Object is what an action is about. Whatever is left empty is unknown, and
// what is unknown is refused where a line of the table asks for it.
type Object struct {
	PlacePath []string // ids from the province down to the place, at today: "08.1", "074.1", "02392.1"
	Unit      string   // agency the object belongs to: of an account, the unit whose staff it is
	Field     string   // criterion or indicator: "xa-ntm-2021-2025/15.1"; "" = no single one
	State     State
	TwoTier   bool     // the period knows no thẩm tra of a district (kỳ từ 1/7/2025)
	Makers    []string // subjects who entered what is to be sent; none of them may send it
	Owner     string   // subject whose own the object is
}

// permissions is permission.go by role; nothing writes to it.
var permissions = byRole(permissionTable())

func byRole(lines []line) map[Role][]line {
	out := map[Role][]line{}
	for _, l := range lines {
		out[l.role] = append(out[l.role], l)
	}
	return out
}

// May tells whether the subject may do the action to the object.
func May(s Subject, a Action, o Object) bool {
	if s.ID == "" {
		return false
	}
	if own(a) {
		return o.Owner == s.ID
	}
	if a == Submit && slices.Contains(o.Makers, s.ID) {
		return false
	}
	for i := range s.Grants {
		if allowed(&s.Grants[i], a, &o) {
			return true
		}
	}
	return false
}

// Reaches tells whether the subject may do the action to some object: a page
// or a menu entry that lists objects asks this, and then May for each.
func Reaches(s Subject, a Action) bool {
	if s.ID == "" {
		return false
	}
	if own(a) {
		return true
	}
	for i := range s.Grants {
		g := &s.Grants[i]
		if !g.Role.Valid() {
			continue
		}
		if everyones(a) {
			return true
		}
		for _, l := range permissions[g.Role] {
			if !slices.Contains(l.actions, a) {
				continue
			}
			placed := l.area == inArea && g.Place != "" || l.area == inUnit && g.Unit != ""
			if placed && (l.field == allFields || len(g.Fields) > 0) {
				return true
			}
		}
	}
	return false
}

func allowed(g *Grant, a Action, o *Object) bool {
	if !g.Role.Valid() {
		return false
	}
	if everyones(a) {
		return true
	}
	for _, l := range permissions[g.Role] {
		if slices.Contains(l.actions, a) &&
			l.area.holds(g, o) && l.field.holds(g, o) && l.state.holds(o) {
			return true
		}
	}
	return false
}

func (r areaRule) holds(g *Grant, o *Object) bool {
	switch r {
	case inArea:
		return g.Place != "" && slices.Contains(o.PlacePath, g.Place)
	case inUnit:
		return g.Unit != "" && g.Unit == o.Unit
	}
	return false
}

func (r fieldRule) holds(g *Grant, o *Object) bool {
	return r == allFields || r == ownFields && Covers(g.Fields, o.Field)
}

func (r stateRule) holds(o *Object) bool {
	switch r {
	case always:
		return true
	case beingMade:
		return o.State == Draft || o.State == Returned
	case open:
		return o.State == Draft || o.State == Returned || o.State == Submitted || o.State == Verified
	case toVerify:
		return o.State == Submitted && !o.TwoTier
	case toConfirm:
		return o.State == Verified || o.State == Submitted && o.TwoTier
	case sent:
		return o.State == Submitted || o.State == Verified || o.State == Confirmed || o.State == Closed
	case afterClose:
		return o.State == Closed
	case twoTier:
		return o.TwoTier
	}
	return false
}

// Covers tells whether a list of fields names a field: itself, the criterion it
// is part of ("set/15" covers "set/15.1", not "set/150"), or "*". The empty
// field is covered by nothing.
func Covers(fields []string, field string) bool {
	if field == "" {
		return false
	}
	return slices.ContainsFunc(fields, func(f string) bool {
		return f == "*" || f == field || f != "" && strings.HasPrefix(field, f+".")
	})
}

// Area is a part of the country that a subject may look into.
type Area struct {
	Place  string   // id of the place; all below it belongs to it
	Fields []string // criteria that may be looked at; nil = all
}

// Areas lists where the subject may view communes: the one filter of lists,
// counts, exports and search. Nothing is listed twice; none = sees nothing.
func Areas(s Subject) []Area {
	var out []Area
	for _, g := range s.Grants {
		if g.Place == "" || s.ID == "" {
			continue
		}
		for _, l := range permissions[g.Role] {
			if l.area != inArea || !slices.Contains(l.actions, ViewCommune) {
				continue
			}
			if l.field == allFields {
				out = addArea(out, Area{Place: g.Place})
			} else if len(g.Fields) > 0 {
				out = addArea(out, Area{Place: g.Place, Fields: g.Fields})
			}
		}
	}
	return out
}

// addArea adds an area unless the whole of its place is there already.
func addArea(list []Area, a Area) []Area {
	for i := range list {
		if list[i].Place != a.Place {
			continue
		}
		if list[i].Fields == nil || a.Fields == nil {
			list[i].Fields = nil
			return list
		}
		merged := append(slices.Clone(list[i].Fields), a.Fields...)
		slices.Sort(merged)
		list[i].Fields = slices.Compact(merged)
		return list
	}
	if a.Fields != nil {
		a.Fields = slices.Clone(a.Fields)
	}
	return append(list, a)
}
