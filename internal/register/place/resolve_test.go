package place_test

import (
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/place"
)

func TestResolve(t *testing.T) {
	r := load(t)
	for _, x := range []struct{ text, province, date, want string }{
		// code, id, names in every dress
		{"02392", "08", "2024-10-01", "02392.1"},
		{"02392.1", "08", "2024-10-01", "02392.1"},
		{" Phù Lưu ", "08", "2024-10-01", "02392.1"},
		{"xã Phù Lưu", "08", "2024-10-01", "02392.1"},
		{"XÃ PHÙ LƯU", "08", "2024-10-01", "02392.1"},
		{"xa phu luu", "08", "2024-10-01", "02392.1"},
		{"x. Phù Lưu", "08", "2024-10-01", "02392.1"},
		{"Phù  Lưu", "08", "2024-10-01", "02392.1"},
		{"Phu\u0300 Lưu", "08", "2024-10-01", "02392.1"}, // composed elsewhere
		{"Phù Luu", "08", "2024-10-01", "02392.1"},       // some marks left out
		{"Phù Lưu", "08", "2025-07-01", "02392.2"},
		// tone placement
		{"Hoà Phú", "08", "2024-10-01", "02335.1"},
		{"Hòa Phú", "08", "2024-10-01", "02335.1"},
		{"Chiêm Hoá", "08", "2025-07-01", "02287.2"},
		{"Sơn Thuỷ", "08", "2025-07-01", "02620.2"},
		{"Thuận Hoà", "08", "2025-07-01", "00922.1"},
		// another accepted spelling
		{"Phó Bảng", "08", "2025-07-01", "00745.2"},
		{"Xã Phố Bảng", "08", "2025-07-01", "00745.2"},
		// the name decides, not the code it once had
		{"Minh Xuân", "08", "2024-10-01", "02203.1"},
		{"Minh Xuân", "08", "2025-07-01", "02215.2"},
		{"phường Ỷ La", "08", "2025-06-30", "02215.1"},
		// a name that begins like the word of a kind
		{"Phuong Do", "02", "2024-10-01", "00946.1"},
		{"Phương Thiện", "02", "2024-10-01", "00949.1"},
		// levels
		{"Yên Sơn", "08", "2024-10-01", "02473.1"},
		{"huyện Yên Sơn", "08", "2024-10-01", "075.1"},
		{"Hàm Yên", "08", "2024-10-01", "074.1"},
		{"Hàm Yên", "08", "2025-07-01", "02374.2"},
		{"TP. Tuyên Quang", "08", "2024-10-01", "070.1"},
		{"tỉnh Tuyên Quang", "08", "2024-10-01", "08.1"},
		// homonyms of the two provinces do not meet inside one
		{"Tân Tiến", "08", "2024-10-01", "02461.1"},
		{"Tân Tiến", "02", "2024-10-01", "01051.1"},
		{"Yên Phú", "08", "2024-10-01", "02398.1"},
		{"Vinh Quang", "02", "2024-10-01", "01021.1"},
		// exact marks win over none
		{"Tân Thanh", "08", "2024-10-01", "02590.1"},
		{"Tân Thành", "08", "2024-10-01", "02401.1"},
		// qualifiers
		{"Tân Tiến, Yên Sơn", "", "2024-10-01", "02461.1"},
		{"xã Tân Tiến (huyện Yên Sơn, tỉnh Tuyên Quang)", "", "2024-10-01", "02461.1"},
		{"Phù Lưu (02392)", "08", "2024-10-01", "02392.1"},
		{"02392 - Phù Lưu", "08", "2024-10-01", "02392.1"},
		{"Tan Thanh, Ham Yen", "08", "2024-10-01", "02401.1"},
	} {
		u, err := r.Resolve(x.text, x.province, on(t, x.date))
		if err != nil || u.ID != x.want {
			t.Errorf("%q in %q on %s = %s %s, %v; want %s", x.text, x.province, x.date, u.ID, u.FullName, err, x.want)
		}
	}
}

