package request

import (
	"encoding/json"
	"fmt"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
)

// State is what has become of a request.
type State string

// The states.
const (
	Asked    State = "asked"    // chờ Văn phòng UBND tỉnh
	Given    State = "given"    // đã giao
	Declined State = "declined" // không giao
)

// Vietnamese is the state as screens say it.
func (s State) Vietnamese() string {
	switch s {
	case Asked:
		return "chờ Văn phòng UBND tỉnh giao"
	case Given:
		return "đã giao"
	case Declined:
		return "không giao"
	}
	return ""
}

// Request is a duty that was asked for.
type Request struct {
	ID       string
	State    State
	Place    string  // id of a commune, district; "" = not about a place
	Field    string  // "xa-ntm-2021-2025/15.1"; "" = not about a criterion
	Page     string  // path of the page it was asked from
	Words    string  // what is to be done
	Agency   string  // who is to do it; "" = not said
	Due      day.Day // day.None = not said
	Unit     string  // in whose name it was asked
	By       string  // account
	On       day.Day
	Reason   string // why it was declined
	Document string // under which it was given
	Entry    int64
}

// Ask is the command that writes a draft.
type Ask struct {
	Place, Field, Page string
	Words              string
	Agency             string
	Due                day.Day
}

// Give is the command that turns a draft into a task. Seen is the draft's entry
// as the person saw it.
type Give struct {
	ID     string
	Seen   int64
	Words  string
	Agency string
	Due    day.Day
}

// Decline is the command that says no.
type Decline struct {
	ID     string
	Seen   int64
	Reason string
}

// Command is the journal's entry for the command.
func (c *Ask) Command(actor string) (db.Command, error) {
	return command(actor, "request.ask", map[string]string{"place": c.Place, "field": c.Field, "agency": c.Agency})
}

// Command is the journal's entry for the command.
func (c *Give) Command(actor string) (db.Command, error) {
	return command(actor, "request.give", map[string]string{"request": c.ID, "agency": c.Agency})
}

// Command is the journal's entry for the command.
func (c *Decline) Command(actor string) (db.Command, error) {
	return command(actor, "request.decline", map[string]string{"request": c.ID})
}

func command(actor, name string, body map[string]string) (db.Command, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return db.Command{}, fmt.Errorf("request: body of %s: %w", name, err)
	}
	return db.Command{Actor: actor, Name: name, Body: text}, nil
}

// Bounds of texts, in characters.
const (
	mostWords  = 2000
	mostReason = 500
	mostPage   = 300
)

var (
	msgWords    = fault.Msg{Key: "request.words", Text: "hãy ghi việc cần làm, tối đa 2.000 ký tự"}
	msgAgency   = fault.Msg{Key: "request.agency", Text: "hãy chọn đơn vị thực hiện trong danh sách"}
	msgDue      = fault.Msg{Key: "request.due", Text: "thời hạn phải từ hôm nay, {day}, trở đi"}
	msgReason   = fault.Msg{Key: "request.reason", Text: "hãy ghi lý do không giao, tối đa 500 ký tự"}
	msgObject   = fault.Msg{Key: "request.object", Text: "không có địa bàn hoặc tiêu chí này; hãy mở lại từ trang của xã hoặc tiêu chí"}
	msgNone     = fault.Msg{Key: "request.none", Text: "không tìm thấy đề nghị giao việc này"}
	msgNotYours = fault.Msg{Key: "request.not_yours", Text: "tài khoản này không được đề nghị giao việc ở đây; hãy chuyển ý kiến đến Văn phòng UBND tỉnh"}
	msgOffice   = fault.Msg{Key: "request.not_office", Text: "việc giao nhiệm vụ là của Văn phòng UBND tỉnh"}
	msgDone     = fault.Msg{Key: "request.done", Text: "đề nghị này vừa được xử lý: {state}; hãy tải lại trang"}
)

// text checks a text that a person wrote.
func text(s, field string, most int, msg fault.Msg) (string, *fault.Error) {
	s = strings.TrimSpace(s)
	if s == "" || len([]rune(s)) > most || strings.ContainsRune(s, 0) {
		return s, fault.New(fault.Invalid, msg).At(field)
	}
	return s, nil
}

// pageOf keeps the path of a page of this site, "" for anything else.
func pageOf(path string) string {
	if len(path) > mostPage || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") ||
		strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7F }) {
		return ""
	}
	return path
}
