package deadline_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"giuchuan/internal/feature/directive/deadline"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/calendar"
	"giuchuan/reference"
)

func working(t testing.TB) *day.Calendar {
	t.Helper()
	c, err := calendar.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func on(t testing.TB, text string) deadline.Reference {
	t.Helper()
	d, err := day.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return deadline.Reference{Day: d, Exact: true, Calendar: working(t)}
}

// say is a deadline in one line: kind, day, time, recurrence, and what else is
// there; a role other than duty stands first.
func say(d deadline.Deadline) string {
	var b strings.Builder
	if d.Role != deadline.Duty {
		b.WriteString(string(d.Role) + " ")
	}
	b.WriteString(string(d.Kind))
	for _, part := range []struct{ name, text string }{
		{"", d.Due.String()},
		{"", d.Time},
		{"", d.Recurrence},
		{"từ ", d.From.String()},
		{"mốc đầu ", d.Earlier.String()},
		{"thay ", d.Replaces.String()},
	} {
		if part.text != "" {
			b.WriteString(" " + part.name + part.text)
		}
	}
	if d.Exception {
		b.WriteString(" riêng")
	}
	if d.Ask != "" {
		b.WriteString(" ?")
	}
	if d.Err != nil {
		b.WriteString(" lỗi")
	}
	return b.String()
}

func sayAll(list []deadline.Deadline) string {
	out := make([]string, len(list))
	for i, d := range list {
		out[i] = say(d)
	}
	return strings.Join(out, "; ")
}

// row is a sentence, the day of the document and what it is to say.
type row struct{ text, on, want string }

func check(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		if r.on == "" {
			r.on = "2024-06-07"
		}
		if got := sayAll(deadline.Find(r.text, on(t, r.on))); got != r.want {
			t.Errorf("%s\n got %q\nwant %q", r.text, got, r.want)
		}
	}
}

