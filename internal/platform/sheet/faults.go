package sheet

import (
	"strconv"

	"giuchuan/internal/kernel/fault"
)

// What a person reads when a file or a cell is refused. Each says what is
// wrong and what to do about it.
var (
	msgTooBig     = fault.Msg{Key: "sheet.too_big", Text: "tệp {name} quá lớn; chỉ nhận tệp đến {limit}"}
	msgNothing    = fault.Msg{Key: "sheet.empty_file", Text: "tệp {name} rỗng"}
	msgUnreadable = fault.Msg{Key: "sheet.unreadable", Text: "không đọc được tệp {name}"}
	msgNotSheet   = fault.Msg{Key: "sheet.not_sheet", Text: "tệp {name} không phải bảng tính .xlsx hay .csv; hãy lưu lại dạng .xlsx hoặc CSV UTF-8"}
	msgUTF16      = fault.Msg{Key: "sheet.utf16", Text: "tệp {name} dùng bảng mã UTF-16; hãy lưu lại dạng CSV UTF-8"}
	msgNotUTF8    = fault.Msg{Key: "sheet.not_utf8", Text: "tệp {name} không dùng bảng mã UTF-8 (dòng {line} có ký tự không đọc được); hãy lưu lại dạng CSV UTF-8"}
	msgOldExcel   = fault.Msg{Key: "sheet.xls", Text: "tệp {name} là bảng tính Excel cũ (.xls); hãy mở bằng Excel và lưu lại dạng .xlsx"}
	msgPassword   = fault.Msg{Key: "sheet.password", Text: "tệp {name} có mật khẩu nên không đọc được; hãy bỏ mật khẩu và lưu lại dạng .xlsx"}
	msgOtherKind  = fault.Msg{Key: "sheet.other_kind", Text: "tệp {name} là {kind}; hãy mở và lưu lại dạng .xlsx"}

	msgBroken     = fault.Msg{Key: "sheet.broken", Text: "tệp {name} bị hỏng hoặc tải lên chưa hết; hãy mở lại bằng Excel và lưu lại dạng .xlsx"}
	msgBrokenPart = fault.Msg{Key: "sheet.broken_part", Text: "tệp {name} bị hỏng ở phần {part}; hãy mở lại bằng Excel và lưu lại dạng .xlsx"}
	msgEntries    = fault.Msg{Key: "sheet.too_many_entries", Text: "tệp {name} chứa quá nhiều tệp con; chỉ nhận đến {limit}"}
	msgBadPath    = fault.Msg{Key: "sheet.bad_path", Text: "tệp {name} chứa tệp con có tên không an toàn ({part}); tệp này không được nhận"}
	msgTwice      = fault.Msg{Key: "sheet.part_twice", Text: "tệp {name} chứa hai tệp con trùng tên ({part}); tệp này không được nhận"}
	msgBomb       = fault.Msg{Key: "sheet.bomb", Text: "tệp {name} nở ra quá lớn khi giải nén ({part}); chỉ nhận đến {limit}"}
	msgRatio      = fault.Msg{Key: "sheet.ratio", Text: "tệp {name} được nén bất thường ({part}), giống tệp gây nghẽn máy; tệp này không được nhận"}
	msgMacro      = fault.Msg{Key: "sheet.macro", Text: "tệp {name} chứa macro; hãy lưu lại dạng .xlsx không có macro"}
	msgExternal   = fault.Msg{Key: "sheet.external", Text: "tệp {name} có liên kết ra tệp khác hoặc trang khác ({part}); hãy ngắt liên kết (Dữ liệu > Sửa liên kết > Ngắt liên kết) rồi lưu lại"}
	msgDTD        = fault.Msg{Key: "sheet.dtd", Text: "tệp {name} chứa khai báo DOCTYPE ở phần {part}; tệp này không được nhận"}
	msgDeep       = fault.Msg{Key: "sheet.deep", Text: "tệp {name} có cấu trúc lồng nhau quá sâu ở phần {part}; tệp này không được nhận"}
	msgElements   = fault.Msg{Key: "sheet.too_many_elements", Text: "tệp {name} có quá nhiều ô, kể cả ô trống có định dạng; hãy xoá các hàng, cột trống và lưu lại"}
	msgNoSheet    = fault.Msg{Key: "sheet.no_sheet", Text: "tệp {name} không có trang tính nào"}
	msgSheets     = fault.Msg{Key: "sheet.too_many_sheets", Text: "tệp {name} có quá nhiều trang tính; chỉ nhận đến {limit}"}
	msgStrings    = fault.Msg{Key: "sheet.too_much_text", Text: "tệp {name} chứa quá nhiều chữ; chỉ nhận đến {limit}"}
	msgMerges     = fault.Msg{Key: "sheet.too_many_merges", Text: "trang {sheet} có quá nhiều ô gộp; chỉ nhận đến {limit}"}

	msgRows      = fault.Msg{Key: "sheet.too_many_rows", Text: "bảng dài quá {limit} hàng"}
	msgColumns   = fault.Msg{Key: "sheet.too_many_columns", Text: "bảng rộng quá {limit} cột"}
	msgCells     = fault.Msg{Key: "sheet.too_many_cells", Text: "bảng có quá {limit} ô có số liệu"}
	msgLongText  = fault.Msg{Key: "sheet.long_text", Text: "ô chứa quá {limit} ký tự"}
	msgOrder     = fault.Msg{Key: "sheet.order", Text: "các ô trong tệp không theo thứ tự; hãy mở lại bằng Excel và lưu lại dạng .xlsx"}
	msgFormula   = fault.Msg{Key: "sheet.formula", Text: "ô {cell} chứa công thức; hãy dán giá trị"}
	msgErrorCell = fault.Msg{Key: "sheet.error_cell", Text: "ô {cell} chứa lỗi {text}; hãy nhập giá trị"}

	msgNumericCode = fault.Msg{Key: "sheet.numeric_code", Text: "ô {cell} chứa số {text} ở chỗ cần mã; mã phải là chữ (định dạng ô là Văn bản): {candidates}"}
)

