package officialdoc

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
)

// exchange is a message of the national document exchange with fields of its
// header and attachments.
func exchange(header, references, attachments string) string {
	return `<?xml version="1.0" encoding="utf-8"?>
<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLHeader><edXML:MessageHeader>` +
		`<edXML:From><edXML:OrganId>000.00.00.H00</edXML:OrganId><edXML:OrganName>Ủy ban nhân dân tỉnh Minh Họa</edXML:OrganName></edXML:From>` +
		`<edXML:To><edXML:OrganId>000.00.15.H00</edXML:OrganId><edXML:OrganName>Sở Xây dựng</edXML:OrganName></edXML:To><edXML:To><edXML:OrganName>Sở Tài chính</edXML:OrganName></edXML:To>` +
		`<edXML:Code><edXML:CodeNumber>58</edXML:CodeNumber><edXML:CodeNotation>UBND-NLN</edXML:CodeNotation></edXML:Code>` +
		`<edXML:PromulgationInfo><edXML:Place>Minh Họa</edXML:Place><edXML:PromulgationDate>2026/10/14</edXML:PromulgationDate></edXML:PromulgationInfo>` +
		`<edXML:DocumentType><edXML:Type>2</edXML:Type><edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType><edXML:Subject>V/v khắc phục hậu quả mưa lũ</edXML:Subject>` +
		`<edXML:SignerInfo><edXML:Position>Phó Chủ tịch</edXML:Position><edXML:FullName>Trần Thị B</edXML:FullName></edXML:SignerInfo><edXML:DueDate>2026/10/30</edXML:DueDate>` +
		`<edXML:OtherInfo><edXML:Priority>1</edXML:Priority></edXML:OtherInfo><edXML:DocumentId>000.00.00.H00,2026/10/14,58/UBND-NLN</edXML:DocumentId>` +
		`<edXML:ResponseFor><edXML:Code>1/SXD</edXML:Code><edXML:PromulgationDate>2020/01/01</edXML:PromulgationDate><edXML:DocumentId>x</edXML:DocumentId></edXML:ResponseFor>` +
		header + `</edXML:MessageHeader><edXML:TraceHeaderList><edXML:Bussiness><edXML:BussinessDocType>0</edXML:BussinessDocType></edXML:Bussiness></edXML:TraceHeaderList>` +
		`<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><Reference URI=""/></SignedInfo></Signature></edXML:edXMLHeader>` +
		`<edXML:edXMLBody><edXML:edXMLManifest>` + references + `</edXML:edXMLManifest></edXML:edXMLBody></edXML:edXMLEnvelope>` +
		`<edXML:AttachmentEncoded xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">` + attachments + `</edXML:AttachmentEncoded></edXML>`
}

func announced(id, name string) string {
	return `<edXML:Reference><edXML:ContentId>cid:` + id + `</edXML:ContentId><edXML:ContentType>application/octet-stream</edXML:ContentType><edXML:AttachmentName>` + name + `</edXML:AttachmentName></edXML:Reference>`
}

func enclosed(id string, data []byte) string {
	packed := base64.StdEncoding.EncodeToString(data)
	return `<edXML:Attachment><edXML:ContentType>application/octet-stream</edXML:ContentType><edXML:ContentId>` + id + `</edXML:ContentId><edXML:ContentTransferEncoded>` +
		packed[:len(packed)/2] + "\n" + packed[len(packed)/2:] + `</edXML:ContentTransferEncoded></edXML:Attachment>`
}

func TestExchangeMessage(t *testing.T) {
	word := wordFile(t, wp("", "Số:      /UBND-NLN")+wp("", "Minh Họa, ngày     tháng 10 năm 2026")+wp("", "Kính gửi: Sở Xây dựng.")+wp("", "1. Khắc phục sạt lở trước ngày 30/10/2026."))
	text := exchange("", announced("a", `..\..\ảnh.png`)+announced("b", "cv 58.docx")+announced("c", "mất.pdf"),
		enclosed("a", []byte("\x89PNG\r\n\x1a\n\x00\x00"))+enclosed("b", word))
	d, err := Read(t.Context(), "58.edxml", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	verify(t, d)
	same(t, facts(d), `
số: 58/UBND-NLN
ký hiệu: UBND-NLN
ngày: 2026-10-14 / 
nơi: Minh Họa
cơ quan: Ủy ban nhân dân tỉnh Minh Họa
loại: Công văn
trích yếu: V/v khắc phục hậu quả mưa lũ
khẩn: khẩn
gửi: Sở Xây dựng
người ký: Trần Thị B`)
	m := d.Edxml
	if m == nil || m.Due.String() != "2026-10-30" || m.Business != "mới" || m.Signature != "chưa kiểm tra chữ ký" || len(m.To) != 2 || m.To[0].ID != "000.00.15.H00" || m.DocumentID != "000.00.00.H00,2026/10/14,58/UBND-NLN" {
		t.Fatalf("message %+v", m)
	}
	if len(m.Files) != 3 || m.Files[0].Name != "ảnh.png" || m.Files[0].Problem == "" || !m.Files[1].Read || m.Files[1].Name != "cv 58.docx" || m.Files[2].Problem == "" {
		t.Errorf("attachments %+v", m.Files)
	}
	if !strings.Contains(d.Text, "1. Khắc phục sạt lở") {
		t.Errorf("text %q", d.Text)
	}
}

// TestExchangeWithoutFile reads a message whose files cannot be read: what the
// envelope says is left.
func TestExchangeWithoutFile(t *testing.T) {
	d, err := Read(t.Context(), "58.edxml", []byte(exchange("", "", enclosed("a", []byte("%PDF-1.4 x")))), Options{})
	if err != nil {
		t.Fatal(err)
	}
	verify(t, d)
	if d.Number != "58/UBND-NLN" || d.Kind.Name != "Công văn" || !strings.Contains(d.Edxml.Files[0].Problem, "pdftotext") {
		t.Errorf("%s\n%+v", facts(d), d.Edxml)
	}
}

func TestHostileExchange(t *testing.T) {
	own := exchange("", "", "")
	for name, c := range map[string]struct {
		text string
		code fault.Code
		says string
	}{
		"doctype": {`<?xml version="1.0"?><!DOCTYPE edXML [<!ENTITY a "b">]>` + own, fault.Unsupported, "DOCTYPE"},
		"deep":    {`<edXML>` + strings.Repeat("<a>", 500), fault.Unsupported, "lồng nhau"},
		"cut":     {own[:len(own)/2], fault.Corrupt, "hỏng"},
		"entity":  {strings.Replace(own, "58", "&x;", 1), fault.Corrupt, "hỏng"},
		"status":  {`<edXML><Status><StatusCode>03</StatusCode></Status></edXML>`, fault.Unsupported, "trạng thái"},
		"nested":  {exchange("", "", enclosed("a", []byte(own))), "", ""},
	} {
		_, err := Read(t.Context(), "a.edxml", []byte(c.text), Options{})
		if fault.CodeOf(err) != c.code || err != nil && !strings.Contains(fault.Text(err), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, text := range map[string]string{
		"field":      exchange("<edXML:SecurityLevel>Mật</edXML:SecurityLevel>", "", ""),
		"attachment": exchange("", "", enclosed("a", []byte("Văn bản\n"))+enclosed("b", []byte("TỐI MẬT\nSố: 1/A-B\n"))),
	} {
		if _, err := Read(t.Context(), "a.edxml", []byte(text), Options{}); !errors.Is(err, ErrSecret) {
			t.Errorf("secret %s: %v", name, err)
		}
	}
}
