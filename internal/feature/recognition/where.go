package recognition

import (
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/register/place"
)

var (
	msgNoCommune = fault.Msg{Key: "recognition.no_commune", Text: "chưa ghi mã xã hoặc tên xã"}
	msgWhichDay  = fault.Msg{Key: "recognition.which_day", Text: "mã {code} có {count} đơn vị mang theo thời gian ({list}); ghi ngày hoặc năm công nhận, hoặc ghi mã định danh"}
	msgOtherName = fault.Msg{Key: "recognition.other_name", Text: "mã {code} tại ngày {day} là {label}, không phải “{name}”; sửa mã hoặc tên"}
	msgNotXa     = fault.Msg{Key: "recognition.not_xa", Text: "{label} không phải là xã khi được công nhận; chỉ xã có mức công nhận này"}
	msgEndedUnit = fault.Msg{Key: "recognition.unit_ended", Text: "{label} đã kết thúc ngày {day}, trước khi được công nhận"}
)

// readPlace finds the commune and checks that it was a xã when recognised.
func (w *row) readPlace() {
	t := &w.title
	code, name := "", w.text(colName)
	if f := w.cells.Cell(colCode).RefuseCode(); f != nil {
		w.faults = append(w.faults, f)
		return
	}
	if code = w.text(colCode); code == "" && name == "" {
		w.refuse(colCode, msgNoCommune)
		return
	}
	timeless := w.codesOn == day.None && t.Precision == NoDate && t.From == day.None
	switch {
	case !timeless:
		w.readDated(code, name)
	case len(w.faults) == 0: // a bad date is refused already
		w.readTimeless(code, name)
	}
	if t.Place != "" {
		w.checkKind()
	}
}

// recognisedOn is the day at which names and codes of the row are meant.
func (t *Title) recognisedOn() day.Day {
	if t.Precision == YearOnly {
		return day.Of(t.DecidedOn.Year(), 12, 31)
	}
	if t.Precision == NoDate {
		return t.From
	}
	return t.DecidedOn
}

// readDated resolves code or name at the day of the decision, or of the codes.
func (w *row) readDated(code, name string) {
	on := w.codesOn
	if on == day.None {
		on = max(w.title.recognisedOn(), w.places.First())
	}
	text, column := code, colCode
	if text == "" {
		text, column = name, colName
		if district := w.text(colDistrict); district != "" {
			text += ", " + district
		}
	}
	u, err := w.resolve(text, on)
	if err != nil {
		w.fail(column, err)
		return
	}
	w.take(u, code, name, on)
}

// readTimeless takes an id, a code that only one place ever bore, or a name of
// the first day of the register: nothing in the row says which day is meant.
func (w *row) readTimeless(code, name string) {
	if u, ok := w.places.Latest(code); ok {
		w.take(u, code, name, min(u.Ended, u.To))
		return
	}
	bearers := w.places.Bearers(code)
	switch len(bearers) {
	case 0:
		w.readDated(code, name)
		return
	case 1:
		w.take(bearers[0], code, name, bearers[0].Began)
		return
	}
	labels := make([]string, len(bearers))
	for i, u := range bearers {
		labels[i] = u.Title() + " (" + u.ID + ")"
	}
	w.refuse(colCode, msgWhichDay, "code", code, "count", strconv.Itoa(len(bearers)), "list", strings.Join(labels, ", "))
}

// take keeps the place if the row's name, where there is one, is one of its own.
func (w *row) take(u place.Unit, code, name string, on day.Day) {
	if code != "" && name != "" && !w.named(u, name, on) {
		w.refuse(colName, msgOtherName, "code", code, "day", on.Vietnamese(), "label", u.Label(), "name", fault.Clip(name))
		return
	}
	w.title.Place = u.ID
}

// named tells whether a text names a place on a day, or before the register.
func (w *row) named(u place.Unit, name string, on day.Day) bool {
	if slices.ContainsFunc(w.places.Candidates(name, u.Province, on), func(c place.Unit) bool { return c.ID == u.ID }) {
		return true
	}
	return slices.ContainsFunc(w.places.Formers(u.ID), func(f place.Former) bool {
		return vntext.EqualFold(f.Name, name) || vntext.EqualFold(f.FullName, name)
	})
}

// resolve looks in the province, then in those that became it or that it became.
func (w *row) resolve(text string, on day.Day) (place.Unit, error) {
	u, err := w.places.Resolve(text, w.province, on, place.Commune)
	if err == nil || w.province == "" || fault.Is(err, fault.Conflict) {
		return u, err
	}
	for _, p := range w.family(on) {
		if u, other := w.places.Resolve(text, p, on, place.Commune); other == nil {
			return u, nil
		}
	}
	return u, err
}

func (w *row) family(on day.Day) []string {
	var codes []string
	for _, p := range w.places.Bearers(w.province) {
		for _, heir := range append(w.places.Predecessors(p.ID, on), w.places.Successors(p.ID, on)...) {
			codes = append(codes, heir.Unit.Code)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// checkKind refuses a place that was no xã when it was recognised, or no more.
func (w *row) checkKind() {
	t := &w.title
	u, _ := w.places.Latest(t.Place)
	on := t.recognisedOn()
	if t.Precision == YearOnly {
		on = min(on, u.Ended) // recognised in its last year
	}
	switch {
	case t.Precision != NoDate && t.DecidedOn > u.Ended:
		w.refuse(colCode, msgEndedUnit, "label", u.Label(), "day", u.Ended.Vietnamese())
	case !wasXa(w.places, t.Place, on):
		w.refuse(colCode, msgNotXa, "label", u.Label())
	}
}

// wasXa tells whether a place was a xã on a day, also before the register; with
// day.None whether it ever was.
func wasXa(places *place.Register, id string, on day.Day) bool {
	for _, f := range places.Formers(id) {
		if on <= f.Until && (on != day.None || f.Kind == place.Xa) {
			return f.Kind == place.Xa || f.Kind == 0
		}
	}
	versions := places.Versions(id)
	if on == day.None {
		return slices.ContainsFunc(versions, place.Unit.IsXa)
	}
	for _, u := range versions {
		if on <= u.To {
			return u.IsXa()
		}
	}
	return false
}
