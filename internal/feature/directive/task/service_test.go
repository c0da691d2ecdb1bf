package task_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/feature/directive/task/tasktest"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

func on(m time.Month, d int) day.Day { return day.Of(2024, m, d) }

// given is the world with the notice confirmed.
func given(t *testing.T, body func(t *testing.T, w *tasktest.World)) {
	tasktest.Each(t, func(t *testing.T, w *tasktest.World) {
		w.GiveAll(t, tasktest.Notice)
		body(t, w)
	})
}

func refused(t *testing.T, err error, key string) {
	t.Helper()
	rows := fault.Rows(err)
	if len(rows) != 1 || rows[0].Msg.Key != key {
		t.Errorf("refused with %v, want %s", err, key)
	}
}

// submit records the step "trình thẩm định" of a commune.
func submit(t *testing.T, w *tasktest.World, e *task.Entry, commune string, at day.Day) {
	t.Helper()
	w.Act(t, tasktest.District(), e, task.Act{Kind: task.Progress, Part: commune, Step: "trinh", On: at, Due: day.None})
}

func TestOneTaskForEachBodyAndOnePartForEachObject(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		b := w.Book(t, tasktest.Office())
		if len(b.Entries) != 4*7+3 {
			t.Errorf("%d tasks, want 7 districts x 4 duties and 3 of agencies; members who are not known wait", len(b.Entries))
		}
		e := w.Of(t, "1.7", tasktest.HamYen)
		if e.Of != 5 || len(e.Steps) != 3 || e.Steps[0].Name != "Lập xong" || !e.Steps[1].Closes {
			t.Errorf("1.7 of Hàm Yên has %d communes and the steps %v", e.Of, e.Steps)
		}
		if e := w.Of(t, "1.7", "ubnd-073.1"); e.Of != 0 {
			t.Errorf("a district without recognised communes has %d parts", e.Of)
		}
		if e := w.Of(t, "3b", tasktest.XayDung); e.Of != 2 || e.Parts[0].Text != "Xã Phù Lưu" {
			t.Errorf("3b has the parts %v", e.Parts)
		}
		w.GiveAll(t, tasktest.Notice)
		if again := w.Book(t, tasktest.Office()); len(again.Entries) != len(b.Entries) || again.Entries[0].Task.Entry != b.Entries[0].Task.Entry {
			t.Error("confirming twice made or changed tasks")
		}
	})
}

func TestFourOfFiveAndOverdueByOneDay(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		e := w.Of(t, "1.7", tasktest.HamYen)
		w.Today = on(9, 28)
		for i, d := range []day.Day{on(9, 27), on(8, 12), on(8, 20), on(9, 5)} {
			submit(t, w, e, []string{"02389.1", "02404.1", "02407.1", "02419.1"}[i], d)
		}
		w.Today = on(9, 30)
		if e := w.Find(t, e.ID); e.Status != task.InTime || e.Days != 0 || !e.Near {
			t.Errorf("on its due day the task is %s, %d days", e.Status, e.Days)
		}
		w.Today = on(10, 1)
		if e := w.Find(t, e.ID); e.Status != task.Overdue || e.Days != -1 || e.Reached != 4 || e.Of != 5 || e.Words() != "quá hạn 1 ngày" {
			t.Errorf("on 01/10 the task is %s, %d days, %d/%d", e.Status, e.Days, e.Reached, e.Of)
		}
		err := w.Try(t, tasktest.District(), &task.Record{Task: e.ID, Seen: w.Find(t, e.ID).Task.Entry, Act: task.Act{Kind: task.Reported, On: w.Today, Text: "Xong"}})
		refused(t, err, "task.open_parts")
		if !strings.Contains(fault.Text(err), "Xã Nhân Mục") {
			t.Errorf("the refusal does not name the commune that is missing: %v", err)
		}
		if text := w.Tasks.Message(w.Find(t, e.ID), w.Today); !strings.Contains(text, "Đôn đốc") || !strings.Contains(text, "Xã Nhân Mục") || !strings.Contains(text, "quá hạn 1 ngày") {
			t.Errorf("the message says %q", text)
		}
	})
}

