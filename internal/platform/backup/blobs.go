package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/db"
)

// Blobs are the files that do not live in the database.
type Blobs struct {
	Store blob.Store
	Named func(tx *db.Tx) ([]string, error) // every blob that rows name, sorted, each once
}

// Source is what a backup is made of. The zero Blobs leaves files out.
type Source struct {
	DB      *db.DB
	Product string // version of the program
	Blobs   Blobs
}

// Target is where an archive is put back.
type Target struct {
	DB     *db.DB // migrated, without rows
	Tables []*db.Table
	Actor  string // who restores, for the journal
	Blobs  Blobs
}

// Files is what a manifest says of the files outside the database.
type Files struct {
	Count   int64    `json:"count"`
	Bytes   int64    `json:"bytes"`
	Missing []string `json:"missing,omitempty"` // named by rows, but gone or damaged when the backup was made
}

// Limits of the part of an archive that holds files.
const (
	maxBlobMembers = 8_000_000
	maxBlob        = 1 << 30 // bytes of one file
)

var (
	msgBlob      = fault.Msg{Key: "backup.blob", Text: "tệp sao lưu hỏng: tệp minh chứng {sum} không khớp mã kiểm tra của nó"}
	msgLackBlob  = fault.Msg{Key: "backup.lack_blob", Text: "tệp sao lưu thiếu tệp minh chứng {sum} mà dữ liệu nhắc đến; không phục hồi gì"}
	msgNoStore   = fault.Msg{Key: "backup.no_store", Text: "tệp sao lưu có tệp minh chứng nhưng chưa có kho tệp để đặt vào; hãy chỉ rõ kho tệp"}
	msgCountBlob = fault.Msg{Key: "backup.count_blob", Text: "tệp sao lưu hỏng: số tệp minh chứng không khớp danh mục"}
)

// addBlobs adds the files that rows name, each cut into parts; they are found
// by their hash, so it does not matter that others write meanwhile.
func (p *packer) addBlobs(ctx context.Context, store blob.Store, sums []string) (*Files, error) {
	if len(sums) == 0 {
		return nil, nil
	}
	done := &Files{}
	var content bytes.Buffer
	for _, sum := range sums {
		content.Reset()
		n, err := blob.Copy(ctx, store, sum, &content)
		if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Corrupt) || err == nil && n == 0 {
			done.Missing = append(done.Missing, sum)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("backup: read the file %s: %w", sum, err)
		}
		for i := 1; content.Len() > 0; i++ {
			if err := p.add(blobName(sum, i), content.Next(partSize)); err != nil {
				return nil, err
			}
		}
		done.Count++
		done.Bytes += n
	}
	return done, nil
}

// blobName is the name of part n, counted from 1, of a file.
func blobName(sum string, n int) string { return fmt.Sprintf("blobs/%s/%06d", sum, n) }

// blobOf gives the file whose first part a member is.
func blobOf(member string) (string, bool) {
	sum, isBlob := strings.CutPrefix(member, "blobs/")
	sum, isFirst := strings.CutSuffix(sum, "/000001")
	return sum, isBlob && isFirst && blob.Valid(sum)
}

// restored are the files that were found in an archive.
type restored struct {
	sums  map[string]bool
	bytes int64
	take  func(sum string, r io.Reader) error // what is done with a file; nil = it is only read
}

// readBlobs reads the members of files, in the order of their hashes.
func (a *archive) readBlobs(into *restored) error {
	into.sums = map[string]bool{}
	last := ""
	for a.next != nil && a.next.Name != manifestName {
		sum, ok := blobOf(a.next.Name)
		if !ok || sum <= last || a.format < 2 {
			return a.foreign("không thuộc kiểu tệp này")
		}
		last = sum
		if err := a.readBlob(sum, into); err != nil {
			return a.damaged(err)
		}
	}
	return nil
}

func (a *archive) readBlob(sum string, into *restored) error {
	parts := &blobReader{archive: a, sum: sum}
	hash := sha256.New()
	in := io.TeeReader(parts, hash)
	if into.take != nil {
		if err := into.take(sum, in); err != nil {
			return err
		}
	}
	if _, err := io.Copy(io.Discard, in); err != nil {
		return err
	}
	if hex.EncodeToString(hash.Sum(nil)) != sum {
		return fault.New(fault.Corrupt, msgBlob, "sum", sum)
	}
	into.sums[sum] = true
	into.bytes += parts.size
	return nil
}

// blobReader joins the parts of one file.
type blobReader struct {
	*archive

	sum   string
	parts int
	size  int64
}

// Read implements io.Reader.
func (r *blobReader) Read(p []byte) (int, error) {
	for r.next != nil && r.next.Name == blobName(r.sum, r.parts+1) {
		r.place = "tệp minh chứng " + r.sum
		n, err := r.tar.Read(p)
		if r.size += int64(n); r.size > maxBlob {
			return 0, fault.New(fault.Corrupt, msgBlob, "sum", r.sum)
		}
		if n > 0 {
			return n, nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, r.damaged(err)
		}
		if err == nil {
			continue
		}
		r.parts++
		if err := r.advance(); err != nil {
			return 0, err
		}
	}
	return 0, io.EOF
}

// agree holds the files that were read against the manifest.
func (into *restored) agree(m *Manifest) error {
	want := Files{}
	if m.Files != nil {
		want = *m.Files
	}
	if want.Count != int64(len(into.sums)) || want.Bytes != into.bytes {
		return fault.New(fault.Corrupt, msgCountBlob)
	}
	return nil
}

// whole tells whether every file that rows name was in the archive, or was
// missing already when it was made.
func (into *restored) whole(tx *db.Tx, b Blobs, m *Manifest) error {
	if b.Named == nil {
		return nil
	}
	named, err := b.Named(tx)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	if m.Files != nil {
		for _, sum := range m.Files.Missing {
			known[sum] = true
		}
	}
	for _, sum := range named {
		if !into.sums[sum] && !known[sum] {
			return fault.New(fault.Corrupt, msgLackBlob, "sum", sum)
		}
	}
	return nil
}

// putting keeps the files of an archive in a store.
func putting(ctx context.Context, store blob.Store) func(string, io.Reader) error {
	return func(sum string, r io.Reader) error {
		if store == nil {
			return fault.New(fault.Unavailable, msgNoStore)
		}
		info, err := store.Put(ctx, r, maxBlob)
		if err == nil && info.SHA256 != sum {
			err = fault.New(fault.Corrupt, msgBlob, "sum", sum)
		}
		return err
	}
}

// tooMany tells whether an archive has more members than any Write makes.
func (a *archive) tooMany(h *tar.Header) bool {
	if strings.HasPrefix(h.Name, "blobs/") {
		a.files++
		return a.files > maxBlobMembers
	}
	a.members++
	return a.members > maxMembers
}
