package fault_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"unicode/utf8"

	"giuchuan/internal/kernel/fault"
)

var (
	msgUnknown = fault.Msg{Key: "place.unknown", Text: "không tìm thấy đơn vị {name}"}
	msgRow     = fault.Msg{Key: "sheet.row", Text: "giá trị {value} không hợp lệ"}
	msgFile    = fault.Msg{Key: "sheet.file", Text: "không nhập được tệp"}
)

func TestVietnamese(t *testing.T) {
	tests := []struct {
		name string
		err  *fault.Error
		want string
	}{
		{"mark filled", fault.New(fault.NotFound, msgUnknown, "name", "Minh Dân"), "không tìm thấy đơn vị Minh Dân"},
		{"field first", fault.New(fault.NotFound, msgUnknown, "name", "X").At("dòng 4, cột commune"), "dòng 4, cột commune: không tìm thấy đơn vị X"},
		{"mark without argument stays", fault.New(fault.NotFound, msgUnknown, "other", "X"), "không tìm thấy đơn vị {name}"},
		{"no arguments at all", fault.New(fault.NotFound, msgUnknown), "không tìm thấy đơn vị {name}"},
		{"argument is not filled again", fault.New(fault.NotFound, msgUnknown, "name", "{name}"), "không tìm thấy đơn vị {name}"},
		{"name without value", fault.New(fault.NotFound, msgUnknown, "name"), "không tìm thấy đơn vị "},
		{"same mark twice", fault.New(fault.Invalid, fault.Msg{Key: "k", Text: "{a} và {a}, {b}"}, "a", "1", "b", "2"), "1 và 1, 2"},
		{"brace that opens nothing", fault.New(fault.Invalid, fault.Msg{Key: "k", Text: "{ {a} {"}, "a", "1"), "{ 1 {"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.err.Vietnamese(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestCodeOfIsTheOutermost(t *testing.T) {
	inner := fault.New(fault.NotFound, msgUnknown, "name", "X")
	outer := fault.New(fault.Invalid, msgFile).Wrap(inner)
	tests := []struct {
		name string
		err  error
		want fault.Code
	}{
		{"nil", nil, ""},
		{"ours", inner, fault.NotFound},
		{"ours wrapped by fmt", fmt.Errorf("read: %w", inner), fault.NotFound},
		{"ours around ours", outer, fault.Invalid},
		{"foreign", fs.ErrNotExist, fault.Internal},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := fault.CodeOf(tt.err); got != tt.want {
				t.Errorf("CodeOf = %q, want %q", got, tt.want)
			}
			if tt.err != nil && !fault.Is(tt.err, tt.want) {
				t.Errorf("Is(%q) = false", tt.want)
			}
		})
	}
	if fault.Is(outer, fault.NotFound) {
		t.Error("an inner cause decided the code")
	}
	if fault.Is(nil, "") {
		t.Error("nil has a code")
	}
}

func TestText(t *testing.T) {
	row := func(line, value string) *fault.Error {
		return fault.New(fault.Invalid, msgRow, "value", value).At("dòng " + line)
	}
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"nil", nil, ""},
		{"foreign", errors.New("disk full"), "lỗi hệ thống: disk full"},
		{"ours under fmt", fmt.Errorf("import: %w", row("2", "x")), "dòng 2: giá trị x không hợp lệ"},
		{"our cause", fault.New(fault.Invalid, msgFile).Wrap(row("2", "x")), "không nhập được tệp: dòng 2: giá trị x không hợp lệ"},
		{"foreign cause", fault.New(fault.Unavailable, msgFile).Wrap(fs.ErrPermission), "không nhập được tệp (chi tiết: permission denied)"},
		{
			"rows below", fault.New(fault.Invalid, msgFile).With(row("2", "x"), nil, row("3", "y")),
			"không nhập được tệp\n- dòng 2: giá trị x không hợp lệ\n- dòng 3: giá trị y không hợp lệ",
		},
		{
			"rows below rows", fault.New(fault.Invalid, msgFile).With(row("2", "x").With(row("2b", "z"))),
			"không nhập được tệp\n- dòng 2: giá trị x không hợp lệ\n  - dòng 2b: giá trị z không hợp lệ",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := fault.Text(tt.err); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

func TestErrorForDevelopers(t *testing.T) {
	row := fault.New(fault.Invalid, msgRow, "value", "x").At("B2")
	e := fault.New(fault.Unavailable, msgFile).With(row, row, row, row, row).Wrap(fs.ErrPermission)
	want := "sheet.file: không nhập được tệp" + strings.Repeat("; [sheet.row: B2: giá trị x không hợp lệ]", 3) + "; +2: permission denied"
	if got := e.Error(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestUnwrapReachesCauseAndRows(t *testing.T) {
	row := fault.New(fault.Invalid, msgRow).Wrap(fs.ErrInvalid)
	e := fault.New(fault.Internal, msgFile).Wrap(fs.ErrPermission).With(row)
	if !errors.Is(e, fs.ErrPermission) || !errors.Is(e, fs.ErrInvalid) {
		t.Error("cause or cause of a row not found")
	}
	if errors.Is(e, fs.ErrExist) {
		t.Error("found an error that is not there")
	}
	var none *fault.Error
	if none.Unwrap() != nil || none.Error() != "<nil>" {
		t.Error("a nil Error is not quiet")
	}
}

func TestCopiesLeaveTheOriginal(t *testing.T) {
	base := fault.New(fault.Invalid, msgFile).With(fault.New(fault.Invalid, msgRow))
	first := base.With(fault.New(fault.Invalid, msgRow)).At("a").Wrap(fs.ErrExist)
	second := base.With(fault.New(fault.Conflict, msgUnknown))
	if len(base.Subs) != 1 || base.Field != "" || base.Cause != nil {
		t.Errorf("original changed: %+v", base)
	}
	if first.Subs[1].Code != fault.Invalid || second.Subs[1].Code != fault.Conflict {
		t.Error("two copies share their list")
	}
}

func TestJoinAndRows(t *testing.T) {
	a := fault.New(fault.Invalid, msgRow, "value", "a")
	b := fault.New(fault.Conflict, msgRow, "value", "b")
	if err := fault.Join(); err != nil {
		t.Errorf("no rows: %v", err)
	}
	if err := fault.Join(nil, nil); err != nil {
		t.Errorf("nil rows: %v", err)
	}
	if err := fault.Join(nil, a); err != error(a) {
		t.Errorf("one row: %v", err)
	}
	two := fault.Join(a, b)
	if got, want := fault.Text(two), "có 2 lỗi\n- giá trị a không hợp lệ\n- giá trị b không hợp lệ"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if !fault.Is(two, fault.Invalid) || !fault.Is(fault.Join(b, b), fault.Conflict) {
		t.Error("wrong code of joined rows")
	}
	nested := fault.New(fault.Invalid, msgFile).With(a, fault.New(fault.Invalid, msgFile).With(b, a))
	rows := fault.Rows(fmt.Errorf("import: %w", nested))
	if len(rows) != 3 || rows[0] != a || rows[1] != b || rows[2] != a {
		t.Errorf("rows: %v", rows)
	}
	if fault.Rows(nil) != nil || fault.Rows(fs.ErrExist) != nil {
		t.Error("rows out of nothing")
	}
}

func TestClip(t *testing.T) {
	if got := fault.Clip("Hà Giang"); got != "Hà Giang" {
		t.Errorf("short text changed: %q", got)
	}
	if whole := strings.Repeat("ắ", 40); fault.Clip(whole) != whole {
		t.Error("40 characters were cut")
	}
	got := fault.Clip(strings.Repeat("ắ", 41))
	if want := strings.Repeat("ắ", 39) + "…"; got != want {
		t.Errorf("got %q", got)
	}
	if !utf8.ValidString(fault.Clip("\xff\xfe" + strings.Repeat("\xff", 100))) {
		t.Error("broken bytes came through")
	}
}

func FuzzClip(f *testing.F) {
	f.Add("Minh Dân")
	f.Add(strings.Repeat("ẫ\xff", 60))
	f.Fuzz(func(t *testing.T, s string) {
		got := fault.Clip(s)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > 40 || fault.Clip(got) != got {
			t.Errorf("Clip(%q) = %q", s, got)
		}
	})
}

func FuzzVietnamese(f *testing.F) {
	f.Add("không có {a} và {b}", "x")
	f.Add("{{a}}{", "{a}")
	f.Fuzz(func(t *testing.T, text, value string) {
		got := fault.New(fault.Invalid, fault.Msg{Key: "k", Text: text}, "a", value).Vietnamese()
		if want := strings.ReplaceAll(text, "{a}", value); got != want {
			t.Errorf("%q with a=%q: %q, want %q", text, value, got, want)
		}
	})
}
