package task

import (
	"context"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Outstanding lists what a body has still to do that is reported one by one, the
// worst first; "" = every body.
func (s *Service) Outstanding(_ context.Context, tx *db.Tx, agencyID string) ([]*Entry, error) {
	b, err := s.whole(tx)
	if err != nil {
		return nil, err
	}
	var out []*Entry
	for _, e := range b.Now() {
		if (agencyID == "" || e.Agency == agencyID) && e.Tracked() && (e.Status == Overdue || e.Status == InTime || e.Status == Undated) {
			out = append(out, e)
		}
	}
	WorstFirst(out)
	return out, nil
}

// Desk is what waits for the office that gives tasks.
type Desk struct {
	Waiting    []*Entry    // reported, to be confirmed or returned
	Extensions []*Entry    // an extension was asked for
	Overdue    []*Entry    // the longest first
	Unreceived []Receiving // documents not received in time
	Orphans    []Heirs     // bodies that have ended: to be handed over
}

// Desk reads what waits for the office that gives tasks, as far as a person may
// look at it.
func (s *Service) Desk(ctx context.Context, tx *db.Tx, who authz.Subject) (*Desk, error) {
	b, err := s.Book(ctx, tx, who)
	if err != nil {
		return nil, err
	}
	d := &Desk{Orphans: b.Orphans()}
	list := b.Now()
	WorstFirst(list)
	for _, e := range list {
		if e.Status == Waiting {
			d.Waiting = append(d.Waiting, e)
		}
		if e.Asked {
			d.Extensions = append(d.Extensions, e)
		}
		if e.Status == Overdue {
			d.Overdue = append(d.Overdue, e)
		}
	}
	for _, r := range b.Receiving() {
		if r.Late(b.Today) {
			d.Unreceived = append(d.Unreceived, r)
		}
	}
	return d, nil
}
