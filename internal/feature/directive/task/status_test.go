package task_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/feature/directive/task/tasktest"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/sheet"
	"giuchuan/reference"

	"pgregory.net/rapid"
)

func rules(t testing.TB) *task.Rules {
	t.Helper()
	r, err := task.LoadRules(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestStanding(t *testing.T) {
	due := on(9, 30) // a Monday
	report := func(d day.Day, proof ...task.Proof) task.Act {
		return task.Act{Kind: task.Reported, On: d, Proof: proof}
	}
	confirm, back := task.Act{Kind: task.Confirmed, On: on(10, 20)}, task.Act{Kind: task.Returned, On: on(10, 20)}
	for _, x := range []struct {
		name   string
		task   task.Task
		today  day.Day
		status task.Status
		column task.Status
		days   int
	}{
		{"due today", task.Task{Due: due}, due, task.InTime, task.InTime, 0},
		{"the day after", task.Task{Due: due}, due + 1, task.Overdue, task.Overdue, -1},
		{"due on a Sunday stays", task.Task{Due: on(9, 29)}, on(9, 30), task.Overdue, task.Overdue, -1},
		{"reported in time, asked later", task.Task{Due: due, Acts: []task.Act{report(due)}}, due + 9, task.Waiting, task.InTime, -9},
		{"reported late", task.Task{Due: due, Acts: []task.Act{report(due + 1)}}, due + 9, task.Waiting, task.Overdue, -9},
		{"confirmed after its day, done before", task.Task{Due: due, Acts: []task.Act{report(due), confirm}}, on(10, 20), task.OnTime, task.OnTime, 0},
		{"done a day late", task.Task{Due: due, Acts: []task.Act{report(due + 1), confirm}}, on(10, 20), task.Late, task.Late, 0},
		{"returned counts as not done", task.Task{Due: due, Acts: []task.Act{report(due), back}}, on(10, 20), task.Overdue, task.Overdue, -20},
		{"no deadline", task.Task{Due: day.None}, due, task.Undated, task.Undated, 0},
		{"no deadline, done", task.Task{Due: day.None, Acts: []task.Act{report(due), confirm}}, on(10, 20), task.Done, task.Done, 0},
		{"continuous is never overdue", task.Task{Due: due, Kind: directive.Continuous}, due + 9, task.Continuing, task.Continuing, 0},
		{"withdrawn", task.Task{Due: due, Acts: []task.Act{{Kind: task.Retracted, On: due}}}, due + 9, task.Retired, task.Retired, 0},
	} {
		s := task.Stand(&x.task, x.today, rules(t), task.Below{})
		if s.Status != x.status || s.Column != x.column || s.Days != x.days {
			t.Errorf("%s: %s counted as %s, %d days; want %s, %s, %d", x.name, s.Status, s.Column, s.Days, x.status, x.column, x.days)
		}
	}
}

func TestWhatIsUnclear(t *testing.T) {
	names := func(x *task.Task) (out string) {
		for _, c := range task.Unclear(x, rules(t).Clear) {
			out += c.Name + ";"
		}
		return out
	}
	bare := &task.Task{Text: "Rà soát", Due: day.None}
	if got := names(bare); got != "người;tiến độ;sản phẩm;trách nhiệm;" {
		t.Errorf("a bare task lacks %s", got)
	}
	full := &task.Task{Text: "Rà soát", Due: on(9, 30), Product: "Báo cáo", Checker: "x", Acts: []task.Act{{Kind: task.Assigned, To: "Phòng A"}}}
	if got := names(full); got != "" {
		t.Errorf("a whole task lacks %s", got)
	}
}

// TestSumsReconcile holds the identities that every table of totals must satisfy.
func TestSumsReconcile(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		var list []*task.Entry
		for range rapid.IntRange(0, 30).Draw(t, "tasks") {
			x := task.Task{
				Due:    rapid.SampledFrom([]day.Day{day.None, on(9, 30), on(12, 31)}).Draw(t, "due"),
				Kind:   rapid.SampledFrom([]directive.DeadlineKind{directive.OnDate, directive.Continuous, directive.NoDeadline, directive.Recurring}).Draw(t, "kind"),
				Agency: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "agency"),
			}
			for range rapid.IntRange(0, 4).Draw(t, "acts") {
				x.Acts = append(x.Acts, task.Act{
					Kind: rapid.SampledFrom([]task.ActKind{task.Reported, task.Confirmed, task.Returned, task.Retracted, task.Asked, task.Granted}).Draw(t, "act"),
					On:   on(9, 1) + day.Day(rapid.IntRange(0, 60).Draw(t, "on")),
				})
			}
			s := task.Stand(&x, on(10, 1), r, task.Below{Missing: rapid.Bool().Draw(t, "missing")})
			if s.Stub && s.Status.Complete() {
				t.Fatal("a task that depends on a missing document is complete")
			}
			list = append(list, &task.Entry{Task: x, Standing: s})
		}
		c := task.Tally(list)
		if c.All != len(list) || c.All != c.Dated()+c.Undated+c.Done+c.Continuous+c.Retired || c.Dated() != c.OnTime+c.Late+c.InTime+c.Overdue {
			t.Fatalf("%+v does not add up", c)
		}
		var sum task.Totals
		for _, b := range task.Bundles(list, func(e *task.Entry) string { return e.Agency }) {
			sum.All += b.Totals.All
			sum.OnTime += b.Totals.OnTime
			sum.Overdue += b.Totals.Overdue
			sum.Waiting += b.Totals.Waiting
		}
		if sum.All != c.All || sum.OnTime != c.OnTime || sum.Overdue != c.Overdue || sum.Waiting != c.Waiting {
			t.Fatalf("by body %+v, together %+v", sum, c)
		}
	})
}

