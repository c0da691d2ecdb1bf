package account

import (
	"regexp"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
)

// State is what has become of an account.
type State string

// The states of an account.
const (
	Invited  State = "invited"  // its one-time link was not used yet
	Active   State = "active"   // may log in
	Disabled State = "disabled" // may not, and has no session
)

// Vietnamese is the state as screens say it.
func (s State) Vietnamese() string {
	switch s {
	case Invited:
		return "chờ nhận lời mời"
	case Active:
		return "đang dùng"
	case Disabled:
		return "đã khóa"
	}
	return ""
}

// Account is a person's way in.
type Account struct {
	ID     string
	Login  string // 3 to 40 of a-z 0-9 . _ -
	Post   string // what the person is here, shown on pages: "Xã Phù Lưu – người nhập"
	Unit   string // agency the person works for: "ubnd-02392.1"
	State  State
	Demo   bool    // of the demonstration: it works only there
	Grants []Grant // all of them, ended ones too, in the order they begin
}

// Grant is one role of an account with its dates.
type Grant struct {
	ID       string
	Account  string
	Role     authz.Role
	Unit     string   // agency
	Place    string   // commune, district or province
	Fields   []string // criteria, "xa-ntm-2021-2025/15"; "*" = all; only roles that take them
	From     day.Day
	Until    day.Day // last day; day.Forever = open
	Document string  // the decision that gives the role
	HeirOf   string  // the grant that was handed over; "" = none
}

// Holds tells whether the grant is in force on a day.
func (g *Grant) Holds(on day.Day) bool { return g.From <= on && on <= g.Until }

var (
	msgLogin    = fault.Msg{Key: "account.login", Text: "tên đăng nhập có 3 đến 40 ký tự: chữ thường không dấu, chữ số, dấu chấm, gạch nối"}
	msgPost     = fault.Msg{Key: "account.post", Text: "hãy ghi chức danh hoặc vị trí công tác, tối đa 120 ký tự"}
	msgTaken    = fault.Msg{Key: "account.taken", Text: "tên đăng nhập {login} đã có người dùng"}
	msgUnit     = fault.Msg{Key: "account.unit", Text: "không có cơ quan {unit} tại ngày {day}"}
	msgRole     = fault.Msg{Key: "account.role", Text: "hãy chọn vai trò trong danh sách"}
	msgTier     = fault.Msg{Key: "account.tier", Text: "vai trò “{role}” không dùng cho {unit}"}
	msgFields   = fault.Msg{Key: "account.fields", Text: "vai trò “{role}” phải ghi tiêu chí được giao"}
	msgNoFields = fault.Msg{Key: "account.no_fields", Text: "vai trò “{role}” không gắn với tiêu chí"}
	msgDates    = fault.Msg{Key: "account.dates", Text: "ngày kết thúc phải từ ngày bắt đầu trở đi"}
	msgPast     = fault.Msg{Key: "account.past", Text: "không ghi lùi ngày: vai trò kết thúc sớm nhất là hết hôm nay, {day}, vì việc đã làm trước đó vẫn còn giá trị; cần dừng ngay thì khóa tài khoản"}
	msgPastOver = fault.Msg{Key: "account.past_handover", Text: "không bàn giao lùi ngày: người nhận bắt đầu sớm nhất là hôm nay, {day}"}
	msgDocument = fault.Msg{Key: "account.document", Text: "hãy ghi văn bản phân công (số, ngày, cơ quan ban hành), tối đa 200 ký tự"}
	msgUnknown  = fault.Msg{Key: "account.unknown", Text: "không tìm thấy tài khoản này"}
	msgNotGrant = fault.Msg{Key: "account.unknown_grant", Text: "không tìm thấy vai trò này"}
	msgEnded    = fault.Msg{Key: "account.grant_ended", Text: "vai trò này đã kết thúc ngày {day}"}
	msgNotYours = fault.Msg{Key: "account.not_yours", Text: "bạn không quản trị tài khoản này"}
	msgNotSelf  = fault.Msg{Key: "account.not_self", Text: "không tự làm việc này cho tài khoản của mình; hãy nhờ quản trị khác"}
	msgAbove    = fault.Msg{Key: "account.above", Text: "quản trị đơn vị không được giao vai trò “{role}”; hãy đề nghị quản trị tỉnh"}
	msgBeyond   = fault.Msg{Key: "account.beyond", Text: "đơn vị không được giao tiêu chí {field}"}
	msgSame     = fault.Msg{Key: "account.same", Text: "người nhận bàn giao phải là tài khoản khác, cùng cơ quan và đang dùng"}
)

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{2,39}$`)

// checkLogin folds a login to the form it is stored in.
func checkLogin(login string) (string, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	if !loginForm.MatchString(login) {
		return "", fault.New(fault.Invalid, msgLogin).At("ten")
	}
	return login, nil
}

func checkText(text, field string, limit int, msg fault.Msg) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" || len([]rune(text)) > limit {
		return "", fault.New(fault.Invalid, msg).At(field)
	}
	return text, nil
}

// stands lists the grants that hold on a day as authz takes them. Grants that
// began later or ended before give nothing.
func stands(grants []Grant, on day.Day) []authz.Grant {
	var out []authz.Grant
	for i := range grants {
		g := &grants[i]
		if g.Role.Valid() && g.Holds(on) {
			out = append(out, authz.Grant{Role: g.Role, Place: g.Place, Unit: g.Unit, Fields: g.Fields})
		}
	}
	return out
}

// delegable tells whether a unit's own administrator may give a role.
func delegable(r authz.Role) bool {
	return r.Valid() && !r.Administers() && !r.NeedsSecondFactor()
}
