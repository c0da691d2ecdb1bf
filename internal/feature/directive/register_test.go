package directive_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
)

// mine is a proposal that is made without reading, in the year 2024.
func mine(number string, on day.Day, title string, duties ...directive.Duty) directive.Proposal {
	return directive.Proposal{
		Document: directive.Document{
			Number: number, Symbol: "TB-UBND", Issued: on, Issuer: "UBND tỉnh Tuyên Quang", IssuerID: "ubnd-tinh.1", Kind: "TB", Title: title,
			Meeting: directive.Meeting{On: day.None}, Common: day.None,
		},
		Text: "Sở Y tế rà soát.", Duties: duties,
	}
}

func duty(ref, text string, agencies ...string) directive.Duty {
	return directive.Duty{
		Ref: ref, Group: ref, Text: text, Due: day.None, Kind: directive.NoDeadline, Confidence: 90,
		Addressees: []directive.Addressee{{Text: strings.Join(agencies, ", "), Role: directive.Lead, Agencies: agencies}},
	}
}

func (w *world) list(who authz.Subject, f directive.Filter) (rows []directive.Row) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *db.Tx) (err error) {
		rows, err = w.s.List(ctx, tx, who, f)
		return err
	})
	return rows
}

func titles(rows []directive.Row) string {
	var out []string
	for _, r := range rows {
		out = append(out, r.Title)
	}
	return strings.Join(out, ",")
}

func TestRegister(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		blank := mine("", day.None, "Rà soát, giữ vững tiêu chí", duty("1", "rà soát", "so-y-te.1"))
		blank.Document.DatePartial = "2024-06"
		w.take(mine("7", day.Of(2024, 6, 3), "đầu tháng"))
		w.take(blank)
		w.take(mine("9", day.Of(2024, 6, 30), "cuối tháng"))
		w.take(mine("8", day.Of(2024, 7, 1), "tháng sau"))
		old := mine("8", day.Of(2023, 7, 1), "năm trước")
		old.Document.Kind = "QĐ"
		w.take(old)
		if got := titles(w.list(office(), directive.Filter{})); got != "tháng sau,Rà soát, giữ vững tiêu chí,cuối tháng,đầu tháng,năm trước" {
			t.Errorf("order: %s", got)
		}
		for _, c := range []struct {
			f    directive.Filter
			want string
		}{
			{directive.Filter{Query: "ra soat giu vung"}, "Rà soát, giữ vững tiêu chí"},
			{directive.Filter{Query: "9/tb-ubnd"}, "cuối tháng"},
			{directive.Filter{Year: 2023}, "năm trước"},
			{directive.Filter{Kind: "QĐ"}, "năm trước"},
			{directive.Filter{Kind: "-"}, ""},
			{directive.Filter{State: directive.Active}, ""},
			{directive.Filter{Query: "khong co"}, ""},
		} {
			if got := titles(w.list(office(), c.f)); got != c.want {
				t.Errorf("%+v: %q, want %q", c.f, got, c.want)
			}
		}
		data, err := directive.Workbook(w.list(office(), directive.Filter{}), "")
		must(t, err)
		book, err := sheet.Open("so.xlsx", data, sheet.DefaultLimits())
		must(t, err)
		var all bytes.Buffer
		for row, err := range book.Sheets[0].Rows() {
			must(t, err)
			for _, c := range row.Cells {
				all.WriteString(c.Text + "|")
			}
		}
		for _, want := range []string{"ngày … tháng 6 năm 2024", "ngày 03 tháng 6 năm 2024", "chưa có số /TB-UBND", "chờ xác nhận"} {
			if !strings.Contains(all.String(), want) {
				t.Errorf("the workbook lacks %q: %s", want, all.String())
			}
		}
	})
}

