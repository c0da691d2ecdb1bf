package sheet

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"giuchuan/internal/kernel/fault"
)

func TestOpenFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "rà soát.csv")
	if err := os.WriteFile(path, []byte("xã;mã\nMinh Dân;1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := OpenFile(path, Limits{})
	if err != nil || b.Name != "rà soát.csv" || len(dump(t, b.Sheets[0])) != 4 {
		t.Errorf("book %+v, %v", b, err)
	}
	tests := []struct {
		name, path string
		lim        Limits
		code       fault.Code
		want       string
	}{
		{"missing", filepath.Join(dir, "không có.xlsx"), Limits{}, fault.NotFound, "không đọc được tệp không có.xlsx"},
		{"directory", dir, Limits{}, fault.Unavailable, "không đọc được tệp " + filepath.Base(dir)},
		{"too large", path, Limits{File: 10}, fault.TooLarge, "tệp rà soát.csv quá lớn; chỉ nhận tệp đến 10 byte"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := OpenFile(tt.path, tt.lim)
			if !fault.Is(err, tt.code) || !strings.HasPrefix(fault.Text(err), tt.want) {
				t.Errorf("got %q, want %q", fault.Text(err), tt.want)
			}
		})
	}
}

func TestOpenReader(t *testing.T) {
	if b, err := OpenReader("x.csv", strings.NewReader("a,b\n1,2\n"), Limits{}); err != nil || !b.CSV {
		t.Errorf("book %+v, %v", b, err)
	}
	endless := io.MultiReader(strings.NewReader("a,b\n"), neverEnding{})
	if _, err := OpenReader("x.csv", endless, Limits{File: 1 << 20}); !fault.Is(err, fault.TooLarge) {
		t.Errorf("an endless upload: %v", err)
	}
	cut := errors.New("connection lost")
	if _, err := OpenReader("x.csv", iotest.ErrReader(cut), Limits{}); !fault.Is(err, fault.Unavailable) || !errors.Is(err, cut) {
		t.Errorf("a broken upload: %v", err)
	}
}

type neverEnding struct{}

func (neverEnding) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// The name of a file decides nothing: people mail .csv files named .xlsx.
func TestContentDecides(t *testing.T) {
	if b := open(t, "x.xlsx", []byte("a,b\n")); !b.CSV {
		t.Error("text read as a workbook")
	}
	if b := open(t, "x.csv", workbookWith(t, "")); b.CSV {
		t.Error("workbook read as text")
	}
}
