package db_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
)

// hold keeps the batcher busy until release is called, so that the writes
// started meanwhile wait and share the next batch.
func hold(t *testing.T, d *db.DB) (release func()) {
	t.Helper()
	running, free := make(chan struct{}), make(chan struct{})
	answer := make(chan error, 1)
	go func() {
		answer <- d.Write(context.Background(), cmd("test.hold"), func(*db.Tx) error {
			close(running)
			<-free
			return nil
		})
	}()
	<-running
	return sync.OnceFunc(func() {
		close(free)
		if err := <-answer; err != nil {
			t.Errorf("the write that held the batcher: %v", err)
		}
	})
}

// together runs writes that share one batch, and returns their answers.
func together(t *testing.T, d *db.DB, writes ...func() error) []error {
	t.Helper()
	release := hold(t, d)
	answers := make([]error, len(writes))
	var wg sync.WaitGroup
	for i, write := range writes {
		wg.Go(func() { answers[i] = write() })
		time.Sleep(20 * time.Millisecond) // they queue in this order
	}
	release()
	wg.Wait()
	return answers
}

func adds(d *db.DB, id string) func() error {
	return func() error { return addNote(d, id) }
}

func wantNotes(t *testing.T, d *db.DB, want string) {
	t.Helper()
	if got := fmt.Sprint(noteIDs(t, d)); got != want {
		t.Errorf("found %s, want %s", got, want)
	}
}

func TestCancelledBeforeItStarts(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		release := hold(t, d)
		defer release()
		ctx, cancel := context.WithCancel(context.Background())
		answer := make(chan error, 1)
		go func() {
			answer <- d.Write(ctx, cmd("note.add"), func(tx *db.Tx) error {
				t.Error("the closure ran")
				return nil
			})
		}()
		time.Sleep(20 * time.Millisecond)
		cancel()
		select {
		case err := <-answer: // although the batcher is still busy
			if !errors.Is(err, context.Canceled) || !fault.Is(err, fault.Unavailable) {
				t.Errorf("got %v", err)
			}
		case <-time.After(5 * time.Second):
			t.Error("no answer")
		}
	})
}

func TestCancelledWhileRunning(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(context.Background())
		hungUp := func() error {
			return d.Write(ctx, cmd("note.add"), func(tx *db.Tx) error {
				cancel() // the client hangs up
				if tx.Context().Err() != nil {
					t.Error("the closure's own context is cancelled")
				}
				return tx.Insert(noteTable, "b", "")
			})
		}
		for i, err := range together(t, d, adds(d, "a"), hungUp, adds(d, "c")) {
			if err != nil {
				t.Errorf("write %d: %v", i, err)
			}
		}
		wantNotes(t, d, "[a b c]")
	})
}

func TestPanicAndExitHurtOnlyTheirCaller(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		panics := func() error {
			return d.Write(context.Background(), cmd("note.add"), func(tx *db.Tx) error {
				if err := tx.Insert(noteTable, "x", ""); err != nil {
					return err
				}
				panic("ouch")
			})
		}
		exits := func() error {
			done := make(chan struct{})
			go func() {
				defer close(done)
				_ = d.Write(context.Background(), cmd("note.add"), func(tx *db.Tx) error {
					runtime.Goexit()
					return nil
				})
			}()
			<-done
			return nil
		}
		answers := together(t, d, adds(d, "a"), panics, exits, adds(d, "b"))
		if answers[0] != nil || answers[3] != nil {
			t.Errorf("the neighbours got %v and %v", answers[0], answers[3])
		}
		if !fault.Is(answers[1], fault.Internal) || !strings.Contains(answers[1].Error(), "ouch") {
			t.Errorf("the panic was reported as %v", answers[1])
		}
		wantNotes(t, d, "[a b]")
	})
}

