package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestJournalVerifyNamesTheBadEntry(t *testing.T) {
	data, _ := fresh(t)
	out := done(t, "journal", "verify", "--data", data)
	for _, want := range []string{"Dữ liệu toàn vẹn: 1 mục nhật ký", "Mã đối chiếu của 1 mục: ", "--checkpoint"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %s", want, out)
		}
	}
	behind(t, data, tamper)
	refuses(t, "nhật ký hỏng từ mục 1 ", "journal", "verify", "--data", data)
}

// TestCheckpointFindsAnOlderState goes back to an older backup: sound in
// itself, but not what the checkpoint kept elsewhere has signed.
func TestCheckpointFindsAnOlderState(t *testing.T) {
	data, folder := fresh(t)
	key, mark, file := filepath.Join(folder, "k", "key"), filepath.Join(folder, "mark"), filepath.Join(folder, "b.tar.gz")
	done(t, "backup", file, "--data", data)
	for range 3 {
		behind(t, data, "DELETE FROM criteria_decision") // no row is there: an entry without rows
	}
	a := run("journal", "checkpoint", "--data", data, "--key", key, "-o", mark)
	if a.code != 0 || !strings.Contains(a.err, "Đã tạo khóa ký mới ở "+key) || !strings.Contains(a.out, "mốc đối chiếu 4 mục") {
		t.Fatalf("exit %d\n%s%s", a.code, a.out, a.err)
	}
	verify := []string{"journal", "verify", "--checkpoint", mark, "--key", key, "--data"}
	if out := done(t, append(verify, data)...); !strings.Contains(out, "Khớp mốc đối chiếu 4 mục, ký lúc 08:00 ngày 01/10/2024") {
		t.Error(out)
	}
	old := filepath.Join(folder, "old")
	done(t, "restore", file, "--data", old)
	done(t, "journal", "verify", "--data", old)
	refuses(t, "chỉ còn 2 mục", append(verify, old)...)
	for range 2 {
		behind(t, old, "DELETE FROM criteria_decision")
	}
	refuses(t, "các mục 1 đến 4", append(verify, old)...)
}

func TestCheckpointKeys(t *testing.T) {
	data, folder := fresh(t)
	key, mark := filepath.Join(folder, "key"), filepath.Join(folder, "mark")
	refuses(t, "nằm trong thư mục dữ liệu", "journal", "checkpoint", "--data", data, "--key", filepath.Join(data, "key"))
	refuses(t, "nằm trong thư mục dữ liệu", "journal", "checkpoint", "--data", data, "--key", key, "-o", filepath.Join(data, "mark"))
	signed := done(t, "journal", "checkpoint", "--data", data, "--key", key)
	if !strings.HasPrefix(signed, "giuchuan-journal\n1\n") {
		t.Errorf("signed %s", signed)
	}
	if err := os.WriteFile(mark, []byte(strings.Replace(signed, "\n1\n", "\n2\n", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	refuses(t, "không hợp lệ", "journal", "verify", "--data", data, "--key", key, "--checkpoint", mark)
	none := filepath.Join(folder, "none")
	refuses(t, "không có tệp khóa", "journal", "verify", "--data", data, "--key", none, "--checkpoint", mark)
	if _, err := os.Stat(none); err == nil {
		t.Error("verify made a key")
	}
	refuses(t, "không có tệp "+none, "journal", "verify", "--data", data, "--checkpoint", none)
}
