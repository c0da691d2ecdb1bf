package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"giuchuan/internal/platform/db"
)

// How long things are tried.
const (
	mostTries  = 8
	mostAge    = 3 * 24 * time.Hour  // a server that cannot be reached for so long: given up
	keepFor    = 30 * 24 * time.Hour // what was sent or given up is then forgotten
	lease      = 10 * time.Minute    // a courier that died in the middle
	atOnce     = 50                  // letters of one round
	firstPause = time.Minute         // after the server could not be reached
	mostPause  = 15 * time.Minute
)

// wait is how long a letter rests after so many tries.
func wait(tries int) time.Duration {
	steps := []time.Duration{
		time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
	}
	return steps[min(max(tries, 1), len(steps))-1]
}

// Queue puts a message into the outbox, in the transaction of the command that
// causes it. A wrong address is refused.
func (s Server) Queue(tx *db.Tx, m Message) error {
	if !s.Enabled() {
		return nil
	}
	m, err := m.tidy()
	if err != nil {
		return err
	}
	if err := s.Takes(m.To); err != nil {
		return err
	}
	return insert(tx, tx.NewID(), m)
}

// Courier sends what is in the outbox. Several may run, on several nodes.
type Courier struct {
	DB     *db.DB
	Server Server
	Now    func() time.Time
	Log    *slog.Logger // gets no address and no text

	mu    sync.Mutex
	pause time.Duration
	until time.Time // the server is left alone
}

// Run sends at every tick until ctx ends.
func (c *Courier) Run(ctx context.Context, ticks <-chan time.Time) {
	if !c.Server.Enabled() {
		return
	}
	for {
		if n, err := c.Deliver(ctx); err != nil && ctx.Err() == nil {
			c.Log.Error("send mail", "error", c.clean(err))
		} else if n > 0 {
			c.Log.Info("mail sent", "letters", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		}
	}
}

// Deliver sends what is due and tells how many were taken.
func (c *Courier) Deliver(ctx context.Context) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.Now()
	if !c.Server.Enabled() || now.Before(c.until) {
		return 0, nil
	}
	var letters []letter
	err := c.DB.Read(ctx, func(tx *db.Tx) (err error) {
		letters, err = due(tx, now, atOnce)
		return err
	})
	if err != nil || len(letters) == 0 {
		return 0, err
	}
	talk, err := c.Server.dial(ctx)
	if err != nil {
		return 0, errors.Join(err, c.unreachable(ctx, err))
	}
	c.pause, c.until = 0, time.Time{}
	defer talk.end()
	n := 0
	for _, l := range letters {
		taken, more, err := c.one(ctx, talk, l)
		if taken {
			n++
		}
		if err != nil || !more {
			return n, err
		}
	}
	return n, nil
}

// unreachable notes why nothing was sent, gives up what has waited too long and
// leaves the server alone for a while.
func (c *Courier) unreachable(ctx context.Context, cause error) error {
	c.pause = min(max(2*c.pause, firstPause), mostPause)
	now := c.Now()
	c.until = now.Add(c.pause)
	return c.DB.Keep(ctx, func(tx *db.Tx) error {
		return markWaiting(tx, now, c.clean(cause))
	})
}

// one sends a letter that is still to be sent: taken when the server has it,
// more when the conversation can go on.
func (c *Courier) one(ctx context.Context, talk *session, l letter) (taken, more bool, err error) {
	mine := false
	err = c.DB.Keep(ctx, func(tx *db.Tx) (err error) {
		mine, err = claim(tx, l, tx.Now().Add(lease))
		return err
	})
	if err != nil || !mine {
		return false, err == nil, err
	}
	data, err := l.encode(l.id, talk.target.from, c.Now())
	if err == nil {
		err = talk.send(l.To, data)
	}
	// The note is made even when the program is asked to stop: the server has the letter.
	noted := context.WithoutCancel(ctx)
	if err == nil {
		return true, true, c.DB.Keep(noted, func(tx *db.Tx) error { return markSent(tx, l.id) })
	}
	state, next := queued, c.Now().Add(wait(l.tries+1))
	if errors.Is(err, errRefused) || l.tries+1 >= mostTries {
		state, next = failed, c.Now()
	}
	if err := c.DB.Keep(noted, func(tx *db.Tx) error { return markFailed(tx, l.id, state, c.clean(err), next) }); err != nil {
		return false, false, err
	}
	c.Log.Warn("mail not sent", "letter", l.id, "try", l.tries+1, "given_up", state == failed, "error", c.clean(err))
	return false, talk.reset() == nil, nil
}

// clean is an error as it may be kept and logged: one line, without the password
// in whatever form a server may say it back.
func (c *Courier) clean(err error) string {
	text := oneLine(err.Error(), 300)
	if secret := string(c.Server.Password); secret != "" {
		plain := base64.StdEncoding.EncodeToString([]byte("\x00" + c.Server.User + "\x00" + secret))
		for _, s := range []string{plain, base64.StdEncoding.EncodeToString([]byte(secret)), secret} {
			text = strings.ReplaceAll(text, s, "***")
		}
	}
	return text
}

// Status is how the outbox stands.
type Status struct {
	Queued, Sent, Failed int64
	Troubles             []Trouble // what was given up or has met an error, the latest first
}

// Trouble is a letter that could not be sent so far. It has no address.
type Trouble struct {
	ID      string
	Account string
	Subject string
	GivenUp bool
	Tries   int
	Made    time.Time
	Next    time.Time
	Why     string
}

// Look tells how the outbox stands.
func Look(tx *db.Tx) (s Status, err error) {
	counts, err := db.Collect(tx, scanCount, countQuery)
	if err != nil {
		return s, err
	}
	for _, c := range counts {
		switch c.state {
		case queued, sending:
			s.Queued += c.letters
		case sent:
			s.Sent += c.letters
		case failed:
			s.Failed += c.letters
		}
	}
	s.Troubles, err = db.Collect(tx, scanTrouble, troubleQuery, failed, queued, sending, 100)
	return s, err
}

// Again puts what was given up back into the outbox and tells how many.
func Again(ctx context.Context, d *db.DB) (n int64, err error) {
	err = d.Keep(ctx, func(tx *db.Tx) error {
		n, err = tx.Exec(againQuery, queued, tx.Now(), failed)
		return err
	})
	return n, err
}

// Purge forgets what was sent or given up long ago.
func Purge(ctx context.Context, d *db.DB, now time.Time) error {
	return d.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(purgeQuery, sent, failed, now.Add(-keepFor))
		return err
	})
}
