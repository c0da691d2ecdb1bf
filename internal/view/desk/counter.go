package desk

import (
	"context"
	"slices"
	"sync"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
)

// Counter keeps the inbox of people who were lately here, so that every page can
// say how much waits: it is computed again when the board has moved on.
type Counter struct {
	desk *Desk

	mu   sync.Mutex
	kept map[string]kept
}

// kept is an inbox and what it was computed from.
type kept struct {
	position int64
	today    day.Day
	grants   []authz.Grant
	inbox    *Inbox
}

// mostKept bounds the people whose inbox is kept.
const mostKept = 2000

// NewCounter makes a counter.
func NewCounter(d *Desk) *Counter { return &Counter{desk: d, kept: map[string]kept{}} }

// Inbox gives a person's inbox as of the board's position.
func (c *Counter) Inbox(ctx context.Context, p Person) (*Inbox, error) {
	position, _ := c.desk.Board.Position()
	c.mu.Lock()
	old, ok := c.kept[p.ID]
	c.mu.Unlock()
	if ok && old.position == position && old.today == p.Today && slices.EqualFunc(old.grants, p.Grants, sameGrant) {
		return old.inbox, nil
	}
	x, err := c.desk.Inbox(ctx, p)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.kept) >= mostKept {
		clear(c.kept)
	}
	c.kept[p.ID] = kept{position, p.Today, slices.Clone(p.Grants), x}
	return x, nil
}

func sameGrant(a, b authz.Grant) bool {
	return a.Role == b.Role && a.Place == b.Place && a.Unit == b.Unit && slices.Equal(a.Fields, b.Fields)
}
