package reading_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/feature/directive/reading"
	"giuchuan/internal/platform/officialdoc"
)

// demonstration is the notice that the demonstration ships.
const demonstration = "../../../app/demo/thong-bao.md"

func readFile(t testing.TB, file string) reading.Reading {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, string(src))
}

func read(t testing.TB, text string) reading.Reading {
	t.Helper()
	return reading.Read(document(t, text), options(t))
}

// notices are our own notice and, where it is beside the repository, the real one
// it imitates.
func notices(t *testing.T) map[string]reading.Reading {
	t.Helper()
	out := map[string]reading.Reading{"minh họa": readFile(t, demonstration)}
	const real = "../../../../../shared/notice/notice.md"
	if _, err := os.Stat(real); err != nil {
		t.Log("SKIPPED: the real notice is not beside the repository: " + real)
	} else {
		out["thật"] = readFile(t, real)
	}
	return out
}

func find(t *testing.T, r reading.Reading, ref string) reading.Task {
	t.Helper()
	for _, x := range r.Tasks {
		if x.Ref == ref {
			return x
		}
	}
	t.Fatalf("no duty %s among %s", ref, strings.Join(refs(r), " "))
	return reading.Task{}
}

func refs(r reading.Reading) []string {
	var list []string
	for _, x := range r.Tasks {
		list = append(list, x.Ref)
	}
	return list
}

func or(s *string) string {
	if s == nil {
		return "null"
	}
	return *s
}

var districts = []string{"ubnd-070.1", "ubnd-071.1", "ubnd-072.1", "ubnd-073.1", "ubnd-074.1", "ubnd-075.1", "ubnd-076.1"}

func TestDutiesOfTheNotice(t *testing.T) {
	want := "1.1 1.2a 1.2b 1.2c 1.2d 1.3 1.4a 1.4b 1.4c 1.4d 1.5a 1.5b 1.5c 1.5d 1.5e 1.5f 1.6 1.7 2a 2b 2c 3a 3b 4 5a 5b 5c C1 C2"
	for name, r := range notices(t) {
		if got := strings.Join(refs(r), " "); got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
		for _, x := range r.Tasks {
			if runes := []rune(r.Text); string(runes[x.Span[0]:x.Span[1]]) != x.Text {
				t.Errorf("%s %s: the span holds %q", name, x.Ref, string(runes[x.Span[0]:x.Span[1]]))
			}
			if !strings.HasPrefix(x.Ref, x.Group) {
				t.Errorf("%s: %s in group %s", name, x.Ref, x.Group)
			}
			if strings.HasPrefix(x.Ref, "1.") && !slices.Equal(x.Addressees[0].Agencies, districts) {
				t.Errorf("%s %s: %v", name, x.Ref, x.Addressees)
			}
		}
	}
}

func TestDeadlinesOfTheNotice(t *testing.T) {
	for name, r := range notices(t) {
		dated := map[string]string{}
		for _, x := range r.Tasks {
			if x.Deadline != nil {
				dated[x.Ref] = *x.Deadline + " " + string(x.DeadlineKind)
			}
		}
		if len(dated) != 2 || dated["1.7"] != "2024-09-30 period" || dated["3b"] != "2024-12-31 period" {
			t.Errorf("%s: %v", name, dated)
		}
		for ref, want := range map[string]string{"1.2d": "continuous", "1.4c": "urgent", "5b": "urgent", "5c": "urgent", "1.1": "by_reference", "C2": "by_reference"} {
			if x := find(t, r, ref); string(x.DeadlineKind) != want {
				t.Errorf("%s %s: %s, want %s", name, ref, x.DeadlineKind, want)
			}
		}
		if got := find(t, r, "1.1").References; !slices.Equal(got, []string{"94/TB-UBND"}) {
			t.Errorf("%s: 1.1 cites %v", name, got)
		}
	}
}

