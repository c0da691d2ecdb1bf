package app_test

import (
	"context"
	"strconv"
	"testing"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/viewtest"
)

// tasks are duties of a document: of the commune Thái Sơn (own), of its district
// (district) and of Sở Y tế (province).
const tasks kind = "task"

const taskDocument = "tb-thu"

// taskBodies gives the body of each relation.
func taskBodies() map[relation]string {
	return map[relation]string{own: "ubnd-02407.1", district: "ubnd-074.1", province: "so-y-te.1", none: "khong-co"}
}

// readyTask puts a body's task into the cell: its id stands in the address.
func readyTask(c *cell) {
	c.unit = c.id
	if e := c.taskOf(c.t, c.unit); e != nil {
		c.id = e.ID
	}
}

// taskOf is a body's task of the document of the matrix, which is given first;
// nil when the body has none.
func (s *site) taskOf(t testing.TB, agencyID string) *task.Entry {
	t.Helper()
	assigned, err := s.app.Assignments(viewtest.Province)
	viewtest.Must(t, err)
	duties, err := s.app.Duties(viewtest.Province, assigned, nil)
	viewtest.Must(t, err)
	service := duties.Tasks
	who := authz.Subject{ID: "x", Grants: []authz.Grant{{Role: authz.ProvinceOffice, Place: "08.1"}}}
	var book *task.Book
	read := func() {
		viewtest.Must(t, s.app.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
			book, err = service.Book(context.Background(), tx, who)
			return err
		}))
	}
	if read(); book.Given(taskDocument) == nil {
		doc, duties := taskNotice()
		viewtest.Must(t, s.app.DB.Write(context.Background(), db.Command{Actor: "x", Name: "task.import"}, func(tx *db.Tx) error {
			return service.Confirmed(context.Background(), tx, doc, duties)
		}))
		read()
	}
	for _, e := range book.Entries {
		if e.Document == taskDocument && e.Agency == agencyID {
			return e
		}
	}
	return nil
}

func taskNotice() (*directive.Document, []directive.Duty) {
	doc := &directive.Document{ID: taskDocument, Symbol: "TB-UBND", Kind: "TB", Issued: day.Of(2024, 6, 7), State: directive.Active}
	return doc, []directive.Duty{{
		ID: "d", Document: doc.ID, Ref: "1", Group: "1", Text: "Rà soát các xã", Due: day.Of(2024, 9, 30), Kind: directive.OnDate,
		Addressees: []directive.Addressee{{Role: directive.Lead, Agencies: []string{"ubnd-02407.1", "ubnd-074.1", "so-y-te.1"}}},
	}}
}

// taskLines are the pages of tasks. Which tasks a list shows is held by the
// tests of the package.
func taskLines() []access {
	const (
		carry  = "communes: -; districts: -; co-quan-phu-trach: -; co-quan-cung-cap: -; van-phong-dieu-phoi: -"
		lists  = carry + "; van-phong-ubnd: -; lanh-dao-tinh: -"
		writes = carry + "; van-phong-ubnd: -"
		office = "van-phong-ubnd: -"
		mine   = "communes: own; districts: district; co-quan-phu-trach: province"
	)
	note := func(tail string) func(*cell) request {
		return func(c *cell) request {
			ban := "0"
			if e := c.taskOf(c.t, c.unit); e != nil {
				ban = strconv.FormatInt(e.Task.Entry, 10)
			}
			return post("/nhiem-vu/"+c.id+tail, "viec", "ghi-chu", "ban", ban, "ghi-chu-noi-dung", "đang làm")
		}
	}
	return []access{
		{route: "GET /nhiem-vu", may: lists},
		{route: "GET /nhiem-vu/so-theo-doi.xlsx", may: lists},
		{route: "GET /nhiem-vu/tong-hop.xlsx", may: lists},
		{route: "GET /nhiem-vu/danh-sach.xlsx", may: lists},
		{route: "GET /nhiem-vu/nhap", may: writes},
		{route: "POST /nhiem-vu/nhap", may: writes},
		{route: "POST /nhiem-vu/nhap/ghi", may: writes},
		{route: "GET /nhiem-vu/tiep-nhan", may: lists},
		{
			route: "POST /nhiem-vu/tiep-nhan", about: tasks, may: mine, ready: readyTask,
			send: func(c *cell) request {
				return post("/nhiem-vu/tiep-nhan", "van-ban", taskDocument, "don-vi", c.unit)
			},
		},
		{route: "GET /nhiem-vu/xac-nhan", may: office},
		{route: "POST /nhiem-vu/xac-nhan", may: office},
		{route: "GET /nhiem-vu/ban-giao", may: office},
		{route: "POST /nhiem-vu/ban-giao", may: office},
		{
			route: "GET /nhiem-vu/{id}", about: tasks, ready: readyTask,
			may: mine + "; provinces: own district province",
		},
		{route: "POST /nhiem-vu/{id}", about: tasks, may: mine, ready: readyTask, writes: true, send: note("")},
		{
			route: "POST /nhiem-vu/{id}/dieu-hanh", about: tasks, ready: readyTask, writes: true, send: note("/dieu-hanh"),
			may: "van-phong-ubnd: own district province",
		},
		{route: "GET /chi-dao/{id}/theo-doi", may: lists, status: 404, send: func(*cell) request { return ask("/chi-dao/khong-co/theo-doi") }},
	}
}

// onTask is the second opinion on tasks: who works for the body that has one
// carries it out, the province's office gives and confirms, its leaders and the
// coordination office look on, administrators do neither.
func onTask(r web.Route, role authz.Role, k kind, rel relation) (yes, known bool) {
	if r.Action != authz.ViewTask && r.Action != authz.CarryTask && k != tasks {
		return false, false
	}
	var mine bool
	switch role {
	case authz.CommuneEntry, authz.CommuneLeader:
		mine = near(rel, own)
	case authz.DistrictOffice, authz.DistrictLeader:
		mine = near(rel, district)
	case authz.InCharge:
		mine = near(rel, province)
	case authz.Supplier, authz.Coordination:
		mine = near(rel)
	}
	switch {
	case r.Action == authz.Direct:
		return role == authz.ProvinceOffice, true
	case r.Action == authz.CarryTask:
		return mine, true
	case r.Pattern == "/nhiem-vu/nhap" || r.Pattern == "/nhiem-vu/nhap/ghi": // who brings something in
		return mine || role == authz.ProvinceOffice, true
	}
	return mine || overseer(role), true
}
