package place

import (
	"cmp"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

var (
	msgEnded   = fault.Msg{Key: "place.ended", Text: "mã {code} {title} đã kết thúc từ {day}{heirs}"}
	msgNotYet  = fault.Msg{Key: "place.not_yet", Text: "mã {code} {title} chỉ có từ {day}"}
	msgRenamed = fault.Msg{Key: "place.renamed", Text: "{old} đã đổi thành {new} từ {day}"}
)

// otherDays is the rows of other days that a code or name fits, in the province
// or in one that went into it, in time order.
func (r *Register) otherDays(q query, text string) []*Unit {
	if id := isID(text); id || digitsOnly(text) {
		rows := r.byCode[text]
		if id {
			rows = r.byID[text]
		}
		return r.inFamily(q, rows)
	}
	var rows []*Unit
	key, folded := canonKey(text), vntext.SearchKey(text)
	for i := range r.units {
		u := &r.units[i]
		if !u.Holds(q.on) && strings.HasSuffix(folded, vntext.SearchKey(u.Name)) && namedExactly(u, key) {
			rows = append(rows, u)
		}
	}
	slices.SortStableFunc(rows, func(a, b *Unit) int { return cmp.Compare(a.From, b.From) })
	return r.inFamily(q, rows)
}

func namedExactly(u *Unit, key string) bool {
	for _, name := range spellings(u) {
		if canonKey(name) == key {
			return true
		}
	}
	return false
}

// inFamily keeps the rows of the province and of those it came from or went to,
// and of the wanted levels.
func (r *Register) inFamily(q query, rows []*Unit) []*Unit {
	family := map[string]bool{q.province: true}
	if p := q.tree.byCode[q.province]; p != nil {
		for _, edges := range [][]Edge{
			r.trace(p.ID, r.to, func(e Edge) string { return e.Old }),
			r.trace(p.ID, r.from, func(e Edge) string { return e.New }),
		} {
			for _, e := range edges {
				for _, id := range []string{e.Old, e.New} {
					code, _, _ := strings.Cut(id, ".")
					family[code] = true
				}
			}
		}
	}
	var list []*Unit
	for _, u := range rows {
		if (q.province == "" || family[u.Province]) && !u.Holds(q.on) &&
			(len(q.levels) == 0 || slices.Contains(q.levels, u.Level)) {
			list = append(list, u)
		}
	}
	return list
}

// elsewhen explains rows of other days, given in time order: the last one that
// ended before the day, else the first one that begins after it.
func (r *Register) elsewhen(q query, rows []*Unit) error {
	u := rows[0]
	for _, row := range rows {
		if row.To < q.on {
			u = row
		}
	}
	if u.From > q.on {
		return fault.New(fault.NotFound, msgNotYet, "code", u.Code, "title", u.Title(), "day", u.From.Vietnamese())
	}
	if u.Ended > u.To {
		now, _ := r.Unit(u.ID, u.To+1)
		return fault.New(fault.NotFound, msgRenamed, "old", u.Label(), "new", now.Label(), "day", now.From.Vietnamese())
	}
	return fault.New(fault.NotFound, msgEnded, "code", u.Code, "title", u.Title(), "day", (u.Ended + 1).Vietnamese(),
		"heirs", r.became(u, q.on))
}

// became says where a place that ended went, and where that is on a later day.
func (r *Register) became(u *Unit, on day.Day) string {
	first := r.Successors(u.ID, u.Ended+1)
	if len(first) == 0 {
		if u.Level == District {
			return ", không còn cấp huyện"
		}
		return ""
	}
	verb := ", chia vào "
	if first[0].Whole {
		verb = ", nhập vào "
	}
	text := verb + labels(first)
	if later := r.Successors(u.ID, on); labels(later) != labels(first) && len(later) > 0 {
		text += ", ngày " + on.Vietnamese() + " thuộc " + labels(later)
	}
	return text
}

func labels(heirs []Heir) string {
	list := make([]string, len(heirs))
	for i, h := range heirs {
		list[i] = h.Unit.Label()
	}
	return strings.Join(list, ", ")
}

// formerly explains a name from before the register's first day.
func (r *Register) formerly(q query, text string) error {
	key := canonKey(text)
	for _, u := range q.tree.index(q.province).units {
		rows := r.byCode[u.Code]
		if rows[0].ID != u.ID {
			continue
		}
		for _, f := range r.formers[u.Code] {
			if slices.ContainsFunc(forms(f.Kind, f.Name), func(s string) bool { return canonKey(s) == key }) {
				return fault.New(fault.NotFound, msgRenamed, "old", strings.TrimSpace(f.Kind.String()+" "+f.Name),
					"new", u.Label(), "day", (f.Until + 1).Vietnamese())
			}
		}
	}
	return nil
}
