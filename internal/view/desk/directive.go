package desk

import (
	"context"
	"slices"
	"strconv"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/view/tracking"
)

// Directives is what is open of the directives' duties; nil where the product
// follows none.
type Directives struct {
	Index    *tracking.Index
	Name     func(agency string, on day.Day) string // as it is called in short
	Province func(on day.Day) []string              // path of the province, for permissions
}

// most bounds the lines of one kind that Việc của tôi lists; the others are one
// line that leads to the register.
const most = 20

// clerk gathers the tasks that directives give one person.
type clerk struct {
	d        *Directives
	open     *tracking.Open
	person   Person
	province []string
	tasks    []Task
}

// directives adds what directives ask of the person.
func (d *Desk) directives(ctx context.Context, p Person, x *Inbox) error {
	if d.Directives == nil {
		return nil
	}
	carries, directs := authz.Reaches(p.Subject, authz.CarryTask), authz.Reaches(p.Subject, authz.Direct)
	if !carries && !directs {
		return nil
	}
	position, _ := d.Board.Position()
	open, err := d.Directives.Index.At(ctx, position, p.Today)
	if err != nil {
		return err
	}
	c := &clerk{d: d.Directives, open: open, person: p, province: d.Directives.Province(p.Today)}
	for _, unit := range c.units() {
		c.carry(unit)
	}
	if directs && authz.May(p.Subject, authz.Direct, authz.Object{PlacePath: c.province}) {
		c.direct()
	}
	x.Tasks = append(x.Tasks, c.tasks...)
	return nil
}

// units are the bodies whose tasks the person carries.
func (c *clerk) units() (out []string) {
	seen := map[string]bool{}
	for _, g := range c.person.Grants {
		o := authz.Object{PlacePath: c.province, Unit: g.Unit}
		if g.Unit != "" && !seen[g.Unit] && authz.May(c.person.Subject, authz.CarryTask, o) {
			seen[g.Unit] = true
			out = append(out, g.Unit)
		}
	}
	return out
}

// carry adds what a body has to do: receive documents, mend what was returned,
// and its duties with a day.
func (c *clerk) carry(unit string) {
	for _, l := range c.open.LettersOf(unit) {
		c.tasks = append(c.tasks, Task{
			Work: Receive, What: "Tiếp nhận " + l.Cited, Where: c.d.Name(unit, c.person.Today), Due: l.Due,
			Path: "/nhiem-vu/tiep-nhan", Button: "Tiếp nhận",
		})
	}
	for _, l := range c.open.Of(unit) {
		if l.Waiting || !l.Single && l.Returned == "" {
			continue
		}
		t := Task{Work: Report, What: "Nhiệm vụ " + l.Ref + ": " + clip(l.Text), Where: l.Cited, Due: l.Due, Path: "/nhiem-vu/" + l.ID, Button: "Báo cáo"}
		if l.Of > 1 {
			t.Where += ", " + strconv.Itoa(l.Reached) + "/" + strconv.Itoa(l.Of) + " nơi đã xong"
		}
		if l.Asked != day.None {
			t.Why = "Đang xin gia hạn đến " + l.Asked.Vietnamese()
		}
		if l.Returned != "" {
			t.Work, t.Why, t.Button = Redo, "Văn phòng UBND tỉnh trả lại: "+l.Returned, "Bổ sung"
		}
		c.tasks = append(c.tasks, t)
	}
}

// direct adds what waits for Văn phòng UBND tỉnh.
func (c *clerk) direct() {
	var confirm, extend, give []Task
	for i := range c.open.Lines {
		l := &c.open.Lines[i]
		name := c.d.Name(l.Agency, c.person.Today)
		what := "nhiệm vụ " + l.Ref + ": " + clip(l.Text)
		if l.Waiting {
			t := Task{Work: Approve, What: "Xác nhận hoàn thành " + what, Where: name + ", " + l.Cited, Path: "/nhiem-vu/" + l.ID, Button: "Xem xét"}
			t.Why = "Báo cáo ngày " + l.Reported.Vietnamese()
			if l.Unproven {
				t.Why += ", chưa có minh chứng"
			}
			confirm = append(confirm, t)
		}
		if l.Asked != day.None {
			extend = append(extend, Task{
				Work: Extend, What: "Trả lời xin gia hạn " + what, Where: name + ", " + l.Cited, Path: "/nhiem-vu/" + l.ID, Button: "Trả lời",
				Why: "Xin đến " + l.Asked.Vietnamese() + reason(l.AskedFor),
			})
		}
	}
	for i := range c.open.Drafts {
		d := &c.open.Drafts[i]
		t := Task{Work: Assign, What: "Giao việc: " + clip(d.Words), Where: d.About, Path: "/giao-viec/" + d.ID, Button: "Giao"}
		t.Why = d.Unit + " đề nghị ngày " + d.On.Vietnamese()
		give = append(give, t)
	}
	c.urge()
	c.tasks = append(c.tasks, few(confirm, "Các nhiệm vụ khác chờ xác nhận", "/nhiem-vu/xac-nhan")...)
	c.tasks = append(c.tasks, few(extend, "Các đề nghị gia hạn khác", "/nhiem-vu/xac-nhan")...)
	c.tasks = append(c.tasks, few(give, "Các đề nghị giao việc khác", "/giao-viec")...)
}

// urge adds one line for each document that bodies have not received in time,
// and one for the duties of bodies that no longer work.
func (c *clerk) urge() {
	type late struct {
		letter *tracking.Letter
		bodies int
	}
	var list []late
	for i := range c.open.Letters {
		l := &c.open.Letters[i]
		if l.Due >= c.person.Today {
			continue
		}
		k := slices.IndexFunc(list, func(x late) bool { return x.letter.Document == l.Document })
		if k < 0 {
			k = len(list)
			list = append(list, late{letter: l})
		}
		list[k].bodies++
	}
	for _, x := range list {
		c.tasks = append(c.tasks, Task{
			Work: Urge, What: strconv.Itoa(x.bodies) + " đơn vị chưa tiếp nhận " + x.letter.Cited, Where: "Hạn tiếp nhận " + x.letter.Due.Vietnamese(),
			Due: x.letter.Due, Path: "/don-doc", Button: "Đôn đốc",
		})
	}
	ended := 0
	for i := range c.open.Lines {
		if c.open.Lines[i].Ended {
			ended++
		}
	}
	if ended > 0 {
		c.tasks = append(c.tasks, Task{
			Work: HandOver, What: strconv.Itoa(ended) + " nhiệm vụ của đơn vị đã kết thúc hoạt động chờ bàn giao", Due: day.None,
			Path: "/nhiem-vu/ban-giao", Button: "Bàn giao",
		})
	}
}

// few keeps a list short: what is too much is one line that leads to all.
func few(list []Task, more, path string) []Task {
	for i := range list {
		list[i].Due = day.None
	}
	if len(list) <= most {
		return list
	}
	rest := list[most]
	rest.What, rest.Where, rest.Why = more, strconv.Itoa(len(list)-most)+" việc", ""
	rest.Path, rest.Button = path, "Mở"
	return append(list[:most], rest)
}

func reason(s string) string {
	if s == "" {
		return ""
	}
	return ": " + clip(s)
}

// clip shortens a duty's words for a line, at a word.
func clip(s string) string {
	r := []rune(s)
	if len(r) <= longest {
		return s
	}
	cut := longest - 1
	for k := cut; k > longest/2; k-- {
		if r[k] == ' ' {
			cut = k
			break
		}
	}
	return string(r[:cut]) + "…"
}

// longest is how many characters of a duty's words a line shows.
const longest = 140
