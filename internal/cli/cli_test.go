package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"
)

func run(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	env := Env{
		Stdout: &out, Stderr: &errs, Getenv: func(string) string { return "" }, Version: "test",
		Now: func() time.Time { return time.Date(2024, 10, 1, 1, 0, 0, 0, time.UTC) },
	}
	code = Run(context.Background(), args, env)
	return code, out.String(), errs.String()
}

func TestUsageErrorsAreVietnamese(t *testing.T) {
	for _, tt := range []struct {
		args, want string
	}{
		{"evaluate", "thiếu tùy chọn bắt buộc: --date=NGÀY, --set=BỘ"},
		{"evaluate --set a --date 2024-10-01 --format pdf", "nhận một trong"},
		{"evaluate --sett a", "không có tùy chọn --sett; có phải"},
		{"rules", "cần một trong các lệnh"},
		{"rules shw", "không có lệnh “shw”; có phải"},
		{"journl", "không có lệnh “journl”"},
		{"places resolve", "thiếu tham số <tên>"},
		{"places list extra", "thừa tham số “extra”"},
		{"findings template --set a --district b --commune c -o d.xlsx", "không dùng --district cùng với --commune"},
		{"places list --at 2024-02-30", "2024-02-30"},
	} {
		code, stdout, stderr := run(strings.Fields(tt.args)...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, tt.want) {
			t.Errorf("%s: code %d, stdout %q, stderr %q, want %q", tt.args, code, stdout, stderr, tt.want)
		}
		for _, english := range []string{"missing", "unexpected", "expected", "unknown", "must be", "can't"} {
			if strings.Contains(stderr, english) {
				t.Errorf("%s: English in %q", tt.args, stderr)
			}
		}
	}
}

func TestEveryCommandHasVietnameseHelp(t *testing.T) {
	_, stdout, _ := run("--help")
	var commands []string
	for line := range strings.Lines(stdout) {
		if name, rest, ok := strings.Cut(strings.TrimSpace(line), "  "); ok && strings.HasPrefix(line, "  ") && !strings.HasPrefix(name, "-") {
			if strings.TrimSpace(rest) == "" {
				t.Errorf("%s has no help", name)
			}
			words := strings.Fields(name)
			for len(words) > 0 && strings.ContainsAny(words[len(words)-1], "<[-=(") {
				words = words[:len(words)-1]
			}
			commands = append(commands, strings.Join(words, " "))
		}
	}
	if len(commands) < 15 {
		t.Fatalf("only %d commands listed: %q", len(commands), commands)
	}
	for _, c := range commands {
		code, help, _ := run(append(strings.Fields(c), "--help")...)
		if code != exitDone || !strings.HasPrefix(help, "Cách dùng: giuchuan "+c) {
			t.Errorf("%s --help: code %d, %q", c, code, help)
		}
		for _, english := range []string{"Usage", "Flags:", "Show context", "Arguments", "<command>", "[flags]", "<file>"} {
			if strings.Contains(help, english) {
				t.Errorf("%s --help says %q", c, english)
			}
		}
	}
}

func TestInstant(t *testing.T) {
	for text, want := range map[string]string{
		"2024-10-01":       "2024-10-01T16:59:59.999999Z",
		"01/10/2024":       "2024-10-01T16:59:59.999999Z",
		"2024-10-01T08:30": "2024-10-01T01:30:00Z",
	} {
		got, err := instant(text)
		if err != nil || got.UTC().Format(time.RFC3339Nano) != want {
			t.Errorf("%s: %v, %v, want %s", text, got.UTC(), err, want)
		}
	}
	for _, text := range []string{"", "hôm qua", "2024-10-01T25:00", "2024-13-01"} {
		if got, err := instant(text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}
