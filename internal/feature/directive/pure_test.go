package directive

import (
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"

	"pgregory.net/rapid"
)

// TestSplitThenMergeIsTheSame takes a duty apart anywhere and joins it again:
// words, span and time are what they were.
func TestSplitThenMergeIsTheSame(t *testing.T) {
	word := rapid.StringMatching(`[a-zđưăâêôơ]{1,6}[,;.]?`)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(word, 2, 20).Draw(t, "words")
		var text strings.Builder
		text.WriteString(rapid.SampledFrom([]string{"", "1. ", "- Sở Y tế "}).Draw(t, "before"))
		start := len([]rune(text.String()))
		for i, w := range words {
			if i > 0 {
				text.WriteString(rapid.SampledFrom([]string{" ", "\n", "  "}).Draw(t, "space"))
			}
			text.WriteString(w)
		}
		source := []rune(text.String())
		d := Duty{Text: strings.Join(words, " "), Start: start, End: len(source), Due: day.Of(2024, 9, 30), Kind: OnDate, Phrase: words[len(words)-1]}
		if rapid.Bool().Draw(t, "edited") {
			d.Text = "khác: " + d.Text
		}
		at := rapid.IntRange(1, len([]rune(d.Text))-1).Draw(t, "at")
		if r := []rune(d.Text); r[at] != ' ' && r[at-1] != ' ' {
			return // inside a word: joining puts a space there
		}
		a, b, ok := d.cut(source, at)
		if !ok {
			t.Fatalf("%q not cut at %d", d.Text, at)
		}
		if strings.ReplaceAll(a.Text+b.Text, " ", "") != strings.ReplaceAll(d.Text, " ", "") {
			t.Fatalf("letters lost: %q + %q", a.Text, b.Text)
		}
		if a.Start > a.End || b.Start > b.End || b.End > len(source) {
			t.Fatalf("spans %d-%d and %d-%d of %d", a.Start, a.End, b.Start, b.End, len(source))
		}
		one := join(source, &a, &b)
		if one.Text != d.Text || one.Start != d.Start || one.End != d.End || one.Due != d.Due || one.Phrase != d.Phrase || one.Kind != d.Kind {
			t.Fatalf("%+v became %+v", d, one)
		}
	})
}

func TestCuts(t *testing.T) {
	text := "rà soát, xây dựng kế hoạch; báo cáo. Hết và đồng thời nghỉ"
	for _, at := range Cuts(text) {
		a, b, ok := CutText(text, at)
		if !ok || strings.HasPrefix(b, " ") || strings.HasSuffix(a, " ") {
			t.Errorf("%q | %q", a, b)
		}
	}
	if len(Cuts(text)) != 5 || len(Cuts("")) != 0 {
		t.Errorf("%d cuts", len(Cuts(text)))
	}
	for _, at := range []int{-1, 0, 1000} {
		if _, _, ok := CutText(text, at); ok {
			t.Errorf("cut at %d", at)
		}
	}
}

func TestNumbers(t *testing.T) {
	for cited, want := range map[string][2]string{
		"94/TB-UBND": {"94", "TB-UBND"}, "34-NQ/TU": {"34", "NQ/TU"}, "05/2022/TT-BNNPTNT": {"05", "2022/TT-BNNPTNT"}, "146/2025/QH15": {"146", "2025/QH15"},
		"30/VPĐP": {"30", "VPĐP"}, "7": {"7", ""},
	} {
		number, symbol := SplitNumber(cited)
		if number != want[0] || symbol != want[1] || cite(number, symbol) != cited {
			t.Errorf("%s: %q %q, again %q", cited, number, symbol, cite(number, symbol))
		}
	}
	d := Document{Number: "05", Symbol: "TB-UBND", Issued: day.Of(2024, 2, 3)}
	for r, want := range map[Reference]bool{
		{Number: "5/TB-UBND", On: day.Of(2024, 2, 3)}: true, {Number: "05/TB-UBND", On: day.None}: true, {Number: "05/QĐ-UBND", On: day.None}: false,
		{Number: "05/TB-UBND", On: day.Of(2023, 2, 3)}: false, {Number: "", On: day.None}: false,
	} {
		if d.names(&r) != want {
			t.Errorf("%+v: %v", r, !want)
		}
	}
	if KindWords("ĐA") == KindWords("DA") || kindOf("ĐA-UBND") != "ĐA" || kindOf("UBND-NLN") != "" {
		t.Error("ĐA and DA are two kinds")
	}
}

func TestDays(t *testing.T) {
	for _, c := range []struct {
		d           Document
		words, line string
	}{
		{Document{Issued: day.Of(2024, 6, 7)}, "07/06/2024", "ngày 07 tháng 6 năm 2024"},
		{Document{Issued: day.Of(2024, 2, 17)}, "17/02/2024", "ngày 17 tháng 02 năm 2024"},
		{Document{Issued: day.None, DatePartial: "2024-06"}, "…/6/2024", "ngày … tháng 6 năm 2024"},
		{Document{Issued: day.None, DatePartial: "2024"}, "năm 2024", "ngày … tháng … năm 2024"},
		{Document{Issued: day.None}, "chưa rõ ngày", "ngày … tháng … năm …"},
	} {
		if c.d.DayWords() != c.words || c.d.DayLine() != c.line {
			t.Errorf("%q, %q", c.d.DayWords(), c.d.DayLine())
		}
	}
}

