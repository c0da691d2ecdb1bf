package journal_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"
)

// Every entry of a journal has a proof; nothing of it can be changed unnoticed.
func TestProofOfEveryEntry(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	key, err := journal.OpenKey(path, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	public := filepath.Join(t.TempDir(), "public")
	if err := os.WriteFile(public, bytes.SplitAfter(whole, []byte("\n"))[1], 0o644); err != nil {
		t.Fatal(err)
	}
	reader, err := journal.ReadKey(public)
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const made = 13
		for range made {
			cmd := db.Command{Actor: "a", Name: "test.write", Scope: "s", Body: []byte(`{"a":1}`)}
			if err := d.Write(t.Context(), cmd, func(*db.Tx) error { return nil }); err != nil {
				t.Fatal(err)
			}
		}
		for position := int64(1); position <= made; position++ {
			text := proofOf(t, d, position, key)
			if e, c, err := journal.CheckProof(text, reader, nil); err != nil || e.Position != position || c.Size != made {
				t.Fatalf("entry %d: %v", position, err)
			}
			for _, change := range [][2]string{
				{`"actor":"a"`, `"actor":"b"`},
				{`"rows":0`, `"rows":1`},
				{`"test.write"`, `"test.other"`},
				{`{\"a\":1}`, `{\"a\":2}`},
				{`"scope":"s"`, `"scope":""`},
				{`"size":13`, `"size":12`},
			} {
				forged := strings.Replace(string(text), change[0], change[1], 1)
				if forged == string(text) {
					t.Fatalf("nothing to change in %s: %s", change[0], text)
				}
				if _, _, err := journal.CheckProof([]byte(forged), reader, nil); err == nil {
					t.Errorf("entry %d: %s goes unnoticed", position, change[1])
				}
			}
		}
		if _, _, err := journal.CheckProof(proofOf(t, d, 1, nil), reader, nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("an unsigned proof: %v", err)
		}
		for _, position := range []int64{-1, 0, made + 1} {
			err := d.Read(t.Context(), func(tx *db.Tx) error { _, err := journal.Prove(tx, position, nil); return err })
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("entry %d: %v", position, err)
			}
		}
	})
}

func proofOf(t *testing.T, d *db.DB, position int64, key *journal.Key) []byte {
	t.Helper()
	var text []byte
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		p, err := journal.Prove(tx, position, key)
		if err != nil {
			return err
		}
		text, err = json.Marshal(p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func FuzzCheckProof(f *testing.F) {
	path := filepath.Join(f.TempDir(), "key")
	key, err := journal.OpenKey(path, rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(`{"format":"giuchuan-bang-chung-1","position":1,"size":1,"hash_path":[],"root":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, _, err := journal.CheckProof(text, key, nil); err == nil {
			t.Error("a proof was made up")
		}
	})
}
