package deskweb_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/view/desk"
	"giuchuan/internal/view/viewtest"
	"giuchuan/reference"
)

const column = "/so-nganh/" + health + "?ky=2024-Q3&chi-tieu=" + ntm + "%2F15.1"

// verified sends Thái Sơn's sheet and lets the district verify all of it.
func (s *site) verified() {
	s.t.Helper()
	s.sent()
	move := &round.Move{Act: round.ActVerify, Period: s.period}
	for _, c := range []string{"2.1", "2.2", "15.1", "15.2", "15.3", "9.2"} {
		move.Items = append(move.Items, round.Item{Place: thaiSon, Set: ntm, Code: c})
	}
	s.do(move.Command, func(ctx context.Context, tx *db.Tx) error { _, err := s.Rounds.Move(ctx, tx, hamyen, move); return err })
}

// An agency confirms what did not change over all communes in one act, on both
// engines.
func TestAgencyConfirms(t *testing.T) {
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		w.Fill(t)
		s := build(t, w)
		s.verified()
		code, body := s.as(doctors, "/so-nganh/"+health)
		s.want(200, code, body, "Sở Y tế", "Xác nhận", "dòng không đổi của 1 xã", "15.1", "Xã chưa gửi dòng nào của cơ quan", "!9.2")
		code, body = s.as(doctors, "/so-nganh/"+health+"/xac-nhan?ky=2024-Q3", bulk(body)...)
		s.want(303, code, body, "xong=xac-nhan")
		if s.state("15.2") != round.Confirmed || s.state("2.2") != round.Verified {
			t.Errorf("15.2 %v, 2.2 %v", s.state("15.2"), s.state("2.2"))
		}
	})
}

// What waits for the agency is the same number to whoever looks at its page.
func TestWhatWaitsForAnAgency(t *testing.T) {
	s := demo(t)
	s.verified()
	waits := regexp.MustCompile(`(?s)15\.2 .*?</a></th>.*?<td class="n"><b>(\d+)</b>`)
	for _, who := range []authz.Subject{doctors, office, grant(authz.ProvinceLeader, "08.1", "ubnd-tinh.1")} {
		code, body := s.as(who, "/so-nganh/"+health)
		if m := waits.FindStringSubmatch(body); code != 200 || m == nil || m[1] != "1" {
			t.Errorf("%s reads %v", who.ID, m)
		}
	}
}

func TestWhoOpensAnAgencysPage(t *testing.T) {
	s := demo(t)
	for _, x := range []struct {
		who  authz.Subject
		path string
		code int
	}{
		{doctors, "/so-nganh/" + health, 200},
		{office, "/so-nganh/" + health, 200},
		{grant(authz.ProvinceLeader, "08.1", "ubnd-tinh.1"), "/so-nganh/" + health, 200},
		{roads, "/so-nganh/" + health, 403},
		{clerk, "/so-nganh/" + health, 403},
		{hamyen, "/so-nganh/" + health, 403},
		{office, "/so-nganh/khong-co", 404},
		{office, "/so-nganh", 200},
		{doctors, "/so-nganh", 200},
	} {
		if code, body := s.as(x.who, x.path); code != x.code {
			t.Errorf("%s %s: %d, want %d: %s", x.who.ID, x.path, code, x.code, main(body))
		}
	}
	code, body := s.as(office, "/so-nganh/"+health+"/xac-nhan", "viec", "xac-nhan")
	s.want(403, code, body)
	code, body = s.as(doctors, "/so-nganh/"+health+"/xac-nhan")
	s.want(200, 200, body)
	if code < 400 {
		t.Errorf("a form's address answers GET with %d", code)
	}
}

var kept = regexp.MustCompile(`name="((?:ban|nam-tu|nam-mau|nu-tu|nu-mau|gia-tri)-\d{5})" value="([^"]*)"`)

