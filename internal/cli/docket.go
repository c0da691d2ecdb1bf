package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/intake"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/officialdoc"
)

// docket is a province's register of directives with who works on it from here:
// the command line has the rights of Văn phòng UBND tỉnh.
type docket struct {
	app      *app.App
	register *directive.Service
	tasks    *task.Service
	reader   *intake.Reader
	who      authz.Subject
}

// onDocket is a store, a province and the legal day of the register of
// directives.
type onDocket struct {
	store
	Date     dayFlag `help:"Ngày làm việc hoặc ngày xem; để trống là hôm nay." placeholder:"NGÀY"`
	Province string  `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
}

func (c onDocket) with(ctx context.Context, env *Env, work func(*docket) error) error {
	cfg := c.config(env)
	cfg.Today = c.Date.or(day.None)
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	d, err := openDocket(a, c.Province, c.Date.or(today(env)))
	if err == nil {
		err = work(d)
	}
	return closing(a, err)
}

func openDocket(a *app.App, province string, on day.Day) (*docket, error) {
	assigned, err := a.Assignments(province)
	if err != nil {
		return nil, err
	}
	p, err := a.Places.Province(province, on)
	if err != nil {
		return nil, err
	}
	duties, err := a.Duties(province, assigned, nil)
	if err != nil {
		return nil, err
	}
	d := &docket{app: a, register: duties.Directives, tasks: duties.Tasks, reader: duties.Reader}
	d.who = authz.Subject{ID: actor(), Grants: []authz.Grant{{Role: authz.ProvinceOffice, Place: p.ID, Unit: "vp-ubnd.1"}}}
	return d, nil
}

type directiveImportCmd struct {
	onDocket
	File        string `arg:"" name:"tệp" help:"Tệp .txt, .md, .docx, .pdf hoặc .edxml."`
	Illustrated bool   `help:"Đánh dấu là văn bản minh họa."`
}

// Help says what importing does and what it does not.
func (directiveImportCmd) Help() string {
	return "Văn bản vào sổ ở trạng thái chờ xác nhận: chưa nhiệm vụ nào có hiệu lực theo dõi cho đến lệnh directive confirm."
}

// Run takes a document into the register.
func (c directiveImportCmd) Run(ctx context.Context, env *Env) error {
	data, err := readDirective(c.File, officialdoc.DefaultLimits())
	if err != nil {
		return err
	}
	return c.with(ctx, env, func(d *docket) error {
		done, p, err := d.take(ctx, c.File, data, c.Illustrated)
		if err != nil {
			return err
		}
		w := env.Stdout
		fmt.Fprintf(w, "Đã nhập %s: %s, %d nhiệm vụ, chờ xác nhận\nMã văn bản: %s\n", filepath.Base(c.File), p.Document.Label(), len(p.Duties), done.ID)
		if done.Replaced {
			fmt.Fprintln(w, "Đây là văn bản đã được dẫn chiếu từ trước, nay có toàn văn")
		}
		if n := len(done.Twins); n > 0 {
			like := "cùng số, ký hiệu và cơ quan ban hành"
			if p.Document.Number == "" {
				like = "giống văn bản này, cũng chưa có số"
			}
			fmt.Fprintf(w, "Cảnh báo: sổ đã có %d văn bản %s: %s\n", n, like, strings.Join(done.Twins, ", "))
		}
		if n := len(done.Stubs); n > 0 {
			fmt.Fprintf(w, "Văn bản dẫn chiếu, chưa có toàn văn: %d\n", n)
		}
		writeLacks(w, p.Duties)
		return nil
	})
}

// take reads a document and takes it into the register.
func (d *docket) take(ctx context.Context, name string, data []byte, illustrated bool) (done directive.Imported, p directive.Proposal, err error) {
	err = d.app.DB.Read(ctx, func(tx *db.Tx) error {
		agencies, err := d.register.Agencies(ctx, tx)
		if err == nil {
			p, err = d.reader.File(ctx, intake.Against{Agencies: agencies, Today: tx.Today()}, name, data)
		}
		return err
	})
	if err != nil {
		return done, p, err
	}
	p.Document.Illustrated = illustrated
	cmd := directive.Import{Proposal: p}
	err = writeCommand(ctx, d.app, d.who.ID, cmd.Command, func(tx *db.Tx) error {
		done, err = d.register.Import(ctx, tx, d.who, cmd)
		return err
	})
	return done, p, err
}

// writeLacks prints what keeps a document from being confirmed.
func writeLacks(w io.Writer, duties []directive.Duty) {
	for _, l := range directive.Missing(duties, nil) {
		switch l.What {
		case directive.LackLead:
			fmt.Fprintf(w, "Mục %s: chưa chọn cơ quan chủ trì (%s); dùng --lead %s=TÊN\n", l.Ref, l.Text, l.Ref)
		case directive.LackList:
			fmt.Fprintf(w, "Mục %s: “%s” chưa xác định danh sách; dùng --wait để chờ danh sách\n", l.Ref, l.Text)
		case directive.LackWho:
			fmt.Fprintf(w, "Mục %s: chưa có đơn vị được giao; sửa trên trang văn bản\n", l.Ref)
		}
	}
}

type directiveConfirmCmd struct {
	onDocket
	ID   string   `arg:"" name:"mã" help:"Mã văn bản mà lệnh directive import đã in."`
	Lead []string `help:"Cơ quan chủ trì của một mục mà văn bản không nêu, dạng MỤC=TÊN; ghi nhiều lần được." sep:"none" placeholder:"MỤC=TÊN"`
	Wait bool     `help:"Đồng ý để các nhóm chưa xác định danh sách chờ danh sách."`
}

var (
	msgLeadForm = fault.Msg{Key: "cli.lead_form", Text: "“{text}” không có dạng MỤC=TÊN, ví dụ 4=Sở Tài chính"}
	msgLeadRef  = fault.Msg{Key: "cli.lead_ref", Text: "văn bản không có mục {ref}"}
)

// Run makes the duties of a document active.
func (c directiveConfirmCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(d *docket) error {
		for _, l := range c.Lead {
			ref, name, ok := strings.Cut(l, "=")
			if !ok {
				return fault.New(fault.Invalid, msgLeadForm, "text", l)
			}
			if err := d.lead(ctx, c.ID, strings.TrimSpace(ref), strings.TrimSpace(name)); err != nil {
				return err
			}
		}
		if err := d.confirm(ctx, c.ID, c.Wait); err != nil {
			return err
		}
		b, err := d.book(ctx)
		if err == nil {
			list := b.Pick(&task.Filter{Document: c.ID})
			units := task.Bundles(list, func(e *task.Entry) string { return e.Agency })
			fmt.Fprintf(env.Stdout, "Đã xác nhận: %d nhiệm vụ giao cho %d đơn vị\n", len(list), len(units))
		}
		return err
	})
}

// lead says who leads a duty.
func (d *docket) lead(ctx context.Context, id, ref, name string) error {
	var duties []directive.Duty
	err := d.app.DB.Read(ctx, func(tx *db.Tx) (err error) {
		_, duties, err = d.register.Get(ctx, tx, d.who, id)
		return err
	})
	if err != nil {
		return err
	}
	i := slices.IndexFunc(duties, func(x directive.Duty) bool { return x.Ref == ref })
	if i < 0 {
		return fault.New(fault.NotFound, msgLeadRef, "ref", fault.Clip(ref))
	}
	cmd := directive.Choose{Edit: directive.Edit{Document: id, Duty: duties[i].ID}, Lead: name}
	return writeCommand(ctx, d.app, d.who.ID, cmd.Command, func(tx *db.Tx) error { return d.register.Choose(ctx, tx, d.who, cmd) })
}

// confirm makes a document active; wait leaves collectives without a list open.
func (d *docket) confirm(ctx context.Context, id string, wait bool) error {
	cmd := directive.Confirm{Document: id}
	err := d.app.DB.Read(ctx, func(tx *db.Tx) error {
		_, duties, err := d.register.Get(ctx, tx, d.who, id)
		if err != nil || !wait {
			return err
		}
		for _, l := range directive.Missing(duties, nil) {
			if l.What == directive.LackList {
				cmd.Accept = append(cmd.Accept, l.Text)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return writeCommand(ctx, d.app, d.who.ID, cmd.Command, func(tx *db.Tx) error { return d.register.Confirm(ctx, tx, d.who, cmd) })
}

// book reads every task.
func (d *docket) book(ctx context.Context) (b *task.Book, err error) {
	err = d.app.DB.Read(ctx, func(tx *db.Tx) (err error) {
		b, err = d.tasks.Book(ctx, tx, d.who)
		return err
	})
	return b, err
}
