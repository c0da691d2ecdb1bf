package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

type titlesCmd struct {
	Template titlesTemplateCmd `cmd:"" help:"Tạo biểu .xlsx để nhập mức công nhận."`
	Import   titlesImportCmd   `cmd:"" help:"Nhập mức công nhận từ tệp .xlsx hoặc .csv; tệp có lỗi thì không nhập dòng nào."`
	List     titlesListCmd     `cmd:"" help:"Danh sách mức công nhận và đề nghị."`
}

type titlesTemplateCmd struct {
	Output   string  `short:"o" required:"" help:"Tệp .xlsx sẽ ghi." placeholder:"TỆP"`
	Province string  `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
	Date     dayFlag `help:"Ngày lấy danh sách xã; để trống là hôm nay." placeholder:"NGÀY"`
}

// Run writes an empty workbook with the communes of the day.
func (c titlesTemplateCmd) Run(env *Env) error {
	places, err := place.Load(reference.FS())
	if err != nil {
		return err
	}
	data, err := recognition.Workbook(places, recognition.Form{Province: c.Province, On: c.Date.or(today(env))})
	if err != nil {
		return err
	}
	if err := writeTo(env, c.Output, func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Stdout, "Đã ghi biểu nhập mức công nhận: %s\n", c.Output)
	return err
}

type titlesImportCmd struct {
	store
	File     string `arg:"" name:"tệp" help:"Tệp .xlsx hoặc .csv."`
	Province string `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
	DryRun   bool   `help:"Chỉ cho biết sẽ thêm, đổi, giữ nguyên những gì."`
}

// Run imports titles, or says what it would do.
func (c titlesImportCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(a *app.App) error {
		return importTitles(ctx, env, a, importFile{name: c.File, province: c.Province, dryRun: c.DryRun, actor: actor()})
	})
}

// importFile is one file to import and how.
type importFile struct {
	name, province, actor string
	dryRun                bool
}

func importTitles(ctx context.Context, env *Env, a *app.App, f importFile) error {
	book, err := openBook(f.name)
	if err != nil {
		return err
	}
	titles, faults := recognition.ReadTitles(book, a.Places, f.province)
	if len(faults) > 0 {
		return refuseFile(env, f.name, faults)
	}
	cmd := recognition.Import{File: filepath.Base(f.name), Titles: titles}
	var changes []recognition.Change
	var count map[recognition.Effect]int
	preview := func(tx *db.Tx) error {
		var err error
		changes, err = a.Recognition.Preview(ctx, tx, titles)
		count = map[recognition.Effect]int{}
		for _, ch := range changes {
			count[ch.Effect]++
		}
		return err
	}
	write := func(tx *db.Tx) error {
		_, err := a.Recognition.Import(ctx, tx, cmd)
		return err
	}
	if err := a.DB.Read(ctx, preview); err != nil {
		return err
	}
	if !f.dryRun && count[recognition.Unchanged] < len(changes) {
		if err := writeCommand(ctx, a, f.actor, cmd.Command, write); err != nil {
			return err
		}
	}
	writeCounts(env, f.name, f.dryRun, [3]int{count[recognition.Added], count[recognition.Changed], count[recognition.Unchanged]})
	var lines []string
	for i := range changes {
		if ch := &changes[i]; ch.Effect != recognition.Unchanged {
			lines = append(lines, ch.Effect.Vietnamese()+": "+titleText(a, ch))
		}
	}
	writeChanges(env, f.dryRun, lines)
	return nil
}

// refuseFile prints every bad cell of a file of which nothing is taken.
func refuseFile(env *Env, name string, faults []*fault.Error) error {
	for _, f := range faults {
		fmt.Fprintf(env.Stderr, "  %s\n", fault.Text(f))
	}
	fmt.Fprintf(env.Stderr, "%d lỗi; không nhập dòng nào của %s; sửa các lỗi trên rồi nhập lại.\n", len(faults), name)
	return errRefused
}

