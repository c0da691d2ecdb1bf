package cli

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"giuchuan/internal/app"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
)

type journalProofCmd struct {
	signing
	File       string `arg:"" help:"Tệp bằng chứng tải từ trang Nhật ký thay đổi." placeholder:"TỆP"`
	Checkpoint string `help:"Tệp mốc đối chiếu đã ký, khi bằng chứng không kèm mốc." placeholder:"TỆP"`
}

// largestProof bounds a file of proof, in bytes: an entry and a few hashes.
const largestProof = 64 << 20

var msgProofSize = fault.Msg{Key: "cli.proof_size", Text: "tệp {file} quá lớn để là một bằng chứng"}

// Run checks a proof with the key alone: it needs no data and no network.
func (c journalProofCmd) Run(_ context.Context, env *Env) error {
	text, err := smallFile(c.File)
	if err != nil {
		return err
	}
	var mark []byte
	if c.Checkpoint != "" {
		if mark, err = smallFile(c.Checkpoint); err != nil {
			return err
		}
	}
	path, err := c.path("")
	if err != nil {
		return err
	}
	key, err := journal.ReadKey(path)
	if err != nil {
		return err
	}
	e, signed, err := journal.CheckProof(text, key, mark)
	if err != nil {
		return err
	}
	fmt.Fprintf(env.Stdout, "Bằng chứng đúng: mục %s của nhật ký (lệnh %s, người thực hiện %s, ghi lúc %s, %s dòng dữ liệu) có trong mốc %s mục, ký lúc %s.\n",
		grouped(e.Position), e.Name, e.Actor, moment(e.At), grouped(e.Rows), grouped(signed.Size), moment(signed.At))
	_, err = fmt.Fprintf(env.Stdout, "Nội dung mục: %s\n", e.Body)
	return err
}

type journalProveCmd struct {
	store
	signing
	Position int64  `arg:"" help:"Số thứ tự của mục." placeholder:"MỤC"`
	Output   string `short:"o" help:"Ghi vào tệp thay vì in ra." placeholder:"TỆP"`
}

// Run writes the proof of an entry, signed with the key.
func (c journalProveCmd) Run(ctx context.Context, env *Env) error {
	path, err := c.path(c.Data)
	if err != nil {
		return err
	}
	return c.with(ctx, env, func(a *app.App) error {
		key, err := journal.OpenKey(path, rand.Reader)
		if err != nil {
			return err
		}
		var proof *journal.Proof
		err = a.DB.Read(ctx, func(tx *db.Tx) error {
			proof, err = journal.Prove(tx, c.Position, key)
			return err
		})
		if err != nil {
			return err
		}
		return writeTo(env, c.Output, func(w io.Writer) error {
			out := json.NewEncoder(w)
			out.SetIndent("", "  ")
			return out.Encode(proof)
		})
	})
}

// smallFile reads a file that cannot be a proof when it is large.
func smallFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fileFault(name, err)
	}
	if info.Size() > largestProof {
		return nil, fault.New(fault.TooLarge, msgProofSize, "file", name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fileFault(name, err)
	}
	return text, nil
}
