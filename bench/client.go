package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// users is how many people ask at once, each on a connection of their own.
const users = 64

// load is one kind of request, measured by many users at once.
type load struct {
	what string
	as   string // account of the demonstration
	// build writes the nth request of a user as it goes over the wire; see page and send.
	build func(cookie string, user, n int) string
	learn func(user int, body []byte) // reads what the next request needs from an answer; nil = nothing
	think time.Duration               // between an answer and the user's next request; 0 = none
	cpu   float64                     // goal, ms of the server's processor for each request; 0 = none
	p99   float64                     // goal, ms; 0 = none
	rate  float64                     // goal, requests a second; 0 = none
	note  string
}

// learns is learn for one user.
func (l *load) learns(user int) func([]byte) {
	if l.learn == nil {
		return nil
	}
	return func(body []byte) { l.learn(user, body) }
}

// page is the request for a page, as a browser sends it.
func page(path string) func(string, int, int) string {
	return pages([]string{path})
}

// pages asks for one path after another.
func pages(paths []string) func(string, int, int) string {
	return func(cookie string, user, n int) string {
		return "GET " + paths[(user+n)%len(paths)] + " HTTP/1.1\r\nHost: bench\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\nCookie: giuchuan=" + cookie + "\r\n\r\n"
	}
}

// send is the request that sends a form; fields gives its names and values for the nth request of a
// user.
func send(path func(user, n int) string, fields func(user, n int) url.Values) func(string, int, int) string {
	return func(cookie string, user, n int) string {
		body := fields(user, n).Encode()
		return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nHX-Request: true\r\nCookie: giuchuan=%s\r\n\r\n%s",
			path(user, n), len(body), cookie, body)
	}
}

// seen is what a load showed.
type seen struct {
	rate, cpu, p50, p99 float64 // per second; ms
	bytes               int     // of the first answer, head and all
}

// login gives a session of an account.
func (s *server) login(name string) (string, error) {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := client.PostForm("http://"+s.address+"/dang-nhap", url.Values{"ten": {name}, "mat-khau": {s.password}})
	if err != nil {
		return "", err
	}
	if err := r.Body.Close(); err != nil {
		return "", err
	}
	for _, c := range r.Cookies() {
		if c.Name == "giuchuan" && r.StatusCode == http.StatusSeeOther {
			return c.Value, nil
		}
	}
	return "", fmt.Errorf("%s cannot log in: %s", name, r.Status)
}

// wire is one connection.
type wire struct {
	conn net.Conn
	in   *bufio.Reader
	read *counter
}

// counter counts what is read.
type counter struct {
	r io.Reader
	n int
}

// Read passes on and counts.
func (c *counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += n
	return n, err
}

func dial(ctx context.Context, address string) (*wire, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	c := &counter{r: conn}
	return &wire{conn, bufio.NewReader(c), c}, nil
}

// ask sends one request and reads its answer to the end.
func (w *wire) ask(request string) (status int, head http.Header, body []byte, err error) {
	request = strings.Replace(request, "Host: bench", "Host: "+w.conn.RemoteAddr().String(), 1) // a demonstration answers to its own name only
	if _, err := io.WriteString(w.conn, request); err != nil {
		return 0, nil, nil, err
	}
	r, err := http.ReadResponse(w.in, nil)
	if err != nil {
		return 0, nil, nil, err
	}
	body, err = io.ReadAll(r.Body)
	return r.StatusCode, r.Header, body, errors.Join(err, r.Body.Close())
}

// errClash is the answer to a form that was filled on an older figure; what it
// taught is known then.
var errClash = errors.New("the server answers 409")

// serve asks and wants an answer: a page, a form shown again, or one that leads on, not to the login.
func (w *wire) serve(request string, learn func([]byte)) error {
	status, head, body, err := w.ask(request)
	if err == nil && learn != nil {
		learn(body)
		if status == http.StatusConflict {
			return errClash
		}
	}
	if err == nil && (status >= 400 && status != http.StatusUnprocessableEntity || strings.HasPrefix(head.Get("Location"), "/dang-nhap")) {
		err = fmt.Errorf("the server answers %d", status)
	}
	return err
}

