package directive_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/intake"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/calendar"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

// world is the register over a fresh database, with somebody who follows it.
type world struct {
	t         *testing.T
	d         *db.DB
	s         *directive.Service
	agencies  *agency.Register
	reader    *intake.Reader
	today     day.Day
	confirmed []directive.Duty
	amended   [][]directive.Duty
	withdrawn int
}

func (w *world) Confirmed(_ context.Context, _ *db.Tx, _ *directive.Document, duties []directive.Duty) error {
	w.confirmed = duties
	return nil
}

func (w *world) Amended(_ context.Context, _ *db.Tx, _ *directive.Document, duties []directive.Duty) error {
	w.amended = append(w.amended, duties)
	return nil
}

func (w *world) Withdrawn(context.Context, *db.Tx, *directive.Document) error {
	w.withdrawn++
	return nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func each(t *testing.T, body func(w *world)) {
	var w *world
	dbtest.EachWith(t, func(o *db.Options) {
		w = &world{today: day.Of(2024, time.June, 12)}
		mine := w
		o.Now = func() time.Time { return time.Date(2024, 6, 12, 2, 0, 0, 0, time.UTC) }
		o.Today = func() day.Day { return mine.today }
	}, func(t *testing.T, d *db.DB) {
		w.t, w.d = t, d
		places, err := place.Load(reference.FS())
		must(t, err)
		w.agencies, err = agency.Load(reference.FS(), places, "08")
		must(t, err)
		lib, err := criteria.LoadLaw()
		must(t, err)
		days, err := calendar.Load(reference.FS())
		must(t, err)
		w.reader = &intake.Reader{Places: places, Province: "08", Calendar: days}
		w.s = directive.New(directive.Options{
			Places: places, Agencies: w.agencies, Province: "08", Fanout: w, Assigned: agency.NewAssignments(w.agencies, lib),
		})
		body(w)
	})
}

// someone is a person with one role.
func someone(r authz.Role, at, unit string) authz.Subject {
	return authz.Subject{ID: "an", Grants: []authz.Grant{{Role: r, Place: at, Unit: unit, Fields: []string{"*"}}}}
}

func office() authz.Subject { return someone(authz.ProvinceOffice, "08.1", "vp-ubnd.1") }

type commander interface {
	Command(actor string) (db.Command, error)
}

// try carries a command out.
func (w *world) try(c commander, work func(ctx context.Context, tx *db.Tx) error) error {
	w.t.Helper()
	cmd, err := c.Command("an")
	must(w.t, err)
	return w.d.Write(context.Background(), cmd, func(tx *db.Tx) error { return work(context.Background(), tx) })
}

// do is try, and the command must be accepted.
func (w *world) do(c commander, work func(ctx context.Context, tx *db.Tx) error) {
	w.t.Helper()
	must(w.t, w.try(c, work))
}

// refused wants the command refused with a code.
func (w *world) refused(code fault.Code, c commander, work func(ctx context.Context, tx *db.Tx) error) {
	w.t.Helper()
	if err := w.try(c, work); fault.CodeOf(err) != code {
		w.t.Errorf("%T: %v, want it refused as %s", c, err, code)
	}
}

func (w *world) read(work func(ctx context.Context, tx *db.Tx) error) {
	w.t.Helper()
	must(w.t, w.d.Read(context.Background(), func(tx *db.Tx) error { return work(context.Background(), tx) }))
}

func (w *world) get(id string) (d directive.Document, duties []directive.Duty) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *db.Tx) (err error) {
		d, duties, err = w.s.Get(ctx, tx, office(), id)
		return err
	})
	return d, duties
}

func (w *world) take(p directive.Proposal) directive.Imported {
	w.t.Helper()
	var done directive.Imported
	cmd := directive.Import{Proposal: p}
	w.do(&cmd, func(ctx context.Context, tx *db.Tx) (err error) {
		done, err = w.s.Import(ctx, tx, office(), cmd)
		return err
	})
	return done
}

func (w *world) confirm(id string, accept ...string) error {
	w.t.Helper()
	cmd := directive.Confirm{Document: id, Accept: accept}
	return w.try(&cmd, func(ctx context.Context, tx *db.Tx) error { return w.s.Confirm(ctx, tx, office(), cmd) })
}

// letter is a small document of our own writing.
const letter = `UBND TỈNH TUYÊN QUANG

Số: 15/TB-UBND

Tuyên Quang, ngày 10 tháng 6 năm 2024

THÔNG BÁO
Kết luận về việc rà soát đường thôn

Giao các cơ quan thực hiện một số nội dung sau:

1. Sở Y tế rà soát nhà vệ sinh, giếng nước của các hộ, xây dựng kế hoạch hỗ trợ. Báo cáo kết quả trước ngày 30/9/2024.

2. Sở Xây dựng, Sở Tài chính tham mưu bố trí vốn theo Thông báo số 94/TB-UBND ngày 20/5/2024.

Nơi nhận:
- Sở Y tế;
- Sở Xây dựng;
- Lưu: VT.

TL. CHỦ TỊCH
KT. CHÁNH VĂN PHÒNG
PHÓ CHÁNH VĂN PHÒNG

Trần Văn A
`

func (w *world) propose(text string) directive.Proposal {
	w.t.Helper()
	p, err := w.reader.Pasted(intake.Against{Agencies: w.agencies, Today: w.today}, text)
	must(w.t, err)
	return p
}

