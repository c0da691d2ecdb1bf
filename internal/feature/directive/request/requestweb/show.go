package requestweb

import (
	"strconv"

	"giuchuan/internal/feature/directive/request"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/web"
)

func itoa64(n int64) string { return strconv.FormatInt(n, 10) }

// seen is the draft as the person saw it, 0 when the form was tampered with.
func seen(f *web.Form) int64 {
	n, err := strconv.ParseInt(f.Value("ban"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func tone(s request.State) web.Tone {
	switch s {
	case request.Given:
		return web.ToneOK
	case request.Declined:
		return web.ToneNone
	}
	return web.ToneWait
}

func capital(s string) string { return vntext.Capital(s) }

// wish is what the author would like: body and day.
func (l *line) wish() string {
	text := ""
	if l.agency != "" {
		text = l.agency
	}
	if l.Due != day.None {
		if text != "" {
			text += ", "
		}
		text += "thời hạn " + l.Due.Vietnamese()
	}
	return text
}
