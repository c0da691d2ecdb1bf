package officialdoc

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/fault"
)

// printed is a piece of text at a place of a page, in points from the lower left.
type printed struct {
	x, y int
	text string
}

// pdfOf makes a small PDF of pages. Every character has a code of its own that a
// table turns back into Unicode, as in what word processors export.
func pdfOf(pages ...[]printed) []byte {
	var chars []rune
	code := func(r rune) int {
		if i := slices.Index(chars, r); i >= 0 {
			return i + 1
		}
		chars = append(chars, r)
		return len(chars)
	}
	var objects []string
	add := func(s string) int { objects = append(objects, s); return len(objects) }
	stream := func(s string) string { return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(s), s) }
	add("<< /Type /Catalog /Pages 2 0 R >>")
	add("")
	add("")
	var kids []string
	for _, page := range pages {
		var b strings.Builder
		for _, p := range page {
			fmt.Fprintf(&b, "BT /F1 10 Tf %d %d Td <", p.x, p.y)
			for _, r := range p.text {
				fmt.Fprintf(&b, "%02x", code(r))
			}
			b.WriteString("> Tj ET\n")
		}
		content := add(stream(b.String()))
		kids = append(kids, fmt.Sprintf("%d 0 R", add(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>", content))))
	}
	var cmap strings.Builder
	cmap.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n")
	fmt.Fprintf(&cmap, "%d beginbfchar\n", len(chars))
	widths := ""
	for i, r := range chars {
		fmt.Fprintf(&cmap, "<%02x> <%04x>\n", i+1, r)
		widths += " 500"
	}
	cmap.WriteString("endbfchar endcmap end end")
	unicode := add(stream(cmap.String()))
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages))
	objects[2] = fmt.Sprintf("<< /Type /Font /Subtype /TrueType /BaseFont /Minh-Hoa /FirstChar 1 /LastChar %d /Widths [%s] /ToUnicode %d 0 R >>", len(chars), widths, unicode)
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, at)
	return b.Bytes()
}

func pdfProgram(t *testing.T) string {
	t.Helper()
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("SKIPPED: pdftotext (poppler-utils) is not installed, PDF files not read:", err)
	}
	return program
}

func TestPDFLetter(t *testing.T) {
	o := Options{PDFText: pdfProgram(t)}
	data := pdfOf([]printed{
		{70, 790, "ỦY BAN NHÂN DÂN"},
		{300, 790, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
		{80, 776, "TỈNH MINH HỌA"},
		{330, 776, "Độc lập - Tự do - Hạnh phúc"},
		{80, 756, "Số: 21/TB-UBND"},
		{320, 756, "Minh Họa, ngày 05 tháng 6 năm 2026"},
		{240, 730, "THÔNG BÁO"},
		{140, 716, "Kết luận cuộc họp về việc duy trì tiêu chí nông thôn mới"},
		{90, 690, "1. Sở Xây dựng hướng dẫn các xã rà soát quy hoạch chung, xây dựng lộ trình cụ thể"},
	}, []printed{
		{300, 810, "2"},
		{60, 790, "để thực hiện, hoàn thành trước ngày 30/9/2026 và báo cáo Ủy ban nhân dân tỉnh kết"},
		{60, 776, "quả trong quý III."},
		{90, 762, "2. Sở Tài chính bố trí kinh phí."},
		{60, 730, "Nơi nhận:"},
		{380, 730, "TL. CHỦ TỊCH"},
		{60, 716, "- Sở Xây dựng;"},
		{365, 716, "CHÁNH VĂN PHÒNG"},
		{60, 702, "- Lưu: VT, TH (Lan)."},
		{385, 660, "Đỗ Văn G"},
	})
	d, err := Read(t.Context(), "tb.pdf", data, o)
	if err != nil {
		t.Fatal(err)
	}
	verify(t, d)
	same(t, facts(d), `
số: 21/TB-UBND
ký hiệu: TB-UBND
ngày: 2026-06-05 / 
nơi: Minh Họa
cơ quan: ỦY BAN NHÂN DÂN TỈNH MINH HỌA
loại: Thông báo
trích yếu: Kết luận cuộc họp về việc duy trì tiêu chí nông thôn mới
nhận: Sở Xây dựng / thực hiện
nhận: Lưu: VT, TH (Lan) / lưu
ký: TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG
người ký: Đỗ Văn G`)
	same(t, strings.Join(outline(d), "\n"), `
1. Sở Xây dựng hướng dẫn các xã rà soát quy hoạch chung, xây dựng lộ trình cụ thể để thực hiện, hoàn thành trước ngày 30/9/2026 và báo cáo Ủy ban nhân dân tỉnh kết quả trong quý III.
2. Sở Tài chính bố trí kinh phí.`)
}

func TestPDFRefused(t *testing.T) {
	if _, err := Read(t.Context(), "a.pdf", []byte("%PDF-1.4"), Options{}); !fault.Is(err, fault.Unsupported) || !strings.Contains(fault.Text(err), "chưa cài chương trình pdftotext") {
		t.Errorf("without the program: %v", err)
	}
	if _, err := Read(t.Context(), "a.pdf", []byte("%PDF-1.4"), Options{PDFText: "/khong/co/pdftotext"}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("with a program that is not there: %v", err)
	}
	program := pdfProgram(t)
	if _, err := Read(t.Context(), "a.pdf", pdfOf([]printed{}), Options{PDFText: program}); !strings.Contains(fault.Text(err), "bản chụp") {
		t.Errorf("a scan: %v", err)
	}
	if _, err := Read(t.Context(), "a.pdf", []byte("%PDF-1.4\nhỏng"), Options{PDFText: program}); !fault.Is(err, fault.Corrupt) {
		t.Errorf("a broken file: %v", err)
	}
	if _, err := Read(t.Context(), "a.pdf", pdfOf([]printed{{10, 700, "MẬT"}, {10, 600, "Nội dung của văn bản này không được lộ ra"}}), Options{PDFText: program}); err == nil || !strings.Contains(fault.Text(err), "văn bản mật") {
		t.Errorf("a secret file: %v", err)
	}
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), "giuchuan-pdf-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// TestPDFProgram holds pdftotext to its time and to its output, with programs
// that keep neither.
func TestPDFProgram(t *testing.T) {
	script := func(body string) string {
		path := filepath.Join(t.TempDir(), "program")
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, c := range map[string]struct {
		body string
		says string
	}{
		"slow":     {"sleep 60", "quá lâu"},
		"long":     {"yes 'Ủy ban nhân dân'", "quá lớn"},
		"password": {"echo 'Command Line Error: Incorrect password' >&2; exit 1", "mật khẩu"},
		"failing":  {"exit 3", "bị hỏng"},
	} {
		from := time.Now()
		_, err := Read(t.Context(), "a.pdf", []byte("%PDF-1.4"), Options{PDFText: script(c.body), Limits: Limits{PDFTime: 2 * time.Second, Text: 1 << 20}})
		if err == nil || !strings.Contains(fault.Text(err), c.says) {
			t.Errorf("%s: %v", name, err)
		}
		if time.Since(from) > 20*time.Second {
			t.Errorf("%s took %v", name, time.Since(from))
		}
	}
}