// TestSQLErrorRefusesOnlyItsCommand holds the trap that PostgreSQL aborts a
// transaction at the first error where SQLite goes on.
func TestSQLErrorRefusesOnlyItsCommand(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		swallows := func() error {
			return d.Write(context.Background(), cmd("note.add"), func(tx *db.Tx) error {
				if err := tx.Insert(noteTable, "b", ""); err != nil {
					return err
				}
				_, _ = tx.Exec("SELECT nonsense FROM nowhere")
				if err := tx.Insert(noteTable, "c", ""); err == nil {
					t.Error("the transaction went on after a failure")
				}
				return nil
			})
		}
		answers := together(t, d, adds(d, "a"), swallows, adds(d, "d"))
		if answers[0] != nil || answers[1] == nil || answers[2] != nil {
			t.Errorf("answers %v, want only the second refused", answers)
		}
		wantNotes(t, d, "[a d]")
	})
}

// TestBrokenTransactionIsRunAgain breaks the whole batch from inside.
func TestBrokenTransactionIsRunAgain(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		statement := "INSERT OR ROLLBACK INTO note (id, entry) VALUES ('a', 0)"
		if d.Engine() == db.Postgres {
			statement = "SELECT pg_terminate_backend(pg_backend_pid())"
		}
		breaks := func() error {
			return d.Write(context.Background(), cmd("test.break"), func(tx *db.Tx) error {
				_, err := tx.Exec(statement)
				return err
			})
		}
		if err := addNote(d, "a"); err != nil {
			t.Fatal(err)
		}
		answers := together(t, d, adds(d, "b"), breaks, adds(d, "c"))
		if answers[0] != nil || answers[1] == nil || answers[2] != nil {
			t.Errorf("answers %v, want only the second refused", answers)
		}
		wantNotes(t, d, "[a b c]")
		if err := addNote(d, "d"); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// TestFailedCommitIsRunAgain lets COMMIT itself fail, by a deferred check.
func TestFailedCommitIsRunAgain(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		err := d.Write(context.Background(), cmd("test.schema"), func(tx *db.Tx) error {
			_, err := tx.Exec(`CREATE TABLE remark (id INTEGER PRIMARY KEY,
				note TEXT REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		dangles := func() error {
			return d.Write(context.Background(), cmd("test.dangle"), func(tx *db.Tx) error {
				_, err := tx.Exec("INSERT INTO remark (id, note) VALUES (1, 'nothing')")
				return err
			})
		}
		answers := together(t, d, adds(d, "a"), dangles, adds(d, "b"))
		if answers[0] != nil || !fault.Is(answers[1], fault.Invalid) || answers[2] != nil {
			t.Errorf("answers %v, want only the second refused as invalid", answers)
		}
		wantNotes(t, d, "[a b]")
	})
}

func TestCommandsCannotEndTheTransaction(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		for _, statement := range []string{"COMMIT", " rollback;", "BEGIN", "SAVEPOINT s", "RELEASE s"} {
			err := d.Write(context.Background(), cmd("test.end"), func(tx *db.Tx) error {
				_, err := tx.Exec(statement)
				return err
			})
			if err == nil {
				t.Errorf("%s was accepted", statement)
			}
		}
	})
}

func TestClosedDatabaseRefuses(t *testing.T) {
	dbtest.EachPlace(t, func(t *testing.T, o db.Options) {
		d := dbtest.Open(t, o)
		makeNotes(t, d)
		release := hold(t, d)
		late := make(chan error, 1)
		go func() { late <- addNote(d, "late") }()
		time.Sleep(20 * time.Millisecond)
		closed := make(chan error, 1)
		go func() { closed <- d.Close() }()
		time.Sleep(20 * time.Millisecond)
		release()
		if err := <-closed; err != nil {
			t.Errorf("close: %v", err)
		}
		if err := <-late; err != nil && !fault.Is(err, fault.Unavailable) {
			t.Errorf("queued write: %v", err)
		}
		if err := addNote(d, "after"); !fault.Is(err, fault.Unavailable) {
			t.Errorf("write after close: %v", err)
		}
	})
}
