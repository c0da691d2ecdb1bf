package place

import (
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

var (
	msgTooEarly = fault.Msg{Key: "place.too_early", Text: "danh mục địa bàn chỉ có từ {first}, không tra được tại ngày {day}"}
	msgNoDay    = fault.Msg{Key: "place.no_day", Text: "chưa ghi ngày cần tra; danh mục địa bàn chỉ có từ {first}"}
	msgProvince = fault.Msg{Key: "place.province", Text: "không có tỉnh mã “{code}” trong danh mục tại ngày {day}; {accepted}{hint}"}
)

// Covers refuses a day before the first day of the register, of which nothing
// can be said, with an error of code NotFound; day.None is Invalid.
func (r *Register) Covers(on day.Day) error {
	switch {
	case on == day.None:
		return fault.New(fault.Invalid, msgNoDay, "first", r.First().Vietnamese())
	case on < r.First():
		return fault.New(fault.NotFound, msgTooEarly, "first", r.First().Vietnamese(), "day", on.Vietnamese())
	}
	return nil
}

// Province is the province that bears a two-digit code on a day. A day that the
// register does not cover is refused as by Covers. A code that no province bears
// is an error of code NotFound that names the accepted ones, or says what became
// of the province.
func (r *Register) Province(code string, on day.Day) (Unit, error) {
	if err := r.Covers(on); err != nil {
		return Unit{}, err
	}
	tree := r.At(on)
	if u := tree.byCode[code]; u != nil && u.Level == Province {
		return *u, nil
	}
	if rows := r.byCode[code]; len(rows) > 0 && rows[0].Level == Province {
		return Unit{}, r.elsewhen(query{on: on, tree: tree}, rows)
	}
	near := ""
	if u := tree.byCode["0"+code]; u != nil && u.Level == Province {
		near = hint([]Unit{*u})
	}
	return Unit{}, fault.New(fault.NotFound, msgProvince, "code", clip(code), "day", on.Vietnamese(),
		"accepted", r.accepted(), "hint", near)
}

// accepted names the codes of provinces: all of a register of few, each with
// its last day, or what they look like.
func (r *Register) accepted() string {
	const few = 5
	var codes []string
	for code := range r.byCode {
		if level, _ := levelOfCode(code); level == Province {
			codes = append(codes, code)
		}
	}
	if len(codes) > few {
		return "mã tỉnh là hai chữ số như 01, 08"
	}
	slices.Sort(codes)
	for i, code := range codes {
		rows := r.byCode[code]
		last := rows[len(rows)-1]
		codes[i] += " (" + last.Title()
		if last.To != day.Forever {
			codes[i] += ", đến " + last.To.Vietnamese()
		}
		codes[i] += ")"
	}
	return "danh mục này có mã " + strings.Join(codes, ", ")
}