func TestCompletionTakesTwoActs(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		build := tasktest.Agency(tasktest.XayDung)
		e := w.Of(t, "3b", tasktest.XayDung)
		w.Today = on(10, 1)
		w.Act(t, build, e, task.Act{Kind: task.Progress, Part: "02392.1", Step: "xong", On: on(9, 30)})
		if p := w.Find(t, e.ID).Percent(); p != 50 {
			t.Errorf("one of two is %d %%", p)
		}
		w.Act(t, build, e, task.Act{Kind: task.Progress, Part: "02407.1", Step: "xong", On: on(10, 1)})
		report := task.Act{Kind: task.Reported, On: on(10, 1), Text: "Đã hoàn thành"}
		refused(t, w.Try(t, tasktest.District(), &task.Record{Task: e.ID, Seen: w.Find(t, e.ID).Task.Entry, Act: report}), "task.none")
		refused(t, w.Try(t, tasktest.Office(), &task.Record{Task: e.ID, Seen: w.Find(t, e.ID).Task.Entry, Act: report}), "task.not_yours")
		w.Act(t, build, e, report)
		if e := w.Find(t, e.ID); e.Status != task.Waiting || e.Column != task.InTime || !e.Unproven {
			t.Errorf("reported without proof: %s, %v", e.Status, e.Unproven)
		}
		refused(t, w.Try(t, build, &task.Record{Task: e.ID, Seen: w.Find(t, e.ID).Task.Entry, Act: task.Act{Kind: task.Confirmed}}), "task.not_office")
		refused(t, w.Try(t, tasktest.Office(), &task.Record{Task: e.ID, Seen: w.Find(t, e.ID).Task.Entry, Act: task.Act{Kind: task.Returned}}), "task.reason")
		w.Act(t, tasktest.Office(), e, task.Act{Kind: task.Returned, Text: "Chưa có quyết định phê duyệt"})
		if e := w.Find(t, e.ID); e.Status != task.InTime {
			t.Errorf("a returned report leaves the task %s", e.Status)
		}
		report.Proof = []task.Proof{{Kind: "document", Ref: "55/QĐ-SXD", Text: "Quyết định phê duyệt"}}
		w.Act(t, build, e, report)
		w.Do(t, tasktest.Office(), &task.Decide{Confirm: true, Seen: map[string]int64{e.ID: w.Find(t, e.ID).Task.Entry}})
		if e := w.Find(t, e.ID); e.Status != task.OnTime || e.Unproven || e.Standing.Done != on(10, 1) {
			t.Errorf("confirmed: %s", e.Status)
		}
	})
}

func TestTwoPeopleOnOneTask(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		e := w.Of(t, "1.2a", tasktest.HamYen)
		w.Do(t, tasktest.District(), &task.Record{Task: e.ID, Seen: e.Task.Entry, Act: task.Act{Kind: task.Assigned, To: "Phòng Nông nghiệp"}})
		err := w.Try(t, tasktest.District(), &task.Record{Task: e.ID, Seen: e.Task.Entry, Act: task.Act{Kind: task.Assigned, To: "Phòng Tài chính"}})
		refused(t, err, "task.changed")
		if !strings.Contains(fault.Text(err), "phân công") || w.Find(t, e.ID).AssignedTo() != "Phòng Nông nghiệp" {
			t.Errorf("the second person overwrote the first, or was not told: %v", err)
		}
	})
}

func TestTheRollUpOfACitedDocument(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		e := w.Of(t, "1.1", tasktest.HamYen)
		if !e.Stub || e.Words() != "phụ thuộc văn bản chưa nhập" {
			t.Errorf("before the document is here: %s", e.Words())
		}
		refused(t, w.Try(t, tasktest.District(), &task.Record{Task: e.ID, Seen: e.Task.Entry, Act: task.Act{Kind: task.Reported, On: w.Today, Text: "x"}}), "task.stub")
		w.GiveAll(t, tasktest.Cited)
		for i, ref := range []string{"1", "2", "3"} {
			if e := w.Find(t, e.ID); e.Stub || e.Reached != i || e.Of != 3 || e.Status.Complete() {
				t.Errorf("after %d: %d/%d, %s", i, e.Reached, e.Of, e.Status)
			}
			x := w.Of(t, ref, tasktest.HamYen)
			w.Act(t, tasktest.District(), x, task.Act{Kind: task.Reported, On: w.Today, Text: "Đã xong"})
			w.Act(t, tasktest.Office(), x, task.Act{Kind: task.Confirmed})
		}
		if e := w.Find(t, e.ID); e.Status != task.Done || e.Reached != 3 {
			t.Errorf("after all three: %s", e.Status)
		}
	})
}

