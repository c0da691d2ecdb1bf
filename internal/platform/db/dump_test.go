package db_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"
)

// dumpAll dumps every table in the order of the schema.
func dumpAll(t *testing.T, d *db.DB) []byte {
	t.Helper()
	var out bytes.Buffer
	inRead(t, d, func(tx *db.Tx) error {
		tables, err := tx.Schema()
		if err != nil {
			return err
		}
		for _, table := range tables {
			if table.View {
				continue
			}
			if err := db.DumpTable(tx, table.Name, &out); err != nil {
				return err
			}
		}
		return nil
	})
	return out.Bytes()
}

// loadAll puts a dump back.
func loadAll(d *db.DB, dump []byte) error {
	return d.Load(context.Background(), func(tx *db.Tx) error {
		if _, err := tx.Exec(createNote); err != nil {
			return err
		}
		r := bufio.NewReader(bytes.NewReader(dump))
		for {
			_, _, err := db.LoadTable(tx, r)
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
		}
	})
}

// TestDumpMovesBetweenEngines dumps on each engine, loads into each, and
// compares; the journal goes along and goes on.
func TestDumpMovesBetweenEngines(t *testing.T) {
	targets := map[string]func(t *testing.T) db.Options{
		"to-sqlite":   func(t *testing.T) db.Options { return db.Options{Path: filepath.Join(t.TempDir(), "copy.sqlite")} },
		"to-postgres": func(t *testing.T) db.Options { return db.Options{URL: dbtest.NewPostgres(t)} },
	}
	withNotes(t, func(t *testing.T, from *db.DB) {
		for i := range 300 {
			text := any(fmt.Sprintf("dòng %d: \"<Đ&ặ>\"\n\t\u2028", i))
			if i%7 == 0 {
				text = nil
			}
			err := from.Write(context.Background(), cmd("note.add"), func(tx *db.Tx) error {
				return tx.Insert(noteTable, fmt.Sprintf("%c%03d", "AĂÂaz~"[i%2], i), text)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		dump := dumpAll(t, from)
		for name, target := range targets {
			t.Run(name, func(t *testing.T) {
				to := dbtest.Open(t, target(t))
				if err := loadAll(to, dump); err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(dumpAll(t, to), dump) {
					t.Error("the dump of the copy differs")
				}
				var head journal.Head
				inRead(t, to, func(tx *db.Tx) (err error) {
					head, err = journal.ReadHead(tx)
					return err
				})
				if err := to.Write(context.Background(), journal.Restored("admin", head, &head), func(*db.Tx) error { return nil }); err != nil {
					t.Fatal(err)
				}
				verifies(t, to)
				if err := loadAll(to, dump); err == nil {
					t.Error("a dump was loaded over data")
				}
			})
		}
	})
}

func TestDamagedDumpIsRefused(t *testing.T) {
	withNotes(t, func(t *testing.T, from *db.DB) {
		for _, id := range []string{"a", "b", "c"} {
			if err := addNote(from, id); err != nil {
				t.Fatal(err)
			}
		}
		whole := string(dumpAll(t, from))
		for name, dump := range map[string]string{
			"cut":           whole[:len(whole)-40],
			"changed value": strings.Replace(whole, "text of b", "text of x", 1),
			"missing row":   strings.Replace(whole, `["b","text of b",3]`+"\n", "", 1),
			"other table":   strings.Replace(whole, `{"table":"note"`, `{"table":"note; DROP TABLE note"`, 1),
			"other column":  strings.Replace(whole, `"columns":["id","text"`, `"columns":["id","id"`, 1),
			"garbage":       "hello\n",
		} {
			t.Run(name, func(t *testing.T) {
				if dump == whole {
					t.Fatal("the damage changed nothing")
				}
				to := dbtest.Open(t, db.Options{Path: filepath.Join(t.TempDir(), "copy.sqlite")})
				err := loadAll(to, []byte(dump))
				if !fault.Is(err, fault.Corrupt) && !errors.Is(err, io.ErrUnexpectedEOF) {
					t.Errorf("got %v, want corrupt", err)
				}
			})
		}
	})
}
