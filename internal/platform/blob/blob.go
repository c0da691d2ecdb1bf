// Package blob keeps files by the SHA-256 of their content, in a folder or in a
// bucket of an S3-compatible service. What Put has answered survives a power
// cut, so a transaction may refer to it afterwards; nothing else knows where
// the bytes lie. A blob never changes. The same content put twice is one blob.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/kernel/fault"
)

// Info is what a store knows of a blob.
type Info struct {
	SHA256 string    // of its bytes: 64 digits of lower-case hexadecimal
	Size   int64     // bytes
	PutAt  time.Time // when it was last put, by the store's clock
}

// Store keeps blobs. All methods may be called at once from anywhere.
type Store interface {
	// Put keeps what r gives, at most limit bytes, and answers when it is
	// durable. A blob that is there already counts as put now. Errors:
	// fault.TooLarge beyond the limit, fault.Unavailable where the store fails;
	// what r fails with is passed on. Then nothing was kept.
	Put(ctx context.Context, r io.Reader, limit int64) (Info, error)
	// Open gives the bytes; fault.NotFound where there are none. The caller closes.
	Open(ctx context.Context, sum string) (io.ReadCloser, error)
	// Stat tells of a blob without reading it; fault.NotFound where there is none.
	Stat(ctx context.Context, sum string) (Info, error)
	// Remove takes a blob away; one that is not there is no error.
	Remove(ctx context.Context, sum string) error
	// Walk visits every blob, in no order, until visit fails.
	Walk(ctx context.Context, visit func(Info) error) error
}

var (
	msgMissing  = fault.Msg{Key: "blob.missing", Text: "kho tệp không có tệp {sum}"}
	msgTooLarge = fault.Msg{Key: "blob.too_large", Text: "tệp lớn hơn {limit}"}
	msgStore    = fault.Msg{Key: "blob.store", Text: "kho tệp chưa dùng được; hãy thử lại, nếu vẫn lỗi thì báo quản trị kiểm tra dung lượng và kết nối của kho tệp"}
	msgCorrupt  = fault.Msg{Key: "blob.corrupt", Text: "tệp {sum} trong kho tệp đã bị thay đổi so với mã kiểm tra của nó"}
)

// Valid tells whether sum has the form of a blob's name.
func Valid(sum string) bool {
	return len(sum) == 2*sha256.Size && strings.Trim(sum, "0123456789abcdef") == ""
}

func missing(sum string) error {
	return fault.New(fault.NotFound, msgMissing, "sum", fault.Clip(sum))
}

func broken(doing string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fault.New(fault.Unavailable, msgStore).Wrap(fmt.Errorf("blob: %s: %w", doing, err))
}

// measured reads at most limit bytes and hashes them on the way.
type measured struct {
	ctx   context.Context
	r     io.Reader
	limit int64
	size  int64
	sum   hash.Hash
}

func measure(ctx context.Context, r io.Reader, limit int64) *measured {
	return &measured{ctx: ctx, r: r, limit: limit, sum: sha256.New()}
}

// Read implements io.Reader.
func (m *measured) Read(p []byte) (int, error) {
	if err := m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.r.Read(p)
	if m.size += int64(n); m.size > m.limit {
		return 0, fault.New(fault.TooLarge, msgTooLarge, "limit", sizeText(m.limit))
	}
	m.sum.Write(p[:n])
	if err != nil && !errors.Is(err, io.EOF) {
		err = &sourceError{err}
	}
	return n, err
}

func (m *measured) info() Info {
	return Info{SHA256: hex.EncodeToString(m.sum.Sum(nil)), Size: m.size}
}

// sourceError is a failure of what is read, not of the store.
type sourceError struct{ err error }

func (e *sourceError) Error() string { return e.err.Error() }
func (e *sourceError) Unwrap() error { return e.err }

// filling tells the errors of the source from those of the store.
func filling(err error) error {
	var source *sourceError
	if errors.As(err, &source) {
		return source.err
	}
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	return broken("write a blob", err)
}

func sizeText(n int64) string {
	if n >= 1<<20 {
		return strconv.FormatInt(n>>20, 10) + " MB"
	}
	if n >= 1<<10 {
		return strconv.FormatInt(n>>10, 10) + " kB"
	}
	return strconv.FormatInt(n, 10) + " byte"
}

// Check reads a whole blob and compares it with its name: fault.Corrupt where
// it differs, fault.NotFound where it is missing.
func Check(ctx context.Context, s Store, sum string) (size int64, err error) {
	return Copy(ctx, s, sum, io.Discard)
}

// Copy writes a blob to w and compares it with its name on the way:
// fault.Corrupt where it differs, fault.NotFound where it is missing.
func Copy(ctx context.Context, s Store, sum string, w io.Writer) (size int64, err error) {
	r, err := s.Open(ctx, sum)
	if err != nil {
		return 0, err
	}
	h := sha256.New()
	size, err = io.Copy(io.MultiWriter(w, h), r)
	if err = errors.Join(err, r.Close()); err != nil {
		return size, err
	}
	if hex.EncodeToString(h.Sum(nil)) != sum {
		return size, fault.New(fault.Corrupt, msgCorrupt, "sum", sum)
	}
	return size, nil
}