// drive lets all users ask for a while.
func (s *server) drive(ctx context.Context, l *load, cookie string, long time.Duration) (*seen, error) {
	first, err := dial(ctx, s.address)
	if err != nil {
		return nil, err
	}
	err = first.serve(l.build(cookie, 0, 0), l.learns(0))
	if errors.Is(err, errClash) {
		err = first.serve(l.build(cookie, 0, 1), l.learns(0))
	}
	err = errors.Join(err, first.conn.Close())
	if err != nil {
		return nil, err
	}
	out := &seen{bytes: first.read.n}
	took, failed := make([][]float64, users), make([]error, users)
	before, err := s.cpu()
	if err != nil {
		return nil, err
	}
	begun := time.Now()
	var all sync.WaitGroup
	for u := range users {
		all.Go(func() { took[u], failed[u] = s.sit(ctx, l, cookie, u, begun.Add(long)) })
	}
	all.Wait()
	wall := time.Since(begun)
	after, err := s.cpu()
	if err := errors.Join(append(failed, err)...); err != nil {
		return nil, err
	}
	times := slices.Sorted(slices.Values(slices.Concat(took...)))
	if len(times) == 0 {
		return nil, errors.New("nothing was answered in time")
	}
	out.rate = float64(len(times)) / wall.Seconds()
	out.cpu = (after - before) / float64(len(times))
	out.p50, out.p99 = times[len(times)/2], times[len(times)*99/100]
	return out, nil
}

// sit is one user until an instant: the times of the answers, in milliseconds.
func (s *server) sit(ctx context.Context, l *load, cookie string, user int, until time.Time) (took []float64, err error) {
	w, err := dial(ctx, s.address)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.conn.Close()) }()
	time.Sleep(l.think * time.Duration(user) / users) // users do not ask in step
	for n := 1; time.Now().Before(until) && ctx.Err() == nil; n++ {
		from := time.Now()
		err := w.serve(l.build(cookie, user, n), l.learns(user))
		if n == 1 && errors.Is(err, errClash) { // what stood before the round is replaced from the second on
			continue
		}
		if err != nil {
			return took, err
		}
		took = append(took, milliseconds(time.Since(from)))
		time.Sleep(l.think - time.Since(from))
	}
	return took, ctx.Err()
}

var linked = regexp.MustCompile(`(?:href|src)="(/giao-dien/[^"]+)"`)

// visit counts the bytes over the wire of a first visit and of a repeat: the
// page, and at the first everything its head names.
func (s *server) visit(ctx context.Context, path, cookie string) (first, again float64, err error) {
	w, err := dial(ctx, s.address)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, w.conn.Close()) }()
	status, head, body, err := w.ask(page(path)(cookie, 0, 0))
	if err != nil || status != http.StatusOK {
		return 0, 0, errors.Join(err, fmt.Errorf("%s answers %d", path, status))
	}
	again = float64(w.read.n)
	text := string(body)
	if head.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(strings.NewReader(text))
		if err != nil {
			return 0, 0, err
		}
		plain, err := io.ReadAll(z)
		if err != nil {
			return 0, 0, err
		}
		text = string(plain)
	}
	asked := map[string]bool{}
	for _, m := range linked.FindAllStringSubmatch(text, -1) {
		if asked[m[1]] {
			continue
		}
		asked[m[1]] = true
		if status, _, _, err := w.ask(page(m[1])(cookie, 0, 0)); err != nil || status != http.StatusOK {
			return 0, 0, errors.Join(err, fmt.Errorf("%s answers %d", m[1], status))
		}
	}
	if len(asked) < 5 {
		return 0, 0, errors.New("the styles were not built; run make ui")
	}
	return float64(w.read.n), again, nil
}
