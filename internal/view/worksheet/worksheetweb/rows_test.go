package worksheetweb

import (
	"strings"
	"testing"

	"giuchuan/internal/law"
)

// Text is escaped wherever it stands in a row; markup is not.
func TestRowsEscapeText(t *testing.T) {
	var page strings.Builder
	b := &rows{w: &page}
	b.put(`<tr>`)
	b.cell(`a<b>&'"`)
	b.cell(`Tỷ lệ ≥ 90 %`)
	if err := b.flush(); err != nil {
		t.Fatal(err)
	}
	if got, want := page.String(), `<tr><td>a&lt;b&gt;&amp;&#39;&#34;<td>Tỷ lệ ≥ 90 %`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// So is what a set says of itself.
func TestFixedMarkupIsEscaped(t *testing.T) {
	set := &law.Set{
		ID: "a&b", Criteria: []law.Criterion{{Code: "<1>", Name: `"Điện"`}},
		Indicators: []law.Indicator{{Code: "1<2", Name: "A & B"}},
	}
	f := fixedOf(&law.Library{Sets: []*law.Set{set}})["a&b"]
	if want := `<tr><td>1&lt;2<td>A &amp; B<td>`; f.lines[0] != want {
		t.Errorf("%s, want %s", f.lines[0], want)
	}
	if got, want := f.criteria[0][0], `<tbody><tr class="c"><th>&lt;1&gt;<th colspan="4"><a href="`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := f.criteria[0][1], `/&lt;1&gt;?bo=a&amp;b">&#34;Điện&#34;</a><td><span class="st st-`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
