package evidence_test

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/evidence"
)

func inspect(data []byte, name string) (*evidence.Inspected, error) {
	return evidence.Inspect(context.Background(), bytes.NewReader(data), int64(len(data)), name, evidence.Limits{Within: 20 * time.Second})
}

func taken(t *testing.T, data []byte, name string) *evidence.Inspected {
	t.Helper()
	found, err := inspect(data, name)
	if err != nil {
		t.Fatalf("%s: %v", name, fault.Text(err))
	}
	return found
}

func decoded(t *testing.T, data []byte) image.Image {
	t.Helper()
	m, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestWhatIsTaken(t *testing.T) {
	noise := bytes.Repeat([]byte{0x31, 0xC7, 0x2F}, 5000)
	for name, x := range map[string]struct {
		data []byte
		want evidence.Media
	}{
		"ảnh.jpg":        {jpegOf(t, 64, 48), evidence.JPEG},
		"ảnh.png":        {pngOf(t, 64, 48), evidence.PNG},
		"ảnh.webp":       {webp16, evidence.WebP},
		"tên sai.exe":    {jpegOf(t, 8, 8), evidence.JPEG},
		"kèm phim.jpg":   {append(jpegOf(t, 8, 8), "\x00\x00\x00\x18ftypmp42"...), evidence.JPEG},
		"văn bản.pdf":    {pdfOf(stream("/Filter /DCTDecode", noise), packedObject("<< /Type /Font >>")), evidence.PDF},
		"liên kết.pdf":   {pdfOf("<< /S /URI /URI (https://example.org/JavaScriptLaunch) >>"), evidence.PDF},
		"biên bản.docx":  {docx(t, []string{"Biên bản kiểm tra", "mật độ dân số"}), evidence.Docx},
		"trang web.docx": {docx(t, []string{"x"}, part{"word/_rels/document.xml.rels", relation("hyperlink", "https://example.org", "External")}), evidence.Docx},
		"bảng.xlsx":      {xlsx(t, []string{"Xã", "Số hộ"}, part{"xl/media/image1.png", "x"}, part{"xl/printerSettings/printerSettings1.bin", "x"}), evidence.Xlsx},
	} {
		if found := taken(t, x.data, name); found.Media != x.want || found.Doubt != "" || (found.View != nil) != x.want.Picture() {
			t.Errorf("%s: %s, %q, copy %v", name, found.Media, found.Doubt, found.View != nil)
		}
	}
}

func TestCopiesOfAPicture(t *testing.T) {
	found := taken(t, after(jpegOf(t, 2400, 1200), exif(6)), "ảnh.jpg")
	if found.Width != 1200 || found.Height != 2400 {
		t.Errorf("upright: %d x %d", found.Width, found.Height)
	}
	view, thumb := decoded(t, found.View), decoded(t, found.Thumb)
	if view.Bounds().Dx() != 800 || view.Bounds().Dy() != 1600 || thumb.Bounds().Dy() != 320 {
		t.Errorf("view %v, thumb %v", view.Bounds(), thumb.Bounds())
	}
	for _, word := range []string{"Exif", "2024:09:30"} {
		if bytes.Contains(found.View, []byte(word)) || bytes.Contains(found.Thumb, []byte(word)) {
			t.Errorf("a copy holds %s", word)
		}
	}
	want := time.Date(2024, 9, 30, 8, 20, 10, 0, time.UTC) // 15:20 in Việt Nam
	c := found.Capture
	if !c.At.Equal(want) || !c.Placed || c.Lat != 220600000 || c.Lon != 1050400000 {
		t.Errorf("%+v", c)
	}
}

// Each orientation puts the dark corner of a picture where it belongs.
func TestPicturesStandUpright(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 64, 32))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for y := range 12 {
		for x := range 12 {
			copy(m.Pix[m.PixOffset(x, y):], []byte{0, 0, 0, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	for turn, corner := range map[int][2]bool{1: {}, 2: {true, false}, 3: {true, true}, 4: {false, true}, 5: {}, 6: {true, false}, 7: {true, true}, 8: {false, true}} {
		view := decoded(t, taken(t, after(b.Bytes(), exif(turn)), "x").View)
		x, y := 4, 4
		if corner[0] {
			x = view.Bounds().Dx() - 5
		}
		if corner[1] {
			y = view.Bounds().Dy() - 5
		}
		if r, _, _, _ := view.At(x, y).RGBA(); r > 0x3000 {
			t.Errorf("turn %d: the corner at %d,%d is light", turn, x, y)
		}
	}
}

func TestMessagesNameTheRemedy(t *testing.T) {
	for _, x := range []struct {
		name string
		data string
		want string
	}{
		{"IMG_1.HEIC", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1", "Tương thích nhất"},
		{"a.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + zeros(512), "lưu lại dạng .docx"},
		{"a.svg", `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`, "ảnh SVG"},
		{"a.html", "<!DOCTYPE html><html>", "trang HTML"},
		{"a.exe", "MZ\x90\x00", "chương trình Windows"},
		{"a.zip", string(zipOf(t, part{"a.txt", "x"})), "không nén"},
		{"a.mp4", "\x00\x00\x00\x18ftypmp42", "video"},
		{"a.txt", "xin chào", "loại tệp khác"},
		{"a.pdf", string(pdfOf("<< /Encrypt 5 0 R >>")), "in lại thành PDF"},
		{"a.jpg", "", "tệp rỗng"},
	} {
		_, err := inspect([]byte(x.data), x.name)
		if err == nil || !strings.Contains(fault.Text(err), x.want) {
			t.Errorf("%s: %v", x.name, fault.Text(err))
		}
		if rows := fault.Rows(err); len(rows) != 1 || rows[0].Field != "tep" {
			t.Errorf("%s: the message does not stand at the file", x.name)
		}
	}
}

func TestSecretAndIdentityPapers(t *testing.T) {
	jpg := jpegOf(t, 8, 8)
	for _, name := range []string{"Báo cáo MẬT.jpg", "bc_toi mat.jpg", "TAI-LIEU-MAT.pdf", "công văn mật số 3.jpg", "Tuyệt mật.jpg"} {
		if _, err := inspect(jpg, name); err == nil || !strings.Contains(fault.Text(err), "văn bản mật") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"mật độ dân số.jpg", "mặt đường bê tông.jpg", "mat duong.jpg", "mật ong rừng.jpg", "mat bang nha van hoa.jpg", "can bo.jpg", "Căn hộ.jpg"} {
		if found := taken(t, jpg, name); found.Doubt != "" {
			t.Errorf("%s: doubt %q", name, found.Doubt)
		}
	}
	for _, name := range []string{"CCCD Nguyen.jpg", "can cuoc.jpg", "Căn cước công dân.jpg", "cmnd_mat-truoc.jpg", "chứng minh nhân dân.jpg", "ho-chieu.png"} {
		if found := taken(t, jpg, name); found.Doubt == "" {
			t.Errorf("%s: no doubt", name)
		}
	}
	for _, line := range []string{"MẬT", " TỐI MẬT ", "Độ mật: TUYỆT MẬT", "(MẬT)"} {
		if _, err := inspect(docx(t, []string{"UBND XÃ", line, "Báo cáo"}), "a.docx"); err == nil || !strings.Contains(fault.Text(err), "văn bản mật") {
			t.Errorf("a document that is stamped %q: %v", line, err)
		}
	}
	if found := taken(t, docx(t, []string{"Giữ bí mật", "mật", "MẬT ĐỘ"}), "a.docx"); found.Doubt != "" {
		t.Errorf("doubt %q", found.Doubt)
	}
	if found := taken(t, xlsx(t, []string{"Họ tên", "Số CCCD"}), "danh sách.xlsx"); found.Doubt == "" {
		t.Error("a list of identity numbers raises no doubt")
	}
}

func TestNames(t *testing.T) {
	for in, want := range map[string]string{
		`C:\Users\x\ảnh 1.JPG`: "ảnh 1.jpg", "../../etc/passwd": "passwd.jpg", "": "minh chứng.jpg", "...": "minh chứng.jpg",
		"x.exe": "x.exe.jpg", "a\u202egpj.exe": "agpj.exe.jpg", "a\r\nSet-Cookie: x.jpeg": "aSet-Cookie x.jpg", "\xff\xfe.jpg": "minh chứng.jpg",
		strings.Repeat("ắ", 300): strings.Repeat("ắ", 110) + ".jpg",
	} {
		if got := evidence.CleanName(in, evidence.JPEG); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
