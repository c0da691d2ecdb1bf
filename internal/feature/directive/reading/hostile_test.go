package reading_test

import (
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"giuchuan/internal/feature/directive/reading"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/officialdoc"
)

// hostile is a document of about ten megabytes: one line again and again, each
// with a number of its own, so that nothing that was read before helps.
func hostile(line string, part officialdoc.Part, level int) officialdoc.Document {
	d := officialdoc.Document{Date: day.Of(2024, 6, 7), Place: "Tuyên Quang"}
	var b strings.Builder
	at := 0
	for i := 0; b.Len() < 10<<20 && i < 100_000; i++ {
		text := strconv.Itoa(i) + " " + line
		if i%2 == 0 {
			text = line + " " + strconv.Itoa(i)
		}
		n := utf8.RuneCountInString(text)
		d.Blocks = append(d.Blocks, officialdoc.Block{
			Span: officialdoc.Span{Start: at, End: at + n}, Text: text, Part: part, Level: level, Label: "1", Marker: "-", Parent: -1,
		})
		b.WriteString(text + "\n")
		at += n + 1
	}
	d.Text = b.String()
	return d
}

// Ten megabytes cost less than a second, whatever stands in them. The goal is that
// of the command as a whole; reading usually takes half of it on two shared cores.
func TestHostileTextIsReadInTime(t *testing.T) {
	o := options(t)
	for name, line := range map[string]string{
		"deadlines": "Sở Tài chính rà soát, kiểm tra, " + strings.Repeat("trước ngày 30/9/2024 và định kỳ hằng tuần, ", 20),
		"names":     strings.Repeat("các Sở: Tài chính, Xây dựng, Văn hóa, Thể thao và Du lịch, UBND huyện Hàm Yên; ", 20) + " báo cáo.",
		"verbs":     strings.Repeat("rà soát các xã, kiểm tra các thôn; ", 60),
		"brackets":  "Rà soát " + strings.Repeat("(", 5000),
		"one word":  strings.Repeat("phối hợp với ", 4000),
		"places":    "Rà soát " + strings.Repeat("xã Phù Lưu, xã Thái Sơn, huyện Không Có, ", 60),
		"unknown":   strings.Repeat("UBND huyện Không Có Thật, ", 60) + "báo cáo",
	} {
		for _, part := range []officialdoc.Part{officialdoc.PartBody, officialdoc.PartOpening, officialdoc.PartClosing} {
			for _, level := range []int{officialdoc.LevelNone, officialdoc.LevelNumber} {
				d := hostile(line, part, level)
				for range 3000 {
					d.NoiNhan = append(d.NoiNhan, officialdoc.Receive{Line: officialdoc.Line{Text: line[:min(len(line), 200)]}, Purpose: officialdoc.PurposeAct})
					d.KinhGui = append(d.KinhGui, officialdoc.Line{Text: line[:min(len(line), 200)]})
				}
				began := time.Now()
				reading.Read(d, o)
				if took := time.Since(began); took > time.Second {
					t.Errorf("%s in the %s, level %d: %v", name, part, level, took)
				}
			}
		}
	}
}
