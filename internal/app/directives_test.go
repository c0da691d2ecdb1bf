package app_test

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/mail"
	"giuchuan/internal/platform/mail/mailtest"
	"giuchuan/internal/view/viewtest"
)

// notice is a document with one overdue duty of UBND huyện Hàm Yên, one due this
// week of Sở Y tế, and one without a day.
func notice() (directive.Document, []directive.Duty) {
	doc := directive.Document{
		ID: "d-mau", Number: "58", Symbol: "TB-UBND", Kind: "TB", Issued: day.Of(2024, time.June, 7), Title: "Kết luận họp",
		Issuer: "UBND tỉnh", IssuerID: "ubnd-tinh.1", State: directive.Active,
	}
	to := func(id string) []directive.Addressee {
		return []directive.Addressee{{Text: id, Role: directive.Lead, Agencies: []string{id}}}
	}
	return doc, []directive.Duty{
		{
			ID: "n1", Document: doc.ID, Ref: "1.7", Group: "1.7", Seq: 1, Text: "Chỉ đạo các xã trình thẩm định Kế hoạch duy trì tiêu chí",
			Addressees: to("ubnd-074.1"), Due: day.Of(2024, time.September, 30), Kind: directive.OnDate,
		},
		{
			ID: "n2", Document: doc.ID, Ref: "2.1", Group: "2", Seq: 2, Text: "Rà soát thẻ bảo hiểm y tế",
			Addressees: to("so-y-te.1"), Due: day.Of(2024, time.October, 4), Kind: directive.OnDate,
		},
		{
			ID: "n3", Document: doc.ID, Ref: "2.2", Group: "2", Seq: 3, Text: "Thường xuyên kiểm tra các trạm y tế",
			Addressees: to("so-y-te.1"), Due: day.None, Kind: directive.Continuous,
		},
	}
}

func (s *site) giveNotice(t testing.TB) {
	t.Helper()
	doc, duties := notice()
	ctx := context.Background()
	viewtest.Must(t, s.app.DB.Write(ctx, db.Command{Actor: "a", Name: "directive.confirm"}, func(tx *db.Tx) error {
		return s.server.Tasks().Confirmed(ctx, tx, &doc, duties)
	}))
	viewtest.Must(t, s.server.CatchUp(ctx))
}

// reads asks for a page and looks for words in it, or with "!" that they are not
// there.
func (s *site) reads(t testing.TB, role authz.Role, path string, want ...string) string {
	t.Helper()
	got := s.do(t, role, ask(path))
	if got.status != 200 {
		t.Fatalf("%s reads %s: %d %s", role, path, got.status, short(got.body))
	}
	text := strings.Join(strings.Fields(got.body), " ")
	for _, w := range want {
		if bare, not := strings.CutPrefix(w, "!"); not == strings.Contains(text, bare) {
			t.Errorf("%s reads %s: %q", role, path, w)
		}
	}
	return got.body
}