// The forms in which Vietnamese official documents name a deadline.
func TestForms(t *testing.T) {
	check(t, []row{
		{"Các đơn vị gửi kế hoạch trước ngày 30/9/2024.", "", "date 2024-09-30"},
		{"xong trước ngày 30 tháng 9 năm 2024", "", "date 2024-09-30"},
		{"hoàn thành trước ngày\n15/9/2024", "", "date 2024-09-15"},
		{"Sở Nội vụ gửi báo cáo trước 30/9/2026.", "2026-06-01", "date 2026-09-30"},
		{"hoàn thành trước 30.9.2026", "2026-06-01", "date 2026-09-30"},
		{"trình phê duyệt trước tháng 7/2026", "2026-03-01", "period 2026-06-30"},
		{"hoàn thành trước tháng 9.2020", "2020-02-01", "period 2020-08-31"},
		{"gửi dự thảo trước tháng 01 năm 2025", "", "period 2024-12-31"},
		{"chậm nhất đến ngày 01 tháng 7 năm 2028", "2026-07-21", "date 2028-07-01"},
		{"chậm nhất ngày 25.12.2024", "", "date 2024-12-25"},
		{"gửi báo cáo chậm nhất là ngày 20/7/2024", "", "date 2024-07-20"},
		{"hoàn thành việc chi trả đến hết ngày 31/8/2024", "", "date 2024-08-31"},
		{"muộn nhất vào ngày 05/8/2024", "", "date 2024-08-05"},
		{"trước 16 giờ 30 ngày 12/6/2026", "2026-06-01", "date 2026-06-12 16:30"},
		{"gửi danh sách trước 17h00 ngày 12/7/2024", "", "date 2024-07-12 17:00"},
		{"gửi về Sở Tài chính trước 11 giờ 00 phút, thứ Sáu, ngày 12/7/2024", "", "date 2024-07-12 11:00"},
		{"ban hành kế hoạch trong tháng 7/2024", "", "period 2024-07-31"},
		{"phải xong trong tháng 02/2028", "2026-07-21", "period 2028-02-29"},
		{"trình thẩm định, phê duyệt, thời gian hoàn thành trong Quý III năm 2024", "", "period 2024-09-30"},
		{"xong trong quý II/2026", "2026-01-10", "period 2026-06-30"},
		{"xong trong Quí 4/2026", "2026-01-10", "period 2026-12-31"},
		{"hoàn thành trong Quý III và Quý IV/2026", "2026-01-10", "period 2026-12-31 mốc đầu 2026-09-30 ?"},
		{"đảm bảo hoàn thành trong năm 2024", "", "period 2024-12-31"},
		{"để có kế hoạch xử lý dứt điểm trong năm 2021", "2021-03-30", "period 2021-12-31"},
		{"hoàn thành vào đầu tháng 9/2024", "", "period 2024-09-01"},
		{"hoàn thành vào giữa tháng 9/2024", "", "period 2024-09-15"},
		{"chậm nhất cuối tháng 9/2024", "", "period 2024-09-30"},
		{"trình phê duyệt vào đầu năm 2025", "", "period 2025-01-01"},
		{"hoàn thành vào giữa năm 2025", "", "period 2025-06-30"},
		{"hoàn thành cuối năm 2025", "", "period 2025-12-31"},
		{"trình phê duyệt trong đầu quý IV/2024", "", "period ?"},
		{"Tổ chức rà soát từ ngày 01/7/2024 đến hết ngày 20/7/2024", "", "date 2024-07-20 từ 2024-07-01"},
		{"tiến hành kiểm tra từ ngày 05/8 đến ngày 16/8/2024", "", "date 2024-08-16 từ 2024-08-05"},
		{"trong thời hạn 10 ngày kể từ ngày ký Quyết định này", "", "relative 2024-06-17"},
		{"trong thời hạn 08 ngày kể từ ngày 07/6/2024", "", "relative 2024-06-17"}, // 15/6 is a Saturday
		{"Trong vòng 15 ngày, các xã phải niêm yết danh sách", "", "relative 2024-06-24"},
		{"trả lời trong thời hạn 10 ngày làm việc kể từ ngày ký văn bản", "", "relative 2024-06-21"},
		{"báo cáo sau 05 ngày làm việc kể từ ngày nhận được văn bản này", "", "relative ?"},
		{"bàn giao trong thời hạn 36 tháng kể từ ngày 31/8/2024", "", "relative lỗi"},
		{"Quá 24 tháng kể từ ngày Quyết định thành lập cụm công nghiệp có hiệu lực mà chủ đầu tư không triển khai", "", "relative ?"},
		{"trước ngày 10/12", "", "date 2024-12-10"},
		{"gửi lại trước ngày 05/3", "", "date 2025-03-05"},
		{"gửi báo cáo trước ngày 10 tháng 12 hằng năm kể từ năm 2025", "", "recurring yearly:12-10 từ 2025-01-01"},
		{"gửi số liệu trước ngày 20 hằng tháng", "", "recurring monthly:20"},
		{"báo cáo trước ngày 25 hàng tháng", "", "recurring monthly:25"},
		{"định kỳ hằng quý báo cáo kết quả", "", "recurring quarterly ?"},
		{"định kỳ 6 tháng báo cáo Ủy ban nhân dân tỉnh", "", "recurring half-yearly ?"},
		{"định kỳ hằng năm tổ chức kiểm tra", "", "recurring yearly ?"},
		{"Định kỳ hằng tuần, trước 16 giờ 00 ngày thứ Sáu, chủ đầu tư gửi báo cáo", "", "recurring 16:00 weekly:FRI@16:00"},
		{"báo cáo trước ngày 14/8/2024 và định kỳ 6 tháng một lần", "", "date 2024-08-14; recurring half-yearly ?"},
		{"rà soát định kỳ hai năm một lần", "", "recurring every-2-years ?"},
		{"báo cáo trước ngày 15 tháng 02 của năm liền kề sau năm báo cáo", "", "recurring yearly:02-15"},
		{"báo cáo trước ngày 05/12 hằng năm, riêng năm 2026 gửi trước ngày 20/11", "2026-03-01", "recurring yearly:12-05; date 2026-11-20 riêng"},
		{"thường xuyên kiểm tra, đôn đốc các xã", "", "continuous"},
		{"khắc phục ngay những thiếu sót đã nêu", "", "urgent"},
		{"khẩn trương hoàn thiện hồ sơ", "", "urgent"},
		{"gửi góp ý trong thời gian sớm nhất", "", "urgent"},
		{"báo cáo kết quả thực hiện với Ủy ban nhân dân tỉnh theo quy định", "", "by_reference"},
		{"thực hiện theo đúng tiến độ tại Kế hoạch số 12/KH-UBND", "", "by_reference"},
		{"hoàn thành đến trước tháng 9.2020 (thay cho trước tháng 6.2020)", "2020-05-05", "period 2020-08-31 thay 2020-05-31; replaced period 2020-05-31"},
		{"Gia hạn thời gian nộp hồ sơ đến ngày 15/10/2024", "", "date 2024-10-15"},
		{"phấn đấu đến cuối năm 2024 có 70 xã đạt chuẩn", "", "target period 2024-12-31"},
		{"Thời gian hoàn thành: 30/9/2024", "", "date 2024-09-30"},
		{"Thời hạn gửi báo cáo: trước ngày 20/7/2024", "", "date 2024-07-20"},
		{"hoàn thành trong 6 tháng đầu năm 2025", "", "period 2025-06-30"},
		{"gửi trước ngày O5/8/2024", "", "date 2024-08-05"},
		{"gửi trước ngày 31/9/2024", "", "date lỗi"},
	})
}

