package officialdoc

import (
	"slices"
	"strings"
	"testing"
)

// TestMinutes reads minutes that two sides sign.
func TestMinutes(t *testing.T) {
	d := readSample(t, "bien-ban.txt")
	if d.Kind.Code != "BB" || d.Signer.Name != "Lê Thị L" || !slices.Equal(d.Signer.Capacities, []string{"ĐẠI DIỆN UBND XÃ", "CHỦ TỊCH"}) {
		t.Errorf("first side: %v %+v", d.Kind, d.Signer)
	}
	if len(d.Cosigners) != 1 || d.Cosigners[0].Name != "Trần Văn K" || d.Cosigners[0].Title != "TRƯỞNG ĐOÀN" {
		t.Errorf("second side: %+v", d.Cosigners)
	}
}

// TestInvitation reads a letterhead whose agency takes two lines.
func TestInvitation(t *testing.T) {
	d := readSample(t, "giay-moi.txt")
	same(t, facts(d), `
số: 9/GM-BCĐ
ký hiệu: GM-BCĐ
ngày: 2026-04-03 / 
nơi: Minh Họa
cơ quan: UBND TỈNH MINH HỌA / BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA TỈNH
loại: Giấy mời
trích yếu: Họp Ban Chỉ đạo các Chương trình mục tiêu quốc gia
gửi: Các đồng chí thành viên Ban Chỉ đạo
nhận: Như trên / như trên
nhận: Lưu: VT / lưu
ký: TL. TRƯỞNG BAN / CHÁNH VĂN PHÒNG ĐIỀU PHỐI
người ký: Phan Thị N`)
}

// TestLostColumns reads a letter whose columns the clipboard ran together.
func TestLostColumns(t *testing.T) {
	same(t, facts(readSample(t, "cong-van-dan.txt")), `
số: 45/UBND-XD
ký hiệu: UBND-XD
ngày: 2026-08-12 / 
nơi: Minh Họa
cơ quan: ỦY BAN NHÂN DÂN TỈNH MINH HỌA
loại: Công văn
trích yếu: V/v đôn đốc quy hoạch
gửi: Sở Xây dựng
gửi: UBND các xã
căn cứ: Xét đề nghị của Sở Xây dựng tại Công văn số 99/SXD-QH ngày 10/8/2026
dẫn: Công văn / 99/SXD-QH / 2026-08-10
nhận: Như trên / như trên
nhận: Lưu: VT, XD / lưu
ký: TL. CHỦ TỊCH / KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG
người ký: Nguyễn Văn P`)
}

func TestResolution(t *testing.T) {
	d := readSample(t, "nghi-quyet.txt")
	if d.Number != "15/2026/NQ-HĐND" || d.Kind.Code != "NQ" || d.Authority != "HỘI ĐỒNG NHÂN DÂN TỈNH MINH HỌA KHÓA XIX, KỲ HỌP THỨ 5" || len(d.Basis) != 3 {
		t.Errorf("%s", facts(d))
	}
}

// TestCutLinesWithoutIndents reads a plan typed at the width of a page: a
// sentence that ends at the end of a line does not end the paragraph early where
// the next line goes on.
func TestCutLinesWithoutIndents(t *testing.T) {
	same(t, strings.Join(outline(readSample(t, "ke-hoach-huyen.txt")), "\n"), `
Căn cứ Kế hoạch số 300/KH-UBND ngày 20/12/2023 của UBND tỉnh; UBND huyện ban hành Kế hoạch thực hiện như sau:
I. MỤC TIÊU
Phấn đấu đến hết năm 2024 có 100% xã đã đạt chuẩn duy trì 19/19 tiêu chí. Thu nhập bình quân đầu người đạt 45 triệu đồng/năm. Tỷ lệ hộ nghèo đa chiều giảm còn dưới 5% theo chuẩn nghèo giai đoạn 2021 - 2025.
II. NHIỆM VỤ
1. Phòng Nông nghiệp và PTNT
- Chủ trì tham mưu UBND huyện tổ chức rà soát, đánh giá các tiêu chí; tổng hợp, báo cáo UBND huyện trước ngày 15 hằng tháng.
- Phối hợp với Phòng Tài chính - Kế hoạch phân bổ vốn, xong trong quý I/2024.
2. UBND các xã: Minh Tân, Minh Thành, Minh Hòa
Xây dựng kế hoạch chi tiết, gửi về Phòng Nông nghiệp và PTNT trước 31/01/2024. Phân công cán bộ phụ trách từng thôn.
Trên đây là Kế hoạch năm 2024, yêu cầu các phòng, ban, UBND các xã thực hiện./.`)
}

// TestOfficeNotice reads a notice from a page with rules, a page number and a
// title over two lines.
func TestOfficeNotice(t *testing.T) {
	d := readSample(t, "thong-bao.txt")
	same(t, facts(d), `
ký hiệu: TB-VP
ngày:  / 2026-03
nơi: Minh Họa
cơ quan: UBND TỈNH MINH HỌA / VĂN PHÒNG
loại: Thông báo
trích yếu: Kết luận của đồng chí Chủ tịch Ủy ban nhân dân tỉnh Nguyễn Văn Q tại Phiên họp thường kỳ tháng 02 năm 2026
căn cứ: Sau khi nghe các sở báo cáo
nhận: TT. Tỉnh ủy; TT. HĐND tỉnh; (Báo cáo) / báo cáo
nhận: CT, các PCT UBND tỉnh / báo cáo (không chắc)
nhận: Các sở, ban, ngành / thực hiện
nhận: UBND các xã, phường / thực hiện
nhận: CVP, PCVP UBND tỉnh / để biết (không chắc)
nhận: Lưu: VT, TH (Sơn, 3b) / lưu
ký: KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG
người ký: Bùi Văn R`)
	if d.NoiNhan[5].Drafter != "Sơn, 3b" {
		t.Errorf("archive row %+v", d.NoiNhan[5])
	}
}
