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

var (
	msgEmpty     = fault.Msg{Key: "place.empty", Text: "chưa ghi tên hoặc mã địa bàn"}
	msgUnknown   = fault.Msg{Key: "place.unknown", Text: "không tìm thấy địa bàn “{text}”{where} tại ngày {day}{hint}"}
	msgCode      = fault.Msg{Key: "place.unknown_code", Text: "không có địa bàn mã {code}{where} tại ngày {day}{hint}"}
	msgAmbiguous = fault.Msg{Key: "place.ambiguous", Text: "“{text}” có {count} địa bàn cùng tên: {list}; hãy ghi mã"}
	msgLevel     = fault.Msg{Key: "place.level", Text: "“{text}” là {label}, không phải đơn vị {level}"}
)

// maxText bounds the bytes of a name; longer text is no name.
const maxText = 300

// query is one question to Resolve.
type query struct {
	text, province string
	on             day.Day
	levels         []Level
	tree           *Tree
	there          bool // the name or code is there on the day, whatever the qualifiers say
}

// Resolve finds the place a person named, by code (02608), by id (02608.2) or by
// name, on a day and inside the province with the two-digit code ("" = all).
// A name may stand with the word of its kind or an abbreviation of it (xã, P.,
// TT), in any case and tone placement, with or without diacritics; an exact name
// wins over one without diacritics. What follows a comma or stands in brackets
// must name the place, its code or a place above it ("Tân Tiến, Yên Sơn").
//
// Without levels every level is searched and the lowest one that has the name
// wins. Homonyms are an error of code Conflict that lists the candidates; an
// unknown name or code is NotFound with the nearest ones, with what became of a
// place of another day, or with the province it lies in.
func (r *Register) Resolve(text, province string, on day.Day, levels ...Level) (Unit, error) {
	q := query{text: strings.TrimSpace(text), province: province, on: on, levels: levels, tree: r.At(on)}
	if err := r.Covers(on); err != nil {
		return Unit{}, err
	}
	if province != "" {
		if _, err := r.Province(province, on); err != nil {
			return Unit{}, err
		}
	}
	head, qualifiers := split(q.text)
	if head == "" {
		return Unit{}, fault.New(fault.Invalid, msgEmpty)
	}
	var list []*Unit
	switch {
	case len(q.text) > maxText:
	case digitsOnly(head) || isID(head):
		list = q.byCode(head)
	default:
		list = q.tree.index(province).find(head)
	}
	q.there = len(list) > 0
	list = slices.DeleteFunc(slices.Clone(list), func(u *Unit) bool { return !q.qualified(u, qualifiers) })
	return r.choose(q, head, list)
}

// split parts a name from what follows a comma, a spaced hyphen or a bracket.
func split(text string) (head string, qualifiers []string) {
	text = strings.NewReplacer("(", ",", ")", ",", ";", ",", " - ", ",", " – ", ",").Replace(text)
	for i, part := range strings.Split(text, ",") {
		part = strings.TrimSpace(part)
		switch {
		case i == 0:
			head = part
		case part != "":
			qualifiers = append(qualifiers, part)
		}
	}
	return head, qualifiers
}

func isID(text string) bool {
	_, _, _, ok := splitID(text)
	return ok
}

// byCode is the place with a code or id, if it lies in the province.
func (q query) byCode(text string) []*Unit {
	u := q.tree.byCode[text]
	if isID(text) {
		u = q.tree.byID[text]
	}
	if u == nil || q.province != "" && u.Province != q.province {
		return nil
	}
	return []*Unit{u}
}

// qualified tells whether every qualifier names the place or one above it.
func (q query) qualified(u *Unit, qualifiers []string) bool {
	for _, text := range qualifiers {
		ok := false
		for up := u; up != nil && !ok; up = q.tree.byID[up.ParentID] {
			ok = named(up, text)
		}
		if !ok {
			return false
		}
	}
	return true
}

