package review

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// badRows is a file of rows that are all wrong in one way.
func badRows(n int, row func(i int) string) string {
	var b strings.Builder
	b.WriteString(header)
	for i := range n {
		b.WriteString(row(i) + ",,,,,\n")
	}
	return b.String()
}

func TestOnlySoManyErrorsAreKept(t *testing.T) {
	w := newWorld(t)
	q := w.question(t, ntm, "2024-12-31")
	const n = MaxErrors + 2500
	for name, row := range map[string]func(i int) string{
		"bad value":       func(i int) string { return "02389,9.2,2024,190" },
		"unknown commune": func(i int) string { return fmt.Sprintf("Xã Không Có %d,9.2,2024,90", i) },
		"unknown code":    func(i int) string { return fmt.Sprintf("9%05d,9.2,2024,90", i) },
		"twice":           func(i int) string { return "02389,9.2,2024,90" },
	} {
		t.Run(name, func(t *testing.T) {
			b, err := readFor(q, openCSV(t, badRows(n, row)))
			must(t, err)
			if len(b.Errors) != MaxErrors || b.MoreErrors < n-MaxErrors {
				t.Errorf("%d errors kept, %d more", len(b.Errors), b.MoreErrors)
			}
			if text := strings.Join(b.Warnings(), "\n"); !strings.Contains(text, "chỉ liệt kê 10000 lỗi") {
				t.Errorf("%q", text)
			}
			if longest := len(b.Errors[len(b.Errors)-1].Message); longest > 2000 {
				t.Errorf("a message of %d bytes", longest)
			}
			if len(b.Communes) > 1 {
				t.Errorf("%d communes", len(b.Communes))
			}
		})
	}
}

func TestGeneratedDataAreMarkedAtTheTopOfTheReport(t *testing.T) {
	w := newWorld(t)
	for note, want := range map[string]bool{"số liệu minh họa": true, "": false} {
		r := w.evaluate(t, ntm, "2024-12-31", header+"02389,9.2,2024,90,,,,,"+note+"\n")
		var out bytes.Buffer
		must(t, r.WriteJSON(&out))
		if got := strings.Contains(out.String(), "\n \"illustrative\": true,\n"); got != want {
			t.Errorf("%q: marked %v", note, got)
		}
	}
}

func TestTheSexesAloneAreNoTotal(t *testing.T) {
	w := newWorld(t)
	r := w.evaluate(t, ntm, "2024-12-31", header+"02389,15.1,2024,,89.78,91,,,ghi theo sổ\n")
	got := r.of(t, "02389", "15.1")
	if got.Value != nil || got.Verdict != "unmet" || !strings.Contains(got.Reason, "nam: 89,78 % < 90 %") {
		t.Errorf("%+v", got)
	}
}

func TestTheTraceCarriesTheNote(t *testing.T) {
	w := newWorld(t)
	q := w.question(t, ntm, "2024-12-31")
	b, err := readFor(q, openCSV(t, header+"02389,9.2,2023,80,,,,,cũ\n02389,9.2,2024,90,,,,,theo sổ\n02389,5.n,2024,3,,,,,ba trường\n"))
	must(t, err)
	a := Assess(q, b.Communes, b.Findings)
	slot, _ := q.Set.Slot("9.2")
	if got := a.Explain(0, slot).Note; got != "theo sổ" {
		t.Errorf("%q", got)
	}
	slot, _ = q.Set.Slot("5")
	if parts := a.Explain(0, slot).Parts; len(parts) == 0 || parts[0].Note != "ba trường" {
		t.Errorf("%+v", parts)
	}
}
