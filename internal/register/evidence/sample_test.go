package evidence_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

// picture is a colourful picture.
func picture(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{byte(x), byte(y), byte(x * y), 255})
		}
	}
	return m
}

func jpegOf(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(w, h), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture(w, h)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// webp16 is a WebP of one white pixel of 1 x 1 (lossless).
var webp16 = []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")

// segment is a segment of a JPEG.
func segment(marker byte, data []byte) []byte {
	out := []byte{0xFF, marker}
	out = binary.BigEndian.AppendUint16(out, uint16(len(data)+2))
	return append(out, data...)
}

// after puts segments behind the first two bytes of a JPEG.
func after(jpg []byte, segments ...[]byte) []byte {
	out := append([]byte{}, jpg[:2]...)
	for _, s := range segments {
		out = append(out, s...)
	}
	return append(out, jpg[2:]...)
}

// exif is an EXIF segment as a phone in Tuyên Quang writes it.
func exif(turn int) []byte {
	order := binary.BigEndian
	b := []byte("MM\x00*\x00\x00\x00\x08")
	entry := func(tag, kind uint16, count uint32, value []byte) []byte {
		e := order.AppendUint16(nil, tag)
		e = order.AppendUint16(e, kind)
		e = order.AppendUint32(e, count)
		return append(e, value...)
	}
	long := func(n uint32) []byte { return order.AppendUint32(nil, n) }
	const first, details, place, data = 8, 8 + 2 + 3*12 + 4, 8 + 2 + 3*12 + 4 + 2 + 12 + 4, 8 + 2 + 3*12 + 4 + 2 + 12 + 4 + 2 + 4*12 + 4
	b = append(b, 0, 3)
	b = append(b, entry(0x0112, 3, 1, []byte{0, byte(turn), 0, 0})...)
	b = append(b, entry(0x8769, 4, 1, long(details))...)
	b = append(b, entry(0x8825, 4, 1, long(place))...)
	b = append(b, 0, 0, 0, 0, 0, 1)
	b = append(b, entry(0x9003, 2, 20, long(data))...)
	b = append(b, 0, 0, 0, 0, 0, 4)
	b = append(b, entry(1, 2, 2, []byte("N\x00\x00\x00"))...)
	b = append(b, entry(2, 5, 3, long(data+20))...)
	b = append(b, entry(3, 2, 2, []byte("E\x00\x00\x00"))...)
	b = append(b, entry(4, 5, 3, long(data+44))...)
	b = append(b, 0, 0, 0, 0)
	b = append(b, "2024:09:30 15:20:10\x00"...)
	for _, n := range []uint32{22, 1, 3, 1, 36, 1, 105, 1, 2, 1, 24, 1} {
		b = order.AppendUint32(b, n)
	}
	return segment(0xE1, append([]byte("Exif\x00\x00"), b...))
}

// chunk is a chunk of a PNG.
func chunk(kind string, data []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(append(out, kind...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// pngBomb promises w x h pixels in a few bytes.
func pngBomb(w, h int, depth, kind, lace byte) []byte {
	head := binary.BigEndian.AppendUint32(nil, uint32(w))
	head = binary.BigEndian.AppendUint32(head, uint32(h))
	head = append(head, depth, kind, 0, 0, lace)
	out := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", head)...)
	out = append(out, chunk("IDAT", deflated(make([]byte, 1<<20)))...)
	return append(out, chunk("IEND", nil)...)
}

// jpegBomb is a JPEG whose head promises w x h pixels.
func jpegBomb(t testing.TB, w, h int) []byte {
	jpg := jpegOf(t, 8, 8)
	i := bytes.Index(jpg, []byte{0xFF, 0xC0})
	binary.BigEndian.PutUint16(jpg[i+5:], uint16(h))
	binary.BigEndian.PutUint16(jpg[i+7:], uint16(w))
	return jpg
}

func deflated(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(data) // into memory
	_ = w.Close()
	return b.Bytes()
}

// pdfOf is a PDF of these objects, with a plain catalogue before them.
func pdfOf(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+3, o)
	}
	b.WriteString("xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n")
	return b.Bytes()
}

// stream is a stream object with a dictionary.
func stream(dictionary string, data []byte) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\r\n%s\nendstream", dictionary, len(data), data)
}

// packedObject hides an object in an object stream.
func packedObject(text string) string {
	return stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", deflated([]byte("9 0 "+text)))
}

type part struct{ name, text string }

const (
	wordMain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
	bookMain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
	relType  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

func zipOf(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.Create(p.name)
		if err == nil {
			_, err = f.Write([]byte(p.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func types(main string, more ...string) part {
	text := `<?xml version="1.0" encoding="UTF-8"?><Types><Override PartName="/main.xml" ContentType="` + main + `"/>`
	for _, m := range more {
		text += `<Override PartName="/x" ContentType="` + m + `"/>`
	}
	return part{"[Content_Types].xml", text + "</Types>"}
}

func relation(kind, target, mode string) string {
	return `<Relationships><Relationship Id="r1" Type="` + relType + kind + `" Target="` + target + `" TargetMode="` + mode + `"/></Relationships>`
}

// docx is a Word document of paragraphs and further parts.
func docx(t testing.TB, paragraphs []string, more ...part) []byte {
	text := `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document><w:body>`
	for _, p := range paragraphs {
		text += "<w:p><w:r><w:t>" + p + "</w:t></w:r></w:p>"
	}
	return zipOf(t, append([]part{
		types(wordMain), {"word/document.xml", text + "</w:body></w:document>"}, {"_rels/.rels", relation("officeDocument", "word/document.xml", "")},
	}, more...)...)
}

// xlsx is a workbook with shared strings and further parts.
func xlsx(t testing.TB, strs []string, more ...part) []byte {
	text := "<sst>"
	for _, s := range strs {
		text += "<si><t>" + s + "</t></si>"
	}
	return zipOf(t, append([]part{
		types(bookMain), {"xl/workbook.xml", "<workbook/>"}, {"xl/sharedStrings.xml", text + "</sst>"}, {"xl/worksheets/sheet1.xml", "<worksheet/>"},
	}, more...)...)
}

// scans is a JPEG that goes over its pixels n times.
func scans(t testing.TB, n int) []byte {
	jpg := jpegOf(t, 64, 64)
	i := bytes.Index(jpg, []byte{0xFF, 0xDA})
	one := jpg[i : len(jpg)-2]
	out := append([]byte{}, jpg[:i]...)
	for range n {
		out = append(out, one...)
	}
	return append(out, 0xFF, 0xD9)
}

func zeros(n int) string { return strings.Repeat("\x00", n) }