// choose takes the one place of the wanted level, or explains.
func (r *Register) choose(q query, head string, list []*Unit) (Unit, error) {
	if len(list) == 0 {
		return Unit{}, r.missing(q, head)
	}
	var fit []*Unit
	lowest := Level(0)
	for _, u := range list {
		if len(q.levels) == 0 || slices.Contains(q.levels, u.Level) {
			fit, lowest = append(fit, u), max(lowest, u.Level)
		}
	}
	if len(fit) == 0 {
		words := make([]string, len(q.levels))
		for i, l := range q.levels {
			words[i] = l.String()
		}
		return Unit{}, fault.New(fault.Invalid, msgLevel, "text", clip(q.text), "label", list[0].Label(), "level", strings.Join(words, ", "))
	}
	fit = slices.DeleteFunc(fit, func(u *Unit) bool { return u.Level != lowest })
	if len(fit) == 1 {
		return *fit[0], nil
	}
	labels := make([]string, len(fit))
	for i, u := range fit {
		labels[i] = q.tree.placed(u)
	}
	return Unit{}, fault.New(fault.Conflict, msgAmbiguous, "text", clip(q.text), "count", strconv.Itoa(len(fit)),
		"list", strings.Join(labels, "; "))
}

// placed is a label with the place directly above:
// "xã Tân Tiến, huyện Yên Sơn (02464)".
func (t *Tree) placed(u *Unit) string {
	if up := t.byID[u.ParentID]; up != nil {
		return u.Title() + ", " + up.Title() + " (" + u.Code + ")"
	}
	return u.Label()
}

// missing says what became of a name or code that is not there on the day, in
// which province it is, or what is nearest to it.
func (r *Register) missing(q query, head string) error {
	where := ""
	if p := q.tree.byCode[q.province]; p != nil {
		where = " trong " + p.Title()
	}
	isCode, beyond := digitsOnly(head) || isID(head), ""
	if len(q.text) <= maxText && !q.there {
		rows := r.otherDays(q, head)
		beyond = q.beyond(head)
		if beyond != "" {
			rows = slices.DeleteFunc(rows, func(u *Unit) bool { return !r.native(q, u) })
		}
		if len(rows) > 0 && isCode {
			return r.elsewhen(q, rows)
		}
		if len(rows) > 0 {
			return r.namesakes(q, head, rows)
		}
		if err := r.formerly(q, head); err != nil && !isCode {
			return err
		}
	}
	if isCode {
		return fault.New(fault.NotFound, msgCode, "code", clip(head), "where", where, "day", q.on.Vietnamese(),
			"hint", cmp.Or(beyond, hint(r.nearCodes(head, q.province, q.on))))
	}
	return fault.New(fault.NotFound, msgUnknown, "text", clip(q.text), "where", where, "day", q.on.Vietnamese(),
		"hint", cmp.Or(beyond, hint(r.Near(head, q.province, q.on))))
}

// Near is at most three places of the day whose names look most like a text,
// the nearest first: what to offer when Resolve finds none.
func (r *Register) Near(text, province string, on day.Day) []Unit {
	if len(text) > maxText {
		return nil
	}
	return r.At(on).index(province).near(text)
}

// Candidates is every place of the day a text may mean: what to offer when
// Resolve finds several.
func (r *Register) Candidates(text, province string, on day.Day) []Unit {
	if len(text) > maxText {
		return nil
	}
	head, qualifiers := split(strings.TrimSpace(text))
	q := query{province: province, on: on, tree: r.At(on)}
	var list []Unit
	for _, u := range append(q.byCode(head), q.tree.index(province).find(head)...) {
		if q.qualified(u, qualifiers) {
			list = append(list, *u)
		}
	}
	return list
}

// clip shortens a text a person typed, for messages.
func clip(text string) string {
	const most = 60
	runes := []rune(vntext.NFC(text))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most]) + "…"
}
