package officialdoc

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
)

const (
	wordHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"><w:body>`
	wordFoot = `</w:body></w:document>`
	listXML  = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
		`<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>` +
		`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>` +
		`<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3."/></w:lvl></w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>` +
		`<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>` +
		`<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num></w:numbering>`
	styleXML = `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
		`<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="H1b"><w:basedOn w:val="H1"/></w:style></w:styles>`
)

// packDocx makes a .docx of parts by name.
func packDocx(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml", "word/numbering.xml", "word/header1.xml", "xl/workbook.xml", "../evil.xml"} {
		text, ok := parts[name]
		if !ok {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wordFile is a .docx with a body, the lists and the styles above.
func wordFile(t testing.TB, body string) []byte {
	return packDocx(t, map[string]string{"[Content_Types].xml": "<Types/>", "word/document.xml": wordHead + body + wordFoot, "word/styles.xml": styleXML, "word/numbering.xml": listXML})
}

// wp is a paragraph: properties, then its text.
func wp(props, text string) string {
	return "<w:p><w:pPr>" + props + "</w:pPr><w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>"
}

func list(id, level string) string {
	return `<w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + id + `"/></w:numPr>`
}

func cellsOf(texts ...[]string) string {
	row := "<w:tr>"
	for _, paras := range texts {
		row += "<w:tc>"
		for _, p := range paras {
			row += wp("", p)
		}
		row += "</w:tc>"
	}
	return row + "</w:tr>"
}

