package backup_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/backup"
	"giuchuan/internal/platform/db"
)

func check(archive []byte) error {
	_, err := backup.Check(context.Background(), bytes.NewReader(archive))
	return err
}

// refused tells whether err says, in Vietnamese, that the archive is bad.
func refused(err error) bool {
	switch fault.CodeOf(err) {
	case fault.Corrupt, fault.Unsupported, fault.TooLarge:
		return !strings.Contains(fault.Text(err), "lỗi hệ thống")
	}
	return false
}

// TestEveryFlippedBitIsFound flips bits at random, one at a time.
func TestEveryFlippedBitIsFound(t *testing.T) {
	flips := 300
	if os.Getenv("GIUCHUAN_SOAK") == "1" {
		flips = 10_000
	}
	source := lite(t)
	fillWith(t, source, 40)
	archive, _ := archiveOf(t, source)
	each(t, func(t *testing.T, d *db.DB) {
		chance := rand.New(rand.NewPCG(1, 2))
		for range flips {
			bit := chance.IntN(8 * len(archive))
			bad := bytes.Clone(archive)
			bad[bit/8] ^= 1 << (bit % 8)
			if err := check(bad); !refused(err) {
				t.Fatalf("bit %d of byte %d: check says %v", bit%8, bit/8, err)
			}
			if _, err := restore(d, bad); err == nil {
				t.Fatalf("bit %d of byte %d: restored", bit%8, bit/8)
			}
		}
		if err := backup.Empty(context.Background(), d); err != nil {
			t.Fatalf("something was left: %v", err)
		}
		if _, err := restore(d, archive); err != nil {
			t.Errorf("the whole archive is refused: %v", err)
		}
	})
}

// TestEveryCutIsFound cuts the archive at every length.
func TestEveryCutIsFound(t *testing.T) {
	source := lite(t)
	fillWith(t, source, 5)
	archive, _ := archiveOf(t, source)
	for n := range archive {
		if err := check(archive[:n]); !refused(err) {
			t.Fatalf("cut to %d of %d bytes: %v", n, len(archive), err)
		}
	}
	d := lite(t)
	for _, n := range []int{0, 5, len(archive) / 2, len(archive) - 100, len(archive) - 1} {
		if _, err := restore(d, archive[:n]); !refused(err) {
			t.Errorf("restored from %d of %d bytes: %v", n, len(archive), err)
		}
	}
	if err := backup.Empty(context.Background(), d); err != nil {
		t.Errorf("something was left: %v", err)
	}
	if err := check(append(bytes.Clone(archive), archive...)); !refused(err) {
		t.Errorf("two archives in a row: %v", err)
	}
}

// TestDamageIsNamed reads an archive of several parts, damaged inside a table.
func TestDamageIsNamed(t *testing.T) {
	source := lite(t)
	fillWith(t, source, 40)
	archive, _ := archiveOf(t, source)
	err := check(archive[:len(archive)*2/3])
	if text := fault.Text(err); !strings.Contains(text, "bảng ") || !strings.Contains(text, "byte thứ") {
		t.Errorf("got %q, want table and byte", text)
	}
}

// member is a member of a hand-made archive.
type member struct {
	tar.Header
	body string
}

func file(name, body string) member {
	return member{tar.Header{Name: name, Typeflag: tar.TypeReg, Format: tar.FormatUSTAR, Mode: 0o600}, body}
}

// forge makes an archive that is sealed as it should be.
func forge(t *testing.T, members ...member) []byte {
	t.Helper()
	var out bytes.Buffer
	packed, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	w := tar.NewWriter(packed)
	for i := range members {
		m := &members[i]
		m.Size = int64(len(m.body))
		if err := w.WriteHeader(&m.Header); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(m.body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), packed.Close()); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(out.Bytes())
	return append(out.Bytes(), backup.SealOf(sum[:])...)
}

func manifest(t *testing.T, tables ...backup.Table) member {
	t.Helper()
	text, err := json.Marshal(backup.Manifest{Format: 1, Tables: tables})
	if err != nil {
		t.Fatal(err)
	}
	return file("manifest.json", string(text))
}

