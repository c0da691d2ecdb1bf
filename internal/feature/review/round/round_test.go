package round_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

func refusedWith(t *testing.T, err error, code fault.Code, words string) {
	t.Helper()
	if !fault.Is(err, code) || !strings.Contains(fault.Text(err), words) {
		t.Errorf("got %v (%s), want %s with %q", err, fault.Text(err), code, words)
	}
}

func TestOpeningARound(t *testing.T) {
	each(t, func(w *world) {
		w.read(func(ctx context.Context, tx *db.Tx) error {
			r, err := w.service.Round(ctx, tx, w.roundID)
			must(t, err)
			sheets, err := w.service.Sheets(ctx, tx, &r)
			if len(sheets) != 2 || strings.Join(sheets[0].Sets, " ") != nangCao+" "+ntm || strings.Join(sheets[1].Sets, " ") != ntm {
				t.Errorf("%+v", sheets)
			}
			return err
		})
		_, err := w.tryOpen(coordination, w.openCmd(q3))
		refusedWith(t, err, fault.Conflict, "Thái Sơn")
		_, err = w.tryOpen(district, w.openCmd("2024-Q4"))
		refusedWith(t, err, fault.Forbidden, "Văn phòng Điều phối")
		late := w.openCmd("2024-Q4")
		late.VerifyBy = late.SendBy - 1
		_, err = w.tryOpen(coordination, late)
		refusedWith(t, err, fault.Invalid, "hạn thẩm tra phải từ hạn xã gửi")
		nowhere := w.openCmd("2024-Q4")
		nowhere.Districts = []string{"072.1"}
		_, err = w.tryOpen(coordination, nowhere)
		refusedWith(t, err, fault.Invalid, "không có xã nào")
	})
}

func TestTheWayOfOneIndicator(t *testing.T) {
	each(t, func(w *world) {
		w.enter(clerk, "9.2", "90")
		if r, f := w.row("9.2"); r.State != round.Draft || r.Origin != round.ActEnter || f.Datum.Provenance != law.Declared {
			t.Errorf("entered: %+v %+v", r, f)
		}
		_, err := w.save(stranger, round.Save{Target: w.target("9.2"), Entry: law.Entry{Value: "10"}, Base: round.AnyBase})
		refusedWith(t, err, fault.Forbidden, "không được nhập")
		_, err = w.send(clerk)
		refusedWith(t, err, fault.Forbidden, "lãnh đạo xã")
		n, err := w.send(chair)
		if must(t, err); n != 1 {
			t.Errorf("sent %d", n)
		}
		_, err = w.save(clerk, round.Save{Target: w.target("9.2"), Entry: law.Entry{Value: "95"}, Base: round.AnyBase})
		refusedWith(t, err, fault.Forbidden, "đã gửi")
		refusedWith(t, w.move(health, round.ActConfirm, "", "9.2"), fault.Forbidden, "không xác nhận kết quả được")
		refusedWith(t, w.move(district, round.ActReturn, "", "9.2"), fault.Invalid, "nhập lý do")
		must(t, w.move(district, round.ActReturn, "thiếu biên bản", "9.2"))
		if r, _ := w.row("9.2"); r.State != round.Returned || r.Back != "thiếu biên bản" {
			t.Errorf("returned: %+v", r)
		}
		w.enter(clerk, "9.2", "85")
		if r, _ := w.row("9.2"); r.State != round.Returned || !r.Mended {
			t.Errorf("mended: %+v", r)
		}
		_, err = w.send(chair)
		must(t, err)
		must(t, w.move(district, round.ActVerify, "", "9.2"))
		if r, f := w.row("9.2"); r.State != round.Verified || f.Datum.Provenance != law.Verified || f.Datum.Value != 850000 {
			t.Errorf("verified: %+v %+v", r, f)
		}
		refusedWith(t, w.move(health, round.ActConfirm, "", "9.2"), fault.Forbidden, "không xác nhận")
	})
}