// TestWhatIsOpenIsSeen: on 1 October 2024 the district is one day late. Each sees
// it where the day's work begins, and nobody sees what is another's.
func TestWhatIsOpenIsSeen(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		before := s.reads(t, authz.ProvinceLeader, "/tong-quan", "Việc cần lãnh đạo quyết", "!nhiệm vụ quá hạn")
		if strings.Contains(before, "58/TB-UBND") {
			t.Error("a notice that nobody entered")
		}
		s.giveNotice(t)
		s.reads(t, authz.DistrictLeader, "/viec-cua-toi", "Tiếp nhận Thông báo số 58/TB-UBND", "Nhiệm vụ 1.7", "!Nhiệm vụ 2.1", "Quá hạn")
		s.reads(t, authz.InCharge, "/viec-cua-toi", "Nhiệm vụ 2.1", "!Nhiệm vụ 2.2", "!Nhiệm vụ 1.7", "Đến hạn tuần này")
		s.reads(t, authz.CommuneEntry, "/viec-cua-toi", "!58/TB-UBND")
		s.reads(t, authz.ProvinceLeader, "/tong-quan", "UBND huyện Hàm Yên: 1 nhiệm vụ quá hạn", "quá hạn 1 ngày")
		s.reads(t, authz.InCharge, "/tong-quan", "!nhiệm vụ quá hạn")
		s.reads(t, authz.ProvinceLeader, "/tong-quan?ngay=2024-09-01", "!nhiệm vụ quá hạn")
		s.reads(t, authz.DistrictOffice, "/huyen/074", "Nhiệm vụ theo văn bản chỉ đạo", "quá hạn 1 ngày", "Chưa tiếp nhận")
		s.reads(t, authz.CommuneLeader, "/huyen/074", "!Nhiệm vụ theo văn bản chỉ đạo")
		s.reads(t, authz.InCharge, "/so-nganh/so-y-te.1", "Nhiệm vụ theo văn bản chỉ đạo", "1 việc thường xuyên, không thời hạn")
		s.reads(t, authz.ProvinceOffice, "/don-doc", "UBND huyện Hàm Yên", "2 đơn vị", "đề nghị", "đã quá hạn 1 ngày")
		s.reads(t, authz.Coordination, "/don-doc", "Văn phòng Điều phối Chương trình")
		s.reads(t, authz.ProvinceLeader, "/don-doc", "yêu cầu")
	})
}

var draftLink = regexp.MustCompile(`href="(/giao-viec/[0-9a-v]{26})"`)

var formEntry = regexp.MustCompile(`name="ban" value="(\d+)"`)

// TestWorkIsGivenFromAPage: a leader asks from a commune's dossier, Văn phòng UBND
// tỉnh finds it among its work and gives it, the body finds it among its own, and
// the leader reads what became of it.
func TestWorkIsGivenFromAPage(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		page := s.reads(t, authz.ProvinceLeader, "/xa/02407", "Giao việc về xã này")
		s.reads(t, authz.CommuneLeader, "/xa/02407", "!Giao việc")
		link := regexp.MustCompile(`href="(/giao-viec/moi\?[^"]+)"`).FindStringSubmatch(page)
		if link == nil {
			t.Fatal("no link to Giao việc")
		}
		at, err := url.Parse(strings.ReplaceAll(link[1], "&amp;", "&"))
		viewtest.Must(t, err)
		s.reads(t, authz.ProvinceLeader, at.String(), "xã Thái Sơn", `name="trang" value="/xa/02407"`)
		q := at.Query()
		got := s.do(t, authz.ProvinceLeader, post("/giao-viec/moi", "noi", q.Get("noi"), "trang", q.Get("trang"), "viec", " "))
		if got.status != 422 || !strings.Contains(got.body, "hãy ghi việc cần làm") && !strings.Contains(got.body, "Hãy ghi việc cần làm") {
			t.Fatalf("an empty request: %d %s", got.status, short(got.body))
		}
		got = s.do(t, authz.ProvinceLeader, post("/giao-viec/moi", "noi", q.Get("noi"), "trang", q.Get("trang"), "viec", "Cấp thẻ BHYT cho 8 người nam", "thoi-han", "20/10/2024"))
		if got.status != 303 {
			t.Fatalf("the request: %d %s", got.status, short(got.body))
		}
		inbox := s.reads(t, authz.ProvinceOffice, "/viec-cua-toi", "Giao việc: Cấp thẻ BHYT cho 8 người nam", "xã Thái Sơn")
		path := draftLink.FindStringSubmatch(inbox)
		if path == nil {
			t.Fatal("the inbox has no link to the draft")
		}
		one := s.reads(t, authz.ProvinceOffice, path[1], "Lãnh đạo UBND tỉnh", "Mở trang đã đề nghị", `value="20/10/2024"`)
		entry := formEntry.FindStringSubmatch(one)
		got = s.do(t, authz.ProvinceOffice, post(path[1]+"/giao", "ban", entry[1], "viec", "Cấp thẻ BHYT cho 8 người nam", "don-vi", "", "thoi-han", "1/1/2024"))
		if got.status != 422 || !strings.Contains(got.body, "chọn đơn vị thực hiện") || !strings.Contains(got.body, "từ hôm nay") {
			t.Fatalf("without a body, due last year: %d %s", got.status, short(got.body))
		}
		got = s.do(t, authz.ProvinceOffice, post(path[1]+"/giao", "ban", entry[1], "viec", "Cấp thẻ BHYT cho 8 người nam", "don-vi", "ubnd-074.1", "thoi-han", "20/10/2024"))
		if got.status != 303 {
			t.Fatalf("given: %d %s", got.status, short(got.body))
		}
		s.reads(t, authz.ProvinceOffice, "/viec-cua-toi", "!Giao việc: Cấp thẻ")
		s.reads(t, authz.DistrictOffice, "/viec-cua-toi", "Cấp thẻ BHYT cho 8 người nam", "20/10/2024")
		s.reads(t, authz.ProvinceLeader, "/giao-viec", "đã giao")
		s.reads(t, authz.ProvinceOffice, "/nhat-ky", "Giao việc được đề nghị", "!request.give")
	})
}