func TestAddresseesOfTheNotice(t *testing.T) {
	for name, r := range notices(t) {
		member := find(t, r, "2b").Addressees
		if len(member) != 1 || !member[0].Collective || len(member[0].Agencies) != 0 {
			t.Errorf("%s: members of the committee: %v", name, member)
		}
		if notes := strings.Join(find(t, r, "2b").Notes, "; "); !strings.Contains(notes, "chưa có danh sách thành viên") {
			t.Errorf("%s: 2b does not say that the members are not known: %s", name, notes)
		}
		both := find(t, r, "4").Addressees
		if len(both) != 2 || both[0].Role != nil || both[1].Role != nil || both[0].Agencies[0] != "so-tai-chinh.1" || both[1].Agencies[0] != "so-khdt.1" {
			t.Errorf("%s: two agencies and none leads: %v", name, both)
		}
		for ref, want := range map[string]string{"3a": "so-xay-dung.1", "3b": "so-xay-dung.1", "5a": "so-nnptnt.1", "5b": "so-nnptnt.1", "5c": "so-nnptnt.1"} {
			if a := find(t, r, ref).Addressees; len(a) != 1 || or(a[0].Role) != reading.Lead || !slices.Equal(a[0].Agencies, []string{want}) {
				t.Errorf("%s %s: %v", name, ref, a)
			}
		}
		for _, ref := range []string{"C1", "C2"} {
			a := find(t, r, ref).Addressees
			if len(a) != 1 || !a[0].Collective || len(a[0].Agencies) != 11 {
				t.Errorf("%s %s: all who were given something are 7 districts and 4 departments, not %v", name, ref, a)
			}
		}
	}
}

func TestObjectsLieInsideTheProvince(t *testing.T) {
	for name, r := range notices(t) {
		o := find(t, r, "3b").Objects
		if len(o) != 2 || or(o[0].Place) != "02392.1" || or(o[1].Place) != "02407.1" || or(o[0].Within) != "074.1" || !strings.Contains(o[1].Name, "huyện Hàm Yên") {
			t.Errorf("%s: %+v", name, o)
		}
	}
}

func TestHeadOfTheNotice(t *testing.T) {
	for name, r := range notices(t) {
		if r.Meeting == nil || or(r.Meeting.Date) != "2024-06-07" || !strings.HasPrefix(r.Meeting.Chair, "Phó Chủ tịch Ủy ban nhân dân tỉnh") || strings.Contains(r.Meeting.Chair, "gọi tắt") {
			t.Errorf("%s: meeting %+v", name, r.Meeting)
		}
		if len(r.Attendees) != 15 || len(r.Attendees[14].Agencies) != 7 {
			t.Errorf("%s: %d attendees", name, len(r.Attendees))
		}
		if !slices.ContainsFunc(r.Attendees, func(a reading.Attendee) bool { return slices.Equal(a.Agencies, []string{"so-ldtbxh.1"}) }) {
			t.Errorf("%s: Sở LĐTB&XH attended", name)
		}
		if got := r.LocalAliases["Ban Chỉ đạo"]; !strings.HasPrefix(got, "Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh Tuyên Quang") {
			t.Errorf("%s: alias %q", name, got)
		}
		if or(r.CriteriaSet) != "2021-2025" || or(r.Programme) != "Chương trình mục tiêu quốc gia xây dựng nông thôn mới" {
			t.Errorf("%s: set %s, programme %s", name, or(r.CriteriaSet), or(r.Programme))
		}
		if len(r.References) != 1 || r.References[0].Number != "94/TB-UBND" || or(r.References[0].Date) != "2024-05-20" {
			t.Errorf("%s: references %v", name, r.References)
		}
	}
}

func TestRecipientsOfTheNotice(t *testing.T) {
	for name, r := range notices(t) {
		if len(r.Recipients) != 20 {
			t.Errorf("%s: %d rows of recipients", name, len(r.Recipients))
			continue
		}
		var ids []string
		for i, x := range r.Recipients {
			ids = append(ids, x.Agencies...)
			if len(x.Agencies) == 0 && i != 19 {
				t.Errorf("%s: row %d names nobody: %s", name, i+1, x.Text)
			}
		}
		if len(ids) < 25 || slices.Contains(ids, "so-ldtbxh.1") || !slices.Equal(r.Recipients[16].Agencies, districts) || len(r.Recipients[19].Agencies) != 0 {
			t.Errorf("%s: %v", name, ids)
		}
		for i, person := range map[int]bool{2: true, 3: true, 18: true, 4: false, 16: false} {
			if r.Recipients[i].PersonLevel != person {
				t.Errorf("%s: row %d: persons %v", name, i+1, r.Recipients[i].PersonLevel)
			}
		}
	}
}

