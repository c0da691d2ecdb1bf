package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/directive/deadline"
	"giuchuan/internal/feature/directive/reading"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/officialdoc"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/calendar"
	"giuchuan/reference"
)

type directiveCmd struct {
	Read    directiveReadCmd    `cmd:"" help:"Đọc một văn bản chỉ đạo: phần đầu, nơi nhận, các nhiệm vụ với cơ quan và thời hạn. Không cần dữ liệu."`
	Import  directiveImportCmd  `cmd:"" help:"Đọc một văn bản chỉ đạo và đưa vào sổ, chờ người xác nhận."`
	Confirm directiveConfirmCmd `cmd:"" help:"Xác nhận một văn bản đã nhập: các nhiệm vụ của nó được giao và theo dõi."`
	List    directiveListCmd    `cmd:"" help:"Sổ văn bản chỉ đạo."`
	Tasks   directiveTasksCmd   `cmd:"" help:"Ai có nhiệm vụ gì, đến đâu, ai chậm: chậm nhất đứng đầu."`

	Update   directiveUpdateCmd   `cmd:"" help:"Nhập lại danh sách nhiệm vụ đã sửa: hoàn thành, trả lại, gia hạn, rút; có lỗi thì không ghi dòng nào."`
	Receipts directiveReceiptsCmd `cmd:"" help:"Đơn vị nào đã, đơn vị nào chưa tiếp nhận văn bản."`
	Coverage directiveCoverageCmd `cmd:"" help:"Kiểm tra bao phủ: ai dự họp mà không nhận, ai phụ trách tiêu chí mà bị bỏ sót."`
}

type directiveReadCmd struct {
	File     string `arg:"" name:"tệp" help:"Tệp .txt, .md, .docx, .pdf hoặc .edxml."`
	Province string `help:"Mã tỉnh hai chữ số: danh bạ cơ quan và địa bàn để đối chiếu." default:"08" placeholder:"MÃ"`
	Format   string `help:"Kết quả ra bảng cho người đọc (table) hoặc JSON cho máy (json)." enum:"table,json" default:"table" placeholder:"DẠNG"`
	Strict   bool   `help:"Hiểu “trước ngày D” là hết ngày liền trước D (mặc định: hết ngày D)."`
	Keep     bool   `name:"keep-days-off" help:"Hạn đếm theo ngày rơi vào ngày nghỉ thì giữ nguyên (mặc định: chuyển sang ngày làm việc kế tiếp)."`
}

// Help says what reading does and does not do.
func (directiveReadCmd) Help() string {
	return "Kết quả là đề xuất để người kiểm tra: không có gì được lưu. Số, ngày để trống trong văn bản thì để trống; " +
		"thời hạn chỉ nhận khi câu chữ nói rõ. Tệp .pdf cần chương trình pdftotext (gói poppler-utils)."
}

var msgBigFile = fault.Msg{Key: "cli.big_file", Text: "tệp {file} lớn hơn {most} MB nên không đọc; hãy tách văn bản hoặc xuất lại tệp nhỏ hơn"}

// agenciesOf is the province whose agencies the reference data lists.
const agenciesOf = "08"

// Run reads one document and prints what it asks of whom.
func (c directiveReadCmd) Run(ctx context.Context, env *Env) error {
	places, err := placesOf(c.Province)
	if err != nil {
		return err
	}
	if _, err := places.Province(c.Province, today(env)); err != nil {
		return err
	}
	agencies, err := agency.Load(reference.FS(), places, c.Province)
	if err != nil {
		return err
	}
	working, err := calendar.Load(reference.FS())
	if err != nil {
		return err
	}
	doc, err := c.document(ctx)
	if err != nil {
		return err
	}
	r := reading.Read(doc, reading.Options{
		Agencies: agencies, Places: places, Province: c.Province, NamesOnly: c.Province != agenciesOf,
		Today: today(env), Calendar: working, Strict: c.Strict, Keep: c.Keep,
	})
	return writeTo(env, "", func(w io.Writer) error {
		if c.Format == "json" {
			out := json.NewEncoder(w)
			out.SetEscapeHTML(false)
			out.SetIndent("", "  ")
			return out.Encode(r)
		}
		writeReading(w, &r)
		return nil
	})
}

// document reads the file by its form.
func (c directiveReadCmd) document(ctx context.Context) (officialdoc.Document, error) {
	limits := officialdoc.DefaultLimits()
	data, err := readDirective(c.File, limits)
	if err != nil {
		return officialdoc.Document{}, err
	}
	return officialdoc.Read(ctx, c.File, data, officialdoc.Options{PDFText: app.PDFText(), Limits: limits})
}

// readDirective reads the file of a document that is not too large.
func readDirective(name string, limits officialdoc.Limits) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fileFault(name, err)
	}
	if info.Size() > limits.File {
		return nil, fault.New(fault.TooLarge, msgBigFile, "file", name, "most", strconv.FormatInt(limits.File>>20, 10))
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fileFault(name, err)
	}
	return data, nil
}

