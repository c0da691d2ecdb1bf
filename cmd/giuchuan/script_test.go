package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"giuchuan/internal/cli"
)

// TestMain lets scripts run giuchuan inside the test binary, with a clock that
// stands at the demonstration's day.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"giuchuan": func() {
			env := cli.FromProcess("test")
			env.Now = func() time.Time { return time.Date(2024, 10, 1, 8, 0, 0, 0, time.FixedZone("+07", 7*3600)) }
			os.Exit(cli.Run(context.Background(), os.Args[1:], env))
		},
	})
}

// TestScripts runs every script of testdata/script: one per command and per
// clause of the notice that is answered.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, "config"))
			return nil
		},
	})
}
