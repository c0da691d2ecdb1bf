package entries

import (
	"maps"
	"strings"
)

// Group is a group of commands as people ask for them.
type Group struct{ ID, Text string }

// groupFacts ties what commands begin with to a group.
type groupFacts struct {
	id, text string
	prefixes []string
}

func groupTable() []groupFacts {
	return []groupFacts{
		{"ra-soat", "Rà soát, xác nhận kết quả", []string{"review.", "round.", "mapping."}},
		{"minh-chung", "Minh chứng", []string{"evidence."}},
		{"muc-dat-chuan", "Mức đạt chuẩn, đối chiếu văn bản", []string{"criteria."}},
		{"cong-nhan", "Mức công nhận", []string{"recognition."}},
		{"phan-cong", "Phân công, cơ quan phụ trách", []string{"agency.", "duty.", "assignment."}},
		{"tai-khoan", "Tài khoản", []string{"account."}},
		{"chi-dao", "Văn bản chỉ đạo", []string{"directive."}},
		{"nhiem-vu", "Nhiệm vụ", []string{"task.", "request.", "reminder."}},
		{"he-thong", "Hệ thống", []string{"journal."}},
	}
}

// otherGroup holds the commands of no other group.
const otherGroup = "khac"

// Groups lists the groups in the order of a menu.
func Groups() []Group {
	var out []Group
	for _, g := range groupTable() {
		out = append(out, Group{g.id, g.text})
	}
	return append(out, Group{otherGroup, "Việc khác"})
}

// GroupOf is the group of a command.
func GroupOf(command string) string {
	if command == "criteria.prepare" {
		return "he-thong"
	}
	for _, g := range groupTable() {
		for _, p := range g.prefixes {
			if strings.HasPrefix(command, p) {
				return g.id
			}
		}
	}
	return otherGroup
}

// Words says what a command did; one that is not known is named as it is.
func Words(command string) string {
	for _, list := range []map[string]string{commandWords(), taskWords(), requestWords(), directiveWords()} {
		if w, ok := list[command]; ok {
			return w
		}
	}
	return "Lệnh " + command
}

func commandWords() map[string]string {
	all := recordWords()
	maps.Copy(all, directiveWords())
	return all
}

func recordWords() map[string]string {
	return map[string]string{
		"review.import":      "Nhập kết quả rà soát từ tệp",
		"review.save":        "Ghi kết quả rà soát",
		"review.carry":       "Giữ nguyên kỳ trước",
		"review.send":        "Gửi phiếu rà soát",
		"review.verify":      "Thẩm tra kết quả rà soát",
		"review.confirm":     "Xác nhận kết quả tiêu chí",
		"review.return":      "Trả lại kết quả rà soát",
		"review.ask":         "Đề nghị kiểm tra lại",
		"review.answer":      "Trả lời đề nghị kiểm tra lại",
		"review.spotcheck":   "Ghi kết quả phúc tra",
		"round.open":         "Mở đợt rà soát",
		"round.deadlines":    "Đổi hạn của đợt rà soát",
		"round.close":        "Chốt đợt rà soát",
		"mapping.save":       "Lưu cách đọc bảng",
		"recognition.import": "Nhập mức công nhận từ tệp",
		"recognition.end":    "Ghi kết thúc mức công nhận",
		"criteria.decide":    "Ghi mức đạt chuẩn do tỉnh quy định",
		"criteria.verify":    "Ghi đã đối chiếu văn bản gốc",
		"criteria.withdraw":  "Rút xác nhận đã đối chiếu văn bản gốc",
		"criteria.prepare":   "Chuẩn bị danh mục chỉ tiêu",
		"account.invite":     "Mời người dùng",
		"account.accept":     "Nhận lời mời, đặt mật khẩu",
		"account.grant":      "Giao vai trò",
		"account.grant.end":  "Kết thúc vai trò",
		"account.handover":   "Bàn giao vai trò",
		"account.move":       "Bàn giao vai trò của đơn vị đã kết thúc",
		"account.password":   "Đổi mật khẩu",

		"account.second.enrol": "Bật lớp xác thực thứ hai",
		"account.disable":      "Khóa tài khoản",
		"account.enable":       "Mở khóa tài khoản",
		"account.reset":        "Đặt lại mật khẩu",
		"account.forget":       "Xóa họ tên khỏi tài khoản",
		"account.demo":         "Tạo tài khoản minh họa",
		"account.first":        "Tạo tài khoản quản trị đầu tiên",
		"journal.restore":      "Khôi phục từ bản sao lưu",
		"evidence.attach":      "Thêm minh chứng",
		"evidence.remove":      "Gỡ minh chứng",
		"agency.assign":        "Phân công",

		"agency.assign.import":   "Nhập bảng phân công từ tệp",
		"agency.assign.end":      "Kết thúc phân công",
		"agency.assign.withdraw": "Rút phân công",
	}
}

// taskWords are the commands on tasks.
func taskWords() map[string]string {
	return map[string]string{
		"task.received":  "Tiếp nhận văn bản chỉ đạo",
		"task.assigned":  "Phân công nhiệm vụ",
		"task.progress":  "Cập nhật tiến độ nhiệm vụ",
		"task.reported":  "Báo cáo hoàn thành nhiệm vụ",
		"task.confirmed": "Xác nhận hoàn thành nhiệm vụ",
		"task.returned":  "Trả lại báo cáo nhiệm vụ",
		"task.asked":     "Xin gia hạn nhiệm vụ",
		"task.granted":   "Gia hạn nhiệm vụ",
		"task.refused":   "Không gia hạn nhiệm vụ",
		"task.urged":     "Đôn đốc nhiệm vụ",
		"task.handed":    "Bàn giao nhiệm vụ",
		"task.retracted": "Rút nhiệm vụ",
		"task.followed":  "Bổ sung nội dung theo dõi nhiệm vụ",
		"task.objects":   "Thêm, bớt đối tượng của nhiệm vụ",
		"task.noted":     "Ghi chú nhiệm vụ",
		"task.import":    "Nhập danh sách nhiệm vụ từ tệp",
	}
}

