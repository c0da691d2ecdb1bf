package app_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/color"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	register "giuchuan/internal/register/criteria"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/viewtest"
)

const coordination = authz.Coordination

var entryLink = regexp.MustCompile(`/nhat-ky/(\d+)"`)

// assignLines are the pages of who looks after what: everyone may read the
// assignments, the coordination office makes them; of areas, the district too.
func assignLines() []access {
	const office = "van-phong-dieu-phoi: -"
	const areas = "districts: own district; van-phong-dieu-phoi: own district province"
	one := func(path string) func(*cell) request { return func(*cell) request { return ask(path) } }
	terms := []string{"tu-ngay", "01/10/2024", "so-van-ban", "12/QĐ-UBND", "ngay-van-ban", "29/09/2024"}
	with := func(c *cell, path string, pairs ...string) request { return post(path, append(pairs, terms...)...) }
	return []access{
		{route: "GET /phan-cong", may: "everyone: -"},
		{route: "GET /phan-cong/{bo}/{ma}", about: criteria, may: "everyone: own apart"},
		{
			route: "POST /phan-cong/{bo}/{ma}", about: criteria, may: "van-phong-dieu-phoi: own apart", writes: true,
			send: func(c *cell) request {
				return with(c, "/phan-cong/"+c.id, "loai", "cung-cap", "co-quan", "so-xay-dung.1")
			},
		},
		{route: "GET /phan-cong/de-xuat", may: office, send: one("/phan-cong/de-xuat?bo=" + ntmSet)},
		{
			route: "POST /phan-cong/de-xuat", may: office, writes: true,
			send: func(c *cell) request { return with(c, "/phan-cong/de-xuat?bo="+ntmSet, "phu-trach-1", "so-xay-dung.1") },
		},
		{route: "GET /phan-cong/bang.xlsx", may: office},
		{route: "GET /phan-cong/bang.csv", may: office},
		{route: "GET /phan-cong/nhap", may: office},
		{route: "POST /phan-cong/nhap", may: office, writes: true, send: table},
		{route: "GET /phan-cong/dia-ban", may: "districts: -; van-phong-dieu-phoi: -"},
		{
			route: "POST /phan-cong/dia-ban", about: communes, may: areas, writes: true,
			send: func(c *cell) request {
				return with(c, "/phan-cong/dia-ban", "xa", c.id+".1", "phong", c.fresh("Phòng "))
			},
		},
		{
			route: "GET /phan-cong/dia-ban/{xa}", about: communes, may: areas,
			send: func(c *cell) request { return ask("/phan-cong/dia-ban/" + c.id + ".1") },
		},
		{
			route: "POST /phan-cong/ket-thuc", about: duties, may: areas + "; van-phong-dieu-phoi: apart", writes: true, ready: duty,
			send: func(c *cell) request {
				return post("/phan-cong/ket-thuc", "ma-phan-cong", c.id, "rut", "1", "ly-do", "ghi nhầm")
			},
		},
		{route: "GET /quan-tri/ban-giao", may: "quan-tri-tinh: -; quan-tri-don-vi: -"},
		{route: "POST /quan-tri/ban-giao", may: "quan-tri-tinh: -; quan-tri-don-vi: -", status: 404}, // no duty was named
	}
}

// table is a file with one new assignment, agreed to.
func table(c *cell) request {
	row := c.fresh("") + "/QĐ-UBND"
	file := "duty,set,code,agency_id,from,number,issued_on\ncung cấp số liệu," + ntmSet + ",2,so-xay-dung.1,01/10/2024," + row + ",29/09/2024\n"
	return post("/phan-cong/nhap", "nhan", "1", "ten-tep", "bang.csv", "noi-dung", base64.StdEncoding.EncodeToString([]byte(file)))
}

// duty records what the cell is about, to be ended: an office that follows the
// commune, or an agency that supplies a criterion.
func duty(c *cell) {
	if c.rel == none {
		return
	}
	terms := []string{"tu-ngay", "01/10/2024", "so-van-ban", c.fresh("") + "/QĐ-UBND", "ngay-van-ban", "29/09/2024"}
	made := post("/phan-cong/dia-ban", append(terms, "xa", c.id, "phong", c.fresh("Phòng "))...)
	if c.rel == apart {
		made = post("/phan-cong/"+c.id, append(terms, "loai", "cung-cap", "co-quan", "so-y-te.1")...)
	}
	reply := c.do(c.t, coordination, made)
	number := terms[3]
	c.id = ""
	viewtest.Must(c.t, c.app.DB.Read(context.Background(), func(tx *db.Tx) error {
		list, err := c.server.Assigned().List(context.Background(), tx)
		for i := range list {
			if list[i].Number == number {
				c.id = list[i].ID
			}
		}
		return err
	}))
	if c.id == "" {
		c.t.Fatalf("nothing was assigned: %d %s", reply.status, short(reply.body))
	}
}

