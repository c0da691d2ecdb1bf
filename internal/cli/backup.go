package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/schollz/progressbar/v3"

	"giuchuan/internal/app"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/backup"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
)

var (
	msgHasData  = fault.Msg{Key: "cli.has_data", Text: "{data} đã có dữ liệu ({file}); chỉ phục hồi vào nơi chưa có dữ liệu, hãy chọn thư mục khác"}
	msgMove     = fault.Msg{Key: "cli.restore_move", Text: "không đặt được dữ liệu đã phục hồi vào {data}"}
	msgLeftover = fault.Msg{Key: "cli.restore_leftover", Text: "dữ liệu phục hồi chưa được ghi trọn ra đĩa (còn tệp {file})"}
)

type backupCmd struct {
	store
	files
	File string `arg:"" name:"tệp" help:"Tệp sao lưu sẽ ghi, như giuchuan-2024-10-01.tar.gz; thay tệp cũ cùng tên."`
}

// Help adds what the archive is good for.
func (backupCmd) Help() string {
	return `Sao lưu được khi chương trình khác đang ghi. Tệp phục hồi được vào cả SQLite và
PostgreSQL (giuchuan restore). Khóa ký mốc đối chiếu không nằm trong tệp.`
}

// Run writes a backup and then verifies the data, because the backup of unsound
// data will not restore.
func (c backupCmd) Run(ctx context.Context, env *Env) error {
	if err := outside(c.Data, c.File); err != nil {
		return err
	}
	cfg := c.store.config(env)
	cfg.Files = c.files.config(env)
	return c.with(ctx, env, func(a *app.App) error {
		store, err := app.OpenBlobs(ctx, cfg)
		if err != nil {
			return err
		}
		bar := spinner(env, "Đang sao lưu")
		m, err := backup.WriteFile(ctx, backup.Source{DB: a.DB, Product: env.Version, Blobs: app.BackupBlobs(store)}, c.File, bar)
		if err := over(bar, err); err != nil {
			return err
		}
		fmt.Fprintf(env.Stdout, "Đã sao lưu vào %s: %s mục nhật ký, %s dòng dữ liệu. Tệp đã được đọc lại và kiểm tra.\n",
			c.File, grouped(m.Entries), grouped(m.Rows()-m.Entries))
		sayFiles(env, m)
		bar = spinner(env, "Đang kiểm tra toàn vẹn dữ liệu")
		_, err = journal.Verify(ctx, a.DB, app.Tables(), nil)
		if err := over(bar, err); err != nil {
			fmt.Fprintf(env.Stderr, "giuchuan: dữ liệu đang dùng không toàn vẹn, tệp vừa ghi sẽ không phục hồi được; hãy giữ các tệp sao lưu cũ.\n%s\n", fault.Text(err))
			return errRefused
		}
		if m.Files != nil && len(m.Files.Missing) > 0 {
			return errRefused
		}
		return nil
	})
}

// sayFiles tells of the files of a backup, and names those it lacks.
func sayFiles(env *Env, m *backup.Manifest) {
	if m.Files == nil {
		return
	}
	fmt.Fprintf(env.Stdout, "Kèm %s tệp minh chứng.\n", grouped(m.Files.Count))
	if n := len(m.Files.Missing); n > 0 {
		fmt.Fprintf(env.Stderr, "giuchuan: kho tệp thiếu hoặc hỏng %s tệp minh chứng, tệp sao lưu không có các tệp này; hãy lấy lại từ bản sao lưu cũ hơn. Tệp đầu tiên: %s\n",
			grouped(int64(n)), m.Files.Missing[0])
	}
}

type restoreCmd struct {
	store
	files
	File string `arg:"" name:"tệp" help:"Tệp sao lưu."`
}

// Help adds what happens.
func (restoreCmd) Help() string {
	return `Phục hồi vào thư mục dữ liệu mới, hoặc vào cơ sở dữ liệu PostgreSQL trống
(--database). Tệp hỏng hay bị cắt thì không phục hồi gì. Nhật ký được kiểm tra
toàn vẹn và thêm một mục ghi việc phục hồi.`
}