// A return of one criterion leaves the others on their way.
func TestConfirmingIsTheAgencysOwn(t *testing.T) {
	each(t, func(w *world) {
		w.enter(clerk, "15.2", "đạt")
		w.enter(clerk, "2.1", "100")
		_, err := w.send(chair)
		must(t, err)
		refusedWith(t, w.move(district, round.ActVerify, "", "15.2", "2.1", "9.2"), fault.Conflict, "chưa có số liệu")
		if r, _ := w.row("2.1"); r.State != round.Submitted {
			t.Errorf("a bulk act with a refusal moved a row: %+v", r)
		}
		must(t, w.move(district, round.ActVerify, "", "15.2", "2.1"))
		refusedWith(t, w.move(health, round.ActConfirm, "", "15.2", "2.1"), fault.Forbidden, "2.1")
		must(t, w.move(health, round.ActConfirm, "", "15.2"))
		must(t, w.move(roads, round.ActReturn, "sai số km", "2.1"))
		if r, f := w.row("15.2"); r.State != round.Confirmed || f.Datum.Provenance != law.Confirmed {
			t.Errorf("%+v %+v", r, f)
		}
		if got := w.standing("15.2", 0); got.Verdict != "met" {
			t.Errorf("%+v", got)
		}
	})
}

// After 1/7/2025 nothing stands between the commune and the agency in charge.
func TestTwoTiers(t *testing.T) {
	each(t, func(w *world) {
		w.enter(clerk, "15.2", "đạt")
		_, err := w.send(chair)
		must(t, err)
		*w.today = day.Of(2025, 7, 1)
		refusedWith(t, w.move(district, round.ActVerify, "", "15.2"), fault.Forbidden, "không thẩm tra được")
		province, err := w.places.Province("08", *w.today) // the province has another id since the merger
		must(t, err)
		must(t, w.move(person("so-y-te", authz.InCharge, province.ID, ntm+"/15"), round.ActConfirm, "", "15.2"))
	})
}

func TestTwoPeopleOnOneIndicator(t *testing.T) {
	each(t, func(w *world) {
		base := w.enter(clerk, "9.2", "90")
		second := round.Save{Target: w.target("9.2"), Entry: law.Entry{Value: "70"}, Base: base}
		_, err := w.save(clerk, second)
		must(t, err)
		third := round.Save{Target: w.target("9.2"), Entry: law.Entry{Value: "60"}, Base: base}
		_, err = w.save(clerk, third)
		var clash *round.Clash
		if !errors.As(err, &clash) || clash.Theirs.Datum.Value != 700000 || clash.Mine.Value != 600000 {
			t.Fatalf("%v", err)
		}
		third.Base = clash.Theirs.Entry // the person saw both and chose
		_, err = w.save(clerk, third)
		must(t, err)
		if _, f := w.row("9.2"); f.Datum.Value != 600000 {
			t.Errorf("%+v", f)
		}
	})
}

func TestSuppliedFigures(t *testing.T) {
	each(t, func(w *world) {
		w.enter(insurance, "15.1", "92")
		_, err := w.save(clerk, round.Save{Target: w.target("15.1"), Entry: law.Entry{Value: "95"}, Base: round.AnyBase})
		refusedWith(t, err, fault.Forbidden, "đề nghị kiểm tra lại")
		ask := &round.Ask{Target: w.target("15.1"), Reason: "thiếu 12 thẻ"}
		must(t, w.do(clerk, ask, func(ctx context.Context, tx *db.Tx) error { return w.service.Ask(ctx, tx, clerk, ask) }))
		if r, _ := w.row("15.1"); !r.Asked || r.Reason != "thiếu 12 thẻ" {
			t.Errorf("%+v", r)
		}
		answer := &round.Answer{Target: w.target("15.1"), Reason: "đã đối chiếu danh sách"}
		refusedWith(t, w.do(clerk, answer, func(ctx context.Context, tx *db.Tx) error { return w.service.Answer(ctx, tx, clerk, answer) }), fault.Forbidden, "không được trả lời")
		must(t, w.do(insurance, answer, func(ctx context.Context, tx *db.Tx) error { return w.service.Answer(ctx, tx, insurance, answer) }))
		if r, _ := w.row("15.1"); r.Asked || r.Origin != round.ActSupply {
			t.Errorf("%+v", r)
		}
		w.enter(health, "15.2", "đạt")
		if _, f := w.row("15.2"); f.Datum.Provenance != law.Confirmed {
			t.Errorf("the agency in charge speaks for itself: %+v", f)
		}
	})
}

