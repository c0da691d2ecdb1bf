package sheet

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
)

// packer is the zip writer given to excelize. Excelize hands over streamed
// sheets in the random order of a map; the packer keeps each part packed and
// writes all of them in name order without a date, so that equal workbooks are
// equal files.
type packer struct {
	w     io.Writer
	parts []*packedPart
}

// packedPart is one part, deflated as it comes.
type packedPart struct {
	name string
	data bytes.Buffer
	pack *flate.Writer
	crc  hash.Hash32
	size uint64
}

func (p *packedPart) Write(b []byte) (int, error) {
	n, err := p.pack.Write(b)
	p.size += uint64(n)
	if _, herr := p.crc.Write(b[:n]); err == nil {
		err = herr
	}
	return n, err
}

// Create starts a part; the one before it is complete.
func (p *packer) Create(name string) (io.Writer, error) {
	if err := p.endPart(); err != nil {
		return nil, err
	}
	part := &packedPart{name: name, crc: crc32.NewIEEE()}
	var err error
	if part.pack, err = flate.NewWriter(&part.data, flate.BestSpeed+1); err != nil {
		return nil, fmt.Errorf("pack %s: %w", name, err)
	}
	p.parts = append(p.parts, part)
	return part, nil
}

// AddFS is part of excelize's interface; workbooks made here never need it.
func (p *packer) AddFS(fs.FS) error { return fs.ErrInvalid }

func (p *packer) endPart() error {
	if len(p.parts) == 0 {
		return nil
	}
	last := p.parts[len(p.parts)-1]
	if last.pack == nil {
		return nil
	}
	err := last.pack.Close()
	last.pack = nil
	return err
}

// Close writes the zip file: the content types first, as programs expect.
func (p *packer) Close() error {
	if err := p.endPart(); err != nil {
		return err
	}
	first := func(name string) int {
		if name == "[Content_Types].xml" {
			return 0
		}
		return 1
	}
	slices.SortFunc(p.parts, func(a, b *packedPart) int {
		return cmp.Or(cmp.Compare(first(a.name), first(b.name)), cmp.Compare(a.name, b.name))
	})
	zw := zip.NewWriter(p.w)
	for _, part := range p.parts {
		w, err := zw.CreateRaw(&zip.FileHeader{
			Name: part.name, Method: zip.Deflate, CRC32: part.crc.Sum32(),
			CompressedSize64: uint64(part.data.Len()), UncompressedSize64: part.size,
		})
		if err != nil {
			return fmt.Errorf("pack %s: %w", part.name, err)
		}
		if _, err := part.data.WriteTo(w); err != nil {
			return fmt.Errorf("pack %s: %w", part.name, err)
		}
	}
	return zw.Close()
}
