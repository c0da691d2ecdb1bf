package authz

import "slices"

// This file is the whole answer to "who may do what". A line reads: the role,
// may do these actions, in this area, for these criteria, in these states.
// What no line allows is refused.

// areaRule says where a line holds.
type areaRule uint8

const (
	inArea areaRule = iota + 1 // the place of the grant lies on the object's path: own commune, own district, whole province
	inUnit                     // the object belongs to the unit of the grant
)

// fieldRule says for which criteria a line holds.
type fieldRule uint8

const (
	allFields fieldRule = iota // all criteria
	ownFields                  // only those the grant names
)

// stateRule says when a line holds.
type stateRule uint8

const (
	always     stateRule = iota
	beingMade            // chưa gửi hoặc bị trả lại
	open                 // chưa gửi, bị trả lại hoặc đã gửi, chưa ai xác nhận, chưa chốt
	toVerify             // đã gửi, chờ huyện thẩm tra (chỉ các kỳ có ba cấp)
	toConfirm            // đã thẩm tra; hoặc đã gửi, với các kỳ có hai cấp
	sent                 // từ khi xã gửi, cả sau khi chốt
	afterClose           // đã chốt
	twoTier              // từ 1/7/2025, khi không còn cấp huyện
)

// line is one permission.
type line struct {
	role    Role
	actions []Action
	area    areaRule
	field   fieldRule
	state   stateRule
}

func permissionTable() []line {
	return slices.Concat(figurePermissions(), directivePermissions(), requestPermissions())
}

func figurePermissions() []line {
	return []line{
		// Xã – người nhập: nhập phiếu của xã mình khi chưa gửi hoặc bị trả lại; không tự gửi.
		{CommuneEntry, []Action{ViewStanding, ViewCommune, ViewOriginal, Export}, inArea, allFields, always},
		{CommuneEntry, []Action{EnterFinding}, inArea, allFields, beingMade},
		{CommuneEntry, []Action{AskAgain}, inArea, allFields, open},
		// Nhiệm vụ của chính UBND xã: tiếp nhận, phân công, báo cáo.
		{CommuneEntry, []Action{ViewTask, CarryTask}, inUnit, allFields, always},

		// Xã – lãnh đạo: đọc phiếu của xã mình và duyệt gửi; không nhập thay.
		{CommuneLeader, []Action{ViewStanding, ViewCommune, ViewOriginal, Export}, inArea, allFields, always},
		{CommuneLeader, []Action{Submit}, inArea, allFields, beingMade},
		{CommuneLeader, []Action{AskAgain}, inArea, allFields, open},
		// Từ 1/7/2025 phòng của xã thay phòng của huyện: lãnh đạo xã phân công cho xã mình.
		{CommuneLeader, []Action{AssignArea}, inArea, allFields, twoTier},
		{CommuneLeader, []Action{ViewTask, CarryTask}, inUnit, allFields, always},

		// Huyện (đến 30/6/2025): thẩm tra hoặc trả lại phiếu các xã trong huyện; phân công phòng theo dõi từng xã.
		{DistrictOffice, []Action{ViewStanding, ViewCommune, ViewOriginal, Export}, inArea, allFields, always},
		{DistrictOffice, []Action{Verify, Return}, inArea, allFields, toVerify},
		{DistrictOffice, []Action{AssignArea}, inArea, allFields, always},
		{DistrictOffice, []Action{ViewTask, CarryTask}, inUnit, allFields, always},
		{DistrictLeader, []Action{ViewStanding, ViewCommune, ViewOriginal, Export}, inArea, allFields, always},
		{DistrictLeader, []Action{Verify, Return}, inArea, allFields, toVerify},
		{DistrictLeader, []Action{AssignArea}, inArea, allFields, always},
		{DistrictLeader, []Action{ViewTask, CarryTask}, inUnit, allFields, always},

		// Cơ quan phụ trách tiêu chí: xem mọi xã; xác nhận, trả lại, phúc tra, nhập cả cột cho tiêu chí được giao.
		{InCharge, []Action{ViewStanding, ViewCommune, Export}, inArea, allFields, always},
		{InCharge, []Action{ViewOriginal}, inArea, ownFields, always},
		{InCharge, []Action{SupplyFinding}, inArea, ownFields, open},
		{InCharge, []Action{Confirm, Return}, inArea, ownFields, toConfirm},
		{InCharge, []Action{FieldCheck}, inArea, ownFields, sent},
		{InCharge, []Action{DecideValue, VerifyValue}, inArea, ownFields, always},
		{InCharge, []Action{ViewTask, CarryTask}, inUnit, allFields, always},

		// Cơ quan cung cấp số liệu: chỉ thấy và nhập cột số liệu của mình, cho mọi xã.
		{Supplier, []Action{ViewCommune, Export}, inArea, ownFields, always},
		{Supplier, []Action{SupplyFinding}, inArea, ownFields, open},
		{Supplier, []Action{ViewTask, CarryTask}, inUnit, allFields, always},

		// Văn phòng Điều phối: xem mọi xã; đợt rà soát, phân công, mức đạt chuẩn, quyết định công nhận, phúc tra.
		{Coordination, []Action{ViewStanding, ViewCommune, ViewOriginal, Export, ReadJournal}, inArea, allFields, always},
		{Coordination, []Action{ManageRounds, AssignCriteria, AssignArea, DecideValue, VerifyValue, ManageTitles}, inArea, allFields, always},
		{Coordination, []Action{FieldCheck}, inArea, allFields, sent},
		{Coordination, []Action{CorrectClosed}, inArea, allFields, afterClose},
		{Coordination, []Action{ViewTask}, inArea, allFields, always},
		{Coordination, []Action{CarryTask}, inUnit, allFields, always},

		// Văn phòng UBND tỉnh: xem mọi xã; văn bản chỉ đạo và nhiệm vụ.
		{ProvinceOffice, []Action{ViewStanding, ViewCommune, Export, ReadJournal, Direct, ViewTask}, inArea, allFields, always},

		// Lãnh đạo tỉnh: xem tất cả, không sửa số liệu.
		{ProvinceLeader, []Action{ViewStanding, ViewCommune, Export, ReadJournal, ViewTask}, inArea, allFields, always},

		// Quản trị: tài khoản, không xem và không sửa số liệu.
		{ProvinceAdmin, []Action{ManageAccounts, ReadJournal}, inArea, allFields, always},
		{UnitAdmin, []Action{ManageAccounts}, inUnit, allFields, always},
	}
}

