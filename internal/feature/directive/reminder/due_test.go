package reminder_test

import (
	"io/fs"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giuchuan/internal/feature/directive/reminder"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/calendar"
	"giuchuan/reference"
)

func rules(t testing.TB) *reminder.Rules {
	t.Helper()
	data, err := fs.ReadFile(reference.FS(), reminder.RulesFile)
	if err != nil {
		t.Fatal(err)
	}
	r, err := reminder.ParseRules(data, reminder.RulesFile)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func workdays(t testing.TB) *day.Calendar {
	t.Helper()
	c, err := calendar.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func on(t testing.TB, s string) day.Day {
	t.Helper()
	d, err := day.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestStepsComeOnWorkingDays: the days of people.md's story, and those where a
// day off lies between.
func TestStepsComeOnWorkingDays(t *testing.T) {
	r, c := rules(t), workdays(t)
	for _, x := range []struct {
		event      reminder.Event
		on, today  string
		step       string // "" = nothing yet
		left       int
		recipients string
	}{
		{reminder.OnDue, "2024-09-30", "2024-09-20", "", 0, ""},
		{reminder.OnDue, "2024-09-30", "2024-09-22", "", 0, ""}, // a Sunday: 23/9 is the fifth working day before
		{reminder.OnDue, "2024-09-30", "2024-09-23", "truoc-han", 7, "unit"},
		{reminder.OnDue, "2024-09-30", "2024-09-29", "truoc-han", 1, "unit"},
		{reminder.OnDue, "2024-09-30", "2024-09-30", "den-han", 0, "unit"},
		{reminder.OnDue, "2024-09-30", "2024-10-01", "qua-han-1", -1, "unit"},
		{reminder.OnDue, "2024-09-30", "2024-10-06", "qua-han-1", -6, "unit"},
		{reminder.OnDue, "2024-09-30", "2024-10-07", "qua-han-5", -7, "unit leader"},
		{reminder.OnDue, "2024-09-30", "2024-10-14", "qua-han-10", -14, "unit leader office province"},
		{reminder.OnDue, "2024-12-31", "2024-10-01", "", 0, ""},
		{reminder.OnDue, "2025-02-03", "2025-01-20", "truoc-han", 14, "unit"}, // Tết: 25/1 to 2/2 off
		{reminder.OnDue, "2025-02-03", "2025-01-19", "", 0, ""},
		{reminder.OnDue, "2024-09-01", "2024-08-30", "den-han", 2, "unit"}, // a Sunday: told on the Friday before
		{reminder.OnDue, "2024-09-01", "2024-09-03", "den-han", -2, "unit"},
		{reminder.OnDue, "2024-09-01", "2024-09-04", "qua-han-1", -3, "unit"}, // 2 and 3/9 off
		{reminder.OnReceive, "2024-06-21", "2024-06-21", "", 0, ""},
		{reminder.OnReceive, "2024-06-21", "2024-06-24", "chua-tiep-nhan-1", -3, "unit"},
		{reminder.OnReceive, "2024-06-21", "2024-06-28", "chua-tiep-nhan-5", -7, "unit leader office"},
		{reminder.OnConfirm, "2024-09-12", "2024-09-17", "cho-xac-nhan-3", -5, "office"},
	} {
		m := reminder.Matter{Event: x.event, ID: "t", On: on(t, x.on), Agency: "ubnd-074.1"}
		got, err := reminder.Due(r, []reminder.Matter{m}, c, on(t, x.today))
		if err != nil {
			t.Fatal(err)
		}
		if x.step == "" {
			if len(got) != 0 {
				t.Errorf("%s %s on %s: %s, want nothing yet", x.event, x.on, x.today, got[0].Step.ID)
			}
			continue
		}
		if len(got) != 1 {
			t.Errorf("%s %s on %s: nothing, want %s", x.event, x.on, x.today, x.step)
			continue
		}
		var to []string
		for _, a := range got[0].Step.To {
			to = append(to, string(a))
		}
		if got[0].Step.ID != x.step || got[0].Left != x.left || strings.Join(to, " ") != x.recipients {
			t.Errorf("%s %s on %s: %s %d to %v, want %s %d to %s",
				x.event, x.on, x.today, got[0].Step.ID, got[0].Left, to, x.step, x.left, x.recipients)
		}
	}
}

// TestAYearWithoutDaysOffIsSaid: where the calendar ends the error names the day,
// and other matters are given all the same.
func TestAYearWithoutDaysOffIsSaid(t *testing.T) {
	r, c := rules(t), workdays(t)
	got, err := reminder.Due(r, []reminder.Matter{
		{Event: reminder.OnDue, ID: "a", On: on(t, "2031-03-10"), Agency: "x", Ref: "1.1", Cited: "Thông báo số 1/TB-UBND"},
		{Event: reminder.OnDue, ID: "b", On: on(t, "2026-11-20"), Agency: "y"},
	}, c, on(t, "2031-03-08"))
	if fault.CodeOf(err) != fault.Invalid || !strings.Contains(fault.Text(err), "10/03/2031") {
		t.Errorf("the missing year is not said: %v", err)
	}
	if len(got) != 1 || got[0].ID != "b" || got[0].Step.ID != "qua-han-10" {
		t.Errorf("got %+v, want the other matter", got)
	}
	if _, err = reminder.Due(r, []reminder.Matter{{Event: reminder.OnDue, ID: "a", On: on(t, "2031-03-10")}}, c, on(t, "2026-10-01")); err != nil {
		t.Errorf("a deadline years away is no trouble yet: %v", err)
	}
}

// TestNothingIsMissedOrGivenTwice: whatever days the server was down, a matter
// ends with the strongest step, steps only grow, and no step comes twice.
func TestNothingIsMissedOrGivenTwice(t *testing.T) {
	r, c := rules(t), workdays(t)
	rapid.Check(t, func(t *rapid.T) {
		due := day.Of(2024, 1, 1) + day.Day(rapid.IntRange(40, 900).Draw(t, "due"))
		m := []reminder.Matter{{Event: reminder.OnDue, ID: "t", On: due, Agency: "x"}}
		given, last := map[string]bool{}, reminder.Workdays(-1000)
		for today := due - 30; today < due+30; today += day.Day(rapid.IntRange(1, 12).Draw(t, "down")) {
			got, err := reminder.Due(r, m, c, today)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) > 1 {
				t.Fatalf("a flood of %d on %s", len(got), today)
			}
			if len(got) == 0 {
				if len(given) > 0 {
					t.Fatalf("%s: a step was taken back", today)
				}
				continue
			}
			if got[0].Step.Offset < last {
				t.Fatalf("%s: step %s after a stronger one", today, got[0].Step.ID)
			}
			last = got[0].Step.Offset
			given[got[0].Step.ID] = true
			if got[0].Urging() != (today > due) {
				t.Fatalf("%s: đôn đốc of a deadline %s", today, due)
			}
		}
		got, err := reminder.Due(r, m, c, due+30)
		if err != nil || len(got) != 1 || got[0].Step.ID != "qua-han-10" {
			t.Fatalf("thirty days late: %v %v", got, err)
		}
	})
}

// TestRulesAreRead: a bad file is refused with the place and what is accepted.
func TestRulesAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "tệp rỗng",
		"source: x\nsteps: [{id: a}]": "event là due",
		"source: x\nfoo: 1":           "foo",
		"steps: []":                   "thiếu source",
		"source: x\nsteps: [{id: a, event: due, offset: 1, to: [all]}]":                                               "to chỉ nhận",
		"source: x\nsteps: [{id: a, event: due, offset: 9999, to: [unit]}]":                                           "offset",
		"source: x\nsteps: [{id: a, event: due, to: [unit]}, {id: a, event: due, to: [unit]}]":                        "hai lần",
		"source: x\nrelations: [{from: [a], verb: x}]":                                                                "quan hệ thứ 1",
		"source: x\nrelations: [{from: [a], to: [b]}]":                                                                "thiếu verb",
		"source: x\nsteps: [{id: a, event: due, offset: 1.5, to: [unit]}]":                                            "“1.5” không phải",
		"source: x\nsteps: [{id: a, event: due, to: []}, {id: \"\", event: due, to: [unit]}]\nrelations: [{verb: y}]": "ít nhất một",
	} {
		_, err := reminder.ParseRules([]byte(text), "f")
		if fault.CodeOf(err) != fault.Invalid || !strings.Contains(fault.Text(err), want) {
			t.Errorf("%q: %v, want %q", text, fault.Text(err), want)
		}
	}
}

