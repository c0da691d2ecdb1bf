package evidence_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"sync"
	"testing"
	"time"

	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/register/evidence"
)

// Files are attached while everything that no row names is swept away at once:
// what was answered as kept is there.
func TestAttachWhileSweeping(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		stop := make(chan struct{})
		var sweeping, all sync.WaitGroup
		sweeping.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if _, err := w.Sweep(ctx, time.Now().Add(48*time.Hour)); err != nil {
					t.Error(err)
				}
			}
		})
		for n := range 4 {
			all.Go(func() {
				for i := range 8 {
					w.must(evidence.Attach{Subject: w.phone, Caption: fmt.Sprint(n, i), Name: "a.pdf"}, pdfOf(stream("", fmt.Append(nil, n*100+i))))
				}
			})
		}
		all.Wait()
		close(stop)
		sweeping.Wait()
		items := w.list(w.phone)
		for _, i := range items {
			if _, err := blob.Check(ctx, w.disk, i.SHA256); err != nil {
				t.Errorf("%s: %v", i.Caption, err)
			}
		}
		if len(items) != 32 {
			t.Errorf("%d files", len(items))
		}
	})
}

// An upload on its way needs little memory, whatever its size: it goes to disk.
func TestUploadsOnTheirWayNeedLittleMemory(t *testing.T) {
	w := open(t, dbtest.Open(t, db.Options{Path: dbtest.NewSQLite(t)}), evidence.Limits{})
	const uploads, each = 24, 20 << 20
	used := func() int64 { return rss(t) }
	before := used()
	var wait, all sync.WaitGroup
	release := make(chan struct{})
	wait.Add(uploads)
	for n := range uploads {
		all.Go(func() {
			r := &slow{left: each, chance: rand.New(rand.NewPCG(1, uint64(n))), wait: &wait, release: release}
			spool, err := w.Receive(r)
			if err != nil {
				t.Error(err)
				return
			}
			if spool.Size() != each {
				t.Errorf("%d bytes", spool.Size())
			}
			if err := spool.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	grown := (used() - before) / uploads
	close(release)
	all.Wait()
	t.Logf("%d kB for each upload on its way", grown>>10)
	if grown > 2<<20 {
		t.Errorf("an upload on its way takes %d kB", grown>>10)
	}
}

// slow is an upload that waits near its end until all others are there.
type slow struct {
	left    int
	chance  *rand.Rand
	wait    *sync.WaitGroup
	release chan struct{}
	waited  bool
}

func (s *slow) Read(p []byte) (int, error) {
	if s.left == 0 {
		return 0, io.EOF
	}
	if s.left < 1<<20 && !s.waited {
		s.waited = true
		s.wait.Done()
		<-s.release
	}
	n := min(len(p), s.left)
	for i := range p[:n] {
		p[i] = byte(s.chance.Uint32())
	}
	s.left -= n
	return n, nil
}

// rss is the memory that this process cannot give back, bytes.
func rss(t *testing.T) int64 {
	t.Helper()
	debug.FreeOSMemory()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip("SKIPPED: this machine has no /proc/self/statm")
	}
	var size, resident int64
	if _, err := fmt.Sscan(string(text), &size, &resident); err != nil {
		t.Fatal(err)
	}
	return resident * int64(os.Getpagesize())
}
