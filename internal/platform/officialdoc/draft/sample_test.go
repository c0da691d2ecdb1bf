package draft_test

import (
	"fmt"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/officialdoc/draft"
)

const (
	mark      = "SỐ LIỆU MINH HỌA – không phản ánh tình hình thực tế của xã"
	committee = "Ủy ban nhân dân tỉnh Tuyên Quang"
	office    = "Văn phòng Điều phối nông thôn mới"
	paragraph = "Thực hiện Thông báo của Ủy ban nhân dân tỉnh về kết luận cuộc họp bàn giải pháp duy trì, giữ vững và nâng cao chất lượng " +
		"tiêu chí của các xã đã được công nhận đạt chuẩn nông thôn mới giai đoạn 2021-2025; căn cứ kết quả tổng hợp trên hệ thống đến " +
		"hết ngày 14 tháng 9 năm 2024, Văn phòng Điều phối nông thôn mới tỉnh báo cáo như sau:"
)

func october() day.Day { return day.Of(2024, 10, 1) }

// rowsOf makes n rows of a table of communes.
func rowsOf(n int) []draft.Row {
	names := []string{"Phù Lưu", "Thái Sơn", "Minh Dân", "Nhân Mục", "Khuôn Hà", "Hồng Thái", "Đại Phú"}
	rows := []draft.Row{{Cells: []draft.Cell{{Text: "I. Huyện Hàm Yên"}}, Strong: true}}
	for i := range n {
		rows = append(rows, draft.Cells(fmt.Sprint(i+1), "Xã "+names[i%len(names)], fmt.Sprintf("%d/19", 13+i%7), "1, 17",
			"Tỷ lệ người dân tham gia bảo hiểm y tế chưa đạt, còn thiếu 8 người so với mức đạt chuẩn"))
	}
	total := draft.Cells("", "Tổng cộng", "", "", "")
	total.Strong = true
	return append(rows, total)
}

func table(n int) draft.Table {
	return draft.Table{
		Caption: "Bảng 1. Các xã còn tiêu chí chưa đạt", Unit: "Số liệu đến ngày 14/9/2024",
		Columns: []draft.Column{
			{Title: "TT", Width: 4, Align: draft.Centre},
			{Title: "Xã", Width: 14},
			{Title: "Đạt", Group: "Kết quả đánh giá", Width: 8, Align: draft.Centre},
			{Title: "Tiêu chí chưa đạt", Group: "Kết quả đánh giá", Width: 12, Align: draft.Centre},
			{Title: "Nguyên nhân", Width: 30},
		},
		Rows: rowsOf(n),
	}
}

func byOrder() []draft.Signer {
	return []draft.Signer{{Capacity: []string{"TL. Chủ tịch", "KT. Chánh Văn phòng", "Phó Chánh Văn phòng"}}}
}

func letter(long bool) draft.Document {
	d := draft.Document{
		Kind: draft.Letter, Superior: "", Agency: committee, Symbol: "UBND-NLN", Place: "Tuyên Quang", Month: october(),
		Title:   "đôn đốc thực hiện nhiệm vụ duy trì, giữ vững tiêu chí nông thôn mới đã quá thời hạn",
		To:      []string{"Ủy ban nhân dân huyện Hàm Yên"},
		Body:    []draft.Block{draft.Paragraph{Text: draft.Plain(paragraph)}},
		Closing: "Yêu cầu Ủy ban nhân dân huyện Hàm Yên khẩn trương thực hiện và báo cáo kết quả trước ngày 10 tháng 10 năm 2024",
		Signers: byOrder(), Copies: []string{"Chủ tịch, các PCT UBND tỉnh (báo cáo)", "Văn phòng Điều phối NTM tỉnh"}, Drafter: "NLN", Mark: mark,
	}
	if long {
		d.Urgent = draft.Pressing
		d.To = []string{
			"Sở Nông nghiệp và Phát triển nông thôn", "Ủy ban nhân dân các huyện: Hàm Yên, Chiêm Hóa, Na Hang, Lâm Bình, Yên Sơn, Sơn Dương",
			"Ủy ban nhân dân thành phố Tuyên Quang",
		}
		d.Body = append(d.Body, table(40))
		d.Signers[0].Name = "Nguyễn Văn A"
		d.Issued = &draft.Issued{Number: "5", On: day.Of(2024, 2, 3), File: "cv.pdf"}
	}
	return d
}

