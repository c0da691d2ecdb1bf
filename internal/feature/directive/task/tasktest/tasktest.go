// Package tasktest gives tests a document of our own writing in the shape of the
// notice, and the tasks that follow from it.
package tasktest

import (
	"context"
	"testing"
	"time"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/calendar"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

// The bodies of the tests.
const (
	HamYen  = "ubnd-074.1"
	XayDung = "so-xay-dung.1"
	TaiChin = "so-tai-chinh.1"
)

// Communes are the recognised communes of Hàm Yên in the tests.
func Communes() []string { return []string{"02389.1", "02404.1", "02407.1", "02410.1", "02419.1"} }

// World is a database with the service of tasks.
type World struct {
	DB       *db.DB
	Tasks    *task.Service
	Agencies *agency.Register
	Places   *place.Register
	Today    day.Day
}

// Each runs a test on a fresh world of each engine, at 10/06/2024.
func Each(t *testing.T, body func(t *testing.T, w *World)) {
	t.Helper()
	w := &World{}
	dbtest.EachWith(t, func(o *db.Options) { o.Today = func() day.Day { return w.Today } }, func(t *testing.T, d *db.DB) {
		w.Today = day.Of(2024, time.June, 10)
		w.DB = d
		w.build(t)
		body(t, w)
	})
}

func (w *World) build(t testing.TB) {
	t.Helper()
	var err error
	w.Places, err = place.Load(reference.FS())
	must(t, err)
	w.Agencies, err = agency.Load(reference.FS(), w.Places, "08")
	must(t, err)
	w.Tasks = New(t, w.Places, w.Agencies)
}

// New makes the service, with the communes of Hàm Yên recognised.
func New(t testing.TB, places *place.Register, agencies *agency.Register) *task.Service {
	t.Helper()
	days, err := calendar.Load(reference.FS())
	must(t, err)
	rules, err := task.LoadRules(reference.FS())
	must(t, err)
	return task.New(task.Options{
		Agencies: agencies, Places: places, Calendar: days, Rules: rules, Province: "08",
		Recognised: func(_ context.Context, _ *db.Tx, on day.Day) (out []place.Unit, _ error) {
			for _, id := range Communes() {
				if u, ok := places.Unit(id, on); ok {
					out = append(out, u)
				}
			}
			return out, nil
		},
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Office is the person of Văn phòng UBND tỉnh.
func Office() authz.Subject { return person("vpubnd", authz.ProvinceOffice, "08.1", "vp-ubnd.1") }

// Leader is a leader of the province.
func Leader() authz.Subject { return person("lanhdao", authz.ProvinceLeader, "08.1", "ubnd-tinh.1") }

// District is a person of the district Hàm Yên.
func District() authz.Subject { return person("hamyen", authz.DistrictOffice, "074.1", HamYen) }

// Agency is a person of a provincial agency.
func Agency(id string) authz.Subject { return person("nguoi-"+id, authz.InCharge, "08.1", id) }

func person(id string, r authz.Role, at, unit string) authz.Subject {
	return authz.Subject{ID: id, Grants: []authz.Grant{{Role: r, Place: at, Unit: unit, Fields: []string{"*"}}}}
}

// Notice is a notice of our own writing in the shape of the province's.
func Notice() (*directive.Document, []directive.Duty) {
	doc := &directive.Document{
		ID: "tb-6-2024", Symbol: "TB-UBND", Issued: day.None, DatePartial: "2024-06", Issuer: "UBND tỉnh Tuyên Quang", Kind: "TB",
		Title:      "Kết luận cuộc họp về giữ vững kết quả nông thôn mới",
		Meeting:    directive.Meeting{On: day.Of(2024, time.June, 7)},
		References: []directive.Reference{{Number: "94/TB-UBND", On: day.Of(2024, time.May, 20), Document: "tb-94"}},
		State:      directive.Active, Illustrated: true,
	}
	districts := directive.Addressee{Text: "UBND huyện, thành phố", Role: directive.Lead, Collective: true, Agencies: []string{
		"ubnd-070.1", "ubnd-071.1", "ubnd-072.1", "ubnd-073.1", HamYen, "ubnd-075.1", "ubnd-076.1",
	}}
	members := directive.Addressee{Text: "Các thành viên Ban Chỉ đạo", Role: directive.Lead, Collective: true, Unknown: true}
	one := func(text string, ids ...string) directive.Addressee {
		return directive.Addressee{Text: text, Role: directive.Lead, Agencies: ids}
	}
	var duties []directive.Duty
	add := func(ref, group, text string, who directive.Addressee, change func(*directive.Duty)) {
		d := directive.Duty{
			ID: "d-" + ref, Document: doc.ID, Ref: ref, Group: group, Seq: len(duties) + 1, Text: text, Addressees: []directive.Addressee{who},
			Due: day.None, Kind: directive.NoDeadline, Confidence: 100,
		}
		if change != nil {
			change(&d)
		}
		duties = append(duties, d)
	}
	continuous := func(d *directive.Duty) { d.Kind, d.Phrase = directive.Continuous, "thường xuyên" }
	add("1.1", "1.1", "Tiếp tục thực hiện các nội dung đã giao tại Thông báo số 94/TB-UBND", districts, func(d *directive.Duty) {
		d.Kind, d.References = directive.ByReference, []string{"94/TB-UBND"}
	})
	add("1.2a", "1.2", "Rà soát từng chỉ tiêu tại các xã đã đạt chuẩn", districts, nil)
	add("1.2d", "1.2", "Thường xuyên kiểm tra, đôn đốc các tiêu chí còn chưa đạt", districts, continuous)
	add("1.7", "1.7", "Hoàn thành điều chỉnh quy hoạch chung các xã, trình thẩm định, phê duyệt trong Quý III năm 2024", districts, func(d *directive.Duty) {
		d.Due, d.Kind, d.Phrase = day.Of(2024, time.September, 30), directive.InPeriod, "trong Quý III năm 2024"
		d.Product, d.Checker = "Quyết định phê duyệt", XayDung
	})
	add("2a", "2", "Hướng dẫn, kiểm tra việc nâng cao chất lượng tiêu chí được giao phụ trách", members, nil)
	add("3a", "3", "Hướng dẫn các xã hoàn thành tiêu chí quy hoạch", one("Sở Xây dựng", XayDung), nil)
	add("3b", "3", "Lập đồ án quy hoạch đô thị mới xã Phù Lưu, xã Thái Sơn, xong trong năm 2024", one("Sở Xây dựng", XayDung), func(d *directive.Duty) {
		d.Due, d.Kind, d.Phrase = day.Of(2024, time.December, 31), directive.InPeriod, "trong năm 2024"
		d.Objects = []directive.Object{{Place: "02392.1", Text: "Xã Phù Lưu"}, {Place: "02407.1", Text: "Xã Thái Sơn"}}
		d.Steps = []directive.Step{{Key: "xong", Name: "Hoàn thành đồ án", Closes: true}}
	})
	add("4", "4", "Tham mưu bố trí, lồng ghép nguồn vốn cho các xã còn tiêu chí chưa hoàn thành", one("Sở Tài chính", TaiChin), nil)
	return doc, duties
}

// Cited is the document that the notice cites, with three duties.
func Cited() (*directive.Document, []directive.Duty) {
	doc := &directive.Document{
		ID: "tb-94", Number: "94", Symbol: "TB-UBND", Issued: day.Of(2024, time.May, 20), Kind: "TB", Issuer: "UBND tỉnh Tuyên Quang",
		Title: "Kết luận cuộc họp về tiến độ", State: directive.Active, Illustrated: true,
	}
	var duties []directive.Duty
	for i, text := range []string{"Giao dự toán chi tiết", "Giải ngân vốn đã giao", "Báo cáo kết quả giải ngân"} {
		duties = append(duties, directive.Duty{
			ID: "e-" + string(rune('1'+i)), Document: doc.ID, Ref: string(rune('1' + i)), Group: string(rune('1' + i)), Seq: i + 1, Text: text,
			Addressees: []directive.Addressee{{Role: directive.Lead, Agencies: []string{HamYen}}}, Due: day.None, Kind: directive.NoDeadline,
		})
	}
	return doc, duties
}

// Give confirms a document.
func (w *World) Give(t testing.TB, doc *directive.Document, duties []directive.Duty) {
	t.Helper()
	must(t, w.TryGive(doc, duties))
}

// TryGive confirms a document, or says why it cannot be.
func (w *World) TryGive(doc *directive.Document, duties []directive.Duty) error {
	return w.DB.Write(context.Background(), db.Command{Actor: "vpubnd", Name: "directive.confirm"}, func(tx *db.Tx) error {
		return w.Tasks.Confirmed(context.Background(), tx, doc, duties)
	})
}

// Withdraw withdraws a document.
func (w *World) Withdraw(t testing.TB, doc *directive.Document) {
	t.Helper()
	must(t, w.DB.Write(context.Background(), db.Command{Actor: "vpubnd", Name: "directive.withdraw"}, func(tx *db.Tx) error {
		return w.Tasks.Withdrawn(context.Background(), tx, doc)
	}))
}

// GiveAll confirms a document of this package whole.
func (w *World) GiveAll(t testing.TB, document func() (*directive.Document, []directive.Duty)) {
	t.Helper()
	doc, duties := document()
	w.Give(t, doc, duties)
}

// commander is a command of the tasks.
type commander interface {
	Command(actor string) (db.Command, error)
}

// Try carries a command out as a person.
func (w *World) Try(t testing.TB, who authz.Subject, c commander) error {
	t.Helper()
	cmd, err := c.Command(who.ID)
	must(t, err)
	ctx := context.Background()
	return w.DB.Write(ctx, cmd, func(tx *db.Tx) error {
		switch c := c.(type) {
		case *task.Record:
			return w.Tasks.Record(ctx, tx, who, c)
		case *task.Receive:
			return w.Tasks.Receive(ctx, tx, who, c)
		case *task.Objects:
			return w.Tasks.Objects(ctx, tx, who, c)
		case *task.Clarify:
			return w.Tasks.Clarify(ctx, tx, who, c)
		case *task.Decide:
			return w.Tasks.Decide(ctx, tx, who, c)
		case *task.HandOver:
			return w.Tasks.HandOver(ctx, tx, who, c)
		case *task.Import:
			_, err := w.Tasks.Import(ctx, tx, who, c)
			return err
		}
		t.Fatalf("unknown command %T", c)
		return nil
	})
}

// Do carries a command out and fails the test where it is refused.
func (w *World) Do(t testing.TB, who authz.Subject, c commander) {
	t.Helper()
	must(t, w.Try(t, who, c))
}

// Act does an act to a task as it stands.
func (w *World) Act(t testing.TB, who authz.Subject, e *task.Entry, a task.Act) {
	t.Helper()
	w.Do(t, who, &task.Record{Task: e.ID, Seen: w.Find(t, e.ID).Task.Entry, Act: a})
}

// Book is what a person may look at.
func (w *World) Book(t testing.TB, who authz.Subject) *task.Book {
	t.Helper()
	var b *task.Book
	must(t, w.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		b, err = w.Tasks.Book(context.Background(), tx, who)
		return err
	}))
	return b
}

// Find is a task as it stands.
func (w *World) Find(t testing.TB, id string) *task.Entry {
	t.Helper()
	e := w.Book(t, Office()).Find(id)
	if e == nil {
		t.Fatalf("no task %s", id)
	}
	return e
}

// Of is a body's task of a duty as it stands.
func (w *World) Of(t testing.TB, ref, agencyID string) *task.Entry {
	t.Helper()
	for _, e := range w.Book(t, Office()).Entries {
		if e.Ref == ref && e.First == agencyID && e.Parent == "" {
			return e
		}
	}
	t.Fatalf("%s has no task %s", agencyID, ref)
	return nil
}