// Whoever may not look at a commune learns nothing of how far its sheet is.
func TestRefusalsTellNothingOutOfSight(t *testing.T) {
	each(t, func(w *world) {
		said := func(who authz.Subject, code string) string {
			ask, answer := &round.Ask{Target: w.target(code), Reason: "xem lại"}, &round.Answer{Target: w.target(code), Reason: "đúng"}
			check := &round.Spotcheck{Target: w.target(code), Entry: law.Entry{Value: "1"}}
			return fault.Text(w.do(who, ask, func(ctx context.Context, tx *db.Tx) error { return w.service.Ask(ctx, tx, who, ask) })) + "; " +
				fault.Text(w.do(who, answer, func(ctx context.Context, tx *db.Tx) error { return w.service.Answer(ctx, tx, who, answer) })) + "; " +
				fault.Text(w.do(who, check, func(ctx context.Context, tx *db.Tx) error {
					_, err := w.service.Spotcheck(ctx, tx, who, check)
					return err
				}))
		}
		before := said(stranger, "9.2")
		w.enter(clerk, "9.2", "90")
		_, err := w.send(chair)
		must(t, err)
		if after := said(stranger, "9.2"); after != before {
			t.Errorf("a stranger hears %q, then %q", before, after)
		}
		if own := said(clerk, "9.2"); !strings.Contains(own, "đã gửi") {
			t.Errorf("the commune's own clerk is not told why: %q", own)
		}
		stale := &round.Move{Act: round.ActVerify, Period: w.period(q3), Items: []round.Item{{Place: thaiSon, Set: ntm, Code: "9.2", Seen: 1}}}
		refusedWith(t, w.moveAll(roads, stale), fault.Forbidden, "không thẩm tra được")
		refusedWith(t, w.moveAll(district, stale), fault.Conflict, "đã thay đổi")
	})
}

func TestCarryingOver(t *testing.T) {
	each(t, func(w *world) {
		set, err := w.lib.Set(ntm)
		must(t, err)
		unit := w.unit(thaiSon)
		var list []review.Finding
		for code, p := range map[string]string{"15.2": "2024-H1", "15.3": "2020"} {
			slot, _ := set.Slot(code)
			ind := set.At(slot)
			entry := law.Entry{Value: "đạt", Period: w.period(p)}
			if code == "15.3" {
				entry.Value = "10"
			}
			d, faults := ind.Read(&entry)
			must(t, fault.Join(faults...))
			list = append(list, review.Finding{Place: &unit, Set: set, Slot: slot, Datum: d})
		}
		imp := &review.Import{File: "a", Period: w.period("2024-H1"), Findings: list}
		must(t, w.do(coordination, imp, func(ctx context.Context, tx *db.Tx) error {
			_, err := w.review.Import(ctx, tx, imp)
			return err
		}))
		carry := &round.Carry{Place: thaiSon, Period: w.period(q3), Set: ntm, Criterion: "15"}
		var done *round.Carried
		must(t, w.do(clerk, carry, func(ctx context.Context, tx *db.Tx) (err error) {
			done, err = w.service.Carry(ctx, tx, clerk, carry)
			return err
		}))
		if strings.Join(done.Codes, " ") != "15.2" || len(done.Old) != 1 || !strings.Contains(done.Old[0].Vietnamese(), "quá 24 tháng") {
			t.Errorf("%+v", done)
		}
		if r, f := w.row("15.2"); r.Origin != round.ActCarry || r.Reason != "2024-H1" || f.Datum.State != law.SaidMet {
			t.Errorf("%+v %+v", r, f)
		}
		refusedWith(t, w.do(clerk, carry, func(ctx context.Context, tx *db.Tx) error {
			_, err := w.service.Carry(ctx, tx, clerk, carry)
			return err
		}), fault.Conflict, "không còn chỉ tiêu nào")
	})
}

