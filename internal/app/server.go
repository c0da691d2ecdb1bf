package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"runtime/debug"
	"time"

	"giuchuan/internal/feature/directive/reminder"
	"giuchuan/internal/feature/directive/task/taskweb"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/platform/mail"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/account"
	"giuchuan/internal/register/account/accountweb"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/desk/deskweb"
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
	FollowFor  time.Duration   // how often the board looks for new entries; 0 = 250 ms
	Mail       mail.Server     // the zero value sends no mail
	Site       string          // "https://giuchuan.tinh.gov.vn", for links in mail; "" = none
	Reminders  *reminder.Rules // nil = those of reference/
}

// Server is the product as pages.
type Server struct {
	kit        *web.Kit
	db         *db.DB
	accounts   *account.Service
	board      *board.Board
	files      *evidence.Service
	assigned   *agency.Assignments
	duties     *Duties
	desk       *deskweb.Pages
	watch      *following
	tasks      *taskweb.Pages
	cfg        ServerConfig
	log        *slog.Logger
	now        func() time.Time
	FirstToken string                // creates the first administrator at /lan-dau; "" when accounts exist
	Accounts   []account.DemoAccount // of a demonstration
	Password   string                // the password they share
}

// NewServer builds the pages over an open App. Nothing listens yet.
func (a *App) NewServer(ctx context.Context, cfg ServerConfig) (*Server, error) {
	assigned, err := a.Assignments(cfg.Province)
	if err != nil {
		return nil, err
	}
	s := &Server{db: a.DB, cfg: cfg, assigned: assigned, log: slog.New(slog.NewJSONHandler(cfg.Log, nil)), now: clock(a.cfg)}
	accounts := account.New(account.Options{
		DB: a.DB, Places: a.Places, Agencies: assigned.Agencies(), Province: cfg.Province, Key: cfg.Key, Assigned: s.assigned,
		Demo: cfg.Demo && account.Loopback(cfg.Listen),
	})
	s.accounts = accounts
	if err := s.people(ctx, accounts); err != nil {
		return nil, err
	}
	if s.files, err = a.Evidence(ctx); err != nil {
		return nil, err
	}
	s.board = board.New(board.Options{
		DB: a.DB, Law: a.Law, Places: a.Places, Titles: a.Recognition, Decisions: a.Criteria, Province: cfg.Province,
	})
	if err := s.board.Load(ctx); err != nil {
		return nil, err
	}
	if s.duties, err = a.Duties(cfg.Province, assigned, provenBy(s.files)); err != nil {
		return nil, err
	}
	if s.watch, err = a.follow(s); err != nil {
		return nil, err
	}
	s.desk, s.tasks = a.deskPages(s), a.taskPages(s)
	door := accountweb.New(accountweb.Options{
		Accounts: accounts, TLS: cfg.Cert != "" || len(cfg.Proxies) > 0, Demo: s.Accounts, Password: s.Password, Place: placeName(a, cfg.Province),
		Own:      []web.Link{{Text: "Nhắc việc qua thư", Path: "/tai-khoan/nhac-viec"}},
		Province: []web.Link{{Text: "Thư nhắc việc", Path: "/quan-tri/thu"}},
	})
	routes, err := a.routes(ctx, s, door)
	if err != nil {
		return nil, err
	}
	s.kit, err = web.New(web.Options{
		Routes: routes, Identify: door.Identify, Assets: ui.Dist(), Log: s.log, Today: a.today, Demo: a.demoBar(cfg.Demo),
		Nav: func(p *web.Page) []web.Link { return s.navigation(a, p) }, Place: placeName(a, cfg.Province),
		Account: "/tai-khoan", Logout: "/dang-xuat", Search: "/tim", Ready: s.ready,
		Hosts: loopbackHosts(cfg), Token: cfg.Token, Cert: cfg.Cert, Key: cfg.CertKey, Proxies: cfg.Proxies,
	})
	return s, err
}

// loopbackHosts are the names under which a demonstration on this machine
// answers: a page of another site whose name was pointed at this machine (DNS
// rebinding) bears its own.
func loopbackHosts(cfg ServerConfig) []string {
	_, port, err := net.SplitHostPort(cfg.Listen)
	if err != nil || !cfg.Demo || !account.Loopback(cfg.Listen) {
		return nil
	}
	var out []string
	for _, host := range []string{"localhost", "127.0.0.1", "[::1]"} {
		out = append(out, host+":"+port)
		if port == "80" {
			out = append(out, host)
		}
	}
	return out
}

// Routes is the whole table of addresses, the kit's own first.
func (s *Server) Routes() []web.Route { return s.kit.Routes() }

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

// who gives an account's grants as they stand in a transaction.
func (s *Server) who(ctx context.Context, tx *db.Tx, accountID string) (authz.Subject, error) {
	return s.accounts.Subject(ctx, tx, accountID, tx.Today())
}

// Serve answers until ctx ends. The open period is there from the start, the
// history follows.
func (s *Server) Serve(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.follow(ctx)
	}()
	swept := make(chan struct{})
	go func() {
		defer close(swept)
		sweep(ctx, s.files, s.now, s.log)
	}()
	reminded := make(chan struct{})
	go func() {
		defer close(reminded)
		s.watch.keepReminding(ctx, s.log)
	}()
	err := s.kit.Serve(ctx, s.cfg.Listen)
	stop()
	<-done
	<-swept
	<-reminded
	return err
}

// follow loads the history and then keeps the board current until ctx ends: at
// once when this node has committed, or another that tells it, and at every tick.
func (s *Server) follow(ctx context.Context) {
	every := s.cfg.FollowFor
	if every == 0 {
		every = 250 * time.Millisecond
	}
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	if err := s.board.LoadHistory(ctx); err != nil && !errors.Is(err, context.Canceled) {
		s.log.Error("load the history", "error", err)
	}
	debug.FreeOSMemory() // loading leaves twice its memory behind, and a server at rest collects none
	heard := make(chan struct{})
	go func() {
		defer close(heard)
		s.db.Listen(ctx, func(err error) { s.log.Warn("listen for other nodes", "error", err) })
	}()
	s.board.Follow(ctx, ticks.C, func(err error) { s.log.Error("follow the journal", "error", err) })
	<-heard
}

var errLoading = errors.New("the history is still being loaded")

// ready tells whether every period has been loaded.
func (s *Server) ready(context.Context) error {
	if !s.board.Whole() {
		return errLoading
	}
	return nil
}

func placeName(a *App, province string) string {
	u, ok := a.Places.Latest(province + ".1")
	if !ok {
		return ""
	}
	return u.FullName
}
