package db

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// channel is where nodes over one PostgreSQL tell each other that the journal
// grew; the payload is the position it grew to.
const channel = "giuchuan_journal"

// notify tells the nodes that listen, once the batch is committed.
const notify = "SELECT pg_notify('" + channel + "', $1)"

// listenAgain is how long a lost listener waits before it connects again.
const listenAgain = 5 * time.Second

// Listen makes [DB.Committed] tell of what other nodes commit as well, until
// ctx ends. It holds one connection of its own; when that is lost, report hears
// of it and it is made again. Nothing rests on it: what it misses, who looks at
// the journal from time to time finds. On SQLite there is nobody to listen to.
func (d *DB) Listen(ctx context.Context, report func(error)) {
	for d.engine == Postgres && ctx.Err() == nil {
		err := d.listen(ctx)
		if ctx.Err() != nil {
			return
		}
		report(fmt.Errorf("db: listen for other nodes: %w", err))
		select {
		case <-ctx.Done():
		case <-time.After(listenAgain):
		}
	}
	<-ctx.Done()
}

// listen hears until the connection is lost or ctx ends.
func (d *DB) listen(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, d.direct)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "LISTEN "+channel)
	d.tell() // of what was committed while nobody listened
	for err == nil {
		err = d.hear(ctx, conn)
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	return errors.Join(err, conn.Close(end))
}

// hear takes one notification.
func (d *DB) hear(ctx context.Context, conn *pgx.Conn) error {
	n, err := conn.WaitForNotification(ctx)
	if err != nil {
		return err
	}
	if at, err := strconv.ParseInt(n.Payload, 10, 64); err == nil && at <= d.own.Load() {
		return nil // told already, by whoever committed it here
	}
	d.tell()
	return nil
}

// tell wakes whoever waits for [DB.Committed].
func (d *DB) tell() {
	select {
	case d.news <- struct{}{}:
	default: // somebody has still to look
	}
}
