package cli

import (
	"context"
	"fmt"
	"strings"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
)

var msgStubOnly = fault.Msg{Key: "cli.stub_only", Text: "{label} mới là văn bản dẫn chiếu, chưa có toàn văn; hãy nhập văn bản bằng lệnh directive import"}

type directiveCoverageCmd struct {
	onDocket
	ID string `arg:"" name:"mã" help:"Mã văn bản."`
}

// Run prints whom a document passes by (Kiểm tra bao phủ).
func (c directiveCoverageCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(d *docket) error {
		return d.app.DB.Read(ctx, func(tx *db.Tx) error {
			doc, duties, err := d.register.Get(ctx, tx, d.who, c.ID)
			if err != nil {
				return err
			}
			charges, err := d.register.Charges(ctx, tx, doc.Day())
			if err != nil {
				return err
			}
			if doc.State == directive.Stub {
				return fault.New(fault.Conflict, msgStubOnly, "label", doc.Label())
			}
			found := directive.Cover(&doc, duties, charges)
			name := func(id string) string { return d.tasks.Name(id, doc.Day()) }
			w := env.Stdout
			for _, id := range found.Absent {
				fmt.Fprintf(w, "Dự họp nhưng không có trong nơi nhận: %s\n", name(id))
			}
			for _, id := range found.Untasked {
				fmt.Fprintf(w, "Nhận văn bản để thực hiện nhưng không mục nào giao việc: %s\n", name(id))
			}
			for _, g := range found.InCharge {
				fmt.Fprintf(w, "Phụ trách tiêu chí %s nhưng không dự họp, không nhận văn bản: %s\n", strings.Join(g.Codes, ", "), name(g.Agency))
			}
			for _, g := range found.Suppliers {
				fmt.Fprintf(w, "Cung cấp số liệu tiêu chí %s nhưng không dự họp, không nhận văn bản: %s\n", strings.Join(g.Codes, ", "), name(g.Agency))
			}
			if found.Clean() {
				fmt.Fprintln(w, "Không có chỗ hở nào")
			}
			return nil
		})
	})
}

type directiveReceiptsCmd struct{ onDocket }

// Run prints who has received which document (tiếp nhận), who has not first.
func (c directiveReceiptsCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(d *docket) error {
		b, err := d.book(ctx)
		if err != nil {
			return err
		}
		list, missing, late := b.Receiving(), 0, 0
		rows := [][]string{{"Đơn vị", "Văn bản", "Nhiệm vụ", "Hạn tiếp nhận", "Tiếp nhận"}}
		for i := range list {
			r := &list[i]
			got := r.Received.Vietnamese()
			if r.Received == day.None {
				got = "chưa tiếp nhận"
				missing++
			}
			if r.Late(b.Today) {
				got += ", quá hạn"
				late++
			}
			rows = append(rows, []string{d.tasks.Short(r.Agency, b.Today), r.Given.Brief(), fmt.Sprint(r.Tasks), r.Due.Vietnamese(), got})
		}
		fmt.Fprintf(env.Stdout, "Ngày %s: %d đơn vị chưa tiếp nhận, trong đó %d quá hạn\n\n", b.Today.Vietnamese(), missing, late)
		writeTable(env.Stdout, rows)
		return nil
	})
}