// titleText is one changed title in a few words.
func titleText(a *app.App, ch *recognition.Change) string {
	u, _ := a.Places.Latest(ch.Title.Place)
	text := u.Code + " " + u.Name + ", " + ch.Title.Level.Vietnamese() + ", " + ch.Title.DecidedWords()
	if b := ch.Before; b != nil {
		text += " (trước đó: " + b.Level.Vietnamese() + ", " + b.DecidedWords() + ")"
	}
	return text
}

// writeChanges lists what a dry run would add or change; a real import only
// says how much.
func writeChanges(env *Env, dryRun bool, lines []string) {
	if !dryRun {
		return
	}
	for i, line := range lines {
		if i == maxListed {
			fmt.Fprintf(env.Stdout, "  … và %d dòng khác\n", len(lines)-i)
			return
		}
		fmt.Fprintf(env.Stdout, "  %s\n", line)
	}
}

// writeCommand runs work as the command of an actor.
func writeCommand(ctx context.Context, a *app.App, who string, command func(string) (db.Command, error), work func(*db.Tx) error) error {
	cmd, err := command(who)
	if err != nil {
		return err
	}
	return a.DB.Write(ctx, cmd, work)
}

// writeCounts says what an import did: added, changed and unchanged rows.
func writeCounts(env *Env, name string, dryRun bool, n [3]int) {
	verb := "Đã nhập"
	if dryRun {
		verb = "Chạy thử, chưa ghi gì:"
	}
	fmt.Fprintf(env.Stdout, "%s %s: thêm %d, thay đổi %d, không đổi %d\n", verb, filepath.Base(name), n[0], n[1], n[2])
}

type titlesListCmd struct {
	store
	Date dayFlag `help:"Tình trạng vào ngày này; để trống là hôm nay." placeholder:"NGÀY"`
}

// Run lists every title and proposal with its status at the day.
func (c titlesListCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(a *app.App) error {
		on := c.Date.or(today(env))
		var titles []recognition.Title
		var held []recognition.Held
		err := a.DB.Read(ctx, func(tx *db.Tx) error {
			var err error
			if titles, err = a.Recognition.List(ctx, tx, app.Now); err == nil {
				held, err = a.Recognition.Current(ctx, tx, on, app.Now)
			}
			return err
		})
		if err != nil {
			return err
		}
		rows := [][]string{{"MÃ", "XÃ", "MỨC CÔNG NHẬN", "QUYẾT ĐỊNH", "NGÀY", "TÌNH TRẠNG NGÀY " + on.Vietnamese(), "NGUỒN"}}
		partial := false
		for i := range titles {
			t := &titles[i]
			u, _ := a.Places.Latest(t.Place)
			source := ""
			if t.Partial {
				source, partial = "từ tin công khai, chưa đầy đủ", true
			}
			rows = append(rows, []string{u.Code, u.Name, t.Level.Vietnamese(), t.Number, t.DecidedWords(), t.Status(a.Places, on), source})
		}
		return writeTo(env, "", func(w io.Writer) error {
			writeTable(w, rows)
			writeWaiting(w, held)
			if partial {
				fmt.Fprintln(w, "\nDanh sách lấy từ tin công khai, chưa đầy đủ; không thay quyết định công nhận.")
			}
			return nil
		})
	})
}

// writeWaiting lists the communes that wait for a decision after a merger.
func writeWaiting(w io.Writer, held []recognition.Held) {
	head := false
	for i := range held {
		h := &held[i]
		if h.State != recognition.Waiting {
			continue
		}
		if !head {
			fmt.Fprintln(w, "\nCHỜ QUYẾT ĐỊNH sau sắp xếp đơn vị hành chính (chương trình không tự tính mức công nhận):")
			head = true
		}
		fmt.Fprintf(w, "  %s %s, từ: %s\n", h.Unit.Code, h.Unit.Name, heldBefore(h))
	}
}

// heldBefore names the titles of the communes that a commune was made of.
func heldBefore(h *recognition.Held) string {
	var before []string
	for _, b := range h.Before {
		before = append(before, b.Unit.Name+" ("+b.Title.Level.Vietnamese()+")")
	}
	return strings.Join(before, ", ")
}
