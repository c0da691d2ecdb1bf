package htmltest_test

import (
	"strings"
	"testing"

	"giuchuan/internal/platform/web/htmltest"
)

const good = `<!doctype html><html lang="vi"><head><title>T</title></head><body><main><h1>A</h1>%</main></body></html>`

func TestFaultsFindsWhatAPersonStumblesOver(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"nothing":          {``, ""},
		"second h1":        {`<h1>B</h1>`, "2 h1"},
		"skipped level":    {`<h3>B</h3>`, "level 1"},
		"no label":         {`<input id="a" name="a">`, "no label"},
		"label":            {`<label for="a">A</label><input id="a" name="a">`, ""},
		"label around":     {`<label>A <input name="a"></label>`, ""},
		"hidden field":     {`<input type="hidden" name="a">`, ""},
		"twice the id":     {`<p id="a">x</p><p id="a">y</p>`, "twice"},
		"dangling label":   {`<label for="b">B</label>`, "not there"},
		"dangling hint":    {`<p aria-describedby="b">B</p>`, "not there"},
		"dangling link":    {`<a href="#b">B</a>`, "not there"},
		"empty link":       {`<a href="/"></a>`, "no text"},
		"style":            {`<p style="x">x</p>`, "style attribute"},
		"style element":    {`<style>p{}</style>`, "style element"},
		"script":           {`<script>1</script>`, "inline script"},
		"own script":       {`<script src="/a.js"></script>`, ""},
		"onclick":          {`<p onclick="x()">x</p>`, "onclick"},
		"hx-on":            {`<p hx-on:click="x()">x</p>`, "hx-on:click"},
		"js:":              {`<p hx-vals="js:{}">x</p>`, "script in hx-vals"},
		"javascript:":      {`<a href="javascript:1">x</a>`, "script in href"},
		"picture":          {`<img src="/a.png">`, "no alt"},
		"foreign picture":  {`<img alt="" src="https://example.org/a.png">`, "another host"},
		"foreign link":     {`<a href="https://example.org/">x</a>`, ""},
		"table":            {`<table><tr><td>1</td></tr></table>`, "no th"},
		"fieldset":         {`<fieldset></fieldset>`, "no legend"},
		"scroll area":      {`<div class="scroll">x</div>`, "role=region"},
		"good scroll area": {`<div class="scroll" tabindex="0" role="region" aria-label="A">x</div>`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			faults := strings.Join(htmltest.Faults(strings.Replace(good, "%", c.in, 1)), "; ")
			if (c.want == "") != (faults == "") || !strings.Contains(faults, c.want) {
				t.Errorf("faults %q, want %q", faults, c.want)
			}
		})
	}
}

func TestFaultsOfTheWholePage(t *testing.T) {
	faults := strings.Join(htmltest.Faults(`<html><body><p>x</p></body></html>`), "; ")
	for _, want := range []string{"doctype", "0 h1", "0 main", "no title", "lang"} {
		if !strings.Contains(faults, want) {
			t.Errorf("faults %q do not name %q", faults, want)
		}
	}
}

func TestVisible(t *testing.T) {
	if got := htmltest.Visible(strings.Replace(good, "%", "<p>hai  <b>ba</b></p>", 1)); got != "Ahai ba" {
		t.Errorf("visible text %q", got)
	}
}
