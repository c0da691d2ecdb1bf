package task_test

import (
	"bytes"
	"strings"
	"testing"

	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/feature/directive/task/tasktest"
	"giuchuan/internal/platform/sheet"
)

// out writes the list of tasks and reads it back, changed by a person.
func out(t *testing.T, w *tasktest.World, change func(r *task.Row)) []task.Row {
	t.Helper()
	b := w.Book(t, tasktest.Office())
	var file bytes.Buffer
	if err := b.WriteList(&file, b.Now()); err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Open("nhiem-vu.xlsx", file.Bytes(), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	rows, err := task.ReadList(book)
	if err != nil || len(rows) != len(b.Now()) {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	for i := range rows {
		change(&rows[i])
	}
	return rows
}

func TestTheListGoesOutAndComesBack(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		untouched := out(t, w, func(*task.Row) {})
		for _, l := range w.Tasks.Plan(w.Book(t, tasktest.Office()), tasktest.Office(), untouched) {
			if len(l.Does) > 0 || l.Reason != "" {
				t.Fatalf("an untouched row does %v %s", l.Does, l.Reason)
			}
		}
		e := w.Of(t, "4", tasktest.TaiChin)
		mine := func(r *task.Row) {
			if r.ID == e.ID {
				r.Status, r.Done, r.Who = "Hoàn thành", w.Today, "Phòng Ngân sách"
			}
		}
		rows := out(t, w, mine)
		w.Do(t, tasktest.Office(), &task.Import{File: "x.xlsx", Rows: rows})
		if e := w.Find(t, e.ID); e.Status != task.Done || e.AssignedTo() != "Phòng Ngân sách" {
			t.Errorf("after the file: %s, %q", e.Status, e.AssignedTo())
		}
		again := w.Tasks.Plan(w.Book(t, tasktest.Office()), tasktest.Office(), rows)
		for _, l := range again {
			if l.Row.ID == e.ID && (l.Reason != "" || len(l.Does) > 0) {
				t.Errorf("the same file again does %v %s", l.Does, l.Reason)
			}
		}
		rows = out(t, w, func(r *task.Row) { r.ID = "khac" })
		if l := w.Tasks.Plan(w.Book(t, tasktest.Office()), tasktest.Office(), rows)[0]; l.Reason == "" || l.Remedy == "" || l.Row.Cell != "Nhiệm vụ!G6" {
			t.Errorf("an unknown id: %q %q at %s", l.Reason, l.Remedy, l.Row.Cell)
		}
	})
}

func TestAFileOfYesterdayIsRefused(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		e := w.Of(t, "4", tasktest.TaiChin)
		rows := out(t, w, func(r *task.Row) {
			if r.ID == e.ID {
				r.Status, r.Done = "hoàn thành", w.Today
			}
		})
		w.Act(t, tasktest.Agency(tasktest.TaiChin), e, task.Act{Kind: task.Noted, Text: "Đang làm"})
		for _, l := range w.Tasks.Plan(w.Book(t, tasktest.Office()), tasktest.Office(), rows) {
			if l.Row.ID == e.ID && !strings.Contains(l.Reason, "đã thay đổi sau khi tải tệp") {
				t.Errorf("a row of an older version: %q", l.Reason)
			}
		}
		refused(t, w.Try(t, tasktest.Office(), &task.Import{Rows: rows}), "task.bad_list")
	})
}
