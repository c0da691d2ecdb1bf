package evidence_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

// world is the register over a fresh database and a folder.
type world struct {
	*evidence.Service

	t     *testing.T
	db    *db.DB
	disk  *blob.Disk
	root  string
	temp  string
	law   *law.Library
	keys  *criteria.Dictionary
	phone evidence.Subject // indicator 7 of the advanced set: wants two kinds
}

var ctx = context.Background()

func each(t *testing.T, body func(t *testing.T, w *world)) {
	at := time.Date(2024, time.October, 1, 1, 0, 0, 0, time.UTC)
	dbtest.EachWith(t, func(o *db.Options) {
		o.Now, o.Today = func() time.Time { return at }, func() day.Day { return day.FromTime(at) }
	}, func(t *testing.T, d *db.DB) { body(t, open(t, d, evidence.Limits{})) })
}

func open(t *testing.T, d *db.DB, lim evidence.Limits) *world {
	t.Helper()
	w := &world{t: t, db: d, root: filepath.Join(t.TempDir(), "blobs"), temp: t.TempDir()}
	w.disk = blob.OpenDisk(w.root)
	var err error
	if w.law, err = criteria.LoadLaw(); err != nil {
		t.Fatal(err)
	}
	places, err := place.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	err = d.Write(ctx, db.Command{Actor: "test", Name: "criteria.prepare"}, func(tx *db.Tx) error {
		if _, err := criteria.Prepare(ctx, tx, w.law); err != nil {
			return err
		}
		w.keys, err = criteria.Keys(ctx, tx, w.law)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	lim.Within = 20 * time.Second
	w.Service = evidence.New(evidence.Options{DB: d, Blobs: w.disk, Law: w.law, Places: places, Limits: lim, Temp: w.temp})
	w.phone = w.cell("xa-ntm-nang-cao-2021-2025", "7")
	return w
}

// cell is the cell of an indicator of Phù Lưu in the first half of 2024.
func (w *world) cell(set, code string) evidence.Subject {
	w.t.Helper()
	s, err := w.law.Set(set)
	if err != nil {
		w.t.Fatal(err)
	}
	slot, ok := s.Slot(code)
	if !ok {
		w.t.Fatalf("no indicator %s", code)
	}
	period, err := day.ParsePeriod("2024-H1")
	if err != nil {
		w.t.Fatal(err)
	}
	return evidence.Cell(place.Key("02392.1"), period.Code(), w.keys.Slots(s)[slot])
}

func anybody(*db.Tx) error { return nil }

func (w *world) attach(cmd evidence.Attach, data []byte) (evidence.Item, error) {
	w.t.Helper()
	spool, err := w.Receive(bytes.NewReader(data))
	if err != nil {
		return evidence.Item{}, err
	}
	defer spool.Close()
	if cmd.Allow == nil {
		cmd.Allow = anybody
	}
	if cmd.Actor == "" {
		cmd.Actor = "nguoi-nhap"
	}
	if cmd.Name == "" {
		cmd.Name = "ảnh.jpg"
	}
	return w.Attach(ctx, cmd, spool)
}

func (w *world) must(cmd evidence.Attach, data []byte) evidence.Item {
	w.t.Helper()
	i, err := w.attach(cmd, data)
	if err != nil {
		w.t.Fatal(fault.Text(err))
	}
	return i
}

func (w *world) read(ask func(tx *db.Tx) error) {
	w.t.Helper()
	if err := w.db.Read(ctx, ask); err != nil {
		w.t.Fatal(fault.Text(err))
	}
}

func (w *world) list(s evidence.Subject) (items []evidence.Item) {
	w.read(func(tx *db.Tx) (err error) {
		items, err = w.List(ctx, tx, s)
		return err
	})
	return items
}

func (w *world) blobs() (n int) {
	w.t.Helper()
	if err := w.disk.Walk(ctx, func(blob.Info) error { n++; return nil }); err != nil {
		w.t.Fatal(err)
	}
	return n
}

func TestAttachListAndRemove(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		photo := after(jpegOf(t, 2000, 1000), exif(1))
		item := w.must(evidence.Attach{Subject: w.phone, Serves: "ảnh chụp tại chỗ", Caption: "Chợ xã", Name: "IMG_1.jpeg"}, photo)
		again := w.must(evidence.Attach{Subject: w.phone, Serves: "ảnh chụp tại chỗ", Name: "khác.jpg"}, photo)
		if again.ID != item.ID {
			t.Error("the same file sent again is a second one")
		}
		doc := w.must(evidence.Attach{Subject: w.phone, Name: "biên bản.docx"}, docx(t, []string{"Biên bản"}))
		other := w.must(evidence.Attach{Subject: evidence.Subject{Kind: "work", Ref: "c1"}, Name: "a.pdf"}, pdfOf())
		items := w.list(w.phone)
		if len(items) != 2 || items[0].ID != item.ID || items[1].ID != doc.ID || items[0].By != "nguoi-nhap" || items[0].At.Year() != 2024 {
			t.Fatalf("%+v", items)
		}
		i := items[0]
		if i.Name != "IMG_1.jpg" || i.Caption != "Chợ xã" || i.Size != int64(len(photo)) || i.Width != 2000 || i.View.Size == 0 || i.Thumb.Size >= i.View.Size {
			t.Errorf("%+v", i)
		}
		w.read(func(tx *db.Tx) error {
			many, err := w.ListMany(ctx, tx, w.phone.Place, w.phone.Period)
			if len(many) != 1 || len(many[w.phone]) != 2 {
				t.Errorf("%+v", many)
			}
			c, err2 := w.Capture(ctx, tx, i.ID)
			if !c.Placed || c.At.IsZero() {
				t.Errorf("%+v", c)
			}
			none, err3 := w.Capture(ctx, tx, doc.ID)
			if none != (evidence.Capture{}) {
				t.Errorf("%+v", none)
			}
			return errors.Join(err, err2, err3)
		})
		if r, err := w.Open(ctx, i.SHA256); err != nil {
			t.Error(err)
		} else if data, err := io.ReadAll(r); err != nil || !bytes.Equal(data, photo) || r.Close() != nil {
			t.Error("the original came back changed")
		}
		allow := func(*db.Tx, evidence.Subject) error { return nil }
		for _, reason := range []string{"", strings.Repeat("x", 501)} {
			if err := w.Remove(ctx, evidence.Remove{Actor: "a", ID: doc.ID, Reason: reason, Allow: allow}); !fault.Is(err, fault.Invalid) {
				t.Errorf("reason of %d characters: %v", len(reason), err)
			}
		}
		if err := w.Remove(ctx, evidence.Remove{Actor: "a", ID: doc.ID, Reason: "gửi nhầm", Allow: allow}); err != nil {
			t.Fatal(err)
		}
		if err := w.Remove(ctx, evidence.Remove{Actor: "a", ID: doc.ID, Reason: "gửi nhầm", Allow: allow}); !fault.Is(err, fault.NotFound) {
			t.Errorf("taken back twice: %v", err)
		}
		if len(w.list(w.phone)) != 1 || len(w.list(other.Subject)) != 1 {
			t.Error("the wrong files are listed")
		}
		if report, err := journal.Verify(ctx, w.db, append(evidence.Tables(), criteria.Tables()...), nil); err != nil || report.Rows == 0 {
			t.Errorf("journal: %v", err)
		}
		if left, err := os.ReadDir(w.temp); err != nil || len(left) > 0 {
			t.Errorf("temporary files stay: %v %v", left, err)
		}
	})
}

