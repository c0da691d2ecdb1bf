package review

import (
	"strconv"

	"giuchuan/internal/platform/sheet"
)

// The columns of a findings file, by their names in .csv files.
const (
	colCommune           = "commune"
	colName              = "Tên xã" // where it is given it must fit the commune
	colSet               = "set"
	colIndicator         = "indicator"
	colPeriod            = "period"
	colValue             = "value"
	colMale              = "male"
	colFemale            = "female"
	colShare             = "share"
	colNumerator         = "numerator"
	colDenominator       = "denominator"
	colMaleNumerator     = "male_numerator"
	colMaleDenominator   = "male_denominator"
	colFemaleNumerator   = "female_numerator"
	colFemaleDenominator = "female_denominator"
	colProvenance        = "provenance"
	colNote              = "note"
)

// What the workbooks tell whoever fills them; it is not read back.
const (
	infoDistrict   = "Huyện"
	infoIndicator  = "Tên chỉ tiêu"
	infoDemand     = "Mức đạt chuẩn"
	infoUnit       = "Đơn vị"
	infoLast       = "Số liệu gần nhất"
	infoLastPeriod = "Kỳ của số liệu gần nhất"
)

// columns are accepted in any order, by these names or as the workbooks head
// them; the first of the other names heads the workbook's column.
var columns = []sheet.Column{
	{Name: colCommune, Also: []string{"Mã xã", "Xã"}},
	{Name: colName, Optional: true},
	{Name: colSet, Also: []string{"Bộ tiêu chí"}, Optional: true},
	{Name: colIndicator, Also: []string{"Mã chỉ tiêu", "Chỉ tiêu"}},
	{Name: colPeriod, Also: []string{"Kỳ", "Kỳ số liệu", "Kỳ rà soát"}, Optional: true},
	{Name: colValue, Also: []string{"Giá trị", "Kết quả", "Số liệu"}},
	{Name: colMale, Also: []string{"Nam (%)", "Nam", "Nam %", "Tỷ lệ nam", "Tỷ lệ nam (%)", "Tỷ lệ nam %"}, Optional: true},
	{Name: colFemale, Also: []string{"Nữ (%)", "Nữ", "Nữ %", "Tỷ lệ nữ", "Tỷ lệ nữ (%)", "Tỷ lệ nữ %"}, Optional: true},
	{Name: colShare, Also: []string{"Tỷ lệ thành phần (%)", "Tỷ lệ thành phần", "Tỷ lệ thành phần %", "Thành phần (%)", "Thành phần"}, Optional: true},
	{Name: colNumerator, Also: []string{"Tử số"}, Optional: true},
	{Name: colDenominator, Also: []string{"Mẫu số"}, Optional: true},
	{Name: colMaleNumerator, Also: []string{"Tử số nam"}, Optional: true},
	{Name: colMaleDenominator, Also: []string{"Mẫu số nam"}, Optional: true},
	{Name: colFemaleNumerator, Also: []string{"Tử số nữ"}, Optional: true},
	{Name: colFemaleDenominator, Also: []string{"Mẫu số nữ"}, Optional: true},
	{Name: colProvenance, Also: []string{"Mức kiểm tra", "Nguồn kiểm tra"}, Optional: true},
	{Name: colNote, Also: []string{"Ghi chú"}, Optional: true},

	{Name: infoDistrict, Optional: true},
	{Name: infoIndicator, Optional: true},
	{Name: infoDemand, Optional: true},
	{Name: infoUnit, Optional: true},
	{Name: infoLast, Optional: true},
	{Name: infoLastPeriod, Optional: true},
	{Name: "STT", Also: []string{"TT"}, Optional: true},
}

func itoa(n int) string { return strconv.Itoa(n) }
