// Command routes prints every address of the product as JSON, one line a route,
// for tests that visit them all.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"giuchuan/internal/app"
	"giuchuan/internal/kernel/day"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "routes:", err)
		os.Exit(1)
	}
}

// line is one route.
type line struct {
	Method  string `json:"method"`
	Pattern string `json:"pattern"`
	Action  string `json:"action,omitempty"`
	Public  bool   `json:"public,omitempty"`
}

func run(ctx context.Context) (err error) {
	dir, err := os.MkdirTemp("", "giuchuan-routes-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	a, err := app.Init(ctx, app.Config{Data: dir, Today: day.None})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	s, err := a.NewServer(ctx, app.ServerConfig{Province: "08", Listen: "127.0.0.1:0", Log: io.Discard})
	if err != nil {
		return err
	}
	out := json.NewEncoder(os.Stdout)
	for _, r := range s.Routes() {
		if err := out.Encode(line{r.Method, r.Pattern, string(r.Action), r.Public}); err != nil {
			return err
		}
	}
	return nil
}