func TestWhatAttachRefuses(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		jpg := jpegOf(t, 16, 16)
		no := fault.New(fault.Forbidden, fault.Msg{Key: "test.no", Text: "không được"})
		security := w.cell("xa-ntm-2021-2025", "19.1")
		cell := w.phone
		cell.Ref = "x"
		strange := w.phone
		strange.Measure = 999_999
		for what, x := range map[string]struct {
			cmd  evidence.Attach
			data []byte
			code fault.Code
			want string
		}{
			"criterion 19":      {evidence.Attach{Subject: security}, jpg, fault.Unsupported, "19.1 không nhận tệp; hãy ghi số, ký hiệu"},
			"who may not":       {evidence.Attach{Subject: w.phone, Allow: func(*db.Tx) error { return no }}, jpg, fault.Forbidden, "không được"},
			"no subject":        {evidence.Attach{}, jpg, fault.Invalid, "không rõ minh chứng"},
			"a cell with a ref": {evidence.Attach{Subject: cell}, jpg, fault.Invalid, "không rõ minh chứng"},
			"no such quantity":  {evidence.Attach{Subject: strange}, jpg, fault.Invalid, "không rõ minh chứng"},
			"unknown kind":      {evidence.Attach{Subject: w.phone, Serves: "khác"}, jpg, fault.Invalid, "không có trong yêu cầu"},
			"long caption":      {evidence.Attach{Subject: w.phone, Caption: strings.Repeat("ắ", 301)}, jpg, fault.Invalid, "dài quá 300"},
			"identity paper":    {evidence.Attach{Subject: w.phone, Name: "cccd.jpg"}, jpg, fault.Invalid, "giấy tờ tùy thân"},
			"secret":            {evidence.Attach{Subject: w.phone, Name: "tối mật.jpg"}, jpg, fault.Unsupported, "văn bản mật"},
			"a page":            {evidence.Attach{Subject: w.phone}, []byte("<html>"), fault.Unsupported, "chỉ nhận ảnh"},
			"too large":         {evidence.Attach{Subject: w.phone}, make([]byte, 20<<20+1), fault.TooLarge, "lớn hơn 20 MB"},
		} {
			_, err := w.attach(x.cmd, x.data)
			if !fault.Is(err, x.code) || !strings.Contains(fault.Text(err), x.want) {
				t.Errorf("%s: %v", what, fault.Text(err))
			}
		}
		if w.blobs() != 0 || len(w.list(w.phone)) != 0 {
			t.Error("something was kept of a refused file")
		}
		w.must(evidence.Attach{Subject: w.phone, Name: "cccd.jpg", Confirmed: true}, jpg)
	})
}