func TestSpotcheckStandsBesideTheReport(t *testing.T) {
	each(t, func(w *world) {
		w.enter(clerk, "17.6", "92")
		_, err := w.send(chair)
		must(t, err)
		_, reported := w.row("17.6")
		spot := &round.Spotcheck{Target: w.target("17.6"), Entry: law.Entry{Value: "71"}, Base: reported.Entry, Reason: "phúc tra ngày 19/9/2024"}
		run := func() error {
			return w.do(coordination, spot, func(ctx context.Context, tx *db.Tx) error {
				_, err := w.service.Spotcheck(ctx, tx, coordination, spot)
				return err
			})
		}
		must(t, run())
		r, f := w.row("17.6")
		if f.Datum.Value != 710000 || f.Datum.Provenance != law.FieldChecked || r.Origin != round.ActSpotcheck || r.State != round.Submitted {
			t.Errorf("%+v %+v", r, f)
		}
		w.read(func(_ context.Context, tx *db.Tx) error {
			was, ok, err := review.ReportedAt(tx, f.Cell)
			if !ok || was.Datum.Value != 920000 {
				t.Errorf("%+v", was)
			}
			return err
		})
		if err := run(); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second one on an old base: %v", err)
		}
	})
}

func TestClosingFreezesAndCorrectionsAreListed(t *testing.T) {
	each(t, func(w *world) {
		w.enter(clerk, "9.2", "90")
		closing := &round.Close{ID: w.roundID}
		must(t, w.do(coordination, closing, func(ctx context.Context, tx *db.Tx) error {
			return w.service.Close(ctx, tx, coordination, closing)
		}))
		_, err := w.save(clerk, round.Save{Target: w.target("9.2"), Entry: law.Entry{Value: "70"}, Base: round.AnyBase})
		refusedWith(t, err, fault.Conflict, "đã chốt số liệu")
		fix := round.Save{Target: w.target("9.2"), Entry: law.Entry{Value: "70"}, Base: round.AnyBase}
		_, err = w.save(coordination, fix)
		refusedWith(t, err, fault.Invalid, "nhập lý do")
		fix.Reason = "cộng nhầm"
		_, err = w.save(coordination, fix)
		must(t, err)
		var r round.Round
		w.read(func(ctx context.Context, tx *db.Tx) error {
			r, err = w.service.Round(ctx, tx, w.roundID)
			must(t, err)
			list, err := w.service.Corrections(ctx, tx, &r)
			if len(list) != 1 || list[0].Act != round.ActCorrect || list[0].Reason != "cộng nhầm" {
				t.Errorf("%+v", list)
			}
			return err
		})
		if then, today := w.standing("9.2", r.Entry), w.standing("9.2", 0); then.Value != law.Number(900000) || today.Value != law.Number(700000) {
			t.Errorf("frozen %v, now %v", then.Value, today.Value)
		}
	})
}

