package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"giuchuan/internal/app/demo"
	"giuchuan/internal/cli"
	"giuchuan/internal/platform/db"
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
//
// Every script finds the demonstration's notice as thong-bao.md.
//
// The scripts use the embedded database, except those that ask for
// [postgres]: they get a fresh database in $POSTGRES where the tests have a
// server, and are skipped loudly where they have none.
func TestScripts(t *testing.T) {
	server := os.Getenv("GIUCHUAN_TEST_POSTGRES")
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition: func(name string) (bool, error) {
			if name != "postgres" {
				return false, fmt.Errorf("unknown condition %q", name)
			}
			return server != "", nil
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, "config"))
			if err := os.WriteFile(filepath.Join(env.WorkDir, "thong-bao.md"), []byte(demo.Notice()), 0o600); err != nil {
				return err
			}
			if server == "" {
				return nil
			}
			name := fmt.Sprintf("giuchuan_script_%d_%d", os.Getpid(), databases.Add(1))
			url, err := db.CreatePostgres(context.Background(), server, name, "")
			if err != nil {
				return err
			}
			env.Setenv("POSTGRES", url)
			env.Defer(func() {
				if err := db.DropPostgres(context.Background(), server, name); err != nil {
					t.Error(err)
				}
			})
			return nil
		},
	})
}

// databases numbers the databases of the scripts.
var databases atomic.Int64
