package cli

import (
	"errors"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// screen is where progress goes: standard error when a person looks at it.
func screen(env *Env) io.Writer {
	if f, ok := env.Stderr.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return f
	}
	return io.Discard
}

// spinner shows that work goes on whose length nobody knows, and, when written
// to, how many bytes it has made.
func spinner(env *Env, about string) *progressbar.ProgressBar {
	return byteBar(env, -1, about)
}

// byteBar shows how many of total bytes, -1 when unknown, were written to it.
func byteBar(env *Env, total int64, about string) *progressbar.ProgressBar {
	if total == 0 {
		total = -1 // a bar without length refuses to move
	}
	bar := progressbar.NewOptions64(total, progressbar.OptionSetWriter(screen(env)), progressbar.OptionSetDescription(about),
		progressbar.OptionShowBytes(total > 0), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
	_ = bar.RenderBlank() // without a screen nothing is lost
	return bar
}

// over ends a bar and takes it off the screen.
func over(bar *progressbar.ProgressBar, err error) error {
	return errors.Join(err, bar.Finish())
}
