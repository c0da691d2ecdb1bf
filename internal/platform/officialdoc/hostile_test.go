package officialdoc

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"giuchuan/internal/kernel/fault"
)

// verify holds a document to what every reader of one relies on.
func verify(t *testing.T, d Document) {
	t.Helper()
	runes := []rune(d.Text)
	within := func(what string, s Span, text string) {
		t.Helper()
		if s.Start < 0 || s.End < s.Start || s.End > len(runes) {
			t.Fatalf("%s: span %v outside the text of %d code points", what, s, len(runes))
		}
		if text != "" && string(runes[s.Start:s.End]) != text {
			t.Fatalf("%s: span %v holds %q, not %q", what, s, string(runes[s.Start:s.End]), text)
		}
	}
	if !utf8.ValidString(d.Text) {
		t.Fatal("the text is not UTF-8")
	}
	end := 0
	for i, b := range d.Blocks {
		within("block", b.Span, b.Text)
		if b.Text == "" || b.Start < end || b.Part == "" {
			t.Fatalf("block %d %v after %d is empty, out of order or without part: %q", i, b.Span, end, b.Text)
		}
		if b.Parent >= i || b.Parent >= 0 && (d.Blocks[b.Parent].Level >= b.Level || b.Level == LevelNone) {
			t.Fatalf("block %d of level %d lies in %d", i, b.Level, b.Parent)
		}
		if (b.Level == LevelNone) != (b.Marker == "") || (b.Label == "") != (b.Marker == "") {
			t.Fatalf("block %d: level %d, marker %q, label %q", i, b.Level, b.Marker, b.Label)
		}
		for _, s := range b.Bold {
			within("bold", s, "")
			if s.Start < b.Start || s.End > b.End || s.Len() == 0 {
				t.Fatalf("bold %v outside block %v", s, b.Span)
			}
		}
		end = b.End
	}
	for _, l := range d.KinhGui {
		within("Kính gửi", l.Span, l.Text)
	}
	for _, l := range d.NoiNhan {
		within("Nơi nhận", l.Span, l.Text)
		if l.Purpose == "" {
			t.Fatalf("row %q has no purpose", l.Text)
		}
	}
	for _, l := range d.Basis {
		within("basis", l.Span, l.Text)
	}
	for _, r := range d.References {
		within("reference", r.Span, "")
	}
	within("signer", d.Signer.Span, "")
	if d.Number != "" && d.Symbol == "" {
		t.Fatalf("number %q without symbol", d.Number)
	}
}

// hostile are texts of about n bytes that hurt a careless reader.
func hostileTexts(n int) map[string]string {
	fill := func(s string) string { return strings.Repeat(s, n/len(s)+1)[:n] }
	out := map[string]string{
		"one word":        fill("a"),
		"one sentence":    fill("ủy ban nhân dân tỉnh "),
		"prose":           fill(strings.Repeat("Ủy ban nhân dân các xã, phường tổ chức thực hiện nghiêm túc các nội dung. ", 12) + "\n"),
		"small letters":   fill("thực hiện các nội dung được giao theo quy định và hướng dẫn\n"),
		"page lines":      fill("      Sở Nông nghiệp và Môi trường chủ trì, phối hợp với các sở, ban, ngành\n"),
		"short lines":     fill("a\n"),
		"blank lines":     fill(" \n"),
		"items":           fill("- Sở Tài chính tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 30/9/2026 theo quy định;\n"),
		"numbers":         fill("số 12/QĐ-UBND ngày 5/6/2024, "),
		"bare numbers":    fill("1/AB 2/CD "),
		"digits":          fill("1"),
		"dots":            fill("1.1.1.1."),
		"slashes":         fill("1/2/3/"),
		"hyphens":         "1/A" + fill("-A"),
		"spaces":          "Số: 1" + strings.Repeat(" ", n) + "/TB-UBND",
		"tabs":            fill("\t"),
		"gaps":            fill("a   b   "),
		"stars":           fill("*a **b ***c "),
		"escapes":         fill(`\*`),
		"pipes":           fill("|a|b|\n"),
		"brackets":        fill("((("),
		"marks":           fill("mật MẬT "),
		"capitals":        fill("ỦY BAN NHÂN DÂN "),
		"capital lines":   fill("CHỦ TỊCH\n"),
		"addressees":      "Kính gửi:\n" + fill("- a\n"),
		"recipients":      "Nơi nhận:\n" + fill("- a;\n"),
		"recipient heads": fill("Nơi nhận:\n"),
		"subject":         "Số: 1/UBND-A\nV/v " + fill("a\n"),
		"titles":          fill("THÔNG BÁO\n"),
		"decomposed":      fill("u\u031b\u0309y ban nha\u0302n da\u0302n "),
		"accents":         "a" + fill("\u0301"),
		"invisible":       fill("a\u200b"),
		"broken":          fill("\xff\xfea"),
		"form feeds":      fill("a\f"),
		"basis":           "QUYẾT ĐỊNH\nVề việc a\n" + fill("Căn cứ Luật a; "),
		"letterhead":      fill("Số: 1/TB-UBND    Hà Nội, ngày 1 tháng 2 năm 2024\n"),
		"commas":          fill("a,\n"),
	}
	return out
}

// BenchmarkHostileText reads 10 MB of each hostile text.
func BenchmarkHostileText(b *testing.B) {
	for name, text := range hostileTexts(10 << 20) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if _, err := ReadText(text); err != nil && fault.CodeOf(err) == fault.Internal {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestLinear reads each hostile text at 1 MB and at 4 MB: four times the text
// may not take much more than four times as long.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: slow texts are read without -short")
	}
	took := func(text string) time.Duration {
		from := time.Now()
		_, _ = ReadText(text) // refused or not: only the time counts
		return time.Since(from)
	}
	const tries = 5 // a busy machine may be slow once
	long := hostileTexts(4 << 20)
	for name, text := range hostileTexts(1 << 20) {
		one, four := took(text), took(long[name])
		for range tries {
			if four <= 10*one+100*time.Millisecond {
				break
			}
			one, four = min(one, took(text)), min(four, took(long[name]))
		}
		if four > 10*one+100*time.Millisecond {
			t.Errorf("%s: %v for 1 MB, %v for 4 MB", name, one, four)
		}
	}
}

// TestHostileText reads 10 MB of each hostile text in less than a second (the
// limit here is wider: a busy machine must not fail it).
func TestHostileText(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: slow texts are read without -short")
	}
	for name, text := range hostileTexts(10 << 20) {
		t.Run(name, func(t *testing.T) {
			from := time.Now()
			d, err := ReadText(text)
			took := time.Since(from)
			t.Logf("%v, %d blocks, %v", took, len(d.Blocks), err)
			if took > 3*time.Second {
				t.Errorf("%v for 10 MB", took)
			}
			if err != nil && fault.CodeOf(err) == fault.Internal {
				t.Errorf("not a fault: %v", err)
			}
			if err == nil {
				verify(t, d)
			}
		})
	}
}
