package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// machine is what the figures depend on besides the code.
type machine struct{ lines [][2]string }

func (m *machine) add(name, text string) { m.lines = append(m.lines, [2]string{name, text}) }

func (m *machine) print(w io.Writer) {
	fmt.Fprintln(w, "Giữ Chuẩn: figures")
	for _, l := range m.lines {
		fmt.Fprintf(w, "  %-13s %s\n", l[0], l[1])
	}
}

// readMachine describes the code, the machine and the engines.
func readMachine(ctx context.Context, b *bench) *machine {
	m := &machine{}
	m.add("commit", commit(ctx))
	m.add("date", time.Now().Format(time.RFC3339))
	load := loadAverage() + " (1, 5, 15 min)"
	var now float64
	if _, err := fmt.Sscan(load, &now); err == nil && now > float64(runtime.NumCPU())/2 {
		load += ": BUSY, other work is running; repeat what misses its goal"
	}
	m.add("load", load)
	m.add("processor", fmt.Sprintf("%s, %d cores", cpuModel(), runtime.NumCPU()))
	m.add("calibration", show(milliseconds(calibrate()), "ms")+" for SHA-256 of 64 MiB")
	m.add("Go", runtime.Version()+" "+runtime.GOOS+"/"+runtime.GOARCH)
	m.add("disk", disk(b.dir))
	for _, s := range b.stores {
		m.add("store", s.describe(ctx))
	}
	return m
}

// commit names the code: from the build, else from git.
func commit(ctx context.Context) string {
	id, dirty := "", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				id = s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				dirty = " with uncommitted changes"
			}
		}
	}
	if id != "" {
		return id + dirty
	}
	out, err := exec.CommandContext(ctx, "git", "rev-parse", "HEAD").Output()
	if err != nil {
		return "unknown: no build information, and git says " + err.Error()
	}
	changed, err := exec.CommandContext(ctx, "git", "status", "--porcelain").Output()
	if err == nil && len(changed) > 0 {
		dirty = fmt.Sprintf(" with %d uncommitted changes", strings.Count(string(changed), "\n"))
	}
	return strings.TrimSpace(string(out)) + dirty
}

// loadAverage is the load of the last 1, 5 and 15 minutes.
func loadAverage() string {
	text, err := os.ReadFile("/proc/loadavg")
	if fields := strings.Fields(string(text)); err == nil && len(fields) >= 3 {
		return strings.Join(fields[:3], " ")
	}
	return "unknown"
}

func cpuModel() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err == nil {
		for line := range strings.Lines(string(text)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				return strings.TrimSpace(value)
			}
		}
	}
	return "unknown processor"
}

// calibrate does a fixed piece of work that needs no memory, so that runs can be
// held against one another: the median of five.
func calibrate() time.Duration {
	block := make([]byte, 16<<10)
	var took []float64
	for range 5 {
		start := time.Now()
		for range 4096 {
			block[0] = sha256.Sum256(block)[0]
		}
		took = append(took, float64(time.Since(start)))
	}
	return time.Duration(median(took))
}

// disk says where the scratch folder is and what making a block durable costs.
func disk(dir string) string {
	const memoryDisk = 0x01021994 // TMPFS_MAGIC
	var fs syscall.Statfs_t
	kind := "disk"
	if err := syscall.Statfs(dir, &fs); err == nil && fs.Type == memoryDisk {
		kind = "A MEMORY DISK (nothing written here is durable; use -dir)"
	}
	sync, err := syncTime(dir)
	if err != nil {
		return fmt.Sprintf("%s on %s; fdatasync: %v", dir, kind, err)
	}
	return fmt.Sprintf("%s on %s; 4 KiB and fdatasync %s", dir, kind, show(milliseconds(sync), "ms"))
}

// syncTime is the median time to append 4 KiB to a file and make them durable.
func syncTime(dir string) (median50 time.Duration, err error) {
	f, err := os.Create(filepath.Join(dir, "sync"))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
	block := make([]byte, 4096)
	var took []float64
	for range 50 {
		start := time.Now()
		if _, err := f.Write(block); err != nil {
			return 0, err
		}
		if err := syscall.Fdatasync(int(f.Fd())); err != nil {
			return 0, err
		}
		took = append(took, float64(time.Since(start)))
	}
	return time.Duration(median(took)), nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// cpuTime is the processor time, user and system, this process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMemory is the most resident memory of this process so far, in bytes. What
// a parent is told of its child counts the parent's own, so a child asks itself.
func peakMemory() (int64, error) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmHWM:" {
			n, err := strconv.ParseInt(fields[1], 10, 64)
			return n << 10, err
		}
	}
	return 0, errors.New("/proc/self/status has no VmHWM")
}

// stopwatch measures clock and processor time of this process.
type stopwatch struct {
	wall time.Time
	cpu  time.Duration
}

func start() stopwatch { return stopwatch{time.Now(), cpuTime()} }

// stop gives the time since start, in milliseconds.
func (s stopwatch) stop() (wall, cpu float64) {
	return milliseconds(time.Since(s.wall)), milliseconds(cpuTime() - s.cpu)
}
