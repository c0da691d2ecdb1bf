package cli

import (
	"fmt"
	"io"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/register/criteria"
)

type rulesCmd struct {
	Lint   rulesLintCmd   `cmd:"" help:"Kiểm tra mọi tệp của bộ tiêu chí."`
	List   rulesListCmd   `cmd:"" help:"Các bộ tiêu chí đang có."`
	Show   rulesShowCmd   `cmd:"" help:"Một bộ tiêu chí hoặc một chỉ tiêu, với mức áp dụng tại một ngày và nguồn."`
	Decide rulesDecideCmd `cmd:"" help:"Nhập mức đạt chuẩn do tỉnh quy định."`
	Diff   rulesDiffCmd   `cmd:"" help:"So sánh hai bộ tiêu chí theo các đại lượng chung."`
}

var (
	msgUnverified = fault.Msg{Key: "cli.unverified_values", Text: "còn {count} mức đạt chuẩn chưa đối chiếu văn bản gốc; chưa phát hành được"}
	msgRegion     = fault.Msg{Key: "cli.region", Text: "không có vùng “{region}”; nhận: {accepted}"}
)

type rulesLintCmd struct {
	Release bool `help:"Từ chối khi còn mức chưa đối chiếu văn bản gốc."`
}

// Run loads every rule file and counts what it found.
func (c rulesLintCmd) Run(env *Env) error {
	lib, err := criteria.LoadLaw()
	if err != nil {
		return err
	}
	open := 0
	for _, s := range lib.Sets {
		n, of := countValues(s)
		open += n
		state := ""
		if s.Draft {
			state = ", bản nháp: " + s.DraftReason
		}
		fmt.Fprintf(env.Stdout, "%s: %d tiêu chí, %d chỉ tiêu, %d mức đạt chuẩn, %d chưa đối chiếu văn bản gốc%s\n",
			s.ID, len(s.Criteria), len(s.Indicators), of, n, state)
	}
	fmt.Fprintf(env.Stdout, "%d văn bản, %d đại lượng dùng chung; không có lỗi\n", len(lib.Instruments), len(lib.Measures))
	if c.Release && open > 0 {
		return fault.New(fault.Conflict, msgUnverified, "count", fmt.Sprint(open))
	}
	return nil
}

// countValues counts the values of a set that nobody verified, of all.
func countValues(s *law.Set) (open, all int) {
	for slot := range s.Slots() {
		ind := s.At(slot)
		values := ind.Values
		if ind.Of != nil {
			values = append(values[:len(values):len(values)], ind.Of.Values...)
		}
		for i := range values {
			all++
			if values[i].Verified == nil {
				open++
			}
		}
	}
	return open, all
}

type rulesListCmd struct{}

// Run lists the sets.
func (rulesListCmd) Run(env *Env) error {
	lib, err := criteria.LoadLaw()
	if err != nil {
		return err
	}
	rows := [][]string{{"BỘ TIÊU CHÍ", "TIÊU CHÍ", "CHỈ TIÊU", "GIAI ĐOẠN", "VĂN BẢN", "TÌNH TRẠNG"}}
	for _, s := range lib.Sets {
		state := "dùng được"
		if s.Draft {
			state = "bản nháp, chưa dùng để đánh giá"
		}
		rows = append(rows, []string{
			s.ID, fmt.Sprint(len(s.Criteria)), fmt.Sprint(len(s.Indicators)),
			fmt.Sprintf("%d-%d", s.PeriodFrom.Year(), s.PeriodTo.Year()), lib.Instruments[s.Instrument].Number, state,
		})
	}
	return writeTo(env, "", func(w io.Writer) error { writeTable(w, rows); return nil })
}

type rulesShowCmd struct {
	Set       string  `arg:"" name:"bộ" help:"Bộ tiêu chí, như xa-ntm-2021-2025."`
	Indicator string  `arg:"" name:"chỉ-tiêu" optional:"" help:"Mã chỉ tiêu hoặc tiêu chí, như 15.1."`
	Date      dayFlag `help:"Ngày áp dụng; để trống là hôm nay." placeholder:"NGÀY"`
	Region    string  `help:"Vùng: TDMNPB, DBSH, BTB, DHNTB, TN, DNB, DBSCL." default:"TDMNPB" placeholder:"VÙNG"`
}

