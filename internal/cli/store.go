package cli

import (
	"context"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"giuchuan/internal/app"
	"giuchuan/internal/kernel/day"
)

// store is where the data are; every command that needs them embeds it.
type store struct {
	Data     string `help:"Thư mục dữ liệu." default:"./giuchuan-data" env:"GIUCHUAN_DATA" placeholder:"THƯ-MỤC"`
	Database string `help:"Địa chỉ PostgreSQL; để trống thì dùng SQLite trong thư mục dữ liệu." env:"GIUCHUAN_DATABASE" placeholder:"URL"`
}

func (s store) config(env *Env) app.Config {
	return app.Config{Data: s.Data, Database: s.Database, Clock: env.Now, Today: day.None}
}

// with opens the data, runs work and closes them.
func (s store) with(ctx context.Context, env *Env, work func(*app.App) error) error {
	a, err := app.Open(ctx, s.config(env))
	if err != nil {
		return err
	}
	return closing(a, work(a))
}

func closing(a *app.App, err error) error {
	if cerr := a.Close(); err == nil {
		err = cerr
	}
	return err
}

// actor names who works at the command line, for the journal: the account of
// the machine, never a person's name.
func actor() string {
	u, err := user.Current()
	if err != nil || u.Username == "" {
		return "cli"
	}
	return "cli:" + filepath.Base(strings.ReplaceAll(u.Username, `\`, "/"))
}

// hasData tells whether the data directory holds an embedded database.
func (s store) hasData() bool {
	_, err := os.Stat(filepath.Join(s.Data, app.DatabaseFile))
	return err == nil
}
