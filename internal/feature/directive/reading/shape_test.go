package reading_test

import (
	"slices"
	"strings"
	"testing"
)

func TestATextThatIsNoDocument(t *testing.T) {
	if r := read(t, "xin chào"); len(r.Tasks) != 0 || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "có phải là văn bản chỉ đạo") {
		t.Errorf("%d tasks, notes %v", len(r.Tasks), r.Notes)
	}
	for name, r := range notices(t) {
		if strings.Contains(strings.Join(r.Notes, " "), "có phải là văn bản chỉ đạo") {
			t.Errorf("%s: notes %v", name, r.Notes)
		}
	}
}

// The heads of bodies in a list, parted by semicolons, are one list of who acts
// and no duties of their own.
func TestAListOfBodiesIsNotCut(t *testing.T) {
	r := read(t, strings.Join([]string{
		"Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:",
		"1. Thủ trưởng các sở, ban, ngành; Chủ tịch Ủy ban nhân dân các xã, phường; người đứng đầu các cơ quan, đơn vị có liên quan chịu trách nhiệm tổ chức kiểm tra hồ đập; kịp thời báo cáo Sở Xây dựng.",
		"2. Sở Tài chính; Sở Y tế rà soát dự toán; Sở Nội vụ tổng hợp biên chế.",
	}, "\n"))
	var refs []string
	for i := range r.Tasks {
		refs = append(refs, r.Tasks[i].Ref)
	}
	if got := strings.Join(refs, " "); got != "1a 1b 2a 2b" {
		t.Fatalf("read %s", got)
	}
	for _, ref := range []string{"1a", "1b"} {
		if a := find(t, r, ref).Addressees; len(a) != 3 {
			t.Errorf("%s names %v", ref, a)
		}
	}
	if a := find(t, r, "2a").Addressees; len(a) != 2 || !slices.Equal(a[1].Agencies, []string{"so-y-te.1"}) {
		t.Errorf("2a names %v", a)
	}
}
