package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/backup"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/register/evidence"
)

// BlobFolder is where files lie inside a data directory.
const BlobFolder = "blobs"

// Files says where the files behind findings are kept.
type Files struct {
	Folder string         // "" = BlobFolder of the data directory
	S3     blob.S3Options // wins over Folder where an endpoint is named
	Limits evidence.Limits
}

// OpenBlobs opens the store of files; a folder is made with the first file.
func OpenBlobs(ctx context.Context, cfg Config) (blob.Store, error) {
	if cfg.Files.S3.Endpoint != "" {
		return blob.OpenS3(ctx, cfg.Files.S3)
	}
	folder := cfg.Files.Folder
	if folder == "" {
		folder = filepath.Join(cfg.Data, BlobFolder)
	}
	return blob.OpenDisk(folder), nil
}

// BackupBlobs is the files of the product for a backup: a store, and which of
// its files rows name.
func BackupBlobs(store blob.Store) backup.Blobs {
	return backup.Blobs{Store: store, Named: namedBlobs}
}

// Evidence makes the register of files over their store.
func (a *App) Evidence(ctx context.Context) (*evidence.Service, error) {
	store, err := OpenBlobs(ctx, a.cfg)
	if disk, ok := store.(*blob.Disk); ok && err == nil {
		err = disk.Prepare()
	}
	if err != nil {
		return nil, err
	}
	return evidence.New(evidence.Options{
		DB: a.DB, Blobs: store, Law: a.Law, Places: a.Places, Limits: a.cfg.Files.Limits, Temp: os.TempDir(), Named: directive.Keeps,
	}), nil
}

// sweepEvery is how often files that nothing names are looked for.
const sweepEvery = 24 * time.Hour

// sweep takes away files that nothing names, now and then until ctx ends.
func sweep(ctx context.Context, files *evidence.Service, now func() time.Time, log *slog.Logger) {
	timer := time.NewTimer(10 * time.Minute) // not while the server starts
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		done, err := files.Sweep(ctx, now())
		if err != nil && ctx.Err() == nil {
			log.Error("sweep files", "error", err)
		} else {
			log.Info("sweep files", "seen", done.Seen, "removed", done.Removed, "bytes", done.Bytes)
		}
		timer.Reset(sweepEvery)
	}
}

// fieldOf names an indicator for permissions; a part belongs to its indicator.
func fieldOf(set *law.Set, slot int) string {
	ind := set.At(slot)
	for ind.Parent >= 0 {
		ind = set.At(ind.Parent)
	}
	return set.ID + "/" + ind.Code
}

// twoTier tells whether a period ends when there are no districts any more.
func twoTier(p day.Period) bool { return p.Last() >= day.Of(2025, time.July, 1) }

// pathAt is the way from the province down to a place at a day; of a place that
// has ended, its last way and those to the places it became.
func (a *App) pathAt(id string, on day.Day) []string {
	unit, ok := a.Places.Latest(id)
	if !ok {
		return nil
	}
	near := min(max(on, unit.Began), unit.Ended)
	var out []string
	for _, u := range a.Places.At(near).Path(id) {
		out = append(out, u.ID)
	}
	if unit.Ended >= on {
		return out
	}
	tree := a.Places.At(on)
	for _, h := range a.Places.Successors(id, on) {
		for _, u := range tree.Path(h.Unit.ID) {
			out = append(out, u.ID)
		}
	}
	return out
}