// Days that stand in a document and are nobody's deadline.
func TestDistractors(t *testing.T) {
	check(t, []row{
		{"Ngày 07/6/2024, Phó Chủ tịch Ủy ban nhân dân tỉnh đã chủ trì họp", "2024-06-10", ""},
		{"Thông báo số 94/TB-UBND ngày 20/5/2024 về tiến độ thực hiện các Chương trình năm 2024", "", ""},
		{"theo Nghị định số 180/2026/NĐ-CP ngày 21 tháng 5 năm 2026 của Chính phủ", "2026-05-27", ""},
		{"Sở yêu cầu báo cáo trước ngày 15/5/2024 nhưng đến nay chưa nhận được", "", "missed date 2024-05-15"},
		{"đề nghị chậm nhất ngày 25.12.2017 gửi báo cáo, song đến nay Sở chưa nhận được", "2018-01-10", "missed date 2017-12-25"},
		{"đã yêu cầu các huyện hoàn thành trước ngày 30/8/2024", "", "cited date 2024-08-30"},
		{"tổng hợp để Ủy ban nhân dân tỉnh báo cáo Bộ Nông nghiệp và Phát triển nông thôn trước ngày 20/7/2024", "", "upstream date 2024-07-20"},
		{
			"gửi về Sở Tài chính trước ngày 10/7/2024 để tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/7/2024", "",
			"date 2024-07-10; upstream date 2024-07-15",
		},
		{"buổi làm việc (dự kiến tổ chức trong tháng 6 năm 2026)", "2026-06-01", ""},
		{"về việc tổ chức Hội nghị toàn quốc triển khai Chương trình trong tháng 7/2024", "", ""},
		{"Hội nghị diễn ra từ ngày 10/8/2024 đến ngày 12/8/2024", "", ""},
		{"Quyết định có hiệu lực kể từ ngày 01/7/2024", "", ""},
		{"lập tiến độ chi tiết theo tuần, tháng đến hết năm 2026", "2026-07-01", ""},
		{"Kế hoạch phát triển giai đoạn 2026-2030", "2026-07-01", ""},
		{"theo Bộ tiêu chí giai đoạn 2021-2025", "", ""},
		{"rà soát các công trình hoàn thành trong năm 2024", "", ""},
		{"đối với các dự án đã được phê duyệt trước ngày 01/8/2024", "", "attribute date 2024-08-01"},
		{"đến trước ngày Luật Phòng cháy có hiệu lực", "", ""},
		{"đã hoàn thành trong năm 2023 và 6 tháng đầu năm 2024", "", ""},
		{"báo cáo kết quả thực hiện trong tháng 6/2024", "", ""},
		{"số liệu tính từ ngày 15/5/2024 đến ngày 14/6/2024", "", ""},
		{"đạt 19/19 tiêu chí, quy hoạch tỷ lệ 1/500", "", ""},
		{"bố trí chi thường xuyên cho nhiệm vụ thường xuyên", "", ""},
		{"theo kế hoạch hằng năm", "", ""},
		{"kế hoạch vốn năm 2024 và mục tiêu đến năm 2025", "", ""},
		{"Quyết định số 1074/QĐ-BXD ngày 29/6/2026 của Bộ Xây dựng", "2026-07-21", ""},
		{"các xã về đích trong năm 2023", "", ""},
	})
}

