package law_test

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"giuchuan/internal/law"
)

func TestParseWord(t *testing.T) {
	for word, want := range map[string]law.State{
		"đạt": law.SaidMet, "Đạt": law.SaidMet, "ĐẠT": law.SaidMet, "dat": law.SaidMet, "x": law.SaidMet, "X": law.SaidMet, " đạt ": law.SaidMet,
		"không đạt": law.SaidUnmet, "chưa đạt": law.SaidUnmet, "CHUA DAT": law.SaidUnmet, "khong  dat": law.SaidUnmet, "Chưa\u00a0đạt": law.SaidUnmet,
		"không áp dụng": law.NotApplying, "Khong ap dung": law.NotApplying,
	} {
		for form, text := range map[string]string{"NFC": norm.NFC.String(word), "NFD": norm.NFD.String(word)} {
			if got, ok := law.ParseWord(text); !ok || got != want {
				t.Errorf("%q in %s: state %d, want %d", word, form, got, want)
			}
		}
	}
	for _, word := range []string{"cơ bản đạt", "Đ", "CĐ", "KĐ", "-", "đạt.", "đạt chuẩn", "xx", "v", "1", "có", "không", ""} {
		if got, ok := law.ParseWord(word); ok {
			t.Errorf("%q was taken for state %d", word, got)
		}
	}
}

