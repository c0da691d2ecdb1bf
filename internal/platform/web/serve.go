package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Limits of one connection. A form is small and a photograph is sent over a slow network: the body may take minutes, the
// headers may not.
const (
	headerWithin = 10 * time.Second
	bodyWithin   = 5 * time.Minute
	answerWithin = 6 * time.Minute
	idleWithin   = 2 * time.Minute
	stopWithin   = 20 * time.Second
	headerBytes  = 32 << 10
)

// Serve listens on "host:port" and answers until ctx ends; then it finishes the requests under way and returns nil.
func (k *Kit) Serve(ctx context.Context, listen string) error {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", listen, err)
	}
	return k.ServeOn(ctx, l)
}

// ServeOn is Serve on a listener, which it closes.
func (k *Kit) ServeOn(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: k.Handler(), ReadHeaderTimeout: headerWithin, ReadTimeout: bodyWithin, WriteTimeout: answerWithin,
		IdleTimeout: idleWithin, MaxHeaderBytes: headerBytes,
		ErrorLog:    slog.NewLogLogger(k.log.Handler(), slog.LevelDebug),
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	done := make(chan error, 1)
	go func() {
		if k.opts.Cert != "" && k.opts.Key != "" {
			done <- server.ServeTLS(l, k.opts.Cert, k.opts.Key)
			return
		}
		done <- server.Serve(l)
	}()
	select {
	case err := <-done:
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	k.stop.Store(true)
	if err := waitOr(done, k.opts.Drain); err != nil {
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("stop serving: %w", err), server.Close())
	}
	return nil
}

// waitOr waits, unless the server ends first.
func waitOr(done <-chan error, long time.Duration) error {
	if long <= 0 {
		return nil
	}
	timer := time.NewTimer(long)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return nil
	}
}