func report(long bool) draft.Document {
	d := draft.Document{
		Kind: draft.Report, Superior: committee, Agency: office, Symbol: "BC-VPĐP", Place: "Tuyên Quang", Month: october(),
		Title: "Kết quả duy trì, giữ vững và nâng cao chất lượng tiêu chí của các xã đã đạt chuẩn nông thôn mới, 9 tháng năm 2024",
		To:    []string{committee},
		Body: []draft.Block{
			draft.Paragraph{Text: draft.Plain(paragraph)},
			draft.Heading{Level: 1, Text: "Kết quả thực hiện"},
			draft.Figures{
				{Label: "Số xã giữ vững đủ 19 tiêu chí", Value: "23/49", Unit: "xã", Note: "Mức đạt chuẩn của chỉ tiêu 10.1 chưa đối chiếu văn bản gốc."},
				{Label: "Số xã còn tiêu chí chưa đạt", Value: "17", Unit: "xã"},
			},
		},
		Closing: "Trên đây là báo cáo của Văn phòng Điều phối nông thôn mới tỉnh; kính trình Ủy ban nhân dân tỉnh xem xét, chỉ đạo",
		Signers: []draft.Signer{{Capacity: []string{"Chánh Văn phòng"}, Name: "Trần Thị B"}}, Drafter: "VPĐP", Mark: mark,
	}
	if !long {
		return d
	}
	for i, h := range []string{"Tồn tại, hạn chế và nguyên nhân", "Nhiệm vụ, giải pháp trọng tâm", "Kiến nghị, đề xuất"} {
		d.Body = append(
			d.Body, draft.Heading{Level: 1, Text: h}, draft.Heading{Level: 2, Text: "Công tác chỉ đạo, điều hành"},
			draft.Heading{Level: 3, Text: "Đối với các sở, ban, ngành phụ trách tiêu chí"},
			draft.Paragraph{Text: draft.Text{{Text: paragraph}, {Text: " Đáng chú ý:", Bold: true}, {Text: " chưa có mức do tỉnh quy định.", Italic: true}}},
			draft.Heading{Level: 3, Text: "Đối với Ủy ban nhân dân các huyện, thành phố"},
			draft.List{Items: []draft.Item{
				{Text: draft.Noted("Rà soát các chỉ tiêu gần mức đạt chuẩn", "Theo Quyết định số 18/2022/QĐ-TTg."), Sub: &draft.List{Mark: draft.Plus, Items: []draft.Item{
					{Text: draft.Plain("Chỉ tiêu 15.1 về bảo hiểm y tế")}, {Text: draft.Plain("Chỉ tiêu 17.1 về nước sạch")},
				}}},
				{Text: draft.Plain(paragraph)},
			}},
			draft.Heading{Level: 2, Text: fmt.Sprintf("Nội dung thứ hai của phần %d, với tiêu đề dài để xuống dòng khi trình bày trên khổ giấy A4 đứng", i+2)},
			draft.Paragraph{Text: draft.Plain(paragraph)},
		)
	}
	d.Annexes = []draft.Annex{
		{Title: "Kết quả thực hiện theo từng xã", Landscape: true, Body: []draft.Block{table(40)}},
		{Title: "Danh mục khó khăn, vướng mắc", Body: []draft.Block{draft.Paragraph{Text: draft.Plain(paragraph)}, table(3)}},
	}
	return d
}

func submission(long bool) draft.Document {
	d := report(false)
	d.Kind, d.Symbol, d.Title = draft.Submission, "TTr-VPĐP", "Về việc đề nghị điều chỉnh mức đạt chuẩn"
	d.Body = []draft.Block{
		draft.Paragraph{Text: draft.Plain(paragraph)},
		draft.Heading{Level: 1, Text: "Sự cần thiết"},
		draft.Paragraph{Text: draft.Plain(paragraph)},
		draft.Heading{Level: 1, Text: "Nội dung trình"},
	}
	if long {
		items := make([]string, 14)
		for i := range items {
			items[i] = paragraph
		}
		l := draft.Items(items...)
		l.Mark = draft.Letters
		d.Body = append(d.Body, l)
	}
	return d
}

func plan(long bool) draft.Document {
	d := report(long)
	d.Kind, d.Symbol, d.To = draft.Plan, "KH-UBND", nil
	d.Superior, d.Agency = "", "Ủy ban nhân dân xã Thái Sơn"
	d.Place, d.Title, d.Closing = "Thái Sơn", "Duy trì, nâng cao chất lượng tiêu chí nông thôn mới năm 2025", ""
	d.Basis = []string{
		"Căn cứ Luật Tổ chức chính quyền địa phương",
		"Căn cứ Quyết định số 18/2022/QĐ-TTg ngày 02 tháng 8 năm 2022 của Thủ tướng Chính phủ ban hành Quy định điều kiện, trình tự, thủ tục, hồ sơ xét, " +
			"công nhận, công bố và thu hồi quyết định công nhận;",
	}
	d.Signers = []draft.Signer{{Capacity: []string{"TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"}, Name: "Lê Văn C"}}
	d.Copies = []string{"Thường trực Đảng ủy, HĐND xã", "Các thôn trong xã"}
	d.Drafter = ""
	return d
}

