package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"giuchuan/internal/app"
	"giuchuan/internal/app/demo"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

type demoCmd struct {
	Data     string  `help:"Thư mục dữ liệu minh họa; phải chưa có." default:"./giuchuan-demo" placeholder:"THƯ-MỤC"`
	Database string  `help:"Địa chỉ PostgreSQL; để trống thì dùng SQLite." placeholder:"URL"`
	Seed     uint64  `help:"Số gieo: cùng số cho cùng dữ liệu." default:"1" placeholder:"N"`
	Today    dayFlag `help:"Ngày minh họa; để trống là 01/10/2024." placeholder:"NGÀY"`
	Serve    bool    `help:"Sau khi in, chạy máy chủ trên dữ liệu minh họa."`
	Listen   string  `help:"Địa chỉ nghe khi dùng --serve; tài khoản minh họa chỉ dùng được trên chính máy này." default:"127.0.0.1:8080" placeholder:"ĐỊA-CHỈ"`
	National bool    `help:"Thêm một đợt rà soát minh họa cỡ cả nước và đánh giá."`
}

var msgDemoExists = fault.Msg{Key: "cli.demo_exists", Text: "{data} đã có dữ liệu; chọn thư mục khác hoặc xóa đi rồi chạy lại"}

// Run fills the demonstration province from files a real province would import,
// and prints its standing.
func (c demoCmd) Run(ctx context.Context, env *Env) error {
	if _, err := os.Stat(filepath.Join(c.Data, app.DatabaseFile)); err == nil {
		return fault.New(fault.Conflict, msgDemoExists, "data", c.Data)
	}
	d := &demonstration{env: env, seed: c.Seed, today: c.Today.or(demo.Today), now: demo.TitlesAt, dir: filepath.Join(c.Data, "minh-hoa")}
	var err error
	d.app, err = app.Init(ctx, app.Config{
		Data: c.Data, Database: c.Database, Today: day.None, National: c.National,
		Clock: func() time.Time { return d.now },
	})
	if err != nil {
		return err
	}
	err = d.fresh(ctx, c)
	if err == nil {
		err = d.fill(ctx)
	}
	if err == nil {
		err = d.show(ctx, c)
	}
	if err == nil && c.National {
		err = d.national(ctx)
	}
	if err = closing(d.app, err); err != nil || !c.Serve {
		return err
	}
	fmt.Fprintln(env.Stdout)
	return serve(ctx, env, app.Config{Data: c.Data, Database: c.Database, Clock: d.since(env.Now), Today: d.today}, app.ServerConfig{
		Province: "08", Listen: c.Listen, Demo: true, Log: env.Stderr,
	})
}

// since is a clock that goes on from where the demonstration's stands, at the
// pace of the real one.
func (d *demonstration) since(real func() time.Time) func() time.Time {
	began := real()
	return func() time.Time { return d.now.Add(real().Sub(began)) }
}

// fresh refuses a database that holds a record: generated data can never be
// taken out again.
func (d *demonstration) fresh(ctx context.Context, c demoCmd) error {
	untouched, err := d.app.Untouched(ctx)
	if err == nil && !untouched {
		where := c.Data
		if c.Database != "" {
			where = "PostgreSQL"
		}
		err = fault.New(fault.Conflict, msgDemoExists, "data", where)
	}
	return err
}

// where is the option that names the demonstration's data.
func (c demoCmd) where() string {
	if c.Database != "" {
		return "--database " + c.Database
	}
	return "--data " + c.Data
}

// demonstration is one run of the demo command.
type demonstration struct {
	env   *Env
	app   *app.App
	seed  uint64
	today day.Day
	now   time.Time // the demonstration's clock: imports happen on the story's days
	dir   string
	cell  demo.Cell
	kept  *docket // once opened
}

// example is the finding that is followed from its cell to its verdict.
var example = [2]string{"02407", "15.1"}

