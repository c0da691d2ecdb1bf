package backup

import (
	"archive/tar"
	"bufio"
	"compress/flate"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/fault"
)

// Check reads a whole archive, without a database, and returns what it holds.
// Whatever byte of it changed, is missing or was added is an error with code
// fault.Corrupt that names the place.
func Check(ctx context.Context, r io.Reader) (*Manifest, error) {
	return walk(ctx, r, &restored{}, func(_ string, rows *bufio.Reader) (int64, error) {
		_, err := io.Copy(io.Discard, rows)
		return anyRows, err
	})
}

// anyRows is the answer of a visitor that did not count.
const anyRows = -1

// archive is an archive being read, in one pass.
type archive struct {
	body    *bufio.Reader // before the seal
	sealed  *sealed
	gzip    *gzip.Reader
	tar     *tar.Reader
	format  int
	members int         // besides those of files
	files   int         // members of files
	next    *tar.Header // the member whose bytes come next; nil at the end
	place   string      // what is being read, for messages
}

// walk hands every table to visit, which reads it to its end and says how many
// rows it found, and every file to files. When walk returns without an error,
// all bytes were there and none was changed.
func walk(ctx context.Context, r io.Reader, files *restored, visit func(table string, rows *bufio.Reader) (int64, error)) (*Manifest, error) {
	a, err := open(ctx, r)
	if err != nil {
		return nil, err
	}
	if err := a.readNote(); err != nil {
		return nil, err
	}
	var found []Table
	for a.next != nil && a.next.Name != manifestName {
		name, ok := tableOf(a.next.Name)
		if !ok {
			break // files follow, or nothing that belongs here
		}
		parts := &partReader{archive: a, tally: newTally(name)}
		rows, err := visit(name, bufio.NewReaderSize(parts, 1<<16))
		if err != nil {
			return nil, a.damaged(err)
		}
		done := parts.result()
		if rows != anyRows && rows != done.Rows {
			return nil, fault.New(fault.Corrupt, msgTable, "table", name)
		}
		found = append(found, done)
	}
	if err := a.readBlobs(files); err != nil {
		return nil, err
	}
	m, err := a.readManifest()
	if err != nil {
		return nil, err
	}
	if err := compare(m.Tables, found); err != nil {
		return nil, err
	}
	if err := files.agree(m); err != nil {
		return nil, err
	}
	return m, a.finish()
}

// open reads up to the first member.
func open(ctx context.Context, r io.Reader) (*archive, error) {
	a := &archive{sealed: newSealed(ctx, r), place: "phần đầu tệp"}
	a.body = bufio.NewReaderSize(a.sealed, 1<<16)
	var err error
	a.gzip, err = gzip.NewReader(a.body)
	if err != nil {
		return nil, a.noBackup(err)
	}
	a.gzip.Multistream(false)
	a.tar = tar.NewReader(a.gzip)
	if err := a.advance(); err != nil {
		return nil, a.noBackup(err)
	}
	return a, nil
}

// noBackup turns damage before the first member into the plainer message.
func (a *archive) noBackup(err error) error {
	if !damage(err) && !fault.Is(err, fault.Corrupt) {
		return a.damaged(err)
	}
	return fault.New(fault.Corrupt, msgNoBackup).Wrap(err)
}

// advance moves to the next member and refuses one that Write never makes.
func (a *archive) advance() error {
	h, err := a.tar.Next()
	if err == io.EOF {
		a.next = nil
		return nil
	}
	if err != nil {
		return a.damaged(err)
	}
	a.next = h
	limit := int64(partSize)
	if h.Name == noteName || h.Name == manifestName {
		limit = maxNote
	}
	switch {
	case a.tooMany(h):
		return a.foreign("tệp có quá nhiều mục")
	case h.Typeflag != tar.TypeReg || h.Format != tar.FormatUSTAR:
		return a.foreign("không phải tệp thường")
	case h.Size <= 0 || h.Size > limit:
		return a.foreign("cỡ " + strconv.FormatInt(h.Size, 10) + " byte, quá giới hạn")
	}
	return nil
}

func (a *archive) foreign(reason string) error {
	return fault.New(fault.Corrupt, msgForeign, "member", fault.Clip(a.next.Name), "reason", reason)
}