// bytesText says a size the way a person reads it.
func bytesText(n int64) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return strconv.FormatInt(n>>20, 10) + " MB"
	}
	return strconv.FormatInt(n, 10) + " byte"
}

func count(n int) string { return strconv.Itoa(n) }

// Faults of one record of a .csv file, and of the table laid over a sheet.
var (
	msgQuoteOpen  = fault.Msg{Key: "sheet.quote_open", Text: "dấu nháy kép mở ở dòng {line} không được đóng, nên từ đó đến dòng {last} không đọc được; hãy đóng dấu nháy kép"}
	msgQuoteAfter = fault.Msg{Key: "sheet.quote_after", Text: "có ký tự thừa sau dấu nháy kép đóng (dấu mở ở dòng {line}, đóng ở dòng {last}); nháy kép bên trong phải viết hai lần"}
	msgFewFields  = fault.Msg{Key: "sheet.few_fields", Text: "thiếu cột: có {found} cột, tiêu đề có {wanted}; thiếu {columns}"}
	msgManyFields = fault.Msg{Key: "sheet.many_fields", Text: "thừa cột: có {found} cột, tiêu đề có {wanted}; giá trị có dấu phân cách phải đặt trong dấu nháy kép"}

	msgNoHeader     = fault.Msg{Key: "sheet.no_header", Text: "không tìm thấy hàng tiêu đề; cần các cột: {columns}"}
	msgMissing      = fault.Msg{Key: "sheet.missing_columns", Text: "hàng tiêu đề (hàng {row}) thiếu các cột: {columns}"}
	msgDoubleColumn = fault.Msg{Key: "sheet.double_column", Text: "cột “{column}” có hai lần, lần đầu ở ô {first}"}
)
