package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/task"
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
	Format   string `help:"Kết quả ra bảng cho người đọc (table) hoặc JSON cho máy (json)." enum:"table,json" default:"table" placeholder:"DẠNG"`
}

// Run prints who has which task and how it stands, the worst first.
func (c directiveTasksCmd) Run(ctx context.Context, env *Env) error {
	return c.onDocket.with(ctx, env, func(d *docket) error {
		b, err := d.book(ctx)
		if err != nil {
			return err
		}
		list := b.Pick(&task.Filter{Document: c.Document, Group: c.Group, Status: task.Status(c.Status), Text: c.Text})
		if c.Format == "json" {
			return json.NewEncoder(env.Stdout).Encode(tasksJSON(list))
		}
		writeTasks(env.Stdout, d, b, list)
		return nil
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
