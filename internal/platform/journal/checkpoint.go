package journal

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// origin is the first line of every checkpoint and the name of its signer.
const origin = "giuchuan-journal"

var (
	msgKey        = fault.Msg{Key: "journal.key", Text: "không đọc được khóa ký mốc đối chiếu tại {path}"}
	msgKeyMode    = fault.Msg{Key: "journal.key_mode", Text: "tệp khóa {path} ai cũng đọc được; hãy đặt quyền 0600"}
	msgCheckpoint = fault.Msg{Key: "journal.checkpoint", Text: "mốc đối chiếu không hợp lệ hoặc không do khóa này ký"}
)

// Head is the state of the journal: how many entries, and the tree's root.
type Head struct {
	Size int64
	Root tlog.Hash
}

// ReadHead reads the state of the journal from its stored hashes.
func ReadHead(tx *db.Tx) (Head, error) {
	position, _, err := New().Head(tx)
	if err != nil {
		return Head{}, err
	}
	e, err := readEdge(tx, position)
	if err != nil {
		return Head{}, err
	}
	return Head{Size: position, Root: e.root()}, nil
}

// Checkpoint is a signed Head: kept elsewhere, it proves later what the
// journal held at the instant At (µs UTC).
type Checkpoint struct {
	Head
	At time.Time
}

// Key signs checkpoints and checks their signatures (Ed25519).
type Key struct {
	signer   note.Signer
	verifier note.Verifier
}

// OpenKey reads the signing key at path. When there is none it makes one from
// random and writes it with mode 0600. The path lies outside the data
// directory, so that whoever can change the data cannot sign it.
func OpenKey(path string, random io.Reader) (*Key, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = makeKey(path, random)
	}
	if err != nil {
		return nil, fault.New(fault.Unavailable, msgKey, "path", path).Wrap(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
		return nil, fault.New(fault.Forbidden, msgKeyMode, "path", path).Wrap(err)
	}
	secret, public, found := strings.Cut(strings.TrimSpace(string(text)), "\n")
	if !found {
		return nil, fault.New(fault.Corrupt, msgKey, "path", path)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return nil, fault.New(fault.Corrupt, msgKey, "path", path).Wrap(err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		return nil, fault.New(fault.Corrupt, msgKey, "path", path).Wrap(err)
	}
	return &Key{signer: signer, verifier: verifier}, nil
}

// makeKey writes a new pair of keys, the secret one first, a line each.
func makeKey(path string, random io.Reader) ([]byte, error) {
	secret, public, err := note.GenerateKey(random, origin)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	text := []byte(secret + "\n" + public + "\n")
	_, err = f.Write(text)
	return text, errors.Join(err, f.Sync(), f.Close())
}

// Sign reads the journal's state and returns it as a signed note.
func (k *Key) Sign(ctx context.Context, d *db.DB) (signed []byte, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		head, err := ReadHead(tx)
		if err == nil {
			signed, err = k.SignHead(tx, head)
		}
		return err
	})
	return signed, err
}

var msgCannotSign = fault.Msg{Key: "journal.cannot_sign", Text: "khóa này chỉ để kiểm tra chữ ký, không ký được"}

// SignHead is a head as a signed note: the origin, the number of entries, the
// root in base64, the instant, and the signature.
func (k *Key) SignHead(tx *db.Tx, head Head) ([]byte, error) {
	if k.signer == nil {
		return nil, fault.New(fault.Forbidden, msgCannotSign)
	}
	text := fmt.Sprintf("%s\n%d\n%s\n%s\n", origin, head.Size,
		base64.StdEncoding.EncodeToString(head.Root[:]), tx.Now().Format(time.RFC3339Nano))
	signed, err := note.Sign(&note.Note{Text: text}, k.signer)
	if err != nil {
		return nil, fmt.Errorf("journal: sign: %w", err)
	}
	return signed, nil
}

// ReadKey reads a key that must exist: a whole one, or the public line alone,
// which checks signatures and makes none. What is public may be readable by all.
func ReadKey(path string) (*Key, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.New(fault.Unavailable, msgKey, "path", path).Wrap(err)
	}
	lines := strings.Fields(string(text))
	if len(lines) == 0 || len(lines) > 2 {
		return nil, fault.New(fault.Corrupt, msgKey, "path", path)
	}
	verifier, err := note.NewVerifier(lines[len(lines)-1])
	if err != nil {
		return nil, fault.New(fault.Corrupt, msgKey, "path", path).Wrap(err)
	}
	return &Key{verifier: verifier}, nil
}

// Open checks the signature of a checkpoint and reads it.
func (k *Key) Open(signed []byte) (*Checkpoint, error) {
	n, err := note.Open(signed, note.VerifierList(k.verifier))
	if err != nil {
		return nil, fault.New(fault.Invalid, msgCheckpoint).Wrap(err)
	}
	var name, root, at string
	c := &Checkpoint{}
	if _, err := fmt.Sscanf(n.Text, "%s\n%d\n%s\n%s\n", &name, &c.Size, &root, &at); err != nil || name != origin {
		return nil, fault.New(fault.Invalid, msgCheckpoint).Wrap(err)
	}
	if c.Root, err = tlog.ParseHash(root); err != nil {
		return nil, fault.New(fault.Invalid, msgCheckpoint).Wrap(err)
	}
	if c.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
		return nil, fault.New(fault.Invalid, msgCheckpoint).Wrap(err)
	}
	return c, nil
}
