package sheet

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
)

// childFile names the file that a child process opens instead of running tests.
const childFile = "SHEET_TEST_OPEN"

func TestMain(m *testing.M) {
	if path := os.Getenv(childFile); path != "" {
		b, err := OpenFile(path, Limits{})
		if err == nil {
			err = readRows(b)
		}
		fmt.Print(fault.Text(err))
		fmt.Fprint(os.Stderr, peakMemory())
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// peakMemory is the most resident memory of this process so far, in KiB. The
// usage a parent is told includes the parent's own and will not do.
func peakMemory() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return -1
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmHWM:" {
			n, err := strconv.ParseInt(fields[1], 10, 64)
			if err != nil {
				return -1
			}
			return n
		}
	}
	return -1
}

// TestHostileFiles opens every hostile file in a process of its own and asks
// the system how much time and memory that took at most.
func TestHostileFiles(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var worst, longest int64
	for _, h := range hostileFiles(t) {
		path := filepath.Join(dir, strings.ReplaceAll(h.name, " ", "_"))
		if err := os.WriteFile(path, h.data, 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), childFile+"="+path)
		var memory bytes.Buffer
		cmd.Stderr = &memory
		out, err := cmd.Output()
		if err != nil {
			t.Errorf("%s: %v %s", h.name, err, &memory)
			continue
		}
		checkHostile(t, h, string(out))
		busy := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if busy > hostileTime {
			t.Errorf("%s took %v of processor time", h.name, busy)
		}
		peak, err := strconv.ParseInt(memory.String(), 10, 64)
		if err != nil || peak <= 0 {
			t.Errorf("%s: the system does not tell the peak memory: %q", h.name, &memory)
		}
		if peak > hostileMemory {
			t.Errorf("%s needed %d MB", h.name, peak>>10)
		}
		worst, longest = max(worst, peak>>10), max(longest, busy.Milliseconds())
		if testing.Verbose() {
			t.Logf("%-45s %4d ms %4d MB %s", h.name, busy.Milliseconds(), peak>>10, out)
		}
	}
	t.Logf("worst: %d MB, %d ms of processor time", worst, longest)
}
