package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"giuchuan/internal/app"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/journal"
)

type journalCmd struct {
	Verify     journalVerifyCmd     `cmd:"" help:"Kiểm tra toàn vẹn dữ liệu: đọc lại mọi mục nhật ký và mọi dòng dữ liệu."`
	Checkpoint journalCheckpointCmd `cmd:"" help:"Ký một mốc đối chiếu để giữ ở nơi khác."`
	Proof      journalProofCmd      `cmd:"" name:"verify-proof" help:"Kiểm tra bằng chứng một mục có mặt trong nhật ký; không cần dữ liệu, không cần mạng."`
	Prove      journalProveCmd      `cmd:"" help:"Lập bằng chứng một mục có mặt trong nhật ký."`
}

var (
	msgInside   = fault.Msg{Key: "cli.inside_data", Text: "{file} nằm trong thư mục dữ liệu {data}; hãy để ở nơi khác, để hỏng hay lộ thư mục dữ liệu thì tệp này vẫn an toàn"}
	msgNoConfig = fault.Msg{Key: "cli.no_config", Text: "không biết để khóa ở đâu; hãy chỉ ra bằng --key hoặc GIUCHUAN_KEY"}
	msgNoKey    = fault.Msg{Key: "cli.no_key", Text: "không có tệp khóa {file}; mốc đối chiếu chỉ kiểm tra được bằng khóa đã ký nó (--key)"}
)

// signing says which key signs and checks checkpoints.
type signing struct {
	Key string `help:"Tệp khóa ký; để trống là giuchuan/journal.key trong thư mục cấu hình của người dùng." env:"GIUCHUAN_KEY" placeholder:"TỆP"`
}

// path is where the key is or will be: outside the data directory.
func (s signing) path(data string) (string, error) {
	if s.Key != "" {
		return s.Key, outside(data, s.Key)
	}
	folder, err := os.UserConfigDir()
	if err != nil {
		return "", fault.New(fault.Unavailable, msgNoConfig).Wrap(err)
	}
	path := filepath.Join(folder, "giuchuan", "journal.key")
	return path, outside(data, path)
}

// existing is the key where there is one; nil and no error where none was made
// and none was asked for.
func (s signing) existing(data string) (*journal.Key, error) {
	path, err := s.path(data)
	if err != nil {
		return nil, skipUnless(s.Key != "", err)
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, skipUnless(s.Key != "", fault.New(fault.NotFound, msgNoKey, "file", path))
	}
	return journal.OpenKey(path, rand.Reader)
}

// skipUnless is an error that only matters when somebody asked.
func skipUnless(asked bool, err error) error {
	if asked {
		return err
	}
	return nil
}

// outside refuses a file that lies in the data directory.
func outside(data, file string) error {
	if data == "" {
		return nil
	}
	inside, err := filepath.Rel(followed(data), followed(file))
	if err != nil || inside == ".." || strings.HasPrefix(inside, ".."+string(filepath.Separator)) {
		return nil
	}
	return fault.New(fault.Forbidden, msgInside, "file", file, "data", data)
}

// followed is the absolute path with its symbolic links followed, as far as
// the path exists.
func followed(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return filepath.Clean(path)
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	parent := filepath.Dir(path)
	if parent == path {
		return path
	}
	return filepath.Join(followed(parent), filepath.Base(path))
}

type journalVerifyCmd struct {
	store
	signing
	Checkpoint string `help:"Tệp mốc đối chiếu giữ ở nơi khác." placeholder:"TỆP"`
}

// Run verifies the journal and says what it amounts to; damage names the first
// bad entry.
func (c journalVerifyCmd) Run(ctx context.Context, env *Env) error {
	mark, err := c.mark()
	if err != nil {
		return err
	}
	return c.with(ctx, env, func(a *app.App) error {
		bar := spinner(env, "Đang kiểm tra toàn vẹn dữ liệu")
		report, err := journal.Verify(ctx, a.DB, app.Tables(), mark)
		if err := over(bar, err); err != nil {
			return err
		}
		return c.sound(env.Stdout, report, mark)
	})
}

// mark reads the checkpoint, nil when none is given. Its key must be there: a
// new one could check nothing.
func (c journalVerifyCmd) mark() (*journal.Checkpoint, error) {
	if c.Checkpoint == "" {
		return nil, nil
	}
	signed, err := os.ReadFile(c.Checkpoint)
	if err != nil {
		return nil, fileFault(c.Checkpoint, err)
	}
	path, err := c.path(c.Data)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, msgNoKey, "file", path)
	}
	key, err := journal.OpenKey(path, rand.Reader)
	if err != nil {
		return nil, err
	}
	return key.Open(signed)
}

func (c journalVerifyCmd) sound(w io.Writer, report journal.Report, mark *journal.Checkpoint) error {
	head := report.Head
	fmt.Fprintf(w, "Dữ liệu toàn vẹn: %s mục nhật ký, %s dòng dữ liệu; không mục nào, dòng nào bị sửa, xóa hay chèn.\n",
		grouped(head.Size), grouped(report.Rows))
	fmt.Fprintf(w, "Mã đối chiếu của %s mục: %s\n", grouped(head.Size), head.Root)
	if mark == nil {
		_, err := fmt.Fprintln(w, "Chưa so với mốc đối chiếu nào giữ ở nơi khác (--checkpoint TỆP): phần cuối bị cắt, hay cả kho bị đưa về bản cũ, chỉ như thế mới phát hiện được.")
		return err
	}
	_, err := fmt.Fprintf(w, "Khớp mốc đối chiếu %s mục, ký lúc %s.\n", grouped(mark.Size), moment(mark.At))
	return err
}

type journalCheckpointCmd struct {
	store
	signing
	Output string `short:"o" help:"Ghi vào tệp thay vì in ra." placeholder:"TỆP"`
}

// Run signs the state of the journal.
func (c journalCheckpointCmd) Run(ctx context.Context, env *Env) error {
	if c.Output != "" {
		if err := outside(c.Data, c.Output); err != nil {
			return err
		}
	}
	path, err := c.path(c.Data)
	if err != nil {
		return err
	}
	return c.with(ctx, env, func(a *app.App) error {
		_, missing := os.Stat(path)
		key, err := journal.OpenKey(path, rand.Reader)
		if err != nil {
			return err
		}
		if errors.Is(missing, fs.ErrNotExist) {
			fmt.Fprintf(env.Stderr, "Đã tạo khóa ký mới ở %s. Hãy sao khóa này ra nơi an toàn, không để cùng dữ liệu.\n", path)
		}
		signed, err := key.Sign(ctx, a.DB)
		if err != nil {
			return err
		}
		mark, err := key.Open(signed)
		if err != nil {
			return err
		}
		err = writeTo(env, c.Output, func(w io.Writer) error { _, err := w.Write(signed); return err })
		if err == nil && c.Output != "" {
			_, err = fmt.Fprintf(env.Stdout, "Đã ký mốc đối chiếu %s mục nhật ký vào %s; hãy giữ tệp này ở máy khác hoặc in ra.\n",
				grouped(mark.Size), c.Output)
		}
		return err
	})
}

// grouped writes a count as people in Việt Nam do: 1.234.567.
func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "." + text[i:]
	}
	return text
}
