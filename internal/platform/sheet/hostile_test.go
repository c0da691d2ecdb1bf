package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// hostile is a file that must end in an error whose text has want in it, and
// quickly; an empty want means that it must be read without harm.
type hostile struct {
	name string
	data []byte
	want string
}

// The promise for any file at all.
const (
	hostileTime   = 2 * time.Second
	hostileMemory = 256 << 10 // KiB
)

func checkHostile(t *testing.T, h hostile, got string) {
	t.Helper()
	switch {
	case h.want == "" && got != "":
		t.Errorf("refused: %s", got)
	case !strings.Contains(got, h.want):
		t.Errorf("got %q, want %q", got, h.want)
	case strings.Contains(got, "lỗi hệ thống"):
		t.Errorf("not one of our errors: %q", got)
	}
}

func hostileFiles(t testing.TB) []hostile {
	files := hostilePackages(t)
	files = append(files, hostileParts(t)...)
	files = append(files, hostileXML(t)...)
	return append(files, hostileTexts()...)
}

// hostilePackages are bad as zip files.
func hostilePackages(t testing.TB) []hostile {
	good := workbookWith(t, `<row r="1"><c r="A1"><v>1</v></c></row>`)
	bomb := zeros(1 << 30)
	named := func(name string) []byte { return pack(t, append(bones(), part{name, "x"})...) }
	return []hostile{
		{"bomb.xlsx", raw(t, "xl/worksheets/sheet1.xml", bomb, 1<<30), "nở ra quá lớn khi giải nén"},
		{"lying bomb.xlsx", raw(t, "xl/worksheets/sheet1.xml", bomb, 1000), "bị hỏng"},
		{"lying media.xlsx", raw(t, "xl/media/image1.png", bomb, 50<<20), "bị hỏng"},
		{"ratio.xlsx", workbookWith(t, "", part{"xl/media/a.bin", strings.Repeat("\x00", 30<<20)}), "nén bất thường"},
		{"ratio in shared strings.xlsx", workbookWith(t, "", part{"xl/sharedStrings.xml", "<sst>" + strings.Repeat("<si><t/></si>", 2<<20)}), "nén bất thường"},
		{"sum of parts.xlsx", manyParts(t, 12, 10<<20), "nở ra quá lớn khi giải nén"},
		{"many entries.xlsx", manyParts(t, 2500, 1), "quá nhiều tệp con; chỉ nhận đến 2000"},
		{"very many entries.xlsx", bytes.Repeat(append(signEntry, make([]byte, 43)...), 300_000), "bị hỏng"},
		{"very many entries after a head.xlsx", append(bytes.Clone(magicZip), bytes.Repeat(append(signEntry, make([]byte, 43)...), 300_000)...), "quá nhiều tệp con"},
		{"traversal.xlsx", named("../../etc/passwd"), "tên không an toàn (../../etc/passwd)"},
		{"traversal inside.xlsx", named("xl/../../x.xml"), "tên không an toàn"},
		{"absolute.xlsx", named("/etc/passwd"), "tên không an toàn"},
		{"backslash.xlsx", named(`xl\worksheets\sheet1.xml`), "tên không an toàn"},
		{"drive.xlsx", named("C:evil.xml"), "tên không an toàn"},
		{"control.xlsx", named("xl/a\x00\x1b[2J.xml"), "tên không an toàn (xl/a??[2J.xml)"},
		{"twice.xlsx", pack(t, append(bones(), part{"xl/a.xml", "<a/>"}, part{"XL/A.xml", "<a/>"})...), "hai tệp con trùng tên"},
		{"truncated.xlsx", good[:len(good)-30], "bị hỏng hoặc tải lên chưa hết"},
		{"truncated half.xlsx", good[:len(good)/2], "bị hỏng hoặc tải lên chưa hết"},
		{"only magic.xlsx", []byte("PK\x03\x04"), "bị hỏng hoặc tải lên chưa hết"},
		{"empty zip.xlsx", pack(t), "bị hỏng"},
		{"flipped bits.xlsx", flipped(good), "bị hỏng"},
		{"old.xls", append(bytes.Clone(magicOLE), make([]byte, 4096)...), "bảng tính Excel cũ (.xls); hãy mở bằng Excel và lưu lại dạng .xlsx"},
		{"password.xlsx", append(append(bytes.Clone(magicOLE), make([]byte, 512)...), wide("EncryptedPackage")...), "có mật khẩu"},
		{"zip password.xlsx", flagged(t), "có mật khẩu"},
		{"polyglot.xlsx", append([]byte("GIF89a\x01\x00\x01\x00"), good...), "không phải bảng tính"},
		{"document.docx", pack(t, part{"word/document.xml", "<w/>"}), "văn bản Word"},
		{"sheet.ods", pack(t, part{"mimetype", "x"}, part{"content.xml", "<a/>"}), ".ods"},
		{"sheet.xlsb", pack(t, part{"xl/workbook.bin", "x"}), ".xlsb"},
		{"other.zip", pack(t, part{"readme.txt", "x"}), "không phải bảng tính"},
		{"big.xlsx", append(bytes.Clone(magicZip), make([]byte, 21<<20)...), "quá lớn; chỉ nhận tệp đến 20 MB"},
	}
}

