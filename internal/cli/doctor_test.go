package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/app"
	"giuchuan/internal/platform/dbtest"
)

func TestDoctorOfSoundData(t *testing.T) {
	data, _ := fresh(t)
	out := done(t, "doctor", "--data", data)
	for _, want := range []string{"✓  Bộ tiêu chí", "✓  Tệp dữ liệu", "SQLite 3.", "✓  Nhật ký thay đổi    1 mục", "✓  Đồng hồ", "Mọi thứ đều ổn."} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// TestDoctorNamesTheRemedy breaks one thing at a time.
func TestDoctorNamesTheRemedy(t *testing.T) {
	for name, test := range map[string]struct {
		harm   func(t *testing.T, data string)
		now    time.Time
		line   string
		remedy string
	}{
		"no data": {
			func(t *testing.T, data string) { remove(t, filepath.Join(data, app.DatabaseFile)) },
			clock, "!  Thư mục dữ liệu", "giuchuan init",
		},
		"changed row": {func(t *testing.T, data string) { behind(t, data, tamper) }, clock, "!  Nhật ký thay đổi", "phục hồi bản sao lưu"},
		"older schema": {
			func(t *testing.T, data string) { behind(t, data, "DROP TABLE review_finding") },
			clock, "!  Cấu trúc dữ liệu", "giuchuan init",
		},
		"newer schema": {
			func(t *testing.T, data string) { behind(t, data, "CREATE TABLE later (id INTEGER)") },
			clock, "!  Cấu trúc dữ liệu", "bản giuchuan mới hơn",
		},
		"no database": {
			func(t *testing.T, data string) {
				if err := os.WriteFile(filepath.Join(data, app.DatabaseFile), []byte("this is no database, only text"), 0o600); err != nil {
					t.Fatal(err)
				}
			}, clock, "!  Kho dữ liệu", "quyền đọc tệp",
		},
		"clock behind":     {func(*testing.T, string) {}, clock.AddDate(0, 0, -1), "!  Đồng hồ", "đồng bộ giờ"},
		"clock of no year": {func(*testing.T, string) {}, time.Unix(0, 0), "!  Đồng hồ", "đồng bộ giờ"},
	} {
		t.Run(name, func(t *testing.T) {
			data, _ := fresh(t)
			test.harm(t, data)
			a := at(test.now, "doctor", "--data", data)
			if a.code != 1 || !strings.Contains(a.out, test.line) || !strings.Contains(a.out, test.remedy) || !strings.Contains(a.out, "Có 1 việc cần xử lý.") {
				t.Errorf("exit %d, want 1, %q and %q\n%s%s", a.code, test.line, test.remedy, a.out, a.err)
			}
		})
	}
}

func remove(t *testing.T, file string) {
	t.Helper()
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
}

// TestDoctorOnPostgres accepts that a test server may run without fsync: then
// that must be the one thing to mend.
func TestDoctorOnPostgres(t *testing.T) {
	url := dbtest.NewPostgres(t)
	done(t, "init", "--database", url)
	a := run("doctor", "--database", url)
	if a.code == 0 && strings.Contains(a.out, "✓  Máy chủ dữ liệu") {
		return
	}
	if a.code != 1 || !strings.Contains(a.out, "fsync = off") || !strings.Contains(a.out, "Có 1 việc cần xử lý.") ||
		!strings.Contains(a.out, "✓  Cấu trúc dữ liệu") || !strings.Contains(a.out, "✓  Nhật ký thay đổi") {
		t.Errorf("exit %d\n%s%s", a.code, a.out, a.err)
	}
}