// A column is pasted, looked at, and recorded; on both engines.
func TestFillAColumn(t *testing.T) {
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		w.Fill(t)
		s := build(t, w)
		to := strings.Replace(column, "?", "/nhap?", 1)
		code, body := s.as(doctors, column)
		s.want(200, code, body, "Nhập cả cột", "Xã", "kém nhất đứng trước", "Nam: tử số")
		code, body = s.as(doctors, to, "buoc", "xem", "dan", "02407\t3136\t3484\t3205\t3520\n99999\t1\n02389\t5\t4\t1\t2")
		s.want(422, code, body, "Dòng 2: không có xã mang mã “99999”", "Xã Minh Dân", "3136")
		code, body = s.as(doctors, to, "buoc", "xem", "dan", "02407\t3136\t3484\t3205\t3520\n02389\t92,5")
		s.want(200, code, body, "Xem trước: 2 giá trị sẽ đổi", "Ghi 2 giá trị", "Thái Sơn", "3.136/3.484")
		_, part, _ := strings.Cut(body, `name="buoc" value="ghi"`)
		part, _, _ = strings.Cut(part, "</form>")
		form := []string{"buoc", "ghi"}
		for _, m := range kept.FindAllStringSubmatch(part, -1) {
			form = append(form, m[1], m[2])
		}
		code, body = s.as(doctors, to, form...)
		s.want(303, code, body, "xong=nhap&so=2")
		code, body = s.as(doctors, column)
		s.want(200, code, body, "3.136/3.484", "92,5 %")
		s.save(doctors, "15.1", law.Entry{Value: "90"})
		code, body = s.as(doctors, to, form...) // the same page again, after somebody else
		s.want(422, code, body, "Xã Thái Sơn", "đã được người khác sửa")
		code, body = s.as(roads, to, form...)
		s.want(403, code, body)
	})
}

func TestQuestions(t *testing.T) {
	s := demo(t)
	s.save(doctors, "15.1", law.Entry{Value: "92"})
	ask := &round.Ask{Target: round.Target{Place: thaiSon, Period: s.period, Set: ntm, Code: "15.1"}, Reason: "thiếu 12 thẻ"}
	s.do(ask.Command, func(ctx context.Context, tx *db.Tx) error { return s.Rounds.Ask(ctx, tx, clerk, ask) })
	code, body := s.as(doctors, "/viec-cua-toi")
	s.want(200, code, body, "Đề nghị kiểm tra lại chờ trả lời", "15.1", "thiếu 12 thẻ", "Xã Thái Sơn", "/so-nganh/so-y-te.1?chi-tieu=")
	code, body = s.as(doctors, "/so-nganh/"+health)
	s.want(200, code, body, "Xã đề nghị: “thiếu 12 thẻ”")
	to := "/so-nganh/" + health + "/tra-loi?ky=2024-Q3"
	code, body = s.as(doctors, to, "dong", thaiSon+" "+ntm+" 15.1", "ly-do", "")
	s.want(422, code, body, "Nhập lý do", `href="#ly-do"`)
	code, body = s.as(doctors, to, "dong", thaiSon+" "+ntm+" 15.1", "ly-do", "đã đối chiếu danh sách")
	s.want(303, code, body, "xong=tra-loi")
	code, body = s.as(doctors, "/viec-cua-toi")
	s.want(200, code, body, "!thiếu 12 thẻ")
}

// Work follows the assignment: what was given to another agency is no longer
// waiting here.
func TestReassignedWork(t *testing.T) {
	s := demo(t)
	s.verified()
	code, body := s.as(doctors, "/viec-cua-toi")
	s.want(200, code, body, "tiêu chí 15", "Xã Thái Sơn", "Chờ tôi thẩm tra, xác nhận")
	agencies, err := agency.Load(reference.FS(), s.Places, viewtest.Province)
	viewtest.Must(t, err)
	assigned := agency.NewAssignments(agencies, s.Law)
	s.assignFrom(assigned, "so-gtvt.1", "15", day.Of(2024, time.September, 1))
	mine := func(id string) authz.Subject {
		var fields []string
		viewtest.Must(t, s.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
			fields, err = assigned.Fields(context.Background(), tx, authz.InCharge, id, s.today)
			return err
		}))
		return grant(authz.InCharge, "08.1", id, fields...)
	}
	code, body = s.as(mine(health), "/viec-cua-toi")
	s.want(200, code, body, "!tiêu chí 15")
	code, body = s.as(mine("so-gtvt.1"), "/viec-cua-toi")
	s.want(200, code, body, "tiêu chí 15")
	code, body = s.as(mine("so-gtvt.1"), "/so-nganh/so-gtvt.1")
	s.want(200, code, body, "15.1")
}

