package agency_test

import (
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

func load(t testing.TB) *agency.Register {
	t.Helper()
	places, err := place.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	r, err := agency.Load(reference.FS(), places, "08")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func on(t testing.TB, s string) day.Day {
	t.Helper()
	d, err := day.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestNoticeRecipients resolves the 19 recipients of the notice of June 2024 as
// they are printed, slips included.
func TestNoticeRecipients(t *testing.T) {
	r := load(t)
	june := on(t, "2024-06-10")
	concrete := 0
	for _, x := range []struct{ text, want, role string }{
		{"Thường trực Tỉnh ủy", "tinh-uy.1", ""},
		{"Thường trực HĐND tỉnh", "hdnd-tinh.1", ""},
		{"Chủ tịch, PCT UBND tỉnh", "ubnd-tinh.1", "chủ tịch, phó chủ tịch"},
		{"Chánh VP, PCVP UBND tỉnh", "vp-ubnd.1", "chánh, phó chánh văn phòng"},
		{"Sở Nông nghiệp và PTNT", "so-nnptnt.1", ""},
		{"Sở Tài chính", "so-tai-chinh.1", ""},
		{"Sở Kế hoạch và Đầu tư", "so-khdt.1", ""},
		{"Sở Xây dựng", "so-xay-dung.1", ""},
		{"Sở Văn hóa TT và DL", "so-vhttdl.1", ""},
		{"Sở Nội vụ", "so-noi-vu.1", ""},
		{"Sở Tư pháp", "so-tu-phap.1", ""},
		{"Sở Y tế", "so-y-te.1", ""},
		{"Sở Giao thông VT", "so-gtvt.1", ""},
		{"Công an tỉnh", "cong-an-tinh.1", ""},
		{"Bộ Chỉ huy QS tỉnh", "bo-chqs-tinh.1", ""},
		{"Cục Thống kê tỉnh", "thong-ke.1", ""},
		{"UBND huyện huyện, thành phố", "=ubnd-cap-huyen", ""},
		{"Văn phòng điều phối CT MTQG NTM", "vpdp-ntm.1", ""},
		{"Chuyên viên NLN", "vp-ubnd-nln.1", ""},
	} {
		m, err := r.Resolve(x.text+";", june)
		if err != nil {
			t.Errorf("%s: %v", x.text, err)
			continue
		}
		got := m.Agency.ID
		if m.Collective != nil {
			got = "=" + m.Collective.ID
			e, err := r.Expand(m.Collective.ID, june)
			if err != nil {
				t.Fatal(err)
			}
			concrete += len(e.Agencies)
		} else {
			concrete++
		}
		if got != x.want || m.Role != x.role || m.Old || m.Raw != x.text+";" {
			t.Errorf("%s = %s role %q old %v, want %s role %q", x.text, got, m.Role, m.Old, x.want, x.role)
		}
	}
	if concrete != 25 {
		t.Errorf("%d concrete recipients, want 25: 18 bodies and 7 districts", concrete)
	}
}

// TestSpellings names the same bodies as documents do.
func TestSpellings(t *testing.T) {
	r := load(t)
	for _, x := range []struct{ text, date, want string }{
		{"Sở NN&PTNT", "2024-06-10", "so-nnptnt.1"},
		{"sở nông nghiệp & phát triển nông thôn tỉnh Tuyên Quang", "2024-06-10", "so-nnptnt.1"},
		{"SO NONG NGHIEP VA PHAT TRIEN NONG THON", "2024-06-10", "so-nnptnt.1"},
		{"Lao động Thương binh và Xã hội", "2024-06-10", ""},
		{"Sở Lao động Thương binh và Xã hội", "2024-06-10", "so-ldtbxh.1"},
		{"Sở LĐ-TB&XH", "2024-06-10", "so-ldtbxh.1"},
		{"Sở LĐTB&XH", "2024-06-10", "so-ldtbxh.1"},
		{"lãnh đạo văn phòng Điều phối nông thôn mới tỉnh", "2024-06-10", "vpdp-ntm.1"},
		{"VPĐP NTM", "2024-06-10", "vpdp-ntm.1"},
		{"lãnh đạo Cục Thống kê tỉnh", "2024-06-10", "thong-ke.1"},
		{"Giám đốc Sở Văn hoá, Thể thao và Du lịch", "2024-06-10", "so-vhttdl.1"},
		{"Sở KH&ĐT", "2024-06-10", "so-khdt.1"},
		{"Sở KH&CN", "2024-06-10", "so-khcn.1"},
		{"Sở TT&TT", "2024-06-10", "so-tttt.1"},
		{"Bộ Chỉ huy quân sự tỉnh", "2024-06-10", "bo-chqs-tinh.1"},
		{"Sở Nông nghiệp và Môi trường", "2025-03-01", "so-nnmt.1"},
		{"Sở Tài chính", "2025-03-01", "so-tai-chinh.2"},
		{"Chủ tịch UBND huyện Hàm Yên", "2024-06-10", "ubnd-074.1"},
		{"Ủy ban nhân dân huyện Hàm Yên", "2024-06-10", "ubnd-074.1"},
		{"UBND TP. Tuyên Quang", "2024-06-10", "ubnd-070.1"},
		{"UBND xã Phù Lưu", "2024-06-10", "ubnd-02392.1"},
		{"UBND xã Phù Lưu", "2025-07-01", "ubnd-02392.2"},
		{"UBND tỉnh", "2024-06-10", "ubnd-tinh.1"},
	} {
		m, err := r.Resolve(x.text, on(t, x.date))
		if (err == nil) != (x.want != "") || m.Agency.ID != x.want || m.Old {
			t.Errorf("%q on %s = %q old %v, %v; want %q", x.text, x.date, m.Agency.ID, m.Old, err, x.want)
		}
	}
	for _, bad := range []string{"", " ;", "Sở Phép thuật", "UBND xã Không Có", strings.Repeat("Sở ", 200)} {
		m, err := r.Resolve(bad, on(t, "2024-06-10"))
		if err == nil || fault.CodeOf(err) == fault.Internal {
			t.Errorf("%.20q = %+v, %v; want a plain refusal", bad, m.Agency, err)
		}
	}
}

func TestOldNameOffersSuccessors(t *testing.T) {
	r := load(t)
	aug := on(t, "2025-08-01")
	for _, x := range []struct {
		text, agency string
		heirs        []string
	}{
		{"Sở NN&PTNT", "so-nnptnt.1", []string{"so-nnmt.1"}},
		{"Sở Kế hoạch và Đầu tư", "so-khdt.1", []string{"so-tai-chinh.2"}},
		{"Sở Giao thông VT", "so-gtvt.1", []string{"so-xay-dung.2"}},
		{"Sở LĐTB&XH", "so-ldtbxh.1", []string{"so-noi-vu.2", "so-gddt.1", "so-y-te.1", "so-nnmt.1"}},
		{"UBND xã Kim Phú", "ubnd-02497.1", []string{"ubnd-02215.2", "ubnd-02509.2"}},
	} {
		m, err := r.Resolve(x.text, aug)
		if err != nil {
			t.Errorf("%s: %v", x.text, err)
			continue
		}
		var heirs []string
		for _, h := range m.Successors {
			heirs = append(heirs, h.Agency.ID)
		}
		if !m.Old || m.Agency.ID != x.agency || !slices.Equal(heirs, x.heirs) || m.Note == "" {
			t.Errorf("%s: %s old %v heirs %v note %q; want %s heirs %v", x.text, m.Agency.ID, m.Old, heirs, m.Note, x.agency, x.heirs)
		}
	}
	m, err := r.Resolve("Sở LĐTB&XH", aug)
	if err != nil || len(m.Successors[0].Topics) != 1 || !strings.Contains(m.Successors[0].Topics[0], "người có công") {
		t.Errorf("Sở Nội vụ takes %v over, want its fields", m.Successors)
	}
}

func TestRenamedBodyIsTheSame(t *testing.T) {
	r := load(t)
	m, err := r.Resolve("Cục Thống kê tỉnh", on(t, "2025-08-01"))
	if err != nil || m.Agency.Name != "Thống kê tỉnh Tuyên Quang" || !m.Old || len(m.Successors) != 0 {
		t.Errorf("Cục Thống kê = %+v, %v; want today's name, marked old", m, err)
	}
	if !strings.Contains(m.Agency.Source, "unverified") {
		t.Errorf("the rename was not compared with a text, source %q", m.Agency.Source)
	}
}

func TestNameOfTheFutureIsRefused(t *testing.T) {
	_, err := load(t).Resolve("Sở Nông nghiệp và Môi trường", on(t, "2024-06-10"))
	if !fault.Is(err, fault.NotFound) || !strings.Contains(fault.Text(err), "01/03/2025") {
		t.Errorf("%v, want that it exists only from 01/03/2025", err)
	}
}

func TestDistrictTasksAreAChoice(t *testing.T) {
	r := load(t)
	heirs := r.Successors("ubnd-074.1", on(t, "2025-07-01"))
	var names []string
	for _, h := range heirs {
		names = append(names, h.Agency.Short)
		if !h.Choice {
			t.Errorf("%s is not marked as a choice", h.Agency.Short)
		}
	}
	for _, want := range []string{"UBND xã Phù Lưu", "UBND xã Hàm Yên", "UBND xã Hùng Đức", "UBND tỉnh"} {
		if !slices.Contains(names, want) {
			t.Errorf("heirs of UBND huyện Hàm Yên %v lack %s", names, want)
		}
	}
	if m, err := r.Resolve("UBND huyện Hàm Yên", on(t, "2025-08-01")); err != nil || !m.Old || len(m.Successors) != len(heirs) {
		t.Errorf("UBND huyện Hàm Yên in August 2025 = %+v, %v", m, err)
	}
}

func TestCollectives(t *testing.T) {
	r := load(t)
	for _, x := range []struct {
		text, date string
		want       int
		known      bool
		note       string
	}{
		{"UBND huyện, thành phố", "2024-06-10", 7, true, ""},
		{"Ủy ban nhân dân huyện, thành phố", "2025-06-30", 7, true, ""},
		{"UBND các huyện, thành phố", "2025-07-01", 0, true, "đã kết thúc"},
		{"UBND các xã, phường, thị trấn", "2024-08-31", 138, true, ""},
		{"UBND các xã, phường", "2025-07-01", 124, true, ""},
		{"UBND các xã", "2024-08-31", 122, true, ""},
		{"UBND các xã", "2025-07-01", 117, true, ""},
		{"Các thành viên Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh", "2024-06-10", 0, false, "chưa có danh sách"},
		{"các ngành, cơ quan, đơn vị liên quan", "2024-06-10", 0, false, "chưa xác định"},
	} {
		m, err := r.Resolve(x.text, on(t, x.date))
		if err != nil || m.Collective == nil {
			t.Errorf("%s: %+v, %v; want a collective", x.text, m, err)
			continue
		}
		e, err := r.Expand(m.Collective.ID, on(t, x.date))
		if err != nil || len(e.Agencies) != x.want || e.Known != x.known || !strings.Contains(e.Note, x.note) {
			t.Errorf("%s on %s: %d, known %v, note %q, %v; want %d, %v, %q", x.text, x.date, len(e.Agencies), e.Known, e.Note, err, x.want, x.known, x.note)
		}
	}
	if e, err := r.Expand("so-ban-nganh", on(t, "2024-06-10")); err != nil || len(e.Agencies) < 20 {
		t.Errorf("các sở, ban, ngành: %d, %v", len(e.Agencies), err)
	}
	if _, err := r.Expand("không có", on(t, "2024-06-10")); !fault.Is(err, fault.NotFound) {
		t.Errorf("unknown collective: %v", err)
	}
}

// TestMembersHoldAtTheDay: a later change of the list does not change who was
// meant before.
func TestMembersHoldAtTheDay(t *testing.T) {
	r := load(t)
	first, err := r.WithMembers("thanh-vien-bcd", []agency.Member{
		{AgencyID: "so-nnptnt.1", From: on(t, "2024-01-01"), To: day.Forever, Source: "thử"},
		{AgencyID: "so-y-te.1", From: on(t, "2024-01-01"), To: on(t, "2024-06-30"), Source: "thử"},
	})
	if err != nil {
		t.Fatal(err)
	}
	ids := func(r *agency.Register, date string) (list []string) {
		e, err := r.Expand("thanh-vien-bcd", on(t, date))
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range e.Agencies {
			list = append(list, a.ID)
		}
		return list
	}
	if got := ids(first, "2024-06-10"); !slices.Equal(got, []string{"so-nnptnt.1", "so-y-te.1"}) {
		t.Errorf("members in June = %v", got)
	}
	later, err := first.WithMembers("thanh-vien-bcd", []agency.Member{
		{AgencyID: "so-tai-chinh.1", From: on(t, "2024-07-01"), To: day.Forever, Source: "thử"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(later, "2024-06-10"); !slices.Equal(got, []string{"so-nnptnt.1", "so-y-te.1"}) {
		t.Errorf("members in June after the change = %v", got)
	}
	if got := ids(later, "2024-07-10"); !slices.Equal(got, []string{"so-nnptnt.1", "so-tai-chinh.1"}) {
		t.Errorf("members in July = %v", got)
	}
	if got := ids(r, "2024-06-10"); got != nil {
		t.Errorf("the register itself has members %v", got)
	}
	if _, err := r.WithMembers("so-ban-nganh", nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("members for a collective with a rule: %v", err)
	}
	if _, err := r.WithMembers("thanh-vien-bcd", []agency.Member{{AgencyID: "so-xyz.1"}}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a member nobody knows: %v", err)
	}
}

// TestOneNameOneBody: on no day do two bodies share a name, and every body of the
// day is found by its full and its short name.
func TestOneNameOneBody(t *testing.T) {
	r := load(t)
	for _, date := range []string{"2021-07-01", "2024-06-10", "2025-03-01", "2025-07-01", "2026-12-31"} {
		d := on(t, date)
		owner := map[string]string{}
		for _, n := range r.Names(d) {
			who := n.AgencyID + n.CollectiveID
			if other, ok := owner[n.Key]; ok && other != who {
				t.Errorf("%s: %q is %s and %s", date, n.Key, other, who)
			}
			owner[n.Key] = who
		}
		homonyms := map[string]bool{}
		for _, a := range r.At(d) {
			for _, text := range []string{a.Name, a.Short} {
				m, err := r.Resolve(text, d)
				if fault.Is(err, fault.Conflict) && a.PlaceID != "" {
					homonyms[text] = true
					continue
				}
				if err != nil || m.Agency.ID != a.ID {
					t.Errorf("%s: %q = %s, %v; want %s", date, text, m.Agency.ID, err, a.ID)
				}
			}
		}
		if len(homonyms) > 0 {
			t.Logf("%s: homonyms, to be told apart by district or code: %v", date, homonyms)
		}
	}
}

func FuzzResolve(f *testing.F) {
	r := load(f)
	for _, s := range []string{"Sở NN&PTNT", "UBND huyện, thành phố", "Chủ tịch UBND xã Phù Lưu", "PCT", "\xff", "ủy ban nhân dân"} {
		f.Add(s, int32(19884))
	}
	f.Fuzz(func(t *testing.T, text string, n int32) {
		d := day.Day(n)
		m, err := r.Resolve(text, d)
		if err == nil && (m.Agency.ID == "") == (m.Collective == nil) {
			t.Errorf("%q on %v: neither a body nor a collective, or both: %+v", text, d, m)
		}
		if err != nil && fault.CodeOf(err) == fault.Internal {
			t.Errorf("%q on %v: %v", text, d, err)
		}
	})
}