// fill writes the demonstration's files and imports them in the story's order.
func (d *demonstration) fill(ctx context.Context) error {
	before, batch, err := demo.Titles(reference.FS())
	if err != nil {
		return err
	}
	var decisions bytes.Buffer
	if err := demo.WriteDecisions(&decisions); err != nil {
		return err
	}
	if err := os.MkdirAll(d.dir, 0o750); err != nil {
		return err
	}
	files := map[string][]byte{
		"muc-cong-nhan.csv": before, "muc-cong-nhan-14-8-2024.csv": batch,
		"quyet-dinh-cua-tinh.csv": decisions.Bytes(), "phuc-tra-thang-9.csv": demo.FieldCheck(),
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(d.dir, name), data, 0o640); err != nil {
			return err
		}
	}
	for _, s := range d.steps() {
		if day.FromTime(s.at) > d.today {
			continue // not yet on the demonstration's day
		}
		d.now = s.at
		if err := s.run(ctx); err != nil {
			return err
		}
	}
	d.now = d.today.Start().Add(8 * time.Hour)
	return nil
}

// step is one event of the story.
type step struct {
	at  time.Time
	run func(context.Context) error
}

// steps are the events of the story in their order.
func (d *demonstration) steps() []step {
	return []step{
		{demo.TitlesAt, d.titles("muc-cong-nhan.csv")},
		{demo.DecisionsAt, func(ctx context.Context) error { return decide(ctx, d.env, d.app, d.file("quyet-dinh-cua-tinh.csv")) }},
		{demo.AssignedAt, d.assign},
		{demo.OpenedAt, d.open(demo.FirstRound())},
		{demo.NoticeAt, d.notice},
		{demo.RoundAt, d.round},
		{demo.SentAt, d.sendAll},
		{demo.ReceivedAt, d.received},
		{demo.VerifiedAt, d.moveAll(round.ActVerify, law.Verified)},
		{demo.GivenAt, d.given},
		{demo.ConfirmedAt, d.moveAll(round.ActConfirm, law.Confirmed)},
		{demo.ClosedAt, d.close},
		{demo.BatchAt, d.titles("muc-cong-nhan-14-8-2024.csv")},
		{demo.NineAt, d.open(demo.SecondRound())},
		{demo.FieldCheckAt, d.findings("phuc-tra-thang-9.csv")},
		{demo.ReportAt, d.planned},
		{demo.ReturnAt, d.sentBack},
		{demo.WorkedAt, d.work},
		{demo.WorkedAt, d.photos},
		{demo.AgainAt, d.again},
		{demo.AcceptedAt, d.planned},
		{demo.AcceptedAt, d.accepted},
		{demo.ExtendAt, d.extend},
		{demo.LookedAt, d.look},
	}
}

func (d *demonstration) file(name string) importFile {
	return importFile{name: filepath.Join(d.dir, name), province: "08", actor: "demo"}
}

func (d *demonstration) titles(name string) func(context.Context) error {
	return func(ctx context.Context) error { return importTitles(ctx, d.env, d.app, d.file(name)) }
}

func (d *demonstration) findings(name string) func(context.Context) error {
	return func(ctx context.Context) error {
		return importFindings(ctx, d.env, d.app, findingsFile{name: filepath.Join(d.dir, name), province: "08", actor: "demo", period: demo.Period})
	}
}

// round writes the workbook of the review round and imports it. The communes
// are those of the period's end that hold a title by the demonstration's day.
func (d *demonstration) round(ctx context.Context) error {
	communes, err := d.communes(ctx)
	if err != nil {
		return err
	}
	name := roundFile()
	f, err := os.Create(filepath.Join(d.dir, name))
	if err != nil {
		return err
	}
	d.cell, err = demo.WriteFindings(f, communes, d.seed, example)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return d.findings(name)(ctx)
}

func roundFile() string { return "ra-soat-" + demo.Period.String() + ".xlsx" }