func TestTwinsAndCompletion(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		blank := mine("", day.None, "một", duty("1", "rà soát", "so-y-te.1"))
		blank.Document.DatePartial = "2024-06"
		a := w.take(blank).ID
		complete := func(id, number, reason string, on day.Day) error {
			cmd := directive.Complete{Document: id, Number: number, Symbol: "TB-UBND", Issued: on, Kind: "TB", Title: "một", Issuer: "UBND tỉnh Tuyên Quang", Reason: reason}
			return w.try(&cmd, func(ctx context.Context, tx *db.Tx) error { return w.s.Complete(ctx, tx, office(), cmd) })
		}
		again := blank
		again.Document.DatePartial = "2024-06"
		if twice := w.take(again); !slices.Equal(twice.Twins, []string{a}) {
			t.Errorf("the same one without a number, twice: %+v", twice)
		}
		again.Document.Title = "khác"
		if other := w.take(again); len(other.Twins) != 0 {
			t.Errorf("another one without a number: %+v", other)
		}
		must(t, complete(a, "999", "", day.Of(2024, 6, 7)))
		if d, _ := w.get(a); d.Label() != "999/TB-UBND" || d.Issued != day.Of(2024, 6, 7) {
			t.Errorf("completed: %s %s", d.Label(), d.Issued)
		}
		if err := complete(a, "998", "", day.Of(2024, 6, 7)); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("another number without a reason: %v", err)
		}
		if err := complete(a, "9x", "gõ nhầm", day.Of(2024, 6, 7)); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("a number that is none: %v", err)
		}
		if err := complete(a, "999", "", day.Of(2024, 7, 7)); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("a day to come: %v", err)
		}
		b := w.take(mine("999", day.Of(2024, 6, 20), "hai"))
		if !slices.Equal(b.Twins, []string{a}) || b.Replaced {
			t.Errorf("the second 999/TB-UBND: %+v", b)
		}
		if other := w.take(mine("999", day.Of(2023, 6, 20), "ba")); len(other.Twins) != 0 {
			t.Errorf("of another year: %+v", other)
		}
		var history []directive.Change
		w.read(func(ctx context.Context, tx *db.Tx) (err error) {
			history, err = w.s.History(ctx, tx, a)
			return err
		})
		if len(history) != 2 || history[0].What != "Hoàn chỉnh: số từ “để trống” thành “999”; ngày từ “…/6/2024” thành “07/06/2024”" || history[0].By != "an" {
			t.Errorf("history: %+v", history)
		}
	})
}

func TestStubs(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		done := w.take(w.propose(letter))
		if len(done.Stubs) != 1 {
			t.Fatalf("stubs: %+v", done)
		}
		stub := done.Stubs[0]
		full := w.take(mine("94", day.Of(2024, 5, 20), "toàn văn", duty("1", "giải ngân", "ubnd-074.1")))
		if full.ID != stub || !full.Replaced {
			t.Errorf("the document has not the stub's id: %+v, stub %s", full, stub)
		}
		d, duties := w.get(done.ID)
		if x := byRef(t, duties, "2"); !slices.Equal(d.DependsOn(&x), []string{stub}) {
			t.Errorf("2 depends on %v", d.DependsOn(&x))
		}
		must(t, w.confirm(stub))
		if d, _ := w.get(stub); d.State != directive.Active || d.Title != "toàn văn" {
			t.Errorf("%s %q", d.State, d.Title)
		}
		again := w.take(w.propose(strings.ReplaceAll(letter, "Số: 15/", "Số: 16/")))
		if len(again.Stubs) != 0 {
			t.Error("a document that is here became a stub again")
		}
		// A document that was taken in without its number takes the stub's place once it is completed.
		cites := w.take(w.propose(strings.NewReplacer("Số: 15/", "Số: 17/", "94/TB-UBND ngày 20/5/2024", "60/TB-UBND ngày 01/4/2024").Replace(letter)))
		blank := w.take(mine("", day.Of(2024, 4, 1), "chưa số", duty("1", "x", "so-y-te.1")))
		cmd := directive.Complete{Document: blank.ID, Number: "60", Symbol: "TB-UBND", Issued: day.Of(2024, 4, 1), Kind: "TB", Title: "chưa số", Issuer: "UBND tỉnh Tuyên Quang"}
		w.do(&cmd, func(ctx context.Context, tx *db.Tx) error { return w.s.Complete(ctx, tx, office(), cmd) })
		d, duties = w.get(cites.ID)
		if x := byRef(t, duties, "2"); !slices.Equal(d.DependsOn(&x), []string{blank.ID}) {
			t.Errorf("after the completion 2 depends on %v, want %s", d.DependsOn(&x), blank.ID)
		}
		if old, _ := w.get(cites.Stubs[0]); old.State != directive.Withdrawn {
			t.Errorf("the stub is still %s", old.State)
		}
	})
}

