package officialdoc

import (
	"errors"
	"strconv"

	"giuchuan/internal/kernel/fault"
)

// What a person reads when a document is refused. None quotes the document.
var (
	msgSecret  = fault.Msg{Key: "officialdoc.secret", Text: "văn bản có đóng dấu độ mật; hệ thống không nhận văn bản mật và không lưu lại nội dung nào của văn bản này; hãy xử lý theo quy định về bảo vệ bí mật nhà nước"}
	msgNothing = fault.Msg{Key: "officialdoc.empty", Text: "tệp hoặc đoạn văn bản không có chữ nào"}
	msgTooBig  = fault.Msg{Key: "officialdoc.too_big", Text: "văn bản quá lớn; chỉ nhận đến {limit}"}
	msgBlocks  = fault.Msg{Key: "officialdoc.too_many_blocks", Text: "văn bản có quá nhiều đoạn; chỉ nhận đến {limit} đoạn"}
	msgKind    = fault.Msg{Key: "officialdoc.unsupported", Text: "tệp {name} không phải loại đọc được; hãy gửi tệp .docx, .pdf, .edxml, .txt hoặc .md, hoặc dán phần chữ của văn bản"}
	msgOld     = fault.Msg{Key: "officialdoc.doc", Text: "tệp {name} là tệp Word cũ (.doc) hoặc tệp Word có mật khẩu; hãy mở bằng Word, bỏ mật khẩu nếu có và lưu lại dạng .docx"}
	msgOther   = fault.Msg{Key: "officialdoc.other_kind", Text: "tệp {name} là {kind}; hãy mở và lưu lại dạng .docx"}
	msgCoding  = fault.Msg{Key: "officialdoc.not_utf8", Text: "tệp {name} không dùng bảng mã Unicode UTF-8 (có thể là TCVN3 hoặc VNI); hãy chuyển sang Unicode rồi gửi lại"}

	msgBroken    = fault.Msg{Key: "officialdoc.broken", Text: "tệp {name} bị hỏng hoặc tải lên chưa hết; hãy mở lại và lưu lại rồi gửi lại"}
	msgHostile   = fault.Msg{Key: "officialdoc.hostile", Text: "tệp {name} có cấu trúc bất thường ({what}), không được nhận; hãy mở bằng Word và lưu lại dạng .docx"}
	msgInflated  = fault.Msg{Key: "officialdoc.inflated", Text: "tệp {name} nở ra quá lớn khi giải nén; chỉ nhận đến {limit}"}
	msgEncrypted = fault.Msg{Key: "officialdoc.encrypted", Text: "tệp {name} có mật khẩu nên không đọc được; hãy bỏ mật khẩu rồi gửi lại"}

	msgNoProgram = fault.Msg{Key: "officialdoc.no_pdftotext", Text: "máy chủ chưa cài chương trình pdftotext (gói poppler-utils) nên không đọc được tệp PDF; hãy gửi tệp .docx hoặc dán phần chữ của văn bản"}
	msgScanned   = fault.Msg{Key: "officialdoc.scanned", Text: "tệp {name} là bản chụp, không có chữ để đọc; hãy gửi tệp .docx, tệp PDF có chữ, hoặc dán phần chữ của văn bản"}
	msgSlow      = fault.Msg{Key: "officialdoc.pdf_slow", Text: "đọc tệp {name} quá lâu nên đã dừng lại; hãy gửi tệp .docx hoặc dán phần chữ của văn bản"}
	msgStatus    = fault.Msg{Key: "officialdoc.edxml_status", Text: "tệp {name} là thông báo trạng thái gửi nhận văn bản, không phải văn bản; hãy gửi tệp .edxml của chính văn bản"}
)

// ErrSecret is in the chain of the fault that refuses a document marked MẬT,
// TỐI MẬT or TUYỆT MẬT. Neither it nor the fault says anything of the document.
var ErrSecret = errors.New("dấu chỉ độ mật")

func secret() error { return fault.New(fault.Unsupported, msgSecret).Wrap(ErrSecret) }

// sizeText says a number of bytes the way a person reads it.
func sizeText(n int64) string {
	if n >= 1<<20 {
		return strconv.FormatInt(n>>20, 10) + " MB"
	}
	return strconv.FormatInt(n, 10) + " byte"
}

func count(n int) string { return strconv.Itoa(n) }
