package review

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/register/place"
)

// eachEngine runs a body on a service on every engine.
func eachEngine(t *testing.T, body func(t *testing.T, w world, s *Service, d *db.DB)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t)
		body(t, w, w.service(t, d, noTitles{}), d)
	})
}

func count(t *testing.T, d *db.DB, table string) (n int) {
	t.Helper()
	must(t, d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT COUNT(*) FROM ` + table).Scan(&n)
	}))
	return n
}

const firstFile = header +
	"02389,9.2,2024,90,,,,verified,\n" +
	"02389,15.1,2024,91,90,92,,confirmed,theo BHXH\n" +
	"02395,15.2,2024,đạt,,,,,\n"

func TestImportTwiceAddsNothing(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world, s *Service, d *db.DB) {
		b := w.batch(t, "2024", openCSV(t, firstFile))
		if p := s.planned(t, d, "2024", b.Findings); len(p.Added) != 3 || len(p.Changed)+p.Unchanged != 0 {
			t.Errorf("dry run: %+v", p)
		}
		if n := count(t, d, "review_finding"); n != 0 {
			t.Fatalf("a dry run wrote %d rows", n)
		}
		p, _ := s.imported(t, d, "2024", b.Findings)
		if got := strings.Join(codesOf(p.Added), " "); got != "15.1 15.2 9.2" || len(p.Changed)+p.Unchanged != 0 {
			t.Errorf("first: %s %+v", got, p)
		}
		if n, m := count(t, d, "review_finding"), count(t, d, "review_finding_detail"); n != 3 || m != 1 {
			t.Errorf("%d findings, %d details", n, m)
		}
		p, _ = s.imported(t, d, "2024", w.batch(t, "2024", openCSV(t, firstFile)).Findings)
		if len(p.Added)+len(p.Changed) != 0 || p.Unchanged != 3 {
			t.Errorf("second: %+v", p)
		}
		if n, m := count(t, d, "review_finding"), count(t, d, "review_finding_detail"); n != 3 || m != 1 {
			t.Errorf("after the second: %d findings, %d details", n, m)
		}
	})
}

func TestCorrectionSupersedesAndThePastIsKept(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world, s *Service, d *db.DB) {
		_, first := s.imported(t, d, "2024", w.batch(t, "2024", openCSV(t, firstFile)).Findings)
		p, second := s.imported(t, d, "2024", w.batch(t, "2024", openCSV(t, header+
			"02389,9.2,2024,70,,,,verified,\n02389,15.1,2024,91,90,92,,confirmed,theo BHXH\n02395,15.2,2024,chưa đạt,,,,,\n02395,9.2,2024,80,,,,,\n")).Findings)
		if got := strings.Join(codesOf(p.Changed), " "); got != "15.2 9.2" || strings.Join(codesOf(p.Added), " ") != "9.2" || p.Unchanged != 1 {
			t.Errorf("changed %s, %+v", got, p)
		}
		for _, c := range p.Changed {
			if c.Finding.Indicator().Code == "9.2" && (c.Before == nil || c.Before.Value != 900000) {
				t.Errorf("before: %+v", c.Before)
			}
		}
		communes := []place.Unit{w.commune(t, "02389", "2024-12-31"), w.commune(t, "02395", "2024-12-31")}
		for _, tt := range []struct {
			known   int64
			value   any
			verdict string
			said    any
			new     string
		}{
			{first - 1, nil, "unknown", nil, "unknown"},
			{first, law.Number(900000), "met", "đạt", "unknown"},
			{second, law.Number(700000), "unmet", "chưa đạt", "met"},
			{math.MaxInt64, law.Number(700000), "unmet", "chưa đạt", "met"},
		} {
			r := s.standing(t, d, w.set(t, ntm), communes, Ask{On: on(t, "2024-12-31"), Known: tt.known, Province: "08"})
			if got := r.of(t, "02389", "9.2"); got.Value != tt.value || got.Verdict != tt.verdict {
				t.Errorf("known %d: 9.2 %v %s", tt.known, got.Value, got.Verdict)
			}
			if got := r.of(t, "02395", "15.2"); got.Value != tt.said {
				t.Errorf("known %d: 15.2 %v", tt.known, got.Value)
			}
			if got := r.of(t, "02395", "9.2"); got.Verdict != tt.new {
				t.Errorf("known %d: 9.2 of Minh Hương %s", tt.known, got.Verdict)
			}
		}
	})
}

func TestASharedQuantityIsEnteredOnceAndJudgedInBothSets(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world, s *Service, d *db.DB) {
		s.imported(t, d, "2024", w.batch(t, "2024", openCSV(t, "commune,set,indicator,period,value,male,female\n02389,"+ntm+",15.1,2024,93,92,94\n")).Findings)
		communes := []place.Unit{w.commune(t, "02389", "2024-12-31")}
		ask := Ask{On: on(t, "2024-12-31"), Province: "08"}
		if got := s.standing(t, d, w.set(t, ntm), communes, ask).of(t, "02389", "15.1"); got.Verdict != "met" {
			t.Errorf("NTM: %s %s", got.Verdict, got.Reason)
		}
		if got := s.standing(t, d, w.set(t, nangCao), communes, ask).of(t, "02389", "14.1"); got.Verdict != "unmet" || got.Value != law.Number(930000) {
			t.Errorf("NTM nâng cao: %s %s", got.Verdict, got.Reason)
		}
		// The same figure under the other set changes nothing; another one corrects it.
		file := "commune,set,indicator,period,value,male,female\n02389," + nangCao + ",14.1,2024,"
		if p := s.planned(t, d, "2024", w.batch(t, "2024", openCSV(t, file+"93,92,94\n")).Findings); p.Unchanged != 1 || len(p.Added)+len(p.Changed) > 0 {
			t.Errorf("%+v", p)
		}
		if p := s.planned(t, d, "2024", w.batch(t, "2024", openCSV(t, file+"97,96,98\n")).Findings); len(p.Changed) != 1 {
			t.Errorf("%+v", p)
		}
	})
}

func TestASharedQuantityTwiceInOneFile(t *testing.T) {
	const head = "commune,set,indicator,period,value\n"
	eachEngine(t, func(t *testing.T, w world, s *Service, d *db.DB) {
		same := w.batch(t, "2024", openCSV(t, head+"02389,"+ntm+",10,2024,50\n02389,"+nangCao+",10,2024,\"50,0\"\n"))
		p, _ := s.imported(t, d, "2024", same.Findings)
		if len(p.Added) != 1 || count(t, d, "review_finding") != 1 {
			t.Errorf("equal rows: %d added, %d stored", len(p.Added), count(t, d, "review_finding"))
		}
		b, err := Read(openCSV(t, head+"02389,"+ntm+",10,2024,50\n02389,"+nangCao+",10,2024,51\n"), ReadOptions{
			Sets: []*law.Set{w.set(t, ntm), w.set(t, nangCao)}, Places: w.places, Province: "08", Until: on(t, "2024-12-31"),
		})
		must(t, err)
		if len(b.Errors) != 2 || b.Errors[0].Line != 2 || b.Errors[1].Line != 3 || !strings.Contains(b.Errors[0].Message, "dùng chung") {
			t.Errorf("%+v", b.Errors)
		}
		for _, f := range b.Findings {
			if f.Datum.State != law.Faulty {
				t.Errorf("%+v", f)
			}
		}
	})
}

func TestImportIsAllOrNothing(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world, s *Service, d *db.DB) {
		ctx := context.Background()
		q := w.question(t, ntm, "2024-12-31")
		bad, err := readFor(q, openCSV(t, firstFile+"02395,9.2,2024,190,,,,,\n"))
		must(t, err)
		try := func(findings []Finding, then error) error {
			cmd := &Import{File: "a.csv", Period: period(t, "2024"), Findings: findings}
			command, err := cmd.Command("x")
			must(t, err)
			return d.Write(ctx, command, func(tx *db.Tx) error {
				if _, err := s.Import(ctx, tx, cmd); err != nil {
					return err
				}
				return then
			})
		}
		if err := try(bad.Findings, nil); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.Text(err), "9.2") {
			t.Errorf("a file with a bad row: %v", err)
		}
		stop := errors.New("stop")
		if err := try(w.batch(t, "2024", openCSV(t, firstFile)).Findings, stop); !errors.Is(err, stop) {
			t.Errorf("%v", err)
		}
		twice := w.batch(t, "2024", openCSV(t, firstFile)).Findings
		again := twice[0]
		again.Datum.Value++
		if err := try(append(twice, again), nil); !fault.Is(err, fault.Conflict) {
			t.Errorf("two figures for one indicator: %v", err)
		}
		if n, m := count(t, d, "review_finding"), count(t, d, "review_finding_detail"); n+m != 0 {
			t.Errorf("%d findings, %d details are left", n, m)
		}
	})
}

func TestJournalEntryNamesScopeAndFile(t *testing.T) {
	w := newWorld(t)
	b := w.batch(t, "2024", openCSV(t, firstFile))
	cmd := &Import{File: "ket-qua.csv", SHA256: "ab12", Period: period(t, "2024"), Findings: b.Findings}
	got, err := cmd.Command("xa-minh-dan")
	must(t, err)
	if got.Actor != "xa-minh-dan" || got.Name != "review.import" {
		t.Errorf("%+v", got)
	}
	if want := `{"period":"2024","places":["02389.1","02395.1"],"sets":["xa-ntm-2021-2025"]}`; got.Scope != want {
		t.Errorf("scope %s", got.Scope)
	}
	if want := `{"file":"ket-qua.csv","findings":3,"period":"2024","sha256":"ab12"}`; string(got.Body) != want {
		t.Errorf("body %s", got.Body)
	}
}

// TestNothingIsLost records a finding of each kind with all that it can carry
// and reads it back.
func TestNothingIsLost(t *testing.T) {
	const head = "commune,indicator,period,value,male,female,share,numerator,denominator,male_numerator,male_denominator,female_numerator,female_denominator,provenance,note\n"
	rows := []string{
		"02389,9.2,2024,,,,,1234,1300,,,,,field-checked,\"dòng một, dòng hai\"",
		"02389,15.1,2024,,,,,,,1901,2000,1850,2000,declared,",
		"02389,15.3,2024,0,,,,,,,,,,verified,",
		"02389,17.1,2024,95.5,,,30.25,,,,,,,confirmed,",
		"02389,13.4,2024,không áp dụng,,,,,,,,,,declared,chưa có",
		"02389,5.n,2024,4,,,,,,,,,,declared,",
		"02389,14.1.c,2024,mức độ 2,,,,,,,,,,declared,",
		"02389,10,2024,45.1234,,,,,,,,,,declared,",
		"02389,15.2,2024,x,,,,,,,,,,verified,",
	}
	eachEngine(t, func(t *testing.T, w world, s *Service, d *db.DB) {
		sent := w.batch(t, "2024", openCSV(t, head+strings.Join(rows, "\n")+"\n")).Findings
		s.imported(t, d, "2024", sent)
		var got []Finding
		must(t, d.Read(context.Background(), func(tx *db.Tx) (err error) {
			got, err = s.findings(context.Background(), tx, []*law.Set{w.set(t, ntm)}, []place.Unit{w.commune(t, "02389", "2024-12-31")}, math.MaxInt64)
			return err
		}))
		bySlot := map[int]Finding{}
		for _, f := range got {
			bySlot[f.Slot] = f
		}
		if len(got) != len(sent) {
			t.Errorf("%d of %d", len(got), len(sent))
		}
		for _, f := range sent {
			back := bySlot[f.Slot]
			if !sameFinding(&f, &back) || back.Datum.Period != f.Datum.Period {
				a, _ := json.Marshal(f.Datum)
				b, _ := json.Marshal(back.Datum)
				t.Errorf("%s: %s %q became %s %q", f.Indicator().Code, a, f.Note, b, back.Note)
			}
		}
	})
}

// TestManyPlaces stores and reads findings of more places than one query names.
func TestManyPlaces(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world, s *Service, d *db.DB) {
		ctx := context.Background()
		const places = 2*placesPerQuery + 7
		p := period(t, "2024")
		var records []record
		var keys []int32
		for i := range int32(places) {
			keys = append(keys, i+1)
			for measure := range int32(2) {
				r := record{place: i + 1, period: p.Code(), measure: measure + 1, datum: law.Datum{State: law.Given, HasValue: true, Value: law.Number(i), Period: p}}
				if measure == 1 {
					r.note = "ghi chú"
				}
				records = append(records, r)
			}
		}
		must(t, d.Write(ctx, db.Command{Actor: "x", Name: "review.import"}, func(tx *db.Tx) error { return store(tx, records) }))
		for _, only := range []int32{0, p.Code()} {
			var got []record
			must(t, d.Read(ctx, func(tx *db.Tx) (err error) {
				got, err = findingsOf(tx, keys, only, math.MaxInt64)
				return err
			}))
			if len(got) != len(records) {
				t.Fatalf("%d of %d", len(got), len(records))
			}
			for i := range got {
				if got[i].cell() != records[i].cell() || got[i].note != records[i].note || got[i].datum.Value != records[i].datum.Value {
					t.Fatalf("%d: %+v", i, got[i])
				}
			}
		}
	})
}

func TestPeriodsAreKeptApart(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world, s *Service, d *db.DB) {
		s.imported(t, d, "2023", w.batch(t, "2023", openCSV(t, header+"02389,9.2,2023,60,,,,,\n")).Findings)
		p, _ := s.imported(t, d, "2024-H1", w.batch(t, "2024-H1", openCSV(t, header+"02389,9.2,,90,,,,,\n")).Findings)
		if len(p.Added) != 1 {
			t.Errorf("%+v", p)
		}
		communes := []place.Unit{w.commune(t, "02389", "2024-12-31")}
		for date, want := range map[string]any{"2023-12-31": law.Number(600000), "2024-01-01": law.Number(900000), "2022-12-31": nil} {
			if got := s.standing(t, d, w.set(t, ntm), communes, Ask{On: on(t, date), Province: "08"}).of(t, "02389", "9.2"); got.Value != want {
				t.Errorf("%s: %v", date, got.Value)
			}
		}
		// A file may report several periods; each is compared with its own.
		both, err := Read(openCSV(t, header+"02389,9.2,2023,61,,,,,\n02389,9.2,2024-H1,90,,,,,\n"), ReadOptions{
			Sets: []*law.Set{w.set(t, ntm)}, Places: w.places, Province: "08", Until: on(t, "2024-12-31"),
		})
		must(t, err)
		if p := s.planned(t, d, "2024-H1", both.Findings); len(p.Changed) != 1 || p.Unchanged != 1 || len(p.Added) != 0 {
			t.Errorf("%+v", p)
		}
	})
}

func TestStrictPeriod(t *testing.T) {
	w := newWorld(t)
	b, err := Read(openCSV(t, header+"02389,9.2,2023,90,,,,,\n02389,4.2,,99,,,,,\n"), ReadOptions{
		Sets: []*law.Set{w.set(t, ntm)}, Places: w.places, Province: "08", Until: on(t, "2024-12-31"), Period: period(t, "2024"), Strict: true,
	})
	must(t, err)
	if len(b.Errors) != 1 || b.Errors[0].Column != "period" || !strings.Contains(b.Errors[0].Message, "2023") {
		t.Errorf("%+v", b.Errors)
	}
	if f := b.Findings[1]; f.Datum.Period != period(t, "2024") || f.Datum.State != law.Given {
		t.Errorf("%+v", f)
	}
}

func TestStandingOfTitledCommunes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t)
		minhDan, khuonHa := w.commune(t, "Minh Dân", "2024-12-31"), w.commune(t, "Khuôn Hà", "2024-12-31")
		s := w.service(t, d, titles{{minhDan, law.TitleNangCao}, {khuonHa, law.TitleNTM}})
		s.imported(t, d, "2024", w.batch(t, "2024", openCSV(t, header+"02389,10,2024,50,,,,,\nKhuôn Hà,10,2024,50,,,,,\n")).Findings)
		var all []*Assessment
		must(t, d.Read(context.Background(), func(tx *db.Tx) (err error) {
			all, err = s.Standing(context.Background(), tx, Ask{On: on(t, "2024-12-31"), Known: math.MaxInt64, Province: "08"})
			return err
		}))
		if len(all) != 2 || all[0].Set.ID != ntm || all[0].Units[0].Name != "Khuôn Hà" || all[1].Set.ID != nangCao || all[1].Units[0].Name != "Minh Dân" {
			t.Fatalf("%d assessments", len(all))
		}
		if got := all[0].Report(nil).of(t, "Khuôn Hà", "10").Verdict; got != "met" {
			t.Errorf("Khuôn Hà, 10: %s", got)
		}
		if got := all[1].Report(nil).of(t, "Minh Dân", "10"); got.Value != law.Number(500000) || got.Verdict != "unmet" {
			t.Errorf("Minh Dân, 10: %+v", got)
		}
	})
}

func TestRowsWithoutASetTakeTheCommunesOwn(t *testing.T) {
	w := newWorld(t)
	sets := []*law.Set{w.set(t, ntm), w.set(t, nangCao)}
	minhDan := w.commune(t, "Minh Dân", "2024-12-31")
	opt := ReadOptions{Sets: sets, Places: w.places, Province: "08", Until: on(t, "2024-12-31"), SetFor: func(id string) *law.Set {
		if id == minhDan.ID {
			return sets[1]
		}
		return nil
	}}
	b, err := Read(openCSV(t, "commune,set,indicator,period,value\n02389,,18.1,2024,70\n02395,,18.1,2024,đạt\n02389,"+ntm+",9.2,2024,90\n"), opt)
	must(t, err)
	var got []string
	for _, f := range b.Findings {
		got = append(got, f.Set.ID)
	}
	if want := strings.Join([]string{nangCao, ntm, ntm}, " "); strings.Join(got, " ") != want {
		t.Errorf("%v %+v", got, b.Errors)
	}
}
