package reading

import (
	"strings"

	"giuchuan/internal/kernel/vntext"
)

// provinceNames are the provinces and cities under the centre as they were until
// 30/6/2025 (the names of after that day are among them): for telling whose
// document a newsroom reports, where its page names itself without diacritics.
var provinceNames = strings.Split("Hà Nội|Hà Giang|Cao Bằng|Bắc Kạn|Tuyên Quang|Lào Cai|Điện Biên|Lai Châu|Sơn La|Yên Bái|Hòa Bình|Thái Nguyên|Lạng Sơn|"+
	"Quảng Ninh|Bắc Giang|Phú Thọ|Vĩnh Phúc|Bắc Ninh|Hải Dương|Hải Phòng|Hưng Yên|Thái Bình|Hà Nam|Nam Định|Ninh Bình|Thanh Hóa|Nghệ An|Hà Tĩnh|"+
	"Quảng Bình|Quảng Trị|Thừa Thiên Huế|Đà Nẵng|Quảng Nam|Quảng Ngãi|Bình Định|Phú Yên|Khánh Hòa|Ninh Thuận|Bình Thuận|Kon Tum|Gia Lai|Đắk Lắk|"+
	"Đắk Nông|Lâm Đồng|Bình Phước|Tây Ninh|Bình Dương|Đồng Nai|Bà Rịa - Vũng Tàu|Hồ Chí Minh|Long An|Tiền Giang|Bến Tre|Trà Vinh|Vĩnh Long|Đồng Tháp|"+
	"An Giang|Kiên Giang|Cần Thơ|Hậu Giang|Sóc Trăng|Bạc Liêu|Cà Mau", "|")

// portalPlace is the province of the newsroom that printed a digest: the first one
// that its heading or the beginning of its text names, with or without diacritics.
func (r *reader) portalPlace() string {
	if r.doc.Place != "" {
		return r.doc.Place
	}
	head := r.doc.Headline
	for i, b := range r.running() {
		if i > 1 {
			break
		}
		head += "\n" + b.Text[:min(len(b.Text), 200)]
	}
	key := " " + vntext.SearchKey(strings.ToValidUTF8(head, "")) + " "
	found, at := "", len(key)
	for _, name := range provinceNames {
		if i := strings.Index(key, " "+vntext.SearchKey(name)+" "); i >= 0 && i < at {
			found, at = name, i
		}
	}
	return found
}
