package officialdoc

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func readSample(t *testing.T, name string) Document {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	d, err := Read(t.Context(), name, data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	verify(t, d)
	return d
}

// facts is what a test compares of a document, a line each.
func facts(d Document) string {
	var b strings.Builder
	say := func(what string, values ...string) {
		if text := strings.Join(values, " / "); text != "" {
			fmt.Fprintf(&b, "%s: %s\n", what, text)
		}
	}
	say("số", d.Number)
	say("ký hiệu", d.Symbol)
	say("ngày", d.Date.String(), d.DatePartial)
	say("nơi", d.Place)
	say("cơ quan", d.IssuerBlock...)
	say("thẩm quyền", d.Authority)
	say("loại", d.Kind.Name)
	say("trích yếu", d.Title)
	say("khẩn", d.Urgency)
	for _, l := range d.KinhGui {
		say("gửi", l.Text)
	}
	for _, l := range d.Basis {
		say("căn cứ", l.Text)
	}
	for _, r := range d.References {
		say("dẫn", r.Kind, r.Number, r.Date.String())
	}
	for _, r := range d.NoiNhan {
		sure := ""
		if r.Uncertain {
			sure = " (không chắc)"
		}
		say("nhận", r.Text, string(r.Purpose)+sure)
	}
	say("ký", d.Signer.Capacities...)
	say("người ký", d.Signer.Name)
	return b.String()
}

// outline is the body of a document: marker and text of every block that is no
// part of letterhead, recipients and signature.
func outline(d Document) []string {
	var out []string
	for _, b := range d.Blocks {
		switch b.Part {
		case PartOpening, PartBody, PartClosing, PartAnnex:
			out = append(out, strings.TrimSpace(b.Marker+" "+b.Text))
		}
	}
	return out
}

func same(t *testing.T, got, want string) {
	t.Helper()
	if got, want = strings.TrimSpace(got), strings.TrimSpace(want); got != want {
		t.Errorf("read:\n%s\n\nwanted:\n%s", got, want)
	}
}

func TestLetterFromAPage(t *testing.T) {
	d := readSample(t, "cong-van.txt")
	same(t, facts(d), `
số: 58/UBND-NLN
ký hiệu: UBND-NLN
ngày: 2026-10-14 / 
nơi: Minh Họa
cơ quan: ỦY BAN NHÂN DÂN TỈNH MINH HỌA
loại: Công văn
trích yếu: V/v khắc phục hậu quả mưa lũ theo Công điện số 112/CĐ-TTg ngày 10/10/2026 của Thủ tướng
khẩn: hỏa tốc
gửi: Các sở: Nông nghiệp và Môi trường, Xây dựng, Tài chính
gửi: Ủy ban nhân dân các xã, phường
dẫn: Công điện / 112/CĐ-TTg / 2026-10-10
dẫn: Kết luận / 45-KL/TU / 
nhận: Như trên / như trên
nhận: Thường trực Tỉnh ủy (để b/c) / báo cáo
nhận: Chủ tịch, các PCT UBND tỉnh / báo cáo (không chắc)
nhận: Lưu: VT, NLN (An) / lưu
ký: TL. CHỦ TỊCH / KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG
người ký: Nguyễn Văn A`)
	same(t, strings.Join(outline(d), "\n"), `
Thực hiện Công điện số 112/CĐ-TTg ngày 10/10/2026 của Thủ tướng Chính phủ và Kết luận số 45-KL/TU của Ban Thường vụ Tỉnh ủy, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:
1. Ủy ban nhân dân các xã, phường
a) Rà soát nhà ở bị hư hỏng, tổng hợp thiệt hại gửi Sở Nông nghiệp và Môi trường trước 17 giờ 00 ngày 15/10/2026.
b) Bố trí lực lượng giúp dân dựng lại nhà. Các hộ có nhà sập đổ hoàn toàn được Nhà nước hỗ trợ theo quy định hiện hành và được ưu tiên bố trí nơi ở tạm trong giai đoạn 2025 - 2026.
2. Sở Xây dựng khắc phục các điểm sạt lở trên các tuyến đường tỉnh, hoàn thành trước ngày 30/10/2026; bảo đảm giao thông thông suốt trong mọi tình huống trên địa bàn các xã vùng cao.
3. Sở Tài chính tham mưu bố trí kinh phí từ dự phòng ngân sách tỉnh, báo cáo Chủ tịch Ủy ban nhân dân tỉnh.
Yêu cầu các cơ quan, đơn vị triển khai thực hiện nghiêm túc./.`)
	if d.NoiNhan[3].Units != "VT, NLN" || d.NoiNhan[3].Drafter != "An" {
		t.Errorf("archive row %+v", d.NoiNhan[3])
	}
	if strings.Contains(d.Text, "Thời gian ký") {
		t.Error("the trace of the digital signature is part of the text")
	}
}

func TestDecision(t *testing.T) {
	d := readSample(t, "quyet-dinh.txt")
	same(t, facts(d), `
số: 07/QĐ-UBND
ký hiệu: QĐ-UBND
ngày: 2026-02-08 / 
nơi: Minh Họa
cơ quan: ỦY BAN NHÂN DÂN TỈNH MINH HỌA
thẩm quyền: CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MINH HỌA
loại: Quyết định
trích yếu: Về việc phê duyệt Kế hoạch duy tu, bảo dưỡng đường thôn, xóm năm 2026
căn cứ: Căn cứ Luật Tổ chức chính quyền địa phương
căn cứ: Căn cứ Nghị định số 32/2024/NĐ-CP ngày 15 tháng 3 năm 2024 của Chính phủ
căn cứ: Căn cứ Nghị quyết số 66.18/2026/NQ-CP ngày 02/01/2026 của Chính phủ
căn cứ: Theo đề nghị của Giám đốc Sở Xây dựng tại Tờ trình số 12/TTr - SXD ngày 05/02/2026
dẫn: Nghị định / 32/2024/NĐ-CP / 2024-03-15
dẫn: Nghị quyết / 66.18/2026/NQ-CP / 2026-01-02
dẫn: Tờ trình / 12/TTr-SXD / 2026-02-05
nhận: Như Điều 3 / như trên
nhận: TT Tỉnh ủy, TT HĐND tỉnh / báo cáo (không chắc)
nhận: Cổng TTĐT tỉnh / để biết (không chắc)
nhận: Lưu: VT, XD(Bình) / lưu
ký: KT. CHỦ TỊCH / PHÓ CHỦ TỊCH
người ký: Trần Thị B`)
	var articles []string
	for _, b := range d.Blocks {
		if b.Level == LevelArticle {
			articles = append(articles, b.Label)
		}
		if b.Part == PartBody && b.Level == LevelNumber && d.Blocks[b.Parent].Label != "Điều 1" {
			t.Errorf("item %s lies in %q", b.Label, d.Blocks[b.Parent].Label)
		}
	}
	if !slices.Equal(articles, []string{"Điều 1", "Điều 2", "Điều 3"}) {
		t.Errorf("articles %q", articles)
	}
	if last := d.Blocks[len(d.Blocks)-1]; last.Part != PartAnnex || last.Label != "2" {
		t.Errorf("the annex ends with %+v", last)
	}
}

func TestPlanInMarkdown(t *testing.T) {
	d := readSample(t, "ke-hoach.md")
	same(t, facts(d), `
ký hiệu: KH-SNNMT
ngày:  / 2026
nơi: Minh Họa
cơ quan: UBND TỈNH MINH HỌA / SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG
loại: Kế hoạch
trích yếu: Kiểm tra việc duy trì tiêu chí nông thôn mới năm 2026
dẫn: Kế hoạch / 210/KH-UBND / 2025-12-15
nhận: UBND tỉnh (b/c) / báo cáo
nhận: UBND các xã (t/h) / thực hiện
nhận: Các phòng, đơn vị thuộc Sở / để biết (không chắc)
nhận: Lưu: VT, KH / lưu
ký: GIÁM ĐỐC
người ký: Lê Văn C`)
	if strings.ContainsAny(d.Text, "*#|\\") {
		t.Errorf("marks of markdown are left:\n%s", d.Text)
	}
	i := slices.IndexFunc(d.Blocks, func(b Block) bool { return b.Text == "Trước 15/7/2026" })
	if i < 0 || d.Blocks[i].Cell != (Cell{Table: 2, Row: 3, Column: 4}) {
		t.Errorf("the cell of the last day is block %d", i)
	}
	i = slices.IndexFunc(d.Blocks, func(b Block) bool {
		return strings.HasPrefix(b.Text, "Chi cục Phát triển nông thôn: chủ trì")
	})
	if i < 0 || len(d.Blocks[i].Bold) != 1 || string([]rune(d.Text)[d.Blocks[i].Bold[0].Start:d.Blocks[i].Bold[0].End]) != "Chi cục Phát triển nông thôn:" {
		t.Errorf("bold pieces of block %d", i)
	}
}

func TestPartyConclusion(t *testing.T) {
	d := readSample(t, "ket-luan-dang.txt")
	same(t, facts(d), `
số: 45-KL/TU
ký hiệu: KL/TU
ngày: 2026-09-20 / 
nơi: Minh Họa
cơ quan: TỈNH ỦY MINH HỌA
thẩm quyền: BAN THƯỜNG VỤ TỈNH ỦY
loại: Kết luận
trích yếu: về tiếp tục lãnh đạo xây dựng nông thôn mới
dẫn: Nghị quyết / 19-NQ/TW / 2022-06-16
dẫn: Chương trình / 104-CTr/TU / 
nhận: Ban Bí thư (b/c) / báo cáo
nhận: Các đảng ủy trực thuộc Tỉnh ủy / thực hiện
nhận: Các đồng chí Tỉnh ủy viên / thực hiện
nhận: Lưu Văn phòng Tỉnh ủy / lưu
ký: T/M BAN THƯỜNG VỤ / PHÓ BÍ THƯ
người ký: Phạm Văn D`)
	if got := outline(d); got[1] != "I- KẾT QUẢ" || got[4] != "1- Đảng ủy Ủy ban nhân dân tỉnh lãnh đạo rà soát các xã, xong trong quý IV năm 2026." {
		t.Errorf("outline %q", got)
	}
}

func TestTelegram(t *testing.T) {
	same(t, facts(readSample(t, "cong-dien.txt")), `
số: 03/CĐ-UBND
ký hiệu: CĐ-UBND
ngày: 2026-09-01 / 
nơi: Minh Họa
cơ quan: ỦY BAN NHÂN DÂN TỈNH MINH HỌA
loại: Công điện
trích yếu: Về việc chủ động ứng phó với bão số 5
khẩn: khẩn
gửi: Giám đốc các Sở: Nông nghiệp và Môi trường, Xây dựng, Công Thương
gửi: Chủ tịch Ủy ban nhân dân các xã, phường
nhận: Như trên / như trên
nhận: Thường trực Tỉnh ủy / báo cáo (không chắc)
nhận: Lưu: VT / lưu
ký: CHỦ TỊCH
người ký: HOÀNG VĂN E`)
}

// TestDigest reads a newsroom's report: number, day and title are those of the
// document it reports, the day of posting is nobody's.
func TestDigest(t *testing.T) {
	d := readSample(t, "tin.txt")
	same(t, facts(d), `
số: 812/UBND-KT
ký hiệu: UBND-KT
ngày: 2026-03-04 / 
cơ quan: UBND tỉnh Minh Họa
loại: Công văn
trích yếu: về việc đẩy nhanh tiến độ giải ngân vốn đầu tư công năm 2026
dẫn: Công văn / 812/UBND-KT / 
dẫn: Nghị quyết / 11/NQ-CP / 2022-01-30`)
	if !d.Digest || d.Headline == "" {
		t.Errorf("digest %v, headline %q", d.Digest, d.Headline)
	}
}

// TestPasted reads a notice whose columns were lost in the clipboard.
func TestPasted(t *testing.T) {
	d := readSample(t, "thong-bao-dan.txt")
	same(t, facts(d), `
số: 15/TB-VP
ký hiệu: TB-VP
ngày: 2026-06-05 / 
nơi: Minh Họa
loại: Thông báo
trích yếu: Kết luận của Phó Chủ tịch Ủy ban nhân dân tỉnh tại cuộc họp về cấp nước sạch
căn cứ: Sau khi nghe báo cáo
ký: TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG
người ký: Đỗ Văn G`)
}