func byRef(t testing.TB, duties []directive.Duty, ref string) directive.Duty {
	t.Helper()
	i := slices.IndexFunc(duties, func(d directive.Duty) bool { return d.Ref == ref && !d.Removed })
	if i < 0 {
		t.Fatalf("no duty %s", ref)
	}
	return duties[i]
}

func refsOf(duties []directive.Duty) string {
	var out []string
	for _, d := range duties {
		if !d.Removed {
			out = append(out, d.Ref)
		}
	}
	return strings.Join(out, " ")
}

// TestTheNotice takes the notice itself, read from beside the repository.
func TestTheNotice(t *testing.T) {
	text, err := os.ReadFile("../../../../shared/notice/notice.md")
	if err != nil {
		t.Skip("SKIPPED: the notice is not beside the repository, the register of it not tested:", err)
	}
	each(t, func(w *world) {
		t := w.t
		done := w.take(w.propose(string(text)))
		d, duties := w.get(done.ID)
		if d.Label() != "chưa có số /TB-UBND" || d.DayLine() != "ngày … tháng 6 năm 2024" || d.DayWords() != "…/6/2024" || d.Kind != "TB" {
			t.Errorf("head: %q %q %q %q", d.Label(), d.DayLine(), d.DayWords(), d.Kind)
		}
		if d.State != directive.Proposed || d.Meeting.On != day.Of(2024, 6, 7) || !d.Inferred || d.IssuerID != "ubnd-tinh.1" {
			t.Errorf("state %s, meeting %s, issuer %s %v", d.State, d.Meeting.On, d.IssuerID, d.Inferred)
		}
		if len(d.Recipients) != 20 || len(d.Signer.Capacities) != 3 || len(done.Stubs) != 1 {
			t.Errorf("%d recipients, %d capacities, %d stubs", len(d.Recipients), len(d.Signer.Capacities), len(done.Stubs))
		}
		concrete := 0
		for _, r := range d.Recipients {
			concrete += len(r.Agencies)
		}
		if concrete < 25-1 { // the archive is no recipient
			t.Errorf("%d concrete recipients", concrete)
		}
		stub, _ := w.get(done.Stubs[0])
		if stub.Label() != "94/TB-UBND" || stub.Issued != day.Of(2024, 5, 20) || stub.State != directive.Stub || stub.IssuerID != "ubnd-tinh.1" {
			t.Errorf("stub: %+v", stub)
		}
		if x := byRef(t, duties, "1.1"); !slices.Equal(d.DependsOn(&x), done.Stubs) {
			t.Error("1.1 does not depend on the stub")
		}
		w.noticeCovers(&d, duties)
		err := w.confirm(d.ID)
		var told []string
		for _, r := range fault.Rows(err) {
			told = append(told, r.Args["ref"])
		}
		if strings.Join(told, " ") != "1.3 2a 2b 2c 4" || w.confirmed != nil {
			t.Fatalf("refused with %v", told)
		}
		four := byRef(t, duties, "4")
		cmd := directive.Choose{Edit: directive.Edit{Document: d.ID, Duty: four.ID}, Lead: "Sở Tài chính"}
		w.do(&cmd, func(ctx context.Context, tx *db.Tx) error { return w.s.Choose(ctx, tx, office(), cmd) })
		var open []string
		for _, l := range directive.Missing(duties, nil) {
			open = append(open, l.Text)
		}
		must(t, w.confirm(d.ID, open...))
		if len(w.confirmed) != 29 {
			t.Errorf("%d duties confirmed", len(w.confirmed))
		}
		four = byRef(t, w.confirmed, "4")
		if four.Addressees[0].Role != directive.Lead || four.Addressees[1].Role != directive.Support {
			t.Errorf("4: %+v", four.Addressees)
		}
		if dated := slices.DeleteFunc(slices.Clone(w.confirmed), func(d directive.Duty) bool { return d.Due == day.None }); len(dated) != 2 {
			t.Errorf("%d dated duties", len(dated))
		}
	})
}

// noticeCovers holds what Kiểm tra bao phủ says of the notice (clause P2).
func (w *world) noticeCovers(d *directive.Document, duties []directive.Duty) {
	w.t.Helper()
	var c directive.Coverage
	w.read(func(ctx context.Context, tx *db.Tx) error {
		charges, err := w.s.Charges(ctx, tx, d.Day())
		c = directive.Cover(d, duties, charges)
		return err
	})
	if !slices.Equal(c.Absent, []string{"so-ldtbxh.1"}) {
		w.t.Errorf("attended and not a recipient: %v", c.Absent)
	}
	for _, id := range []string{"so-vhttdl.1", "so-noi-vu.1", "so-tu-phap.1", "so-y-te.1", "so-gtvt.1", "cong-an-tinh.1", "bo-chqs-tinh.1"} {
		if !slices.Contains(c.Untasked, id) {
			w.t.Errorf("%s receives the notice without a named task; told: %v", id, c.Untasked)
		}
	}
	if slices.Contains(c.Untasked, "so-xay-dung.1") || slices.Contains(c.Untasked, "tinh-uy.1") {
		w.t.Errorf("told without reason: %v", c.Untasked)
	}
	for _, id := range []string{"so-cong-thuong.1", "so-gddt.1", "so-tttt.1", "so-tnmt.1"} {
		if !slices.ContainsFunc(c.InCharge, func(g directive.Gap) bool { return g.Agency == id && len(g.Codes) > 0 && g.Proposed }) {
			w.t.Errorf("%s looks after a criterion and the notice passes it by; told: %v", id, c.InCharge)
		}
	}
}
