package cli

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// printHelp prints the help of the chosen command in Vietnamese.
func printHelp(_ kong.HelpOptions, ctx *kong.Context) error {
	w := ctx.Stdout
	node := ctx.Selected()
	if node == nil {
		node = ctx.Model.Node
	}
	usage := strings.NewReplacer("<command>", "<lệnh>", "[flags]", "[tùy chọn]").Replace(strings.TrimPrefix(node.Summary(), "giuchuan"))
	fmt.Fprintf(w, "Cách dùng: %s\n", strings.TrimSpace("giuchuan "+strings.TrimSpace(usage)))
	if node.Help != "" {
		fmt.Fprintf(w, "\n%s\n", node.Help)
	}
	if node.Detail != "" {
		fmt.Fprintf(w, "\n%s\n", node.Detail)
	}
	printArguments(w, node)
	printFlags(w, node)
	printCommands(w, node)
	return nil
}

func printArguments(w io.Writer, node *kong.Node) {
	var rows [][]string
	for _, p := range node.Positional {
		rows = append(rows, []string{"  " + p.Summary(), p.Help})
	}
	printSection(w, "Tham số", rows)
}

func printFlags(w io.Writer, node *kong.Node) {
	var rows [][]string
	for _, group := range node.AllFlags(true) {
		for _, f := range group {
			name := "--" + f.Name
			if f.Short != 0 {
				name = "-" + string(f.Short) + ", " + name
			}
			if !f.IsBool() {
				name += " " + f.FormatPlaceHolder()
			}
			rows = append(rows, []string{"  " + name, flagHelp(f.Value)})
		}
	}
	printSection(w, "Tùy chọn", rows)
}

func printCommands(w io.Writer, node *kong.Node) {
	var rows [][]string
	for _, leaf := range node.Leaves(true) {
		rows = append(rows, []string{"  " + strings.TrimPrefix(leaf.FullPath(), "giuchuan "), leaf.Help})
	}
	printSection(w, "Các lệnh", rows)
}

func printSection(w io.Writer, title string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s:\n", title)
	writeTable(w, rows)
}

// flagHelp is a flag's help with what it takes when it is left out.
func flagHelp(v *kong.Value) string {
	text := v.Help
	if v.Name == "help" {
		text = "In hướng dẫn này."
	}
	if v.HasDefault && v.Default != "" && !v.IsBool() {
		text += " (mặc định: " + v.Default + ")"
	}
	if v.Required && v.Flag != nil {
		text += " (bắt buộc)"
	}
	return text
}

// usagePatterns turn the parser's sentences into Vietnamese.
var usagePatterns = []struct {
	pattern *regexp.Regexp
	text    string
}{
	{regexp.MustCompile(`^missing flags: (.*)$`), "thiếu tùy chọn bắt buộc: $1"},
	{regexp.MustCompile(`^unknown flag (\S+), did you mean (one of )?(.*)\?$`), "không có tùy chọn $1; có phải $3?"},
	{regexp.MustCompile(`^unknown flag (\S+)`), "không có tùy chọn $1"},
	{regexp.MustCompile(`^--(\S+): expected a valid .* but got (.*)$`), "--$1 cần một số nguyên không âm, không nhận $2"},
	{regexp.MustCompile(`^unexpected argument (\S+), did you mean (one of )?(.*)\?$`), "không hiểu “$1”; có phải $3?"},
	{regexp.MustCompile(`^unexpected argument (.*)$`), "thừa tham số “$1”"},
	{regexp.MustCompile(`^expected one of (.*)$`), "cần một trong các lệnh: $1"},
	{regexp.MustCompile(`^expected "?(<.*>)"?.*$`), "thiếu tham số $1"},
	{regexp.MustCompile(`^expected (.*)$`), "thiếu $1"},
	{regexp.MustCompile(`^missing positional arguments (.*)$`), "thiếu tham số $1"},
	{regexp.MustCompile(`^(\S+) must be one of (.*) but got (.*)$`), "$1 nhận một trong: $2; không nhận $3"},
	{regexp.MustCompile(`^(\S+) and (\S+) can't be used together$`), "không dùng $1 cùng với $2"},
	{regexp.MustCompile(`^(\S+): (?:expected|missing) .*value.*$`), "tùy chọn $1 cần một giá trị"},
	{regexp.MustCompile(`^no command selected$`), "chưa chọn lệnh"},
	{regexp.MustCompile(`^(\S+): (.*)$`), "$1: $2"},
}

// usageText is a parse error in Vietnamese.
func usageText(err error) string {
	text := err.Error()
	if word, ok := strings.CutPrefix(text, "unexpected argument "); ok && wantsCommand(err) {
		word, near, similar := strings.Cut(word, ", did you mean ")
		if similar {
			return "không có lệnh “" + word + "”; có phải " + strings.TrimPrefix(near, "one of ")
		}
		return "không có lệnh “" + word + "”"
	}
	for _, p := range usagePatterns {
		if p.pattern.MatchString(text) {
			return p.pattern.ReplaceAllString(text, p.text)
		}
	}
	return "dòng lệnh không hợp lệ: " + text
}

// helpPath is the command whose help explains a parse error.
func helpPath(err error) string {
	var parse *kong.ParseError
	if !errors.As(err, &parse) || parse.Context == nil || parse.Context.Selected() == nil {
		return ""
	}
	return strings.TrimPrefix(parse.Context.Selected().FullPath(), "giuchuan ") + " "
}

// wantsCommand tells whether a parse stopped where a command was to follow.
func wantsCommand(err error) bool {
	var parse *kong.ParseError
	if !errors.As(err, &parse) || parse.Context == nil {
		return false
	}
	node := parse.Context.Selected()
	return node == nil || len(node.Children) > 0
}
