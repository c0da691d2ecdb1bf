package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"giuchuan/internal/kernel/fault"

	"github.com/xuri/excelize/v2"
)

// Properties are the document properties of a workbook. Nothing else in the
// file depends on when, where or by whom it is made: the same input gives the
// same bytes.
type Properties struct {
	Title string
	Made  time.Time // creation time shown; zero is 1 January 2000
}

// BookWriter builds an .xlsx file: add sheets, write their rows, then WriteTo.
// Rows go straight to the packed form, large sheets through temporary files;
// Close removes them.
type BookWriter struct {
	file   *excelize.File
	sheets []*SheetWriter
	lists  *listSheet
	styles map[styleKey]int
	props  Properties
	done   bool
}

var (
	msgSheetName = fault.Msg{Key: "sheet.write_name", Text: "không đặt được tên trang tính “{text}”"}
	msgFinished  = fault.Msg{Key: "sheet.write_finished", Text: "bảng tính đã được ghi xong"}
	msgWrite     = fault.Msg{Key: "sheet.write", Text: "không ghi được bảng tính"}
)

// NewBook starts an empty workbook.
func NewBook(p Properties) *BookWriter {
	return &BookWriter{file: excelize.NewFile(), styles: map[styleKey]int{}, props: p}
}

// Sheet adds a worksheet and writes what stands above its rows: the warning
// banner, the titles and the header.
func (b *BookWriter) Sheet(l Layout) (*SheetWriter, error) {
	if b.done {
		return nil, fault.New(fault.Internal, msgFinished)
	}
	name, err := b.addSheet(l.Name)
	if err != nil {
		return nil, err
	}
	s := &SheetWriter{book: b, layout: l, name: name, next: 1}
	if err := s.begin(); err != nil {
		return nil, fault.New(fault.Internal, msgWrite).Wrap(err)
	}
	b.sheets = append(b.sheets, s)
	return s, nil
}

// addSheet makes the worksheet; the file starts with one that is renamed.
func (b *BookWriter) addSheet(name string) (string, error) {
	name = SheetName(name)
	for _, s := range b.sheets {
		if strings.EqualFold(s.name, name) {
			return "", fault.New(fault.Internal, msgSheetName, "text", name)
		}
	}
	var err error
	if len(b.sheets) == 0 && b.lists == nil {
		err = b.file.SetSheetName("Sheet1", name)
	} else {
		_, err = b.file.NewSheet(name)
	}
	if err != nil {
		return "", fault.New(fault.Internal, msgSheetName, "text", name).Wrap(err)
	}
	return name, nil
}

// SheetName makes a text fit to name a worksheet: at most 31 characters, none
// of : \ / ? * [ ], no apostrophe at either end.
func SheetName(text string) string {
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return '-'
		}
		return r
	}, strings.ToValidUTF8(text, "-"))
	if runes := []rune(text); len(runes) > 31 {
		text = string(runes[:31])
	}
	if text = strings.Trim(text, "' "); text == "" {
		return "Trang"
	}
	return text
}

// WriteTo finishes the workbook and writes the .xlsx file. It can be called
// once.
func (b *BookWriter) WriteTo(w io.Writer) (int64, error) {
	if b.done {
		return 0, fault.New(fault.Internal, msgFinished)
	}
	b.done = true
	if len(b.sheets) == 0 {
		return 0, fault.New(fault.Internal, msgNoSheet, "name", b.props.Title)
	}
	if err := b.finish(); err != nil {
		return 0, fault.New(fault.Internal, msgWrite).Wrap(err)
	}
	out := &counter{w: w}
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return &packer{w: out} })
	if err := b.file.Write(io.Discard); err != nil {
		return out.n, fault.New(fault.Unavailable, msgWrite).Wrap(err)
	}
	return out.n, nil
}

// Bytes finishes the workbook and returns the .xlsx file.
func (b *BookWriter) Bytes() ([]byte, error) {
	var buf bytes.Buffer
	if _, err := b.WriteTo(&buf); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// Close removes temporary files; a workbook not written is dropped.
func (b *BookWriter) Close() error {
	b.done = true
	if err := b.file.Close(); err != nil {
		return fmt.Errorf("close workbook: %w", err)
	}
	return nil
}

// finish adds everything that must be in place before a sheet is flushed:
// checks, notes and protection added later are silently lost.
func (b *BookWriter) finish() error {
	var errs []error
	for _, s := range b.sheets {
		errs = append(errs, s.settle())
	}
	if b.lists != nil {
		errs = append(errs, b.lists.settle())
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for _, s := range b.sheets {
		errs = append(errs, s.stream.Flush())
	}
	if b.lists != nil {
		errs = append(errs, b.lists.stream.Flush())
	}
	return errors.Join(append(errs, b.setProperties())...)
}

func (b *BookWriter) setProperties() error {
	made := b.props.Made
	if made.IsZero() {
		made = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	stamp := made.UTC().Format(time.RFC3339)
	const program = "Giữ Chuẩn"
	return errors.Join(
		b.file.SetDocProps(&excelize.DocProperties{
			Title: b.props.Title, Creator: program, LastModifiedBy: program, Created: stamp, Modified: stamp, Language: "vi-VN",
		}),
		b.file.SetAppProps(&excelize.AppProperties{Application: program}),
	)
}

// counter counts what is written.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
