package exchange

import (
	"errors"
	"strconv"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

func itoa(n int) string { return strconv.Itoa(n) }

const (
	remedyCell   = "Sửa ô này trong tệp rồi chọn lại tệp."
	remedyDrop   = "Bỏ số liệu này khỏi tệp; đơn vị được giao chỉ tiêu, xã này mới nhập được."
	remedyRound  = "Chọn đúng kỳ, hoặc đề nghị Văn phòng Điều phối nông thôn mới mở đợt rà soát kỳ này cho xã."
	remedyClosed = "Gửi số liệu cho Văn phòng Điều phối nông thôn mới để ghi điều chỉnh sau chốt; nếu bạn được điều chỉnh, hãy ghi lý do khi chọn tệp."
	remedyReason = "Ghi lý do điều chỉnh ở ô “Lý do điều chỉnh sau chốt” rồi chọn lại tệp."
	remedyClash  = "Mở lại trang này để xem giá trị mới."
	remedyTable  = "Sửa cách đọc bảng hoặc ô này trong tệp rồi kiểm tra lại."
)

// reasons says why a finding is refused and what to do.
func reasons(err error) (reason, remedy string) {
	var f *fault.Error
	if !errors.As(err, &f) {
		return sentence(fault.Text(err)), remedyCell
	}
	var texts []string
	for _, one := range fault.Rows(f) {
		texts = append(texts, one.At("").Vietnamese())
	}
	return sentence(strings.Join(texts, "; ")), remedyOf(fault.Rows(f)[0])
}

// remedyOf says what to do about a refusal.
func remedyOf(f *fault.Error) string {
	key := f.Msg.Key
	switch {
	case key == "round.no_sheet" || key == "round.no_place":
		return remedyRound
	case key == "round.no_indicator":
		return "Bỏ số liệu này khỏi tệp: chỉ tiêu không thuộc phiếu rà soát của xã trong đợt."
	case key == "round.closed":
		return remedyClosed
	case key == "round.reason":
		return remedyReason
	case key == "round.clash":
		return remedyClash
	case f.Code == fault.Forbidden:
		return remedyDrop
	case strings.HasPrefix(key, "matrix."):
		return remedyTable
	}
	return remedyCell
}

// sentence begins with a capital and ends with a stop.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	return strings.TrimRight(vntext.Capital(text), ".;") + "."
}

func cellOf(e *review.RowError) string {
	if e.Cell != "" {
		return e.Cell
	}
	return "dòng " + itoa(e.Line)
}
