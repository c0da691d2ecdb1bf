package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

var (
	msgNotFound = fault.Msg{Key: "web.not_found", Text: "không có trang nào ở địa chỉ này"}
	msgMethod   = fault.Msg{Key: "web.method", Text: "địa chỉ này không nhận thao tác vừa gửi"}
	msgHost     = fault.Msg{Key: "web.host", Text: "máy chủ này không nhận tên miền vừa dùng; hãy mở đúng địa chỉ được in khi khởi động, như http://127.0.0.1:8080"}
	msgCross    = fault.Msg{Key: "web.cross_site", Text: "yêu cầu đến từ một trang khác nên không được thực hiện"}
	msgDenied   = fault.Msg{Key: "web.denied", Text: "tài khoản này không được giao việc đó"}
	msgTooBig   = fault.Msg{Key: "web.too_big", Text: "nội dung gửi lên vượt quá {limit}"}
	msgBadBody  = fault.Msg{Key: "web.bad_body", Text: "không đọc được nội dung gửi lên"}
	msgBadText  = fault.Msg{Key: "web.bad_text", Text: "nội dung gửi lên có ký tự không hợp lệ"}
	msgTooMany  = fault.Msg{Key: "web.too_many", Text: "đã thử quá nhiều lần; hãy đợi {wait} rồi thử lại"}
	msgTimeout  = fault.Msg{Key: "web.timeout", Text: "máy chủ bận, chưa trả lời kịp"}
)

// problem is an error with the HTTP status of its answer, where the code of a fault does not say it.
type problem struct {
	said   *fault.Error
	status int
	after  time.Duration // when to try again; 0 = not said
}

func (e problem) Error() string { return e.said.Error() }
func (e problem) Unwrap() error { return e.said }

// TooMany is the error of a person or a machine that tries too often: 429, with the time to wait.
func TooMany(after time.Duration) error {
	seconds := max(1, int((after+time.Second-1)/time.Second))
	wait := strconv.Itoa(seconds) + " giây"
	if seconds > 90 {
		wait = strconv.Itoa((seconds+59)/60) + " phút"
	}
	return problem{fault.New(fault.Unavailable, msgTooMany, "wait", wait), http.StatusTooManyRequests, time.Duration(seconds) * time.Second}
}

// statusOf is the HTTP status an error is answered with.
func statusOf(err error) int {
	var known problem
	if errors.As(err, &known) {
		return known.status
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return http.StatusServiceUnavailable
	}
	switch fault.CodeOf(err) {
	case fault.Invalid, fault.Unsupported:
		return http.StatusBadRequest
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// trouble is what an error page says.
type trouble struct {
	Status int
	Title  string   // what happened
	Text   string   // in one sentence, "" when the title says it
	Next   string   // what to do
	Rows   []string // the single errors, where there are several
	ID     string
}

// said is an error for a script.
type said struct {
	Text string `json:"error"`
	ID   string `json:"id"`
}

// mostRows is how many single errors an error page lists.
const mostRows = 50

// describe puts an error into words. What the person can mend is said as the error says it; a defect is not explained.
func describe(err error, status int) trouble {
	t := trouble{Status: status}
	switch status {
	case http.StatusBadRequest:
		t.Title, t.Next = "Nội dung gửi lên chưa đúng", "Hãy quay lại trang trước, sửa rồi gửi lại."
	case http.StatusForbidden:
		t.Title, t.Next = "Bạn không có quyền làm việc này", "Nếu việc này thuộc phần việc của bạn, hãy đề nghị quản trị đơn vị giao quyền."
	case http.StatusMisdirectedRequest:
		t.Title, t.Next = "Sai địa chỉ máy chủ", "Bản minh họa chỉ mở được trên chính máy đang chạy nó."
	case http.StatusNotFound:
		t.Title, t.Next = "Không tìm thấy trang", "Hãy kiểm tra lại địa chỉ, hoặc bắt đầu lại từ trang đầu."
	case http.StatusMethodNotAllowed:
		t.Title, t.Next = "Thao tác không dùng được ở địa chỉ này", "Hãy bắt đầu lại từ trang đầu."
	case http.StatusConflict:
		t.Title, t.Next = "Có thay đổi khác vừa được ghi", "Hãy mở lại trang để xem số liệu mới nhất rồi làm lại."
	case http.StatusRequestEntityTooLarge:
		t.Title, t.Next = "Nội dung gửi lên quá lớn", "Hãy chia nhỏ hoặc giảm dung lượng tệp rồi gửi lại."
	case http.StatusTooManyRequests:
		t.Title, t.Next = "Quá nhiều lần thử", "Không cần làm gì thêm trong lúc chờ."
	case http.StatusServiceUnavailable:
		t.Title, t.Next = "Hệ thống chưa trả lời được", "Hãy đợi một phút rồi tải lại trang. Nội dung đã lưu trước đó không mất."
	default:
		t.Title, t.Next = "Hệ thống gặp lỗi", "Lỗi đã được ghi lại. Hãy tải lại trang; nếu vẫn lỗi, hãy báo quản trị kèm mã dưới đây."
		return t
	}
	var known *fault.Error
	if errors.As(err, &known) && fault.CodeOf(err) != fault.Internal {
		t.Text = vntext.Capital(known.At("").Vietnamese()) + "."
		if rows := fault.Rows(known); len(known.Subs) > 0 {
			for _, row := range rows[:min(len(rows), mostRows)] {
				t.Rows = append(t.Rows, row.Vietnamese())
			}
		}
	}
	return t
}

// fail answers an error and writes it to the log. Errors of the person are logged by code and key alone, since their
// text may quote what was typed.
func (p *Page) fail(err error) {
	err = p.clarify(err)
	status := statusOf(err)
	var known problem
	if errors.As(err, &known) && known.after > 0 {
		p.W.Header().Set("Retry-After", strconv.Itoa(int(known.after/time.Second)))
	}
	p.kit.logFault(p, status, err)
	t := describe(err, status)
	t.ID = p.id
	p.W.Header().Del("Content-Disposition")
	if p.wantsJSON() && p.sendJSON(status, said{Text: strings.TrimSpace(t.Title + ". " + t.Text), ID: p.id}) == nil {
		return
	}
	component := errorNote(t)
	if !p.Fragment() {
		component = errorPage(p.Shell(t.Title), t)
	}
	var b bytes.Buffer
	if err := component.Render(context.WithoutCancel(p.Context()), &b); err != nil {
		p.kit.log.Error("error page", "id", p.id, "err", err.Error())
		b.Reset()
		b.WriteString(t.Title + ". Mã: " + p.id)
	}
	p.send(status, "text/html; charset=utf-8", b.Bytes())
}

// clarify gives the errors of net/http and of a time that is over their code.
func (p *Page) clarify(err error) error {
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return TooBig(tooBig.Limit)
	}
	if statusOf(err) == http.StatusServiceUnavailable && fault.CodeOf(err) == fault.Internal {
		return fault.New(fault.Unavailable, msgTimeout).Wrap(err)
	}
	return err
}