// Further phrases of our own, in other words than the tables above.
func TestFurtherPhrases(t *testing.T) {
	check(t, []row{
		{"đôn đốc các xã hoàn thành tiêu chí thu nhập trong quý IV năm 2024", "", "period 2024-12-31"},
		{"Sở Y tế rà soát, kiện toàn trạm y tế trong tháng 8/2024", "", "period 2024-08-31"},
		{"nộp hồ sơ không muộn hơn ngày 31/10/2024", "", "date 2024-10-31"},
		{"hạn cuối là ngày 15/11/2024", "", "date 2024-11-15"},
		{"(hoàn thành trước ngày 30/9/2024)", "", "date 2024-09-30"},
		{"hoàn thành xong trong tháng này", "", "period 2024-06-30"},
		{"tập trung nguồn lực để hoàn thành trước ngày 30/9/2024", "", "date 2024-09-30"},
		{"báo cáo về Văn phòng để tổng hợp trước ngày 15/8/2024", "", "date 2024-08-15"},
		{"cập nhật số liệu trước ngày 15 của tháng cuối quý", "", "recurring quarterly:15"},
		{"hằng tháng, các sở, ngành gửi báo cáo", "", "recurring monthly ?"},
		{"mỗi quý một lần tổ chức giao ban", "", "recurring quarterly ?"},
		{"chậm nhất 17 giờ thứ Năm hằng tuần gửi số liệu", "", "recurring 17:00 weekly:THU@17:00"},
		{"trong thời hạn 05 (năm) ngày làm việc kể từ ngày ban hành", "", "relative 2024-06-14"},
		{"trong 03 ngày làm việc kể từ ngày 26/4/2024", "", "relative 2024-05-04"},
		{"kiểm tra đúng thời hạn quy định", "", "by_reference"},
		{"rà soát công trình đã bàn giao, đối chiếu và gửi số liệu trước ngày 19/7/2024", "", "date 2024-07-19"},
		{"Ủy ban nhân dân tỉnh đã giao Sở Tài chính hoàn thành trước ngày 19/7/2024", "", "cited date 2024-07-19"},
		{"Trong tháng 10/2024 hoàn thành việc tự kiểm tra", "", "period 2024-10-31"},
		{"Trong quý III/2024, trình Ủy ban nhân dân tỉnh đề án", "", "period 2024-09-30"},
		{"Trong năm 2024, tỉnh đã công nhận thêm 05 xã", "", ""},
		{"có dấu hiệu cảnh báo sớm", "", ""},
		{"thứ hai, cơ sở vật chất thiếu; năm 2024 còn khó khăn", "", ""},
		{"trong 5 năm qua, các xã đã huy động vốn", "", ""},
	})
}

