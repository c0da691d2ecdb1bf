package app_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/app"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

// The server answers, asks for a login, and stops when it is told to.
func TestServerAnswersAndStops(t *testing.T) {
	engines(t, func(t *testing.T, cfg app.Config) {
		cfg.Today = day.Of(2024, 10, 1)
		a, err := app.Init(context.Background(), cfg)
		if err != nil {
			t.Fatal(fault.Text(err))
		}
		defer a.Close()
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		listen := l.Addr().String()
		l.Close()
		ctx, stop := context.WithCancel(context.Background())
		defer stop()
		s, err := a.NewServer(ctx, app.ServerConfig{Province: "08", Listen: listen, Log: io.Discard})
		if err != nil {
			t.Fatal(fault.Text(err))
		}
		if s.FirstToken == "" {
			t.Error("without accounts there must be a token for the first administrator")
		}
		ended := make(chan error)
		go func() { ended <- s.Serve(ctx) }()
		client := &http.Client{Timeout: 5 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		for path, want := range map[string]int{"/": 200, "/dang-nhap": 303, "/lan-dau": 200, "/healthz": 200, "/tong-quan": 303, "/xa/02407": 303, "/khong-co": 404} {
			if status, body := get(t, client, "http://"+listen+path); status != want {
				t.Errorf("%s: %d, want %d: %.200s", path, status, want, body)
			}
		}
		stop()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("stop: %v", err)
			}
		case <-time.After(10 * time.Second):
			t.Error("the server did not stop")
		}
	})
}

func get(t *testing.T, client *http.Client, url string) (int, string) {
	t.Helper()
	for attempt := 0; ; attempt++ {
		r, err := client.Get(url)
		if err != nil && strings.Contains(err.Error(), "refused") && attempt < 50 {
			time.Sleep(20 * time.Millisecond) // not listening yet
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r.StatusCode, string(body)
	}
}

// A page of another site whose name was led to this machine (DNS rebinding)
// reaches nothing of the demonstration, whose password is on its login page.
func TestTheDemonstrationAnswersToItsOwnNamesOnly(t *testing.T) {
	engines(t, func(t *testing.T, cfg app.Config) {
		cfg.Today = day.Of(2024, 10, 1)
		a, err := app.Init(context.Background(), cfg)
		if err != nil {
			t.Fatal(fault.Text(err))
		}
		defer a.Close()
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		listen := l.Addr().String()
		l.Close()
		_, port, err := net.SplitHostPort(listen)
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(context.Background())
		s, err := a.NewServer(ctx, app.ServerConfig{Province: "08", Listen: listen, Demo: true, Log: io.Discard})
		if err != nil {
			t.Fatal(fault.Text(err))
		}
		ended := make(chan error)
		go func() { ended <- s.Serve(ctx) }()
		get(t, http.DefaultClient, "http://"+listen+"/healthz")
		for host, want := range map[string]int{
			"localhost:" + port: 200, "[::1]:" + port: 200, listen: 200, "localhost": 421, "example.org:" + port: 421, "192.168.1.2:" + port: 421,
		} {
			r, err := http.NewRequest(http.MethodGet, "http://"+listen+"/dang-nhap", nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Host = host
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.StatusCode != want {
				t.Errorf("Host %s: %d, want %d", host, answer.StatusCode, want)
			}
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}
