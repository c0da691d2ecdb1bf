package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"giuchuan/internal/app"
	"giuchuan/internal/platform/backup"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
)

// measureBackup writes a backup of a million findings, read back and checked,
// and restores it, journal verified, into a fresh database of each engine.
func (m *million) measureBackup(ctx context.Context, b *bench, s *store) error {
	write := row{what: "  back it up", unit: "s"}
	size := row{what: "  size of the backup for each finding", unit: "B"}
	path := filepath.Join(b.dir, "backup")
	var cpu []float64
	_, err := m.with(ctx, s, func(a *app.App) error {
		if err := m.load(ctx, a, m.periods); err != nil {
			return err
		}
		return b.repeat(ctx, func(int) error {
			t := start()
			held, err := backup.WriteFile(ctx, backup.Source{DB: a.DB, Product: "bench"}, path, io.Discard)
			if err != nil {
				return err
			}
			wall, used := t.stop()
			write.values, cpu = append(write.values, wall/1000), append(cpu, used/1000)
			if held.Rows() < bulkRows {
				return fmt.Errorf("the backup holds %d rows", held.Rows())
			}
			bytes, err := fileSize(path)
			size.values = append(size.values, float64(bytes)/bulkRows)
			return err
		})
	})
	if err != nil {
		return err
	}
	write.cpu, write.note = show(median(cpu), "s"), "read back and checked before it gets its name"
	b.table.add(write)
	b.table.add(size)
	for i := range b.stores {
		into := &b.stores[i]
		switch {
		case into.absent != "":
			b.table.missing("  restore it into "+into.name, into.absent)
		case into.durable:
			err = errors.Join(err, measureRestore(ctx, b, into, path))
		}
	}
	return errors.Join(err, os.Remove(path))
}

// measureRestore puts the backup into fresh databases of a store.
func measureRestore(ctx context.Context, b *bench, s *store, path string) error {
	r := row{what: "  restore it into " + s.name, unit: "s", note: "loaded in one transaction, then its journal verified"}
	var cpu []float64
	err := b.repeat(ctx, func(int) error {
		cfg, remove, err := s.make(ctx, "restored")
		if err != nil {
			return err
		}
		wall, used, err := restore(ctx, cfg, path)
		r.values, cpu = append(r.values, wall/1000), append(cpu, used/1000)
		return errors.Join(err, remove())
	})
	if err != nil {
		return err
	}
	r.cpu = show(median(cpu), "s")
	b.table.add(r)
	return nil
}

// restore times a restore into an empty, migrated database.
func restore(ctx context.Context, cfg app.Config, path string) (wall, cpu float64, err error) {
	o := db.Options{URL: cfg.Database, Ledger: journal.New()}
	if cfg.Database == "" {
		if err := os.MkdirAll(cfg.Data, 0o750); err != nil {
			return 0, 0, err
		}
		o.Path = filepath.Join(cfg.Data, app.DatabaseFile)
	}
	d, err := db.Open(ctx, o)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.Migrate(ctx); err != nil {
		return 0, 0, err
	}
	archive, err := os.Open(path)
	if err != nil {
		return 0, 0, err
	}
	t := start()
	held, err := backup.Restore(ctx, backup.Target{DB: d, Tables: app.Tables(), Actor: "bench"}, archive)
	wall, cpu = t.stop()
	if err == nil && held.Rows() < bulkRows {
		err = fmt.Errorf("%d rows were restored", held.Rows())
	}
	return wall, cpu, errors.Join(err, archive.Close())
}
