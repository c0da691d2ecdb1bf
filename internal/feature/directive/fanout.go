package directive

import (
	"context"

	"giuchuan/internal/platform/db"
)

// Fanout follows what becomes of documents, in the transaction in which it
// happens: an error refuses the command. The tasks are made and mended by it.
type Fanout interface {
	// Confirmed: a person has confirmed the document; duties are its live ones,
	// in order. What depended on a stub of the same id depends on it no more.
	Confirmed(ctx context.Context, tx *db.Tx, doc *Document, duties []Duty) error
	// Amended: duties of an active document as they now stand, added ones and
	// those struck out (Removed) among them.
	Amended(ctx context.Context, tx *db.Tx, doc *Document, duties []Duty) error
	// Withdrawn: the document counts no more, and none of its duties.
	Withdrawn(ctx context.Context, tx *db.Tx, doc *Document) error
}

// nobodyFollows is the Fanout of a register without tasks.
type nobodyFollows struct{}

func (nobodyFollows) Confirmed(context.Context, *db.Tx, *Document, []Duty) error { return nil }
func (nobodyFollows) Amended(context.Context, *db.Tx, *Document, []Duty) error   { return nil }
func (nobodyFollows) Withdrawn(context.Context, *db.Tx, *Document) error         { return nil }