// TestTheWorkbooks reads the two registers back and adds up the totals.
func TestTheWorkbooks(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		w.Today = day.Of(2024, time.October, 1)
		b := w.Book(t, tasktest.Office())
		var file bytes.Buffer
		if err := b.WriteTracking(&file, b.Now()); err != nil {
			t.Fatal(err)
		}
		book, err := sheet.Open("so.xlsx", file.Bytes(), sheet.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := book.Table(
			sheet.Column{Name: "Số đến"}, sheet.Column{Name: "Tên loại, số và ký hiệu, ngày tháng, cơ quan ban hành"},
			sheet.Column{Name: "Đơn vị hoặc người nhận"}, sheet.Column{Name: "Thời hạn giải quyết"}, sheet.Column{Name: "Tiến độ giải quyết"},
			sheet.Column{Name: "Số, ký hiệu văn bản trả lời"}, sheet.Column{Name: "Ghi chú"},
		); err != nil {
			t.Error(err)
		}
		file.Reset()
		if err := b.WriteTotals(&file, b.Now(), false); err != nil {
			t.Fatal(err)
		}
		if book, err = sheet.Open("tong-hop.xlsx", file.Bytes(), sheet.DefaultLimits()); err != nil {
			t.Fatal(err)
		}
		for _, s := range book.Sheets {
			addsUp(t, s)
		}
	})
}

// Two documents that have no number yet are called alike; each keeps a row of
// its own.
func TestTwoDocumentsWithoutANumberAreCountedApart(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		doc, duties := tasktest.Notice()
		doc.ID = "tb-6-2024-b"
		for i := range duties {
			duties[i].ID, duties[i].Document = duties[i].ID+"b", doc.ID
		}
		w.Give(t, doc, duties)
		b := w.Book(t, tasktest.Office())
		var file bytes.Buffer
		if err := b.WriteTotals(&file, b.Now(), false); err != nil {
			t.Fatal(err)
		}
		book, err := sheet.Open("tong-hop.xlsx", file.Bytes(), sheet.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		table, err := book.Sheets[1].Table(sheet.Column{Name: "Văn bản"}, sheet.Column{Name: "Tổng số"})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for rec, err := range table.Records() {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, rec.Cell("Tổng số").Text)
		}
		if strings.Join(got, " ") != "31 31 62" {
			t.Errorf("by document: %v", got)
		}
	})
}

// addsUp compares the last row of a sheet with the sum of those above.
func addsUp(t *testing.T, s *sheet.Sheet) {
	t.Helper()
	table, err := s.Table(sheet.Column{Name: "Tổng số"}, sheet.Column{Name: "Quá hạn, chưa hoàn thành"})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Tổng số", "Quá hạn, chưa hoàn thành"} {
		var values []int
		for rec, err := range table.Records() {
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, c := range rec.Cell(name).Text {
				n = n*10 + int(c-'0')
			}
			values = append(values, n)
		}
		sum := 0
		for _, v := range values[:len(values)-1] {
			sum += v
		}
		if last := values[len(values)-1]; sum != last || last == 0 {
			t.Errorf("%s, %s: the rows add up to %d, the total is %d", s.Name, name, sum, last)
		}
	}
}
