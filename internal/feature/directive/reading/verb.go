package reading

import "sync"

// grammar is the closed classes of words by which duties and addressees are
// told apart. They are words of the language of administration, not of any one
// document.
type grammar struct {
	verbs     wordTable // that begin a duty
	shortest  wordTable // verbs of one syllable, which begin a duty only at the head of a sentence
	starters  wordTable // adverbs behind which any word is taken for a verb at the head of a sentence
	results   wordTable // that tell an effect and begin none
	adverbs   wordTable // that stand before a verb
	fresh     wordTable // adverbs and joints that begin a duty of their own after a comma or ";"
	assigns   wordTable // giao, yêu cầu, đề nghị
	heads     wordTable // that begin the name of a body
	plurals   wordTable // nouns of collectives
	persons   wordTable // thủ trưởng, giám đốc, chủ tịch
	qualifies wordTable // that may follow the name of a body: "có liên quan", "trên địa bàn tỉnh"
	stops     wordTable // that end a name
	nominal   wordTable // that make a noun of the verb behind them
	own       wordTable // verbs that begin a duty of their own after "và"
	light     wordTable // verbs that add nothing to the noun they take: "tăng cường công tác kiểm tra"
	delivers  wordTable // verbs that hand over what the duty before them makes
	plans     wordTable // nouns of a plan to do what follows
	trades    wordTable // verbs that stand inside the names of companies and centres
}

