package accountweb

import "testing"

// A place that begins with Đ is written as any other.
func TestPlaceInASentence(t *testing.T) {
	for name, want := range map[string]string{"": "tỉnh", "Tỉnh Tuyên Quang": "tỉnh Tuyên Quang", "Đặc khu Phú Quốc": "đặc khu Phú Quốc"} {
		if got := place(door{place: name}); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
