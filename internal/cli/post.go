package cli

import (
	"crypto/x509"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/directive/reminder"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/mail"
)

// post is how reminders leave by mail. The password comes from the environment
// only, so that no list of processes shows it.
type post struct {
	SMTP     string   `name:"smtp" help:"Máy chủ gửi thư nhắc việc, dạng smtps://MÁY:465 hoặc smtp://MÁY:587; để trống thì không gửi thư. Mật khẩu đặt trong GIUCHUAN_SMTP_PASSWORD." env:"GIUCHUAN_SMTP" placeholder:"ĐỊA-CHỈ"`
	SMTPUser string   `name:"smtp-user" help:"Tên đăng nhập máy chủ thư; để trống là không đăng nhập." env:"GIUCHUAN_SMTP_USER" placeholder:"TÊN"`
	SMTPCA   string   `name:"smtp-ca" help:"Tệp chứng thư gốc (PEM) của máy chủ thư nội bộ." env:"GIUCHUAN_SMTP_CA" placeholder:"TỆP"`
	MailFrom string   `name:"mail-from" help:"Địa chỉ gửi, dạng Giữ Chuẩn <giuchuan@tinh.gov.vn>." env:"GIUCHUAN_MAIL_FROM" placeholder:"THƯ"`
	MailTo   []string `name:"mail-domain" help:"Chỉ gửi thư đến miền này; có thể ghi nhiều lần. Để trống là mọi miền." env:"GIUCHUAN_MAIL_DOMAIN" placeholder:"MIỀN"`
	Site     string   `name:"site" help:"Địa chỉ công khai của máy chủ để ghi trong thư, dạng https://giuchuan.tinh.gov.vn." env:"GIUCHUAN_SITE" placeholder:"ĐỊA-CHỈ"`
	Reminder string   `name:"reminder" help:"Tệp lịch nhắc việc của tỉnh (YAML), thay lịch có sẵn." env:"GIUCHUAN_REMINDER" placeholder:"TỆP"`
}

var (
	msgRoots = fault.Msg{Key: "cli.smtp_ca", Text: "{file} không có chứng thư nào ở dạng PEM"}
	msgSite  = fault.Msg{Key: "cli.site", Text: "--site phải viết dạng https://MÁY hoặc http://MÁY, không có gì sau tên máy"}
)

// fill puts the settings into the server's configuration.
func (c post) fill(env *Env, to *app.ServerConfig) error {
	to.Mail = mail.Server{
		URL: c.SMTP, User: c.SMTPUser, Password: blob.Secret(env.Getenv("GIUCHUAN_SMTP_PASSWORD")), From: c.MailFrom, Domains: c.MailTo,
	}
	if err := to.Mail.Check(); err != nil {
		return err
	}
	if c.SMTPCA != "" {
		pem, err := readFile(c.SMTPCA)
		if err != nil {
			return err
		}
		to.Mail.Roots = x509.NewCertPool()
		if !to.Mail.Roots.AppendCertsFromPEM(pem) {
			return fault.New(fault.Invalid, msgRoots, "file", c.SMTPCA)
		}
	}
	if c.Site != "" {
		u, err := url.Parse(c.Site)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.User != nil {
			return fault.New(fault.Invalid, msgSite)
		}
		to.Site = u.Scheme + "://" + u.Host
	}
	if c.Reminder == "" {
		return nil
	}
	text, err := readFile(c.Reminder)
	if err != nil {
		return err
	}
	to.Reminders, err = reminder.ParseRules(text, filepath.Base(c.Reminder))
	return err
}

// readFile reads a file that an option names.
func readFile(name string) ([]byte, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, fault.New(fault.NotFound, msgNoFile, "file", name).Wrap(err)
	}
	return b, nil
}
