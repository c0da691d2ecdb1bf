package worksheetweb_test

import (
	"context"
	"strings"
	"testing"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/view/viewtest"
)

// close closes the round of the third quarter.
func (s *site) close() {
	s.t.Helper()
	cmd := &round.Close{ID: s.board.Rounds()[0].ID}
	s.Write(s.t, cmd.Command, func(ctx context.Context, tx *db.Tx) error {
		return s.Rounds.Close(ctx, tx, people()["dieuphoi"], cmd)
	})
	viewtest.Must(s.t, s.board.Catch(context.Background()))
}

// correct sends a correction of a figure of Thái Sơn.
func (s *site) correct(who, code string, pairs ...string) reply {
	s.t.Helper()
	return s.do(who, "POST", thaiSon+"/dieu-chinh", false, append([]string{"set", ntm, "code", code, "base", "0", "key", "k-" + code}, pairs...)...)
}

// After a round was closed the coordination office corrects a figure on the
// sheet, and says why; everybody who sees the sheet sees that.
func TestCorrectionAfterClosing(t *testing.T) {
	each(t, func(s *site) {
		saved := s.save("nhap", "10", true, "value", "46,5")
		s.expect("entered", saved, 200, "Đã lưu")
		base := baseOf(saved)
		if page := s.get("dieuphoi", thaiSon+"/10"); strings.Contains(page.body, "/dieu-chinh\"") {
			t.Error("an open round offers corrections")
		}
		s.expect("of an open round", s.correct("dieuphoi", "10", "value", "45", "base", base, "ly-do", "cộng nhầm"), 403)
		s.close()
		for _, who := range []string{"nhap", "lanhdao", "huyen", "soyte"} {
			page := s.get(who, thaiSon+"/10")
			s.expect("seen by "+who, page, 200, "46,5", "Đợt đã chốt số liệu", "Điều chỉnh sau chốt của cả đợt")
			if strings.Contains(page.body, `action="`+thaiSon+`/dieu-chinh"`) {
				t.Errorf("%s is offered a correction", who)
			}
			if r := s.correct(who, "10", "value", "45", "base", base, "ly-do", "cộng nhầm"); r.code != 403 && r.code != 409 {
				t.Errorf("%s corrects: %d", who, r.code)
			}
		}
		page := s.get("dieuphoi", thaiSon+"/10")
		s.expect("offered", page, 200, "Lý do điều chỉnh", "Ghi điều chỉnh sau chốt", `value="46,5"`, `value="`+base+`"`)
		s.expect("no reason", s.correct("dieuphoi", "10", "value", "45,2", "base", base), 422, "Có nội dung cần sửa", "Nhập lý do", `href="#ly-do-10"`, `value="45,2"`, "<details class=\"sm\" open")
		s.expect("no figure", s.correct("dieuphoi", "10", "value", "nhiều", "base", base, "ly-do", "cộng nhầm"), 422, "không phải là số", "cộng nhầm")
		s.expect("on another base", s.correct("dieuphoi", "10", "value", "45,2", "ly-do", "cộng nhầm hai lần"), 409, "46,5", "45,2", `action="`+thaiSon+`/dieu-chinh"`, `value="cộng nhầm hai lần"`)
		r := s.correct("dieuphoi", "10", "value", "45,2", "base", base, "ly-do", "cộng nhầm thôn Minh Thái")
		if r.code != 303 || r.goes != thaiSon+"/10?bo="+ntm+"#ct-10" {
			t.Fatalf("corrected: %d %s %s", r.code, r.goes, r.body)
		}
		s.expect("twice", s.correct("dieuphoi", "10", "value", "45,2", "base", base, "ly-do", "cộng nhầm thôn Minh Thái"), 303)
		for _, who := range []string{"nhap", "dieuphoi"} {
			s.expect("shown to "+who, s.get(who, thaiSon+"/10"), 200, "45,2 triệu", "Điều chỉnh sau chốt.", "Cộng nhầm thôn Minh Thái.", "Công chức dieuphoi")
			whole := s.get(who, thaiSon)
			s.expect("whole, to "+who, whole, 200, "Điều chỉnh sau chốt <small>1 số liệu", "Cộng nhầm thôn Minh Thái.", "điều chỉnh sau chốt", "/dieu-chinh\"")
		}
	})
}