// TestHostileArchives are sealed well and hold what they must not.
func TestHostileArchives(t *testing.T) {
	note := file("giuchuan-backup.json", `{"format":1,"product":"x"}`)
	if err := check(forge(t, note, manifest(t))); err != nil {
		t.Fatalf("an empty archive is refused: %v", err)
	}
	link := file("tables/note/000001", "")
	link.Typeflag, link.Linkname = tar.TypeSymlink, "/etc/passwd"
	pax := file("tables/note/000001", "x\n")
	pax.Format, pax.PAXRecords = tar.FormatPAX, map[string]string{"GC.x": "y"}
	many := []member{note}
	for range 65_536 {
		many = append(many, file("tables/note/000001", "\n\n"))
	}
	long := []member{note}
	for i := range 10 {
		long = append(long, file(fmt.Sprintf("tables/note/%06d", i+1), strings.Repeat("a", 4<<20)))
	}
	for name, members := range map[string][]member{
		"nothing":            {},
		"no note":            {manifest(t)},
		"no manifest":        {note},
		"empty note":         {file("giuchuan-backup.json", "x")},
		"newer format":       {file("giuchuan-backup.json", `{"format":3,"product":"9.0"}`), manifest(t)},
		"older format":       {file("giuchuan-backup.json", `{"format":0}`), manifest(t)},
		"path upwards":       {note, file("../../etc/cron.d/x", "x"), manifest(t)},
		"path upwards below": {note, file("tables/../000001", "x"), manifest(t)},
		"absolute path":      {note, file("/etc/cron.d/x", "x"), manifest(t)},
		"statement as table": {note, file("tables/note; DROP TABLE note/000001", "x"), manifest(t)},
		"symbolic link":      {note, link, manifest(t)},
		"extended header":    {note, pax, manifest(t)},
		"part left out":      {note, file("tables/note/000002", "x\n"), manifest(t)},
		"part too large":     {note, file("tables/note/000001", strings.Repeat("\n", 4<<20+1)), manifest(t)},
		"empty part":         {note, file("tables/note/000001", ""), manifest(t)},
		"line too long":      append(long, manifest(t)),
		"too many members":   append(many, manifest(t)),
		"after the manifest": {note, manifest(t), file("tables/note/000001", "x\n")},
		"table too many":     {note, file("tables/note/000001", "\n\n"), manifest(t)},
		"table too few":      {note, manifest(t, backup.Table{Name: "note"})},
		"manifest no object": {note, file("manifest.json", `[1]`)},
	} {
		t.Run(name, func(t *testing.T) {
			err := check(forge(t, members...))
			if !refused(err) {
				t.Errorf("got %v", err)
			}
			if name == "newer format" && (!fault.Is(err, fault.Unsupported) || !strings.Contains(fault.Text(err), "9.0")) {
				t.Errorf("got %v, want unsupported and the version named", err)
			}
		})
	}
}

// TestLoadRefusesWhatTheSchemaLacks restores sealed archives whose tables do
// not fit the database.
func TestLoadRefusesWhatTheSchemaLacks(t *testing.T) {
	note := file("giuchuan-backup.json", `{"format":1,"product":"x"}`)
	for name, body := range map[string]string{
		"no rows at all":  "\n\n",
		"foreign table":   `{"table":"secret","columns":["id"],"kinds":["TEXT"]}` + "\n" + `{"rows":0,"sha256":""}` + "\n",
		"more than table": dumpOf(t, "note") + "x\n",
		"other table":     dumpOf(t, "fact"),
	} {
		t.Run(name, func(t *testing.T) {
			sum := sha256.Sum256([]byte(body))
			table := backup.Table{Name: "note", Rows: int64(strings.Count(body, "\n")) - 2, SHA256: hex.EncodeToString(sum[:])}
			archive := forge(t, note, file("tables/note/000001", body), manifest(t, table))
			if err := check(archive); err != nil {
				t.Fatalf("the forgery is poor: %v", err)
			}
			d := lite(t)
			if _, err := restore(d, archive); !refused(err) {
				t.Errorf("got %v", err)
			}
			if err := backup.Empty(context.Background(), d); err != nil {
				t.Error(err)
			}
		})
	}
}

// dumpOf is an empty table as an archive holds it.
func dumpOf(t *testing.T, table string) string {
	t.Helper()
	var out bytes.Buffer
	err := lite(t).Read(context.Background(), func(tx *db.Tx) error { return db.DumpTable(tx, table, &out) })
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestCancelledCheckEnds stops reading when its context ends.
func TestCancelledCheckEnds(t *testing.T) {
	source := lite(t)
	fillWith(t, source, 5)
	archive, _ := archiveOf(t, source)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := backup.Check(ctx, bytes.NewReader(archive)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