// requestWords are the commands on reminders and on duties that were asked for.
func requestWords() map[string]string {
	return map[string]string{
		"reminder.give":   "Nhắc việc, đôn đốc",
		"request.ask":     "Đề nghị giao việc",
		"request.give":    "Giao việc được đề nghị",
		"request.decline": "Không giao việc được đề nghị",
	}
}

// directiveWords are the commands on the register of directives.
func directiveWords() map[string]string {
	return map[string]string{
		"directive.import":   "Nhập văn bản chỉ đạo",
		"directive.confirm":  "Xác nhận văn bản và giao nhiệm vụ",
		"directive.correct":  "Sửa nhiệm vụ của văn bản",
		"directive.split":    "Tách nhiệm vụ",
		"directive.merge":    "Gộp nhiệm vụ",
		"directive.add":      "Thêm nhiệm vụ",
		"directive.strike":   "Bỏ nhiệm vụ",
		"directive.restore":  "Khôi phục nhiệm vụ",
		"directive.lead":     "Chọn cơ quan chủ trì",
		"directive.complete": "Hoàn chỉnh số, ngày văn bản",
		"directive.withdraw": "Thu hồi văn bản, rút khỏi sổ",
		"directive.member":   "Ghi thành viên Ban Chỉ đạo",
		"directive.members":  "Giao nhiệm vụ cho các thành viên Ban Chỉ đạo",
	}
}

// label is a key of a command's body in words, "" when it is not known.
func label(command, key string) string {
	if command == "account.handover" && key == "to" {
		return "Người nhận bàn giao"
	}
	return map[string]string{
		"file": "Tệp", "sha256": "Dấu kiểm của tệp (SHA-256)", "period": "Kỳ", "findings": "Số kết quả rà soát",
		"numbers": "Quyết định", "sets": "Bộ tiêu chí", "values": "Số mức", "set": "Bộ tiêu chí", "code": "Tiêu chí, chỉ tiêu",
		"key": "Mức", "by": "Người đối chiếu", "on": "Ngày", "titles": "Số dòng mức công nhận", "id": "Mã bản ghi",
		"to": "Đến hết ngày", "from": "Từ ngày", "until": "Đến ngày", "number": "Số quyết định", "decided_on": "Ngày quyết định",
		"note": "Ghi chú", "reason": "Lý do", "login": "Tên đăng nhập", "unit": "Cơ quan", "role": "Vai trò",
		"name": "Họ tên (chỉ lưu dấu niêm)", "account": "Tài khoản", "accounts": "Số tài khoản", "second": "Đặt lại cả lớp xác thực thứ hai",
		"grant": "Vai trò được giao", "heir": "Người nhận", "document": "Văn bản", "fields": "Tiêu chí được giao", "place": "Địa bàn",
		"places": "Địa bàn", "backup": "Nhật ký của bản sao lưu", "replaced": "Nhật ký bị thay", "size": "Số mục", "root": "Mã đối chiếu",
		"indicator": "Chỉ tiêu", "value": "Giá trị", "criterion": "Tiêu chí", "agency": "Cơ quan", "round": "Đợt rà soát",
		"rows": "Tiêu chí", "task": "Nhiệm vụ", "tasks": "Nhiệm vụ", "part": "Đối tượng", "shares": "Đơn vị nhận", "separate": "Theo dõi riêng",
		"request": "Đề nghị giao việc", "reminders": "Số việc được nhắc", "field": "Tiêu chí, chỉ tiêu",
		"accepted": "Đồng ý chờ danh sách", "symbol": "Ký hiệu", "withdrawn": "Ghi nhầm",
	}[strings.ToLower(key)]
}

// tableWords is a table of the store in words, its own name when there are none.
func tableWords(table string) string {
	if w, ok := map[string]string{
		"review_finding": "kết quả rà soát", "review_finding_detail": "chi tiết kết quả rà soát", "review_round": "đợt rà soát", "review_mapping": "cách đọc bảng",
		"review_sheet": "phiếu rà soát", "review_act": "việc trên phiếu rà soát", "recognition_title": "mức công nhận",
		"criteria_decision": "mức đạt chuẩn do tỉnh quy định", "criteria_verification": "xác nhận đối chiếu",
		"criteria_measure": "danh mục đại lượng", "account_account": "tài khoản", "account_grant": "vai trò",
		"directive_document": "văn bản chỉ đạo", "directive_text": "toàn văn văn bản", "directive_duty": "nhiệm vụ trong văn bản",
		"directive_member": "thành viên Ban Chỉ đạo",
		"directive_given":  "văn bản giao nhiệm vụ", "directive_task": "nhiệm vụ", "directive_part": "đối tượng của nhiệm vụ", "directive_act": "việc trên nhiệm vụ",
		"directive_reminder": "nhắc việc, đôn đốc", "directive_request": "đề nghị giao việc",
	}[table]; ok {
		return w
	}
	return "bảng " + table
}
