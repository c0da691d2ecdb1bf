package journal

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"

	"golang.org/x/mod/sumdb/tlog"
)

var (
	msgEntry   = fault.Msg{Key: "journal.entry", Text: "nhật ký hỏng từ mục {position} ({time}, lệnh {command}): nội dung mục không khớp dấu kiểm đã ghi"}
	msgTree    = fault.Msg{Key: "journal.tree", Text: "nhật ký hỏng từ mục {position} ({time}, lệnh {command}): dấu kiểm chung không khớp các mục trước đó"}
	msgRows    = fault.Msg{Key: "journal.rows", Text: "nhật ký hỏng từ mục {position} ({time}, lệnh {command}): dữ liệu lệnh này đã ghi bị sửa, bị xóa hoặc bị thêm (mục ghi {want} dòng, nay có {got} dòng)"}
	msgBack    = fault.Msg{Key: "journal.back", Text: "nhật ký hỏng từ mục {position} ({time}, lệnh {command}): thời điểm sớm hơn mục đứng trước"}
	msgGap     = fault.Msg{Key: "journal.gap", Text: "nhật ký hỏng từ mục {position}: thiếu mục này, ngay sau đó là mục {next} ({time}, lệnh {command})"}
	msgStray   = fault.Msg{Key: "journal.stray", Text: "nhật ký hỏng từ mục {position}: bảng {table} có dòng mang số mục này nhưng nhật ký không có mục đó"}
	msgShort   = fault.Msg{Key: "journal.short", Text: "nhật ký hỏng từ mục {position}: chỉ còn {size} mục trong khi mốc đối chiếu lúc {time} đã ký {signed} mục; phần cuối bị cắt hoặc kho dữ liệu bị đưa về bản cũ"}
	msgHistory = fault.Msg{Key: "journal.history", Text: "nhật ký hỏng trong các mục 1 đến {position}: chúng không còn là các mục mà mốc đối chiếu lúc {time} đã ký"}
)

// Report is what a sound journal amounts to.
type Report struct {
	Head Head
	Rows int64 // business rows, each in exactly one entry
}

// Verify re-hashes every entry and every business row and rebuilds the tree.
// tables are all business tables of the product. The error of an unsound
// journal has code fault.Corrupt and names the first bad entry. What a
// checkpoint kept elsewhere signed must still be there; without one (nil) a
// cut tail or a history rewritten as a whole cannot be noticed.
//
// It reads the journal and each table once, in the order of entries.
func Verify(ctx context.Context, d *db.DB, tables []*db.Table, checkpoint *Checkpoint) (Report, error) {
	return VerifyWatched(ctx, d, Scope{Tables: tables, Checkpoint: checkpoint})
}

// Scope is what a verification covers, and who watches it.
type Scope struct {
	Tables     []*db.Table // all business tables of the product
	Checkpoint *Checkpoint // nil = none was kept elsewhere
	Watch      func(entries int64)
}

// VerifyWatched is Verify on one snapshot that tells Watch how many entries were
// read, each time some more were.
func VerifyWatched(ctx context.Context, d *db.DB, s Scope) (Report, error) {
	var report Report
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		report, err = verify(tx, s)
		return err
	})
	return report, err
}

// watched is after how many entries a verification says how far it is.
const watched = 256

// VerifyTx is Verify inside a transaction, so that a restore can verify what it
// loaded before it commits.
func VerifyTx(tx *db.Tx, tables []*db.Table, checkpoint *Checkpoint) (Report, error) {
	return verify(tx, Scope{Tables: tables, Checkpoint: checkpoint})
}

func verify(tx *db.Tx, s Scope) (Report, error) {
	entries, err := tx.Cursor(entriesSQL)
	if err != nil {
		return Report{}, err
	}
	defer func() { _ = entries.Close() }() // reading is over either way
	rows, err := tx.EntryRows(s.Tables)
	if err != nil {
		return Report{}, err
	}
	defer func() { _ = rows.Close() }()
	v := &verifier{rows: rows, checkpoint: s.Checkpoint}
	if err := v.against(); err != nil {
		return Report{}, err
	}
	for entries.Next() {
		e, tree, err := readEntry(entries.Values())
		if err != nil {
			return Report{}, err
		}
		if err := v.entry(e, tree); err != nil {
			return Report{}, err
		}
		if s.Watch != nil && e.Position%watched == 0 {
			s.Watch(e.Position)
		}
	}
	if err := entries.Err(); err != nil {
		return Report{}, err
	}
	return Report{Head: Head{Size: v.edge.size, Root: v.edge.root()}, Rows: v.total}, v.end()
}

