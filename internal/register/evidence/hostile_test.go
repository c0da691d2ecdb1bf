package evidence_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"runtime"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/evidence"
)

// hostile is a file that must be refused with a sentence of ours.
type hostile struct {
	name string
	data []byte
}

// TestHostileFiles makes files that would do harm and wants every one refused,
// in time and within bounds, by a message and never as a defect.
func TestHostileFiles(t *testing.T) {
	var all []hostile
	for _, part := range []func(testing.TB) []hostile{
		hostileKinds, hostilePolyglots, hostilePictures, hostilePDFs, hostileArchives, hostileParts, hostileRelations, hostileFields, brokenFiles,
	} {
		all = append(all, part(t)...)
	}
	if len(all) < 200 {
		t.Fatalf("only %d files", len(all))
	}
	slowest, heaviest := time.Duration(0), uint64(0)
	for _, h := range all {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		began := time.Now()
		_, err := evidence.Inspect(context.Background(), bytes.NewReader(h.data), int64(len(h.data)), h.name, evidence.Limits{})
		took := time.Since(began)
		runtime.ReadMemStats(&after)
		slowest, heaviest = max(slowest, took), max(heaviest, (after.TotalAlloc-before.TotalAlloc)>>20)
		switch text := fault.Text(err); {
		case err == nil:
			t.Errorf("%s is taken", h.name)
		case fault.CodeOf(err) == fault.Internal || strings.Contains(text, "lỗi hệ thống"):
			t.Errorf("%s: not one of our messages: %v", h.name, err)
		case took > 2*time.Second:
			t.Errorf("%s took %v", h.name, took)
		}
	}
	if heaviest > 120 {
		t.Errorf("one file took %d MB of memory", heaviest)
	}
	t.Logf("%d files, slowest %v, heaviest %d MB", len(all), slowest, heaviest)
}

// hostileKinds are files of other kinds under innocent names.
func hostileKinds(testing.TB) (out []hostile) {
	for i, head := range []string{
		"MZ\x90\x00", "\x7FELF\x02\x01", "#!/bin/sh\nrm -rf /\n", "<?php system($_GET[0]);", "<html><script>alert(1)</script>",
		"<!DOCTYPE html>", "<svg onload=alert(1)>", "\xEF\xBB\xBF<svg><script/></svg>", "<?xml version='1.0'?><!DOCTYPE x><x/>", "GIF89a\x01\x00\x01\x00",
		"BM\x00\x00", "Rar!\x1a\x07\x00", "7z\xBC\xAF\x27\x1C", "\x1F\x8B\x08", "PK\x05\x06" + zeros(18), "{\\rtf1", "\xCA\xFE\xBA\xBE", "\xFE\xED\xFA\xCF",
		"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "%!PS-Adobe-3.0", "\x00\x00\x00\x18ftypavif", "\x00\x00\x00\x18ftypmp42", "ID3\x03", "OggS", "<script>", "javascript:alert(1)",
		"II*\x00", "MM\x00*", "\x00\x00\x01\x00", "BZh9", "\xFD7zXZ\x00", "SQLite format 3\x00", "@echo off\r\n", "\x4C\x00\x00\x00\x01\x14\x02\x00",
	} {
		for _, ending := range []string{"jpg", "pdf", "docx"} {
			out = append(out, hostile{fmt.Sprintf("loại %d.%s", i, ending), []byte(head + strings.Repeat(" nội dung", 20))})
		}
	}
	return out
}

// hostilePolyglots are good files with something else before, inside or behind.
func hostilePolyglots(t testing.TB) (out []hostile) {
	carriers := map[string][]byte{"jpg": jpegOf(t, 16, 16), "png": pngOf(t, 16, 16), "pdf": pdfOf(), "webp": webp16}
	riders := map[string][]byte{
		"html": []byte("<html><body onload=x>"), "script": []byte("<ScRiPt>alert(1)</script>"), "doctype": []byte("<!DocType html>"),
		"php": []byte("<?PHP eval(1);"), "phar": []byte("__HALT_COMPILER();"), "iframe": []byte("<iframe src=//evil>"), "svg": []byte("<SVG onload=x>"),
		"zip": zipOf(t, part{"a.class", "x"}), "rar": []byte("Rar!\x1a\x07\x00x"), "7z": []byte("7z\xBC\xAF\x27\x1Cx"),
		"exe": []byte("MZ This program cannot be run in DOS mode."),
	}
	for c, carrier := range carriers {
		for r, rider := range riders {
			out = append(out, hostile{r + " sau." + c, append(append([]byte{}, carrier...), rider...)})
			padded := append(append([]byte{}, carrier...), make([]byte, 70_000)...)
			out = append(out, hostile{r + " sau xa." + c, append(padded, rider...)})
		}
	}
	jpg := carriers["jpg"]
	for r, rider := range riders {
		if r != "zip" {
			out = append(out, hostile{r + " trong chú thích.jpg", after(jpg, segment(0xFE, rider))})
		}
	}
	out = append(out,
		hostile{"pdf trong.jpg", after(jpg, segment(0xFE, pdfOf()))},
		hostile{"pdf sau.jpg", append(append([]byte{}, jpg...), pdfOf()...)},
		hostile{"pdf trong.docx", storedFirst(t, "a.xml", pdfOf())},
		hostile{"rác sau.png", append(pngOf(t, 4, 4), 1)},
		hostile{"rác sau.webp", append(append([]byte{}, webp16...), "xyz"...)})
	return out
}

