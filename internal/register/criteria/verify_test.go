package criteria_test

import (
	"context"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/register/criteria"
)

// frozen opens databases whose legal day is 01/10/2024.
func frozen(t *testing.T, body func(t *testing.T, d *db.DB)) {
	today := func() day.Day { return day.Of(2024, 10, 1) }
	dbtest.EachWith(t, func(o *db.Options) { o.Today = today }, body)
}

func (w world) verify(t *testing.T, d *db.DB, code, key string) (fresh bool, err error) {
	t.Helper()
	cmd := criteria.Verify{Set: ntm, Code: code, Key: key, By: "Nguyễn Thị Hoa", On: on(t, "30/9/2024")}
	_, err = write(t, d, func(ctx context.Context, tx *db.Tx) (err error) {
		fresh, err = w.Verify(ctx, tx, cmd)
		return err
	})
	return fresh, err
}

func (w world) progress(t *testing.T, d *db.DB, known int64) string {
	t.Helper()
	var p criteria.Progress
	if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		p, err = w.Progress(tx.Context(), tx, ntm, known)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return p.String()
}

func TestVerifyAndProgress(t *testing.T) {
	w := load(t)
	frozen(t, func(t *testing.T, d *db.DB) {
		for _, c := range []struct{ code, key, want string }{
			{"15.1", "", "đã đối chiếu 1/57"},       // its one value
			{"17.2", "", "đã đối chiếu 1/57"},       // the national value of two
			{"17.2", "TDMNPB", "đã đối chiếu 2/57"}, // and the region's
			{"2.1", "*", "đã đối chiếu 3/57"},       // left to the province: only as a whole
			{"5.a", "*", "đã đối chiếu 3/57"},       // a part of two
			{"5.b", "*", "đã đối chiếu 4/57"},
			{"14.1", "*", "đã đối chiếu 5/57"}, // an indicator with all its parts
			{"17", "*", "đã đối chiếu 16/57"},  // a criterion of 12, one of them counted
		} {
			if fresh, err := w.verify(t, d, c.code, c.key); err != nil || !fresh {
				t.Fatalf("%s %q: fresh %v, %v", c.code, c.key, fresh, err)
			}
			if got := w.progress(t, d, now); got != c.want {
				t.Errorf("after %s %q: %s, want %s", c.code, c.key, got, c.want)
			}
		}
		if fresh, err := w.verify(t, d, "15.1", ""); err != nil || fresh {
			t.Errorf("said twice: fresh %v, %v", fresh, err)
		}
		dec := w.decisions(t, d, now)
		for code, want := range map[string]bool{"15.1": true, "17.10": true, "14.1.c": true, "16": false} {
			if m := w.mark(t, dec, code, "02392.1", "01/10/2024"); (m.Verified != nil) != want {
				t.Errorf("%s verified: %+v, want %v", code, m.Verified, want)
			}
		}
	})
}

func TestWithdrawVerification(t *testing.T) {
	w := load(t)
	frozen(t, func(t *testing.T, d *db.DB) {
		take := func() (int64, error) {
			return write(t, d, func(ctx context.Context, tx *db.Tx) error {
				return w.Withdraw(ctx, tx, criteria.Withdraw{Set: ntm, Code: "15.1", Key: "*", By: "Trần Văn Bình", On: on(t, "1/10/2024")})
			})
		}
		if _, err := take(); !fault.Is(err, fault.NotFound) {
			t.Errorf("withdrawing what does not stand: %v", err)
		}
		if _, err := w.verify(t, d, "15.1", "*"); err != nil {
			t.Fatal(err)
		}
		p, err := take()
		if err != nil {
			t.Fatal(err)
		}
		if now, then := w.progress(t, d, now), w.progress(t, d, p-1); now != "đã đối chiếu 0/57" || then != "đã đối chiếu 1/57" {
			t.Errorf("now %s, before the withdrawal %s", now, then)
		}
	})
}

func TestVerifyRefused(t *testing.T) {
	w := load(t)
	today := on(t, "1/10/2024")
	cases := map[string]struct {
		cmd  criteria.Verify
		code fault.Code
	}{
		"unknown set":       {criteria.Verify{Set: "ntm", Code: "2.1", Key: "*", By: "Hoa", On: today}, fault.NotFound},
		"unknown indicator": {criteria.Verify{Set: ntm, Code: "2.9", Key: "*", By: "Hoa", On: today}, fault.NotFound},
		"unknown key":       {criteria.Verify{Set: ntm, Code: "15.1", Key: "DBSH", By: "Hoa", On: today}, fault.Invalid},
		"nobody":            {criteria.Verify{Set: ntm, Code: "15.1", Key: "*", By: " ", On: today}, fault.Invalid},
		"tomorrow":          {criteria.Verify{Set: ntm, Code: "15.1", Key: "*", By: "Hoa", On: today + 1}, fault.Invalid},
	}
	frozen(t, func(t *testing.T, d *db.DB) {
		for name, c := range cases {
			_, err := write(t, d, func(ctx context.Context, tx *db.Tx) error {
				_, err := w.Verify(ctx, tx, c.cmd)
				return err
			})
			if !fault.Is(err, c.code) {
				t.Errorf("%s: %v, want %s", name, err, c.code)
			}
		}
	})
}

// A province decision is verified by its number.
func TestVerifyDecision(t *testing.T) {
	w := load(t)
	records := w.read(t, ntm+",2.1,90,,,,,,12/2023/QĐ-UBND,15/03/2023,,,")
	frozen(t, func(t *testing.T, d *db.DB) {
		w.decide(t, d, records)
		if m := w.mark(t, w.decisions(t, d, now), "2.1", "02392.1", "01/10/2024"); m.Verified != nil {
			t.Errorf("verified before anybody looked: %+v", m.Verified)
		}
		if _, err := w.verify(t, d, "2.1", "12/2023/QĐ-UBND"); err != nil {
			t.Fatal(err)
		}
		m := w.mark(t, w.decisions(t, d, now), "2.1", "02392.1", "01/10/2024")
		if m.Verified == nil || m.Verified.By != "Nguyễn Thị Hoa" {
			t.Errorf("after the verification: %+v", m.Verified)
		}
	})
}
