package criteriaweb

import (
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/web"
)

// said are the verdicts with a capital; nothing writes to it.
var said = [...]string{
	law.Unknown:       vntext.Capital(law.Unknown.Vietnamese()),
	law.Met:           vntext.Capital(law.Met.Vietnamese()),
	law.Unmet:         vntext.Capital(law.Unmet.Vietnamese()),
	law.NotApplicable: vntext.Capital(law.NotApplicable.Vietnamese()),
}

// Verdict is a verdict as every page says it where it stands by itself: "Đạt".
func Verdict(v law.Verdict) string { return said[v] }

// Tone is the mark of a verdict: what does not apply counts as passed.
func Tone(v law.Verdict) web.Tone {
	switch v {
	case law.Met, law.NotApplicable:
		return web.ToneOK
	case law.Unmet:
		return web.ToneRisk
	}
	return web.ToneNone
}
