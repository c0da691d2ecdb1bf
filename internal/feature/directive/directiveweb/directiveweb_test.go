package directiveweb_test

import (
	"context"
	"io/fs"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

func TestFromUploadToConfirmation(t *testing.T) {
	each(t, func(s *site) {
		s.get("/chi-dao", 200, "Chưa có văn bản nào", "Nhập văn bản")
		at := s.take()
		page := s.get(
			at+"/doc", 200, "Số: để trống", "Ngày: …/6/2024", "1 thời hạn có ngày", "1 văn bản dẫn chiếu", "Văn bản gốc", "chưa chọn", "phụ thuộc văn bản chưa nhập: 94/TB-UBND",
			"Sở Tư pháp dự họp nhưng không có trong nơi nhận", "Ai chủ trì?", "độ tin cậy",
		)
		ids := s.cards(at)
		for ref, id := range ids {
			if !strings.Contains(page, `href="#v-`+id) || !strings.Contains(page, `id="v-`+id) || !strings.Contains(page, `href="#nv-`+id) {
				s.t.Errorf("%s is not tied to the text both ways", ref)
			}
		}
		s.post(at+"/xac-nhan", 422, values(), "Mục 2: chưa chọn cơ quan chủ trì", "Mục 3: “Các thành viên Ban Chỉ đạo")
		s.post(at+"/nhiem-vu/"+ids["2"], 303, values("viec", "chu-tri", "chu-tri", "Sở Tài chính"), at+"/doc#nv-"+ids["2"])
		s.post(at+"/xac-nhan", 422, values("cho-danh-sach", "khác"), "Mục 3:")
		s.post(at+"/xac-nhan", 422, values("ban", "1", "cho-danh-sach", "Các thành viên Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh"), "Người khác vừa sửa")
		s.post(at+"/xac-nhan", 303, values("cho-danh-sach", "Các thành viên Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh"), at+"?xong=xac-nhan")
		s.get(at, 200, "bảng theo dõi", "đang theo dõi", "PHÓ CHÁNH VĂN PHÒNG", "Xác nhận và giao nhiệm vụ", "chức danh của an", "Báo cáo dùng tại cuộc họp: chưa có văn bản")
		s.get("/chi-dao?q=ra+soat+duong", 200, "chưa có số /TB-UBND", "đang theo dõi")
		s.get("/chi-dao?tinh-trang=stub", 200, "94/TB-UBND", "chưa có toàn văn")
		s.get("/chi-dao?nam=2023", 200, "Không có văn bản nào khớp")
		s.get("/chi-dao/so-van-ban.xlsx", 200)
		s.post(at+"/hoan-chinh", 422, values("so", "9x", "ky-hieu", "TB-UBND", "ngay-van-ban", "32/6/2024", "loai", "TB"), "Hãy nhập ngày dạng", `value="9x"`, `value="32/6/2024"`)
		s.post(at+"/hoan-chinh", 422, values("so", "9x", "ky-hieu", "TB-UBND", "ngay-van-ban", "07/06/2024", "loai", "TB"), "Số văn bản chỉ gồm chữ số")
		s.post(at+"/hoan-chinh", 303, values("so", "999", "ky-hieu", "TB-UBND", "ngay-van-ban", "07/06/2024", "loai", "TB", "trich-yeu", "Rà soát"))
		s.get(at, 200, "Thông báo 999/TB-UBND", "số từ “để trống” thành “999”")
		again := s.take()
		s.post(again+"/hoan-chinh", 303, values("so", "999", "ky-hieu", "TB-UBND", "ngay-van-ban", "08/06/2024", "loai", "TB", "co-quan", "UBND tỉnh Tuyên Quang"))
		s.get(again, 200, "Đã có văn bản cùng số, ký hiệu")
	})
}

func TestEditForm(t *testing.T) {
	each(t, func(s *site) {
		t := s.t
		at := s.take()
		ids := s.cards(at)
		first := ids["1a"]
		page := s.get(at+"/doc?sua="+first, 200, "Sửa nhiệm vụ", "Đơn vị được giao", "Tách hoặc gộp", "‖")
		if !field.MatchString(page) {
			t.Fatal("no form")
		}
		base := func(pairs ...string) url.Values {
			v := values("viec", "sua", "so-dong", "3", "noi-dung-nv", "Sở Y tế rà soát nhà vệ sinh", "loai-han", "none", "dc-ten-0", "Sở Y tế", "dc-vai-0", "lead")
			for i := 0; i+1 < len(pairs); i += 2 {
				v.Set(pairs[i], pairs[i+1])
			}
			return v
		}
		to := at + "/nhiem-vu/" + first
		s.post(to, 422, base("han", "31/02/2024", "san-pham", "giữ lại"), "Hãy nhập ngày dạng", `value="giữ lại"`, `value="31/02/2024"`)
		s.post(to, 422, base("loai-han", "date"), "Loại thời hạn này cần ngày")
		s.post(to, 422, base("dc-ten-0", "Sở Không Có"), "Chưa rõ “Sở Không Có”", "Sở Không Có")
		s.post(to, 422, base("dc-gom-0", "Sở Y tế; Sở La"), "Không có cơ quan “Sở La”")
		s.post(to, 422, base("kiem-tra", "Sở La"), "Không có cơ quan “Sở La”")
		s.post(to, 422, base("noi-dung-nv", ""), "Hãy ghi nội dung nhiệm vụ")
		s.post(to, 303, base(
			"dc-ten-1", "UBND huyện, thành phố", "dc-vai-1", "support", "dc-ten-2", "xã có chợ", "dc-vai-2", "support", "dc-cho-2", "1",
			"han", "30/9/2024", "kiem-tra", "Sở Xây dựng", "buoc", "trinh", "rieng", "1", "doi-tuong", "xã Phù Lưu\nthôn 3", "san-pham", "báo cáo",
		))
		s.get(at+"/doc", 200, "hạn 30/09/2024", "7 cơ quan", "chưa xác định danh sách", "theo dõi riêng", "kiểm tra: Sở Xây dựng", "hoàn thành khi: trình thẩm định",
			"Địa bàn, đối tượng: xã Phù Lưu; thôn 3 (chưa rõ địa bàn)", "người đã sửa")
		s.post(to, 422, values("viec", "tach", "cho-tach", "0"), "Hãy chọn chỗ tách")
		s.post(to, 303, values("viec", "tach", "cho-tach", "7"))
		after := s.cards(at)
		if len(after) != len(ids)+1 || after["1b"] == ids["1b"] {
			t.Errorf("after the split: %v, before %v", after, ids)
		}
		s.post(to, 422, values("viec", "gop"), "Hãy chọn một nhiệm vụ khác")
		s.post(to, 303, values("viec", "gop", "gop-voi", after["1b"]))
		s.post(at+"/nhiem-vu/"+ids["3"], 303, values("viec", "bo"))
		s.get(at+"/doc", 200, "2 mục đã bỏ hoặc đã gộp", "Khôi phục")
		s.post(at+"/nhiem-vu/"+ids["3"], 303, values("viec", "khoi-phuc"))
		s.post(at+"/nhiem-vu", 422, values("so-dong", "2", "noi-dung-nv", "thêm", "dc-ten-0", "Sở Y tế", "dc-vai-0", "lead", "loai-han", "none"), "Hãy ghi mục của văn bản")
		s.post(at+"/nhiem-vu", 303, values("muc", "4", "so-dong", "2", "noi-dung-nv", "Sở Y tế báo cáo", "dc-ten-0", "Sở Y tế", "dc-vai-0", "lead", "loai-han", "none"))
		s.post(at+"/nhiem-vu/khong-co", 404, values("viec", "bo"))
		s.post("/chi-dao/khong-co/xac-nhan", 404, values())
	})
}

func TestReasonOnceActive(t *testing.T) {
	each(t, func(s *site) {
		t := s.t
		at := s.take()
		ids := s.cards(at)
		s.post(at+"/nhiem-vu/"+ids["2"], 303, values("viec", "chu-tri"))
		s.post(at+"/xac-nhan", 303, values("cho-danh-sach", "Các thành viên Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh"))
		s.post(at+"/nhiem-vu/"+ids["3"], 422, values("viec", "bo"), "hãy ghi lý do điều chỉnh", "Sửa nhiệm vụ")
		s.post(at+"/nhiem-vu/"+ids["3"], 303, values("viec", "bo", "ly-do", "rút theo chỉ đạo"))
		s.get(at, 200, "Bỏ nhiệm vụ 3", "rút theo chỉ đạo")
		s.post(at+"/nhiem-vu/"+ids["3"], 422, values("viec", "khoi-phuc"), "hãy ghi lý do điều chỉnh")
		s.post(at+"/rut", 422, values(), "Hãy ghi lý do thu hồi văn bản")
		s.as(authz.InCharge, "08.1", "so-y-te.1")
		if body := s.get(at, 200, "Sở Y tế rà soát"); strings.Contains(body, "<form method=\"post\"") || strings.Contains(body, "Kiểm tra bao phủ") {
			t.Error("a unit is offered what is not its own")
		}
		s.get(at+"/doc", 200, "Văn bản gốc")
		s.get(at+"/ban-goc", 200, "Sở Y tế rà soát")
		s.post(at+"/rut", 403, values("ly-do-rut", "x"))
		s.as(authz.InCharge, "08.1", "so-gtvt.1")
		s.get(at, 403, "không gửi đến")
		s.get(at+"/ban-goc", 403)
		s.as(authz.ProvinceOffice, "08.1", "vp-ubnd.1")
		s.post(at+"/rut", 303, values("ly-do-rut", "thu hồi theo văn bản 20/TB-UBND"))
		s.get("/chi-dao?tinh-trang=withdrawn", 200, "đã rút khỏi sổ")
	})
}

func TestMemberPages(t *testing.T) {
	each(t, func(s *site) {
		t := s.t
		at := s.take()
		s.get(at, 200, "1 nhiệm vụ chờ danh sách thành viên Ban Chỉ đạo", "Chưa xác định danh sách thành viên")
		s.post(at+"/giao-thanh-vien", 422, values(), "Chưa xác định danh sách thành viên")
		const list = "/chi-dao/thanh-vien"
		s.post(list, 422, values("co-quan", "so-y-te.1", "tu-ngay", "1/2", "chuc-danh", "Giám đốc"), "Hãy nhập ngày dạng", `value="Giám đốc"`, `value="1/2"`)
		s.post(list, 422, values("co-quan", "so-y-te.1", "tu-ngay", "01/01/2022"), "số và ngày quyết định")
		s.post(list, 303, values("co-quan", "so-y-te.1", "tu-ngay", "01/01/2022", "so-quyet-dinh", "10/QĐ-UBND", "ngay-quyet-dinh", "01/01/2022", "chuc-danh", "Giám đốc Sở, thành viên"))
		s.get(list, 200, "1 cơ quan là thành viên", "Giám đốc Sở, thành viên", "Giao cho các thành viên", "10/QĐ-UBND")
		s.post(at+"/giao-thanh-vien", 303, values())
		if body := s.get(at, 200); strings.Contains(body, "chờ danh sách thành viên") {
			t.Error("the duty still waits")
		}
		s.as(authz.ProvinceLeader, "08.1", "ubnd-tinh.1")
		if body := s.get(list, 200, "Sở Y tế"); strings.Contains(body, "Thêm thành viên") {
			t.Error("a reader is offered to write")
		}
	})
}

func TestFiles(t *testing.T) {
	each(t, func(s *site) {
		t := s.t
		at := s.take()
		if body := s.get(at+"/ban-goc", 200); body != letter {
			t.Errorf("the original differs: %q", body)
		}
		s.upload(at+"/tep", "", "", 422)
		s.upload(at+"/tep", "bao-cao.exe", "MZ...", 422)
		pdf := report()
		s.upload(at+"/tep", "báo cáo.pdf", pdf, 303, "chu-thich", "Báo cáo của Sở")
		m := regexp.MustCompile(`href="(/chi-dao/[0-9a-v]+/tep/[0-9a-v]+)"`).FindStringSubmatch(s.get(at, 200, "Báo cáo của Sở", "báo cáo.pdf"))
		if m == nil {
			t.Fatal("no link to the report")
		}
		if s.get(m[1], 200) != pdf {
			t.Error("the report differs")
		}
		other := s.take()
		s.get(other+"/tep/"+m[1][strings.LastIndex(m[1], "/")+1:], 404)
	})
}

// TestNothingOfASecretDocument holds that a document marked MẬT leaves nothing:
// no row, no file, no word in the log or in the answer.
func TestNothingOfASecretDocument(t *testing.T) {
	each(t, func(s *site) {
		t := s.t
		const word = "Kế hoạch Bí-danh-777"
		text := "MẬT\n\n" + strings.Replace(letter, "Kết luận cuộc họp", word, 1)
		before := s.entries()
		body := s.upload("/chi-dao/nhap", "x.txt", text, 422)
		body += s.upload("/chi-dao/nhap", "", "", 422, "van-ban", text)
		for _, said := range []string{"không nhận văn bản mật"} {
			if !strings.Contains(body, said) {
				t.Errorf("the refusal lacks %q", said)
			}
		}
		files := 0
		must(t, filepath.WalkDir(s.folder, func(_ string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				files++
			}
			return err
		}))
		if files != 0 || s.entries() != before || strings.Contains(s.log.String(), "Bí-danh") || strings.Contains(body, "Bí-danh") {
			t.Errorf("%d files kept, %d entries; log %q", files, s.entries()-before, s.log.String())
		}
		s.get("/chi-dao", 200, "Chưa có văn bản nào")
	})
}