func TestJSONHasTheFixedNames(t *testing.T) {
	b, err := json.Marshal(readFile(t, demonstration))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	for _, key := range strings.Fields("number symbol date date_partial place issuer issuer_inferred kind title secrecy meeting attendees basis programme criteria_set local_aliases signer references recipients tasks text") {
		if _, ok := got[key]; !ok {
			t.Errorf("no %s", key)
		}
	}
	if got["number"] != nil || got["date"] != nil || got["secrecy"] != nil {
		t.Errorf("a blank was filled: %v %v %v", got["number"], got["date"], got["secrecy"])
	}
	task := got["tasks"].([]any)[0].(map[string]any)
	for _, key := range strings.Fields("ref group addressees text span deadline deadline_time deadline_phrase deadline_kind recurrence references confidence objects notes") {
		if _, ok := task[key]; !ok {
			t.Errorf("no %s in a duty", key)
		}
	}
}

// Sentences of our own for the ways a document names who acts.
func TestWhoActs(t *testing.T) {
	r := read(t, strings.Join([]string{
		"Thực hiện chỉ đạo trên, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:",
		"1. Giám đốc các Sở: Nông nghiệp và Phát triển nông thôn, Văn hóa, Thể thao và Du lịch; Trưởng các đoàn thể tỉnh:",
		"a) Tuyên truyền phân loại rác tại nguồn.",
		"b) Gửi kế hoạch của đơn vị về Văn phòng Ủy ban nhân dân tỉnh.",
		"2. Sở Tài chính phụ trách phân bổ kinh phí, Sở Tài nguyên và Môi trường phối hợp xác định khối lượng.",
		"3. Huyện Hàm Yên, huyện Sơn Dương chủ động rà soát hộ nghèo.",
		"4. Sở Kế hoạch và Đâu tư, Sở Tài chinh tổng hợp nhu cầu vốn.",
		"5. Yêu cầu Thủ trưởng các sở, ban, ngành và Chủ tịch UBND các huyện, thành phố chỉ đạo việc giải ngân.",
		"6. UBND các huyện: Na Hang, Lâm Bình và UBND thành phố Tuyên Quang báo cáo tiến độ.",
		"7. Sở Giao thông Vân tải tham mưu Ủy ban nhân dân tỉnh sửa chữa cầu yếu.",
		"8. Chi cục Kiểm lâm chủ trì, phối hợp với Công an tỉnh và UBND huyện Na Hang tuần tra rừng.",
		"10. UBND các xã (có cụm công nghiệp) rà soát nguồn thải.",
		"11. UBND các xã có rừng đặc dụng kiểm tra đường băng cản lửa.",
		"12. UBND các xã có trách nhiệm niêm yết danh sách.",
		"9. Thống nhất chủ trương sửa trường học; giao Sở Giáo dục và Đào tạo lập hồ sơ.",
	}, "\n"))
	for ref, want := range map[string]string{
		"1.a": "so-nnptnt.1 lead, so-vhttdl.1 lead, - lead",
		"2":   "so-tai-chinh.1 lead, so-tnmt.1 support",
		"3":   "ubnd-074.1 lead, ubnd-076.1 lead",
		"4":   "so-khdt.1 null, so-tai-chinh.1 null",
		"6":   "ubnd-072.1 lead, ubnd-071.1 lead, ubnd-070.1 lead",
		"7":   "so-gtvt.1 lead",
		"8":   "- lead, cong-an-tinh.1 support, ubnd-072.1 support",
		"9":   "so-gddt.1 lead",
	} {
		var got []string
		for _, a := range find(t, r, ref).Addressees {
			got = append(got, strings.Join(append(a.Agencies, map[bool]string{true: "-"}[len(a.Agencies) == 0])[:1], "")+" "+or(a.Role))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %s, want %s", ref, strings.Join(got, ", "), want)
		}
	}
	for ref, name := range map[string]string{"10": "UBND các xã (có cụm công nghiệp)", "11": "UBND các xã có rừng đặc dụng"} {
		x := find(t, r, ref)
		if a := x.Addressees; len(a) != 1 || a[0].Text != name || !a[0].Collective || len(a[0].Agencies) != 0 || !strings.Contains(strings.Join(x.Notes, ";"), "chưa xác định danh sách") {
			t.Errorf("some of a collective: %v %v", a, x.Notes)
		}
	}
	if a := find(t, r, "12").Addressees; len(a) != 1 || len(a[0].Agencies) < 100 {
		t.Errorf("all of a collective: %v", a)
	}
	all := find(t, r, "5").Addressees
	if len(all) != 2 || !all[0].Collective || !slices.Equal(all[1].Agencies, districts) || all[1].Text != "Chủ tịch UBND các huyện, thành phố" {
		t.Errorf("by person: %v", all)
	}
}

