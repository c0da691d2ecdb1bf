package recognition_test

import (
	"context"
	"strings"
	"testing"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/register/criteria"
)

func TestSameFileTwice(t *testing.T) {
	r := places(t)
	s := recognition.New(r)
	titles := news(t, r)
	if len(titles) != 77 {
		t.Fatalf("%d titles read", len(titles))
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Read(t.Context(), func(tx *db.Tx) error {
			changes, err := s.Preview(tx.Context(), tx, titles)
			for _, c := range changes {
				if c.Effect != recognition.Added {
					t.Errorf("%s: %s before anything is recorded", c.Title.Where, c.Effect)
				}
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if got := list(t, d, s, now); len(got) != 0 {
			t.Fatalf("the dry run wrote %d titles", len(got))
		}
		_, first := load(t, d, s, titles)
		_, second := load(t, d, s, titles)
		if first[recognition.Added] != len(titles) || second[recognition.Unchanged] != len(titles) {
			t.Errorf("first %v, second %v, of %d", first, second, len(titles))
		}
		if got := list(t, d, s, now); len(got) != len(titles) {
			t.Errorf("%d titles recorded of %d", len(got), len(titles))
		}
	})
}

// The province's own list replaces what the news said, and later decisions end
// it; what was known at each position stays as it was.
func TestCorrectionAndEnd(t *testing.T) {
	r := places(t)
	s := recognition.New(r)
	fromNews := news(t, r)
	own := read(t, r, "titles.csv", []byte("mã xã,tên xã,mức công nhận,số quyết định,ngày quyết định,giai đoạn\n"+
		"02389,Minh Dân,NTM,55/QĐ-UBND,15/1/2021,2016-2020\n"))
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p1, _ := load(t, d, s, fromNews)
		p2, effects := load(t, d, s, own)
		if effects[recognition.Changed] != 1 {
			t.Fatalf("the province's row: %v, want one change", effects)
		}
		minhDan := current(t, d, s, "1/10/2024", now)["02389"].Title
		if minhDan.Number != "55/QĐ-UBND" || minhDan.Partial || minhDan.DecidedWords() != "15/01/2021" {
			t.Errorf("after the province's row: %+v", minhDan)
		}
		end := recognition.End{ID: minhDan.ID, To: on(t, "30/11/2024"), Number: "900/QĐ-UBND", DecidedOn: on(t, "1/12/2024")}
		if _, err := write(t, d, func(ctx context.Context, tx *db.Tx) error { return s.End(ctx, tx, end) }); err != nil {
			t.Fatal(err)
		}
		if _, again := load(t, d, s, own); again[recognition.Unchanged] != 1 {
			t.Errorf("importing the old row again revived the title: %v", again)
		}
		for _, c := range []struct {
			when  string
			known int64
			want  string
		}{
			{"30/11/2024", now, "held ntm"},
			{"1/12/2024", now, ""},
			{"1/12/2024", p2, "held ntm"},
			{"1/10/2024", p1 - 1, ""},
			{"1/7/2021", p1, "held ntm"},
		} {
			if got := say(current(t, d, s, c.when, c.known), "02389"); got != c.want {
				t.Errorf("Minh Dân on %s as known at %d: %q, want %q", c.when, c.known, got, c.want)
			}
		}
		_, err := write(t, d, func(ctx context.Context, tx *db.Tx) error { return s.End(ctx, tx, end) })
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("ending twice: %v", err)
		}
	})
}

func TestEndRefused(t *testing.T) {
	r := places(t)
	s := recognition.New(r)
	titles := news(t, r)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		load(t, d, s, titles)
		ids := map[string]string{}
		for _, title := range list(t, d, s, now) {
			ids[title.Place+" "+string(title.Basis)] = title.ID
		}
		recorded := ids["02389.1 recognised"]
		for name, c := range map[string]struct {
			end  recognition.End
			code fault.Code
		}{
			"unknown":     {recognition.End{ID: "nào đó", To: on(t, "1/1/2025"), Number: "1", DecidedOn: on(t, "1/1/2025")}, fault.NotFound},
			"a proposal":  {recognition.End{ID: ids["02326.1 pending"], To: on(t, "1/1/2025"), Number: "1", DecidedOn: on(t, "1/1/2025")}, fault.Conflict},
			"no document": {recognition.End{ID: recorded, To: on(t, "1/1/2025"), DecidedOn: on(t, "1/1/2025")}, fault.Invalid},
			"no day":      {recognition.End{ID: recorded, To: on(t, "1/1/2025"), Number: "1", DecidedOn: day.None}, fault.Invalid},
			"too early":   {recognition.End{ID: recorded, To: on(t, "1/1/2019"), Number: "1", DecidedOn: on(t, "1/1/2025")}, fault.Invalid},
		} {
			_, err := write(t, d, func(ctx context.Context, tx *db.Tx) error { return s.End(ctx, tx, c.end) })
			if !fault.Is(err, c.code) {
				t.Errorf("%s: %v, want %s", name, err, c.code)
			}
		}
	})
}

func TestStatusAndSet(t *testing.T) {
	r := places(t)
	lib, err := criteria.LoadLaw()
	if err != nil {
		t.Fatal(err)
	}
	status := map[string]string{}
	for _, title := range news(t, r) {
		key := title.Place + " " + string(title.Level)
		status[key] = strings.Join([]string{title.Status(r, on(t, "1/10/2024")), title.Status(r, on(t, "1/7/2025"))}, " → ")
		want := map[law.Title]string{
			law.TitleNTM: "xa-ntm-2021-2025", law.TitleNangCao: "xa-ntm-nang-cao-2021-2025", law.TitleKieuMau: "xa-ntm-nang-cao-2021-2025",
		}[title.Level]
		if set := lib.TestedOn(title.Level, 2024); set == nil || set.ID != want {
			t.Errorf("%s is tested on %v, want %s", key, set, want)
		}
		if !title.Partial || title.Source == "" {
			t.Errorf("%s does not say that it comes from public news", key)
		}
	}
	for key, want := range map[string]string{
		"02326.1 ntm":          "đang đề nghị → đang đề nghị",
		"02389.1 ntm":          "đang giữ → chờ quyết định",
		"02473.1 ntm":          "ngoài chương trình xã → ngoài chương trình xã",
		"02506.1 ntm-nang-cao": "đang giữ → ngoài chương trình xã",
		"02608.1 ntm-nang-cao": "chờ quyết định → chờ quyết định",
	} {
		if status[key] != want {
			t.Errorf("%s: %q, want %q", key, status[key], want)
		}
	}
}
