package cli

import (
	"context"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"giuchuan/internal/app"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/blob"
)

// store is where the data are; every command that needs them embeds it.
type store struct {
	Data     string `help:"Thư mục dữ liệu." default:"./giuchuan-data" env:"GIUCHUAN_DATA" placeholder:"THƯ-MỤC"`
	Database string `help:"Địa chỉ PostgreSQL; để trống thì dùng SQLite trong thư mục dữ liệu." env:"GIUCHUAN_DATABASE" placeholder:"URL"`
}

func (s store) config(env *Env) app.Config {
	return app.Config{Data: s.Data, Database: s.Database, Clock: env.Now, Today: day.None}
}

// files is where the files behind findings are; commands that touch them embed
// it. Keys of a bucket come from the environment only, so that no list of
// processes shows them.
type files struct {
	Blobs    string `help:"Thư mục chứa tệp minh chứng; để trống là thư mục con blobs của thư mục dữ liệu." env:"GIUCHUAN_BLOBS" placeholder:"THƯ-MỤC"`
	S3       string `name:"s3" help:"Kho tệp S3 thay cho thư mục, dạng https://MÁY:CỔNG; khóa đặt trong GIUCHUAN_S3_ACCESS_KEY và GIUCHUAN_S3_SECRET_KEY." env:"GIUCHUAN_S3" placeholder:"ĐỊA-CHỈ"`
	S3Bucket string `name:"s3-bucket" help:"Tên bucket của kho S3." default:"giuchuan" env:"GIUCHUAN_S3_BUCKET" placeholder:"TÊN"`
	S3Region string `name:"s3-region" help:"Vùng của kho S3." default:"us-east-1" env:"GIUCHUAN_S3_REGION" placeholder:"TÊN"`
	S3Prefix string `name:"s3-prefix" help:"Phần đầu của mọi khóa trong bucket." env:"GIUCHUAN_S3_PREFIX" placeholder:"TÊN"`
}

func (f files) config(env *Env) app.Files {
	return app.Files{Folder: f.Blobs, S3: blob.S3Options{
		Endpoint: f.S3, Bucket: f.S3Bucket, Region: f.S3Region, Prefix: f.S3Prefix,
		AccessKey: env.Getenv("GIUCHUAN_S3_ACCESS_KEY"), SecretKey: blob.Secret(env.Getenv("GIUCHUAN_S3_SECRET_KEY")),
	}}
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