func TestWhatARoundAsksFor(t *testing.T) {
	q := func(s string) day.Period { p, _ := day.ParsePeriod(s); return p }
	datum := func(p string) *law.Datum { return &law.Datum{State: law.Given, HasValue: true, Period: q(p)} }
	for _, tt := range []struct {
		name string
		w    round.Wanted
		want round.Need
	}{
		{"never reported", round.Wanted{Due: day.Year, Period: q("2024-Q3")}, round.NeedMissing},
		{"yearly, reported a year ago", round.Wanted{Due: day.Year, Period: q("2024"), Last: datum("2023")}, round.NeedDue},
		{"yearly, reported this half", round.Wanted{Due: day.Year, Period: q("2024-Q3"), Last: datum("2024-H1")}, round.NoNeed},
		{"half-yearly, a half ago", round.Wanted{Due: day.Half, Period: q("2024-H1"), Last: datum("2023-H2")}, round.NeedDue},
		{"half-yearly, a quarter ago", round.Wanted{Due: day.Half, Period: q("2024-Q3"), Last: datum("2024-H1")}, round.NoNeed},
		{"unmet", round.Wanted{Due: day.Year, Period: q("2024-Q3"), Last: datum("2024-H1"), Verdict: law.Unmet}, round.NeedUnmet},
		{"at risk", round.Wanted{Due: day.Year, Period: q("2024-Q3"), Last: datum("2024-H1"), AtRisk: true}, round.NeedAtRisk},
		{"whole", round.Wanted{Due: day.Year, Period: q("2024-Q3"), Last: datum("2024-H1"), Whole: true}, round.NeedWhole},
		{"returned", round.Wanted{Due: day.Year, Period: q("2024-Q3"), Last: datum("2024-H1"), Row: round.Row{State: round.Returned}}, round.NeedReturned},
	} {
		if got := round.NeedOf(tt.w); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got.Vietnamese(), tt.want.Vietnamese())
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	each(t, func(w *world) {
		binhXa := round.Target{Place: "02404.1", Period: w.period(q3), Set: nangCao, Code: "14.1"}
		items := []round.Save{
			{Target: w.target("15.1"), Entry: law.Entry{Value: "92"}, Base: round.AnyBase},
			{Target: binhXa, Entry: law.Entry{Value: "96"}, Base: round.AnyBase},
		}
		run := func(items []round.Save) (n int, err error) {
			cmd := &round.Many{Items: items}
			err = w.do(insurance, cmd, func(ctx context.Context, tx *db.Tx) (err error) {
				n, err = w.service.SaveMany(ctx, tx, insurance, cmd)
				return err
			})
			return n, err
		}
		bad := append(items[:2:2], round.Save{Target: w.target("2.1"), Entry: law.Entry{Value: "1"}, Base: round.AnyBase}, round.Save{Target: w.target("15.1"), Entry: law.Entry{Value: "190"}})
		_, err := run(bad)
		if text := fault.Text(err); !strings.Contains(text, "Xã Thái Sơn, 2.1") || !strings.Contains(text, "190") {
			t.Errorf("%s", text)
		}
		if r, _ := w.row("15.1"); r.Origin != round.NoAct {
			t.Errorf("a refused column left something: %+v", r)
		}
		if n, err := run(items); err != nil || n != 2 {
			t.Errorf("%d %v", n, err)
		}
		if _, err := run(items); !errors.Is(err, round.ErrSame) {
			t.Errorf("again: %v", err)
		}
	})
}

// A rate that was carried stands in its own field of the form: who then adds the
// numerator and the denominator means these.
func TestARateLeftBehindGivesWayToItsFraction(t *testing.T) {
	each(t, func(w *world) {
		w.enter(clerk, "9.2", "90")
		left := law.Entry{Value: "90", Numerator: "73", Denominator: "100"}
		_, err := w.save(clerk, round.Save{Target: w.target("9.2"), Entry: left, Base: round.AnyBase})
		must(t, err)
		if _, f := w.row("9.2"); f.Datum.Extra == nil || f.Datum.Extra.Total.Percent() != 73*law.One {
			t.Errorf("%+v", f.Datum)
		}
		left.Value = "80"
		_, err = w.save(clerk, round.Save{Target: w.target("9.2"), Entry: left, Base: round.AnyBase})
		refusedWith(t, err, fault.Invalid, "không khớp")
	})
}