// Run shows a set or one indicator with the values that apply at the day.
func (c rulesShowCmd) Run(env *Env) error {
	lib, err := criteria.LoadLaw()
	if err != nil {
		return err
	}
	s, err := lib.Set(c.Set)
	if err != nil {
		return err
	}
	region, ok := law.ParseRegion(strings.ToUpper(c.Region))
	if !ok {
		return fault.New(fault.Invalid, msgRegion, "region", c.Region, "accepted", strings.Join(law.RegionCodes(), ", "))
	}
	on := c.Date.or(today(env))
	y := law.NewYardstick(s, nil, on, &law.CommuneFacts{Class: law.Class{Region: region}})
	if c.Indicator == "" {
		return writeTo(env, "", func(w io.Writer) error { showSet(w, y); return nil })
	}
	slots, err := slotsOf(s, c.Indicator)
	if err != nil {
		return err
	}
	return writeTo(env, "", func(w io.Writer) error {
		for _, slot := range slots {
			showIndicator(w, y, slot)
		}
		return nil
	})
}

// slotsOf gives one indicator or part, or all indicators of a criterion.
func slotsOf(s *law.Set, code string) ([]int, error) {
	if slot, ok := s.Slot(code); ok {
		return []int{slot}, nil
	}
	crit, ok := s.Criterion(code)
	if !ok {
		return nil, fault.New(fault.NotFound, msgNoCode, "set", s.ID, "code", code)
	}
	var slots []int
	for slot := crit.First; slot < crit.End; slot++ {
		slots = append(slots, slot)
	}
	return slots, nil
}

var msgNoCode = fault.Msg{Key: "cli.no_code", Text: "bộ tiêu chí {set} không có tiêu chí hay chỉ tiêu “{code}”"}

func showSet(w io.Writer, y *law.Yardstick) {
	s := y.Set
	fmt.Fprintf(w, "%s\n%s; áp dụng ngày %s, vùng %s\n", s.Name, s.Instruments[s.Instrument].Citation(), y.On.Vietnamese(), y.Class.Region.Name())
	if s.Draft {
		fmt.Fprintf(w, "BẢN NHÁP, chưa dùng để đánh giá: %s\n", s.DraftReason)
	}
	for i := range s.Criteria {
		c := &s.Criteria[i]
		marks := ""
		if c.Core {
			marks += " [xét thu hồi]"
		}
		if c.Soft {
			marks += " [tiêu chí mềm]"
		}
		fmt.Fprintf(w, "\n%s. %s%s – %s\n", c.Code, c.Name, marks, c.Lead)
		var rows [][]string
		for slot := c.First; slot < c.End; slot++ {
			rows = append(rows, []string{"  " + s.Indicators[slot].Code, markText(y, slot), s.Indicators[slot].Name})
		}
		writeTable(w, rows)
	}
}

// markText is the threshold that applies to a slot, in a few words.
func markText(y *law.Yardstick, slot int) string {
	ind, m := y.Set.At(slot), &y.Marks[slot]
	switch {
	case len(ind.Parts) > 0:
		return fmt.Sprintf("%d phần", len(ind.Parts))
	case m.Skip:
		return "không đặt ở vùng này"
	case len(m.Cases) > 0:
		var cases []string
		for _, t := range m.Cases {
			cases = append(cases, ind.Requirement(t.Value)+" khi "+t.When.Part+" "+t.When.Op+" "+t.When.Value.Vietnamese())
		}
		return strings.Join(cases, "; ")
	case m.Basis == law.NoBasis:
		return "chưa có mức do tỉnh quy định"
	}
	text := ind.Requirement(m.Value)
	if m.Reference {
		text += " (mức tham khảo)"
	}
	return text
}