func TestEditing(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		id := w.take(w.propose(letter)).ID
		d, duties := w.get(id)
		first := duties[0]
		at := directive.Cuts(first.Text)
		if len(at) == 0 {
			t.Fatalf("no place to cut %q", first.Text)
		}
		split := directive.Split{Edit: directive.Edit{Document: id, Duty: first.ID}, At: at[0]}
		w.do(&split, func(ctx context.Context, tx *db.Tx) error {
			_, err := w.s.Split(ctx, tx, office(), split)
			return err
		})
		_, parts := w.get(id)
		if len(parts) != len(duties)+1 {
			t.Fatalf("after the split: %s", refsOf(parts))
		}
		merge := directive.Merge{Edit: directive.Edit{Document: id, Duty: parts[0].ID}, With: parts[1].ID}
		w.do(&merge, func(ctx context.Context, tx *db.Tx) error { return w.s.Merge(ctx, tx, office(), merge) })
		_, whole := w.get(id)
		if now := whole[0]; now.Text != first.Text || now.Start != first.Start || now.End != first.End || now.Due != first.Due || refsOf(whole) != refsOf(duties) {
			t.Errorf("split and merged: %q, was %q; %s, was %s", now.Text, first.Text, refsOf(whole), refsOf(duties))
		}
		stale := directive.Correct{Edit: directive.Edit{Document: id, Duty: first.ID, Seen: first.Entry}, Now: first}
		w.refused(fault.Conflict, &stale, func(ctx context.Context, tx *db.Tx) error { return w.s.Correct(ctx, tx, office(), stale) })
		strike := directive.Strike{Edit: directive.Edit{Document: id, Duty: first.ID}}
		w.do(&strike, func(ctx context.Context, tx *db.Tx) error { return w.s.Strike(ctx, tx, office(), strike) })
		back := directive.Strike{Edit: directive.Edit{Document: id, Duty: first.ID}, Restore: true}
		w.do(&back, func(ctx context.Context, tx *db.Tx) error { return w.s.Strike(ctx, tx, office(), back) })
		add := directive.Add{Edit: directive.Edit{Document: id}, Group: "3", Now: duty("", "Sở Y tế báo cáo", "so-y-te.1")}
		w.do(&add, func(ctx context.Context, tx *db.Tx) error {
			_, err := w.s.Add(ctx, tx, office(), add)
			return err
		})
		if w.confirmed != nil || w.amended != nil {
			t.Error("a proposal was followed before it was confirmed")
		}
		two := byRef(t, whole, "2")
		lead := directive.Choose{Edit: directive.Edit{Document: id, Duty: two.ID}}
		w.do(&lead, func(ctx context.Context, tx *db.Tx) error { return w.s.Choose(ctx, tx, office(), lead) })
		must(t, w.confirm(id))
		if got := refsOf(w.confirmed); got != refsOf(duties)+" 3" {
			t.Errorf("confirmed: %s", got)
		}
		w.afterConfirmation(&d, byRef(t, w.confirmed, "2"))
	})
}

// afterConfirmation holds that a correction of an active document needs a reason
// and is followed.
func (w *world) afterConfirmation(d *directive.Document, x directive.Duty) {
	w.t.Helper()
	cmd := directive.Correct{Edit: directive.Edit{Document: d.ID, Duty: x.ID}, Now: x}
	cmd.Now.Due, cmd.Now.Kind = day.Of(2024, 9, 30), directive.OnDate
	w.refused(fault.Invalid, &cmd, func(ctx context.Context, tx *db.Tx) error { return w.s.Correct(ctx, tx, office(), cmd) })
	if w.amended != nil {
		w.t.Error("a refused correction was followed")
	}
	cmd.Reason = "bổ sung thời hạn theo ý kiến lãnh đạo"
	undecided := cmd
	undecided.Now.Addressees = []directive.Addressee{{Text: "Sở Y tế", Agencies: []string{"so-y-te.1"}}}
	w.refused(fault.Invalid, &undecided, func(ctx context.Context, tx *db.Tx) error { return w.s.Correct(ctx, tx, office(), undecided) })
	w.do(&cmd, func(ctx context.Context, tx *db.Tx) error { return w.s.Correct(ctx, tx, office(), cmd) })
	if len(w.amended) != 1 || len(w.amended[0]) != 1 || w.amended[0][0].Due != day.Of(2024, 9, 30) {
		w.t.Errorf("followed: %+v", w.amended)
	}
	var history []directive.Change
	w.read(func(ctx context.Context, tx *db.Tx) (err error) {
		history, err = w.s.History(ctx, tx, d.ID)
		return err
	})
	if history[0].What != "Sửa nhiệm vụ 2: thời hạn" || history[0].Why != cmd.Reason || history[0].On != day.Of(2024, 6, 12) {
		w.t.Errorf("history: %+v", history[0])
	}
	if again := w.confirm(d.ID); fault.CodeOf(again) != fault.Conflict {
		w.t.Errorf("confirmed twice: %v", again)
	}
	out := directive.Withdraw{Document: d.ID}
	w.refused(fault.Invalid, &out, func(ctx context.Context, tx *db.Tx) error { return w.s.Withdraw(ctx, tx, office(), out) })
	out.Reason = "nhập nhầm"
	w.do(&out, func(ctx context.Context, tx *db.Tx) error { return w.s.Withdraw(ctx, tx, office(), out) })
	if w.withdrawn != 1 {
		w.t.Errorf("withdrawn %d times", w.withdrawn)
	}
}

