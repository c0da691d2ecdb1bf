package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/kernel/fault"
)

// batchTime is how long a batch goes on taking closures; one that is running
// is never cut short.
const batchTime = 10 * time.Millisecond

// batchSize bounds the closures of a batch. On PostgreSQL each one is a
// subtransaction, and past 64 of them every reader has to look them up on disk.
func (d *DB) batchSize() int {
	if d.engine == Postgres {
		return 60
	}
	return 256
}

// fate is what became of a batch's transaction.
type fate int

const (
	committed fate = iota // durable
	undone                // certainly not committed
	doubtful              // nobody can say
)

// batch is one transaction on the writer's connection.
type batch struct {
	d        *DB
	ctx      context.Context
	conn     *sql.Conn
	tx       *sql.Tx
	xid      string // PostgreSQL: to ask for the outcome after a lost connection
	position int64
	at       time.Time
	entries  []Entry
	loading  bool
	kept     bool  // a closure without entry was carried out
	broken   error // the transaction or the savepoint is gone
}

// serve runs first and whatever else waits as one batch, and answers all.
func (d *DB) serve(first *call) {
	if !first.take() {
		return
	}
	calls := []*call{first}
	b, err := d.begin(first.load)
	if err != nil {
		first.done <- err
		return
	}
	started := time.Now()
	b.run(first)
	for b.broken == nil && len(calls) < d.batchSize() && time.Since(started) < batchTime {
		c := d.next()
		if c == nil {
			break
		}
		if c.take() {
			calls = append(calls, c)
			b.run(c)
		}
	}
	outcome, err := b.finish()
	lost := d.engine == Postgres && first.err == nil && isConnDoubt(err)
	if outcome == undone && (len(calls) > 1 || lost) {
		for _, c := range calls {
			d.alone(c)
		}
		return
	}
	for _, c := range calls {
		c.answer(outcome, err)
	}
}

// next gives a waiting call, nil when there is none.
func (d *DB) next() *call {
	select {
	case c := <-d.queue:
		return c
	default:
		return nil
	}
}

// alone runs c in a transaction of its own.
func (d *DB) alone(c *call) {
	if c.exited {
		return
	}
	if c.ctx.Err() != nil {
		c.done <- cancelledFault(c.ctx)
		return
	}
	b, err := d.begin(c.load)
	if err != nil {
		c.done <- err
		return
	}
	b.run(c)
	outcome, err := b.finish()
	c.answer(outcome, err)
}

// answer tells the caller: its closure's own error first, else the batch's.
func (c *call) answer(outcome fate, err error) {
	switch {
	case c.exited:
	case c.err != nil:
		c.done <- c.err
	case outcome == committed:
		c.done <- nil
	default:
		c.done <- err
	}
}

// begin opens the batch's transaction and reads the journal's head. The
// context is the batch's own: no caller can cancel what others wait for.
func (d *DB) begin(loading bool) (*batch, error) {
	if why := d.stopped.Load(); why != nil {
		return nil, why
	}
	b := &batch{d: d, ctx: context.Background(), loading: loading}
	err := b.open()
	if d.engine == Postgres && isConnDoubt(err) { // a connection that died while idle; no closure has run yet
		b.rollback()
		b = &batch{d: d, ctx: context.Background(), loading: loading}
		err = b.open()
	}
	if err == nil && loading && b.position != 0 {
		err = errors.New("db: rows are loaded into an empty database only")
	}
	if err != nil {
		b.rollback()
		return nil, explain("begin", err)
	}
	return b, nil
}

func (b *batch) open() (err error) {
	if b.conn, err = b.d.writer.Conn(b.ctx); err != nil {
		return err
	}
	if b.tx, err = b.conn.BeginTx(b.ctx, nil); err != nil {
		return err
	}
	if b.d.engine == Postgres {
		if err = b.tx.QueryRowContext(b.ctx, openPostgresBatch, writeLock).Scan(&b.xid); err != nil {
			return err
		}
	}
	head := b.newTx(b.ctx)
	b.position, b.at, err = b.d.ledger.Head(head)
	return err
}

// writeLock is the advisory lock that one batch over all nodes holds.
const writeLock int64 = 0x6769754368 // "giuCh"

// openPostgresBatch takes the lock before anything is read: under READ
// COMMITTED the statements that follow see all that was committed before. It
// also makes sure that a commit is durable when it is answered, whatever the
// server's default, and names the transaction.
const openPostgresBatch = `
	SELECT pg_current_xact_id()::text
	FROM (SELECT pg_advisory_xact_lock($1::bigint),
	             set_config('synchronous_commit',
	                 CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
	                 ELSE current_setting('synchronous_commit') END, true)) AS locked`

// newTx makes a view of the batch's transaction.
func (b *batch) newTx(ctx context.Context) *Tx {
	return &Tx{db: b.d, ctx: ctx, sql: b.tx, conn: b.conn, now: b.at, position: b.position, writing: true}
}

