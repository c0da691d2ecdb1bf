package backup

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"hash/crc32"
	"io"

	"giuchuan/internal/kernel/fault"
)

// sealSize is the length of what sealOf makes.
const sealSize = 10 + 5 + len("sha256:\n") + 2*sha256.Size + 8

// sealOf is the end of an archive: a gzip member, spelt out byte by byte, whose
// text is the hash of all bytes before it. Common tools read over it, and no
// bit of it can change unnoticed.
func sealOf(sum []byte) []byte {
	text := []byte("sha256:" + hex.EncodeToString(sum) + "\n")
	b := []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}
	b = append(b, 1) // one stored block, the last
	b = binary.LittleEndian.AppendUint16(b, uint16(len(text)))
	b = binary.LittleEndian.AppendUint16(b, ^uint16(len(text)))
	b = append(b, text...)
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(text))
	return binary.LittleEndian.AppendUint32(b, uint32(len(text)))
}

// sealed reads what is before the seal, and ends with the context.
type sealed struct {
	ctx    context.Context
	r      *bufio.Reader
	sum    hash.Hash
	offset int64
}

func newSealed(ctx context.Context, r io.Reader) *sealed {
	return &sealed{ctx: ctx, r: bufio.NewReaderSize(r, 1<<17), sum: sha256.New()}
}

// Read implements io.Reader; the last sealSize bytes are kept back.
func (s *sealed) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	ahead, err := s.r.Peek(s.r.Size())
	n := min(len(p), len(ahead)-sealSize)
	if n <= 0 {
		if err == io.EOF && len(ahead) < sealSize {
			err = io.ErrUnexpectedEOF
		}
		return 0, err
	}
	copy(p, ahead[:n])
	s.sum.Write(ahead[:n])
	s.offset += int64(n)
	_, err = s.r.Discard(n)
	return n, err
}

// check compares the seal with what was read, once that was all.
func (s *sealed) check() error {
	found, err := io.ReadAll(s.r)
	if err != nil {
		return err
	}
	if !bytes.Equal(found, sealOf(s.sum.Sum(nil))) {
		return fault.New(fault.Corrupt, msgSeal)
	}
	return nil
}
