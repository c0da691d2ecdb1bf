package worksheetweb

import "testing"

// Text is escaped wherever it stands in a row; markup is not.
func TestRowsEscapeText(t *testing.T) {
	var b rows
	b.put(`<td>`, `a<b>&'"`, `</td><td>`, `Tỷ lệ ≥ 90 %`, `</td>`)
	if got, want := b.String(), `<td>a&lt;b&gt;&amp;&#39;&#34;</td><td>Tỷ lệ ≥ 90 %</td>`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
