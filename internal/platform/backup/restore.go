package backup

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strconv"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
)

// Restore puts the archive r back into a migrated database without rows, of
// either engine, and its files into the store. All rows enter in one transaction, which ends well only if
// every byte of the archive was read and found unchanged and the journal
// verifies over all business tables of the product: an archive that is damaged,
// cut or unsound leaves no row, and of files only such as no row names. Then an
// entry of the actor is appended that cites the journal's head as the backup had
// it.
func Restore(ctx context.Context, to Target, r io.Reader) (*Manifest, error) {
	d := to.DB
	if err := Empty(ctx, d); err != nil {
		return nil, err
	}
	var m *Manifest
	var head journal.Head
	err := d.Load(ctx, func(tx *db.Tx) (err error) {
		files := &restored{take: putting(ctx, to.Blobs.Store)}
		m, err = walk(ctx, r, files, func(name string, rows *bufio.Reader) (int64, error) {
			return load(tx, name, rows)
		})
		if err != nil {
			return err
		}
		if err := files.whole(tx, to.Blobs, m); err != nil {
			return err
		}
		head, err = journal.ReadHead(tx)
		if err == nil && (head.Size != m.Entries || head.Root.String() != m.Root) {
			err = fault.New(fault.Corrupt, msgHead, "entries", strconv.FormatInt(m.Entries, 10))
		}
		if err != nil {
			return err
		}
		if _, err := journal.VerifyTx(tx, to.Tables, nil); err != nil {
			return fault.New(fault.Corrupt, msgUnsound).Wrap(err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	cite := journal.Restored(to.Actor, head, nil)
	return m, d.Write(ctx, cite, func(*db.Tx) error { return nil })
}

// load puts one table back; nothing may follow its rows.
func load(tx *db.Tx, name string, r *bufio.Reader) (int64, error) {
	loaded, rows, err := db.LoadTable(tx, r)
	if err != nil {
		return 0, err
	}
	_, err = r.ReadByte()
	if err == nil || loaded != name {
		return 0, fault.New(fault.Corrupt, msgTable, "table", name)
	}
	if !errors.Is(err, io.EOF) {
		return 0, err
	}
	return rows, nil
}

// Empty refuses a database that holds rows, migrated or not.
func Empty(ctx context.Context, d *db.DB) error {
	return d.Read(ctx, func(tx *db.Tx) error {
		schema, err := tx.Schema()
		if err != nil {
			return err
		}
		for _, t := range schema {
			if t.View {
				continue
			}
			var one int64
			err := tx.QueryRow("SELECT 1 FROM " + t.Name + " LIMIT 1").Scan(&one)
			if err == nil {
				return fault.New(fault.Conflict, msgNotEmpty, "table", t.Name)
			}
			if !errors.Is(err, db.ErrNoRows) {
				return err
			}
		}
		return nil
	})
}
