package account

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"giuchuan/internal/kernel/fault"
)

// pace is how attempts are slowed down: some are free, then each one doubles
// the wait.
type pace struct {
	free        int
	first, most time.Duration
	quiet       time.Duration // after so long without an attempt all is forgotten
}

// An account bears 13 attempts in an hour whatever the number of addresses
// (the figure is tested); an address, behind which an office of many may sit,
// 30 failures before it waits.
var (
	accountPace = pace{free: 5, first: 30 * time.Second, most: 15 * time.Minute, quiet: time.Hour}
	addressPace = pace{free: 30, first: time.Minute, most: 30 * time.Minute, quiet: time.Hour}
)

var (
	msgSlow = fault.Msg{Key: "account.slow", Text: "đã thử sai nhiều lần; hãy đợi {wait} rồi thử lại"}
	msgBusy = fault.Msg{Key: "account.busy", Text: "máy chủ đang bận; hãy thử lại sau ít giây"}
)

// throttle is what is remembered of the attempts under a key.
type throttle struct {
	failures int
	last     time.Time
	open     time.Time // no attempt is taken before
}

// try takes one more attempt at an instant, or says how long to wait. An
// attempt counts as failed until it is taken back, so that attempts at the same
// moment do not slip through together.
func (t throttle) try(now time.Time, p pace) (throttle, time.Duration) {
	if wait := t.open.Sub(now); wait > 0 {
		return t, wait
	}
	after := t.last
	if t.open.After(after) {
		after = t.open
	}
	if now.Sub(after) > p.quiet {
		t.failures = 0
	}
	t.failures++
	t.last = now
	if t.failures >= p.free {
		wait := p.first << min(t.failures-p.free, 20)
		t.open = now.Add(min(wait, p.most))
	}
	return t, 0
}

// takeBack undoes one attempt that succeeded.
func (t throttle) takeBack() throttle {
	t.failures = max(t.failures-1, 0)
	t.open = time.Time{}
	return t
}

// slow is the answer to an attempt that comes too early.
func slow(wait time.Duration) error {
	text := fmt.Sprintf("%d giây", int(wait.Seconds())+1)
	if wait > 90*time.Second {
		text = fmt.Sprintf("%d phút", int(wait.Minutes())+1)
	}
	return fault.New(fault.Unavailable, msgSlow, "wait", text, "seconds", strconv.Itoa(int(wait.Seconds())+1))
}

// Wait tells whether an error asks to wait, and for how many seconds.
func Wait(err error) (seconds string, slow bool) {
	var f *fault.Error
	if !errors.As(err, &f) || f.Msg.Key != msgSlow.Key {
		return "", false
	}
	return f.Args["seconds"], true
}