// Worked examples of counting working days (Bộ luật Lao động 2019, Điều 111, 112
// and the yearly notices on make-up days).
func TestWorkingDays(t *testing.T) {
	for _, x := range []struct {
		from string
		n    int
		want string
	}{
		{"25/4/2024", 5, "2024-05-06"},
		{"07/6/2024", 10, "2024-06-21"},
		{"30/8/2024", 5, "2024-09-10"},
		{"24/4/2025", 5, "2025-05-05"},
		{"13/02/2026", 10, "2026-03-06"},
		{"20/8/2026", 10, "2026-09-07"},
		{"20/11/2026", 5, "2026-11-30"},
	} {
		text := fmt.Sprintf("trả lời trong thời hạn %02d ngày làm việc kể từ ngày %s", x.n, x.from)
		ref := on(t, "2024-01-02")
		if got := sayAll(deadline.Find(text, ref)); got != "relative "+x.want {
			t.Errorf("%s: %s, want %s", text, got, x.want)
		}
	}
}

// A count that needs a year without holidays on record is said, never guessed.
func TestYearWithoutCalendar(t *testing.T) {
	list := deadline.Find("trong thời hạn 30 ngày làm việc kể từ ngày 20/12/2026", on(t, "2026-12-01"))
	if len(list) != 1 || list[0].Due != day.None || !fault.Is(list[0].Err, fault.Unavailable) {
		t.Fatalf("got %s", sayAll(list))
	}
	if text := fault.Text(list[0].Err); !strings.Contains(text, "lịch") || !strings.Contains(text, "2027") {
		t.Errorf("the error does not name the year: %s", text)
	}
}

func TestSettings(t *testing.T) {
	ref := on(t, "2024-06-07")
	ref.Strict = true
	if got := sayAll(deadline.Find("gửi trước ngày 30/9/2024", ref)); got != "date 2024-09-29" {
		t.Errorf("strict: %s", got)
	}
	if got := sayAll(deadline.Find("chậm nhất ngày 30/9/2024", ref)); got != "date 2024-09-30" {
		t.Errorf("strict does not touch chậm nhất: %s", got)
	}
	ref = on(t, "2024-06-07")
	ref.Keep = true
	if got := sayAll(deadline.Find("trong thời hạn 08 ngày kể từ ngày ký", ref)); got != "relative 2024-06-15" {
		t.Errorf("keep: %s", got)
	}
	ref.Exact = false // the day of the document is blank: nothing may be counted from it
	if got := sayAll(deadline.Find("trong thời hạn 08 ngày kể từ ngày ký", ref)); got != "relative ?" {
		t.Errorf("not signed: %s", got)
	}
	if got := sayAll(deadline.Find("gửi trước ngày 10/12", deadline.Reference{Day: day.None})); got != "date ?" {
		t.Errorf("no day at all: %s", got)
	}
}

func TestPhraseIsKept(t *testing.T) {
	text := "Các đơn vị gửi báo cáo trước 17h00 ngày 12/7/2024 qua Văn phòng."
	d := deadline.Find(text, on(t, "2024-06-07"))[0]
	if d.Phrase != "trước 17h00 ngày 12/7/2024" || text[d.Start:d.End] != d.Phrase {
		t.Errorf("phrase %q at %d-%d", d.Phrase, d.Start, d.End)
	}
}

