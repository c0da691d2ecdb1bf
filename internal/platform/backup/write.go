package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
)

// Write copies all tables, as one snapshot sees them, and then the files that
// their rows name to w and returns what it wrote. Rows are streamed: memory does
// not grow with their number, and others may write meanwhile.
func Write(ctx context.Context, from Source, w io.Writer) (*Manifest, error) {
	sum := sha256.New()
	packed := gzip.NewWriter(io.MultiWriter(w, sum))
	p := &packer{tar: tar.NewWriter(packed)}
	var m *Manifest
	var sums []string
	err := from.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if from.Blobs.Named != nil {
			if sums, err = from.Blobs.Named(tx); err != nil {
				return err
			}
		}
		m, err = p.snapshot(tx, from.Product, formatOf(sums))
		return err
	})
	if err != nil {
		return nil, err
	}
	if m.Files, err = p.addBlobs(ctx, from.Blobs.Store, sums); err != nil {
		return nil, err
	}
	if err := p.addJSON(manifestName, m); err != nil {
		return nil, err
	}
	if err := p.tar.Close(); err != nil {
		return nil, fmt.Errorf("backup: end the archive: %w", err)
	}
	if err := packed.Close(); err != nil {
		return nil, fmt.Errorf("backup: end the archive: %w", err)
	}
	if _, err := w.Write(sealOf(sum.Sum(nil))); err != nil {
		return nil, fmt.Errorf("backup: seal the archive: %w", err)
	}
	return m, nil
}

// formatOf is the oldest format that can hold the files: programs that know no
// files still read an archive without any.
func formatOf(sums []string) int {
	if len(sums) == 0 {
		return 1
	}
	return Format
}

// packer writes the members of an archive.
type packer struct {
	tar *tar.Writer
	at  time.Time
}

// snapshot adds the first member and every table.
func (p *packer) snapshot(tx *db.Tx, product string, format int) (*Manifest, error) {
	p.at = tx.Now()
	if err := p.addJSON(noteName, note{Format: format, Product: product}); err != nil {
		return nil, err
	}
	head, err := journal.ReadHead(tx)
	if err != nil {
		return nil, err
	}
	m := &Manifest{
		Format: format, Product: product, Engine: string(tx.Engine()), MadeAt: p.at,
		Entries: head.Size, Root: head.Root.String(),
	}
	m.Tables, err = p.addTables(tx)
	return m, err
}

// addTables adds every table, those that others refer to first.
func (p *packer) addTables(tx *db.Tx) ([]Table, error) {
	schema, err := tx.Schema()
	if err != nil {
		return nil, err
	}
	var out []Table
	for _, t := range schema {
		if t.View {
			continue
		}
		parts := &partWriter{packer: p, tally: newTally(t.Name)}
		if err := db.DumpTable(tx, t.Name, parts); err != nil {
			return nil, err
		}
		if err := parts.flush(); err != nil {
			return nil, err
		}
		done := parts.result()
		for _, c := range t.Columns {
			done.Columns = append(done.Columns, c.Name)
		}
		out = append(out, done)
	}
	return out, nil
}

func (p *packer) addJSON(name string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("backup: write %s: %w", name, err)
	}
	return p.add(name, append(text, '\n'))
}

func (p *packer) add(name string, data []byte) error {
	err := p.tar.WriteHeader(&tar.Header{
		Typeflag: tar.TypeReg, Format: tar.FormatUSTAR, Name: name, Mode: 0o600,
		Size: int64(len(data)), ModTime: p.at.Truncate(time.Second),
	})
	if err == nil {
		_, err = p.tar.Write(data)
	}
	if err != nil {
		return fmt.Errorf("backup: write %s: %w", name, err)
	}
	return nil
}

// partWriter cuts one table into parts, because a member's size stands before
// its bytes.
type partWriter struct {
	*packer
	*tally
	buffer []byte
	parts  int
}

// Write implements io.Writer.
func (w *partWriter) Write(p []byte) (int, error) {
	if err := w.tally.add(p); err != nil {
		return 0, err
	}
	for taken := 0; taken < len(p); {
		n := min(len(p)-taken, partSize-len(w.buffer))
		w.buffer = append(w.buffer, p[taken:taken+n]...)
		taken += n
		if len(w.buffer) == partSize {
			if err := w.flush(); err != nil {
				return taken, err
			}
		}
	}
	return len(p), nil
}

func (w *partWriter) flush() error {
	if len(w.buffer) == 0 {
		return nil
	}
	w.parts++
	err := w.packer.add(partName(w.table, w.parts), w.buffer)
	w.buffer = w.buffer[:0]
	return err
}

// partName is the name of part n, counted from 1, of a table.
func partName(table string, n int) string {
	return fmt.Sprintf("tables/%s/%06d", table, n)
}
