package cli

import (
	"context"
	"strconv"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/mail"
)

var msgLetters = fault.Msg{Key: "cli.doctor_letters", Text: "{count} thư nhắc việc không gửi được; lỗi gần nhất: {reason}"}

// letters tells whether mail was given up.
func (d *diagnosis) letters(ctx context.Context, opened *db.DB) {
	var s mail.Status
	err := opened.Read(ctx, func(tx *db.Tx) (err error) {
		s, err = mail.Look(tx)
		return err
	})
	if err == nil && s.Failed > 0 {
		reason := ""
		for i := range s.Troubles {
			if s.Troubles[i].GivenUp {
				reason = s.Troubles[i].Why
				break
			}
		}
		err = fault.New(fault.Unavailable, msgLetters, "count", strconv.FormatInt(s.Failed, 10), "reason", reason)
	}
	detail := strconv.FormatInt(s.Queued, 10) + " thư chờ gửi, " + strconv.FormatInt(s.Sent, 10) + " thư đã gửi"
	d.say("Thư nhắc việc", detail, err, "sửa cấu hình --smtp hoặc địa chỉ người nhận, rồi gửi lại ở trang Quản trị, Thư nhắc việc")
}
