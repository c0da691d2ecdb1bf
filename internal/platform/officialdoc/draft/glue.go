package draft

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"giuchuan/internal/kernel/vntext"
)

// compounds are words of two and more syllables that titles and names of agencies are made of. A line does not end inside
// one of them.
const compounds = `ủy ban nhân dân,hội đồng nhân dân,ủy ban,nhân dân,hội đồng,văn phòng,điều phối,nông thôn mới,nông thôn,nông nghiệp,phát triển,tài nguyên,môi trường,chương trình,
mục tiêu,quốc gia,chỉ đạo,ban chỉ đạo,công an,quân sự,bảo hiểm,xã hội,y tế,giáo dục,đào tạo,văn hóa,thể thao,du lịch,giao thông,vận tải,
lao động,thương binh,thông tin,truyền thông,khoa học,công nghệ,kế hoạch,đầu tư,tài chính,xây dựng,công thương,nội vụ,tư pháp,dân tộc,
tôn giáo,thống kê,thanh tra,kiểm tra,giám sát,duy trì,giữ vững,nâng cao,chất lượng,tiêu chí,kết quả,thực hiện,nhiệm vụ,giải pháp,
đề nghị,điều chỉnh,đôn đốc,quyết định,công nhận,thu hồi,báo cáo,thông báo,kết luận,chủ tịch,phó chủ tịch,phê duyệt,ban hành,khó khăn,
vướng mắc,thời hạn,đạt chuẩn,mức đạt chuẩn,danh sách,danh mục,đại diện,giai đoạn,các xã,quá thời hạn,thành phố,trung ương,về việc,cuộc họp,đầu năm,nguy cơ`

var compoundTable = readCompounds()

func readCompounds() map[string]bool {
	out := map[string]bool{}
	for _, c := range strings.Split(strings.ReplaceAll(compounds, "\n", ""), ",") {
		out[vntext.NFC(c)] = true
	}
	return out
}

// glue joins the syllables of compounds, and of names of two syllables in mixed case, by no-break spaces, as long as what
// is joined stays below limit.
func glue(text string, limit int, l look) string {
	words := strings.Split(text, " ")
	var b strings.Builder
	for i := 0; i < len(words); {
		n := 1
		for size := 4; size > 1 && n == 1; size-- {
			if i+size > len(words) {
				continue
			}
			phrase := strings.Join(words[i:i+size], " ")
			known := compoundTable[strings.TrimRight(strings.ToLower(phrase), ",;:")] || size == 2 && named(words[i]) && named(words[i+1])
			if known && width(phrase, l.size, l.bold) <= limit {
				n = size
			}
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strings.Join(words[i:i+n], "\u00A0"))
		i += n
	}
	return b.String()
}

// named tells whether a word looks like a syllable of a name: a capital, then a small letter.
func named(word string) bool {
	first, n := utf8.DecodeRuneInString(word)
	second, _ := utf8.DecodeRuneInString(word[n:])
	return unicode.IsUpper(first) && unicode.IsLower(second)
}
