package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"strings"
	"syscall"
	"time"

	"giuchuan/internal/app"
	"giuchuan/internal/app/demo"
	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/account"
	"giuchuan/reference"
)

// server is the product's server in a process of its own.
type server struct {
	cmd      *exec.Cmd
	address  string
	password string
	orders   io.WriteCloser // a line each: see obey
	answers  *bufio.Reader
	begun    time.Time
}

// greeting is what a serving child says once, before it listens.
type greeting struct {
	Password string
	Accounts []account.DemoAccount
}

// serveData is the child: it serves a folder as the demonstration does, until it
// is told to stop. With a third word it writes a processor profile there.
func serveData(ctx context.Context, args []string) (err error) {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM, os.Interrupt)
	defer stop()
	if len(args) > 2 {
		f, err := os.Create(args[2])
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			return errors.Join(err, f.Close())
		}
		defer func() { pprof.StopCPUProfile(); err = errors.Join(err, f.Close()) }()
	}
	a, err := app.Open(ctx, app.Config{Data: args[0], Today: demo.Today})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	s, err := a.NewServer(ctx, app.ServerConfig{Province: province, Listen: args[1], Demo: true, Log: io.Discard})
	if err != nil {
		return err
	}
	if err := json.NewEncoder(os.Stdout).Encode(greeting{s.Password, s.Accounts}); err != nil {
		return err
	}
	go obey(ctx, a)
	return s.Serve(ctx)
}

// obey records a change for every line that comes in, in the server's own
// process as a save does, and says so once it is committed.
func obey(ctx context.Context, a *app.App) {
	lines := bufio.NewScanner(os.Stdin)
	var send func(n int64) error
	for lines.Scan() {
		n, err := strconv.ParseInt(lines.Text(), 10, 64)
		if err == nil && send == nil {
			send, err = changeOne(ctx, a)
		}
		if err == nil {
			err = send(n)
		}
		fmt.Println(err)
	}
}

// change has the server record the nth change and returns once it is committed.
func (s *server) change(n int64) error {
	if _, err := fmt.Fprintln(s.orders, n); err != nil {
		return err
	}
	line, err := s.answers.ReadString('\n')
	if err == nil && line != "<nil>\n" {
		err = errors.New(strings.TrimSpace(line))
	}
	return err
}

// startServer runs a child on a folder. It answers as soon as it can.
func startServer(ctx context.Context, dir, profile string) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		return nil, err
	}
	args := []string{childArgument, "serve", dir, address}
	if profile != "" {
		args = append(args, profile)
	}
	s := &server{cmd: exec.CommandContext(ctx, self, args...), address: address, begun: time.Now()}
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if s.orders, err = s.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	s.answers = bufio.NewReader(out)
	line, err := s.answers.ReadBytes('\n')
	var hello greeting
	if err == nil {
		err = json.Unmarshal(line, &hello)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the server did not begin: %w", err), s.cmd.Process.Kill(), s.cmd.Wait())
	}
	s.password = hello.Password
	return s, nil
}

// stop ends the server in good order.
func (s *server) stop() error {
	return errors.Join(s.cmd.Process.Signal(syscall.SIGTERM), s.cmd.Wait())
}

// cpu is the processor time the server has used, in milliseconds; the kernel
// counts it in hundredths of a second.
func (s *server) cpu() (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), ") ") // the command's name may hold spaces
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, errors.New("/proc/PID/stat is too short")
	}
	user, err1 := strconv.ParseFloat(fields[11], 64)
	system, err2 := strconv.ParseFloat(fields[12], 64)
	return (user + system) * 10, errors.Join(err1, err2)
}

// memory is a line of the server's /proc/PID/status, in bytes: VmRSS or VmHWM.
func (s *server) memory(line string) (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for l := range strings.Lines(string(text)) {
		if f := strings.Fields(l); len(f) > 1 && f[0] == line+":" {
			kb, err := strconv.ParseFloat(f[1], 64)
			return kb * 1024, err
		}
	}
	return 0, fmt.Errorf("/proc/PID/status has no %s", line)
}

// prepareServer makes the data of the HTTP figures: the province's titles and
// decisions, and 1,000,560 findings, those of the province among them.
func prepareServer(ctx context.Context, dir string) (err error) {
	a, err := app.Init(ctx, app.Config{Data: dir, Today: demo.Today})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	before, batch, err := demo.Titles(reference.FS())
	if err != nil {
		return err
	}
	for i, data := range [][]byte{before, batch} {
		if err := importTitles(ctx, a, fmt.Sprintf("muc-cong-nhan-%d.csv", i), data); err != nil {
			return err
		}
	}
	var decisions bytes.Buffer
	if err := demo.WriteDecisions(&decisions); err != nil {
		return err
	}
	if err := decideAll(ctx, a, decisions.Bytes()); err != nil {
		return err
	}
	m, err := newMillion()
	if err != nil {
		return err
	}
	if err := m.include(a.Places); err != nil {
		return err
	}
	for i := range m.periods {
		if err := m.load(ctx, a, m.periods[i:i+1]); err != nil {
			return err
		}
	}
	return openRound(ctx, a)
}

func importTitles(ctx context.Context, a *app.App, name string, data []byte) error {
	book, err := sheet.Open(name, data, sheet.DefaultLimits())
	if err != nil {
		return err
	}
	titles, faults := recognition.ReadTitles(book, a.Places, province)
	if len(faults) > 0 {
		return faults[0]
	}
	cmd := recognition.Import{File: name, Titles: titles}
	command, err := cmd.Command("bench")
	if err != nil {
		return err
	}
	return a.DB.Write(ctx, command, func(tx *db.Tx) error {
		_, err := a.Recognition.Import(ctx, tx, cmd)
		return err
	})
}

// dataSize is the size of the served database.
func dataSize(dir string) (int64, error) { return fileSize(filepath.Join(dir, app.DatabaseFile)) }
