package db

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"giuchuan/internal/kernel/fault"
)

// batcher is the part of DB that orders and commits writes.
type batcher struct {
	queue     chan *call
	exclusive chan *call
	quit      chan struct{} // closed by stop
	gone      chan struct{} // closed when the last batch is over
	once      sync.Once
	stopped   atomic.Pointer[fault.Error] // why no write is accepted any more
	layouts   sync.Map                    // *Table -> *layout
}

// call is one closure on its way through the batcher. The closure runs on its
// caller's goroutine, in the turn the batcher gives it.
type call struct {
	ctx    context.Context
	cmd    Command
	fn     func(*Tx) error
	load   bool         // rows of a backup: no entry, a batch of its own
	keep   bool         // operational tables only: no entry
	state  atomic.Int32 // waiting, taken or withdrawn
	turn   chan *Tx
	ran    chan error
	done   chan error
	exited bool  // the caller's goroutine is gone
	err    error // of the closure's last run
}

const (
	waiting int32 = iota
	taken
	withdrawn
)

// Write runs fn as one command: all its effects and its journal entry become
// durable together, or none does, and Write answers only after that.
//
// Many commands share one commit, so fn may be run a second time after a
// failure of another command; it touches nothing but tx. It never calls Write
// or Read of the same DB. A cancelled ctx keeps fn from starting; once started
// fn is carried through and Write reports what became of it.
func (d *DB) Write(ctx context.Context, cmd Command, fn func(tx *Tx) error) error {
	if cmd.Actor == "" || cmd.Name == "" {
		return errors.New("db: a command needs an actor and a name")
	}
	for _, s := range []string{cmd.Actor, cmd.Name, cmd.Scope, string(cmd.Body)} {
		if strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) {
			return fault.New(fault.Invalid, msgValue, "reason", "nội dung lệnh không phải văn bản UTF-8")
		}
	}
	return d.submit(d.queue, &call{ctx: ctx, cmd: cmd, fn: fn})
}

// Keep runs fn durably, in the order of all writes, without a journal entry:
// for operational tables that are changed in place (sessions, throttles,
// one-time tokens). It refuses Insert: business rows belong to a command.
func (d *DB) Keep(ctx context.Context, fn func(tx *Tx) error) error {
	return d.submit(d.queue, &call{ctx: ctx, fn: fn, keep: true})
}

// Load runs fn in one transaction without a journal entry, to put back the
// rows of a backup. It refuses a database that already has entries.
func (d *DB) Load(ctx context.Context, fn func(tx *Tx) error) error {
	return d.submit(d.exclusive, &call{ctx: ctx, fn: fn, load: true})
}

func (d *DB) submit(queue chan<- *call, c *call) error {
	c.turn, c.ran, c.done = make(chan *Tx), make(chan error), make(chan error, 1)
	cancelled := c.ctx.Done()
	if c.ctx.Err() != nil {
		return cancelledFault(c.ctx)
	}
	select {
	case queue <- c:
	case <-cancelled:
		return cancelledFault(c.ctx)
	case <-d.quit:
		return fault.New(fault.Unavailable, msgClosed)
	}
	for {
		select {
		case tx := <-c.turn:
			c.run(tx)
		case err := <-c.done:
			return err
		case <-cancelled:
			if c.state.CompareAndSwap(waiting, withdrawn) {
				return cancelledFault(c.ctx)
			}
			cancelled = nil
		case <-d.gone:
			select {
			case err := <-c.done:
				return err
			default:
				return fault.New(fault.Unavailable, msgClosed)
			}
		}
	}
}

func cancelledFault(ctx context.Context) error {
	return fault.New(fault.Unavailable, msgCancelled).Wrap(context.Cause(ctx))
}

// run runs the closure and tells the batcher how it ended, even by a panic or
// by the end of the goroutine.
func (c *call) run(tx *Tx) {
	err := errExit
	defer func() {
		if p := recover(); p != nil {
			err = fault.New(fault.Internal, msgPanic).Wrap(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
		c.ran <- err
	}()
	err = c.fn(tx)
}

// take claims c for a batch; false when its caller has left or its context is
// dead (then it is answered here).
func (c *call) take() bool {
	if !c.state.CompareAndSwap(waiting, taken) {
		return false
	}
	if c.ctx.Err() != nil {
		c.done <- cancelledFault(c.ctx)
		return false
	}
	return true
}

func (d *DB) start() {
	d.queue = make(chan *call, 1024)
	d.exclusive = make(chan *call)
	d.quit = make(chan struct{})
	d.gone = make(chan struct{})
	go d.loop()
}

func (d *DB) stop() {
	d.once.Do(func() { close(d.quit) })
	<-d.gone
}

// loop serves batches one after another until the database is closed.
func (d *DB) loop() {
	defer close(d.gone)
	for {
		select {
		case <-d.quit:
			return
		case c := <-d.queue:
			d.serve(c)
		case c := <-d.exclusive:
			if c.take() {
				d.alone(c)
			}
		}
	}
}