func TestReceivingWithinTenWorkingDays(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		w.Do(t, tasktest.District(), &task.Receive{Document: "tb-6-2024", Agency: tasktest.HamYen})
		refused(t, w.Try(t, tasktest.District(), &task.Receive{Document: "tb-6-2024", Agency: tasktest.HamYen}), "task.received")
		refused(t, w.Try(t, tasktest.District(), &task.Receive{Document: "tb-6-2024", Agency: tasktest.XayDung}), "task.not_yours")
		late := func() (n int) {
			for _, r := range w.Book(t, tasktest.Office()).Receiving() {
				if r.Due != on(6, 21) {
					t.Errorf("due %s, want 21/06/2024", r.Due.Vietnamese())
				}
				if r.Late(w.Today) {
					n++
				}
			}
			return n
		}
		w.Today = on(6, 21)
		if n := late(); n != 0 {
			t.Errorf("%d late on the last day", n)
		}
		w.Today = on(6, 22)
		if n := late(); n != 8 { // six districts, two agencies
			t.Errorf("%d late on the day after", n)
		}
	})
}

// A document that enters the register long after its day is not overdue at once.
func TestADocumentConfirmedLateIsReceivedLater(t *testing.T) {
	tasktest.Each(t, func(t *testing.T, w *tasktest.World) {
		w.Today = on(10, 1)
		w.GiveAll(t, tasktest.Notice)
		w.Today = on(10, 2)
		w.GiveAll(t, tasktest.Notice)
		list := w.Book(t, tasktest.Office()).Receiving()
		if len(list) == 0 || list[0].Due != on(10, 15) || list[0].Late(on(10, 15)) || !list[0].Late(on(10, 16)) {
			t.Errorf("confirmed on 01/10, to be received by %+v", list)
		}
	})
}

func TestAnExtensionKeepsTheOldDay(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		e := w.Of(t, "1.7", tasktest.HamYen)
		w.Today = on(9, 25)
		w.Act(t, tasktest.District(), e, task.Act{Kind: task.Asked, Due: on(10, 31), Text: "Tư vấn chậm"})
		if !w.Find(t, e.ID).Asked {
			t.Error("the request is not shown")
		}
		w.Act(t, tasktest.Office(), e, task.Act{Kind: task.Granted, Due: on(10, 15), Text: "Đồng ý đến 15/10"})
		e = w.Find(t, e.ID)
		if e.Due != on(10, 15) || e.FirstDue != on(9, 30) || e.Asked {
			t.Errorf("due %s, first %s", e.Due, e.FirstDue)
		}
		w.Today = on(10, 1)
		if w.Find(t, e.ID).Status != task.InTime {
			t.Error("the granted day does not count")
		}
		w.GiveAll(t, tasktest.Notice)
		if w.Find(t, e.ID).Due != on(10, 15) {
			t.Error("the correction of a document took the granted day back")
		}
	})
}

func TestTheUnitKeepsItsListOfCommunes(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		e := w.Of(t, "1.7", tasktest.HamYen)
		refused(t, w.Try(t, tasktest.District(), &task.Objects{Task: e.ID, Seen: e.Task.Entry, Strike: "02410.1"}), "task.reason")
		w.Do(t, tasktest.District(), &task.Objects{Task: e.ID, Seen: e.Task.Entry, Strike: "02410.1", Reason: "Đã điều chỉnh năm 2023"})
		e = w.Find(t, e.ID)
		refused(t, w.Try(t, tasktest.District(), &task.Objects{Task: e.ID, Seen: e.Task.Entry, Place: "02476.1", Reason: "x"}), "task.object_outside")
		w.Do(t, tasktest.District(), &task.Objects{Task: e.ID, Seen: e.Task.Entry, Place: "02392.1", Reason: "Bổ sung"})
		if e = w.Find(t, e.ID); e.Of != 5 || len(e.Parts) != 6 {
			t.Errorf("%d of %d parts count", e.Of, len(e.Parts))
		}
	})
}