func (s *site) entries() (n int64) {
	s.t.Helper()
	must(s.t, s.db.Read(context.Background(), func(tx *db.Tx) error {
		n = tx.Position()
		return nil
	}))
	return n
}

func TestBadUploads(t *testing.T) {
	each(t, func(s *site) {
		t := s.t
		s.upload("/chi-dao/nhap", "", "", 422)
		s.upload("/chi-dao/nhap", "a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 422)
		s.upload("/chi-dao/nhap", "a.docx", "PK\x03\x04 hỏng", 422)
		s.upload("/chi-dao/nhap", "a.txt", " \n ", 422)
		s.upload("/chi-dao/nhap", "a.txt", strings.Repeat("x", 21<<20), 413)
		r := httptest.NewRequest("POST", "/chi-dao/nhap", strings.NewReader("x"))
		r.Header.Set("Content-Type", "multipart/form-data")
		if code, body, _ := s.send(r); code != 400 {
			t.Errorf("a broken form: %d %.300s", code, body)
		}
		s.get("/chi-dao/khong-co", 404)
		s.as(authz.Coordination, "08.1", "vpdp-ntm.1")
		s.get("/chi-dao/nhap", 403)
	})
}

// report is the smallest PDF there is.
func report() string {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n")
	at := b.Len()
	b.WriteString("xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \ntrailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n" + strconv.Itoa(at) + "\n%%EOF\n")
	return b.String()
}