const entriesSQL = `
	SELECT position, made_at, actor, command, scope, body, row_count, rows_hash, tree
	FROM journal_entry
	ORDER BY position`

// readEntry makes an entry of a row of entriesSQL.
func readEntry(v []any) (*db.Entry, []byte, error) {
	e := &db.Entry{}
	position, ok1 := v[0].(int64)
	at, ok2 := v[1].(int64)
	count, ok3 := v[6].(int64)
	hash, ok4 := v[7].([]byte)
	tree, ok5 := v[8].([]byte)
	text := make([]string, 4)
	for i := range text {
		s, ok := v[2+i].(string)
		text[i], ok1 = s, ok1 && ok
	}
	if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 {
		return nil, nil, fmt.Errorf("journal: entry %v has columns of other types than the schema's", v[0])
	}
	copy(e.RowsHash[:], hash)
	if len(hash) != len(e.RowsHash) {
		e.RowsHash = [32]byte{} // no entry hashes to it
	}
	e.Position, e.At, e.Rows = position, time.UnixMicro(at).UTC(), count
	e.Actor, e.Name, e.Scope, e.Body = text[0], text[1], text[2], []byte(text[3])
	return e, tree, nil
}

// verifier carries what is known of the entries before the next one.
type verifier struct {
	rows       *db.EntryRows
	checkpoint *Checkpoint
	edge       edge
	at         time.Time
	total      int64
}

// entry checks the next entry.
func (v *verifier) entry(e *db.Entry, tree []byte) error {
	expected := v.edge.size + 1
	if err := v.strays(min(expected, e.Position)); err != nil {
		return err
	}
	if e.Position != expected {
		return fault.New(fault.Corrupt, msgGap, "position", number(expected), "next", number(e.Position),
			"time", clock(e.At), "command", e.Name)
	}
	stored := v.edge.add(tlog.RecordHash(leafBytes(e)))
	if len(tree) < tlog.HashSize || !bytes.Equal(tree[:tlog.HashSize], stored[:tlog.HashSize]) {
		return bad(msgEntry, e)
	}
	if !bytes.Equal(tree, stored) {
		return bad(msgTree, e)
	}
	count, hash, sound, err := v.rows.Take(e.Position)
	if err != nil {
		return err
	}
	if !sound || count != e.Rows || hash != e.RowsHash {
		return bad(msgRows, e, "want", number(e.Rows), "got", number(count))
	}
	if e.At.Before(v.at) {
		return bad(msgBack, e)
	}
	v.at = e.At
	v.total += count
	return v.against()
}

// strays refuses rows of entries below position that were not taken.
func (v *verifier) strays(position int64) error {
	entry, table, more := v.rows.Peek()
	if more && entry < position {
		return fault.New(fault.Corrupt, msgStray, "position", number(entry), "table", table)
	}
	return nil
}

// against compares the tree with the checkpoint where their sizes meet.
func (v *verifier) against() error {
	c := v.checkpoint
	if c == nil || c.Size != v.edge.size || c.Root == v.edge.root() {
		return nil
	}
	return fault.New(fault.Corrupt, msgHistory, "position", number(c.Size), "time", clock(c.At))
}

// end checks that nothing is left over and nothing is missing.
func (v *verifier) end() error {
	if entry, table, more := v.rows.Peek(); more {
		return fault.New(fault.Corrupt, msgStray, "position", number(entry), "table", table)
	}
	if c := v.checkpoint; c != nil && c.Size > v.edge.size {
		return fault.New(fault.Corrupt, msgShort, "position", number(v.edge.size+1), "size", number(v.edge.size),
			"time", clock(c.At), "signed", number(c.Size))
	}
	return nil
}

// bad names e as the first bad entry.
func bad(msg fault.Msg, e *db.Entry, more ...string) error {
	return fault.New(fault.Corrupt, msg, append([]string{
		"position", number(e.Position), "time", clock(e.At), "command", e.Name,
	}, more...)...)
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// clock writes an instant as people in Việt Nam read it.
func clock(t time.Time) string {
	return t.In(time.FixedZone("ICT", 7*3600)).Format("15:04:05 ngày 02/01/2006")
}
