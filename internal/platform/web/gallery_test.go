package web_test

import (
	"context"
	"io"
	"strconv"

	"giuchuan/internal/platform/web"

	"github.com/a-h/templ"
)

// together renders components one after the other.
func together(all ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for _, c := range all {
			if err := c.Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
}

// holding puts children inside a component that takes some.
func holding(c templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return c.Render(templ.WithChildren(ctx, together(children...)), w)
	})
}

func markup(html string) templ.Component { return templ.Raw(html) }

// gallery is a page with every component of the kit, its form wrong in several places.
func gallery(s web.Shell, f *web.Form) templ.Component {
	field := func(name, label, hint string) web.Field {
		return web.Field{Form: f, Name: name, Label: label, Hint: hint}
	}
	year := field("nam", "Năm", "")
	year.Width, year.Mode, year.Unit = 4, "numeric", "năm"
	secret := field("mat-khau", "Mật khẩu", "")
	secret.Type, secret.Fill = "password", "current-password"
	choices := []web.Choice{{Value: "dat", Text: "Đạt"}, {Value: "chua", Text: "Chưa đạt"}}
	table := markup(`<table class="stand"><thead><tr><th>Tình trạng</th><th class="n">Số xã</th><th class="n">Xã tự đánh giá</th></tr></thead><tbody>` +
		`<tr><th scope="row"><span class="st st-ok">Giữ vững</span></th><td class="n fig">23</td><td class="n">8</td></tr>` +
		`<tr><th scope="row"><span class="st st-lack">Còn tiêu chí chưa đạt</span></th><td class="n fig">17</td><td class="n">7</td></tr></tbody></table>`)
	return holding(web.Layout(s),
		web.Crumbs(web.Link{Text: "Toàn cảnh tỉnh", Path: "/tong-quan"}, web.Link{Text: "Xã Phù Lưu", Path: "/xa/02392"}),
		holding(web.Heading("Bảng kiểu Giữ Chuẩn", "Kỳ 6 tháng đầu năm 2024, địa bàn tính tại ngày 30/6/2024."), markup(`<a class="btn btn--2 btn--s" href="/">Đổi kỳ</a><a class="btn btn--2 btn--s" href="/">In 1 trang</a>`)),
		markup(`<div class="cols c84"><div class="stack"><p class="big"><b>23 trên 49 xã giữ vững đủ 19 tiêu chí,</b> nhưng mới 10 xã đã được xác nhận.</p>`),
		holding(web.Section("Tình trạng 49 xã đã công nhận", "số xã"), holding(web.Scroll("Bảng 1, cuộn ngang được"), table)),
		web.ErrorSummary(f),
		markup(`<form method="post" action="/kieu">`),
		web.Input(field("ten", "Tên đơn vị", "Viết đủ tên như trong quyết định.")), web.Input(year), web.Input(secret),
		web.Select(field("huyen", "Huyện", ""), choices), web.Radios(field("ket-qua", "Kết quả", "Chọn một."), choices),
		web.Checkboxes(field("nguon", "Nguồn", ""), choices), web.Area(field("ghi-chu", "Ghi chú", ""), 3),
		web.Upload(field("tep", "Tệp", "Ảnh hoặc PDF, tối đa 10 MB."), "image/*"),
		holding(web.Submit("Gửi huyện thẩm tra"), markup(`<a class="btn btn--2" href="/">Để sau</a>`)),
		markup(`</form></div><aside class="stack">`),
		holding(web.Section("Dấu", ""), markup(`<p class="row">`), web.Mark(web.ToneOK, "Giữ vững"), web.Mark(web.ToneLack, "Còn tiêu chí chưa đạt"), web.Mark(web.ToneNone, "Chưa đủ số liệu"),
			web.Mark(web.ToneRisk, "Thuộc diện xem xét thu hồi"), web.Tag(web.ToneWait, "Chờ quyết định"), markup(`</p><p class="row">`),
			web.TrustMark(1, "Xã tự đánh giá"), web.TrustMark(2, "Huyện đã thẩm tra"), web.TrustMark(3, "Cơ quan phụ trách đã xác nhận"), web.Unverified(), web.Illustrative(), markup(`</p>`)),
		holding(web.Notice(web.ToneOK), markup(`Đã lưu kết quả tiêu chí 15.`)), holding(web.Notice(""), markup(`Số liệu minh họa.`)), holding(web.Notice(web.ToneRisk), markup(`Quá hạn 1 ngày.`)),
		web.Pagination(web.Paging{Current: 2, Total: 7, Link: func(n int) string { return "/kieu?trang=" + strconv.Itoa(n) }}),
		markup(`</aside></div>`),
	)
}

// wrongForm is a form as it comes back with errors.
func wrongForm() *web.Form {
	f := web.NewForm("ten", `Xã "Phù <Lưu>"`, "huyen", "chua", "ket-qua", "dat", "ghi-chu", "một\nhai", "mat-khau", "bi-mat-lam")
	f.Fail("nam", "Hãy nhập năm bằng bốn chữ số")
	f.Fail("nguon", "Hãy chọn ít nhất một nguồn")
	f.Fail("", "Chưa gửi được vì còn thiếu minh chứng")
	return f
}
