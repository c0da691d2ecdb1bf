package db

import (
	"context"
	"database/sql/driver"
	"strings"
)

// stmtLimit bounds the prepared statements kept per SQLite connection.
const stmtLimit = 256

// cachingConnector opens SQLite connections that keep their prepared
// statements: parsing costs more than most of our statements do.
type cachingConnector struct{ driver.Connector }

func (c cachingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	base, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &cachingConn{fullConn: base.(fullConn), stmts: map[string]*keptStmt{}}, nil
}

// fullConn is what the SQLite driver's connections implement.
type fullConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// fullStmt is what the SQLite driver's statements implement.
type fullStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type cachingConn struct {
	fullConn
	stmts map[string]*keptStmt
}

type keptStmt struct {
	fullStmt
	busy bool // rows are being read from it
}

// Unwrap lets the driver's own helpers find its connection.
func (c *cachingConn) Unwrap() driver.Conn { return c.fullConn }

// Close finalizes the kept statements, then the connection.
func (c *cachingConn) Close() error {
	for _, s := range c.stmts {
		_ = s.fullStmt.Close() // the connection's own Close reports what matters
	}
	clear(c.stmts)
	return c.fullConn.Close()
}

// BeginTx begins a transaction that only reads through kept statements, since
// every page begins one: it takes no lock and waits for nobody, so no context
// cuts it short. The driver begins those that write.
func (c *cachingConn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	if !opts.ReadOnly {
		return c.fullConn.BeginTx(ctx, opts)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	_, err := c.ExecContext(context.Background(), "BEGIN", nil)
	return readTx{c}, err
}

// readTx is a transaction that only reads.
type readTx struct{ c *cachingConn }

// Commit ends it.
func (t readTx) Commit() error { return t.Rollback() }

// Rollback ends it.
func (t readTx) Rollback() error {
	_, err := t.c.ExecContext(context.Background(), "ROLLBACK", nil)
	return err
}

// ExecContext runs query through its kept statement.
func (c *cachingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.keep(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.fullConn.ExecContext(ctx, query, args)
	}
	return s.ExecContext(ctx, args)
}

// QueryContext runs query through its kept statement.
func (c *cachingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.keep(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.fullConn.QueryContext(ctx, query, args)
	}
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return &keptRows{Rows: rows, stmt: s}, nil
}

// keptRows gives its statement back when closed.
type keptRows struct {
	driver.Rows
	stmt *keptStmt
}

// Close resets the statement and marks it free.
func (r *keptRows) Close() error {
	r.stmt.busy = false
	return r.Rows.Close()
}

// keep returns the kept statement of query, preparing it on first use; nil
// when the query is not worth keeping or its statement is being read from.
func (c *cachingConn) keep(ctx context.Context, query string) (*keptStmt, error) {
	if s := c.stmts[query]; s != nil {
		if s.busy {
			return nil, nil
		}
		return s, nil
	}
	if !worthKeeping(query) {
		return nil, nil
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	c.evict()
	s := &keptStmt{fullStmt: prepared.(fullStmt)}
	c.stmts[query] = s
	return s, nil
}

// evict makes room for one more statement.
func (c *cachingConn) evict() {
	if len(c.stmts) < stmtLimit {
		return
	}
	for query, s := range c.stmts {
		if !s.busy {
			_ = s.fullStmt.Close() // it only fails with the error of its last run
			delete(c.stmts, query)
			return
		}
	}
}

// worthKeeping tells single data statements from scripts, DDL and pragmas.
func worthKeeping(query string) bool {
	switch word := firstWord(query); word {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH":
		return !strings.Contains(query, ";")
	case "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN":
		return true
	}
	return false
}

// firstWord gives the first word of a statement in upper case.
func firstWord(query string) string {
	query = strings.TrimLeft(query, " \t\r\n")
	end := strings.IndexAny(query, " \t\r\n;(")
	if end < 0 {
		end = len(query)
	}
	return strings.ToUpper(query[:end])
}
