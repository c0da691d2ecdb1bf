package authz

// Action is something a person may do. The list is closed.
type Action string

// The actions: reading, the commune's sheet, its way up, the rules of the
// programme, accounts.
const (
	ViewStanding   Action = "standing.view"     // overview, map, table of criteria
	ViewCommune    Action = "commune.view"      // a commune's dossier, sheet and evidence
	ViewCriteria   Action = "criteria.view"     // criteria sets and thresholds
	ViewOriginal   Action = "evidence.original" // the untouched file, with where and when it was taken
	Export         Action = "export"            // workbooks and printed pages of what may be viewed
	EnterFinding   Action = "finding.enter"     // fill in the commune's sheet, attach evidence
	SupplyFinding  Action = "finding.supply"    // fill in one's own column for all communes
	AskAgain       Action = "finding.ask"       // "Đề nghị kiểm tra lại" on a figure another office supplied
	Submit         Action = "review.submit"     // xã duyệt gửi
	Verify         Action = "review.verify"     // huyện thẩm tra
	Confirm        Action = "review.confirm"    // cơ quan phụ trách xác nhận
	Return         Action = "review.return"     // trả lại
	FieldCheck     Action = "review.fieldcheck" // phúc tra
	CorrectClosed  Action = "review.correct"    // điều chỉnh sau chốt
	ManageRounds   Action = "round.manage"      // mở đợt, chốt đợt
	AssignCriteria Action = "criteria.assign"   // phân công cơ quan phụ trách, cơ quan cung cấp
	AssignArea     Action = "area.assign"       // phân công phòng, ban theo dõi địa bàn
	DecideValue    Action = "criteria.decide"   // nhập mức đạt chuẩn tỉnh quy định
	VerifyValue    Action = "criteria.verify"   // đối chiếu văn bản gốc
	ManageTitles   Action = "title.manage"      // quyết định công nhận, thu hồi
	Direct         Action = "directive.manage"  // nhập thông báo, giao việc, xác nhận hoàn thành, gia hạn
	RequestTask    Action = "task.request"      // đề nghị giao việc: làm dự thảo nhiệm vụ cho Văn phòng UBND
	ViewDirective  Action = "directive.view"    // xem văn bản chỉ đạo
	ViewTask       Action = "task.view"         // nhiệm vụ của đơn vị mình; cấp tỉnh xem tất cả
	CarryTask      Action = "task.carry"        // tiếp nhận, phân công và báo cáo nhiệm vụ của đơn vị mình
	ManageAccounts Action = "account.manage"    // mời, khóa, đặt lại, phân vai trò
	ReadJournal    Action = "journal.read"      // nhật ký thay đổi
	OwnAccount     Action = "account.own"       // one's own sessions and password
)

// actionFacts is one line of the list of actions.
type actionFacts struct {
	action Action
	words  string
}

func actionTable() []actionFacts {
	return []actionFacts{
		{ViewStanding, "xem tình trạng giữ chuẩn"},
		{ViewCommune, "xem hồ sơ xã"},
		{ViewCriteria, "xem bộ tiêu chí"},
		{ViewOriginal, "xem tệp minh chứng gốc"},
		{Export, "xuất bảng tính, bản in"},
		{EnterFinding, "nhập kết quả rà soát"},
		{SupplyFinding, "nhập số liệu ngành cho các xã"},
		{AskAgain, "đề nghị kiểm tra lại"},
		{Submit, "duyệt gửi kết quả rà soát"},
		{Verify, "thẩm tra"},
		{Confirm, "xác nhận kết quả tiêu chí"},
		{Return, "trả lại"},
		{FieldCheck, "phúc tra"},
		{CorrectClosed, "điều chỉnh sau chốt"},
		{ManageRounds, "mở và chốt đợt rà soát"},
		{AssignCriteria, "phân công phụ trách tiêu chí"},
		{AssignArea, "phân công phòng, ban theo dõi địa bàn"},
		{DecideValue, "nhập mức đạt chuẩn do tỉnh quy định"},
		{VerifyValue, "đối chiếu văn bản gốc"},
		{ManageTitles, "ghi quyết định công nhận, thu hồi"},
		{Direct, "nhập văn bản chỉ đạo và giao nhiệm vụ"},
		{RequestTask, "đề nghị giao việc"},
		{ViewDirective, "xem văn bản chỉ đạo"},
		{ViewTask, "xem nhiệm vụ"},
		{CarryTask, "tiếp nhận, phân công và báo cáo nhiệm vụ"},
		{ManageAccounts, "quản trị tài khoản"},
		{ReadJournal, "đọc nhật ký thay đổi"},
		{OwnAccount, "tài khoản của mình"},
	}
}

// Actions lists every action.
func Actions() []Action {
	out := make([]Action, 0, len(actionTable()))
	for _, f := range actionTable() {
		out = append(out, f.action)
	}
	return out
}

// Vietnamese is the action as screens say it, "" when it is not of the list.
func (a Action) Vietnamese() string {
	for _, f := range actionTable() {
		if f.action == a {
			return f.words
		}
	}
	return ""
}
