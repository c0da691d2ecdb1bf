package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
)

type directiveListCmd struct{ onDocket }

// Run prints the register.
func (c directiveListCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(d *docket) error {
		rows := [][]string{{"Mã", "Văn bản", "Trạng thái", "Trích yếu"}}
		err := d.app.DB.Read(ctx, func(tx *db.Tx) error {
			list, err := d.register.List(ctx, tx, d.who, directive.Filter{})
			for i := range list {
				x := &list[i]
				rows = append(rows, []string{x.ID, x.Label(), x.State.Vietnamese(), x.Title})
			}
			return err
		})
		writeTable(env.Stdout, rows)
		return err
	})
}

type directiveTasksCmd struct {
	onDocket
	Document string `help:"Chỉ nhiệm vụ của văn bản có mã này." placeholder:"MÃ"`
	Group    string `help:"Chỉ nhiệm vụ của mục này, ví dụ 1.7." placeholder:"MỤC"`
	Status   string `help:"Chỉ một trạng thái: overdue, waiting, in-time, undated, continuous, late, on-time, done, retired." enum:"overdue,waiting,in-time,undated,continuous,late,on-time,done,retired," default:"" placeholder:"TRẠNG-THÁI"`
	Text     string `help:"Tìm trong nội dung, đơn vị, không cần dấu." placeholder:"CHỮ"`
	Format   string `help:"table: bảng cho người đọc; json, csv: cho máy; list: danh sách .xlsx sửa được rồi nhập lại; register: sổ theo dõi 7 cột .xlsx; totals: bảng tổng hợp .xlsx." enum:"table,json,csv,list,register,totals" default:"table" placeholder:"DẠNG"`
	Output   string `short:"o" help:"Ghi vào tệp thay vì in ra." placeholder:"TỆP"`
}

// Run prints who has which task and how it stands, the worst first.
func (c directiveTasksCmd) Run(ctx context.Context, env *Env) error {
	return c.onDocket.with(ctx, env, func(d *docket) error {
		b, err := d.book(ctx)
		if err != nil {
			return err
		}
		list := b.Pick(&task.Filter{Document: c.Document, Group: c.Group, Status: task.Status(c.Status), Text: c.Text})
		return writeTo(env, c.Output, func(w io.Writer) error {
			switch c.Format {
			case "json":
				return json.NewEncoder(w).Encode(tasksJSON(list))
			case "csv":
				return b.WriteListCSV(w, list)
			case "list":
				return b.WriteList(w, list)
			case "register":
				return b.WriteTracking(w, list)
			case "totals":
				return b.WriteTotals(w, list, false)
			}
			writeTasks(w, d, b, list)
			return nil
		})
	})
}

func writeTasks(w io.Writer, d *docket, b *task.Book, list []*task.Entry) {
	t := task.Tally(list)
	fmt.Fprintf(w, "Ngày %s: %d nhiệm vụ; có thời hạn %d = đúng hạn %d + quá hạn mới xong %d + trong hạn %d + quá hạn %d; "+
		"không thời hạn %d (xong %d), thường xuyên %d; chờ xác nhận %d\n\n", b.Today.Vietnamese(), t.All, t.Dated(), t.OnTime, t.Late, t.InTime,
		t.Overdue, t.Undated+t.Done, t.Done, t.Continuous, t.Waiting)
	rows := [][]string{{"Mục", "Đơn vị", "Thời hạn", "Xong", "Tình trạng"}}
	for _, e := range list {
		rows = append(rows, []string{e.Ref, d.tasks.Short(e.Agency, b.Today), e.Due.Vietnamese(), reached(e), e.Words()})
	}
	writeTable(w, rows)
}

// reached is how many of a task's objects are done: "4/5".
func reached(e *task.Entry) string {
	if e.Of == 0 {
		return ""
	}
	return strconv.Itoa(e.Reached) + "/" + strconv.Itoa(e.Of)
}

// taskJSON is a task as machines read it.
type taskJSON struct {
	ID      string `json:"id"`
	Ref     string `json:"ref"`
	Group   string `json:"group"`
	Agency  string `json:"agency"`
	First   string `json:"first_agency"`
	Due     string `json:"due,omitempty"`
	Status  string `json:"status"`
	Days    int    `json:"days"`
	Reached int    `json:"reached"`
	Of      int    `json:"of"`
	Stub    bool   `json:"stub"`
	Text    string `json:"text"`
}

func tasksJSON(list []*task.Entry) []taskJSON {
	out := make([]taskJSON, len(list))
	for i, e := range list {
		out[i] = taskJSON{
			ID: e.ID, Ref: e.Ref, Group: e.Group, Agency: e.Agency, First: e.First, Due: e.Due.String(), Status: string(e.Status),
			Days: e.Days, Reached: e.Reached, Of: e.Of, Stub: e.Stub, Text: e.Text,
		}
	}
	return out
}

type directiveUpdateCmd struct {
	onDocket
	File   string `arg:"" name:"tệp" help:"Danh sách nhiệm vụ đã sửa, .xlsx hoặc .csv, do directive tasks xuất ra."`
	DryRun bool   `help:"Chỉ cho biết sẽ ghi những gì."`
}

var msgRefusedRows = fault.Msg{Key: "cli.refused_rows", Text: "{file}: {count} dòng không ghi được, không dòng nào được ghi"}

// Run records what a list changes, or says what it would change.
func (c directiveUpdateCmd) Run(ctx context.Context, env *Env) error {
	book, err := openBook(c.File)
	if err != nil {
		return err
	}
	rows, err := task.ReadList(book)
	if err != nil {
		return err
	}
	return c.with(ctx, env, func(d *docket) error {
		b, err := d.book(ctx)
		if err != nil {
			return err
		}
		changed, refused := 0, 0
		for _, l := range d.tasks.Plan(b, d.who, rows) {
			switch {
			case l.Reason != "":
				refused++
				fmt.Fprintf(env.Stderr, "%s: %s. %s\n", l.Row.Cell, l.Reason, l.Remedy)
			case len(l.Does) > 0:
				changed++
				fmt.Fprintf(env.Stdout, "Mục %s, %s: %s\n", l.Entry.Ref, d.tasks.Short(l.Entry.Agency, b.Today), strings.Join(l.Does, "; "))
			}
		}
		switch {
		case refused > 0:
			return fault.New(fault.Invalid, msgRefusedRows, "file", filepath.Base(c.File), "count", strconv.Itoa(refused))
		case c.DryRun:
			fmt.Fprintf(env.Stdout, "Chạy thử, chưa ghi gì: %d nhiệm vụ\n", changed)
			return nil
		}
		cmd := &task.Import{File: filepath.Base(c.File), Rows: rows}
		err = writeCommand(ctx, d.app, d.who.ID, cmd.Command, func(tx *db.Tx) error {
			changed, err = d.tasks.Import(ctx, tx, d.who, cmd)
			return err
		})
		if err == nil {
			fmt.Fprintf(env.Stdout, "Đã ghi %d nhiệm vụ\n", changed)
		}
		return err
	})
}