func directivePermissions() []line {
	return []line{
		// Văn bản chỉ đạo: các cơ quan của tỉnh xem mọi văn bản; đơn vị khác xem văn bản mà đơn vị mình dự họp, nhận hoặc được giao việc.
		{Coordination, []Action{ViewDirective}, inArea, allFields, always},
		{ProvinceOffice, []Action{ViewDirective}, inArea, allFields, always},
		{ProvinceLeader, []Action{ViewDirective}, inArea, allFields, always},
		{CommuneEntry, []Action{ViewDirective}, inUnit, allFields, always},
		{CommuneLeader, []Action{ViewDirective}, inUnit, allFields, always},
		{DistrictOffice, []Action{ViewDirective}, inUnit, allFields, always},
		{DistrictLeader, []Action{ViewDirective}, inUnit, allFields, always},
		{InCharge, []Action{ViewDirective}, inUnit, allFields, always},
		{Supplier, []Action{ViewDirective}, inUnit, allFields, always},
	}
}

// requestPermissions: giao việc từ một trang. Cấp tỉnh ở mọi nơi, cơ quan phụ trách ở
// tiêu chí của mình; Văn phòng UBND giao hoặc không giao.
func requestPermissions() []line {
	return []line{
		{Coordination, []Action{RequestTask}, inArea, allFields, always},
		{ProvinceOffice, []Action{RequestTask}, inArea, allFields, always},
		{ProvinceLeader, []Action{RequestTask}, inArea, allFields, always},
		{InCharge, []Action{RequestTask}, inArea, ownFields, always},
	}
}

// everyones tells what any person with at least one role may do.
func everyones(a Action) bool { return a == ViewCriteria }

// own tells what a person may do with what is the person's own, even without a
// role.
func own(a Action) bool { return a == OwnAccount }