// hostileParts carry what a workbook may not carry.
func hostileParts(t testing.TB) []hostile {
	const rows = `<row r="1"><c r="A1"><v>1</v></c></row>`
	with := func(more ...part) []byte { return workbookWith(t, rows, more...) }
	external := func(kind string) part {
		return part{"xl/worksheets/_rels/sheet1.xml.rels", `<Relationships><Relationship Id="r1" Type="http://x/` + kind + `" Target="http://evil.example/x" TargetMode="External"/></Relationships>`}
	}
	const doctype = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>`
	return []hostile{
		{"macro.xlsx", with(part{"xl/vbaProject.bin", "x"}), "chứa macro"},
		{"macro elsewhere.xlsx", with(part{"xl/other/VBAPROJECT.bin", "x"}), "chứa macro"},
		{"macro sheet.xlsx", with(part{"xl/macrosheets/sheet1.xml", "<x/>"}), "chứa macro"},
		{"active x.xlsx", with(part{"xl/activeX/activeX1.bin", "x"}), "chứa macro"},
		{"external link.xlsx", with(part{"xl/externalLinks/externalLink1.xml", "<x/>"}), "liên kết ra tệp khác"},
		{"external object.xlsx", with(external("oleObject")), "liên kết ra tệp khác hoặc trang khác (oleObject trong xl/worksheets/_rels/she…)"},
		{"external image.xlsx", with(external("image")), "liên kết ra tệp khác"},
		{"hyperlink.xlsx", with(external("hyperlink")), ""},
		{"dtd in strings.xlsx", with(part{"xl/sharedStrings.xml", doctype}), "khai báo DOCTYPE ở phần xl/sharedStrings.xml"},
		{"dtd in properties.xlsx", with(part{"docProps/core.xml", doctype}), "khai báo DOCTYPE ở phần docProps/core.xml"},
		{"dtd in drawing.xlsx", with(part{"xl/drawings/vmlDrawing1.vml", doctype}), "khai báo DOCTYPE"},
		{"dtd in relations.xlsx", with(part{"xl/worksheets/_rels/sheet1.xml.rels", doctype}), "khai báo DOCTYPE"},
		{"dtd in workbook.xlsx", pack(t, part{"xl/workbook.xml", doctype}), "khai báo DOCTYPE"},
		{"no sheets.xlsx", pack(t, part{"xl/workbook.xml", "<workbook/>"}), "không có trang tính nào"},
		{"missing sheet.xlsx", pack(t, bones()...), "bị hỏng ở phần xl/workbook.xml"},
		{"many sheets.xlsx", manySheets(t, 500), "quá nhiều trang tính; chỉ nhận đến 200"},
		{"huge shared strings.xlsx", with(part{"xl/sharedStrings.xml", noisyStrings(900_000)}), "chứa quá nhiều chữ; chỉ nhận đến 32 MB"},
		{"one huge string.xlsx", with(part{"xl/sharedStrings.xml", "<sst><si><t>" + noise(3<<20) + "</t></si></sst>"}), "ô chứa quá 32767 ký tự"},
		{"one huge inline string.xlsx", workbookWith(t, `<row r="1"><c r="A1" t="inlineStr"><is><t>`+noise(3<<20)+`</t></is></c></row>`), "Phiếu!A1: ô chứa quá 32767 ký tự"},
		{"many styles.xlsx", with(part{"xl/styles.xml", "<styleSheet><cellXfs>" + noisy(70_000, `<xf numFmtId="%d"/>`) + "</cellXfs></styleSheet>"}), "quá nhiều ô"},
		{"many merges.xlsx", manyMerges(t, 20_000), "quá nhiều ô gộp; chỉ nhận đến 10000"},
	}
}

// hostileXML have sheets that are too large, too deep or malformed.
func hostileXML(t testing.TB) []hostile {
	sheet := func(text string) []byte {
		return pack(t, append(bones(), part{"xl/worksheets/sheet1.xml", text})...)
	}
	rows := func(text string) []byte { return workbookWith(t, text) }
	return []hostile{
		{"million empty rows.xlsx", rows(noisy(1_048_576, `<row r="%d"/>`)), ""},
		{"million empty rows and one cell.xlsx", rows(noisy(1_048_575, `<row r="%d"/>`) + `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`), "Phiếu!XFD1048576: bảng dài quá 250000 hàng"},
		{"16384 empty columns.xlsx", rows(`<row r="1">` + wideRow(16_384, "") + `</row>`), ""},
		{"16384 columns.xlsx", rows(`<row r="1">` + wideRow(16_384, "<v>1</v>") + `</row>`), "Phiếu!AMK1: bảng rộng quá 1024 cột"},
		{"row beyond the format.xlsx", rows(`<row r="99999999"/>`), "bị hỏng"},
		{"column beyond the format.xlsx", rows(`<row r="1"><c r="ZZZZ1"><v>1</v></c></row>`), "bị hỏng"},
		{"millions of empty cells.xlsx", rows(`<row r="1">` + noisyCells(9_000_000) + `</row>`), "quá nhiều ô"},
		{"deep.xlsx", sheet(strings.Repeat("<a>", 10_000)), "lồng nhau quá sâu"},
		{"deep and closed.xlsx", sheet(strings.Repeat("<a>", 100) + strings.Repeat("</a>", 100)), "lồng nhau quá sâu"},
		{"dtd in sheet.xlsx", sheet(`<!DOCTYPE worksheet SYSTEM "file:///etc/passwd"><worksheet/>`), "khai báo DOCTYPE ở phần xl/worksheets/sheet1.xml"},
		{"lower case doctype.xlsx", sheet(`<!doctype worksheet><worksheet/>`), "khai báo DOCTYPE"},
		{"entity.xlsx", rows(`<row r="1"><c r="A1" t="inlineStr"><is><t>&xxe;</t></is></c></row>`), "bị hỏng"},
		{"null reference.xlsx", rows(`<row r="1"><c r="A1" t="inlineStr"><is><t>&#0;</t></is></c></row>`), "bị hỏng"},
		{"surrogate.xlsx", rows(`<row r="1"><c r="A1" t="inlineStr"><is><t>&#xD800;</t></is></c></row>`), "bị hỏng"},
		{"not UTF-8.xlsx", rows("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>\xE2\x28</t></is></c></row>"), "bị hỏng"},
		{"UTF-16 sheet.xlsx", sheet("\xFF\xFE" + string(wide("<worksheet/>"))), "bị hỏng"},
		{"crossed tags.xlsx", sheet(`<worksheet><sheetData></worksheet></sheetData>`), "bị hỏng ở phần xl/worksheets/sheet1.xml"},
		{"open tag.xlsx", sheet(`<worksheet><sheetData`), "bị hỏng"},
		{"open comment.xlsx", sheet(`<worksheet><!-- `), "bị hỏng"},
		{"open CDATA.xlsx", sheet(`<worksheet><![CDATA[ `), "bị hỏng"},
		{"open attribute.xlsx", sheet(`<worksheet a="` + noise(200<<10) + `>`), "bị hỏng"},
		{"long entity.xlsx", sheet(`<worksheet>&` + noise(200<<10)), "bị hỏng"},
		{"empty part.xlsx", sheet(""), "bị hỏng"},
		{"text only.xlsx", sheet("xin chào"), "bị hỏng"},
		{"index beyond the strings.xlsx", rows(`<row r="1"><c r="A1" t="s"><v>5</v></c></row>`), "bị hỏng"},
		{"negative index.xlsx", rows(`<row r="1"><c r="A1" t="s"><v>-1</v></c></row>`), "bị hỏng"},
		{"formula.xlsx", rows(`<row r="1"><c r="A1"><f>WEBSERVICE("http://evil.example")</f><v>1</v></c></row>`), ""},
		{"many array formulas.xlsx", rows(`<row r="1">` + wideRow(200, `<f t="array" ref="A1:ZZ1000">1</f>`) + `</row>`), "chứa công thức"},
	}
}