func TestResolveRefuses(t *testing.T) {
	r := load(t)
	for _, x := range []struct {
		text, province, date string
		code                 fault.Code
		want                 string
	}{
		{"", "08", "2024-10-01", fault.Invalid, "chưa ghi tên"},
		{"(Hàm Yên)", "08", "2024-10-01", fault.Invalid, "chưa ghi tên"},
		{"2392", "08", "2024-10-01", fault.NotFound, "có phải 02392 (xã Phù Lưu)?"},
		{"02393", "08", "2024-10-01", fault.NotFound, "có phải"},
		{"10429", "08", "2024-10-01", fault.NotFound, "không có địa bàn mã 10429 trong tỉnh Tuyên Quang"}, // Phù Lưu of Hà Nội
		{"00688", "08", "2024-10-01", fault.NotFound, "không có địa bàn mã 00688"},                        // of Hà Giang
		{"02593", "08", "2024-10-01", fault.NotFound, "mã 02593 xã Vân Sơn đã kết thúc từ 01/09/2024, nhập vào xã Hồng Sơn (02608)"},
		{"Vân Sơn", "08", "2025-08-01", fault.NotFound, "đã kết thúc từ 01/09/2024, nhập vào xã Hồng Sơn (02608)"},
		{"02608.1", "08", "2024-10-01", fault.NotFound, "xã Hồng Lạc đã kết thúc từ 01/09/2024"},
		{"Hồng Lạc", "08", "2024-10-01", fault.NotFound, "xã Hồng Lạc đã kết thúc từ 01/09/2024"},
		{"Hồng Sơn", "08", "2024-08-31", fault.NotFound, "xã Hồng Sơn chỉ có từ 01/09/2024"},
		{"Kim Phú", "08", "2025-07-01", fault.NotFound, "chia vào phường Minh Xuân (02215), phường Mỹ Lâm (02509)"},
		{"Minh Dân", "08", "2025-07-01", fault.NotFound, "nhập vào xã Phù Lưu (02392)"},
		{"xã Tả Lủng", "08", "2025-07-01", fault.NotFound, "đã kết thúc từ 01/07/2025"}, // a former commune of Hà Giang
		{"huyện Hàm Yên", "08", "2025-07-01", fault.NotFound, "không còn cấp huyện"},
		{"thị trấn Yên Sơn", "08", "2025-07-01", fault.NotFound, "thị trấn Yên Sơn đã kết thúc"},
		{"Thắng Quân", "08", "2024-10-01", fault.NotFound, "xã Thắng Quân đã đổi thành thị trấn Yên Sơn (02473) từ 01/07/2021"},
		{"phường Phù Lưu", "08", "2024-10-01", fault.NotFound, "có phải 02392 (xã Phù Lưu)?"},
		{"Phú Lưu", "08", "2024-10-01", fault.NotFound, "có phải 02392 (xã Phù Lưu)?"},
		{"Phù Lưuu", "08", "2024-10-01", fault.NotFound, "có phải 02392 (xã Phù Lưu)?"},
		{"Tan Thanh", "08", "2024-10-01", fault.Conflict, "xã Tân Thành, huyện Hàm Yên (02401); xã Tân Thanh, huyện Sơn Dương (02590)"},
		{"Tân Tiến", "", "2024-10-01", fault.Conflict, "có 2 địa bàn cùng tên"},
		{"Phù Lưu, Sơn Dương", "08", "2024-10-01", fault.NotFound, "không tìm thấy"},
		{"Phù Lưu", "08", "2021-06-30", fault.NotFound, "chỉ có từ 01/07/2021"},
		{"Phù Lưu", "99", "2024-10-01", fault.NotFound, "không có tỉnh mã “99” trong danh mục tại ngày 01/10/2024; danh mục này có mã 02 (tỉnh Hà Giang, đến 30/06/2025), 08 (tỉnh Tuyên Quang)"},
		{"Phù Lưu", "074", "2024-10-01", fault.NotFound, "không có tỉnh mã “074”"},
		{"Phương Độ", "02", "2025-07-01", fault.NotFound, "tỉnh Hà Giang đã kết thúc từ 01/07/2025, nhập vào tỉnh Tuyên Quang (08)"},
		// in the other province on the day, whatever comes later under the code
		{"Phù Lưu", "02", "2024-10-01", fault.NotFound, "trong tỉnh Hà Giang tại ngày 01/10/2024; xã Phù Lưu (02392) thuộc tỉnh Tuyên Quang (08)"},
		{"02392", "02", "2024-10-01", fault.NotFound, "không có địa bàn mã 02392 trong tỉnh Hà Giang tại ngày 01/10/2024; xã Phù Lưu (02392) thuộc"},
		{"Lũng Cú", "08", "2024-10-01", fault.NotFound, "xã Lũng Cú (00715) thuộc tỉnh Hà Giang (02)"},
		{"tỉnh Tuyên Quang", "02", "2024-10-01", fault.NotFound, "tỉnh Tuyên Quang mang mã 08"},
		{"Phù Lưuu", "02", "2024-10-01", fault.NotFound, "không tìm thấy địa bàn “Phù Lưuu” trong tỉnh Hà Giang"},
		// former homonyms
		{
			"Tả Lủng", "08", "2025-07-01", fault.NotFound, "“Tả Lủng” từng là tên của 2 địa bàn, tại ngày 01/07/2025 không còn: " +
				"xã Tả Lủng, huyện Đồng Văn (00742) đã kết thúc từ 01/07/2025, nhập vào xã Đồng Văn (00721); " +
				"xã Tả Lủng, huyện Mèo Vạc (00796) đã kết thúc từ 01/07/2025, nhập vào xã Mèo Vạc (00769)",
		},
		{"Tân Thành", "08", "2026-01-01", fault.NotFound, "huyện Hàm Yên (02401) đã kết thúc từ 01/07/2025, nhập vào xã Hàm Yên (02374)"},
		{"Tân Thành", "08", "2026-01-01", fault.NotFound, "huyện Bắc Quang (01162) đã kết thúc từ 01/07/2025, nhập vào xã Tân Quang (01171)"},
		{strings.Repeat("Phù Lưu ", 100), "08", "2024-10-01", fault.NotFound, "…"},
	} {
		u, err := r.Resolve(x.text, x.province, on(t, x.date))
		if !fault.Is(err, x.code) || !strings.Contains(fault.Text(err), x.want) {
			t.Errorf("%.40q in %q on %s = %s, %v; want %s with %q", x.text, x.province, x.date, u.ID, err, x.code, x.want)
		}
	}
}

