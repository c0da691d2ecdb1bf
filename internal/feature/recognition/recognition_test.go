package recognition_test

import (
	"context"
	"fmt"
	"io/fs"
	"math"
	"testing"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

// now is the position that knows everything.
const now = math.MaxInt64

const newsFile = "news/ntm-recognition-partial.csv"

func places(t testing.TB) *place.Register {
	t.Helper()
	r, err := place.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func open(t *testing.T, name string, data []byte) *sheet.Book {
	t.Helper()
	book, err := sheet.Open(name, data, sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func on(t *testing.T, text string) day.Day {
	t.Helper()
	d, err := day.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// read reads a file that must be good.
func read(t *testing.T, r *place.Register, name string, data []byte) []recognition.Title {
	t.Helper()
	titles, faults := recognition.ReadTitles(open(t, name, data), r, "08")
	if err := fault.Join(faults...); err != nil {
		t.Fatal(fault.Text(err))
	}
	return titles
}

// news reads the titles seen in public news.
func news(t *testing.T, r *place.Register) []recognition.Title {
	t.Helper()
	data, err := fs.ReadFile(reference.FS(), newsFile)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, r, newsFile, data)
}

// write runs one command and returns its position.
func write(t *testing.T, d *db.DB, fn func(ctx context.Context, tx *db.Tx) error) (int64, error) {
	t.Helper()
	var position int64
	cmd, err := recognition.Import{File: "thử.csv"}.Command("cán bộ thử")
	if err != nil {
		t.Fatal(err)
	}
	err = d.Write(t.Context(), cmd, func(tx *db.Tx) error {
		position = tx.Position()
		return fn(tx.Context(), tx)
	})
	return position, err
}

// load imports titles and returns the position and what changed.
func load(t *testing.T, d *db.DB, s *recognition.Service, titles []recognition.Title) (int64, map[recognition.Effect]int) {
	t.Helper()
	effects := map[recognition.Effect]int{}
	position, err := write(t, d, func(ctx context.Context, tx *db.Tx) error {
		changes, err := s.Import(ctx, tx, recognition.Import{File: newsFile, Titles: titles})
		clear(effects)
		for _, c := range changes {
			effects[c.Effect]++
		}
		return err
	})
	if err != nil {
		t.Fatal(fault.Text(err))
	}
	return position, effects
}

func list(t *testing.T, d *db.DB, s *recognition.Service, known int64) []recognition.Title {
	t.Helper()
	var titles []recognition.Title
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		titles, err = s.List(tx.Context(), tx, known)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return titles
}

// current is the communes of a day by code.
func current(t *testing.T, d *db.DB, s *recognition.Service, when string, known int64) map[string]recognition.Held {
	t.Helper()
	byCode := map[string]recognition.Held{}
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		list, err := s.Current(tx.Context(), tx, on(t, when), known)
		titles, err2 := s.List(tx.Context(), tx, known)
		if err2 != nil {
			return err2
		}
		for _, h := range list { // one commune alone is judged as all together
			one, ok := recognition.HeldBy(places(t), titles, h.Unit.ID, on(t, when))
			if !ok || fmt.Sprintf("%+v", one.Before) != fmt.Sprintf("%+v", h.Before) || one.State != h.State || (one.Title == nil) != (h.Title == nil) ||
				one.Title != nil && *one.Title != *h.Title {
				t.Errorf("%s on %s: alone %+v, among all %+v", h.Unit.ID, when, one, h)
			}
		}
		for i, h := range list {
			byCode[h.Unit.Code] = h
			if i > 0 && list[i-1].Unit.Code >= h.Unit.Code {
				t.Errorf("%s stands after %s", h.Unit.Code, list[i-1].Unit.Code)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return byCode
}

func say(all map[string]recognition.Held, code string) string {
	h, ok := all[code]
	if !ok {
		return ""
	}
	text := string(h.State)
	if h.Title != nil {
		text += " " + string(h.Title.Level)
	}
	for _, b := range h.Before {
		text += " <" + b.Unit.Name + " " + string(b.Title.Level)
	}
	return text
}

func TestTitlesByDate(t *testing.T) {
	r := places(t)
	s := recognition.New(r)
	titles := news(t, r)
	cases := []struct{ when, code, want string }{
		{"13/8/2024", "02404", "held ntm-nang-cao"}, // Bình Xa
		{"14/8/2024", "02404", "held ntm-kieu-mau"},
		{"13/8/2024", "02395", ""}, // Minh Hương
		{"14/8/2024", "02395", "held ntm"},
		{"30/12/2023", "02263", ""}, // Khau Tinh, known by its year alone: from its last day
		{"31/12/2023", "02263", "held ntm"},
		{"31/8/2024", "02608", "held ntm-nang-cao"},             // Hồng Lạc
		{"1/9/2024", "02608", "waiting <Hồng Lạc ntm-nang-cao"}, // Hồng Sơn
		{"1/10/2024", "02473", "outside ntm"},                   // thị trấn Yên Sơn, recognised as xã Thắng Quân
		{"1/10/2024", "02326", ""},                              // Xuân Quang: a proposal
		{"1/10/2024", "02269", "held ntm"},                      // Thượng Lâm: inferred
		{"1/10/2024", "02497", "held ntm-nang-cao"},             // Kim Phú
		{"30/6/2025", "02389", "held ntm"},                      // Minh Dân
		{"1/7/2025", "02389", ""},
		{"1/7/2025", "02392", "waiting <Minh Dân ntm <Phù Lưu ntm"},
		{"1/7/2025", "02419", "waiting <Đức Ninh ntm-nang-cao <Thái Hòa ntm"},
		{"1/7/2025", "02608", "waiting <Hồng Lạc ntm-nang-cao <Văn Phú ntm"},
		{"1/7/2025", "02473", "waiting <Tứ Quận ntm"},                                // the thị trấn had left the programme
		{"1/7/2025", "02509", "outside <Kim Phú ntm-nang-cao <Mỹ Bằng ntm-nang-cao"}, // phường Mỹ Lâm
		{"1/7/2025", "02215", "outside <Kim Phú ntm-nang-cao <Trung Môn ntm"},        // phường Minh Xuân
		{"1/7/2025", "02494", "waiting <Thái Bình ntm-kieu-mau <Phú Thịnh ntm <Tiến Bộ ntm"},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		load(t, d, s, titles)
		days := map[string]map[string]recognition.Held{}
		for _, c := range cases {
			if days[c.when] == nil {
				days[c.when] = current(t, d, s, c.when, now)
			}
			if got := say(days[c.when], c.code); got != c.want {
				t.Errorf("%s on %s: %q, want %q", c.code, c.when, got, c.want)
			}
		}
		count := map[recognition.State]int{}
		for _, h := range days["1/10/2024"] {
			count[h.State]++
		}
		if count[recognition.Holding] != 48 || count[recognition.Waiting] != 1 || count[recognition.Outside] != 1 {
			t.Errorf("on 1/10/2024: %v, want 48 held, Hồng Sơn waiting, Yên Sơn outside", count)
		}
		for code, h := range days["1/7/2025"] {
			if h.State == recognition.Holding {
				t.Errorf("%s %s holds a title after the merger without a decision", code, h.Unit.Label())
			}
		}
	})
}

// A commune that went through the reform of 2025 unchanged keeps its title, also
// under the other province's former code; a new decision ends the waiting.
func TestTitlesAcrossTheReform(t *testing.T) {
	r := places(t)
	s := recognition.New(r)
	var kept place.Unit
	for _, u := range r.At(on(t, "2025-06-30")).Communes("") {
		if now, ok := r.Unit(u.ID, on(t, "2025-07-01")); ok && u.IsXa() && now.IsXa() {
			kept = u
			break
		}
	}
	if kept.ID == "" {
		t.Fatal("no unchanged xã in the register")
	}
	file := "mã xã,mức công nhận,số quyết định,ngày quyết định\n" +
		kept.Code + ",NTM,11/QĐ-UBND,20/12/2022\n" +
		"02389,NTM,12/QĐ-UBND,20/12/2020\n" +
		"02392,nâng cao,13/QĐ-UBND,1/12/2025\n"
	titles := read(t, r, "titles.csv", []byte(file))
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		load(t, d, s, titles)
		for when, want := range map[string][2]string{
			"30/6/2025":  {"held ntm", ""},
			"30/11/2025": {"held ntm", "waiting <Minh Dân ntm"},
			"1/12/2025":  {"held ntm", "held ntm-nang-cao <Minh Dân ntm"},
		} {
			now := current(t, d, s, when, now)
			if got := say(now, kept.Code); got != want[0] {
				t.Errorf("%s on %s: %q, want %q", kept.Label(), when, got, want[0])
			}
			if got := say(now, "02392"); got != want[1] {
				t.Errorf("Phù Lưu on %s: %q, want %q", when, got, want[1])
			}
		}
	})
}

func TestCurrentBeforeTheRegister(t *testing.T) {
	s := recognition.New(places(t))
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			_, err := s.Current(tx.Context(), tx, day.Of(2020, 12, 31), now)
			return err
		})
		if !fault.Is(err, fault.Unsupported) {
			t.Errorf("got %v, want a refusal", err)
		}
	})
}