// hostileTexts are not zip files.
func hostileTexts() []hostile {
	const size = 10 << 20
	rnd := rand.New(rand.NewPCG(1, 2))
	garbage := make([]byte, size)
	for i := range garbage {
		garbage[i] = byte(rnd.Uint32())
	}
	letters := bytes.Clone(garbage)
	for i := range letters {
		letters[i] = letters[i]%64 + ' ' + 1
	}
	return []hostile{
		{"garbage.xlsx", garbage, "không phải bảng tính .xlsx hay .csv"},
		{"garbage.csv", garbage, "không phải bảng tính .xlsx hay .csv"},
		{"garbage with a zip head.xlsx", append(bytes.Clone(magicZip), garbage...), "bị hỏng hoặc tải lên chưa hết"},
		{"high bytes.csv", bytes.Repeat([]byte{0xE2, 0x28, ','}, size/3), "không dùng bảng mã UTF-8 (dòng 1"},
		{"letters.csv", letters, "bảng rộng quá 1024 cột"},
		{"one letter.csv", bytes.Repeat([]byte("A"), size), "ô chứa quá 32767 ký tự"},
		{"commas.csv", bytes.Repeat([]byte(","), size), ""},
		{"cells.csv", bytes.Repeat([]byte("1,"), size/2), "dòng 1, cột 1025: bảng rộng quá 1024 cột"},
		{"lines.csv", bytes.Repeat([]byte("\n"), size), "rỗng"},
		{"short lines.csv", bytes.Repeat([]byte("1\n"), size/2), "dòng 250001, cột 1: bảng dài quá 250000 hàng"},
		{"quotes.csv", bytes.Repeat([]byte(`"`), size), "ô chứa quá 32767 ký tự"},
		{"odd quotes.csv", append([]byte("a,b\n"), bytes.Repeat([]byte(`"`), size-1)...), ""},
		{"zero bytes.csv", make([]byte, size), "không phải bảng tính"},
	}
}

