package db_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"
)

// addBig writes kB kilobytes as one note.
func addBig(d *db.DB, id string, kB int) error {
	return d.Write(context.Background(), cmd("note.add"), func(tx *db.Tx) error {
		return tx.Insert(noteTable, id, strings.Repeat("x", kB<<10))
	})
}

// fillUp writes until the disk is full, then shows that neighbours of a write
// that does not fit are not hurt and that room lets writing go on.
func fillUp(t *testing.T, d *db.DB, makeRoom func()) {
	t.Helper()
	if err := addNote(d, "a"); err != nil {
		t.Fatal(err)
	}
	tooBig := func() error { return addBig(d, "big", 8<<10) }
	answers := together(t, d, adds(d, "b"), tooBig, adds(d, "c"))
	if answers[0] != nil || answers[2] != nil {
		t.Errorf("the neighbours got %v and %v", answers[0], answers[2])
	}
	if !fault.Is(answers[1], fault.Unavailable) || !strings.Contains(fault.Text(answers[1]), "đã đầy") {
		t.Errorf("the write that does not fit got %v", answers[1])
	}
	wantNotes(t, d, "[a b c]")
	makeRoom()
	if err := tooBig(); err != nil {
		t.Errorf("with room again: %v", err)
	}
	wantNotes(t, d, "[a b big c]")
	verifies(t, d)
}

func verifies(t *testing.T, d *db.DB) {
	t.Helper()
	if _, err := journal.Verify(context.Background(), d, []*db.Table{noteTable}, nil); err != nil {
		t.Errorf("the journal: %v", err)
	}
}

func TestFullDatabase(t *testing.T) {
	d := dbtest.Open(t, db.Options{Path: filepath.Join(t.TempDir(), "full.sqlite")})
	makeNotes(t, d)
	limit := func(pages int) {
		err := d.Write(context.Background(), cmd("test.limit"), func(tx *db.Tx) error {
			var got int
			return tx.QueryRow(fmt.Sprintf("PRAGMA max_page_count = %d", pages)).Scan(&got)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	limit(500)
	fillUp(t, d, func() { limit(100000) })
}

// TestFullDisk fills a real file system.
func TestFullDisk(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("KHÔNG CHẠY: đĩa đầy thật (cần quyền root để gắn tmpfs)")
	}
	disk := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("KHÔNG CHẠY: đĩa đầy thật (không gắn được tmpfs: %v)", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	d := dbtest.Open(t, db.Options{Path: filepath.Join(disk, "full.sqlite")})
	makeNotes(t, d)
	fillUp(t, d, func() {
		if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
			t.Fatal(err)
		}
	})
}

// TestDiskFault runs a child whose files may not grow past a limit, which
// SQLite sees as a failing disk: it must never acknowledge what it then does
// not hold, and after a failed commit it stops writing for good.
func TestDiskFault(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fault.sqlite")
	if os.Getenv("GIUCHUAN_DISK_FAULT") != "" {
		diskFaultChild(os.Getenv("GIUCHUAN_DISK_FAULT"))
		return
	}
	child := exec.Command(os.Args[0], "-test.run=^TestDiskFault$")
	child.Env = append(os.Environ(), "GIUCHUAN_DISK_FAULT="+path)
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("child: %v\n%s", err, out)
	}
	var acknowledged, stopped int
	line := string(out)[strings.Index(string(out), "acknowledged"):]
	if _, err := fmt.Sscanf(line, "acknowledged %d stopped %d", &acknowledged, &stopped); err != nil {
		t.Fatalf("child said %s", out)
	}
	if acknowledged == 0 || stopped == 0 {
		t.Errorf("acknowledged %d writes and refused %d after the fault, want some of both", acknowledged, stopped)
	}
	d := dbtest.Open(t, db.Options{Path: path})
	if got := len(noteIDs(t, d)); got < acknowledged || got > acknowledged+1 {
		t.Errorf("found %d of %d acknowledged notes", got, acknowledged)
	}
	if err := addNote(d, "again"); err != nil {
		t.Errorf("after a restart: %v", err)
	}
	verifies(t, d)
}

func diskFaultChild(path string) {
	signal.Ignore(syscall.SIGXFSZ)
	d, err := db.Open(context.Background(), db.Options{Path: path, Ledger: journal.New()})
	if err != nil {
		panic(err)
	}
	if err := d.Migrate(context.Background()); err != nil {
		panic(err)
	}
	err = d.Write(context.Background(), cmd("test.schema"), func(tx *db.Tx) error {
		_, err := tx.Exec(createNote)
		return err
	})
	if err != nil {
		panic(err)
	}
	limit := syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		panic(err)
	}
	acknowledged, stopped := 0, 0
	for i := range 200 {
		err := addBig(d, fmt.Sprintf("%03d", i), 16)
		switch {
		case err == nil && stopped > 0:
			panic("a write was accepted after the fault")
		case err == nil:
			acknowledged++
		case strings.Contains(fault.Text(err), "ngừng nhận ghi"):
			stopped++
		}
	}
	fmt.Printf("\nacknowledged %d stopped %d\n", acknowledged, stopped)
}

