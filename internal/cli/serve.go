package cli

import (
	"context"
	"fmt"
	"net/netip"

	"giuchuan/internal/app"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/account"
	"giuchuan/internal/register/evidence"
)

type serveCmd struct {
	store
	files
	post
	Direct     string         `name:"database-direct" help:"Địa chỉ PostgreSQL nối thẳng, để các nút báo nhau ngay khi có thay đổi; chỉ cần khi --database đi qua pgbouncer ở chế độ transaction (không có thì mỗi nút tự xem lại sau 250 ms)." env:"GIUCHUAN_DATABASE_DIRECT" placeholder:"URL"`
	Listen     string         `help:"Địa chỉ nghe, MÁY:CỔNG." default:"127.0.0.1:8080" placeholder:"ĐỊA-CHỈ"`
	Province   string         `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
	Cert       string         `help:"Tệp chứng thư TLS (PEM)." type:"existingfile" placeholder:"TỆP"`
	Key        string         `help:"Tệp khóa TLS (PEM)." type:"existingfile" placeholder:"TỆP"`
	Proxy      []netip.Prefix `help:"Máy trung gian TLS được tin, dạng 10.0.0.5/32; có thể ghi nhiều lần." placeholder:"MẠNG"`
	Token      string         `help:"Mã để máy khác đọc /metrics." env:"GIUCHUAN_METRICS_TOKEN" placeholder:"MÃ"`
	FileMB     int64          `name:"evidence-file" help:"Dung lượng lớn nhất của một tệp minh chứng, MB." default:"20" env:"GIUCHUAN_EVIDENCE_FILE" placeholder:"MB"`
	CommuneMB  int64          `name:"evidence-commune" help:"Dung lượng minh chứng của một xã trong một kỳ, MB." default:"1024" env:"GIUCHUAN_EVIDENCE_COMMUNE" placeholder:"MB"`
	ProvinceGB int64          `name:"evidence-province" help:"Dung lượng minh chứng của cả tỉnh, GB." default:"500" env:"GIUCHUAN_EVIDENCE_PROVINCE" placeholder:"GB"`
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
	cfg := c.store.config(env)
	cfg.Direct = c.Direct
	cfg.Today, cfg.Files = c.Today.or(day.None), c.files.config(env)
	cfg.Files.Limits = evidence.Limits{File: c.FileMB << 20, Commune: c.CommuneMB << 20, Province: c.ProvinceGB << 30}
	key, err := signing{Key: c.JournalKey}.existing(c.Data)
	if err != nil {
		return err
	}
	server := app.ServerConfig{
		Province: c.Province, Listen: c.Listen, Cert: c.Cert, CertKey: c.Key, Token: c.Token, Proxies: c.Proxy, Log: env.Stderr, JournalKey: key,
	}
	if err := c.post.fill(env, &server); err != nil {
		return err
	}
	return serve(ctx, env, cfg, server)
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
