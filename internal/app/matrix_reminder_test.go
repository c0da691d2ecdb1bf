package app_test

import (
	"context"
	"strconv"

	drafts "giuchuan/internal/feature/directive/request"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/viewtest"
)

// reminderLines are the pages of Giao việc, Đôn đốc and mail.
func reminderLines() []access {
	const above = "provinces: -"
	const asks = "co-quan-phu-trach: -; provinces: -"
	empty := func(path string) func(*cell) request { return func(*cell) request { return post(path) } }
	return []access{
		{route: "GET /giao-viec", may: asks},
		{
			route: "GET /giao-viec/moi", about: communes, may: "provinces: own district province",
			send: func(c *cell) request { return ask("/giao-viec/moi?noi=" + c.id + ".1") },
		},
		{
			route: "POST /giao-viec/moi", about: communes, may: "provinces: own district province", writes: true,
			send: func(c *cell) request { return post("/giao-viec/moi", "noi", c.id+".1", "viec", c.fresh("Việc ")) },
		},
		{route: "GET /giao-viec/{id}", may: "van-phong-ubnd: -", ready: draft, send: func(c *cell) request { return ask("/giao-viec/" + c.id) }},
		{
			route: "POST /giao-viec/{id}/giao", may: "van-phong-ubnd: -", writes: true, ready: draft,
			send: func(c *cell) request {
				return post("/giao-viec/"+c.id+"/giao", "ban", c.unit, "viec", "làm", "don-vi", "so-y-te.1")
			},
		},
		{
			route: "POST /giao-viec/{id}/khong-giao", may: "van-phong-ubnd: -", writes: true, ready: draft,
			send: func(c *cell) request { return post("/giao-viec/"+c.id+"/khong-giao", "ban", c.unit, "ly-do", "trùng") },
		},
		{route: "GET /don-doc", may: above},
		{route: "GET /tai-khoan/nhac-viec", may: "everyone: -"},
		{route: "POST /tai-khoan/nhac-viec", may: "everyone: -", status: 422, send: empty("/tai-khoan/nhac-viec")}, // this server sends no mail
		{route: "GET /quan-tri/thu", may: "quan-tri-tinh: -"},
		{route: "POST /quan-tri/thu", may: "quan-tri-tinh: -"},
	}
}

// draft makes a request of Văn phòng UBND tỉnh that waits: its id, and in unit
// its entry.
func draft(c *cell) {
	words := c.fresh("Việc chờ giao ")
	c.do(c.t, authz.ProvinceOffice, post("/giao-viec/moi", "viec", words))
	viewtest.Must(c.t, c.app.DB.Read(context.Background(), func(tx *db.Tx) error {
		list, err := drafts.New(drafts.Options{}).Waiting(tx)
		for _, r := range list {
			if r.Words == words {
				c.id, c.unit = r.ID, strconv.FormatInt(r.Entry, 10)
			}
		}
		return err
	}))
	if c.id == "" {
		c.t.Fatal("no draft was written")
	}
}

// follows is the second opinion on reminders and requests: the province's
// offices and leaders ask and urge everywhere, an agency asks within its
// criteria, Văn phòng UBND tỉnh gives, the province's administrator looks after
// the mail.
func follows(r web.Route, role authz.Role) (yes, known bool) {
	switch r.Pattern {
	case "/giao-viec":
		return overseer(role) || role == authz.InCharge, true
	case "/giao-viec/moi", "/don-doc":
		return overseer(role), true
	case "/giao-viec/{id}", "/giao-viec/{id}/giao", "/giao-viec/{id}/khong-giao":
		return role == authz.ProvinceOffice, true
	case "/quan-tri/thu":
		return role == authz.ProvinceAdmin, true
	}
	return false, false
}