func TestLimitsAreCountedWhileInflating(t *testing.T) {
	read := func(left, most int64) error {
		_, err := io.Copy(io.Discard, &meter{r: strings.NewReader(strings.Repeat("x", 1000)), left: &left, most: most})
		return err
	}
	if err := read(999, 5000); !errors.Is(err, errTotal) {
		t.Errorf("total: %v", err)
	}
	if err := read(5000, 999); !errors.Is(err, errRatio) {
		t.Errorf("ratio: %v", err)
	}
	if err := read(1000, 1000); err != nil {
		t.Errorf("within both: %v", err)
	}
}

func zeros(n int64) []byte {
	var buf bytes.Buffer
	w, err := flate.NewWriter(&buf, flate.BestSpeed)
	if err != nil {
		panic(err)
	}
	block := make([]byte, 1<<20)
	for ; n > 0; n -= int64(len(block)) {
		if _, err := w.Write(block); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

// raw is a workbook with one part already deflated, its size as claimed.
func raw(t testing.TB, name string, deflated []byte, claimed uint64) []byte {
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	parts := bones()
	if !strings.Contains(name, "sheet1") {
		parts = append(parts, part{"xl/worksheets/sheet1.xml", "<worksheet/>"})
	}
	for _, p := range parts {
		w, err := zw.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p.text); err != nil {
			t.Fatal(err)
		}
	}
	w, err := zw.CreateRaw(&zip.FileHeader{
		Name: name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(nil),
		CompressedSize64: uint64(len(deflated)), UncompressedSize64: claimed,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(deflated); err != nil {
		t.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func manyParts(t testing.TB, n, size int) []byte {
	parts := bones()
	text := noisy(size/64+1, "%010d"+strings.Repeat("-", 54))[:size]
	for i := range n {
		parts = append(parts, part{fmt.Sprintf("xl/media/%d.txt", i), text})
	}
	return pack(t, parts...)
}

func manySheets(t testing.TB, n int) []byte {
	parts := append(bones(), part{"xl/worksheets/sheet1.xml", "<worksheet/>"})
	parts[2].text = "<workbook><sheets>" + noisy(n, `<sheet name="S%d" id="rId1"/>`) + "</sheets></workbook>"
	return pack(t, parts...)
}

func manyMerges(t testing.TB, n int) []byte {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<mergeCell ref="A%d:B%d"/>`, i+1, i+1)
	}
	return pack(t, append(bones(), part{"xl/worksheets/sheet1.xml", "<worksheet><sheetData/><mergeCells>" + b.String() + "</mergeCells></worksheet>"})...)
}

// noisy repeats a format with the numbers from 1.
func noisy(n int, format string) string {
	var b []byte
	for i := range n {
		b = fmt.Appendf(b, format, i+1)
	}
	return string(b)
}

// noise is text that does not pack well.
func noise(n int) string {
	rnd := rand.New(rand.NewPCG(3, 4))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('a' + rnd.IntN(26))
	}
	return string(b)
}

func noisyStrings(n int) string {
	rnd := rand.New(rand.NewPCG(5, 6))
	b := []byte("<sst>")
	for range n {
		b = fmt.Appendf(b, "<si><t>xã số %d huyện số %d</t></si>", rnd.Uint32(), rnd.Uint32())
	}
	return string(append(b, "</sst>"...))
}

func wideRow(n int, inner string) string {
	var b []byte
	for i := range n {
		b = fmt.Appendf(b, `<c r="%s1">%s</c>`, columnName(i+1), inner)
	}
	return string(b)
}

// noisyCells are cells so empty that only their number can hurt, with noise
// between them to keep the packing ordinary.
func noisyCells(n int) string {
	b := []byte("<!--" + noise(1<<20) + "-->")
	return string(b) + strings.Repeat("<c/>", n)
}

func flipped(data []byte) []byte {
	out := bytes.Clone(data)
	i := bytes.Index(out, []byte("xl/worksheets/sheet1.xml")) + len("xl/worksheets/sheet1.xml") + 20
	for k := range 10 {
		out[i+k] ^= 0x55
	}
	return out
}

func wide(s string) []byte {
	var out []byte
	for _, c := range []byte(s) {
		out = append(out, c, 0)
	}
	return out
}

// flagged marks the first entry of a good workbook as encrypted.
func flagged(t testing.TB) []byte {
	data := workbookWith(t, "")
	data[bytes.Index(data, signEntry)+8] |= 1
	return data
}