var grammarOf = sync.OnceValue(func() *grammar {
	return &grammar{
		verbs: words("rà soát|xây dựng|ban hành|kiểm tra|đôn đốc|hướng dẫn|tham mưu|báo cáo|tổ chức|phân công|chỉ đạo|phối hợp|bố trí|" +
			"thực hiện|triển khai|đề xuất|nhân rộng|lựa chọn|tổng hợp|cập nhật|công khai|xử lý|giải quyết|tháo gỡ|nghiên cứu|" +
			"chuẩn bị|lập|trình|thẩm định|thẩm tra|phê duyệt|gửi|nộp|cung cấp|theo dõi|giám sát|đánh giá|thanh tra|quán triệt|" +
			"tuyên truyền|vận động|phổ biến|huy động|lồng ghép|tập trung|giữ vững|duy trì|củng cố|nâng cao|hoàn thành|hoàn thiện|" +
			"hoàn tất|đẩy nhanh|đẩy mạnh|tăng cường|rút kinh nghiệm|khắc phục|chấn chỉnh|kiện toàn|thành lập|giải ngân|thanh toán|" +
			"quyết toán|phân bổ|cân đối|ưu tiên|sử dụng|quản lý|bảo vệ|chuyển đổi|phát triển|phát huy|đầu tư|duy tu|bảo dưỡng|" +
			"nâng cấp|mở rộng|sửa chữa|liên kết|xúc tiến|hỗ trợ|thu hồi|công nhận|xác nhận|xác minh|tiếp thu|giải trình|" +
			"làm rõ|bổ sung|điều chỉnh|sửa đổi|rà lại|thống kê|kê khai|đăng ký|niêm yết|công bố|đăng tải|bàn giao|tiếp nhận|" +
			"chịu trách nhiệm|có trách nhiệm|chủ trì|làm đầu mối|là đầu mối|quan tâm|lãnh đạo|điều hành|nắm bắt|" +
			"tham gia|góp ý|cho ý kiến|lấy ý kiến|trả lời|phản hồi|thông báo|đề nghị|yêu cầu|giao|khuyến khích|đào tạo|bồi dưỡng|" +
			"tập huấn|kết nối|ứng dụng|số hóa|khai thác|giám định|kiểm soát|kiểm kê|khảo sát|đo đạc|thu thập|biên soạn|soạn thảo|in ấn|cấp phát|" +
			"thi công|khởi công|nghiệm thu|giải phóng|bồi thường|tái định cư|trồng|chăm sóc|phòng chống|phòng, chống|ứng phó|trực|" +
			"bảo đảm|đảm bảo|chấp hành|tuân thủ|nghiêm túc|niêm phong|tổng kết|sơ kết|biểu dương|khen thưởng|nhắc nhở|phê bình|" +
			"về làm việc|làm việc|họp|mời|cử|rút ngắn|cắt giảm|tiết kiệm|tăng thu|thu|chi trả|mua sắm|cải tạo|chỉnh trang|vệ sinh|thu gom|xem xét|quyết định|gắn|đưa|ký|kiến nghị|phản ánh|truyền thông|lưu ý|xác định|tính toán|bám sát|đối chiếu|hoàn trả|khôi phục|tạo điều kiện|tuần tra|phòng ngừa|ngăn chặn|gia hạn|sắp xếp|chuyển giao|thay thế|thiết lập|vận hành|" +
			"lắp đặt|trang bị|tuyển dụng|bổ nhiệm|thúc đẩy|giới thiệu|quảng bá|đối thoại|giải đáp|phân loại|phân cấp|trao đổi|chuẩn hóa|tạm dừng|đình chỉ|xử phạt|truy thu|tiêm phòng|di dời|sơ tán|giữ gìn|nhắc việc|bảo trì|kiểm định|thử nghiệm|rút|cam kết|sẵn sàng|tự kiểm tra|xây mới"),
		results: words("nâng cao|bảo đảm|đảm bảo|góp phần|tạo|tạo điều kiện|phát huy|đáp ứng|phục vụ|phát triển|duy trì|củng cố|giữ vững|mở rộng|" +
			"nâng cấp|bảo dưỡng|duy tu|đầu tư|hoàn thiện|hoàn thành|thu hút|bảo vệ|quản lý|sử dụng|giải ngân|thanh toán|quyết toán|vận động|họp|thu|gắn|đưa|ký|cử|chi trả|trồng"),
		shortest: words("xóa|giữ|nắm|nhắc|gỡ|dọn|đóng|mở|cấp|trả|nhập|in|lưu|ghi|chọn|tìm|đo|thử|chuyển|thay|làm|tính|mua|bán|tuyển|nêu|dừng|nuôi|tiêm|phun|miễn|giảm|tăng|bỏ|hủy|sửa|lắp|dựng|đặt|kê|soát|xét|cắm|phát|dạy|khám|chữa|đào|lấy"),
		starters: words("thường xuyên|kịp thời|chủ động|tích cực|khẩn trương|tiếp tục|tăng cường|đẩy mạnh|đẩy nhanh|nghiêm túc|tập trung"),
		adverbs: words("thường xuyên|kịp thời|chủ động|tích cực|khẩn trương|tiếp tục|tập trung|định kỳ|nghiêm túc|trực tiếp|nhanh chóng|" +
			"phải|cần|cùng|sớm|ngay|hằng năm|hàng năm|hằng quý|hàng quý|hằng tháng|hàng tháng|hằng tuần|quan tâm|đồng loạt|cương quyết|kiên quyết|thật sự|nghiêm|sẽ|không|chỉ|tự|cơ bản|trước mắt|trước hết"),
		fresh: words("thường xuyên|kịp thời|chủ động|tích cực|khẩn trương|tiếp tục|đồng thời|đặc biệt là|đặc biệt|nhất là|tăng cường|đẩy mạnh|" +
			"đẩy nhanh|định kỳ|bên cạnh đó|ngoài ra|nghiêm túc|tập trung"),
		assigns: words("giao nhiệm vụ cho|giao trách nhiệm cho|giao cho|giao|yêu cầu|đề nghị|trách nhiệm của|ủy quyền cho|đối với"),
		heads: words("sở|ban chỉ đạo|ban quản lý|ban thường vụ|ban|ubnd|ủy ban nhân dân|uỷ ban nhân dân|ủy ban|uỷ ban|công an|văn phòng|vp|vpđp|cục|chi cục|tổng cục|công ty|tổng công ty|" +
			"tập đoàn|vườn quốc gia|bộ|hội đồng|hội|đoàn kiểm tra|đoàn công tác|đoàn thanh niên|tỉnh đoàn|trung tâm|kho bạc|ngân hàng|nhcsxh|bảo hiểm xã hội|bhxh|thanh tra|trường|bệnh viện|" +
			"đài|báo|quỹ|tổ công tác|tổ kiểm tra|tổ|liên minh|liên đoàn|mặt trận|mttq|thường trực|tỉnh ủy|huyện ủy|hđnd|đảng ủy|viện|tòa án|toà án|điện lực|" +
			"hợp tác xã|phòng|thuế|thống kê|hạt kiểm lâm|cơ quan|đơn vị|chuyên viên|bưu điện|chủ đầu tư|nhà đầu tư|doanh nghiệp|đơn vị tư vấn|thành viên|cấp ủy|chính quyền|địa phương|quý bộ|tòa soạn|" +
			"bcđ|bqp|bchqs|quân khu|bch|bchqs|học viện|đại học|xã|phường|thị trấn|huyện|thành phố|thị xã"),
		plurals: words("sở|ban|ngành|cơ quan|đơn vị|địa phương|huyện|xã|phường|thị trấn|thị xã|thành phố|đoàn thể|tổ chức|chủ đầu tư|nhà đầu tư|doanh nghiệp|hội|" +
			"trường|thành viên|đồng chí|công ty|phòng|bộ|tỉnh|thôn|hợp tác xã|cơ sở|bệnh viện|trung tâm|chi cục|ủy ban|ubnd|tổ|đoàn|đại biểu|ban quản lý|bql|quỹ|hộ|cá nhân|chủ rừng|nhà trường|đảng bộ|đảng ủy|cấp"),
		persons: words("lãnh đạo|thủ trưởng|giám đốc|phó giám đốc|chủ tịch|phó chủ tịch|cục trưởng|chi cục trưởng|trưởng ban|phó trưởng ban|trưởng phòng|chánh văn phòng|phó chánh văn phòng|" +
			"chánh thanh tra|chỉ huy trưởng|người đứng đầu|bí thư|trưởng|tổng giám đốc|hiệu trưởng|viện trưởng|đại diện|đồng chí|đ/c|các đồng chí|các ông|các ông, bà|bộ trưởng|pct|cấp ủy"),
		qualifies: words("có liên quan|liên quan|trên địa bàn tỉnh|trên địa bàn huyện|trên địa bàn xã|trên địa bàn|thuộc tỉnh|trong tỉnh|của tỉnh|cấp tỉnh|cấp huyện|cấp xã|nêu trên|nói trên|trên|trực thuộc trung ương|trực thuộc|trung ương|toàn tỉnh"),
		stops:     words("theo|căn cứ|có|chịu|là|tại|trong|để|khi|nếu|về|đã|sẽ|phải|cần|với|được|do|cho|bằng|nhằm|như|mà|thì|từ|trước|sau|đến|đang|không|cùng|chưa|còn|trên cơ sở|tự|bị|gồm|quyết liệt|dự|quan tâm|lưu ý|nghiêm túc|này|đó"),
		nominal:   words("công tác|việc|quá trình|tình hình|kết quả|kế hoạch|chương trình|nhiệm vụ|tiến độ|hoạt động|trách nhiệm|chế độ|công trình|dự án|vốn|phương án|đề án|nội dung|quy định|cơ quan|đơn vị|giải pháp|biện pháp|khả năng|năng lực|hình thức|mục tiêu|thời gian|hồ sơ|quyền|số|đoàn|mô hình|khối lượng|chi phí|yêu cầu|ý kiến|hiệu quả|sự|phong trào|cuộc vận động|thủ tục"),
		light:     words("tăng cường|đẩy mạnh|làm tốt|thực hiện|thực hiện tốt|thực hiện nghiêm|nâng cao|quan tâm|tập trung"),
		trades:    words("phát triển|đầu tư|quản lý|xây dựng|khai thác|hỗ trợ|bảo vệ|bảo tồn|xúc tiến|chăm sóc|sản xuất"),
		own:       words("đề xuất|tham mưu|tổ chức|ban hành|kiểm tra|rà soát|hướng dẫn|chỉ đạo|kiến nghị|phân công|công khai"),
		delivers:  words("trình|báo cáo|gửi|nộp"),
		plans:     words("phương án|kế hoạch|giải pháp|biện pháp|đề án|hình thức|mô hình|chính sách|chế độ"),
	}
})

