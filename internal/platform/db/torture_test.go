package db_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"
)

const (
	tortureVariable = "GIUCHUAN_TORTURE" // set in the child: "path|url" and the round
	tortureWriters  = 16
)

// lineTable lets the same id in twice, so that a write carried out twice shows.
var lineTable = &db.Table{Name: "line", Columns: []string{"id"}, Key: []string{"id", "entry"}}

const createLine = `CREATE TABLE line (id TEXT NOT NULL, entry BIGINT NOT NULL, PRIMARY KEY (id, entry))`

// TestTorture kills a process that writes, at random moments, and looks at
// what is left: every acknowledged row is there, every row there was sent,
// each exactly once, and the journal is sound.
func TestTorture(t *testing.T) {
	if place := os.Getenv(tortureVariable); place != "" {
		tortureChild(place)
		return
	}
	kills := 20
	if os.Getenv("GIUCHUAN_SOAK") == "1" {
		kills = 1000
	}
	t.Run("sqlite", func(t *testing.T) {
		torture(t, db.Options{Path: filepath.Join(t.TempDir(), "torture.sqlite")}, kills)
	})
	t.Run("postgres", func(t *testing.T) {
		torture(t, db.Options{URL: dbtest.NewPostgres(t)}, kills)
	})
}

// torture runs and kills children on one database that keeps growing.
func torture(t *testing.T, o db.Options, kills int) {
	o.Ledger = journal.New()
	d := dbtest.Open(t, o)
	err := d.Write(context.Background(), cmd("test.schema"), func(tx *db.Tx) error {
		_, err := tx.Exec(createLine)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	sent, acknowledged := map[string]bool{}, map[string]bool{}
	for round := range kills {
		oneKill(t, o, round, sent, acknowledged)
		if kills <= 20 || round == kills-1 || round%50 == 0 {
			inspect(t, o, sent, acknowledged)
		}
		if t.Failed() {
			t.Fatalf("round %d", round)
		}
	}
	t.Logf("%d kills: %d sent, %d acknowledged", kills, len(sent), len(acknowledged))
	if len(acknowledged) == 0 || len(sent) == len(acknowledged) {
		t.Errorf("%d sent and %d acknowledged: the kills missed the writing", len(sent), len(acknowledged))
	}
}

// oneKill starts a child, lets it write for a moment, kills it, and notes what
// it said: "s id" before a write, "a id" after its acknowledgement.
func oneKill(t *testing.T, o db.Options, round int, sent, acknowledged map[string]bool) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestTorture$")
	child.Env = append(os.Environ(), tortureVariable+"="+fmt.Sprintf("%s|%s|%d", o.Path, o.URL, round))
	child.Stderr = os.Stderr
	said, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(said)
	var timer *time.Timer
	for lines.Scan() {
		what, id, whole := strings.Cut(lines.Text(), " ")
		switch {
		case !whole || !strings.HasSuffix(id, "."): // the line the kill cut short, or the test's own words
		case what == "s":
			sent[id] = true
		case what == "a":
			acknowledged[id] = true
		}
		if timer == nil {
			timer = time.AfterFunc(time.Duration(5+rand.IntN(120))*time.Millisecond, func() { _ = child.Process.Kill() })
		}
	}
	if err := child.Wait(); err == nil {
		t.Error("the child ended before it was killed")
	}
}

// tortureChild writes until it is killed.
func tortureChild(place string) {
	part := strings.Split(place, "|")
	d, err := db.Open(context.Background(), db.Options{Path: part[0], URL: part[1], Ledger: journal.New()})
	if err != nil {
		panic(err)
	}
	var wg sync.WaitGroup
	for w := range tortureWriters {
		wg.Go(func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("%s-%02d-%06d.", part[2], w, i)
				say("s " + id)
				err := d.Write(context.Background(), cmd("line.add"), func(tx *db.Tx) error {
					return tx.Insert(lineTable, id)
				})
				if err != nil {
					fmt.Fprintln(os.Stderr, "write:", err)
					os.Exit(3)
				}
				say("a " + id)
			}
		})
	}
	wg.Wait()
}

// say writes one line with one system call, so that a kill loses nothing said.
func say(line string) {
	if _, err := os.Stdout.WriteString(line + "\n"); err != nil {
		panic(err)
	}
}

// inspect compares what is found with what was sent and acknowledged.
func inspect(t *testing.T, o db.Options, sent, acknowledged map[string]bool) {
	t.Helper()
	o.Ledger = journal.New()
	d, err := db.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	found := map[string]int{}
	var ids []string
	err = d.Read(context.Background(), func(tx *db.Tx) (err error) {
		ids, err = db.Collect(tx, func(r *db.Rows) (id string, err error) { return id, r.Scan(&id) },
			"SELECT id FROM line ORDER BY id, entry")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		found[id]++
		if !sent[id] {
			t.Errorf("%s was found but never sent", id)
		}
		if found[id] > 1 {
			t.Errorf("%s was found %d times", id, found[id])
		}
	}
	for id := range acknowledged {
		if found[id] == 0 {
			t.Errorf("%s was acknowledged but is lost", id)
		}
	}
	report, err := journal.Verify(context.Background(), d, []*db.Table{lineTable}, nil)
	if err != nil {
		t.Errorf("the journal: %v", err)
	}
	if report.Rows != int64(len(ids)) {
		t.Errorf("the journal speaks of %d rows, %d were found", report.Rows, len(ids))
	}
	if d.Engine() == db.Postgres {
		return
	}
	err = d.Read(context.Background(), func(tx *db.Tx) error {
		var verdict string
		if err := tx.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil {
			return err
		}
		if verdict != "ok" {
			t.Errorf("integrity_check: %s", verdict)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
