package entries

import (
	"context"
	"sync"
	"time"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
)

// Check runs "Kiểm tra toàn vẹn dữ liệu" in the background, one at a time, and
// remembers how the last one ended. It is safe for many goroutines.
type Check struct {
	life   context.Context // ends when the server stops
	d      *db.DB
	tables []*db.Table

	mu    sync.Mutex
	state State
}

// State is where the check is.
type State struct {
	Running bool
	Started time.Time // zero = none ran since the server began
	Ended   time.Time
	By      string // who started it
	Done    int64  // entries read so far
	Of      int64  // entries when it started
	Report  journal.Report
	Err     error // what is wrong; nil = sound
}

// NewCheck makes the check of a database; life ends with the server.
func NewCheck(life context.Context, d *db.DB, tables []*db.Table) *Check {
	return &Check{life: life, d: d, tables: tables}
}

// State tells how far the check is.
func (c *Check) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

// Start begins a check unless one is under way. It does not wait for its end.
func (c *Check) Start(ctx context.Context, by string) error {
	var at time.Time
	var head journal.Head
	err := c.d.Read(ctx, func(tx *db.Tx) (err error) {
		at = tx.Now()
		head, err = journal.ReadHead(tx)
		return err
	})
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state.Running {
		return nil
	}
	c.state = State{Running: true, Started: at, By: by, Of: head.Size}
	go c.run()
	return nil
}

// run reads everything on one snapshot.
func (c *Check) run() {
	report, err := journal.VerifyWatched(c.life, c.d, journal.Scope{Tables: c.tables, Watch: func(n int64) {
		c.mu.Lock()
		c.state.Done = n
		c.mu.Unlock()
	}})
	ended := c.now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state.Running, c.state.Report, c.state.Err, c.state.Ended = false, report, err, ended
	c.state.Done = report.Head.Size
}

// now is the database's clock; when it cannot be read the instant is not known.
func (c *Check) now() (at time.Time) {
	err := c.d.Read(c.life, func(tx *db.Tx) error {
		at = tx.Now()
		return nil
	})
	if err != nil {
		return time.Time{}
	}
	return at
}
