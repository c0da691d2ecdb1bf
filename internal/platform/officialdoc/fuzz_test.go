package officialdoc

import (
	"os"
	"path/filepath"
	"testing"

	"giuchuan/internal/kernel/fault"
)

// small are limits under which a fuzzer stays quick.
func smallLimits() Options {
	return Options{Limits: Limits{File: 1 << 20, Text: 1 << 20, Blocks: 5000, Inflated: 1 << 20}}
}

func judge(t *testing.T, d Document, err error) {
	t.Helper()
	if err != nil {
		if fault.CodeOf(err) == fault.Internal {
			t.Fatalf("not a fault: %v", err)
		}
		return
	}
	verify(t, d)
}

// FuzzText reads plain text, markdown and the text of PDF pages.
func FuzzText(f *testing.F) {
	names, err := filepath.Glob("testdata/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	for _, text := range hostileTexts(600) {
		f.Add(text)
	}
	f.Add("Nơi nhận:\n(Báo\ncáo)\n- a\n(b\n  KT. CHỦ TỊCH\n\fA B\nPHỤ LỤC\n1. x")
	f.Add("Kính gửi:\n\n  a;\nb\n- c,\nd.\nCăn cứ a; Căn cứ b\n1) x\na) y\n(1) z")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := readText(text, smallLimits().Limits.filled())
		judge(t, d, err)
	})
}

// FuzzDocument reads the body of a .docx.
func FuzzDocument(f *testing.F) {
	f.Add(wp(list("1", "0"), "a") + wp(list("1", "1"), "b") + wp(list("3", "2"), "c"))
	f.Add("<w:tbl>" + cellsOf([]string{"Số: 1/A-B", "V/v c"}, []string{"Hà Nội, ngày 1 tháng 2 năm 2024"}) + "</w:tbl>")
	f.Add(`<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t><w:tab/><w:t xml:space="preserve"> b </w:t><w:br/><w:t>` + "o\u0302\u0323" + `</w:t></w:r></w:p>`)
	f.Add("<w:p><w:r><w:txbxContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:txbxContent></w:r></w:p></w:tbl></w:p>")
	f.Fuzz(func(t *testing.T, body string) {
		d, err := Read(t.Context(), "a.docx", wordFile(t, body), smallLimits())
		judge(t, d, err)
	})
}

// FuzzFile reads whole files of every format.
func FuzzFile(f *testing.F) {
	f.Add(wordFile(f, wp("", "Số: 1/TB-UBND")))
	f.Add([]byte(exchange("", announced("a", "b.txt"), enclosed("a", []byte("Số: 1/TB-UBND")))))
	f.Add([]byte("%PDF-1.4"))
	f.Add([]byte("\xFF\xFEa\x00"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(t.Context(), "a", data, smallLimits())
		judge(t, d, err)
	})
}

// FuzzLists reads the numbering of a .docx.
func FuzzLists(f *testing.F) {
	f.Add(listXML)
	f.Fuzz(func(t *testing.T, numbering string) {
		data := packDocx(t, map[string]string{"word/document.xml": wordHead + wp(list("1", "1"), "a") + wp(list("2", "8"), "b") + wp(list("4", "0"), "c") + wordFoot, "word/numbering.xml": numbering})
		d, err := Read(t.Context(), "a.docx", data, smallLimits())
		judge(t, d, err)
	})
}

// FuzzExchange reads the header of an .edxml message.
func FuzzExchange(f *testing.F) {
	f.Add("<edXML:DueDate>2024/06/31</edXML:DueDate>", "Số: 1/TB-UBND")
	f.Add("<edXML:ToPlaces><edXML:Place>a</edXML:Place></edXML:ToPlaces>", "")
	f.Fuzz(func(t *testing.T, header, text string) {
		d, err := Read(t.Context(), "a.edxml", []byte(exchange(header, announced("a", "b.txt"), enclosed("a", []byte(text)))), smallLimits())
		judge(t, d, err)
	})
}