func TestMembers(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		waits := directive.Duty{
			Ref: "2", Group: "2", Text: "đôn đốc", Due: day.None, Kind: directive.NoDeadline,
			Addressees: []directive.Addressee{{Text: "Các thành viên Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh", Role: directive.Lead, Unknown: true}},
		}
		id := w.take(mine("1", day.Of(2024, 6, 7), "họp", waits)).ID
		must(t, w.confirm(id, waits.Addressees[0].Text))
		give := directive.GiveToMembers{Document: id}
		w.refused(fault.Conflict, &give, func(ctx context.Context, tx *db.Tx) error {
			_, err := w.s.GiveToMembers(ctx, tx, office(), give)
			return err
		})
		enrol := func(agencyID string, from, to day.Day) error {
			cmd := directive.Enrol{Member: directive.Member{Agency: agencyID, From: from, To: to, Number: "10/QĐ-UBND", Decided: from, Post: "Giám đốc"}}
			return w.try(&cmd, func(ctx context.Context, tx *db.Tx) error { return w.s.Enrol(ctx, tx, office(), cmd) })
		}
		must(t, enrol("so-y-te.1", day.Of(2022, 1, 1), day.Forever))
		must(t, enrol("so-nnptnt.1", day.Of(2022, 1, 1), day.Of(2024, 6, 30)))
		must(t, enrol("so-tu-phap.1", day.Of(2024, 7, 1), day.Forever))
		if err := enrol("so-y-te.1", day.Of(2023, 1, 1), day.Forever); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("a member twice: %v", err)
		}
		if err := enrol("so-la", day.Of(2023, 1, 1), day.Forever); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("a member that is no agency: %v", err)
		}
		w.do(&give, func(ctx context.Context, tx *db.Tx) error {
			n, err := w.s.GiveToMembers(ctx, tx, office(), give)
			if n != 1 {
				t.Errorf("%d duties given", n)
			}
			return err
		})
		want := []string{"so-nnptnt.1", "so-y-te.1"}
		if _, duties := w.get(id); !slices.Equal(duties[0].Addressees[0].Agencies, want) || duties[0].Addressees[0].Unknown {
			t.Errorf("given to %+v", duties[0].Addressees)
		}
		must(t, enrol("so-noi-vu.1", day.Of(2022, 1, 1), day.Forever)) // entered afterwards: what was given stays
		w.do(&give, func(ctx context.Context, tx *db.Tx) error {
			n, err := w.s.GiveToMembers(ctx, tx, office(), give)
			if n != 0 {
				t.Errorf("%d duties given again", n)
			}
			return err
		})
		if _, duties := w.get(id); !slices.Equal(duties[0].Addressees[0].Agencies, want) {
			t.Errorf("a later member changed what was given: %v", duties[0].Addressees[0].Agencies)
		}
		w.read(func(ctx context.Context, tx *db.Tx) error {
			r, err := w.s.Agencies(ctx, tx)
			must(t, err)
			x, err := r.Expand(directive.SteeringID, day.Of(2024, 8, 1))
			if !x.Known || len(x.Agencies) != 3 {
				t.Errorf("members of August: %+v", x)
			}
			return err
		})
	})
}

func TestIllustratedDocumentIsConfirmedWithItsLead(t *testing.T) {
	each(t, func(w *world) {
		p := w.propose(letter)
		p.Document.Illustrated = true
		id := w.take(p).ID
		_, duties := w.get(id)
		lead := directive.Choose{Edit: directive.Edit{Document: id, Duty: byRef(w.t, duties, "2").ID}, Lead: "Sở Tài chính"}
		w.do(&lead, func(ctx context.Context, tx *db.Tx) error { return w.s.Choose(ctx, tx, office(), lead) })
		must(w.t, w.confirm(id))
		d, duties := w.get(id)
		if d.State != directive.Active || !d.Illustrated || len(w.confirmed) != len(duties) {
			w.t.Errorf("%s, %d duties followed of %d", d.State, len(w.confirmed), len(duties))
		}
		if x := byRef(w.t, duties, "2"); x.Addressees[0].Role != directive.Support || x.Addressees[1].Role != directive.Lead {
			w.t.Errorf("who leads: %+v", x.Addressees)
		}
		nobody := directive.Import{Proposal: p}
		w.refused(fault.Forbidden, &nobody, func(ctx context.Context, tx *db.Tx) error {
			_, err := w.s.Import(ctx, tx, authz.Subject{}, nobody)
			return err
		})
	})
}