// A district verifies what did not change in all its communes in one act.
func TestDistrict(t *testing.T) {
	s := demo(t)
	s.sent()
	unit, _ := s.Places.Latest(hamYen)
	r, ok := s.desk.Round("")
	if !ok {
		t.Fatal("no round")
	}
	x, ok, err := s.desk.District(context.Background(), desk.Person{Subject: hamyen, Today: s.today}, unit, r, desk.Files{})
	viewtest.Must(t, err)
	if !ok || len(x.Plain) == 0 || len(x.Exceptions) == 0 || x.Sum(desk.NotSent) == 0 {
		t.Fatalf("%v %d %d", ok, len(x.Plain), len(x.Exceptions))
	}
	for i := range x.Rows {
		if c := &x.Rows[i]; c.Unit.ID == thaiSon && (c.Progress != desk.PartSent || c.Due != r.SendBy || c.Plain == 0) {
			t.Errorf("%+v", c)
		}
	}
	var codes []string
	for i := range x.Plain {
		codes = append(codes, x.Plain[i].Indicator().Code)
	}
	form := []string{"thay", "99999", "dong", thaiSon + " " + ntm + " " + strings.Join(codes, ",")}
	code, body := s.as(sonyen, "/huyen/074/tham-tra?ky=2024-Q3", form...)
	s.want(403, code, body)
	code, body = s.as(hamyen, "/huyen/074/tham-tra?ky=2024-Q3")
	if code < 400 {
		t.Error(body)
	}
	code, body = s.as(hamyen, "/huyen/074/tham-tra?ky=2024-Q3", "thay", "1")
	s.want(422, code, body, "Chưa chọn dòng nào", "Tình trạng phiếu")
	code, body = s.as(hamyen, "/huyen/074/tham-tra?ky=2024-Q3", form...)
	s.want(303, code, body, "/huyen/074?ky=2024-Q3", "xong=tham-tra")
	if s.state("2.2") != round.Verified || s.state("9.2") != round.Submitted {
		t.Errorf("%v %v", s.state("2.2"), s.state("9.2"))
	}
}

// Every role has its page of work; who has none is told so.
func TestInbox(t *testing.T) {
	s := demo(t)
	for _, x := range []struct {
		who   authz.Subject
		texts []string
	}{
		{clerk, []string{"Nhập phiếu rà soát: còn", "Xã Thái Sơn", "Đến hạn tuần này", "còn 4 ngày", "data-unsent"}},
		{chair, []string{"Không có việc nào đang chờ", "!data-unsent"}},
		{hamyen, []string{"xã chưa gửi phiếu", "Huyện Hàm Yên:", "/huyen/074?ky=2024-Q3#ra-soat"}},
		{sonyen, []string{"Không có việc nào đang chờ"}},
		{insurer, []string{"Nhập số liệu chỉ tiêu 15.1", "/so-nganh/bhxh.1?chi-tieu=xa-ntm-2021-2025%2F15.1"}},
		{office, []string{"xã chưa gửi phiếu", "Huyện Hàm Yên:"}},
		{grant(authz.UnitAdmin, thaiSon, "ubnd-02407.1"), []string{"Không có việc nào đang chờ"}},
	} {
		code, body := s.as(x.who, "/viec-cua-toi")
		s.want(200, code, body, x.texts...)
	}
	s.today += 10
	code, body := s.as(clerk, "/viec-cua-toi")
	s.want(200, code, body, "Quá hạn", "quá hạn 6 ngày", "1 việc quá hạn")
}