func TestRefusedWordsNameTheAcceptedOnes(t *testing.T) {
	s := set(t, ntm)
	for _, word := range []string{"cơ bản đạt", "Đ", "CĐ", "KĐ", "-"} {
		d, faults := s.At(slot(t, s, "7")).Read(&law.Entry{Value: word, Period: year(2024)})
		if len(faults) != 1 || d.State != law.Faulty {
			t.Fatalf("%q: %+v, %v", word, d, faults)
		}
		want := "value: không nhận “" + word + "”; chỉ nhận: " + law.AcceptedWords
		if got := faults[0].Vietnamese(); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

func TestParseProvenance(t *testing.T) {
	for text, want := range map[string]law.Provenance{
		"": law.Declared, "declared": law.Declared, "Xã tự đánh giá": law.Declared, "VERIFIED": law.Verified,
		"huyện đã thẩm tra": law.Verified, "co quan phu trach da xac nhan": law.Confirmed, "field-checked": law.FieldChecked,
	} {
		if got, err := law.ParseProvenance(text); err != nil || got != want {
			t.Errorf("%q: %s, %v", text, got, err)
		}
	}
	if _, err := law.ParseProvenance("official"); err == nil || !strings.Contains(err.Error(), "declared, verified, confirmed, field-checked") {
		t.Errorf("an unknown provenance gives %v", err)
	}
}

// reading is one row of TestRead: want is the value, a state, or a fault.
type reading struct {
	set, code string
	entry     law.Entry
	want      string
}

func TestRead(t *testing.T) {
	for _, c := range []reading{
		{ntm, "7", law.Entry{Value: "x"}, "đạt"},
		{ntm, "7", law.Entry{Value: "5"}, "value: không nhận “5”"},
		{ntm, "7", law.Entry{}, "absent"},
		{ntm, "7", law.Entry{Value: " \u00a0"}, "absent"},
		{ntm, "7", law.Entry{Value: "x", Male: "5"}, "male: chỉ tiêu 7 không tách nam, nữ"},
		{ntm, "7", law.Entry{Value: "x", Numerator: "5", Denominator: "6"}, "numerator: chỉ tiêu 7 không tính bằng tỷ lệ"},
		{ntm, "9.1", law.Entry{Value: "1.234"}, "1234"},
		{ntm, "9.1", law.Entry{Value: "-1"}, "value: giá trị -1 không được âm"},
		{ntm, "9.1", law.Entry{Value: "0,5"}, "value: “0,5” phải là số nguyên (đơn vị: nhà)"},
		{ntm, "9.2", law.Entry{Value: "89,78 %"}, "89.78"},
		{ntm, "9.2", law.Entry{Value: "1.234"}, "1.234"},
		{ntm, "9.2", law.Entry{Value: "100,0001"}, "value: tỷ lệ 100,0001 ngoài khoảng 0 đến 100 %"},
		{ntm, "9.2", law.Entry{Value: "-0,1%"}, "value: tỷ lệ -0,1% ngoài khoảng 0 đến 100 %"},
		{ntm, "9.2", law.Entry{Numerator: "3", Denominator: "4"}, "75"},
		{ntm, "9.2", law.Entry{Numerator: "2", Denominator: "3", Value: "66,67"}, "66.6667"},
		{ntm, "9.2", law.Entry{Numerator: "2", Denominator: "3", Value: "70"}, "value: tỷ lệ 70 không khớp tử số / mẫu số (66,6667 %)"},
		{ntm, "9.2", law.Entry{Numerator: "1.234", Denominator: "2.468"}, "50"},
		{ntm, "9.2", law.Entry{Numerator: "3"}, "denominator: phải có cả tử số và mẫu số"},
		{ntm, "9.2", law.Entry{Denominator: "3"}, "numerator: phải có cả tử số và mẫu số"},
		{ntm, "9.2", law.Entry{Numerator: "0", Denominator: "0"}, "numerator: tử số 0 phải từ 0 đến mẫu số 0"},
		{ntm, "9.2", law.Entry{Numerator: "1,5", Denominator: "3"}, "numerator: “1,5” phải là số nguyên (đơn vị: hộ)"},
		{ntm, "2.1", law.Entry{Numerator: "1,5", Denominator: "3"}, "50"},
		{ntm, "2.1", law.Entry{Numerator: "1.234", Denominator: "3"}, "numerator: “1.234” có thể hiểu là 1234 hoặc 1,234"},
		{ntm, "9.2", law.Entry{Value: "90", Share: "5"}, "share: chỉ tiêu 9.2 không có tỷ lệ thành phần"},
		{ntm, "10", law.Entry{Value: "45,6"}, "45.6"},
		{ntm, "10", law.Entry{Value: "45.600"}, "value: “45.600” có thể hiểu là 45600 hoặc 45,600"},
		{ntm, "10", law.Entry{Value: "45,6", Provenance: "?"}, "provenance: không nhận nguồn “?”"},
		{ntm, "14.1.c", law.Entry{Value: "Mức độ 2"}, "2"},
		{ntm, "14.1.c", law.Entry{Value: "10"}, "value: không nhận mức “10”; chỉ nhận: số nguyên từ 0 đến 9"},
		{ntm, "14.1.c", law.Entry{Value: "2,5"}, "value: “2,5” phải là số nguyên"},
		{nangCao, "5.5", law.Entry{Value: "TOT"}, "3"},
		{nangCao, "5.5", law.Entry{Value: "2"}, "value: không nhận mức “2”; chỉ nhận: Yếu, Trung bình, Khá, Tốt"},
		{ntm, "5", law.Entry{Value: "chưa đạt"}, "chưa đạt"},
		{ntm, "5", law.Entry{Value: "80"}, "value: chỉ tiêu 5 gồm nhiều phần: ghi “đạt” / “chưa đạt”, hoặc nhập từng phần 5.n, 5.a, 5.b"},
		{ntm, "18.4.1", law.Entry{Value: "10,5"}, "value: điểm 10,5 vượt điểm tối đa 10"},
		{ntm, "13.4", law.Entry{Value: "không áp dụng"}, "không áp dụng"},
		{ntm, "7", law.Entry{Value: "không áp dụng"}, "value: chỉ tiêu 7 không có “nếu có”"},
		{ntm, "15.1", law.Entry{Male: "90", Female: "91"}, "given"},
		{ntm, "15.1", law.Entry{Male: "101"}, "male: tỷ lệ 101 ngoài khoảng"},
		{ntm, "15.1", law.Entry{Male: "đạt"}, "male: “đạt” không phải là số"},
		{ntm, "15.1", law.Entry{Male: "95", MaleNumerator: "9", MaleDenominator: "10"}, "male: tỷ lệ 95 không khớp tử số / mẫu số (90 %)"},
		{ntm, "17.1", law.Entry{Value: "40", Share: "12,5"}, "40"},
		{nangCao, "13.2", law.Entry{Value: "đạt"}, "đạt"},
		{nangCao, "13.2", law.Entry{Value: "1"}, "value: không nhận “1”"},
		{kieuMau, "KM.2", law.Entry{Value: "12,5"}, "12.5"},
		{kieuMau, "KM.2", law.Entry{Value: "chưa đạt"}, "chưa đạt"},
	} {
		if got := c.read(t); !strings.HasPrefix(got, c.want) || c.want == "" {
			t.Errorf("%s %s %+v: %q, want %q", c.set, c.code, c.entry, got, c.want)
		}
	}
}

func (c *reading) read(t *testing.T) string {
	s := set(t, c.set)
	c.entry.Period = year(2024)
	d, faults := s.At(slot(t, s, c.code)).Read(&c.entry)
	states := map[law.State]string{
		law.Absent: "absent", law.SaidMet: "đạt", law.SaidUnmet: "chưa đạt", law.NotApplying: "không áp dụng", law.Given: "given",
	}
	switch {
	case len(faults) > 0 && d.State == law.Faulty && !d.HasValue:
		return faults[0].Vietnamese()
	case len(faults) > 0:
		return "faults, but the datum counts"
	case d.HasValue:
		return d.Value.Decimal()
	}
	return states[d.State]
}

func TestReadNamesEveryBadColumn(t *testing.T) {
	s := set(t, ntm)
	_, faults := s.At(slot(t, s, "15.1")).Read(&law.Entry{Value: "a", Male: "b", Female: "c", Provenance: "d", Period: year(2024)})
	var fields []string
	for _, f := range faults {
		fields = append(fields, f.Field)
	}
	if got := strings.Join(fields, " "); got != "provenance male female value" {
		t.Errorf("faults at %q", got)
	}
}

func FuzzReadEntry(f *testing.F) {
	for _, text := range []string{"đạt", "89,78 %", "1.234", "mức độ 2", "Khá", "không áp dụng", "-1", "\u0110A\u0323T", "cơ bản đạt"} {
		f.Add(text, "90", "91", "3", "4", uint8(40))
	}
	f.Fuzz(func(t *testing.T, value, male, share, num, den string, at uint8) {
		s := set(t, nangCao)
		ind := s.At(int(at) % s.Slots())
		e := law.Entry{Value: value, Male: male, Female: male, Share: share, Numerator: num, Denominator: den, Period: year(2024)}
		d, faults := ind.Read(&e)
		if (len(faults) > 0) != (d.State == law.Faulty) {
			t.Fatalf("%d faults and state %d", len(faults), d.State)
		}
		for _, x := range faults {
			if x.Field == "" || x.Vietnamese() == "" {
				t.Errorf("a fault without place or words: %#v", x)
			}
		}
		data := make([]law.Datum, s.Slots())
		data[ind.Slot] = d
		facts := &law.Facts{On: october, Communes: []law.CommuneFacts{{Class: law.Class{Region: law.TDMNPB}, Data: data}}}
		standing := law.Evaluate(s, nil, facts)
		if x := law.Explain(&standing.Communes[0], &facts.Communes[0], ind.Slot); x.Reason == "" {
			t.Errorf("no reason for %+v", d)
		}
	})
}