func TestMissing(t *testing.T) {
	one := Addressee{Text: "Sở Y tế", Role: Lead, Agencies: []string{"a"}}
	for name, c := range map[string]struct {
		who    []Addressee
		accept []string
		want   string
	}{
		"nobody":             {nil, nil, "who"},
		"one leads":          {[]Addressee{one}, nil, ""},
		"two, no lead":       {[]Addressee{{Text: "A", Agencies: []string{"a"}}, {Text: "B", Agencies: []string{"b"}}}, nil, "lead"},
		"lead and undecided": {[]Addressee{one, {Text: "B", Agencies: []string{"b"}}}, nil, "lead"},
		"support alone":      {[]Addressee{{Text: "A", Role: Support, Agencies: []string{"a"}}}, nil, "lead"},
		"list not known":     {[]Addressee{{Text: "thành viên", Role: Lead, Unknown: true}}, nil, "list"},
		"list left open":     {[]Addressee{{Text: "thành viên", Role: Lead}}, []string{"thành viên"}, ""},
		"another left open":  {[]Addressee{{Text: "thành viên", Role: Lead}}, []string{"khác"}, "list"},
	} {
		var got []string
		for _, l := range Missing([]Duty{{ID: "x", Ref: "1", Addressees: c.who}}, c.accept) {
			got = append(got, string(l.What))
			if l.Words() == "" || strings.Contains(l.Words(), "{") {
				t.Errorf("%s: %q", name, l.Words())
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
	if len(Missing([]Duty{{Removed: true}}, nil)) != 0 {
		t.Error("a duty that was struck out lacks something")
	}
}

func TestCover(t *testing.T) {
	to := func(purpose string, person bool, ids ...string) Recipient {
		return Recipient{Named: Named{Agencies: ids}, Purpose: purpose, Person: person}
	}
	d := Document{
		Attendees:  []Named{{Agencies: []string{"a", "b", "gone"}}},
		Recipients: []Recipient{to("thực hiện", false, "a", "b", "c"), to("báo cáo", false, "tinh-uy"), to("thực hiện", true, "desk"), to("lưu", false)},
	}
	duties := []Duty{
		{Addressees: []Addressee{{Text: "Sở A", Agencies: []string{"a"}}}},
		{Addressees: []Addressee{{Text: "các ngành, cơ quan, đơn vị liên quan", Agencies: []string{"a", "b", "c"}}}},
		{Removed: true, Addressees: []Addressee{{Text: "Sở B", Agencies: []string{"b"}}}},
	}
	c := Cover(&d, duties, []Charge{
		{Agency: "x", Code: "7"}, {Agency: "x", Code: "8", Proposed: true}, {Agency: "a", Code: "1"}, {Agency: "y", Code: "10", Supplies: true, Proposed: true}, {Code: "2"},
	})
	if strings.Join(c.Absent, " ") != "gone" || strings.Join(c.Untasked, " ") != "b c" {
		t.Errorf("absent %v, untasked %v", c.Absent, c.Untasked)
	}
	if len(c.InCharge) != 1 || strings.Join(c.InCharge[0].Codes, " ") != "7 8" || c.InCharge[0].Proposed {
		t.Errorf("in charge: %+v", c.InCharge)
	}
	if len(c.Suppliers) != 1 || c.Suppliers[0].Agency != "y" || !c.Suppliers[0].Proposed || c.Clean() {
		t.Errorf("suppliers: %+v", c.Suppliers)
	}
	// A document of elsewhere names nobody of the directory: nothing is compared,
	// and nothing is said to agree.
	if e := Cover(&Document{}, duties, []Charge{{Agency: "x", Code: "7"}}); !e.Clean() || !e.Blind() || c.Blind() {
		t.Errorf("an empty document: %+v", e)
	}
	c = Cover(&d, duties, []Charge{{Agency: "x", Code: "14"}, {Agency: "z", Code: "17"}, {Agency: "x", Code: "5"}})
	if len(c.InCharge) != 2 || strings.Join(c.InCharge[0].Codes, " ") != "5 14" || c.InCharge[1].Agency != "z" {
		t.Errorf("criteria out of order: %+v", c.InCharge)
	}
}

func TestSteps(t *testing.T) {
	for _, closes := range []string{StepMade, StepSubmitted, StepApproved, StepSingle, ""} {
		d := Duty{Steps: PlanSteps(closes)}
		if d.Closing() != closes {
			t.Errorf("%q closes by %q", closes, d.Closing())
		}
	}
	if PlanSteps("khác") != nil {
		t.Error("a step that is none")
	}
}