// writeReading prints a reading for people.
func writeReading(w io.Writer, r *reading.Reading) {
	writeHead(w, r)
	fmt.Fprintf(w, "\nNhiệm vụ (%d):\n", len(r.Tasks))
	for i := range r.Tasks {
		writeTask(w, &r.Tasks[i])
	}
	fmt.Fprintf(w, "\nNơi nhận (%d dòng):\n", len(r.Recipients))
	rows := [][]string{}
	for i, x := range r.Recipients {
		purpose := x.Purpose
		if x.Uncertain {
			purpose += " (chưa chắc)"
		}
		rows = append(rows, []string{strconv.Itoa(i + 1), x.Text, purpose, count(x.Agencies)})
	}
	writeTable(w, rows)
	if len(r.Notes) > 0 {
		fmt.Fprintln(w, "\nCần người xem lại:")
		for _, n := range r.Notes {
			fmt.Fprintln(w, "- "+n)
		}
	}
}

// count says how many agencies a name stands for.
func count(ids []string) string {
	switch len(ids) {
	case 0:
		return ""
	case 1:
		return ids[0]
	}
	return strconv.Itoa(len(ids)) + " cơ quan"
}

func writeHead(w io.Writer, r *reading.Reading) {
	issuer := or(r.Issuer, "chưa rõ")
	if r.IssuerInferred {
		issuer += " (suy ra từ ký hiệu, địa danh và chức vụ người ký)"
	}
	rows := [][]string{
		{"Số, ký hiệu", numberOf(r)},
		{"Ngày", or(date(r.Date), "chưa ghi ngày"+partial(r.DatePartial))},
		{"Nơi ban hành", or(r.Place, "không ghi")},
		{"Cơ quan ban hành", issuer},
		{"Loại", or(r.Kind, "chưa rõ")},
		{"Trích yếu", or(r.Title, "không có")},
		{"Ký", strings.Join(append(r.Signer.Capacities, r.Signer.Name), " / ")},
	}
	if r.Meeting != nil {
		rows = append(rows, []string{"Cuộc họp", or(date(r.Meeting.Date), "không rõ ngày") + ", " + r.Meeting.Chair})
	}
	if len(r.Attendees) > 0 {
		rows = append(rows, []string{"Dự họp", strconv.Itoa(len(r.Attendees)) + " cơ quan"})
	}
	if r.Programme != nil {
		rows = append(rows, []string{"Chương trình", *r.Programme})
	}
	if r.CriteriaSet != nil {
		rows = append(rows, []string{"Bộ tiêu chí", "giai đoạn " + *r.CriteriaSet})
	}
	for _, b := range r.Basis {
		rows = append(rows, []string{"Căn cứ", b})
	}
	for _, ref := range r.References {
		rows = append(rows, []string{"Dẫn chiếu", ref.Number + " ngày " + or(date(ref.Date), "không ghi")})
	}
	for _, short := range slices.Sorted(maps.Keys(r.LocalAliases)) {
		rows = append(rows, []string{"Gọi tắt", short + " = " + r.LocalAliases[short]})
	}
	writeTable(w, rows)
}

// writeTask prints one duty: its reference, who, until when, and the words.
func writeTask(w io.Writer, t *reading.Task) {
	var who []string
	for _, a := range t.Addressees {
		name := a.Text
		if n := count(a.Agencies); strings.Contains(n, " ") {
			name += " [" + n + "]"
		}
		switch {
		case a.Role == nil:
			name += " (chưa rõ chủ trì)"
		case *a.Role == reading.Support:
			name += " (phối hợp)"
		}
		who = append(who, name)
	}
	fmt.Fprintf(w, "\n%s  %s\n    %s\n    Thời hạn: %s; độ tin cậy %.0f%%\n", t.Ref, strings.Join(who, "; "), t.Text, due(t), 100*t.Confidence)
	for _, o := range t.Objects {
		fmt.Fprintf(w, "    Địa bàn: %s\n", o.Name)
	}
	for _, n := range t.Notes {
		fmt.Fprintf(w, "    Lưu ý: %s\n", n)
	}
}

// due is the deadline of a duty in words.
func due(t *reading.Task) string {
	phrase := ""
	if t.DeadlinePhrase != nil {
		phrase = " (“" + *t.DeadlinePhrase + "”)"
	}
	if t.Deadline != nil {
		return or(date(t.Deadline), "") + strings.TrimRight(" "+or(t.DeadlineTime, ""), " ") + phrase
	}
	words := map[deadline.Kind]string{
		deadline.Recurring: "định kỳ", deadline.ByReference: "theo quy định hoặc văn bản dẫn chiếu", deadline.Urgent: "khẩn trương, không nêu ngày",
		deadline.Continuous: "thường xuyên", deadline.Relative: "chờ mốc", deadline.Date: "chưa tính được", deadline.Period: "chưa tính được",
		deadline.Inherited: "theo mục trên",
	}
	if s, ok := words[t.DeadlineKind]; ok {
		return s + phrase
	}
	return "không có"
}

func or(s *string, other string) string {
	if s == nil || *s == "" {
		return other
	}
	return *s
}

// date is a day of JSON as people write it.
func date(iso *string) *string {
	if iso == nil {
		return nil
	}
	d, err := day.Parse(*iso)
	if err != nil {
		return iso
	}
	s := d.Vietnamese()
	return &s
}

func partial(s *string) string {
	if s == nil {
		return ""
	}
	if p, err := day.ParsePeriod(*s); err == nil {
		return ", " + p.Vietnamese()
	}
	return ", " + *s
}

// numberOf is the number as printed, or the symbol of a document that has none yet.
func numberOf(r *reading.Reading) string {
	if r.Number != nil {
		return *r.Number
	}
	if r.Symbol != nil {
		return "chưa có số, ký hiệu " + *r.Symbol
	}
	return "không có"
}
