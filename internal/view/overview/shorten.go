package overview

import "strings"

// shorter are the phrases of criteria's names that a column head abbreviates.
var shorter = strings.NewReplacer(
	"Cơ sở hạ tầng thương mại nông thôn", "Hạ tầng thương mại",
	"Cơ sở vật chất văn hóa", "CSVC văn hóa",
	"Cơ sở vật chất", "CSVC",
	"Thủy lợi và phòng, chống thiên tai", "Thủy lợi, PCTT",
	"Thông tin và Truyền thông", "TT và truyền thông",
	"Tổ chức sản xuất và phát triển kinh tế nông thôn", "Tổ chức sản xuất",
	"Giáo dục và Đào tạo", "Giáo dục, đào tạo",
	"Môi trường và an toàn thực phẩm", "Môi trường, ATTP",
	"Hệ thống chính trị và tiếp cận pháp luật", "HTCT, pháp luật",
	"Quốc phòng và An ninh", "Quốc phòng, an ninh",
	"Chất lượng môi trường sống", "Môi trường sống",
)

// longest is how many letters a column head takes.
const longest = 22

// Shorten is a name as a narrow column head shows it; the whole name stands
// beside it for whoever asks.
func Shorten(name string) string { return shorten(name, longest) }

func shorten(name string, longest int) string {
	name = shorter.Replace(name)
	letters := []rune(name)
	if len(letters) <= longest {
		return name
	}
	cut := string(letters[:longest])
	if at := strings.LastIndexByte(cut, ' '); at > 0 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,(") + "…"
}