func TestResolveLevels(t *testing.T) {
	r := load(t)
	d := on(t, "2024-10-01")
	if u, err := r.Resolve("Yên Sơn", "08", d, place.District); err != nil || u.ID != "075.1" {
		t.Errorf("Yên Sơn as a district = %s, %v", u.ID, err)
	}
	_, err := r.Resolve("Hàm Yên", "08", d, place.Commune)
	if want := "là huyện Hàm Yên (074), không phải đơn vị cấp xã"; !fault.Is(err, fault.Invalid) || !strings.Contains(fault.Text(err), want) {
		t.Errorf("Hàm Yên as a commune: %v, want %q", err, want)
	}
}

// TestBeforeTheFirstDay: every question about an earlier day is refused with
// both days in the message, and one without a day says so.
func TestBeforeTheFirstDay(t *testing.T) {
	r := load(t)
	early := on(t, "2021-06-30")
	ask := map[string]func(d day.Day) error{
		"Covers":   r.Covers,
		"Resolve":  func(d day.Day) error { _, err := r.Resolve("02392", "08", d); return err },
		"Province": func(d day.Day) error { _, err := r.Province("08", d); return err },
		"Lineage":  func(d day.Day) error { _, err := r.Lineage("02392", d); return err },
	}
	for name, f := range ask {
		want := "danh mục địa bàn chỉ có từ 01/07/2021, không tra được tại ngày 30/06/2021"
		if err := f(early); !fault.Is(err, fault.NotFound) || fault.Text(err) != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
		want = "chưa ghi ngày cần tra; danh mục địa bàn chỉ có từ 01/07/2021"
		if err := f(r.At(early).First()); !fault.Is(err, fault.Invalid) || fault.Text(err) != want {
			t.Errorf("%s without a day: %v, want %s", name, err, want)
		}
		if err := f(r.First()); err != nil {
			t.Errorf("%s on the first day: %v", name, err)
		}
	}
}