// Run checks the archive, restores it where no data are, and brings the result
// up to date.
func (c restoreCmd) Run(ctx context.Context, env *Env) error {
	if err := c.vacant(); err != nil {
		return err
	}
	archive, err := os.Open(c.File)
	if err != nil {
		return fileFault(c.File, err)
	}
	defer archive.Close() // only read
	r := &restoring{env: env, archive: archive}
	cfg := c.store.config(env)
	cfg.Files = c.files.config(env)
	if err := r.check(ctx); err != nil {
		return err
	}
	if r.blobs, err = app.OpenBlobs(ctx, cfg); err != nil {
		return err
	}
	var m *backup.Manifest
	if c.Database != "" {
		m, err = r.into(ctx, db.Options{URL: c.Database})
	} else {
		m, err = r.intoFolder(ctx, c.Data)
	}
	if err != nil {
		return err
	}
	a, err := app.Init(ctx, cfg)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Stdout, "Đã phục hồi từ %s (sao lưu lúc %s, bản %s): %s mục nhật ký, %s dòng dữ liệu. Dữ liệu toàn vẹn; mục nhật ký %s ghi việc phục hồi.\n",
		c.File, moment(m.MadeAt), m.Product, grouped(m.Entries), grouped(m.Rows()-m.Entries), grouped(m.Entries+1))
	sayFiles(env, m)
	return closing(a, err)
}

// vacant refuses a data directory with an embedded database, or with the log
// of one, which SQLite would play into the restored data.
func (c restoreCmd) vacant() error {
	if c.Database != "" {
		return nil
	}
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		file := app.DatabaseFile + suffix
		if _, err := os.Lstat(filepath.Join(c.Data, file)); err == nil {
			return fault.New(fault.Conflict, msgHasData, "data", c.Data, "file", file)
		}
	}
	return nil
}

// restoring is one run of the restore command.
type restoring struct {
	env     *Env
	archive *os.File
	blobs   blob.Store
}

// open gives the archive from its start, with progress.
func (r *restoring) open(about string) (io.Reader, *progressbar.ProgressBar, error) {
	info, err := r.archive.Stat()
	if err == nil {
		_, err = r.archive.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, nil, fileFault(r.archive.Name(), err)
	}
	bar := byteBar(r.env, info.Size(), about)
	return bufio.NewReaderSize(io.TeeReader(r.archive, bar), 1<<16), bar, nil
}

// check reads the whole archive before anything is made.
func (r *restoring) check(ctx context.Context) error {
	in, bar, err := r.open("Đang kiểm tra tệp sao lưu")
	if err != nil {
		return err
	}
	_, err = backup.Check(ctx, in)
	return over(bar, err)
}

// into restores into one database.
func (r *restoring) into(ctx context.Context, o db.Options) (*backup.Manifest, error) {
	o.Ledger, o.Now = journal.New(), r.env.Now
	d, err := db.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	err = backup.Empty(ctx, d)
	if err == nil {
		err = d.Migrate(ctx)
	}
	var m *backup.Manifest
	if err == nil {
		in, bar, failed := r.open("Đang phục hồi")
		if err = failed; err == nil {
			m, err = backup.Restore(ctx, backup.Target{DB: d, Tables: app.Tables(), Actor: actor(), Blobs: app.BackupBlobs(r.blobs)}, in)
			err = over(bar, err)
		}
	}
	return m, errors.Join(err, d.Close())
}

// intoFolder restores beside the place of the database and moves the file
// there when it is complete.
func (r *restoring) intoFolder(ctx context.Context, data string) (*backup.Manifest, error) {
	fail := func(err error) error { return fault.New(fault.Unavailable, msgMove, "data", data).Wrap(err) }
	if err := os.MkdirAll(data, 0o750); err != nil {
		return nil, fail(err)
	}
	aside, err := os.MkdirTemp(data, ".restore-*")
	if err != nil {
		return nil, fail(err)
	}
	defer os.RemoveAll(aside) // empty by then, or of no use
	path := filepath.Join(aside, app.DatabaseFile)
	m, err := r.into(ctx, db.Options{Path: path})
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		return nil, fault.New(fault.Internal, msgLeftover, "file", info.Name())
	}
	if err := os.Rename(path, filepath.Join(data, app.DatabaseFile)); err != nil {
		return nil, fail(err)
	}
	return m, backup.SyncFolder(data)
}

// moment writes an instant in the time of Việt Nam.
func moment(t time.Time) string {
	return day.Local(t).Format("15:04 ngày 02/01/2006")
}
