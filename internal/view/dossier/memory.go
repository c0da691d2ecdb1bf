package dossier

import (
	"context"
	"sync"
	"time"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/view/board"
)

// Titles lists titles as known at a journal position; feature/recognition has it.
type Titles interface {
	List(ctx context.Context, tx *db.Tx, known int64) ([]recognition.Title, error)
}

// Reading is one look into the database.
type Reading struct {
	Tx      *db.Tx
	Known   int64       // journal position
	Now     board.Stamp // of the board, taken before Tx began
	Lasting bool        // asks for what is known now, so that it holds until the stamp changes
}

// keeps tells whether what was read belongs to the stamp: a database that is
// behind the board (a replica) gives what is older.
func (r *Reading) keeps() bool { return r.Lasting && r.Tx.Position() >= r.Now.Position }

// mostKept bounds the communes and sets whose corrections are kept: about 4 kB
// each.
const mostKept = 1000

// Memory keeps what dossiers read from SQL for as long as the board says that
// nothing of it changed. Its zero value is empty; it may be used from many
// goroutines, and what it returns must not be changed.
type Memory struct {
	mu      sync.Mutex
	law     uint64
	titles  []recognition.Title
	changes map[subject]kept
}

// subject is whose corrections are kept, as one set names them.
type subject struct {
	place int32
	set   string
}

// kept is the answer of Changes and when it held.
type kept struct {
	law, place uint64
	changes    []Change
	last       time.Time
}

// Titles lists all titles.
func (m *Memory) Titles(ctx context.Context, r Reading, from Titles) ([]recognition.Title, error) {
	m.mu.Lock()
	titles, law := m.titles, m.law
	m.mu.Unlock()
	if r.Lasting && titles != nil && law == r.Now.Law {
		return titles, nil
	}
	titles, err := from.List(ctx, r.Tx, r.Known)
	if err == nil && r.keeps() {
		m.mu.Lock()
		m.titles, m.law = titles, r.Now.Law
		m.mu.Unlock()
	}
	return titles, err
}

// Changes is what the function Changes gives.
func (m *Memory) Changes(ctx context.Context, r Reading, q Corrections) ([]Change, time.Time, error) {
	of := subject{q.Place, q.Set.ID}
	m.mu.Lock()
	old, ok := m.changes[of]
	m.mu.Unlock()
	if r.Lasting && ok && old.law == r.Now.Law && old.place == r.Now.Place {
		return old.changes, old.last, nil
	}
	changes, last, err := Changes(ctx, r.Tx, q)
	if err == nil && r.keeps() {
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.changes == nil || len(m.changes) >= mostKept {
			m.changes = map[subject]kept{}
		}
		m.changes[of] = kept{r.Now.Law, r.Now.Place, changes, last}
	}
	return changes, last, err
}
