package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/netip"
	"time"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/account"
	"giuchuan/internal/register/account/accountweb"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/overview/overviewweb"
	"giuchuan/reference"
	"giuchuan/ui"
)

// ServerConfig says how the server is to answer.
type ServerConfig struct {
	Province   string       // two-digit code of the province that is served
	Listen     string       // HOST:PORT
	Demo       bool         // demonstration accounts are made; only on the machine's own address
	Key        []byte       // 32 bytes that seal the keys of second factors
	JournalKey *journal.Key // signs checkpoints of the journal; nil = none
	Cert       string       // PEM files: TLS when both are set
	CertKey    string
	Proxies    []netip.Prefix // whose forwarded headers are believed
	Token      string         // lets others than this machine read /metrics
	Log        io.Writer
	DebugLog   bool
	FollowFor  time.Duration // how often the board looks for new entries; 0 = 250 ms
}

// Server is the product as pages.
type Server struct {
	agencies   *agency.Register
	kit        *web.Kit
	accounts   *account.Service
	board      *board.Board
	cfg        ServerConfig
	log        *slog.Logger
	FirstToken string                // creates the first administrator at /lan-dau; "" when accounts exist
	Accounts   []account.DemoAccount // of a demonstration
	Password   string                // the password they share
}

// NewServer builds the pages over an open App. Nothing listens yet.
func (a *App) NewServer(ctx context.Context, cfg ServerConfig) (*Server, error) {
	agencies, err := agency.Load(reference.FS(), a.Places, cfg.Province)
	if err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, log: slog.New(slog.NewJSONHandler(cfg.Log, nil))}
	accounts := account.New(account.Options{
		DB: a.DB, Places: a.Places, Agencies: agencies, Province: cfg.Province, Key: cfg.Key,
		Demo: cfg.Demo && account.Loopback(cfg.Listen),
	})
	s.accounts, s.agencies = accounts, agencies
	if err := s.people(ctx, accounts); err != nil {
		return nil, err
	}
	s.board = board.New(board.Options{
		DB: a.DB, Law: a.Law, Places: a.Places, Titles: a.Recognition, Decisions: a.Criteria, Province: cfg.Province,
	})
	if err := s.board.Load(ctx); err != nil {
		return nil, err
	}
	door := accountweb.New(accountweb.Options{
		Accounts: accounts, TLS: cfg.Cert != "" || len(cfg.Proxies) > 0, Demo: s.Accounts, Password: s.Password, Place: placeName(a, cfg.Province),
	})
	routes, err := a.routes(ctx, s, door)
	if err != nil {
		return nil, err
	}
	s.kit, err = web.New(web.Options{
		Routes: routes, Identify: door.Identify, Assets: ui.Dist(), Log: s.log, Today: a.today, Demo: demoBar(cfg.Demo),
		Nav: a.navigation, Place: placeName(a, cfg.Province), Account: "/tai-khoan", Logout: "/dang-xuat", Search: "/tim", Ready: s.ready,
		Token: cfg.Token, Cert: cfg.Cert, Key: cfg.CertKey, Proxies: cfg.Proxies,
	})
	return s, err
}

// people makes the demonstration's accounts, or the token of the first
// administrator where nobody can log in yet.
func (s *Server) people(ctx context.Context, accounts *account.Service) (err error) {
	if s.cfg.Demo {
		s.Accounts, s.Password, err = accounts.Demo(ctx)
		return err
	}
	s.FirstToken, err = accounts.FirstToken(ctx)
	return err
}

// Serve answers until ctx ends. The open period is there from the start, the
// history follows.
func (s *Server) Serve(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	every := s.cfg.FollowFor
	if every == 0 {
		every = 250 * time.Millisecond
	}
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := s.board.LoadHistory(ctx); err != nil && !errors.Is(err, context.Canceled) {
			s.log.Error("load the history", "error", err)
		}
		s.board.Follow(ctx, ticks.C, func(err error) { s.log.Error("follow the journal", "error", err) })
	}()
	err := s.kit.Serve(ctx, s.cfg.Listen)
	stop()
	<-done
	return err
}

var errLoading = errors.New("the history is still being loaded")

// ready tells whether every period has been loaded.
func (s *Server) ready(context.Context) error {
	if !s.board.Whole() {
		return errLoading
	}
	return nil
}

// navigation is what the person behind a request may reach.
func (a *App) navigation(p *web.Page) []web.Link {
	u := p.User()
	if u == nil {
		return nil
	}
	var out []web.Link
	for _, n := range []struct {
		action authz.Action
		link   web.Link
	}{
		{authz.ViewStanding, web.Link{Text: overviewweb.Title(u, a.Places), Path: "/tong-quan"}},
		{authz.ViewStanding, web.Link{Text: "Bảng tiêu chí các xã", Path: "/ma-tran"}},
		{authz.ViewStanding, web.Link{Text: "Bản đồ", Path: "/ban-do"}},
		{authz.ViewCriteria, web.Link{Text: "Bộ tiêu chí", Path: "/bo-tieu-chi"}},
		{authz.ReadJournal, web.Link{Text: "Nhật ký", Path: "/nhat-ky"}},
		{authz.ManageAccounts, web.Link{Text: "Quản trị", Path: "/quan-tri", End: true}},
	} {
		if authz.Reaches(u.Subject, n.action) {
			out = append(out, n.link)
		}
	}
	return out
}

func demoBar(on bool) func(*web.Page) *web.DemoBar {
	if !on {
		return nil
	}
	return func(p *web.Page) *web.DemoBar {
		return &web.DemoBar{
			Note: "Tên xã là thật; kết quả rà soát và quyết định của tỉnh trên trang này là số liệu minh họa.",
		}
	}
}

func placeName(a *App, province string) string {
	u, ok := a.Places.Latest(province + ".1")
	if !ok {
		return ""
	}
	return u.FullName
}