// TestRemindersLeaveByMail: the server's own look gives the reminders that have
// come, once, and who asked for mail gets it.
func TestRemindersLeaveByMail(t *testing.T) {
	ctx := context.Background()
	catcher := (&mailtest.Catcher{User: "may", Password: "x"}).Start(t)
	s := newSiteWith(t, "", func(c *app.ServerConfig) {
		c.Mail = mail.Server{URL: catcher.URL(), User: "may", Password: blob.Secret("x"), From: "Giữ Chuẩn <a@tinh.example>", Roots: catcher.Roots}
		c.Site = "https://giuchuan.example"
	})
	s.reads(t, authz.DistrictLeader, "/tai-khoan", `href="/tai-khoan/nhac-viec"`)
	if got := s.do(t, authz.DistrictLeader, post("/tai-khoan/nhac-viec", "thu", "hamyen@tinh.example", "nhan", "1")); got.status != 303 {
		t.Fatalf("the address: %d %s", got.status, short(got.body))
	}
	if got := s.do(t, authz.DistrictLeader, post("/tai-khoan/nhac-viec", "thu", "a@b\r\nBcc: c@d.vn", "nhan", "1")); got.status != 422 {
		t.Fatalf("a bad address: %d", got.status)
	}
	s.giveNotice(t)
	for range 2 {
		viewtest.Must(t, s.server.Remind(ctx))
	}
	letters := catcher.Letters()
	if len(letters) != 2 {
		t.Fatalf("%d letters, want the welcome and one reminder", len(letters))
	}
	l := letters[0]
	if !strings.Contains(l.Subject, "Đôn đốc") { // both were put into the box in the same moment
		l = letters[1]
	}
	if l.To != "hamyen@tinh.example" || !strings.Contains(l.Subject, "Đôn đốc") || !strings.Contains(l.Text, "Nhiệm vụ 1.7") ||
		!strings.Contains(l.Text, "https://giuchuan.example/nhiem-vu/") || strings.Contains(l.Text, "2.1") {
		t.Errorf("%s: %s\n%s", l.To, l.Subject, l.Text)
	}
	s.reads(t, authz.ProvinceOffice, "/don-doc", "Phần mềm đã đôn đốc ngày 01/10/2024")
	s.reads(t, authz.ProvinceAdmin, "/quan-tri/thu", "0 thư chờ gửi, 2 thư đã gửi", "Không có thư nào gặp lỗi")
	if strings.Contains(s.log.String(), "hamyen@") || strings.Contains(s.log.String(), `"x"`) {
		t.Errorf("an address or the password stands in the log:\n%s", s.log)
	}
}
