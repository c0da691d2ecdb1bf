package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/app"
	"giuchuan/internal/cli"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"
)

// clock is the instant of all commands.
var clock = time.Date(2024, 10, 1, 8, 0, 0, 0, time.FixedZone("+07", 7*3600))

// answer is what a command said.
type answer struct {
	code     int
	out, err string
}

// at runs a command at an instant.
func at(now time.Time, args ...string) answer {
	var out, bad bytes.Buffer
	code := cli.Run(context.Background(), args, cli.Env{
		Stdout: &out, Stderr: &bad, Getenv: func(string) string { return "" }, Now: func() time.Time { return now }, Version: "test",
	})
	return answer{code, out.String(), bad.String()}
}

func run(args ...string) answer { return at(clock, args...) }

// done runs a command that should succeed and gives what it printed.
func done(t *testing.T, args ...string) string {
	t.Helper()
	a := run(args...)
	if a.code != 0 {
		t.Fatalf("%v: exit %d\n%s%s", args, a.code, a.out, a.err)
	}
	return a.out
}

// refuses runs a command that should end with exit code 1 and say want.
func refuses(t *testing.T, want string, args ...string) {
	t.Helper()
	a := run(args...)
	if a.code != 1 || !strings.Contains(a.err+a.out, want) {
		t.Errorf("%v: exit %d, want 1 and %q\n%s%s", args, a.code, want, a.out, a.err)
	}
}

// fresh makes a data directory beside others of the test.
func fresh(t *testing.T) (data, folder string) {
	t.Helper()
	folder = t.TempDir()
	data = filepath.Join(folder, "d")
	done(t, "init", "--data", data)
	return data, folder
}

// behind changes the embedded database behind the journal's back, and writes
// an entry that says nothing of it.
func behind(t *testing.T, data, statement string) {
	t.Helper()
	d, err := db.Open(context.Background(), db.Options{
		Path: filepath.Join(data, app.DatabaseFile), Ledger: journal.New(), Now: func() time.Time { return clock },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	err = d.Write(context.Background(), db.Command{Actor: "u1", Name: "test.tamper"}, func(tx *db.Tx) error {
		_, err := tx.Exec(statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

const tamper = "UPDATE criteria_measure SET measure = 'x' WHERE measure_key = 7"

func TestBackupMovesBetweenEngines(t *testing.T) {
	data, folder := fresh(t)
	first := filepath.Join(folder, "first.tar.gz")
	if out := done(t, "backup", first, "--data", data); !strings.Contains(out, "1 mục nhật ký") {
		t.Error(out)
	}
	url := dbtest.NewPostgres(t)
	out := done(t, "restore", first, "--database", url)
	if !strings.Contains(out, "sao lưu lúc 08:00 ngày 01/10/2024, bản test") || !strings.Contains(out, "mục nhật ký 2 ghi việc phục hồi") {
		t.Error(out)
	}
	refuses(t, "đã có dữ liệu", "restore", first, "--database", url)
	second, third := filepath.Join(folder, "second.tar.gz"), filepath.Join(folder, "e")
	done(t, "backup", second, "--database", url)
	done(t, "restore", second, "--data", third)
	if out := done(t, "journal", "verify", "--data", third); !strings.Contains(out, "3 mục nhật ký") {
		t.Error(out)
	}
}

func TestRestoreLeavesNothingHalfDone(t *testing.T) {
	data, folder := fresh(t)
	file := filepath.Join(folder, "b.tar.gz")
	done(t, "backup", file, "--data", data)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(folder, "e")
	for name, bad := range map[string][]byte{
		"empty": nil, "cut": whole[:len(whole)/2], "another file": []byte("PK\x03\x04"),
		"changed": append(bytes.Clone(whole[:600]), append([]byte{^whole[600]}, whole[601:]...)...),
	} {
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		refuses(t, "tệp sao lưu", "restore", file, "--data", target)
		if _, err := os.Stat(target); err == nil {
			t.Errorf("%s: %s was made", name, target)
		}
	}
	refuses(t, "không có tệp", "restore", filepath.Join(folder, "none"), "--data", target)
}

func TestRestoreRefusesWhatIsThere(t *testing.T) {
	data, folder := fresh(t)
	file := filepath.Join(folder, "b.tar.gz")
	done(t, "backup", file, "--data", data)
	refuses(t, "đã có dữ liệu (giuchuan.db)", "restore", file, "--data", data)
	if err := os.Rename(filepath.Join(data, app.DatabaseFile), filepath.Join(data, app.DatabaseFile+"-wal")); err != nil {
		t.Fatal(err)
	}
	refuses(t, "giuchuan.db-wal", "restore", file, "--data", data)
}

func TestBackupOfUnsoundDataIsTold(t *testing.T) {
	data, folder := fresh(t)
	file := filepath.Join(folder, "b.tar.gz")
	behind(t, data, tamper)
	refuses(t, "không toàn vẹn", "backup", file, "--data", data)
	target := filepath.Join(folder, "e")
	refuses(t, "nhật ký hỏng từ mục 1 ", "restore", file, "--data", target)
	if left, err := os.ReadDir(target); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestBackupStaysOutOfTheData(t *testing.T) {
	data, folder := fresh(t)
	refuses(t, "nằm trong thư mục dữ liệu", "backup", filepath.Join(data, app.DatabaseFile), "--data", data)
	link := filepath.Join(folder, "link")
	if err := os.Symlink(data, link); err != nil {
		t.Skip("SKIPPED: no symbolic links on this machine, a backup through one not tried:", err)
	}
	refuses(t, "nằm trong thư mục dữ liệu", "backup", filepath.Join(link, "b.tar.gz"), "--data", data)
	done(t, "backup", filepath.Join(folder, "dd"), "--data", data) // a name that begins like the folder's
}
