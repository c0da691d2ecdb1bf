package cli

import (
	"context"
	"fmt"
	"net/netip"

	"giuchuan/internal/app"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/account"
)

type serveCmd struct {
	store
	Listen     string         `help:"Địa chỉ nghe, MÁY:CỔNG." default:"127.0.0.1:8080" placeholder:"ĐỊA-CHỈ"`
	Province   string         `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
	Cert       string         `help:"Tệp chứng thư TLS (PEM)." type:"existingfile" placeholder:"TỆP"`
	Key        string         `help:"Tệp khóa TLS (PEM)." type:"existingfile" placeholder:"TỆP"`
	Proxy      []netip.Prefix `help:"Máy trung gian TLS được tin, dạng 10.0.0.5/32; có thể ghi nhiều lần." placeholder:"MẠNG"`
	Token      string         `help:"Mã để máy khác đọc /metrics." env:"GIUCHUAN_METRICS_TOKEN" placeholder:"MÃ"`
	JournalKey string         `help:"Tệp khóa ký mốc đối chiếu; để trống là giuchuan/journal.key trong thư mục cấu hình của người dùng, nếu có." env:"GIUCHUAN_KEY" placeholder:"TỆP"`
	Today      dayFlag        `hidden:"" help:"Ngày pháp lý."`
}

// Run serves the pages until it is told to stop.
func (c serveCmd) Run(ctx context.Context, env *Env) error {
	switch {
	case (c.Cert == "") != (c.Key == ""):
		return &usageError{"--cert và --key phải đi cùng nhau"}
	case !account.Loopback(c.Listen) && c.Cert == "" && len(c.Proxy) == 0:
		return &usageError{"nghe ngoài máy này thì phải có TLS: thêm --cert và --key, hoặc --proxy khi đứng sau máy trung gian TLS"}
	}
	key, err := signing{Key: c.JournalKey}.existing(c.Data)
	if err != nil {
		return err
	}
	cfg := c.config(env)
	cfg.Today = c.Today.or(day.None)
	return serve(ctx, env, cfg, app.ServerConfig{
		Province: c.Province, Listen: c.Listen, Cert: c.Cert, CertKey: c.Key, Token: c.Token, Proxies: c.Proxy, Log: env.Stderr, JournalKey: key,
	})
}

// serve opens the data and answers until the context ends.
func serve(ctx context.Context, env *Env, cfg app.Config, server app.ServerConfig) error {
	a, err := app.Init(ctx, cfg)
	if err != nil {
		return err
	}
	s, err := a.NewServer(ctx, server)
	if err != nil {
		return closing(a, err)
	}
	fmt.Fprintf(env.Stdout, "Đang chạy tại %s (Ctrl-C để dừng)\n", address(server))
	if s.FirstToken != "" {
		fmt.Fprintf(env.Stdout, "Chưa có tài khoản nào. Mở %s/lan-dau và nhập mã một lần: %s\n", address(server), s.FirstToken)
	}
	if len(s.Accounts) > 0 {
		rows := [][]string{{"  TÀI KHOẢN", "VAI TRÒ"}}
		for _, x := range s.Accounts {
			rows = append(rows, []string{"  " + x.Login, x.Post})
		}
		fmt.Fprintf(env.Stdout, "Tài khoản minh họa, mật khẩu chung: %s\n", s.Password)
		writeTable(env.Stdout, rows)
	}
	return closing(a, s.Serve(ctx))
}

func address(cfg app.ServerConfig) string {
	if cfg.Cert != "" {
		return "https://" + cfg.Listen
	}
	return "http://" + cfg.Listen
}
