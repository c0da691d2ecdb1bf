package place

import (
	"strconv"
	"strings"
)

// drawingError is the percentage below which an estimated share is inside the
// error of the drawings.
const drawingError = 5

// Sentence is one line of lineage as a person reads it, without a full stop:
// "01/09/2024: toàn bộ xã Vân Sơn (02593) nhập vào xã Hồng Sơn (02608), theo
// Nghị quyết 1106/NQ-UBTVQH15". The places have the names they had on the day. A share of
// the area is told only where it is known.
func (e Edge) Sentence(reg *Register) string {
	old := Unit{Code: e.Old}
	if u, ok := reg.Unit(e.Old, e.Date-1); ok {
		old = u
	}
	text := e.Date.Vietnamese() + ": "
	switch e.Event {
	case Ended:
		text += old.Label() + " kết thúc" + e.released(reg, old)
	case Unchanged:
		text += e.kept(reg, old)
	default:
		text += e.moved(reg, old)
	}
	if e.Decree == "" {
		return text
	}
	decree := e.Decree
	if strings.Contains(decree, "/NQ-") {
		decree = "Nghị quyết " + decree
	}
	return text + ", theo " + strings.TrimSpace(spellClause(e.Clause)+" "+decree)
}

// released says where the communes of a district that ended went.
func (e Edge) released(reg *Register, old Unit) string {
	last := reg.At(e.Date - 1)
	top := reg.Successors(old.ParentID, e.Date)
	if len(top) == 0 || len(last.Communes(old.ID)) == 0 {
		return ""
	}
	words := "các xã"
	switch old.Kind {
	case Quan:
		words = "các phường"
	case ThiXa, ThanhPho:
		words = "các xã, phường"
	}
	return ", " + words + " về " + top[0].Unit.Label()
}

// kept tells of a place that went on, and what it has been called or belongs to
// since.
func (e Edge) kept(reg *Register, old Unit) string {
	text := old.Label() + " giữ nguyên"
	young, ok := reg.Unit(e.New, e.Date)
	if !ok {
		return text
	}
	if young.Title() != old.Title() {
		text += ", viết là " + young.Title()
		if young.Kind != old.Kind || canonKey(young.Name) != canonKey(old.Name) {
			text = old.Label() + " đổi thành " + young.Title()
		}
	}
	if up, ok := reg.Unit(young.ParentID, e.Date); ok && young.ParentID != old.ParentID {
		text += ", trực thuộc " + up.Label()
	}
	return text
}

// moved tells of a place that went wholly or in part into another one.
func (e Edge) moved(reg *Register, old Unit) string {
	young := Unit{Code: e.New}
	if u, ok := reg.Unit(e.New, e.Date); ok {
		young = u
	}
	text := "toàn bộ " + old.Label()
	if !e.Whole {
		text = "một phần " + old.Label() + share(e.Percent)
	}
	text += " nhập vào " + young.Label()
	if young.Label() == old.Label() {
		text += " mới"
	}
	return text
}

// share is the estimated share in a sentence, nothing where it is unknown.
func share(percent int) string {
	switch {
	case percent <= 0:
		return ""
	case percent < drawingError:
		return ", ước dưới " + strconv.Itoa(drawingError) + "% diện tích,"
	}
	return ", ước " + strconv.Itoa(percent) + "% diện tích,"
}

// spellClause writes "Đ1 k106" as "khoản 106 Điều 1"; any other form stays.
func spellClause(clause string) string {
	article, point, ok := strings.Cut(clause, " ")
	a, okA := strings.CutPrefix(article, "Đ")
	k, okK := strings.CutPrefix(point, "k")
	if ok && okA && okK && digitsOnly(a) && digitsOnly(k) {
		return "khoản " + k + " Điều " + a
	}
	return strings.TrimSpace(clause)
}
