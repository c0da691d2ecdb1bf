package deskweb_test

import (
	"strings"
	"testing"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/view/viewtest"
)

// A district takes the unchanged lines in one act; what changed stays, one by one.
func TestBulkLeavesTheExceptions(t *testing.T) {
	s := demo(t)
	s.sent()
	code, body := s.as(hamyen, page)
	s.want(200, code, body, "Thẩm tra phiếu rà soát", "Không đổi, không có gì cần xem riêng", "khác kỳ trước", "88,5 %", "hạn thẩm tra 12/10/2024 (còn 11 ngày)")
	plain := append(bulk(body), "viec", "tham-tra")
	if strings.Contains(strings.Join(plain, " "), "9.2") {
		t.Errorf("9.2 changed and goes with the others: %v", plain)
	}
	code, body = s.as(hamyen, page, plain...)
	s.want(303, code, body, "xong=tham-tra")
	if s.state("2.2") != round.Verified || s.state("9.2") != round.Submitted {
		t.Errorf("2.2 %v, 9.2 %v", s.state("2.2"), s.state("9.2"))
	}
	code, body = s.as(hamyen, page, "thay", "99999", "dong", thaiSon+" "+ntm+" 9.2", "viec", "tham-tra")
	s.want(303, code, body)
	code, body = s.as(doctors, page)
	s.want(200, code, body, "Xác nhận kết quả rà soát", "15.1")
}

// Nobody but who is asked for it moves a line on.
func TestWhoMayNot(t *testing.T) {
	s := demo(t)
	s.sent()
	line := []string{"thay", "99999", "dong", thaiSon + " " + ntm + " 15.2", "ly-do", "x"}
	for _, x := range []struct {
		name string
		code int
		got  func() (int, string)
	}{
		{"the commune itself", 403, func() (int, string) { return s.as(clerk, page, append(line, "viec", "tham-tra")...) }},
		{"its leader", 403, func() (int, string) { return s.as(chair, page, append(line, "viec", "tham-tra")...) }},
		{"another district", 403, func() (int, string) { return s.as(sonyen, page, append(line, "viec", "tham-tra")...) }},
		{"the office", 403, func() (int, string) { return s.as(office, page, append(line, "viec", "xac-nhan")...) }},
		{"a supplier", 403, func() (int, string) { return s.as(insurer, page) }},
		{"the agency before the district", 422, func() (int, string) { return s.as(doctors, page, append(line, "viec", "xac-nhan")...) }},
		{"an agency of other criteria", 422, func() (int, string) { return s.as(roads, page, append(line, "viec", "xac-nhan")...) }},
		{"the district confirms", 422, func() (int, string) { return s.as(hamyen, page, append(line, "viec", "xac-nhan")...) }},
		{"the district checks in the field", 403, func() (int, string) {
			return s.as(hamyen, strings.Replace(page, "xem-xet", "phuc-tra", 1), "chi-tieu", ntm+"/15.2")
		}},
	} {
		if code, body := x.got(); code != x.code {
			t.Errorf("%s: %d, want %d: %s", x.name, code, x.code, main(body))
		}
	}
	if got := s.state("15.2"); got != round.Submitted {
		t.Errorf("15.2 moved to %v", got)
	}
}

// A returned line needs a reason; the commune mends it and it comes back.
func TestReturnAndMend(t *testing.T) {
	s := demo(t)
	s.sent()
	line := []string{"thay", "99999", "dong", thaiSon + " " + ntm + " 9.2", "rieng", ntm + "/9.2", "viec", "tra-lai"}
	code, body := s.as(hamyen, page, append(line, "ly-do", "")...)
	s.want(422, code, body, "Có nội dung cần sửa", "Nhập lý do", `href="#ly-do"`, `id="ly-do"`)
	code, body = s.as(hamyen, page, append(line, "ly-do", "thiếu biên bản đo đạc")...)
	s.want(303, code, body, "xong=tra-lai")
	code, body = s.as(clerk, "/viec-cua-toi")
	s.want(200, code, body, "Sửa chỉ tiêu 9.2", "thiếu biên bản đo đạc", "/xa/02407/ra-soat/2024-Q3")
	s.save(clerk, "9.2", law.Entry{Value: "89"})
	code, body = s.as(clerk, "/viec-cua-toi")
	s.want(200, code, body, "!Sửa chỉ tiêu 9.2")
	code, body = s.as(chair, "/viec-cua-toi")
	s.want(200, code, body, "Duyệt gửi 1 chỉ tiêu")
	s.send()
	if s.state("9.2") != round.Submitted {
		t.Errorf("%v", s.state("9.2"))
	}
}

