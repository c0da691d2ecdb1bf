package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"giuchuan/internal/app"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/health"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/calendar"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

var (
	msgNoWrite = fault.Msg{Key: "cli.doctor_no_write", Text: "không ghi được vào {data}"}
	msgFewDisk = fault.Msg{Key: "cli.doctor_disk", Text: "chỉ còn trống {free}"}
	msgClock   = fault.Msg{Key: "cli.doctor_clock", Text: "đồng hồ máy đang là {now}, sớm hơn mục nhật ký cuối ({last})"}
	msgYear    = fault.Msg{Key: "cli.doctor_year", Text: "đồng hồ máy đang là {now}"}
)

// Limits of the checks.
const (
	freeAtLeast    = 512 << 20        // bytes, and twice the database
	clockSlack     = 5 * time.Minute  // behind the last entry
	verifyAtMost   = 30 * time.Second // of the journal; journal verify has no limit
	oldestPossible = 2024             // the year of this program
)

type doctorCmd struct {
	store
}

// Help adds the exit codes.
func (doctorCmd) Help() string {
	return "Không sửa gì. Mã thoát 0 khi mọi thứ đều ổn, 1 khi có việc cần xử lý."
}

// diagnosis collects the lines of the report.
type diagnosis struct {
	env  *Env
	rows [][]string
	bad  int
}

// say adds a line; remedy is told when err is not nil.
func (d *diagnosis) say(what, detail string, err error, remedy string) bool {
	if err == nil {
		d.rows = append(d.rows, []string{"✓", what, detail})
		return true
	}
	d.bad++
	d.rows = append(d.rows, []string{"!", what, fault.Text(err)}, []string{"", "", "→ " + remedy})
	return false
}

// Run checks what the product needs and says how to mend what is wrong.
func (c doctorCmd) Run(ctx context.Context, env *Env) error {
	d := &diagnosis{env: env}
	d.embedded()
	there := true
	if c.Database == "" {
		there = d.folder(c.Data)
	}
	if there {
		d.database(ctx, c.store)
	}
	err := writeTo(env, "", func(w io.Writer) error {
		writeTable(w, d.rows)
		last := "Mọi thứ đều ổn."
		if d.bad > 0 {
			last = fmt.Sprintf("Có %d việc cần xử lý.", d.bad)
		}
		_, err := fmt.Fprintln(w, last)
		return err
	})
	if err == nil && d.bad > 0 {
		return errRefused
	}
	return err
}

// embedded loads the data that ship with the program.
func (d *diagnosis) embedded() {
	const remedy = "tải lại bản giuchuan nguyên vẹn"
	detail := ""
	lib, err := criteria.LoadLaw()
	if err == nil {
		detail = fmt.Sprintf("%d bộ, %d văn bản", len(lib.Sets), len(lib.Instruments))
	}
	d.say("Bộ tiêu chí", detail, err, remedy)
	places, err := place.Load(reference.FS())
	if d.say("Địa bàn", "đọc được", err, remedy) {
		_, err = agency.Load(reference.FS(), places, "08")
		d.say("Cơ quan", "đọc được", err, remedy)
	}
	_, err = calendar.Load(reference.FS())
	d.say("Lịch làm việc", "đọc được", err, remedy)
}

// folder checks the data directory and tells whether a database is in it.
func (d *diagnosis) folder(data string) bool {
	s := store{Data: data}
	if !s.hasData() {
		return d.say("Thư mục dữ liệu", "", fault.New(fault.NotFound, msgNoFile, "file", filepath.Join(data, app.DatabaseFile)),
			"chạy giuchuan init --data "+data+", hoặc giuchuan restore TỆP --data "+data)
	}
	d.say("Thư mục dữ liệu", data, writable(data), "cho tài khoản đang chạy giuchuan quyền ghi vào thư mục này")
	free, err := health.Free(data)
	if err == nil && free < enough(data) {
		err = fault.New(fault.Unavailable, msgFewDisk, "free", megabytes(free))
	}
	d.say("Chỗ trống trên đĩa", megabytes(free), err, "xóa bớt tệp hoặc mở rộng ổ đĩa; cần ít nhất "+megabytes(enough(data)))
	return true
}

