package journal

import (
	"fmt"

	"giuchuan/internal/platform/db"

	"golang.org/x/mod/sumdb/tlog"
)

// edge is what one must know of a Merkle tree of size leaves to add the next
// one: for every bit of size that is set, the root of the full subtree that
// this bit stands for. Its hashes are those of golang.org/x/mod/sumdb/tlog.
type edge struct {
	size  int64
	peaks [63]tlog.Hash // by level; only those of set bits mean anything
}

// add appends a leaf and returns the hashes it adds to the stored tree: its
// own, then those of the subtrees it completes, smallest first.
func (e *edge) add(leaf tlog.Hash) []byte {
	stored := append(make([]byte, 0, 2*tlog.HashSize), leaf[:]...)
	level := 0
	for ; e.size>>level&1 == 1; level++ {
		leaf = tlog.NodeHash(e.peaks[level], leaf)
		stored = append(stored, leaf[:]...)
	}
	e.peaks[level] = leaf
	e.size++
	return stored
}

// root is the hash of the whole tree.
func (e *edge) root() tlog.Hash {
	var root tlog.Hash
	first := true
	for level := range e.peaks {
		switch {
		case e.size>>level&1 == 0:
		case first:
			root, first = e.peaks[level], false
		default:
			root = tlog.NodeHash(e.peaks[level], root)
		}
	}
	if first {
		root, _ = tlog.TreeHash(0, nil) // the empty tree reads nothing, so cannot fail
	}
	return root
}

// readEdge reads the edge of the tree of the first size entries.
func readEdge(tx *db.Tx, size int64) (*edge, error) {
	e := &edge{size: size}
	for level := range e.peaks {
		if size>>level&1 == 0 {
			continue
		}
		h, err := readHash(tx, level, size>>level-1)
		if err != nil {
			return nil, err
		}
		e.peaks[level] = h
	}
	return e, nil
}

// readHash reads the root of the n-th full subtree of a level from the entry
// that completed it.
func readHash(tx *db.Tx, level int, n int64) (tlog.Hash, error) {
	position := (n + 1) << level
	var tree []byte
	if err := tx.QueryRow("SELECT tree FROM journal_entry WHERE position = $1", position).Scan(&tree); err != nil {
		return tlog.Hash{}, fmt.Errorf("journal: read the hashes of entry %d: %w", position, err)
	}
	if len(tree) < (level+1)*tlog.HashSize {
		return tlog.Hash{}, fmt.Errorf("journal: entry %d holds %d bytes of hashes", position, len(tree))
	}
	return tlog.Hash(tree[level*tlog.HashSize:][:tlog.HashSize]), nil
}

// HashOf is the hash of the entry at a position, as the tree holds it: of the
// command, its instant and its rows. Where there is none it is db.ErrNoRows.
func HashOf(tx *db.Tx, position int64) (tlog.Hash, error) {
	return readHash(tx, 0, position-1)
}

// HashReader reads the stored hashes of the tree, for proofs by package tlog:
// that an entry is in it (ProveRecord), that it only grew (ProveTree).
func HashReader(tx *db.Tx) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			level, n := tlog.SplitStoredHashIndex(index)
			h, err := readHash(tx, level, n)
			if err != nil {
				return nil, err
			}
			hashes[i] = h
		}
		return hashes, nil
	})
}
