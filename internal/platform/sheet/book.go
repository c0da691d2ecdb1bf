package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"giuchuan/internal/kernel/fault"
)

// Book is an opened .xlsx or .csv file. It holds the packed file in memory and
// reads rows as they are asked for; there is nothing to close.
type Book struct {
	Name   string   // as given to Open, for messages
	CSV    bool     // a text file: its one sheet has no name and no types
	Sheets []*Sheet // in the order of their tabs, hidden ones included
}

// Sheet is one table of a book.
type Sheet struct {
	Name   string  // empty in a .csv file
	Hidden bool    // not shown to a person who opens the workbook
	Merges []Range // merged cells

	book *workbook // of an .xlsx
	part *zip.File // its rows
	text *csvText  // of a .csv
}

// Row is one row or record that holds something. Cells are in column order,
// without the empty ones, and are valid until the next row is read.
type Row struct {
	Number int // from 1; in a .csv file the line on which the record starts
	Fields int // .csv: fields written, empty ones included; .xlsx: 0
	Cells  []Cell
	Fault  *fault.Error // a record that cannot be read beyond Cells; the rows after it still can
}

// Open reads the head of a spreadsheet: it decides by content whether it is a
// workbook or text, and refuses hostile, damaged and unsuitable files with a
// fault that tells a person what to do. name is used in messages only; data
// must not change while the book is in use.
func Open(name string, data []byte, lim Limits) (*Book, error) {
	lim = lim.filled()
	name = printable(filepath.Base(name))
	switch {
	case int64(len(data)) > lim.File:
		return nil, fault.New(fault.TooLarge, msgTooBig, "name", name, "limit", bytesText(lim.File))
	case len(data) == 0:
		return nil, fault.New(fault.Invalid, msgNothing, "name", name)
	case bytes.HasPrefix(data, magicZip):
		wb, err := openWorkbook(name, data, lim)
		if err != nil {
			return nil, err
		}
		return &Book{Name: name, Sheets: wb.sheets}, nil
	case bytes.HasPrefix(data, []byte("PK")):
		return nil, fault.New(fault.Corrupt, msgBroken, "name", name)
	case bytes.HasPrefix(data, magicOLE):
		return nil, refuseOLE(name, data)
	}
	text, err := openCSV(name, data, lim)
	if err != nil {
		return nil, err
	}
	return &Book{Name: name, CSV: true, Sheets: []*Sheet{{text: text}}}, nil
}

// refuseOLE tells an encrypted .xlsx from an old .xls: both are OLE files, the
// first has a stream named EncryptedPackage (UTF-16 in the directory).
func refuseOLE(name string, data []byte) error {
	stream := make([]byte, 0, 32)
	for _, c := range []byte("EncryptedPackage") {
		stream = append(stream, c, 0)
	}
	if bytes.Contains(data, stream) {
		return fault.New(fault.Unsupported, msgPassword, "name", name)
	}
	return fault.New(fault.Unsupported, msgOldExcel, "name", name)
}

// OpenReader reads r to its end, at most to the limit, and opens what it read.
func OpenReader(name string, r io.Reader, lim Limits) (*Book, error) {
	lim = lim.filled()
	data, err := io.ReadAll(io.LimitReader(r, lim.File+1))
	if err != nil {
		return nil, fault.New(fault.Unavailable, msgUnreadable, "name", filepath.Base(name)).Wrap(err)
	}
	return Open(name, data, lim)
}

// OpenFile opens a file on disk. A file above the limit is refused unread.
func OpenFile(path string, lim Limits) (book *Book, err error) {
	name := filepath.Base(path)
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.New(fault.NotFound, msgUnreadable, "name", name).Wrap(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, fault.New(fault.Unavailable, msgUnreadable, "name", name).Wrap(err)
	}
	lim = lim.filled()
	if info.Size() > lim.File {
		return nil, fault.New(fault.TooLarge, msgTooBig, "name", name, "limit", bytesText(lim.File))
	}
	data := make([]byte, info.Size())
	if _, err := io.ReadFull(f, data); err != nil {
		return nil, fault.New(fault.Unavailable, msgUnreadable, "name", name).Wrap(fmt.Errorf("read %s: %w", path, err))
	}
	return Open(name, data, lim)
}

// Sheet returns the sheet of that name, or nil.
func (b *Book) Sheet(name string) *Sheet {
	for _, s := range b.Sheets {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// Rows streams the rows that hold something. A fault of a single record is in
// Row.Fault; an error ends the iteration. Every call starts again at the top.
func (s *Sheet) Rows() iter.Seq2[Row, error] {
	if s.text != nil {
		return s.text.rows()
	}
	return s.rows()
}

// Merged returns the merged range that covers a cell. All cells of a range but
// its first are empty.
func (s *Sheet) Merged(row, col int) (Range, bool) {
	for _, r := range s.Merges {
		if r.Holds(row, col) {
			return r, true
		}
	}
	return Range{}, false
}