func writable(data string) error {
	probe, err := os.CreateTemp(data, ".doctor-*")
	if err == nil {
		err = probe.Close()
		if failed := os.Remove(probe.Name()); err == nil {
			err = failed
		}
	}
	if err != nil {
		return fault.New(fault.Forbidden, msgNoWrite, "data", data).Wrap(err)
	}
	return nil
}

// enough is the room the disk should have: for a backup and for growth.
func enough(data string) int64 {
	info, err := os.Stat(filepath.Join(data, app.DatabaseFile))
	if err != nil {
		return freeAtLeast
	}
	return max(freeAtLeast, 2*info.Size())
}

func megabytes(n int64) string { return grouped(n>>20) + " MB" }

// database opens the database and asks it everything.
func (d *diagnosis) database(ctx context.Context, s store) {
	options := db.Options{URL: s.Database, Ledger: journal.New(), Now: d.env.Now}
	if s.Database == "" {
		options.Path = filepath.Join(s.Data, app.DatabaseFile)
	}
	opened, err := db.Open(ctx, options)
	if !d.say("Kho dữ liệu", "mở được", err, "kiểm tra máy chủ PostgreSQL và địa chỉ --database, hoặc quyền đọc tệp dữ liệu") {
		return
	}
	text, err := health.Engine(ctx, opened)
	what, remedy := "Tệp dữ liệu", "giữ nguyên tệp hiện có, phục hồi bản sao lưu gần nhất vào thư mục khác (giuchuan restore)"
	if s.Database != "" {
		what, remedy = "Máy chủ dữ liệu", "sửa cấu hình máy chủ PostgreSQL rồi khởi động lại"
	}
	d.say(what, text, err, remedy)
	err = health.Schema(ctx, opened)
	remedy = "sao lưu rồi chạy giuchuan init để nâng cấp"
	if fault.Is(err, fault.Unsupported) {
		remedy = "dùng bản giuchuan mới hơn"
	}
	if d.say("Cấu trúc dữ liệu", "đúng bản này", err, remedy) {
		d.journal(ctx, opened)
		d.letters(ctx, opened)
	}
	if err := opened.Close(); err != nil {
		d.say("Đóng kho dữ liệu", "", err, "kiểm tra ổ đĩa")
	}
}

// journal verifies for a while, and holds the clock against the last entry.
func (d *diagnosis) journal(ctx context.Context, opened *db.DB) {
	bar := spinner(d.env, "Đang kiểm tra toàn vẹn dữ liệu")
	short, cancel := context.WithTimeout(ctx, verifyAtMost)
	report, err := journal.Verify(short, opened, app.Tables(), nil)
	detail := fmt.Sprintf("%s mục, %s dòng, toàn vẹn", grouped(report.Head.Size), grouped(report.Rows))
	if err != nil && short.Err() != nil && ctx.Err() == nil {
		err, detail = nil, "chưa thấy hỏng, nhưng chưa đọc hết; kiểm tra trọn vẹn bằng giuchuan journal verify"
	}
	cancel()
	d.say("Nhật ký thay đổi", detail, over(bar, err),
		"giữ nguyên dữ liệu hiện có để đối chiếu, phục hồi bản sao lưu gần nhất vào nơi khác")
	var last time.Time
	err = opened.Read(ctx, func(tx *db.Tx) (err error) {
		_, last, err = journal.New().Head(tx)
		return err
	})
	now := d.env.Now()
	if err == nil {
		err = sane(now, last)
	}
	d.say("Đồng hồ", moment(now), err, "đặt lại giờ và bật đồng bộ giờ qua mạng (systemd-timesyncd hoặc chrony)")
}

// sane refuses a clock that cannot be right.
func sane(now, last time.Time) error {
	if now.Year() < oldestPossible || now.Year() > oldestPossible+50 {
		return fault.New(fault.Conflict, msgYear, "now", moment(now))
	}
	if now.Add(clockSlack).Before(last) {
		return fault.New(fault.Conflict, msgClock, "now", moment(now), "last", moment(last))
	}
	return nil
}