func TestProvince(t *testing.T) {
	r := load(t)
	for _, x := range []struct{ code, date, id, want string }{
		{"08", "2024-10-01", "08.1", ""},
		{"02", "2025-06-30", "02.1", ""},
		{"08", "2025-07-01", "08.2", ""},
		{"02", "2025-07-01", "", "mã 02 tỉnh Hà Giang đã kết thúc từ 01/07/2025, nhập vào tỉnh Tuyên Quang (08)"},
		{
			"99", "2026-01-01", "", "không có tỉnh mã “99” trong danh mục tại ngày 01/01/2026; " +
				"danh mục này có mã 02 (tỉnh Hà Giang, đến 30/06/2025), 08 (tỉnh Tuyên Quang)",
		},
		{"xx", "2024-10-01", "", "không có tỉnh mã “xx”"},
		{"", "2024-10-01", "", "không có tỉnh mã “”"},
		{"074", "2024-10-01", "", "không có tỉnh mã “074”"},
		{"08.1", "2024-10-01", "", "không có tỉnh mã “08.1”"},
		{"2", "2024-10-01", "", "; có phải 02 (tỉnh Hà Giang)?"},
	} {
		u, err := r.Province(x.code, on(t, x.date))
		if x.want == "" && err == nil && u.ID == x.id {
			continue
		}
		if x.want == "" || !fault.Is(err, fault.NotFound) || !strings.Contains(fault.Text(err), x.want) {
			t.Errorf("province %q on %s = %s, %v; want %s %s", x.code, x.date, u.ID, err, x.id, x.want)
		}
	}
}

// TestHomonyms: the names that two communes of the former provinces bear.
func TestHomonyms(t *testing.T) {
	r := load(t)
	d := on(t, "2025-06-30")
	for _, name := range []string{"Tả Lủng", "Yên Phú", "Vinh Quang", "Tân Tiến", "Tân Thành", "Tân Quang"} {
		if got := r.Candidates(name, "", d); len(got) != 2 {
			t.Errorf("%s: %d communes, want 2", name, len(got))
		}
		if _, err := r.Resolve(name, "", d); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v, want an error that lists both", name, err)
		}
	}
}

// TestEveryNameResolves: each commune is found by its full name inside its
// province unless it has a homonym there, and always by code and by id.
func TestEveryNameResolves(t *testing.T) {
	r := load(t)
	for _, d := range r.Changes() {
		for _, u := range r.At(d).Units() {
			for _, text := range []string{u.Code, u.ID, u.FullName, strings.ToUpper(u.FullName), u.FullName + " (" + u.Code + ")"} {
				got, err := r.Resolve(text, u.Province, d)
				if fault.Is(err, fault.Conflict) && len(r.Candidates(text, u.Province, d)) > 1 {
					continue
				}
				if err != nil || got.ID != u.ID {
					t.Errorf("%v: %q = %s, %v; want %s", d, text, got.ID, err, u.ID)
				}
			}
		}
	}
}

func FuzzResolve(f *testing.F) {
	r := load(f)
	for _, s := range []string{"Phù Lưu", "2392", "02608.1", "xã Tân Tiến (Yên Sơn)", "tt. yen son", "\xff\xfe", ",,,", "Đ", "x"} {
		f.Add(s, "08", int32(19997))
	}
	f.Add("Hà Giang", "02", int32(20270))
	f.Fuzz(func(t *testing.T, text, province string, n int32) {
		d := day.Day(n)
		u, err := r.Resolve(text, province, d)
		if err != nil {
			if fault.CodeOf(err) == fault.Internal || strings.Contains(fault.Text(err), "{day}") {
				t.Errorf("%q in %q on %v: %v", text, province, d, err)
			}
			return
		}
		if !u.Holds(d) || province != "" && u.Province != province {
			t.Errorf("%q in %q on %v = %s, which is not there", text, province, d, u.ID)
		}
		if again, err := r.Resolve(u.Code, province, d); err != nil || again.ID != u.ID {
			t.Errorf("%q = %s, but its code gives %s, %v", text, u.ID, again.ID, err)
		}
	})
}
