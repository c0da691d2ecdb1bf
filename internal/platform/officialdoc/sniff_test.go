package officialdoc

import (
	"strings"
	"testing"
	"unicode/utf16"

	"giuchuan/internal/kernel/fault"
)

func TestOtherFiles(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		says string
	}{
		"rtf":    {`{\rtf1 a}`, "không phải loại đọc được"},
		"html":   {"<!DOCTYPE html><html>", "không phải loại đọc được"},
		"xml":    {"<?xml version=\"1.0\"?><a/>", "không phải loại đọc được"},
		"binary": {"a\x00b\x01", "không phải loại đọc được"},
		"tcvn3":  {"\xb5\xb8\xb6\xb7 \xa7\xb9", "UTF-8"},
		"empty":  {" \n\t\r\n", "không có chữ"},
		"rules":  {"-----\n_____\n2\n", "không có chữ"},
	} {
		_, err := Read(t.Context(), "tệp\x1b[31m.bin", []byte(c.data), Options{})
		if err == nil || !strings.Contains(fault.Text(err), c.says) || strings.Contains(fault.Text(err), "\x1b") {
			t.Errorf("%s: %v", name, err)
		}
	}
	wideText := []byte("\xFF\xFE")
	for _, u := range utf16.Encode([]rune("Số: 5/TB-UBND\nTHÔNG BÁO\nVề việc họp")) {
		wideText = append(wideText, byte(u), byte(u>>8))
	}
	d, err := Read(t.Context(), "a.txt", wideText, Options{})
	if err != nil || d.Number != "5/TB-UBND" {
		t.Errorf("UTF-16: %q %v", d.Number, err)
	}
	if _, err := Read(t.Context(), "a.txt", make([]byte, 100), Options{Limits: Limits{File: 50}}); !fault.Is(err, fault.TooLarge) {
		t.Errorf("a large file: %v", err)
	}
}