// run gives c its turn inside a savepoint, and keeps its entry if it is
// accepted. b.broken is set when the transaction did not survive.
func (b *batch) run(c *call) {
	c.err = nil
	if b.broken = b.exec("SAVEPOINT command"); b.broken != nil {
		return
	}
	at := b.d.now().UTC().Truncate(time.Microsecond)
	if at.Before(b.at) {
		at = b.at
	}
	tx := b.newTx(context.WithoutCancel(c.ctx))
	tx.now = at
	if !c.load && !c.keep {
		tx.position++
		tx.digest = new(RowsDigest)
	}
	c.turn <- tx
	c.err = <-c.ran
	tx.end()
	c.exited = errors.Is(c.err, errExit)
	if c.err == nil {
		c.err = tx.err
	}
	var sum [32]byte
	if c.err == nil && tx.digest != nil {
		sum, c.err = tx.digest.Sum()
	}
	if c.err != nil {
		b.broken = b.exec("ROLLBACK TO SAVEPOINT command")
	}
	if b.broken == nil {
		b.broken = b.exec("RELEASE SAVEPOINT command")
	}
	if c.err != nil || b.broken != nil || c.load {
		return
	}
	if c.keep {
		b.kept = true
		return
	}
	b.position, b.at = tx.position, at
	b.entries = append(b.entries, Entry{
		Command: c.cmd, Position: tx.position, At: at, Rows: tx.digest.Rows(), RowsHash: sum,
	})
}

func (b *batch) exec(statement string) error {
	_, err := b.tx.ExecContext(b.ctx, statement)
	return err
}

// finish commits the batch, or undoes it when it is broken or empty.
func (b *batch) finish() (fate, error) {
	err := b.broken
	if err == nil && len(b.entries) > 0 {
		tx := b.newTx(b.ctx)
		if err = b.d.ledger.Append(tx, b.entries); err == nil {
			err = tx.err
		}
		if err == nil && b.d.engine == Postgres {
			_, err = b.tx.ExecContext(b.ctx, notify, strconv.FormatInt(b.position, 10))
		}
	}
	if err != nil || (len(b.entries) == 0 && !b.loading && !b.kept) {
		b.rollback()
		b.d.ledger.Settle(false)
		return undone, explain("write", err)
	}
	outcome, err := b.commit()
	b.d.ledger.Settle(outcome == committed)
	if outcome == committed {
		b.d.own.Store(b.position)
		b.d.tell()
	}
	return outcome, err
}

// commit makes the batch durable and says what became of it.
func (b *batch) commit() (fate, error) {
	err := b.tx.Commit()
	if err == nil {
		b.release(false)
		return committed, nil
	}
	b.release(b.d.engine == Postgres || isDiskFault(err))
	if isDiskFault(err) {
		why := fault.New(fault.Unavailable, msgStopped).Wrap(fmt.Errorf("db: commit: %w", err))
		b.d.stopped.Store(why)
		return doubtful, why
	}
	if b.d.engine == SQLite || !isConnDoubt(err) {
		return undone, explain("commit", err)
	}
	err = fmt.Errorf("db: commit: %w", err)
	switch b.askOutcome() {
	case committed:
		return committed, nil
	case undone:
		return undone, fault.New(fault.Unavailable, msgDown).Wrap(err)
	}
	return doubtful, fault.New(fault.Unavailable, msgUnknown).Wrap(err)
}

// askOutcome asks PostgreSQL, over a new connection, what became of the
// transaction whose commit was not answered.
func (b *batch) askOutcome() fate {
	deadline := time.Now().Add(15 * time.Second)
	for time.Now().Before(deadline) {
		var status sql.NullString
		err := b.d.writer.QueryRowContext(b.ctx, "SELECT pg_xact_status($1::text::xid8)", b.xid).Scan(&status)
		if err == nil && status.String == "committed" {
			return committed
		}
		if err == nil && status.String == "aborted" {
			return undone
		}
		time.Sleep(100 * time.Millisecond)
	}
	return doubtful
}

// rollback undoes the batch; a connection that cannot even do that is thrown
// away, lest the next batch begin inside the old transaction. That SQLite has
// undone the transaction by itself is well.
func (b *batch) rollback() {
	discard := true
	if b.tx != nil {
		err := b.tx.Rollback()
		discard = err != nil && !strings.Contains(err.Error(), "no transaction is active")
	}
	b.release(discard)
}

// release returns the connection to the pool, or ends it.
func (b *batch) release(discard bool) {
	if b.conn == nil {
		return
	}
	if discard {
		_ = b.conn.Raw(func(any) error { return driver.ErrBadConn }) // this is how the pool is told
	}
	_ = b.conn.Close() // ErrConnDone when discarded
	b.conn = nil
}
