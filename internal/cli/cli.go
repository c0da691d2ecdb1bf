// Package cli is the command line of giuchuan: one file per command, help and
// messages in Vietnamese.
//
// Exit codes: 0 done, 1 some input was refused or the work failed, 2 the command
// was not understood.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/alecthomas/kong"

	"giuchuan/internal/kernel/fault"
)

// Exit codes.
const (
	exitDone    = 0
	exitRefused = 1
	exitUsage   = 2
)

// Env is what the commands get from the process.
type Env struct {
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Now            func() time.Time
	Version        string
}

// errRefused ends a command with exit code 1 after it has said itself why.
var errRefused = errors.New("some input was refused")

// commands is the whole command line.
type commands struct {
	Rules     rulesCmd     `cmd:"" help:"Bộ tiêu chí và mức đạt chuẩn: kiểm tra, xem, so sánh, nhập quyết định của tỉnh."`
	Places    placesCmd    `cmd:"" help:"Địa bàn theo ngày: danh sách, tra tên hoặc mã, sáp nhập và chia tách."`
	Init      initCmd      `cmd:"" help:"Tạo thư mục dữ liệu, hoặc nâng cấp thư mục đã có."`
	Titles    titlesCmd    `cmd:"" help:"Mức công nhận của các xã: biểu nhập, nhập, danh sách."`
	Findings  findingsCmd  `cmd:"" help:"Kết quả rà soát: biểu nhập, nhập."`
	Standing  standingCmd  `cmd:"" help:"Tình trạng giữ chuẩn của mọi xã có mức công nhận."`
	Assign    assignCmd    `cmd:"" help:"Bảng phân công: cơ quan phụ trách tiêu chí, cơ quan cung cấp số liệu, phòng theo dõi từng xã."`
	Directive directiveCmd `cmd:"" help:"Văn bản chỉ đạo: đọc thông báo kết luận, công văn, quyết định thành các nhiệm vụ."`
	Demo      demoCmd      `cmd:"" help:"Tỉnh minh họa: tạo dữ liệu, nhập như thật và in tình trạng giữ chuẩn."`
	Explain   explainCmd   `cmd:"" help:"Vì sao một chỉ tiêu của một xã đạt hay chưa đạt."`
	Evaluate  evaluateCmd  `cmd:"" help:"Đánh giá các xã theo một bộ tiêu chí tại một ngày."`
	Serve     serveCmd     `cmd:"" help:"Chạy máy chủ: các trang cho cán bộ xã, huyện, cơ quan phụ trách và lãnh đạo."`
	Journal   journalCmd   `cmd:"" help:"Nhật ký thay đổi: kiểm tra toàn vẹn dữ liệu, ký mốc đối chiếu."`
	Backup    backupCmd    `cmd:"" help:"Sao lưu toàn bộ dữ liệu vào một tệp."`
	Restore   restoreCmd   `cmd:"" help:"Phục hồi dữ liệu từ tệp sao lưu vào nơi chưa có dữ liệu."`
	Doctor    doctorCmd    `cmd:"" help:"Kiểm tra máy, kho dữ liệu và nhật ký; nói cách xử lý."`
	Version   versionCmd   `cmd:"" help:"Phiên bản của chương trình."`
}

// Run runs one command line and gives the exit code.
func Run(ctx context.Context, args []string, env Env) int {
	var grammar commands
	exit := -1
	parser, err := kong.New(&grammar,
		kong.Name("giuchuan"),
		kong.Description("Giữ Chuẩn: giữ vững các xã đã đạt chuẩn nông thôn mới."),
		kong.Writers(env.Stdout, env.Stderr),
		kong.Exit(func(code int) { exit = code }),
		kong.Help(printHelp),
		kong.ValueFormatter(flagHelp),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&env),
	)
	if err != nil {
		fmt.Fprintln(env.Stderr, "giuchuan:", err)
		return exitRefused
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if exit >= 0 { // --help was printed
		return exit
	}
	if err != nil {
		fmt.Fprintf(env.Stderr, "giuchuan: %s\nXem cách dùng: giuchuan %s--help\n", usageText(err), helpPath(err))
		return exitUsage
	}
	return finish(command.Run(), &env)
}

// finish prints an error and chooses the exit code.
func finish(err error, env *Env) int {
	var usage *usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errRefused):
		return exitRefused
	case errors.As(err, &usage):
		fmt.Fprintln(env.Stderr, "giuchuan:", usage.text)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(env.Stderr, "giuchuan: đã dừng theo yêu cầu; phần đã báo xong thì đã được ghi")
		return exitRefused
	}
	fmt.Fprintln(env.Stderr, "giuchuan:", fault.Text(err))
	return exitRefused
}

// usageError is a command line that a command itself did not understand.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

// FromProcess is the environment of a real process.
func FromProcess(version string) Env {
	return Env{Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Now: time.Now, Version: version}
}
