package place

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

// maxNamesakes is how many places of one name a message lists.
const maxNamesakes = 5

var (
	msgEnded     = fault.Msg{Key: "place.ended", Text: "mã {code} {title} đã kết thúc từ {day}{heirs}"}
	msgNotYet    = fault.Msg{Key: "place.not_yet", Text: "{title} chỉ có từ {day} (mã {code})"}
	msgRenamed   = fault.Msg{Key: "place.renamed", Text: "{old} đã đổi thành {new} từ {day}"}
	msgNamesakes = fault.Msg{Key: "place.namesakes", Text: "“{text}” từng là tên của {count} địa bàn, tại ngày {day} không còn: {list}"}
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

// namesakes explains rows of other days that bear a name: as elsewhen for one
// place, else what became of each of the places that had it before the day. A
// place that went into another one of the list is left out.
func (r *Register) namesakes(q query, text string, rows []*Unit) error {
	last := map[string]*Unit{}
	for _, u := range rows {
		if u.To < q.on {
			last[u.ID] = u
		}
	}
	var gone []*Unit
	for _, u := range rows {
		heir := func(h Heir) bool { return h.Unit.ID != u.ID && last[h.Unit.ID] != nil }
		if last[u.ID] == u && !slices.ContainsFunc(r.heirsUntil(u, q.on), heir) {
			gone = append(gone, u)
		}
	}
	if len(gone) < 2 {
		return r.elsewhen(q, rows)
	}
	list := make([]string, 0, maxNamesakes+1)
	for i, u := range gone {
		if i == maxNamesakes {
			list = append(list, "và "+strconv.Itoa(len(gone)-i)+" địa bàn khác")
			break
		}
		list = append(list, r.fate(u, q.on))
	}
	return fault.New(fault.NotFound, msgNamesakes, "text", clip(text), "count", strconv.Itoa(len(gone)),
		"day", q.on.Vietnamese(), "list", strings.Join(list, "; "))
}

// heirsUntil is every place that descends from a row, on each day of change from
// its end to the given day.
func (r *Register) heirsUntil(u *Unit, on day.Day) []Heir {
	var list []Heir
	for _, d := range r.Changes() {
		if u.To < d && d <= on {
			list = append(list, r.Successors(u.ID, d)...)
		}
	}
	return list
}

// fate is what became of a row that no longer holds on a day.
func (r *Register) fate(u *Unit, on day.Day) string {
	text := r.At(u.To).placed(u)
	if u.Ended > u.To {
		now, _ := r.Unit(u.ID, u.To+1)
		return text + " đã đổi thành " + now.Label() + " từ " + now.From.Vietnamese()
	}
	return text + " đã kết thúc từ " + (u.Ended + 1).Vietnamese() + r.became(u, on)
}

// native tells whether a row of another day tells of the province itself: it
// ended before the day, or descends from places of the province.
func (r *Register) native(q query, u *Unit) bool {
	if u.To < q.on {
		return true
	}
	if u.Level == Province {
		return false
	}
	heirs := r.Predecessors(u.ID, q.on)
	if len(heirs) == 0 {
		return u.Province == q.province
	}
	return slices.ContainsFunc(heirs, func(h Heir) bool { return h.Unit.Province == q.province })
}

// beyond says in which other provinces a name or code is on the day:
// "; xã Phù Lưu (02392) thuộc tỉnh Tuyên Quang (08)".
func (q query) beyond(head string) string {
	if q.province == "" {
		return ""
	}
	all := q
	all.province = ""
	units := all.byCode(head)
	if !digitsOnly(head) && !isID(head) {
		units = q.tree.index("").find(head)
	}
	var list []string
	more := 0
	for _, u := range units {
		top := q.tree.byCode[u.Province]
		switch {
		case u.Province == q.province, len(q.levels) > 0 && !slices.Contains(q.levels, u.Level):
		case len(list) == maxNear:
			more++
		case u == top:
			list = append(list, u.Title()+" mang mã "+u.Code)
		default:
			list = append(list, u.Label()+" thuộc "+top.Label())
		}
	}
	if more > 0 {
		list = append(list, "còn "+strconv.Itoa(more)+" địa bàn cùng tên ở tỉnh khác")
	}
	if len(list) == 0 {
		return ""
	}
	return "; " + strings.Join(list, ", ")
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
