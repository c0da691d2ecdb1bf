package authz

// Role is what a person is in the programme. The list is closed.
type Role string

// The roles, from the commune up.
const (
	CommuneEntry   Role = "xa-nguoi-nhap"       // enters the findings of one commune
	CommuneLeader  Role = "xa-lanh-dao"         // approves and sends them
	DistrictOffice Role = "huyen-phong"         // checks the communes of one district, until 30/6/2025
	DistrictLeader Role = "huyen-lanh-dao"      // leads it, until 30/6/2025
	InCharge       Role = "co-quan-phu-trach"   // confirms the criteria that are its own, in all communes
	Supplier       Role = "co-quan-cung-cap"    // supplies one column of figures for all communes
	Coordination   Role = "van-phong-dieu-phoi" // Văn phòng Điều phối nông thôn mới
	ProvinceOffice Role = "van-phong-ubnd"      // Văn phòng UBND tỉnh, follows directives
	ProvinceLeader Role = "lanh-dao-tinh"       // reads everything
	ProvinceAdmin  Role = "quan-tri-tinh"       // accounts of the whole province, no figures
	UnitAdmin      Role = "quan-tri-don-vi"     // accounts of one unit's own staff, no figures
)

// Tier says what a grant of a role is tied to.
type Tier uint8

// The tiers. A grant of a commune's role names a commune, of a district's role
// a district, of a province's role the province; UnitAdmin takes the place of
// its unit.
const (
	OfCommune Tier = iota + 1
	OfDistrict
	OfProvince
	OfUnit
)

// roleFacts is one line of the list of roles.
type roleFacts struct {
	role   Role
	words  string
	tier   Tier
	fields bool // a grant names criteria
	second bool // a second factor is required at every login
}

func roleTable() []roleFacts {
	return []roleFacts{
		{CommuneEntry, "Xã – người nhập", OfCommune, false, false},
		{CommuneLeader, "Xã – lãnh đạo duyệt gửi", OfCommune, false, false},
		{DistrictOffice, "Huyện – phòng phụ trách", OfDistrict, false, false},
		{DistrictLeader, "Huyện – lãnh đạo", OfDistrict, false, false},
		{InCharge, "Cơ quan phụ trách tiêu chí", OfProvince, true, false},
		{Supplier, "Cơ quan cung cấp số liệu", OfProvince, true, false},
		{Coordination, "Văn phòng Điều phối nông thôn mới", OfProvince, false, true},
		{ProvinceOffice, "Văn phòng UBND tỉnh – theo dõi chỉ đạo", OfProvince, false, true},
		{ProvinceLeader, "Lãnh đạo tỉnh", OfProvince, false, true},
		{ProvinceAdmin, "Quản trị tỉnh", OfProvince, false, true},
		{UnitAdmin, "Quản trị đơn vị", OfUnit, false, true},
	}
}

// Roles lists every role, from the commune up.
func Roles() []Role {
	out := make([]Role, 0, len(roles))
	for i := range roles {
		out = append(out, roles[i].role)
	}
	return out
}

// roles is the list of roles; nothing writes to it.
var roles = roleTable()

func (r Role) facts() roleFacts {
	for i := range roles {
		if roles[i].role == r {
			return roles[i]
		}
	}
	return roleFacts{}
}

// Valid tells whether r is a role of the list.
func (r Role) Valid() bool { return r.facts().role != "" }

// Vietnamese is the role as screens say it, "" when it is not of the list.
func (r Role) Vietnamese() string { return r.facts().words }

// Tier says what a grant of the role is tied to, 0 when it is not of the list.
func (r Role) Tier() Tier { return r.facts().tier }

// TakesFields tells whether a grant of the role names criteria.
func (r Role) TakesFields() bool { return r.facts().fields }

// NeedsSecondFactor tells whether the role is never used without a second
// factor at each login.
func (r Role) NeedsSecondFactor() bool { return r.facts().second }

// Administers tells whether the role hands out accounts.
func (r Role) Administers() bool { return r == ProvinceAdmin || r == UnitAdmin }