func TestOpenTasksOfADistrictAreHandedOver(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		e := w.Of(t, "1.7", tasktest.HamYen)
		w.Today = on(9, 28)
		submit(t, w, e, "02389.1", on(9, 27))
		w.Today = day.Of(2025, time.July, 2)
		b := w.Book(t, tasktest.Office())
		orphans := b.Orphans()
		i := slices.IndexFunc(orphans, func(h task.Heirs) bool { return h.Entry.ID == e.ID })
		if len(orphans) < 28 || i < 0 || len(orphans[i].Heirs) < 2 {
			t.Fatalf("%d open tasks of bodies that ended", len(orphans))
		}
		if got := orphans[i].ByPart["02389.1"]; got != "ubnd-02392.2" { // Minh Dân -> Phù Lưu
			t.Errorf("Minh Dân goes to %q", got)
		}
		shares := map[string][]string{}
		for _, p := range e.Parts {
			heir := orphans[i].ByPart[p.Key]
			shares[heir] = append(shares[heir], p.Key)
		}
		cmd := &task.HandOver{Task: e.ID, Seen: b.Find(e.ID).Task.Entry, Text: "Biên bản ngày 01/7/2025"}
		for heir, parts := range shares {
			cmd.To = append(cmd.To, task.Share{Agency: heir, Parts: parts})
		}
		missing := *cmd
		missing.To = []task.Share{{Agency: "ubnd-02392.2", Parts: []string{"02389.1"}}, cmd.To[0]}
		if missing.To[1].Agency == "ubnd-02392.2" {
			missing.To[1] = cmd.To[1]
		}
		if len(shares) > 2 {
			refused(t, w.Try(t, tasktest.Office(), &missing), "task.unheired")
		}
		w.Do(t, tasktest.Office(), cmd)
		after := w.Book(t, tasktest.Office())
		children := slices.DeleteFunc(after.Now(), func(x *task.Entry) bool { return x.Parent != e.ID })
		if len(children) != len(shares) {
			t.Errorf("%d tasks of heirs, want %d", len(children), len(shares))
		}
		for _, c := range children {
			if c.Agency == "ubnd-02392.2" && (c.Reached != 1 || c.First != tasktest.HamYen) {
				t.Errorf("Phù Lưu has %d done, first %s", c.Reached, c.First)
			}
		}
		now, then := task.Tally(after.Now()), task.Tally(after.Then())
		if then.All != 31 || now.All != 30+len(children) {
			t.Errorf("then %d, now %d", then.All, now.All)
		}
	})
}

func TestOneHeirGoesOnWithTheTask(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		w.Today = day.Of(2025, time.July, 2)
		e := w.Of(t, "1.2a", tasktest.HamYen)
		w.Do(t, tasktest.Office(), &task.HandOver{Task: e.ID, Seen: e.Task.Entry, To: []task.Share{{Agency: "ubnd-02392.2"}}, Text: "Biên bản"})
		e = w.Find(t, e.ID)
		if e.Agency != "ubnd-02392.2" || e.First != tasktest.HamYen {
			t.Errorf("now %s, first %s", e.Agency, e.First)
		}
	})
}

func TestAStruckDutyWithdrawsItsTasks(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		doc, duties := tasktest.Notice()
		duties[1].Removed = true
		w.Give(t, doc, duties[1:2])
		b := w.Book(t, tasktest.Office())
		if c := task.Tally(b.Now()); c.Retired != 7 || c.All != 31 {
			t.Errorf("%d withdrawn of %d", c.Retired, c.All)
		}
	})
}

func TestAWithdrawnDocumentLeavesWhatIsComplete(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		e := w.Of(t, "4", tasktest.TaiChin)
		w.Act(t, tasktest.Agency(tasktest.TaiChin), e, task.Act{Kind: task.Reported, On: w.Today, Text: "Đã trình"})
		w.Act(t, tasktest.Office(), e, task.Act{Kind: task.Confirmed})
		doc, _ := tasktest.Notice()
		w.Withdraw(t, doc)
		if c := task.Tally(w.Book(t, tasktest.Office()).Now()); c.Retired != 30 || c.Done != 1 {
			t.Errorf("%d withdrawn, %d complete", c.Retired, c.Done)
		}
	})
}

func TestTwoBodiesWithoutALeadAreRefused(t *testing.T) {
	tasktest.Each(t, func(t *testing.T, w *tasktest.World) {
		doc, duties := tasktest.Notice()
		last := &duties[len(duties)-1]
		last.Addressees = []directive.Addressee{
			{Text: "Sở Tài chính", Agencies: []string{tasktest.TaiChin}}, {Text: "Sở Xây dựng", Agencies: []string{tasktest.XayDung}},
		}
		refused(t, w.TryGive(doc, duties), "task.no_lead")
		last.Addressees[0].Role, last.Addressees[1].Role = directive.Lead, directive.Support
		w.Give(t, doc, duties)
		if e := w.Of(t, "4", tasktest.XayDung); e.Role != directive.Support {
			t.Errorf("Sở Xây dựng is %q", e.Role)
		}
	})
}

func TestEachSeesItsOwn(t *testing.T) {
	given(t, func(t *testing.T, w *tasktest.World) {
		for _, e := range w.Book(t, tasktest.District()).Entries {
			if e.Agency != tasktest.HamYen {
				t.Errorf("Hàm Yên sees a task of %s", e.Agency)
			}
		}
		if n := len(w.Book(t, tasktest.Leader()).Entries); n != 31 {
			t.Errorf("a leader sees %d tasks", n)
		}
	})
}