func showIndicator(w io.Writer, y *law.Yardstick, slot int) {
	s, ind := y.Set, y.Set.At(slot)
	c := &s.Criteria[ind.Criterion]
	fmt.Fprintf(w, "%s %s\n  tiêu chí %s %s; cơ quan phụ trách: %s\n", ind.Code, ind.Name, c.Code, c.Name, c.Lead)
	fmt.Fprintf(w, "  mức đạt chuẩn ngày %s, vùng %s: %s\n", y.On.Vietnamese(), y.Class.Region.Name(), markText(y, slot))
	for i := range ind.Values {
		t := &ind.Values[i]
		fmt.Fprintf(w, "    %s: %s – %s, %s; nguồn: %s%s\n", scope(t), ind.Requirement(t.Value), number(s, t.Source.Instrument),
			t.Source.Article, t.Source.Seen(), verifiedText(t.Verified))
	}
	if ind.Published != "" && ind.Published != ind.Source.Instrument {
		fmt.Fprintf(w, "  văn bản hướng dẫn: %s\n", number(s, ind.Published))
	}
	if ind.Delegated {
		fmt.Fprintln(w, "  mức do UBND cấp tỉnh quy định")
	}
	if ind.Supplier != "" {
		fmt.Fprintf(w, "  cơ quan cung cấp số liệu: %s\n", ind.Supplier)
	}
	if ind.MaxAge > 0 {
		fmt.Fprintf(w, "  số liệu dùng được trong %d tháng\n", ind.MaxAge)
	}
	if ind.Note != "" {
		fmt.Fprintf(w, "  ghi chú: %s\n", ind.Note)
	}
	for _, part := range ind.Parts {
		showIndicator(w, y, part)
	}
}

func scope(t *law.Threshold) string {
	text := t.Region.Name()
	if t.Group != 0 {
		text = fmt.Sprintf("xã nhóm %d", t.Group)
	}
	if t.Year != 0 {
		text += fmt.Sprintf(", năm %d", t.Year)
	}
	if t.When != nil {
		text += ", khi " + t.When.Part + " " + t.When.Op + " " + t.When.Value.Vietnamese()
	}
	if t.From != day.None {
		text += ", từ " + t.From.Vietnamese()
	}
	return text
}

func number(s *law.Set, id string) string {
	if i := s.Instruments[id]; i != nil {
		return i.Number
	}
	return id
}

func verifiedText(v *law.Verification) string {
	if v == nil {
		return "; chưa đối chiếu văn bản gốc"
	}
	return "; " + v.By + " đã đối chiếu văn bản gốc ngày " + v.On.Vietnamese()
}

type rulesDiffCmd struct {
	First  string  `arg:"" name:"bộ-1" help:"Bộ tiêu chí thứ nhất."`
	Second string  `arg:"" name:"bộ-2" help:"Bộ tiêu chí thứ hai."`
	Date   dayFlag `help:"Ngày áp dụng; để trống là hôm nay." placeholder:"NGÀY"`
	Region string  `help:"Vùng." default:"TDMNPB" placeholder:"VÙNG"`
}

// Run compares two sets: what both measure, and what only one has.
func (c rulesDiffCmd) Run(env *Env) error {
	lib, err := criteria.LoadLaw()
	if err != nil {
		return err
	}
	region, ok := law.ParseRegion(strings.ToUpper(c.Region))
	if !ok {
		return fault.New(fault.Invalid, msgRegion, "region", c.Region, "accepted", strings.Join(law.RegionCodes(), ", "))
	}
	var y [2]*law.Yardstick
	for i, id := range []string{c.First, c.Second} {
		s, err := lib.Set(id)
		if err != nil {
			return err
		}
		y[i] = law.NewYardstick(s, nil, c.Date.or(today(env)), &law.CommuneFacts{Class: law.Class{Region: region}})
	}
	return writeTo(env, "", func(w io.Writer) error { writeDiff(w, y[0], y[1]); return nil })
}

func writeDiff(w io.Writer, a, b *law.Yardstick) {
	rows := [][]string{{"ĐẠI LƯỢNG", a.Set.ID, b.Set.ID}}
	paired := map[string]bool{}
	for i := range a.Set.Indicators {
		ind := &a.Set.Indicators[i]
		for j := range b.Set.Indicators {
			if other := &b.Set.Indicators[j]; ind.Measure != "" && other.Measure == ind.Measure {
				rows = append(rows, []string{ind.Name, ind.Code + ": " + markText(a, i), other.Code + ": " + markText(b, j)})
				paired[ind.Measure] = true
			}
		}
	}
	fmt.Fprintf(w, "Cùng đại lượng (chưa đối chiếu văn bản gốc):\n")
	writeTable(w, rows)
	only := func(y *law.Yardstick) {
		fmt.Fprintf(w, "\nChỉ có trong %s:\n", y.Set.ID)
		var list [][]string
		for i := range y.Set.Indicators {
			if ind := &y.Set.Indicators[i]; !paired[ind.Measure] {
				list = append(list, []string{"  " + ind.Code, markText(y, i), ind.Name})
			}
		}
		writeTable(w, list)
	}
	only(a)
	only(b)
}