func TestMissing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		set, err := w.law.Set("xa-ntm-nang-cao-2021-2025")
		if err != nil {
			t.Fatal(err)
		}
		slot, _ := set.Slot("7")
		lack := func() (all int, kinds string, files int) {
			w.read(func(tx *db.Tx) error {
				list, err := w.Missing(ctx, tx, set, w.phone)
				for _, l := range list {
					if l.Slot == slot {
						kinds, files = strings.Join(l.Kinds, ", "), l.Files
					}
				}
				all = len(list)
				return err
			})
			return all, kinds, files
		}
		before, kinds, _ := lack()
		if before < 5 || kinds != "văn bản xác nhận, ảnh chụp tại chỗ" {
			t.Fatalf("%d, %q", before, kinds)
		}
		w.must(evidence.Attach{Subject: w.phone, Serves: "ảnh chụp tại chỗ"}, jpegOf(t, 16, 16))
		w.must(evidence.Attach{Subject: w.phone}, jpegOf(t, 17, 16))
		if all, kinds, files := lack(); all != before || kinds != "văn bản xác nhận" || files != 2 {
			t.Errorf("%d, %q, %d", all, kinds, files)
		}
		w.must(evidence.Attach{Subject: w.phone, Serves: "văn bản xác nhận", Name: "a.pdf"}, pdfOf())
		if all, kinds, _ := lack(); all != before-1 || kinds != "" {
			t.Errorf("%d, %q", all, kinds)
		}
		w.read(func(tx *db.Tx) error {
			type count struct {
				serves string
				files  int64
			}
			counts, err := db.Collect(tx, func(rows *db.Rows) (c count, err error) {
				return c, rows.Scan(&c.serves, &c.files)
			}, `SELECT serves, COUNT(*) AS files FROM v_evidence_file WHERE place = $1 AND measure = $2 GROUP BY serves ORDER BY serves`, w.phone.Place, w.phone.Measure)
			if fmt.Sprint(counts) != "[{ 1} {văn bản xác nhận 1} {ảnh chụp tại chỗ 1}]" {
				t.Errorf("%v", counts)
			}
			return err
		})
	})
}

func TestQuotas(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := open(t, d, evidence.Limits{File: 60_000, Commune: 100_000, Province: 150_000})
		doc := func(n int) []byte { return pdfOf(stream("", bytes.Repeat([]byte{byte('a' + n)}, 40_000))) }
		for n := range 2 {
			w.must(evidence.Attach{Subject: w.phone, Name: "a.pdf"}, doc(n))
		}
		if _, err := w.attach(evidence.Attach{Subject: w.phone, Name: "a.pdf"}, doc(2)); !fault.Is(err, fault.TooLarge) || !strings.Contains(fault.Text(err), "của xã trong kỳ này") {
			t.Errorf("%v", err)
		}
		next := w.phone
		next.Period = next.Period + 1
		if p, err := day.PeriodOf(next.Period); err != nil {
			t.Fatal(p, err)
		}
		w.must(evidence.Attach{Subject: next, Name: "a.pdf"}, doc(3))
		if _, err := w.attach(evidence.Attach{Subject: next, Name: "a.pdf"}, doc(4)); !fault.Is(err, fault.TooLarge) || !strings.Contains(fault.Text(err), "của tỉnh đã đầy") {
			t.Errorf("%v", err)
		}
	})
}

func TestSweep(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.must(evidence.Attach{Subject: w.phone}, jpegOf(t, 16, 16))
		removed := w.must(evidence.Attach{Subject: w.phone, Name: "a.pdf"}, pdfOf())
		allow := func(*db.Tx, evidence.Subject) error { return nil }
		if err := w.Remove(ctx, evidence.Remove{Actor: "a", ID: removed.ID, Reason: "nhầm", Allow: allow}); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"mồ côi một", "mồ côi hai"} {
			if _, err := w.disk.Put(ctx, strings.NewReader(text), 100); err != nil {
				t.Fatal(err)
			}
		}
		kept := w.blobs() - 2
		if done, err := w.Sweep(ctx, time.Now().Add(23*time.Hour)); err != nil || done.Removed != 0 {
			t.Errorf("too early: %+v %v", done, err)
		}
		done, err := w.Sweep(ctx, time.Now().Add(25*time.Hour))
		if err != nil || done.Removed != 2 || done.Seen != kept+2 || w.blobs() != kept {
			t.Errorf("%+v %v, %d blobs", done, err, w.blobs())
		}
	})
}