// TestWhoMayUrgeWhom: the verb follows the relation (people.md §3).
func TestWhoMayUrgeWhom(t *testing.T) {
	r := rules(t)
	p := func(id, kind string) reminder.Party { return reminder.Party{ID: id, Kind: kind} }
	province, office, coordination := p("ubnd-tinh.1", "committee"), p("vp-ubnd.1", "office"), p("vpdp-ntm.1", "office")
	health, police := p("so-y-te.1", "department"), p("cong-an-tinh.1", "vertical")
	district, commune := p("ubnd-074.1", "ubnd-huyen"), p("ubnd-02407.1", "ubnd-xa")
	for _, x := range []struct {
		from, to reminder.Party
		verb     string
		urges    bool
	}{
		{province, district, "yêu cầu", true},
		{province, health, "yêu cầu", true},
		{province, police, "đề nghị", true},
		{office, district, "đề nghị", true},
		{office, health, "đề nghị", true},
		{office, province, "kính đề nghị", false},
		{coordination, commune, "đề nghị", true},
		{coordination, office, "đề nghị", false},
		{health, district, "đề nghị", true},
		{health, police, "đề nghị", false},
		{district, commune, "yêu cầu", true},
		{district, health, "kính đề nghị", false},
		{commune, district, "kính đề nghị", false},
		{district, province, "kính đề nghị", false},
	} {
		if got := r.Between(x.from, x.to); got.Verb != x.verb || got.Urges != x.urges {
			t.Errorf("%s to %s: %s %v, want %s %v", x.from.ID, x.to.ID, got.Verb, got.Urges, x.verb, x.urges)
		}
	}
}

