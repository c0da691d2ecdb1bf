package criteriaweb_test

import (
	"testing"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/criteria/criteriaweb"
)

func TestVerdictsAreSaidInOneWay(t *testing.T) {
	for v, want := range map[law.Verdict]struct {
		text string
		tone web.Tone
	}{
		law.Met: {"Đạt", web.ToneOK}, law.Unmet: {"Chưa đạt", web.ToneRisk},
		law.Unknown: {"Chưa đủ số liệu", web.ToneNone}, law.NotApplicable: {"Không áp dụng", web.ToneOK},
	} {
		if criteriaweb.Verdict(v) != want.text || criteriaweb.Tone(v) != want.tone {
			t.Errorf("%s: %q, %q", v, criteriaweb.Verdict(v), criteriaweb.Tone(v))
		}
	}
}
