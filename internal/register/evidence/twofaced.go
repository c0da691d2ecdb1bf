package evidence

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"

	"giuchuan/internal/kernel/fault"
)

// needle is text that makes a file something else as well, and what that is.
type needle struct {
	text, found string
	not         Media // the kind whose own mark it is
}

// needles are looked for in lower case.
var needles = []needle{
	{"<script", "mã chạy trong trang web", ""},
	{"<html", "trang web", ""},
	{"<!doctype", "trang web", ""},
	{"<iframe", "trang web", ""},
	{"<svg ", "ảnh SVG", ""},
	{"<?php", "mã chạy trên máy chủ", ""},
	{"__halt_compiler", "mã chạy trên máy chủ", ""},
	{"this program cannot be run in dos mode", "chương trình Windows", ""},
	{"rar!\x1a\x07", "tệp nén RAR", ""},
	{"7z\xbc\xaf\x27\x1c", "tệp nén 7z", ""},
	{"%pdf-", "tệp PDF", PDF},
}

// overlap is how much of a piece is looked at again with the next one.
const overlap = 64

// oneFaced refuses a file that another program would take for something else:
// a picture that is a page, a PDF that is an archive.
func (in *input) oneFaced(media Media) error {
	buffer := make([]byte, overlap+64<<10)
	lowered := make([]byte, len(buffer))
	kept := 0
	for r := in.all(); ; {
		n, err := io.ReadFull(r, buffer[kept:])
		piece := lower(lowered, buffer[:kept+n])
		for _, x := range needles {
			// Documents hold pictures and text of any kind; a reader of PDF
			// looks for its mark near the start only.
			if x.not == media || media == Docx && x.not == PDF {
				continue
			}
			if bytes.Contains(piece, []byte(x.text)) {
				return refuse(fault.Unsupported, msgTwoFaced, "kind", media.Vietnamese(), "found", x.found)
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return err
		}
		kept = copy(buffer, buffer[kept+n-overlap:kept+n])
	}
	if media != Docx && in.isZip() {
		return refuse(fault.Unsupported, msgTwoFaced, "kind", media.Vietnamese(), "found", "tệp nén ZIP")
	}
	if media == Docx {
		return in.noPDF()
	}
	return nil
}

// lower writes bytes into out with ASCII letters small; other bytes stay.
func lower(out, in []byte) []byte {
	for i, b := range in {
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		out[i] = b
	}
	return out[:len(in)]
}

// isZip tells whether the end of the file is the directory of an archive.
func (in *input) isZip() bool {
	tail := make([]byte, min(in.size, 66_000))
	if _, err := in.ReadAt(tail, in.size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return false
	}
	if !bytes.Contains(tail, []byte("PK\x05\x06")) {
		return false
	}
	z, err := zip.NewReader(in, in.size)
	return z != nil && (err == nil || errors.Is(err, zip.ErrInsecurePath)) && len(z.File) > 0
}

// noPDF refuses an archive that readers of PDF would open.
func (in *input) noPDF() error {
	head := make([]byte, min(in.size, 2048))
	if _, err := in.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if bytes.Contains(head, []byte("%PDF-")) {
		return refuse(fault.Unsupported, msgTwoFaced, "kind", "Office", "found", "tệp PDF")
	}
	return nil
}