// storedFirst is a document whose first part lies unpacked at its start.
func storedFirst(t testing.TB, name string, data []byte) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = f.Write(data)
	}
	if err == nil {
		f, err = w.Create("[Content_Types].xml")
	}
	if err == nil {
		_, err = f.Write([]byte(types(wordMain).text))
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// hostilePictures promise or ask for too much.
func hostilePictures(t testing.TB) (out []hostile) {
	for _, size := range [][2]int{{65535, 65535}, {30000, 30000}, {20000, 5000}, {1, 1 << 30}, {1 << 30, 1}, {0, 5}, {5, 0}, {100_000, 2}, {8000, 8000}, {5000, 4900}} {
		out = append(out, hostile{fmt.Sprintf("bom %v.png", size), pngBomb(size[0], size[1], 8, 6, 0)})
		out = append(out, hostile{fmt.Sprintf("bom đan %v.png", size), pngBomb(size[0], size[1], 16, 2, 1)})
	}
	for _, size := range [][2]int{{65535, 65535}, {65500, 1000}, {20000, 20000}, {0, 8}, {8, 0}} {
		out = append(out, hostile{fmt.Sprintf("bom %v.jpg", size), jpegBomb(t, size[0], size[1])})
	}
	for _, n := range []int{51, 500, 20_000} {
		out = append(out, hostile{fmt.Sprintf("%d lượt.jpg", n), scans(t, n)})
	}
	jpg := jpegOf(t, 16, 16)
	i := bytes.Index(jpg, []byte{0xFF, 0xC0})
	twice := append(append(append([]byte{}, jpg[:i]...), jpg[i:i+19]...), jpg[i:]...)
	odd := append([]byte{}, jpg...)
	odd[i+11] = 0
	return append(out, hostile{"hai khung.jpg", twice}, hostile{"mẫu không.jpg", odd}, hostile{"chỉ đầu.jpg", []byte("\xFF\xD8\xFF\xD9")})
}

func hostilePDFs(t testing.TB) (out []hostile) {
	acts := []string{
		"<< /S /JavaScript /JS (app.alert\\(1\\)) >>", "<< /S /J#61vaScript /JS 5 0 R >>", "<< /S/#4a#61#76#61#53#63#72#69#70#74 >>",
		"<< /Names << /JavaScript 3 0 R >> >>", "<< /S /Launch /F (cmd.exe) >>", "<< /S /L#61unch >>", "<< /S /Rendition /JS (x) >>",
		"<< /Subtype /RichMedia >>", "<< /AcroForm << /XFA [] >> >>", "<< /Type /EmbeddedFile >>", "<< /EmbeddedFiles 9 0 R >>",
		"<< /S /SubmitForm /F (http://evil) >>", "<< /S /ImportData >>", "<< /S /GoToE >>", "<< /S /GoToR /F (\\\\\\\\evil\\\\x) >>", "<< /Encrypt 8 0 R >>",
	}
	for i, a := range acts {
		out = append(out,
			hostile{fmt.Sprintf("%d rõ.pdf", i), pdfOf(a)},
			hostile{fmt.Sprintf("%d nén.pdf", i), pdfOf(packedObject(a))},
			hostile{fmt.Sprintf("%d trong luồng.pdf", i), pdfOf(stream("", []byte("endobj 7 0 obj "+a)))},
			hostile{fmt.Sprintf("%d sau ghi chú.pdf", i), pdfOf(strings.Replace(packedObject(a), "stream\r\n", "% endobj stream x\nstream\n", 1))})
	}
	bomb := deflated([]byte("1 0 " + strings.Repeat("0", 150<<20)))
	return append(out,
		hostile{"bom.pdf", pdfOf(stream("/Type /ObjStm /Filter /FlateDecode", bomb))},
		hostile{"bom ẩn.pdf", pdfOf(stream("/Filter /FlateDecode", bomb))},
		hostile{"nén lạ.pdf", pdfOf(stream("/Type /ObjStm /Filter /ASCIIHexDecode", []byte("3130")))},
		hostile{"nén hai lần.pdf", pdfOf(stream("/Type /Obj#53tm /Filter [/FlateDecode /FlateDecode]", deflated(deflated([]byte("1 0 << /S /JavaScript >>")))))},
		hostile{"không có cuối.pdf", []byte("%PDF-1.4\n1 0 obj <<>> endobj")},
		hostile{"chỉ đầu.pdf", []byte("%PDF-")})
}

// hostileArchives are bad as archives.
func hostileArchives(t testing.TB) (out []hostile) {
	word := func(more ...part) []byte { return docx(t, []string{"x"}, more...) }
	for _, name := range []string{
		"../../etc/passwd", "word/../../x.xml", "/etc/x.xml", `word\x.xml`, "C:x.xml", "word/a\x00.xml", "word//x.xml", "./x.xml", "word/\x1b[2J.xml",
		"word/a.exe", "word/a.js", "word/a.html", "word/a.svg", "word/a.bin", "word/a.dll", "word/a.zip", "a.lnk", "word/a.hta", "word/media/a.swf",
	} {
		out = append(out, hostile{"phần " + name + ".docx", word(part{name, "x"})})
	}
	many := make([]part, 2100)
	for i := range many {
		many[i] = part{fmt.Sprintf("word/p%d.xml", i), "<a/>"}
	}
	var heavy []part
	for i := range 12 {
		heavy = append(heavy, part{fmt.Sprintf("word/media/i%d.png", i), zeros(10 << 20)})
	}
	good := word()
	cut := good[:len(good)-30]
	flipped := bytes.Clone(good)
	for i := 60; i < 120; i++ {
		flipped[i] ^= 0x55
	}
	secret := bytes.Clone(good)
	dir := bytes.Index(secret, []byte("PK\x01\x02"))
	secret[dir+8] |= 1
	odd := bytes.Clone(good)
	binary.LittleEndian.PutUint16(odd[dir+10:], 12)
	return append(out,
		hostile{"nhiều phần.docx", word(many...)},
		hostile{"tổng quá lớn.docx", word(heavy...)},
		hostile{"nén bất thường.docx", word(part{"word/media/a.png", zeros(90 << 20)})},
		hostile{"nói dối.docx", lying(t)},
		hostile{"trùng tên.docx", word(part{"WORD/Document.XML", "<x/>"})},
		hostile{"bị cắt.docx", cut}, hostile{"nửa.docx", good[:len(good)/2]}, hostile{"lật bit.docx", flipped},
		hostile{"mật khẩu.docx", secret}, hostile{"cách nén lạ.docx", odd},
		hostile{"tệp nén.docx", zipOf(t, part{"a.txt", "x"})}, hostile{"rỗng.docx", zipOf(t)},
		hostile{"apk.docx", zipOf(t, part{"AndroidManifest.xml", "x"}, part{"classes.dex", "x"})},
		hostile{"jar.xlsx", zipOf(t, part{"META-INF/MANIFEST.MF", "x"})},
		hostile{"odt.docx", zipOf(t, part{"mimetype", "x"}, part{"content.xml", "<x/>"})},
		hostile{"pptx.docx", zipOf(t, types("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"))},
		hostile{"có đầu lạ.docx", append([]byte("PK\x03\x04 rác"), good...)[:20]})
}

// lying is a document one of whose parts says that it is small.
func lying(t testing.TB) []byte {
	data := []byte(zeros(60 << 20))
	packed := deflated(data)
	packed = packed[2 : len(packed)-4]
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.CreateRaw(&zip.FileHeader{
		Name: "word/media/a.png", Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(data),
		CompressedSize64: uint64(len(packed)), UncompressedSize64: 100,
	})
	if err == nil {
		_, err = f.Write(packed)
	}
	if err == nil {
		f, err = w.Create("[Content_Types].xml")
	}
	if err == nil {
		_, err = f.Write([]byte(types(wordMain).text))
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// hostileParts carry what a document may not carry.
func hostileParts(t testing.TB) (out []hostile) {
	const doctype = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>`
	for _, p := range []part{
		{"word/vbaProject.bin", "x"},
		{"word/x/VBAPROJECT.BIN", "x"},
		{"word/activeX/activeX1.xml", "<x/>"},
		{"word/embeddings/oleObject1.bin", "x"},
		{"word/embeddings/Sheet.xlsx", "x"},
		{"xl/macrosheets/sheet1.xml", "<x/>"},
		{"xl/externalLinks/externalLink1.xml", "<x/>"},
		{"docProps/core.xml", doctype},
		{"word/styles.xml", doctype},
		{"word/_rels/a.rels", doctype},
		{"word/a.vml", doctype},
		{"customXml/item1.xml", doctype},
		{"word/b.xml", "<!doctype html>"},
		{"word/c.xml", strings.Repeat(" ", 40_000) + `<!ENTITY x SYSTEM "file:///etc/passwd">`},
		{"word/utf16.xml", "\xFF\xFE<\x00x\x00/\x00>\x00"},
		{"word/utf16be.xml", "\xFE\xFF\x00<\x00x"},
		{"word/nobom.xml", "<\x00!\x00D\x00"},
		{"word/ebcdic.xml", `<?xml version="1.0" encoding="cp037"?><x/>`},
		{"word/deep.xml", strings.Repeat("<a>", 5000)},
		{"word/broken.xml", "<a"},
	} {
		out = append(out, hostile{p.name + ".docx", docx(t, []string{"x"}, p)}, hostile{p.name + ".xlsx", xlsx(t, []string{"x"}, p)})
	}
	for _, kind := range []string{
		"application/vnd.ms-word.document.macroEnabled.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml", "application/vnd.ms-office.vbaProject",
		"application/vnd.ms-office.activeX+xml", "application/vnd.openxmlformats-officedocument.oleObject", "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
		"text/html", "application/vnd.ms-excel.addin.macroEnabled.main+xml",
	} {
		out = append(out, hostile{kind + ".docx", zipOf(t, types(kind), part{"word/document.xml", "<x/>"})})
	}
	return append(out, hostile{"thêm macro.docx", zipOf(t, types(wordMain, "application/vnd.ms-office.vbaProject"), part{"word/document.xml", "<x/>"}, part{"word/a.xml", "<x/>"})})
}

func hostileRelations(t testing.TB) (out []hostile) {
	for _, r := range [][3]string{
		{"attachedTemplate", "http://evil.example/x.dotm", "External"},
		{"attachedTemplate", "file:///C:/x.dotm", "External"},
		{"image", "http://evil.example/x.png", "External"},
		{"oleObject", "http://evil.example/x", "External"},
		{"oleObject", "embeddings/x.xml", "Internal"},
		{"frame", "http://evil.example", "External"},
		{"subDocument", "other.docx", "External"},
		{"externalLinkPath", "http://evil.example/x.xlsx", "External"},
		{"externalLink", "x.xml", "Internal"},
		{"vbaProject", "x.xml", "Internal"},
		{"control", "x.xml", "Internal"},
		{"aFChunk", "x.xml", "Internal"},
		{"package", "x.xml", "Internal"},
		{"hyperlink", `\\evil\share`, "External"},
		{"hyperlink", "file:///etc/passwd", "External"},
		{"hyperlink", "javascript:alert(1)", "External"},
		{"hyperlink", "ms-msdt:/id", "External"},
		{"hyperlink", " vbscript:x", "external"},
	} {
		out = append(out, hostile{fmt.Sprint(r, ".docx"), docx(t, []string{"x"}, part{"word/_rels/document.xml.rels", relation(r[0], r[1], r[2])})})
	}
	return out
}

func hostileFields(t testing.TB) (out []hostile) {
	for _, f := range []string{
		"<w:instrText>DDEAUTO c:\\windows\\system32\\cmd.exe</w:instrText>", "<w:instrText>D</w:instrText><w:instrText>DE x</w:instrText>",
		`<w:fldSimple w:instr=" DDE excel x"/>`, "<w:instrText> INCLUDEPICTURE http://evil</w:instrText>", "<w:instrText>INCLUDETEXT \\\\evil</w:instrText>",
		`<w:fldSimple w:instr="MACROBUTTON x"/>`, "<w:instrText>dde</w:instrText>",
	} {
		out = append(out, hostile{f + ".docx", docx(t, nil, part{"word/header1.xml", "<w:hdr>" + f + "</w:hdr>"})})
	}
	return out
}

// brokenFiles are good files that were cut or spoilt.
func brokenFiles(t testing.TB) (out []hostile) {
	for name, good := range map[string][]byte{"jpg": jpegOf(t, 64, 64), "png": pngOf(t, 64, 64), "docx": docx(t, []string{"x"}), "xlsx": xlsx(t, []string{"x"}), "webp": webp16} {
		for _, n := range []int{4, 12, len(good) / 4, len(good) / 2, len(good) - 3} {
			if n < len(good) {
				out = append(out, hostile{fmt.Sprintf("cắt ở %d.%s", n, name), good[:n]})
			}
		}
	}
	return out
}