func minutes(long bool) draft.Document {
	d := draft.Document{
		Kind: draft.Minutes, Superior: committee, Agency: "Đoàn kiểm tra việc duy trì, giữ vững các tiêu chí nông thôn mới", Symbol: "BB-ĐKT", Place: "Hàm Yên",
		Title: "Kiểm tra việc duy trì, giữ vững tiêu chí nông thôn mới tại xã Minh Dân, huyện Hàm Yên",
		Body: []draft.Block{
			draft.Paragraph{Text: draft.Text{{Text: "Thời gian bắt đầu: ", Bold: true}, {Text: "8 giờ 00, ngày 20 tháng 9 năm 2024."}}},
			draft.Paragraph{Text: draft.Text{{Text: "Địa điểm: ", Bold: true}, {Text: "trụ sở Ủy ban nhân dân xã Minh Dân."}}},
			draft.Heading{Level: 1, Text: "Thành phần"},
			draft.Items("Đoàn kiểm tra: ông Nguyễn Văn A, Trưởng đoàn;", "Ủy ban nhân dân xã: bà Trần Thị B."),
			draft.Heading{Level: 1, Text: "Kết quả kiểm tra"},
		},
		Closing: "Biên bản được lập thành 02 bản, đã đọc lại cho các bên cùng nghe; cuộc kiểm tra kết thúc vào 11 giờ 30, ngày 20 tháng 9 năm 2024",
		Signers: []draft.Signer{
			{Capacity: []string{"Đại diện Ủy ban nhân dân xã Minh Dân"}, Name: "Trần Thị B"}, {Capacity: []string{"TM. Đoàn kiểm tra", "Trưởng đoàn"}, Name: "Nguyễn Văn A"},
		},
		Drafter: "Hồ sơ", Mark: mark,
	}
	if long {
		d.Body = append(d.Body, table(40))
		d.Signers = append(d.Signers, draft.Signer{Capacity: []string{"Thư ký"}, Name: "Phạm Thị D"})
	} else {
		d.Body = append(d.Body, draft.Paragraph{Text: draft.Plain(paragraph)})
	}
	return d
}

func notice(long bool) draft.Document {
	d := letter(long)
	d.Kind, d.Symbol, d.To, d.Urgent = draft.Notice, "TB-UBND", nil, draft.Usual
	d.Title = "Kết luận của Phó Chủ tịch Ủy ban nhân dân tỉnh tại cuộc họp về duy trì, giữ vững và nâng cao chất lượng các tiêu chí nông thôn mới"
	d.Paper = true
	if long {
		d.Annexes = []draft.Annex{{Title: "Danh sách các xã", Body: []draft.Block{table(3)}}}
	}
	return d
}

func decision(long bool) draft.Document {
	d := letter(false)
	d.Kind, d.Symbol, d.To = draft.Decision, "QĐ-UBND", nil
	d.Title, d.Holder = "Về việc thu hồi Quyết định công nhận xã đạt chuẩn nông thôn mới", "Chủ tịch Ủy ban nhân dân tỉnh"
	d.Basis = append(plan(false).Basis, "Theo đề nghị của Văn phòng Điều phối nông thôn mới tỉnh tại Tờ trình số 12/TTr-VPĐP ngày 20 tháng 9 năm 2024")
	d.Body = []draft.Block{
		draft.Article{Text: draft.Plain("Thu hồi Quyết định công nhận xã đạt chuẩn nông thôn mới đối với xã Minh Dân, huyện Hàm Yên.")},
		draft.Article{Text: draft.Plain("Quyết định này có hiệu lực kể từ ngày ký.")},
	}
	d.Closing = ""
	if long {
		for range 6 {
			d.Body = append(d.Body, draft.Article{Text: draft.Plain(paragraph)})
		}
	}
	d.Copies = []string{"Như Điều 3", "Lưu hồ sơ theo dõi"}
	return d
}

// samples are all kinds, short and long.
func samples() map[string]draft.Document {
	out := map[string]draft.Document{}
	for name, make := range map[string]func(bool) draft.Document{
		"cong-van": letter, "bao-cao": report, "to-trinh": submission, "ke-hoach": plan, "bien-ban": minutes, "thong-bao": notice, "quyet-dinh": decision,
	} {
		out[name], out[name+"-dai"] = make(false), make(true)
	}
	return out
}