// Our own documents of other shapes, against the truth written beside them.
func TestOtherShapes(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) < 6 {
		t.Fatalf("%d documents: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var want struct {
				Number *string
				Tasks  []struct {
					ID                       string
					Addressees, Coordinators []string
					Deadline, Recurrence     *string
				}
			}
			if err := json.Unmarshal(src, &want); err != nil {
				t.Fatal(err)
			}
			r := readFile(t, strings.TrimSuffix(file, ".json")+".txt")
			if or(r.Number) != or(want.Number) {
				t.Errorf("number %s, want %s", or(r.Number), or(want.Number))
			}
			groups := map[string][]reading.Task{}
			for _, x := range r.Tasks {
				groups[x.Group] = append(groups[x.Group], x)
			}
			if len(groups) != len(want.Tasks) {
				t.Errorf("items %v, want %d", refs(r), len(want.Tasks))
			}
			for _, w := range want.Tasks {
				compareItem(t, w.ID, groups[w.ID], [4]string{strings.Join(w.Addressees, "; "), strings.Join(w.Coordinators, "; "), or(w.Deadline), or(w.Recurrence)})
			}
		})
	}
}

// compareItem compares the duties of one item with its addressees, supporters,
// deadline and recurrence.
func compareItem(t *testing.T, id string, made []reading.Task, want [4]string) {
	t.Helper()
	got := [4]string{"", "", "null", "null"}
	for _, x := range made {
		var lead, help []string
		for _, a := range x.Addressees {
			if or(a.Role) == reading.Support {
				help = append(help, a.Text)
			} else {
				lead = append(lead, a.Text)
			}
		}
		got[0] = strings.Join(lead, "; ")
		if len(help) > 0 {
			got[1] = strings.Join(help, "; ")
		}
		if x.Deadline != nil {
			got[2] = *x.Deadline
		}
		if x.Recurrence != nil {
			got[3] = *x.Recurrence
		}
	}
	if got != want {
		t.Errorf("%s:\n got %q\nwant %q", id, got, want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("1. Sở Tài chính rà soát trước ngày 30/9/2024; đồng thời báo cáo (a")
	f.Add("Kính gửi: Sở Y tế\nĐề nghị quý Sở gửi báo cáo.")
	o := options(f)
	f.Fuzz(func(t *testing.T, text string) {
		d, err := officialdoc.ReadText(text)
		if err != nil {
			t.Skip("refused: too large, secret or empty")
		}
		r := reading.Read(d, o)
		runes := []rune(r.Text)
		for _, x := range r.Tasks {
			if x.Span[0] < 0 || x.Span[1] > len(runes) || x.Span[0] > x.Span[1] {
				t.Fatalf("span %v of %d", x.Span, len(runes))
			}
		}
		if _, err := json.Marshal(r); err != nil {
			t.Fatal(err)
		}
	})
}
