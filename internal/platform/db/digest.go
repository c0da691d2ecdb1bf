package db

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"slices"
	"strings"
)

// RowsDigest hashes the business rows of one entry so that the hash can be
// computed again from the tables alone. With H = SHA-256 and uvarint lengths:
//
//	hash = H( for each table with rows, by name: len(name) name rows H(row row …) )
//	row  = for each column that is not NULL: 1+index, 'i' int64 (8 bytes, big
//	       endian) or 't' len text or 'b' len bytes; then 0
//
// Rows are in key order (numbers by value, text bytewise); the entry column is
// left out. NULLs are left out too, so a later migration may append nullable
// columns without changing old hashes.
type RowsDigest struct {
	tables []*tableDigest
	total  int64
	buffer []byte
}

// tableDigest is the part of one table: rows kept for sorting, or a running
// hash once InsertSorted has streamed into it.
type tableDigest struct {
	layout  *layout
	rows    int64
	kept    []keptRow
	running hash.Hash
	last    []byte
}

type keptRow struct{ key, row []byte }

// Rows is how many rows were added.
func (g *RowsDigest) Rows() int64 { return g.total }

func (g *RowsDigest) table(l *layout) *tableDigest {
	for _, t := range g.tables {
		if t.layout.name == l.name {
			return t
		}
	}
	t := &tableDigest{layout: l}
	g.tables = append(g.tables, t)
	return t
}

// add takes one row of plain values in any order.
func (g *RowsDigest) add(l *layout, values []any) error {
	t := g.table(l)
	if t.running != nil {
		return g.stream(t, values)
	}
	buffer := make([]byte, 0, 16*len(values))
	buffer, err := appendKey(buffer, l, values)
	if err != nil {
		return err
	}
	cut := len(buffer)
	buffer = appendRow(buffer, values)
	t.kept = append(t.kept, keptRow{key: buffer[:cut:cut], row: buffer[cut:]})
	t.rows++
	g.total++
	return nil
}

// stream takes one row of plain values whose key is above all keys before it.
func (g *RowsDigest) stream(t *tableDigest, values []any) error {
	if t.running == nil {
		if err := t.flush(); err != nil {
			return err
		}
	}
	var err error
	if g.buffer, err = appendKey(g.buffer[:0], t.layout, values); err != nil {
		return err
	}
	if t.rows > 0 && bytes.Compare(t.last, g.buffer) >= 0 {
		return fmt.Errorf("db: table %s: row %v is not above the row before it in key order", t.layout.name, values)
	}
	t.last = append(t.last[:0], g.buffer...)
	g.buffer = appendRow(g.buffer[:0], values)
	t.running.Write(g.buffer)
	t.rows++
	g.total++
	return nil
}

// flush sorts the kept rows into the running hash.
func (t *tableDigest) flush() error {
	slices.SortFunc(t.kept, func(a, b keptRow) int { return bytes.Compare(a.key, b.key) })
	t.running = sha256.New()
	for i, k := range t.kept {
		if i > 0 && bytes.Equal(k.key, t.kept[i-1].key) {
			return fmt.Errorf("db: table %s: two rows with one key in one command", t.layout.name)
		}
		t.running.Write(k.row)
		t.last = k.key
	}
	t.kept = nil
	return nil
}

// Sum ends the digest.
func (g *RowsDigest) Sum() ([32]byte, error) {
	slices.SortFunc(g.tables, func(a, b *tableDigest) int { return strings.Compare(a.layout.name, b.layout.name) })
	var all []byte
	for _, t := range g.tables {
		if t.rows == 0 {
			continue
		}
		if t.running == nil {
			if err := t.flush(); err != nil {
				return [32]byte{}, err
			}
		}
		all = binary.AppendUvarint(all, uint64(len(t.layout.name)))
		all = append(all, t.layout.name...)
		all = binary.AppendUvarint(all, uint64(t.rows))
		all = t.running.Sum(all)
	}
	return sha256.Sum256(all), nil
}

// appendKey writes the key columns so that bytes compare as the engines sort.
func appendKey(b []byte, l *layout, values []any) ([]byte, error) {
	for _, i := range l.key {
		switch v := values[i].(type) {
		case int64:
			b = binary.BigEndian.AppendUint64(b, uint64(v)^1<<63)
		case string:
			b = append(b, v...)
			b = append(b, 0)
		default:
			return nil, fmt.Errorf("db: table %s: key column %s is %T", l.name, l.columns[i], values[i])
		}
	}
	return b, nil
}

// appendRow writes one row as RowsDigest describes.
func appendRow(b []byte, values []any) []byte {
	for i, value := range values {
		if value == nil {
			continue
		}
		b = binary.AppendUvarint(b, uint64(i)+1)
		switch v := value.(type) {
		case int64:
			b = append(b, 'i')
			b = binary.BigEndian.AppendUint64(b, uint64(v))
		case string:
			b = append(b, 't')
			b = binary.AppendUvarint(b, uint64(len(v)))
			b = append(b, v...)
		case []byte:
			b = append(b, 'b')
			b = binary.AppendUvarint(b, uint64(len(v)))
			b = append(b, v...)
		}
	}
	return append(b, 0)
}