// cuttingProxy stands between the product and PostgreSQL and cuts the
// connection at a COMMIT, before or after the server has carried it out.
type cuttingProxy struct {
	server  string
	cut     atomic.Bool // armed for the next COMMIT
	deliver bool        // let the server see it
}

func (p *cuttingProxy) serve(listener net.Listener) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		go p.pipe(client)
	}
}

func (p *cuttingProxy) pipe(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("unix", p.server)
	if err != nil {
		return
	}
	defer server.Close()
	var deaf atomic.Bool
	go func() {
		buffer := make([]byte, 64<<10)
		for {
			n, err := server.Read(buffer)
			if deaf.Load() || err != nil {
				client.Close()
				return
			}
			if _, err := client.Write(buffer[:n]); err != nil {
				return
			}
		}
	}()
	buffer := make([]byte, 64<<10)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		cut := strings.Contains(strings.ToLower(string(buffer[:n])), "commit\x00") && p.cut.CompareAndSwap(true, false)
		if cut && !p.deliver {
			return
		}
		deaf.Store(cut)
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// TestLostCommitAnswer cuts the line at COMMIT: the outcome is asked for, and
// every command is answered truthfully and carried out exactly once.
func TestLostCommitAnswer(t *testing.T) {
	for name, deliver := range map[string]bool{"carried-out": true, "never-seen": false} {
		t.Run(name, func(t *testing.T) {
			direct := dbtest.NewPostgres(t)
			at, err := url.Parse(direct)
			if err != nil {
				t.Fatal(err)
			}
			folder := t.TempDir()
			proxy := &cuttingProxy{server: at.Query().Get("host") + "/.s.PGSQL.5432", deliver: deliver}
			listener, err := net.Listen("unix", folder+"/.s.PGSQL.5432")
			if err != nil || at.Query().Get("host") == "" {
				t.Skipf("KHÔNG CHẠY: mất kết nối lúc COMMIT (cần PostgreSQL trên unix socket: %v)", err)
			}
			defer listener.Close()
			go proxy.serve(listener)
			query := at.Query()
			query.Set("host", folder)
			at.RawQuery = query.Encode()
			d := dbtest.Open(t, db.Options{URL: at.String()})
			makeNotes(t, d)
			arm := sync.OnceFunc(func() { proxy.cut.Store(true) })
			arming := func() error {
				return d.Write(context.Background(), cmd("note.add"), func(tx *db.Tx) error {
					arm() // the next COMMIT is that of this batch
					return tx.Insert(noteTable, "a", "")
				})
			}
			answers := together(t, d, arming, adds(d, "b"))
			if err := errors.Join(answers...); err != nil {
				t.Errorf("answers: %v", err)
			}
			if proxy.cut.Load() {
				t.Error("the line was never cut")
			}
			proxy.cut.Store(true)
			if err := addNote(d, "c"); err != nil {
				t.Errorf("a lone write: %v", err)
			}
			wantNotes(t, d, "[a b c]")
			verifies(t, d)
		})
	}
}
