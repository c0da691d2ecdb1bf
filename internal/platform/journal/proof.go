package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"

	"golang.org/x/mod/sumdb/tlog"
)

// proofFormat names the form of a Proof; another form has another name.
const proofFormat = "giuchuan-bang-chung-1"

// Proof shows that an entry is in the journal: the entry, the hashes from it up
// to the root, and the root as it was signed. It is checked without the data.
type Proof struct {
	Format     string      `json:"format"`
	Position   int64       `json:"position"`
	At         int64       `json:"made_at_us"` // µs since 1970 UTC
	Actor      string      `json:"actor"`
	Command    string      `json:"command"`
	Scope      string      `json:"scope"`
	Body       string      `json:"body"` // the very bytes that were hashed
	Rows       int64       `json:"rows"`
	RowsHash   tlog.Hash   `json:"rows_hash"`
	Path       []tlog.Hash `json:"hash_path"`
	Size       int64       `json:"size"`
	Root       tlog.Hash   `json:"root"`
	Checkpoint string      `json:"checkpoint,omitempty"` // signed note over size and root
}

var (
	msgNoEntry  = fault.Msg{Key: "journal.no_entry", Text: "nhật ký không có mục {position}; hiện có {size} mục"}
	msgNoProof  = fault.Msg{Key: "journal.no_proof", Text: "tệp không phải là bằng chứng có mặt trong nhật ký: {reason}"}
	msgBadProof = fault.Msg{Key: "journal.bad_proof", Text: "bằng chứng không đúng: nội dung mục {position} không thuộc nhật ký {size} mục mà bằng chứng nêu; mục hoặc bằng chứng đã bị sửa"}
	msgUnsigned = fault.Msg{Key: "journal.unsigned", Text: "bằng chứng không có mốc đối chiếu đã ký nên chưa chứng minh được gì; hãy đưa thêm mốc đã ký cùng số mục ({size}) bằng --checkpoint"}
	msgOther    = fault.Msg{Key: "journal.other_checkpoint", Text: "mốc đối chiếu ký cho {signed} mục, bằng chứng nêu {size} mục hoặc mã đối chiếu khác; hãy tải lại bằng chứng"}
)

// Prove makes the proof of an entry in the journal as tx sees it, signed when
// there is a key.
func Prove(tx *db.Tx, position int64, key *Key) (*Proof, error) {
	head, err := ReadHead(tx)
	if err != nil {
		return nil, err
	}
	e, err := Find(tx, position)
	if position < 1 || position > head.Size || errors.Is(err, db.ErrNoRows) {
		return nil, fault.New(fault.NotFound, msgNoEntry, "position", number(position), "size", number(head.Size))
	}
	if err != nil {
		return nil, err
	}
	p := &Proof{
		Format: proofFormat, Position: position, At: e.At.UnixMicro(), Actor: e.Actor, Command: e.Name, Scope: e.Scope,
		Body: string(e.Body), Rows: e.Rows, Size: head.Size, Root: head.Root,
	}
	var rows []byte
	if err := tx.QueryRow("SELECT rows_hash FROM journal_entry WHERE position = $1", position).Scan(&rows); err != nil {
		return nil, fmt.Errorf("journal: hash of the rows of entry %d: %w", position, err)
	}
	copy(p.RowsHash[:], rows)
	if p.Path, err = tlog.ProveRecord(head.Size, position-1, HashReader(tx)); err != nil {
		return nil, fmt.Errorf("journal: prove entry %d: %w", position, err)
	}
	if key != nil {
		signed, err := key.SignHead(tx, head)
		if err != nil {
			return nil, err
		}
		p.Checkpoint = string(signed)
	}
	return p, nil
}

// entry is the entry that the proof is about.
func (p *Proof) entry() *db.Entry {
	return &db.Entry{
		Command:  db.Command{Actor: p.Actor, Name: p.Command, Scope: p.Scope, Body: []byte(p.Body)},
		Position: p.Position, At: time.UnixMicro(p.At).UTC(), Rows: p.Rows, RowsHash: p.RowsHash,
	}
}

// CheckProof reads a proof and checks it with a key: against the checkpoint it
// bears, or the one given. It returns the entry and what was signed.
func CheckProof(text []byte, key *Key, checkpoint []byte) (*db.Entry, *Checkpoint, error) {
	var p Proof
	if err := json.Unmarshal(text, &p); err != nil {
		return nil, nil, fault.New(fault.Invalid, msgNoProof, "reason", "không phải JSON đúng mẫu").Wrap(err)
	}
	if p.Format != proofFormat {
		return nil, nil, fault.New(fault.Invalid, msgNoProof, "reason", "mẫu “"+fault.Clip(p.Format)+"” không phải "+proofFormat)
	}
	e := p.entry()
	if err := tlog.CheckRecord(tlog.RecordProof(p.Path), p.Size, p.Root, p.Position-1, tlog.RecordHash(leafBytes(e))); err != nil {
		return nil, nil, fault.New(fault.Corrupt, msgBadProof, "position", number(p.Position), "size", number(p.Size)).Wrap(err)
	}
	if len(checkpoint) == 0 {
		checkpoint = []byte(p.Checkpoint)
	}
	if len(checkpoint) == 0 {
		return nil, nil, fault.New(fault.Invalid, msgUnsigned, "size", number(p.Size))
	}
	c, err := key.Open(checkpoint)
	if err != nil {
		return nil, nil, err
	}
	if c.Size != p.Size || c.Root != p.Root {
		return nil, nil, fault.New(fault.Corrupt, msgOther, "signed", number(c.Size), "size", number(p.Size))
	}
	return e, c, nil
}
