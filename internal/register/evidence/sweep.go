package evidence

import (
	"context"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/db"
)

// grace is how long a blob that no row names may wait for its row.
const grace = 24 * time.Hour

// Swept is what a sweep did.
type Swept struct {
	Seen    int   // blobs in the store
	Removed int   // blobs that no row named
	Bytes   int64 // of those removed
}

// Sweep removes blobs older than a day at the instant now that no row names. It
// asks again inside a write, in which no row can appear: the removal there is
// the one effect outside a transaction, and does no harm when it is done twice.
func (s *Service) Sweep(ctx context.Context, now time.Time) (Swept, error) {
	var done Swept
	var stale []blob.Info
	err := s.o.Blobs.Walk(ctx, func(i blob.Info) error {
		done.Seen++
		if now.Sub(i.PutAt) > grace {
			stale = append(stale, i)
		}
		return nil
	})
	if err != nil {
		return done, err
	}
	for _, i := range stale {
		removed, err := s.sweepOne(ctx, i.SHA256, now)
		if err != nil {
			return done, err
		}
		if removed {
			done.Removed++
			done.Bytes += i.Size
		}
	}
	return done, nil
}

func (s *Service) sweepOne(ctx context.Context, sum string, now time.Time) (removed bool, err error) {
	var used bool
	err = s.o.DB.Read(ctx, func(tx *db.Tx) (err error) {
		used, err = s.named(tx, sum)
		return err
	})
	if err != nil || used {
		return false, err
	}
	err = s.o.DB.Keep(ctx, func(tx *db.Tx) error {
		used, err := s.named(tx, sum)
		if err != nil || used {
			return err
		}
		info, err := s.o.Blobs.Stat(ctx, sum)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil || now.Sub(info.PutAt) <= grace {
			return err
		}
		removed = true
		return s.o.Blobs.Remove(ctx, sum)
	})
	return removed, err
}

// named tells whether any row names a blob: of this register, or of another that
// keeps its files in the same store.
func (s *Service) named(tx *db.Tx, sum string) (bool, error) {
	used, err := referred(tx, sum)
	if err != nil || used || s.o.Named == nil {
		return used, err
	}
	return s.o.Named(tx, sum)
}
