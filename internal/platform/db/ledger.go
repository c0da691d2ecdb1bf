package db

import "time"

// Command says who does what. It becomes a journal entry if it is accepted.
type Command struct {
	Actor string // account id, or "system"
	Name  string // "review.import"
	Scope string // for bulk commands: set, period, places; may be empty
	Body  []byte // canonical bytes of what the command was, UTF-8
}

// Entry is an accepted command at its place in the order of all commands.
type Entry struct {
	Command
	Position int64     // 1, 2, 3 …
	At       time.Time // µs UTC, never before the entry at Position-1
	Rows     int64     // business rows it wrote
	RowsHash [32]byte  // see RowsDigest
}

// Ledger records accepted commands inside the transaction that carries them
// out. Its methods are called by one goroutine at a time; over all nodes of a
// PostgreSQL database only one batch is between Head and its commit.
type Ledger interface {
	// Head returns the position and instant of the last entry tx sees; 0 and
	// the zero time when there is none.
	Head(tx *Tx) (position int64, at time.Time, err error)
	// Append writes entries, whose positions follow the head one by one.
	Append(tx *Tx, entries []Entry) error
	// Settle reports the fate of what was appended since Head, so that the
	// ledger may keep or drop what it remembers.
	Settle(committed bool)
}
