package directive

import (
	"strings"
	"testing"
)

func TestSymbolFits(t *testing.T) {
	for symbol, want := range map[string]bool{
		"TB-UBND": true, "CTr/TU": true, "QĐ-UBND": true, "NN&PTNT": true, "12-NQ/TW": true, "A-B-C-D-E-F": true,
		"": false, "TB--UBND": false, "-TB": false, "TB-": false, "TB UBND": false, "TB_UBND": false, "A-B-C-D-E-F-G": false,
		strings.Repeat("A", 20): true, strings.Repeat("A", 21): false, strings.Repeat("Đ", 20): true, "TB-UBND\n": false, "٣": false,
	} {
		if symbolFits(symbol) != want {
			t.Errorf("%q fits: %v, want %v", symbol, !want, want)
		}
	}
}
