package account

import (
	"context"
	"errors"
	"net"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// DemoAccount is one account of the demonstration.
type DemoAccount struct {
	Login string
	Post  string
	Role  authz.Role
}

// demoSeat is an account of the demonstration and the agency it sits in.
type demoSeat struct {
	login, post, unit string
	role              authz.Role
}

// demoSeats lists one account per role: a commune of the story and its
// district, the agency of one criterion, the suppliers of others. Criteria
// come from the table of assignments, where the service has one.
func demoSeats() []demoSeat {
	return []demoSeat{
		{"thaison.nhap", "Xã Thái Sơn – người nhập", "ubnd-02407.1", authz.CommuneEntry},
		{"thaison.lanhdao", "Xã Thái Sơn – lãnh đạo", "ubnd-02407.1", authz.CommuneLeader},
		{"hamyen.phong", "Huyện Hàm Yên – phòng phụ trách", "ubnd-074.1", authz.DistrictOffice},
		{"hamyen.lanhdao", "Huyện Hàm Yên – lãnh đạo", "ubnd-074.1", authz.DistrictLeader},
		{"soyte", "Sở Y tế – tiêu chí 15", "so-y-te.1", authz.InCharge},
		{"bhxh", "BHXH tỉnh – bảo hiểm y tế", "bhxh-tinh.1", authz.Supplier},
		{"thongke", "Cục Thống kê – thu nhập", "thong-ke.1", authz.Supplier},
		{"vpdp", "Văn phòng Điều phối nông thôn mới", "vpdp-ntm.1", authz.Coordination},
		{"vpubnd", "Văn phòng UBND tỉnh", "vp-ubnd.1", authz.ProvinceOffice},
		{"lanhdao", "Lãnh đạo UBND tỉnh", "ubnd-tinh.1", authz.ProvinceLeader},
		{"quantri", "Quản trị tỉnh", "vp-ubnd.1", authz.ProvinceAdmin},
		{"quantri.thaison", "Quản trị xã Thái Sơn", "ubnd-02407.1", authz.UnitAdmin},
	}
}

var msgDemo = fault.Msg{Key: "account.demo", Text: "tài khoản minh họa chỉ dùng khi máy chủ chạy bản trình diễn trên chính máy này (127.0.0.1)"}

// msgDemoOwn is the refusal to change what all visitors of the demonstration
// share.
var msgDemoOwn = fault.Msg{Key: "account.demo_own", Text: "tài khoản minh họa dùng chung cho mọi người xem nên không đổi được mật khẩu, xác thực hai lớp, phiên đăng nhập, không đặt lại và không khóa được; hãy mời một tài khoản mới để thử"}

// Loopback tells whether an address to listen on, "HOST:PORT", is reached from
// this machine alone. An empty host listens everywhere.
func Loopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Demo makes one account per role for the demonstration, or gives those that
// are there a new password: the same for all, returned once to be printed. It
// is refused unless the service was made for the demonstration.
func (s *Service) Demo(ctx context.Context) (list []DemoAccount, password string, err error) {
	if !s.o.Demo {
		return nil, "", fault.New(fault.Forbidden, msgDemo)
	}
	token, err := s.random(ctx)
	if err != nil {
		return nil, "", err
	}
	plain := strings.NewReplacer("-", "", "_", "", "0", "", "O", "", "1", "", "l", "", "I", "").Replace(token)
	if len(plain) < 12 {
		return nil, "", errors.New("account: too few letters for a password") // 43 random characters hold them
	}
	password = strings.ToLower(plain[:4] + "-" + plain[4:8] + "-" + plain[8:12])
	encoded, err := s.hash(ctx, password)
	if err != nil {
		return nil, "", err
	}
	err = s.write(ctx, "system", "account.demo", map[string]int{"accounts": len(demoSeats())}, func(tx *db.Tx) error {
		list = nil
		for _, seat := range demoSeats() {
			made, err := s.seatAccount(tx, seat, encoded)
			if err != nil {
				return err
			}
			if made {
				list = append(list, DemoAccount{seat.login, seat.post, seat.role})
			}
		}
		return nil
	})
	return list, password, err
}

// seatAccount makes an account of the demonstration or renews its password. A
// seat whose agency does not exist on the day is left out.
func (s *Service) seatAccount(tx *db.Tx, seat demoSeat, encoded string) (bool, error) {
	sec, found, err := secretByLogin(tx, seat.login)
	if err != nil {
		return false, err
	}
	if found {
		a, _, err := accountRow(tx, sec.account)
		if err != nil || !a.Demo {
			return false, err
		}
		sec.password, sec.changed = encoded, tx.Now()
		return true, putSecret(tx, &sec)
	}
	if _, ok := s.o.Agencies.Agency(seat.unit, tx.Today()); !ok {
		return false, nil
	}
	a := Account{ID: tx.NewID(), Login: seat.login, Post: seat.post, Unit: seat.unit, State: Active, Demo: true}
	return true, s.plant(tx, &a, encoded, NewGrant{
		Role: seat.role, From: s.o.Places.First(), Until: day.Forever, Document: "số liệu minh họa",
	})
}
