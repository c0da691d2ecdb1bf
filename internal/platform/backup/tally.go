package backup

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"strconv"

	"giuchuan/internal/kernel/fault"
)

// tally measures the bytes of one table on their way out or in.
type tally struct {
	table string
	sum   hash.Hash
	lines int64
	open  int // bytes of the line that has not ended yet
}

func newTally(table string) *tally {
	return &tally{table: table, sum: sha256.New()}
}

// add takes the next bytes and refuses a line longer than maxLine, which would
// have to fit into memory.
func (t *tally) add(p []byte) error {
	t.sum.Write(p)
	for len(p) > 0 {
		end := bytes.IndexByte(p, '\n')
		if end < 0 {
			end = len(p)
		}
		if t.open += end; t.open > maxLine {
			return fault.New(fault.TooLarge, msgLine, "table", t.table, "limit", strconv.Itoa(maxLine>>20))
		}
		if end == len(p) {
			return nil
		}
		t.lines++
		t.open = 0
		p = p[end+1:]
	}
	return nil
}

// result is what was measured: a dump has a line before and one after its rows.
func (t *tally) result() Table {
	return Table{Name: t.table, Rows: t.lines - 2, SHA256: hex.EncodeToString(t.sum.Sum(nil))}
}
