package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"giuchuan/internal/app"
	"giuchuan/internal/app/demo"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

type assignCmd struct {
	Import  assignImportCmd  `cmd:"" help:"Nhập bảng phân công từ tệp .xlsx hoặc .csv; tệp có lỗi thì không nhập dòng nào."`
	Export  assignExportCmd  `cmd:"" help:"Xuất bảng phân công ra tệp .xlsx hoặc .csv, sửa xong nhập lại được."`
	Propose assignProposeCmd `cmd:"" help:"Lập bảng đề xuất theo cơ quan mà các bộ tiêu chí ghi, để người có thẩm quyền hoàn thiện rồi nhập."`
	Gaps    assignGapsCmd    `cmd:"" help:"Tiêu chí chưa có cơ quan phụ trách, số liệu chưa có cơ quan cung cấp, xã chưa có phòng theo dõi."`
}

// ofProvince is a store and the province asked about.
type ofProvince struct {
	store
	Province string `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
}

func (c ofProvince) with(ctx context.Context, env *Env, work func(*app.App, *agency.Assignments) error) error {
	return c.store.with(ctx, env, func(a *app.App) error {
		s, err := a.Assignments(c.Province)
		if err != nil {
			return err
		}
		return work(a, s)
	})
}

type assignImportCmd struct {
	ofProvince
	File   string `arg:"" name:"tệp" help:"Tệp .xlsx hoặc .csv."`
	DryRun bool   `help:"Chỉ cho biết sẽ thêm, đổi, giữ nguyên những gì."`
}

// Run imports assignments, or says what it would do.
func (c assignImportCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(a *app.App, s *agency.Assignments) error {
		return importAssignments(ctx, env, assignTo{a, s}, importFile{name: c.File, dryRun: c.DryRun, actor: actor()})
	})
}

// assignTo is where a file of assignments goes.
type assignTo struct {
	app  *app.App
	with *agency.Assignments
}

func importAssignments(ctx context.Context, env *Env, to assignTo, f importFile) error {
	book, err := openBook(f.name)
	if err != nil {
		return err
	}
	list, faults := to.with.Read(book)
	if len(faults) > 0 {
		return refuseFile(env, f.name, faults)
	}
	cmd := agency.Import{File: filepath.Base(f.name), Assignments: list}
	var changes []agency.Change
	preview := func(tx *db.Tx) (err error) {
		changes, err = to.with.Preview(ctx, tx, agency.Assign{Assignments: list})
		return err
	}
	if err := to.app.DB.Read(ctx, preview); err != nil {
		if faults := fault.Rows(err); len(faults) > 0 {
			return refuseFile(env, f.name, faults)
		}
		return err
	}
	var count [3]int
	var lines []string
	for i := range changes {
		switch ch := &changes[i]; ch.Effect {
		case agency.Added:
			count[0]++
		case agency.Unchanged:
			count[2]++
			continue
		default:
			count[1]++
		}
		lines = append(lines, changes[i].Effect.Vietnamese()+": "+assignmentText(to.with, &changes[i].After))
	}
	if !f.dryRun && len(lines) > 0 {
		write := func(tx *db.Tx) error {
			_, err := to.with.Assign(ctx, tx, agency.Assign{Assignments: list})
			return err
		}
		if err := writeCommand(ctx, to.app, f.actor, cmd.Command, write); err != nil {
			return err
		}
	}
	writeCounts(env, f.name, f.dryRun, count)
	writeChanges(env, f.dryRun, lines)
	return nil
}

// assignmentText is one assignment in a few words.
func assignmentText(s *agency.Assignments, a *agency.Assignment) string {
	body, _ := s.Agencies().Latest(a.Agency)
	who, until := body.Name, ""
	if a.Office != "" {
		who = a.Office + ", " + body.Short
	}
	if a.Until != day.Forever {
		until = " đến " + a.Until.Vietnamese()
	}
	what := strings.TrimSpace(a.Set + " " + a.Code)
	if a.Duty == agency.Follows {
		what = s.Subject(a)
	}
	return what + ": " + who + " " + a.Duty.Vietnamese() + " từ " + a.From.Vietnamese() + until
}

type assignExportCmd struct {
	ofProvince
	Output string `short:"o" required:"" help:"Tệp .xlsx hoặc .csv sẽ ghi." placeholder:"TỆP"`
}

// Run writes the table.
func (c assignExportCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(a *app.App, s *agency.Assignments) error {
		var list []agency.Assignment
		err := a.DB.Read(ctx, func(tx *db.Tx) (err error) {
			list, err = s.List(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
		if err := writeAssignments(env, c.Output, s, list); err != nil {
			return err
		}
		_, err = fmt.Fprintf(env.Stdout, "Đã ghi %d dòng phân công vào %s\n", len(list), c.Output)
		return err
	})
}

func writeAssignments(env *Env, file string, s *agency.Assignments, list []agency.Assignment) error {
	list = agency.Sorted(list)
	return writeTo(env, file, func(w io.Writer) error {
		if strings.EqualFold(filepath.Ext(file), ".csv") {
			return s.Text(sheet.NewCSV(w, sheet.CSVStyle{BOM: true}), list)
		}
		data, err := s.Workbook(list, "")
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	})
}

type assignProposeCmd struct {
	ofProvince
	Output string  `short:"o" required:"" help:"Tệp .xlsx hoặc .csv sẽ ghi." placeholder:"TỆP"`
	From   dayFlag `help:"Ngày bắt đầu phân công; để trống là hôm nay." placeholder:"NGÀY"`
	Number string  `help:"Số văn bản phân công." placeholder:"SỐ"`
	Issued dayFlag `help:"Ngày văn bản phân công." placeholder:"NGÀY"`
}

// Run writes what the criteria sets say of everything that is not assigned.
func (c assignProposeCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(a *app.App, s *agency.Assignments) error {
		from := c.From.or(today(env))
		proposals, err := proposalsOf(ctx, a, s, from)
		if err != nil {
			return err
		}
		var list []agency.Assignment
		open := 0
		for _, p := range proposals {
			row := agency.Assignment{
				Duty: p.Duty, Set: p.Set, Code: p.Code, Agency: p.Agency.ID, From: from, Until: day.Forever,
				Number: c.Number, Issued: c.Issued.or(day.None), Note: "bộ tiêu chí ghi: " + p.Named,
			}
			if !p.Settled() {
				open++
				row.Note += "; " + p.Note + choicesText(p.Choices)
			}
			list = append(list, row)
		}
		if err := writeAssignments(env, c.Output, s, list); err != nil {
			return err
		}
		_, err = fmt.Fprintf(env.Stdout, "Đã ghi %d đề xuất vào %s, trong đó %d dòng cần người chọn cơ quan (xem cột ghi chú)\n", len(list), c.Output, open)
		return err
	})
}

func choicesText(list []agency.Agency) string {
	var names []string
	for _, a := range list {
		names = append(names, a.Name+" ("+a.ID+")")
	}
	if len(names) == 0 {
		return ""
	}
	return ": " + strings.Join(names, ", ")
}

// proposalsOf gives the proposals of every set of a day.
func proposalsOf(ctx context.Context, a *app.App, s *agency.Assignments, on day.Day) (out []agency.Proposal, err error) {
	err = a.DB.Read(ctx, func(tx *db.Tx) error {
		for _, set := range s.SetsOf(on) {
			list, err := s.Propose(ctx, tx, set.ID, on)
			if err != nil {
				return err
			}
			out = append(out, list...)
		}
		return nil
	})
	return out, err
}

type assignGapsCmd struct {
	ofProvince
	Date dayFlag `help:"Ngày xem; để trống là hôm nay." placeholder:"NGÀY"`
}

// Run lists what nobody is assigned to.
func (c assignGapsCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(a *app.App, s *agency.Assignments) error {
		on := c.Date.or(today(env))
		var gaps agency.Gaps
		err := a.DB.Read(ctx, func(tx *db.Tx) error {
			communes, err := a.Recognised(ctx, tx, on)
			if err != nil {
				return err
			}
			gaps, err = s.Gaps(ctx, tx, on, communes)
			return err
		})
		if err != nil {
			return err
		}
		return writeTo(env, "", func(w io.Writer) error { return writeGaps(w, &gaps, on) })
	})
}

func writeGaps(w io.Writer, g *agency.Gaps, on day.Day) error {
	fmt.Fprintf(w, "Ngày %s: %d tiêu chí, chỉ tiêu chưa có cơ quan phụ trách; %d chỉ tiêu chưa có cơ quan cung cấp số liệu; %d xã chưa phân công phòng theo dõi\n",
		on.Vietnamese(), len(g.Leads), len(g.Supplies), len(g.Areas))
	var rows [][]string
	for _, x := range slices.Concat(g.Leads, g.Supplies) {
		rows = append(rows, []string{"  " + x.Set, x.Code, x.Name, x.Duty.Vietnamese() + ": " + x.Reason + choicesText(x.Choices)})
	}
	for _, x := range g.Areas {
		rows = append(rows, []string{"  " + x.Place.Code, "", x.Name, x.Duty.Vietnamese() + ": " + x.Reason + ", thuộc " + x.Agency.Name})
	}
	writeTable(w, rows)
	return nil
}

// assign writes the demonstration's table of assignments and imports it.
func (d *demonstration) assign(ctx context.Context) error {
	s, err := d.app.Assignments("08")
	if err != nil {
		return err
	}
	on := day.FromTime(demo.AssignedAt)
	proposals, err := proposalsOf(ctx, d.app, s, on)
	if err != nil {
		return err
	}
	tree := d.app.Places.At(on)
	province, _ := tree.ByCode("08")
	communes := slices.DeleteFunc(tree.Communes(province.ID), func(u place.Unit) bool { return !u.IsXa() })
	name := filepath.Join(d.dir, "bang-phan-cong.csv")
	if err := writeAssignments(d.env, name, s, demo.Assignments(proposals, communes)); err != nil {
		return err
	}
	return importAssignments(ctx, d.env, assignTo{d.app, s}, importFile{name: name, actor: "demo"})
}