// TestMessage: what a person pastes into a message on a phone.
func TestMessage(t *testing.T) {
	r := rules(t)
	v := reminder.Voice{
		From: reminder.Party{ID: "vp-ubnd.1", Kind: "office", Name: "Văn phòng UBND tỉnh"},
		To:   reminder.Party{ID: "ubnd-074.1", Kind: "ubnd-huyen", Name: "UBND huyện Hàm Yên"}, Site: "https://giuchuan.example/",
	}
	m := reminder.Matter{
		Event: reminder.OnDue, On: on(t, "2024-09-30"), Ref: "1.7", Cited: "Thông báo số 58/TB-UBND ngày 07/6/2024", Path: "/nhiem-vu/t1",
		Text: strings.Repeat("chỉ đạo các xã lập kế hoạch duy trì và nâng cao chất lượng tiêu chí, ", 6),
	}
	for today, want := range map[string]string{
		"2024-10-01": "[Đôn đốc] Văn phòng UBND tỉnh đề nghị UBND huyện Hàm Yên khẩn trương hoàn thành, báo cáo kết quả nhiệm vụ 1.7, " +
			"Thông báo số 58/TB-UBND ngày 07/6/2024: “chỉ đạo các xã lập kế hoạch duy trì và nâng cao chất lượng tiêu chí, chỉ đạo các xã lập kế " +
			"hoạch duy trì và nâng cao chất lượng tiêu chí, chỉ đạo các xã lập…”. Thời hạn 30/09/2024, đã quá hạn 1 ngày. Xem: https://giuchuan.example/nhiem-vu/t1",
		"2024-09-30": "là hôm nay",
		"2024-09-26": "[Nhắc việc] Văn phòng UBND tỉnh đề nghị UBND huyện Hàm Yên thực hiện đúng hạn",
	} {
		got, err := reminder.Due(r, []reminder.Matter{m}, workdays(t), on(t, today))
		if err != nil || len(got) != 1 {
			t.Fatal(got, err)
		}
		text := r.Message(&got[0], v)
		if !strings.Contains(text, want) {
			t.Errorf("on %s:\n%s\nwant\n%s", today, text, want)
		}
		if n := len([]rune(text)); n > 480 {
			t.Errorf("%d characters are no message for a phone", n)
		}
	}
}
