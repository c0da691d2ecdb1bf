package overviewweb

import (
	"context"
	"sync"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/overview"
)

// frozen keeps what the last closed round froze: it never changes again.
type frozen struct {
	mu    sync.Mutex
	entry int64
	past  *overview.Past
}

// rounds gives the round that is open on the page's day or, when there is none,
// the last one, and what the last closed one froze; nil where there is nothing.
func (h *Pages) rounds(p *web.Page, sight overview.Sight) (*overview.Progress, *overview.Past, error) {
	var open, last *board.Round
	list := h.opt.Board.Rounds()
	for i := range list {
		r := &list[i]
		switch {
		case r.Opened > p.Today():
		case r.Closed && last == nil:
			last = r
		case !r.Closed && open == nil:
			open = r
		}
	}
	past, err := h.frozen(p.Context(), last)
	if err != nil {
		return nil, nil, err
	}
	if open == nil {
		open = last
	}
	if open == nil {
		return nil, past, nil
	}
	return overview.ProgressOf(open, h.opt.Board.Sheets(open.ID), h.opt.Places, overview.Seen{Sight: sight, Today: p.Today()}), past, nil
}

// frozen reads what a closed round froze, once.
func (h *Pages) frozen(ctx context.Context, r *board.Round) (*overview.Past, error) {
	if r == nil || h.opt.Record == nil {
		return nil, nil
	}
	h.past.mu.Lock()
	defer h.past.mu.Unlock()
	if h.past.entry == r.Entry {
		return h.past.past, nil
	}
	err := h.opt.DB.Read(ctx, func(tx *db.Tx) error {
		list, err := h.opt.Record.Standing(ctx, tx, review.Ask{On: r.Period.Last(), Known: r.Entry, Province: h.opt.Province})
		h.past.past = overview.NewPast(r.Name, list)
		return err
	})
	if err == nil {
		h.past.entry = r.Entry
	}
	return h.past.past, err
}