func TestSettled(t *testing.T) {
	for text, want := range map[string]string{
		"báo cáo trước ngày 14/8/2024 và định kỳ 6 tháng một lần":              "date 2024-08-14 half-yearly",
		"khẩn trương hoàn thành trong quý III năm 2024, thường xuyên kiểm tra": "period 2024-09-30",
		"thường xuyên kiểm tra, kịp thời tháo gỡ":                              "continuous",
		"yêu cầu trước ngày 15/5/2024 nhưng đến nay chưa báo cáo":              "none",
		"gửi dự thảo trước ngày 10/7/2024, bản chính trước ngày 20/7/2024":     "date 2024-07-20",
	} {
		if got := say(deadline.Settled(deadline.Find(text, on(t, "2024-06-07")))); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// A day named with "trước ngày" is read whatever it is, and nothing else in the
// sentence moves it.
func TestAnyDayIsRead(t *testing.T) {
	ref := on(t, "2024-06-07")
	rapid.Check(t, func(t *rapid.T) {
		d := day.Of(2024, 6, 8) + day.Day(rapid.IntRange(0, 3000).Draw(t, "days"))
		y, m, dd := d.Civil()
		form := rapid.SampledFrom([]string{
			fmt.Sprintf("%02d/%d/%d", dd, m, y), fmt.Sprintf("%d/%02d/%d", dd, m, y), fmt.Sprintf("%d.%d.%d", dd, m, y),
			fmt.Sprintf("%02d tháng %d năm %d", dd, m, y), fmt.Sprintf("%d - %d - %d", dd, m, y),
		}).Draw(t, "form")
		text := rapid.SampledFrom([]string{
			"Giao Sở Nội vụ trình trước ngày %s", "gửi về Sở Tài chính trước ngày %s để tổng hợp",
			"theo Kế hoạch số 12/KH-UBND ngày 02/5/2024, hoàn thành trước ngày %s./.",
		}).Draw(t, "text")
		list := deadline.Find(fmt.Sprintf(text, form), ref)
		if len(list) != 1 || list[0].Due != d || list[0].Role != deadline.Duty {
			t.Fatalf(text+": %s", form, sayAll(list))
		}
	})
}

// Without a word that sets a deadline no day of a sentence becomes one.
func TestBareDaysAreNoDeadlines(t *testing.T) {
	ref := on(t, "2024-06-07")
	rapid.Check(t, func(t *rapid.T) {
		d := day.Of(2020, 1, 1) + day.Day(rapid.IntRange(0, 4000).Draw(t, "days"))
		text := rapid.SampledFrom([]string{
			"Tại cuộc họp ngày %s, các đại biểu đã thảo luận", "Văn bản số 12/TB-UBND ngày %s của Ủy ban nhân dân tỉnh",
			"Nghị định có hiệu lực từ ngày %s", "Hội nghị khai mạc ngày %s tại thành phố",
		}).Draw(t, "text")
		for _, x := range deadline.Find(fmt.Sprintf(text, d.Vietnamese()), ref) {
			if x.Role == deadline.Duty && x.Due != day.None {
				t.Fatalf(text+": %s", d, say(x))
			}
		}
	})
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"trước ngày 30/9/2024", "trong Quý III và Quý IV/2026", "quá 24 tháng kể từ ngày", "từ ngày 1/1 đến ngày 31/2/2025",
		"định kỳ hằng tuần, trước 16 giờ 00 ngày thứ Sáu", "riêng năm 2026 trước ngày 20/11", "ngày 99 tháng 99 năm 9999", "((((", ")))",
	} {
		f.Add(s)
	}
	cal := working(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, d := range deadline.Find(s, deadline.Reference{Day: day.Of(2024, 6, 7), Exact: true, Calendar: cal}) {
			if d.Start < 0 || d.End < d.Start || d.End > len(s) {
				t.Fatalf("extent %d-%d of %d bytes", d.Start, d.End, len(s))
			}
			if utf8.ValidString(s) && !utf8.ValidString(d.Phrase) {
				t.Fatalf("phrase %q is cut inside a letter", d.Phrase)
			}
			if d.Role == deadline.Duty && d.Kind == deadline.Date && d.Due != day.None && d.Due < day.Of(2024, 6, 7) && d.Recurrence == "" {
				t.Fatalf("a day before the document became a deadline: %s", say(d))
			}
		}
	})
}
