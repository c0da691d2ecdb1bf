package vntext_test

import (
	"reflect"
	"regexp"
	"testing"

	"giuchuan/internal/kernel/vntext"
)

func TestLazyPatternFindsWhatTheExpressionFinds(t *testing.T) {
	const expression, text = `ngày (\d+)`, "từ ngày 01 đến ngày 15"
	p, re := vntext.Lazy(expression), regexp.MustCompile(expression)
	for name, got := range map[string][2]any{
		"match":         {p.MatchString(text), re.MatchString(text)},
		"index":         {p.FindStringIndex(text), re.FindStringIndex(text)},
		"all":           {p.FindAllStringIndex(text, -1), re.FindAllStringIndex(text, -1)},
		"groups":        {p.FindStringSubmatch(text), re.FindStringSubmatch(text)},
		"group index":   {p.FindStringSubmatchIndex(text), re.FindStringSubmatchIndex(text)},
		"all groups":    {p.FindAllStringSubmatchIndex(text, 1), re.FindAllStringSubmatchIndex(text, 1)},
		"replaced":      {p.ReplaceAllString(text, "hôm $1"), re.ReplaceAllString(text, "hôm $1")},
		"nothing there": {p.FindStringIndex("không"), re.FindStringIndex("không")},
	} {
		if !reflect.DeepEqual(got[0], got[1]) {
			t.Errorf("%s: %v, want %v", name, got[0], got[1])
		}
	}
}

func TestLazyPatternPanicsWhenFirstUsed(t *testing.T) {
	p := vntext.Lazy(`(`)
	defer func() {
		if recover() == nil {
			t.Error("a wrong expression was used")
		}
	}()
	p.MatchString("x")
}