// readNote reads the first member.
func (a *archive) readNote() error {
	if a.next == nil || a.next.Name != noteName {
		return fault.New(fault.Corrupt, msgNoBackup)
	}
	var n note
	if err := a.readJSON(&n); err != nil {
		return err
	}
	if n.Format > Format {
		return fault.New(fault.Unsupported, msgNewer, "product", fault.Clip(n.Product),
			"format", strconv.Itoa(n.Format), "newest", strconv.Itoa(Format))
	}
	if n.Format < 1 {
		return fault.New(fault.Corrupt, msgNoBackup)
	}
	a.format = n.Format
	return a.advance()
}

// errFormats is a manifest that contradicts the first member.
var errFormats = errors.New("the first and the last member name different formats")

// readManifest reads the last member.
func (a *archive) readManifest() (*Manifest, error) {
	a.place = "danh mục cuối tệp"
	if a.next == nil {
		return nil, a.damagedHere(io.ErrUnexpectedEOF)
	}
	m := &Manifest{}
	if err := a.readJSON(m); err != nil {
		return nil, err
	}
	if m.Format != a.format {
		return nil, a.damagedHere(errFormats)
	}
	return m, nil
}

func (a *archive) readJSON(into any) error {
	a.place = a.next.Name
	text, err := io.ReadAll(a.tar)
	if err != nil {
		return a.damaged(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		return a.damagedHere(err)
	}
	return nil
}

// compare holds what was read against the manifest.
func compare(want, found []Table) error {
	for i, t := range found {
		if i >= len(want) || want[i].Name != t.Name || want[i].Rows != t.Rows || want[i].SHA256 != t.SHA256 {
			return fault.New(fault.Corrupt, msgTable, "table", t.Name)
		}
	}
	if len(want) > len(found) {
		return fault.New(fault.Corrupt, msgTable, "table", fault.Clip(want[len(found)].Name))
	}
	return nil
}

// finish checks that the manifest was the end and that the seal fits.
func (a *archive) finish() error {
	if err := a.advance(); err != nil {
		return err
	}
	if a.next != nil {
		return a.foreign("đứng sau danh mục")
	}
	for _, r := range []io.Reader{a.gzip, a.body} {
		switch n, err := r.Read(make([]byte, 1)); {
		case n > 0:
			return fault.New(fault.Corrupt, msgTail)
		case err != io.EOF:
			return a.damaged(err)
		}
	}
	if err := a.sealed.check(); err != nil {
		return a.damaged(err)
	}
	return nil
}

// damaged says where reading failed, unless err says that itself or the file
// could not be read at all.
func (a *archive) damaged(err error) error {
	if stopped := a.sealed.ctx.Err(); stopped != nil {
		return stopped
	}
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	if !damage(err) {
		return fmt.Errorf("backup: read %s: %w", a.place, err)
	}
	return a.damagedHere(err)
}

func (a *archive) damagedHere(err error) error {
	return fault.New(fault.Corrupt, msgDamaged, "place", a.place,
		"offset", strconv.FormatInt(a.sealed.offset, 10)).Wrap(err)
}

// damage tells bytes that make no sense from a failure to read them.
func damage(err error) bool {
	var corrupt flate.CorruptInputError
	if errors.As(err, &corrupt) {
		return true
	}
	for _, known := range []error{io.EOF, io.ErrUnexpectedEOF, gzip.ErrHeader, gzip.ErrChecksum, tar.ErrHeader} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// tableOf gives the table whose first part a member is.
func tableOf(member string) (string, bool) {
	name, isTable := strings.CutPrefix(member, "tables/")
	name, isFirst := strings.CutSuffix(name, "/000001")
	plain := strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
	return name, isTable && isFirst && plain && name != ""
}

// partReader joins the parts of one table.
type partReader struct {
	*archive
	*tally
	parts int
}

// Read implements io.Reader.
func (r *partReader) Read(p []byte) (int, error) {
	for r.next != nil && r.next.Name == partName(r.table, r.parts+1) {
		r.place = "bảng " + r.table + ", phần " + strconv.Itoa(r.parts+1)
		n, err := r.tar.Read(p)
		if n > 0 {
			return n, r.tally.add(p[:n])
		}
		if err != nil && err != io.EOF {
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
