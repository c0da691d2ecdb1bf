package backup_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/backup"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/db"
)

// shelf is a folder of files and the list of those that rows would name.
type shelf struct {
	*blob.Disk

	root  string
	named []string
}

func newShelf(t *testing.T, texts ...string) *shelf {
	t.Helper()
	s := &shelf{root: filepath.Join(t.TempDir(), "blobs")}
	s.Disk = blob.OpenDisk(s.root)
	for _, text := range texts {
		info, err := s.Put(context.Background(), strings.NewReader(text), 1<<30)
		if err != nil {
			t.Fatal(err)
		}
		s.named = append(s.named, info.SHA256)
	}
	slices.Sort(s.named)
	return s
}

func (s *shelf) blobs() backup.Blobs {
	return backup.Blobs{Store: s, Named: func(*db.Tx) ([]string, error) { return s.named, nil }}
}

func (s *shelf) path(sum string) string { return filepath.Join(s.root, sum[:2], sum) }

func withFiles(t *testing.T, d *db.DB, s *shelf) ([]byte, *backup.Manifest) {
	t.Helper()
	var out bytes.Buffer
	m, err := backup.Write(context.Background(), backup.Source{DB: d, Product: "test", Blobs: s.blobs()}, &out)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), m
}

func restoreFiles(d *db.DB, archive []byte, b backup.Blobs) (*backup.Manifest, error) {
	return backup.Restore(context.Background(), backup.Target{DB: d, Tables: tables, Actor: "admin", Blobs: b}, bytes.NewReader(archive))
}

func TestFilesComeBack(t *testing.T) {
	large := strings.Repeat("ảnh lớn hơn một phần ", 300_000) // two parts
	each(t, func(t *testing.T, d *db.DB) {
		source := lite(t)
		fillWith(t, source, 5)
		from := newShelf(t, "ảnh một", "văn bản", large)
		from.named = append(from.named[:0:0], from.named...)
		if _, err := from.Put(context.Background(), strings.NewReader("không ai nhắc đến"), 100); err != nil {
			t.Fatal(err)
		}
		archive, m := withFiles(t, source, from)
		if m.Format != 2 || m.Files == nil || m.Files.Count != 3 || len(m.Files.Missing) != 0 {
			t.Fatalf("%+v", m)
		}
		if err := check(archive); err != nil {
			t.Fatal(err)
		}
		to := newShelf(t)
		to.named = from.named
		if _, err := restoreFiles(d, archive, to.blobs()); err != nil {
			t.Fatal(fault.Text(err))
		}
		n := 0
		err := to.Walk(context.Background(), func(i blob.Info) error {
			n++
			_, err := blob.Check(context.Background(), to, i.SHA256)
			return err
		})
		if err != nil || n != 3 {
			t.Errorf("%d files, %v; want the 3 that rows name", n, err)
		}
	})
}

func TestArchiveWithoutFilesIsOfTheFirstFormat(t *testing.T) {
	source := lite(t)
	fillWith(t, source, 5)
	plain, m := archiveOf(t, source)
	if m.Format != 1 || m.Files != nil {
		t.Errorf("%+v", m)
	}
	empty, m := withFiles(t, source, newShelf(t))
	if m.Format != 1 || len(empty) == 0 || len(plain) == 0 {
		t.Errorf("%+v", m)
	}
}

func TestFileMissingOrDamagedWhenBackedUp(t *testing.T) {
	source := lite(t)
	fillWith(t, source, 5)
	from := newShelf(t, "còn", "mất", "hỏng")
	gone, bad := from.named[0], from.named[1]
	if err := errors.Join(os.Remove(from.path(gone)), os.WriteFile(from.path(bad), []byte("đổi"), 0o600)); err != nil {
		t.Fatal(err)
	}
	archive, m := withFiles(t, source, from)
	if m.Files.Count != 1 || !slices.Equal(m.Files.Missing, []string{gone, bad}) {
		t.Fatalf("%+v", m.Files)
	}
	to := newShelf(t)
	to.named = from.named
	m, err := restoreFiles(lite(t), archive, to.blobs())
	if err != nil || len(m.Files.Missing) != 2 {
		t.Errorf("what is known to be missing must not stop a restore: %v %v", m, err)
	}
}

// repack makes an archive again from the members that keep lets through, with a
// seal that fits.
func repack(t *testing.T, archive []byte, keep func(h *tar.Header, body []byte) []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	z.Multistream(false)
	var members []member
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if body = keep(h, body); body != nil {
			members = append(members, file(h.Name, string(body)))
		}
	}
	return forge(t, members...)
}

func TestFileMissingOrChangedInTheArchive(t *testing.T) {
	source := lite(t)
	fillWith(t, source, 5)
	from := newShelf(t, "ảnh một", "ảnh hai", "ảnh ba")
	archive, m := withFiles(t, source, from)
	gone, err := from.Stat(context.Background(), from.named[1])
	if err != nil {
		t.Fatal(err)
	}
	victim := "blobs/" + from.named[1] + "/000001"
	less := func(h *tar.Header, body []byte) []byte {
		switch h.Name {
		case victim:
			return nil
		case "manifest.json":
			body = bytes.Replace(body, []byte(`"count": 3`), []byte(`"count": 2`), 1)
			return bytes.Replace(body, fmt.Appendf(nil, `"bytes": %d`, m.Files.Bytes), fmt.Appendf(nil, `"bytes": %d`, m.Files.Bytes-gone.Size), 1)
		}
		return body
	}
	cases := map[string]func(h *tar.Header, body []byte) []byte{
		"changed": func(h *tar.Header, body []byte) []byte {
			if h.Name == victim {
				body[0] ^= 1
			}
			return body
		},
		"left out": func(h *tar.Header, body []byte) []byte {
			if h.Name == victim {
				return nil
			}
			return body
		},
		"renamed": func(h *tar.Header, body []byte) []byte {
			if h.Name == victim {
				h.Name = "blobs/" + strings.Repeat("../", 21) + "x/000001"
			}
			return body
		},
		"out of order": func(h *tar.Header, body []byte) []byte {
			if h.Name == victim {
				h.Name = "blobs/" + strings.Repeat("0", 64) + "/000001"
			}
			return body
		},
	}
	for name, change := range cases {
		bad := repack(t, archive, change)
		to := newShelf(t)
		to.named = from.named
		d := lite(t)
		if err := check(bad); !refused(err) {
			t.Errorf("%s: check says %v", name, err)
		}
		if _, err := restoreFiles(d, bad, to.blobs()); !refused(err) {
			t.Errorf("%s: restored, %v", name, err)
		}
		if err := backup.Empty(context.Background(), d); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	to := newShelf(t)
	to.named = from.named
	_, err = restoreFiles(lite(t), repack(t, archive, less), to.blobs())
	if !refused(err) || !strings.Contains(fault.Text(err), from.named[1]) {
		t.Errorf("an archive that lacks a file its rows name: %v", err)
	}
	if _, err := restoreFiles(lite(t), archive, backup.Blobs{}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("files and no store: %v", err)
	}
}