// communes lists the communes of the round with the set they are reviewed on:
// the one they will be judged on at the demonstration's day.
func (d *demonstration) communes(ctx context.Context) ([]demo.Commune, error) {
	on := demo.Period.Last()
	levels, err := demo.Levels(reference.FS())
	if err != nil {
		return nil, err
	}
	marks := map[string][2]*law.Yardstick{}
	tree := d.app.Places.At(on)
	var out []demo.Commune
	for _, u := range tree.Units() {
		level, ok := levels[u.Code]
		if !ok || u.Province != "08" || !u.IsXa() {
			continue
		}
		set, base := d.app.Law.TestedOn(level, on.Year()), d.app.Law.TestedOn(law.TitleNTM, on.Year())
		district, _ := tree.Unit(u.ParentID)
		for _, c := range []demo.Commune{{Set: set}, {Set: base, Beside: set}} {
			if c.Set == c.Beside {
				continue
			}
			if _, ok := marks[c.Set.ID]; !ok {
				marks[c.Set.ID], err = d.yardsticks(ctx, c.Set, u.ID)
				if err != nil {
					return nil, err
				}
			}
			c.Unit, c.District, c.Mark, c.Next = u, district.FullName, marks[c.Set.ID][0], marks[c.Set.ID][1]
			out = append(out, c)
		}
	}
	return out, nil
}

// yardsticks gives the thresholds of the demonstration's day and of a year
// later, so that generated values pass or fail as the story wants.
func (d *demonstration) yardsticks(ctx context.Context, set *law.Set, placeID string) ([2]*law.Yardstick, error) {
	var out [2]*law.Yardstick
	var dec *law.Decisions
	err := d.app.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		dec, err = d.app.Criteria.Decisions(ctx, tx, set.ID, app.Now)
		return err
	})
	if err != nil {
		return out, err
	}
	areas := []string{placeID}
	for _, above := range d.app.Places.At(demo.Period.Last()).Ancestors(placeID) {
		areas = append(areas, above.ID)
	}
	facts := &law.CommuneFacts{ID: placeID, Class: review.ClassOf(d.app.Places, placeID, demo.Today), Areas: areas}
	for i, on := range []day.Day{demo.Today, demo.Today.AddMonths(12)} {
		out[i] = law.NewYardstick(set, dec, on, facts)
	}
	return out, nil
}

// show prints the standing, and how one finding became a verdict.
func (d *demonstration) show(ctx context.Context, c demoCmd) error {
	s, err := readStanding(ctx, d.app, question{on: d.today, province: "08"})
	if err != nil {
		return err
	}
	fmt.Fprintf(d.env.Stdout, "\nNgày minh họa: %s\n", d.today.Vietnamese())
	if err := s.write(d.env, output{format: "table"}); err != nil {
		return err
	}
	return d.follow(ctx, c)
}

// follow traces one finding from its cell in the workbook to its verdict.
func (d *demonstration) follow(ctx context.Context, c demoCmd) error {
	unit, err := d.app.Places.Resolve(example[0], "08", d.today, place.Commune)
	if err != nil || d.cell.Ref == "" {
		return nil // the commune has ended, or the round has not been, by the chosen day: nothing to follow
	}
	setFor, err := d.app.SetFor(ctx, d.today)
	set := setFor(unit.ID)
	if err != nil || set == nil {
		return err
	}
	slot, ok := set.Slot(example[1])
	if !ok {
		return nil
	}
	var traces []traced
	err = d.app.DB.Read(ctx, func(tx *db.Tx) error {
		a, err := d.app.Review.Assess(ctx, tx, set, []place.Unit{unit}, review.Ask{On: d.today, Known: app.Now, Province: "08"})
		if err == nil {
			traces, err = readTraces(tx, a, []int{slot})
		}
		return err
	})
	if err != nil {
		return err
	}
	w := d.env.Stdout
	fmt.Fprintf(w, "\nTHEO DẤU MỘT SỐ LIỆU: từ ô %s!%s của %s đến kết luận\n", d.cell.Sheet, d.cell.Ref, filepath.Join(d.dir, roundFile()))
	traces[0].write(w, &traces[0].Trace, "")
	_, err = fmt.Fprintf(w, "Xem thêm: giuchuan explain %s %s %s --date %s\n", example[0], example[1], c.where(), d.today)
	return err
}