// verb is the number of tokens of adverbs and a verb of duty that begin at a
// place; 0 where none does. A verb written with a capital counts only where a
// sentence begins.
func (g *grammar) verb(list []token, at int, first bool) int {
	n := 0
	for {
		m := g.adverbs.longest(list, at+n)
		if m == 0 || at+n+m >= len(list) {
			break
		}
		if g.verbs.longest(list, at+n+m) == 0 && g.adverbs.longest(list, at+n+m) == 0 && !g.fresh.has(list, at+n+m) {
			break
		}
		n += m
	}
	m := g.verbs.longest(list, at+n)
	if m == 0 && first {
		m = g.shortest.longest(list, at+n)
	}
	if m == 0 {
		return 0
	}
	if !first && list[at].capital {
		return 0
	}
	return n + m
}

// has tells whether a phrase of the wordTable begins at a place.
func (l wordTable) has(list []token, at int) bool { return l.longest(list, at) > 0 }

// endsInVerb tells whether the words right before a place are a bare verb that
// was not made a noun: "kiểm tra, đôn đốc" go on, "công tác kiểm tra," ends.
func (g *grammar) endsInVerb(list []token, from, at int) bool {
	for n := 1; n <= 3 && at-n >= from; n++ {
		if list[at-n].mark {
			return false
		}
		if g.verbs.longest(list, at-n) == n {
			noun := g.nounBefore(list, from, at-n)
			return noun < 0 || g.after(list, from, noun) || g.plans.has(list, noun)
		}
	}
	return false
}

// nounBefore is the token of the word that makes a noun of a verb, or of the run
// of verbs it ends; -1 where there is none.
func (g *grammar) nounBefore(list []token, from, at int) int {
	for at > from {
		back := 0
		for n := 1; n <= 3 && at-n >= from; n++ {
			if list[at-n].mark {
				break
			}
			if g.nominal.longest(list, at-n) == n {
				return at - n
			}
			if g.verbs.longest(list, at-n) == n {
				back = n
			}
		}
		if back == 0 {
			return -1
		}
		at -= back
	}
	return -1
}

// after tells whether a light verb stands right before a place.
func (g *grammar) after(list []token, from, at int) bool {
	for n := 1; n <= 3 && at-n >= from; n++ {
		if g.light.longest(list, at-n) == n {
			return true
		}
	}
	return false
}
