package vntext

import "testing"

func TestFirstLetter(t *testing.T) {
	for in, want := range map[string][2]string{
		"": {"", ""}, "đạt": {"Đạt", "đạt"}, "Ấp 3": {"Ấp 3", "ấp 3"}, "x": {"X", "x"}, "15.1": {"15.1", "15.1"}, "\xff": {"\xff", "\xff"},
	} {
		if got := [2]string{Capital(in), Uncapital(in)}; got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}
