package reading

import (
	"strings"

	"giuchuan/internal/register/place"
)

var placeKinds = words("xã|phường|thị trấn|huyện|thành phố|thị xã|đặc khu")

// objects is the places a duty names that are not part of an agency's name: "đồ
// án quy hoạch … xã Phù Lưu, xã Thái Sơn". They are looked for inside the
// province only; the same name may exist elsewhere.
func (r *reader) objects(s string) []Object {
	list := tokens(s)
	out := []Object{}
	kind, depth := "", 0
	for i := 0; i < len(list); {
		n := placeKinds.longest(list, i)
		switch {
		case n > 0 && i+n < len(list) && (list[i+n].capital && !list[i+n].mark || list[i+n].low == ":"):
			kind, depth = strings.ToLower(s[list[i].start:list[i+n-1].end]), list[i].depth
			if committeeBefore(list, i) {
				kind = ""
			}
			i += n
			if i < len(list) && list[i].low == ":" {
				i++
			}
		case kind != "" && i > 0 && list[i].capital && !list[i].mark && list[i].depth == depth && separates(list[i-1].low):
		default:
			if !separates(list[i].low) {
				kind = ""
			}
			i++
			continue
		}
		end := i
		for end < len(list) && list[end].capital && !list[end].mark {
			end++
		}
		if kind != "" && end > i {
			out = r.object(out, kind+" "+s[list[i].start:list[end-1].end])
		}
		i = max(end, i+1)
	}
	return out
}

func separates(low string) bool { return low == "," || low == "và" || low == ";" }

// committeeBefore tells whether a place is part of the name of its committee.
func committeeBefore(list []token, i int) bool {
	for k := i - 1; k >= 0 && k >= i-6; k-- {
		if list[k].mark {
			return false
		}
		switch list[k].low {
		case "ubnd", "dân", "hđnd", "ủy", "đảng":
			return true
		}
	}
	return false
}

const maxObjects = 60

// object adds a place once.
func (r *reader) object(out []Object, name string) []Object {
	for _, o := range out {
		if o.Text == name {
			return out
		}
	}
	if len(out) >= maxObjects || len(name) > 100 {
		return out
	}
	o := Object{Text: name, Name: name}
	if r.dir.foreign || r.dir.places == nil {
		return append(out, o)
	}
	if r.dir.asked++; r.dir.asked > 2*maxAsked {
		return append(out, o)
	}
	u, err := r.dir.places.Resolve(name, r.dir.province, r.dir.on, place.District, place.Commune)
	if err != nil {
		return append(out, o)
	}
	tree := r.dir.places.At(r.dir.on)
	o.Place, o.Name = text(u.ID), tree.Address(u.ID)
	if above, ok := tree.Unit(u.ParentID); ok && above.Level == place.District {
		o.Within = text(above.ID)
	}
	return append(out, o)
}