// A letterhead and a signature that were typed with tabs or spaces instead of a
// table are two columns all the same.
func TestWordColumnsWithoutATable(t *testing.T) {
	for name, gap := range map[string]string{"tabs": `</w:t><w:tab/><w:tab/><w:t>`, "spaces": "              "} {
		body := wp("", "ỦY BAN NHÂN DÂN"+gap+"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") +
			wp("", "TỈNH MINH HỌA"+gap+"Độc lập - Tự do - Hạnh phúc") +
			wp("", "Số: 12/UBND-KT"+gap+"Minh Họa, ngày 05 tháng 6 năm 2026") +
			wp("", "V/v rà soát các tiêu chí") +
			wp("", "Kính gửi: Sở Xây dựng.") +
			wp("", "Yêu cầu Sở Xây dựng báo cáo trước ngày 30/6/2026./.") +
			wp("", "Nơi nhận:"+gap+"KT. CHỦ TỊCH") + wp("", "- Như trên;"+gap+"PHÓ CHỦ TỊCH") + wp("", "- Lưu: VT, KT (Minh).") + wp("", gap+gap+"Nguyễn Văn A")
		d, err := Read(t.Context(), "cv.docx", wordFile(t, body), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if d.Issuer != "ỦY BAN NHÂN DÂN TỈNH MINH HỌA" || d.Place != "Minh Họa" || d.Number != "12/UBND-KT" {
			t.Errorf("%s: %q, %q, %q", name, d.Issuer, d.Place, d.Number)
		}
		if d.Signer.Name != "Nguyễn Văn A" || strings.Join(d.Signer.Capacities, "/") != "KT. CHỦ TỊCH/PHÓ CHỦ TỊCH" || len(d.NoiNhan) != 2 {
			t.Errorf("%s: signed %+v, to %+v", name, d.Signer, d.NoiNhan)
		}
	}
}

func TestWordLetter(t *testing.T) {
	body := "<w:tbl>" +
		cellsOf([]string{"ỦY BAN NHÂN DÂN", "TỈNH MINH HỌA"}, []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"}) +
		cellsOf([]string{"Số: 12/UBND-KT", "V/v rà soát các tiêu chí", "nông thôn mới"}, []string{"Minh Họa, ngày 05 tháng 6 năm 2026"}) + "</w:tbl>" +
		wp("", "Kính gửi:") + wp(list("2", "0"), "Sở Xây dựng;") + wp(list("2", "0"), "Sở Tài chính.") +
		"<w:p><w:r><w:t>Thực hiện Nghị quyết số 5/NQ-</w:t></w:r><w:r><w:t>HĐND ngày 01/6/2026, </w:t></w:r><w:del><w:r><w:delText>bỏ đi</w:delText><w:t>bỏ đi</w:t></w:r></w:del><w:ins><w:r><w:t>yêu cầu:</w:t></w:r></w:ins></w:p>" +
		wp(`<w:pStyle w:val="H1b"/>`, "NHIỆM VỤ CHUNG") +
		wp(list("1", "0"), "Sở Xây dựng") + wp(list("1", "1"), "Rà soát quy hoạch.") + wp(list("1", "1"), "Báo cáo trước ngày 30/6/2026.") +
		wp(list("1", "0"), "Sở Tài chính bố trí kinh phí,") + wp("", "bảo đảm kịp thời.") + wp(list("1", "2"), "Mức hỗ trợ") +
		wp(list("3", "0"), "Ủy ban nhân dân các xã thực hiện.") +
		`<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Văn phòng </w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>theo dõi, đôn đốc./.</w:t></w:r></w:p>` +
		"<w:tbl>" + cellsOf([]string{"Nơi nhận:", "- Như trên;", "- Lưu: VT, KT (Minh)."}, []string{"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn A"}) + "</w:tbl>"
	d, err := Read(t.Context(), "cv.docx", wordFile(t, body), Options{})
	if err != nil {
		t.Fatal(err)
	}
	verify(t, d)
	same(t, facts(d), `
số: 12/UBND-KT
ký hiệu: UBND-KT
ngày: 2026-06-05 / 
nơi: Minh Họa
cơ quan: ỦY BAN NHÂN DÂN TỈNH MINH HỌA
loại: Công văn
trích yếu: V/v rà soát các tiêu chí nông thôn mới
gửi: Sở Xây dựng
gửi: Sở Tài chính
dẫn: Nghị quyết / 5/NQ-HĐND / 2026-06-01
nhận: Như trên / như trên
nhận: Lưu: VT, KT (Minh) / lưu
ký: KT. CHỦ TỊCH / PHÓ CHỦ TỊCH
người ký: Nguyễn Văn A`)
	same(t, strings.Join(outline(d), "\n"), `
Thực hiện Nghị quyết số 5/NQ-HĐND ngày 01/6/2026, yêu cầu:
I. NHIỆM VỤ CHUNG
1. Sở Xây dựng
a) Rà soát quy hoạch.
b) Báo cáo trước ngày 30/6/2026.
2. Sở Tài chính bố trí kinh phí, bảo đảm kịp thời.
2.1. Mức hỗ trợ
5. Ủy ban nhân dân các xã thực hiện.
Văn phòng theo dõi, đôn đốc./.`)
	for _, b := range d.Blocks {
		if strings.HasPrefix(b.Text, "Văn phòng") && (len(b.Bold) != 1 || b.Bold[0].Len() < 9 || b.Bold[0].Len() > 10) {
			t.Errorf("bold of %q: %v", b.Text, b.Bold)
		}
		if b.Text == "NHIỆM VỤ CHUNG" && !b.Heading {
			t.Error("the styled heading is none")
		}
	}
}

// TestWordStamp finds the mark of secrecy in a text box, in the header of the
// page and in a drawn text.
func TestWordStamp(t *testing.T) {
	rest := wp("", "Số: 1/UBND-NC") + wp("", "Nội dung.")
	box := "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + wp("", "TỐI MẬT") + "</w:txbxContent></mc:Choice><mc:Fallback>" + wp("", "x") + "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
	drawn := `<w:p><w:r><w:pict><v:shape><v:textpath string="TUYỆT MẬT"/></v:shape></w:pict></w:r></w:p>`
	head := strings.Replace(strings.Replace(wordHead, "w:document", "w:hdr", 1), "<w:body>", "", 1) + wp("", "MẬT") + "</w:hdr>"
	for name, data := range map[string][]byte{
		"box":    wordFile(t, box+rest),
		"drawn":  wordFile(t, drawn+rest),
		"header": packDocx(t, map[string]string{"word/document.xml": wordHead + rest + wordFoot, "word/header1.xml": head}),
	} {
		if _, err := Read(t.Context(), "a.docx", data, Options{}); !errors.Is(err, ErrSecret) {
			t.Errorf("%s: %v", name, err)
		}
	}
	clear := strings.Replace(head, "MẬT", "Bảo mật", 1)
	if _, err := Read(t.Context(), "a.docx", packDocx(t, map[string]string{"word/document.xml": wordHead + rest + wordFoot, "word/header1.xml": clear}), Options{}); err != nil {
		t.Error(err)
	}
}

func TestHostileWord(t *testing.T) {
	deep := strings.Repeat("<w:tbl><w:tr><w:tc>", 100)
	encrypted := wordFile(t, wp("", "a"))
	for _, sign := range []string{"PK\x03\x04", "PK\x01\x02"} {
		at := 6
		if sign == "PK\x01\x02" {
			at = 8
		}
		for i := 0; ; {
			n := bytes.Index(encrypted[i:], []byte(sign))
			if n < 0 {
				break
			}
			encrypted[i+n+at] |= 1
			i += n + 4
		}
	}
	for name, c := range map[string]struct {
		data []byte
		code fault.Code
		says string
	}{
		"doctype":   {packDocx(t, map[string]string{"word/document.xml": `<!DOCTYPE a [<!ENTITY b "c">]>` + wordHead + wordFoot}), fault.Unsupported, "DOCTYPE"},
		"entity":    {packDocx(t, map[string]string{"word/document.xml": wordHead + wp("", "&bomb;") + wordFoot}), fault.Corrupt, "bị hỏng"},
		"bomb":      {packDocx(t, map[string]string{"word/document.xml": wordHead + wp("", strings.Repeat("a", 20<<20)) + wordFoot}), fault.Unsupported, "nén bất thường"},
		"deep":      {packDocx(t, map[string]string{"word/document.xml": wordHead + deep}), fault.Unsupported, "lồng nhau quá sâu"},
		"cut":       {wordFile(t, wp("", "a"))[:300], fault.Corrupt, "bị hỏng"},
		"broken":    {packDocx(t, map[string]string{"word/document.xml": wordHead + "<w:p><w:r>"}), fault.Corrupt, "bị hỏng"},
		"climbing":  {packDocx(t, map[string]string{"word/document.xml": wordHead + wordFoot, "../evil.xml": "x"}), fault.Unsupported, "không an toàn"},
		"workbook":  {packDocx(t, map[string]string{"xl/workbook.xml": "<workbook/>"}), fault.Unsupported, "bảng tính"},
		"nothing":   {wordFile(t, ""), fault.Invalid, "không có chữ"},
		"encrypted": {encrypted, fault.Unsupported, "mật khẩu"},
		"old":       {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest"), fault.Unsupported, "mật khẩu"},
		"utf-16":    {packDocx(t, map[string]string{"word/document.xml": strings.Replace(wordHead, "UTF-8", "UTF-16", 1) + wordFoot}), fault.Unsupported, "bất thường"},
	} {
		_, err := Read(t.Context(), "tệp.docx", c.data, Options{})
		if !fault.Is(err, c.code) || !strings.Contains(fault.Text(err), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read(t.Context(), "a.docx", wordFile(t, strings.Repeat(wp("", "a."), 3000)), Options{Limits: Limits{Blocks: 500}}); !fault.Is(err, fault.TooLarge) {
		t.Errorf("too many paragraphs: %v", err)
	}
}