// evidenceLines are the addresses of files: whoever sees the figure sees the
// file; the original only who works on it; who enters or supplies the figure
// attaches and takes back.
func evidenceLines() []access {
	const see = "communes: own apart; districts: own apart district; co-quan-phu-trach: own apart district province; " +
		"co-quan-cung-cap: own district province; provinces: own apart district province"
	const original = "communes: own apart; districts: own apart district; co-quan-phu-trach: own district province; " +
		"van-phong-dieu-phoi: own apart district province"
	const work = "xa-nguoi-nhap: own apart; co-quan-phu-trach: own district province; co-quan-cung-cap: own district province"
	return []access{
		{route: "POST /minh-chung", about: files, may: work, writes: true, send: upload},
		{route: "GET /minh-chung/{id}", about: files, may: see, ready: attached},
		{route: "GET /minh-chung/{id}/nho", about: files, may: see, ready: attached},
		{route: "GET /minh-chung/{id}/goc", about: files, may: original, ready: attached},
		{
			route: "POST /minh-chung/{id}/go", about: files, may: work, writes: true, ready: attached,
			send: func(c *cell) request { return post(c.path("/minh-chung/{id}/go"), "ly-do", "gửi nhầm") },
		},
	}
}

// subject is the figure a cell is about: "02407.1/15.1".
func (c *cell) subject() (s evidence.Subject) {
	commune, code, _ := strings.Cut(c.id, "/")
	set, err := c.app.Law.Set(ntmSet)
	viewtest.Must(c.t, err)
	viewtest.Must(c.t, c.app.DB.Read(context.Background(), func(tx *db.Tx) error {
		keys, err := register.Keys(context.Background(), tx, c.app.Law)
		if slot, ok := set.Slot(code); ok && err == nil {
			s = evidence.Cell(place.Key(commune), 202431, keys.Slots(set)[slot])
		}
		return err
	}))
	return s
}

// picture is one that was not sent before.
func (c *cell) picture() []byte {
	n, err := strconv.Atoi(c.fresh(""))
	viewtest.Must(c.t, err)
	m := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for x := range 64 {
		m.Set(x, n%48, color.RGBA{uint8(n), uint8(n >> 8), uint8(4 * x), 255})
	}
	var b bytes.Buffer
	viewtest.Must(c.t, jpeg.Encode(&b, m, nil))
	return b.Bytes()
}

// attached puts a picture behind the cell's figure and names it in the address.
func attached(c *cell) {
	if c.rel == none {
		return
	}
	ctx := context.Background()
	spool, err := c.server.Files().Receive(bytes.NewReader(c.picture()))
	viewtest.Must(c.t, err)
	defer func() { viewtest.Must(c.t, spool.Close()) }()
	item, err := c.server.Files().Attach(ctx, evidence.Attach{
		Actor: "system", Subject: c.subject(), Name: "anh.jpg", Confirmed: true, Allow: func(*db.Tx) error { return nil },
	}, spool)
	viewtest.Must(c.t, err)
	c.id = item.ID
}

// upload sends a picture of the cell's figure.
func upload(c *cell) request {
	s := c.subject()
	commune, _, _ := strings.Cut(c.id, "/")
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range [][2]string{
		{"doi-tuong", s.Kind}, {"xa", commune}, {"ky", "2024-H1"}, {"dai-luong", strconv.Itoa(int(s.Measure))}, {evidence.ConfirmField, "1"},
	} {
		viewtest.Must(c.t, w.WriteField(f[0], f[1]))
	}
	part, err := w.CreateFormFile("tep", "anh.jpg")
	viewtest.Must(c.t, err)
	_, err = part.Write(c.picture())
	viewtest.Must(c.t, err)
	viewtest.Must(c.t, w.Close())
	return request{http.MethodPost, "/minh-chung", w.FormDataContentType(), b.String()}
}