// A page that is older than a value is refused, and the line is named.
func TestStalePage(t *testing.T) {
	s := demo(t)
	s.sent()
	_, old := s.as(hamyen, page)
	fields := append(bulk(old), "viec", "tham-tra")
	back := []string{"thay", "99999", "dong", thaiSon + " " + ntm + " 2.2", "ly-do", "sai", "viec", "tra-lai"}
	code, body := s.as(hamyen, page, back...)
	s.want(303, code, body)
	s.save(clerk, "2.2", law.Entry{Value: "91"})
	s.send()
	code, body = s.as(hamyen, page, fields...)
	s.want(422, code, body, "Xã Thái Sơn, 2.2", "đã thay đổi sau khi mở trang")
	if s.state("15.2") != round.Submitted {
		t.Error("some lines were moved all the same")
	}
}

func TestSpotcheck(t *testing.T) {
	s := demo(t)
	s.sent()
	to := strings.Replace(page, "xem-xet", "phuc-tra", 1)
	code, body := s.as(office, page+"?phuc-tra="+ntm+"/9.2")
	s.want(200, code, body, "Kết quả kiểm tra thực địa", "Xã báo: 88,5 %")
	base := body[strings.Index(body, `name="ban" value="`)+len(`name="ban" value="`):]
	base = base[:strings.IndexByte(base, '"')]
	form := []string{"chi-tieu", ntm + "/9.2", "dong", ntm + "/9.2", "ban", base, "ngay", "30/09/2024", "ghi-chu", "đo tại 3 thôn"}
	code, body = s.as(office, to, append(form, "gia-tri", "abc")...)
	s.want(422, code, body, "Có nội dung cần sửa", `href="#gia-tri"`, `value="abc"`, "đo tại 3 thôn")
	code, body = s.as(office, to, append(form[:6:6], "ngay", "31/12/2024", "gia-tri", "71")...)
	s.want(422, code, body, "không sau hôm nay")
	code, body = s.as(office, to, append(form, "gia-tri", "71")...)
	s.want(303, code, body, "xong=phuc-tra")
	code, body = s.as(office, page)
	s.want(200, code, body, "xã báo 88,5 %, kiểm tra thực địa 71 %", "đã kiểm tra thực địa")
}

// After 1/7/2025 no district stands between the commune and the agency.
func TestTwoTiers(t *testing.T) {
	s := demo(t)
	s.sent()
	s.Clock.Set(2025, 7, 1, 9)
	s.today = day.Of(2025, 7, 1)
	province, err := s.Places.Province("08", s.today)
	viewtest.Must(t, err)
	heirs := doctors
	heirs.Grants = append(heirs.Grants[:0:0], heirs.Grants[0])
	heirs.Grants[0].Place = province.ID
	code, body := s.as(heirs, page)
	s.want(200, code, body, "Xác nhận kết quả rà soát", "hạn xác nhận", "!hạn thẩm tra", "15.1")
}

// Whatever is sent, nothing breaks.
func TestHostile(t *testing.T) {
	s := demo(t)
	s.sent()
	long := strings.Repeat("ă", 5000)
	for _, bad := range [][]string{
		{"viec", "x"},
		{"viec", "tham-tra"},
		{"viec", "tham-tra", "thay", "-1", "dong", "x"},
		{"viec", "tham-tra", "thay", "1", "dong", "x y"},
		{"viec", "tham-tra", "thay", "1", "dong", "x y z"},
		{"viec", "tham-tra", "thay", "1", "dong", thaiSon + " y 9.2"},
		{"viec", "tham-tra", "thay", "1", "dong", thaiSon + " " + ntm + " ,,"},
		{"viec", "tra-lai", "thay", "9999", "dong", thaiSon + " " + ntm + " 9.2", "ly-do", long},
	} {
		if code, body := s.as(hamyen, page, bad...); code != 422 {
			t.Errorf("%v: %d %s", bad, code, main(body))
		}
	}
	for _, path := range []string{"/xa/99999/ra-soat/2024-Q3/xem-xet", "/xa/02407/ra-soat/x/xem-xet", "/xa/02407/ra-soat/2019-Q3/xem-xet"} {
		if code, _ := s.as(hamyen, path); code != 404 && code != 403 {
			t.Errorf("%s: %d", path, code)
		}
	}
}

// Who worked for a commune that is no more reads what became of it.
func TestAUnitThatEnded(t *testing.T) {
	s := demo(t)
	s.Clock.Set(2025, 7, 1, 9)
	s.today = day.Of(2025, 7, 1)
	code, body := s.as(clerk, "/viec-cua-toi")
	s.want(200, code, body, "Xã Thái Sơn đã kết thúc ngày 30/06/2025", "Nay thuộc xã Thái Sơn (02407)", `href="/xa/02407?ngay=2025-06-30"`)
	code, body = s.as(hamyen, "/viec-cua-toi")
	s.want(200, code, body, "Huyện Hàm Yên đã kết thúc ngày 30/06/2025", `href="/huyen/074?ngay=2025-06-30"`)
}
