package draft_test

import (
	"strings"
	"testing"

	"giuchuan/internal/platform/officialdoc/draft"
)

// checkPages compares the printed pages with what the decree asks for.
func checkPages(t *testing.T, name string, d draft.Document, text string) {
	t.Helper()
	pages := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
	flat := strings.Join(strings.Fields(text), " ")
	want := []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "./.", "Nơi nhận:", "- Lưu: VT"}
	for _, w := range want {
		if !strings.Contains(flat, w) {
			t.Errorf("%s: the pages lack %q", name, w)
		}
	}
	long := strings.HasSuffix(name, "-dai")
	if long && len(pages) < 2 || len(pages) > 12 || !long && len(pages) > 2 {
		t.Errorf("%s has %d pages", name, len(pages))
	}
	for i, p := range pages {
		if d.Mark != "" && !strings.Contains(p, d.Mark) {
			t.Errorf("%s: page %d lacks the mark of invented figures", name, i+1)
		}
		if strings.Contains(p, "DỰ THẢO") != d.Draft() {
			t.Errorf("%s: page %d: the mark of a draft is wrong", name, i+1)
		}
		if strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(p, d.Mark, ""), "DỰ THẢO", "")) == "" {
			t.Errorf("%s: page %d is empty", name, i+1)
		}
	}
	first := strings.TrimSpace(strings.ReplaceAll(pages[0], "DỰ THẢO", ""))
	if first == "" || first[0] >= '0' && first[0] <= '9' {
		t.Errorf("%s: the first page shows a number", name)
	}
	if len(pages) > 1 && !strings.Contains(pages[1], "Phụ lục") && !strings.HasPrefix(strings.TrimSpace(strings.ReplaceAll(pages[1], "DỰ THẢO", "")), "2") {
		t.Errorf("%s: the second page does not begin with its number", name)
	}
}
