package evidenceweb_test

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/platform/web/htmltest"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/register/evidence/evidenceweb"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
	"giuchuan/ui"
)

var ctx = context.Background()

// site is the pages of evidence for whoever `who` names.
type site struct {
	t       *testing.T
	handler http.Handler
	db      *db.DB
	who     string
	state   authz.State
	measure int32
	nofiles int32
	log     *bytes.Buffer
}

// people are grants by name; Phù Lưu is 02392.1 of district 074.1.
var people = map[string]authz.Grant{
	"nhập":          {Role: authz.CommuneEntry, Place: "02392.1"},
	"lãnh đạo":      {Role: authz.CommuneLeader, Place: "02392.1"},
	"xã khác":       {Role: authz.CommuneEntry, Place: "02407.1"},
	"huyện":         {Role: authz.DistrictOffice, Place: "074.1"},
	"sở phụ trách":  {Role: authz.InCharge, Place: "08.1", Fields: []string{"xa-ntm-nang-cao-2021-2025/7"}},
	"sở khác":       {Role: authz.InCharge, Place: "08.1", Fields: []string{"xa-ntm-2021-2025/15"}},
	"cung cấp":      {Role: authz.Supplier, Place: "08.1", Fields: []string{"xa-ntm-nang-cao-2021-2025/7"}},
	"cung cấp khác": {Role: authz.Supplier, Place: "08.1", Fields: []string{"xa-ntm-2021-2025/15"}},
	"điều phối":     {Role: authz.Coordination, Place: "08.1"},
	"lãnh đạo tỉnh": {Role: authz.ProvinceLeader, Place: "08.1"},
	"tỉnh khác":     {Role: authz.Coordination, Place: "02.1"},
	"quản trị":      {Role: authz.ProvinceAdmin, Place: "08.1"},
}

// Objects answers as a review would.
func (s *site) Objects(_ context.Context, _ *db.Tx, of evidence.Subject) ([]authz.Object, error) {
	if of.Place != place.Key("02392.1") {
		return nil, nil
	}
	return []authz.Object{{PlacePath: []string{"08.1", "074.1", "02392.1"}, Field: "xa-ntm-nang-cao-2021-2025/7", State: s.state}}, nil
}

func (s *site) identify(*http.Request) (*web.User, error) {
	g, ok := people[s.who]
	if !ok {
		return nil, nil
	}
	return &web.User{ID: "id-" + s.who, Name: s.who, Subject: authz.Subject{ID: "id-" + s.who, Grants: []authz.Grant{g}}}, nil
}

func each(t *testing.T, body func(t *testing.T, s *site)) {
	at := time.Date(2024, time.October, 1, 1, 0, 0, 0, time.UTC)
	dbtest.EachWith(t, func(o *db.Options) {
		o.Now, o.Today = func() time.Time { return at }, func() day.Day { return day.FromTime(at) }
	}, func(t *testing.T, d *db.DB) { body(t, open(t, d)) })
}

func open(t *testing.T, d *db.DB) *site {
	t.Helper()
	s := &site{t: t, db: d, who: "nhập", state: authz.Draft, log: &bytes.Buffer{}}
	lib, err := criteria.LoadLaw()
	must(t, err)
	places, err := place.Load(reference.FS())
	must(t, err)
	store := blob.OpenDisk(filepath.Join(t.TempDir(), "blobs"))
	must(t, d.Write(ctx, db.Command{Actor: "test", Name: "criteria.prepare"}, func(tx *db.Tx) error {
		if _, err := criteria.Prepare(ctx, tx, lib); err != nil {
			return err
		}
		keys, err := criteria.Keys(ctx, tx, lib)
		s.measure, _ = keys.Key("xa-ntm-nang-cao-2021-2025/7")
		set, err2 := lib.Set("xa-ntm-2021-2025")
		if err == nil && err2 == nil {
			slot, _ := set.Slot("19.1")
			s.nofiles = keys.Slots(set)[slot]
		}
		if s.measure == 0 {
			set, _ := lib.Set("xa-ntm-nang-cao-2021-2025")
			slot, _ := set.Slot("7")
			s.measure = keys.Slots(set)[slot]
		}
		return err
	}))
	files := evidence.New(evidence.Options{
		DB: d, Blobs: store, Law: lib, Places: places, Limits: evidence.Limits{File: 2 << 20, Within: 20 * time.Second}, Temp: t.TempDir(),
	})
	pages := evidenceweb.New(evidenceweb.Options{DB: d, Evidence: files, Objects: s, Law: lib})
	kit, err := web.New(web.Options{Routes: pages.Routes(), Identify: s.identify, Assets: ui.Dist(), Today: func() day.Day { return day.Of(2024, 10, 1) }})
	must(t, err)
	s.handler = kit.Handler()
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func photo(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 400, 300)), nil))
	return b.String()
}

const docPDF = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"

// cell are the fields that name the subject.
func (s *site) cell(more ...string) []string {
	return append([]string{"doi-tuong", "finding", "xa", "02392.1", "ky", "2024-H1", "dai-luong", strconv.Itoa(int(s.measure)), "ve", "/xa/02392#x"}, more...)
}

func (s *site) send(method, path, kind string, body io.Reader, fragment bool) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequest(method, path, body)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if fragment {
		r.Header.Set("HX-Request", "true")
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	if w.Code >= 500 {
		s.t.Errorf("%s %s as %s: %d", method, path, s.who, w.Code)
	}
	return w
}

func (s *site) get(path string) *httptest.ResponseRecorder {
	return s.send("GET", path, "", nil, false)
}

// upload sends a form with fields, and a file unless its name is "".
func (s *site) upload(name, data string, fragment bool, fields ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(fields); i += 2 {
		must(s.t, w.WriteField(fields[i], fields[i+1]))
	}
	part, err := w.CreateFormFile("tep", name)
	must(s.t, err)
	_, err = io.WriteString(part, data)
	must(s.t, err)
	must(s.t, w.Close())
	return s.send("POST", "/minh-chung", w.FormDataContentType(), &b, fragment)
}

func (s *site) want(w *httptest.ResponseRecorder, what string, status int, texts ...string) string {
	s.t.Helper()
	if w.Code != status {
		s.t.Fatalf("%s: %d (%s), want %d\n%.1500s", what, w.Code, w.Header().Get("Location"), status, w.Body)
	}
	for _, text := range texts {
		if !strings.Contains(w.Body.String(), text) {
			s.t.Fatalf("%s: no %q in\n%.3000s", what, text, w.Body)
		}
	}
	return w.Body.String()
}

var link = regexp.MustCompile(`/minh-chung/([0-9a-v]{26})"`)

// attached sends a file and gives its id.
func (s *site) attached(name, data string, more ...string) string {
	s.t.Helper()
	found := link.FindAllStringSubmatch(s.want(s.upload(name, data, true, s.cell(more...)...), "attach "+name, 200), -1)
	if len(found) == 0 {
		s.t.Fatal("no file is listed")
	}
	return found[len(found)-1][1]
}

func TestUploadWithoutScripts(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		w := s.upload("chợ.jpg", photo(t), false, s.cell("loai", "ảnh chụp tại chỗ", "chu-thich", "Chợ <xã>")...)
		s.want(w, "a photograph", 303)
		if to := w.Header().Get("Location"); !strings.HasPrefix(to, "/xa/02392#minh-chung-finding-") {
			t.Errorf("leads to %q", to)
		}
		body := s.want(s.upload("a.html", "<html>", false, s.cell("chu-thich", "giữ lại")...), "a page", 422,
			"Có nội dung cần sửa", `href="#tep"`, `id="tep"`, "chỉ nhận ảnh JPEG", `value="giữ lại"`, "Chợ &lt;xã&gt;", `href="/xa/02392#x"`)
		htmltest.Check(t, body)
		s.want(s.upload("", "", false, s.cell()...), "no file", 422, "Hãy chọn tệp minh chứng")
		s.want(s.upload("cccd.jpg", photo(t), false, s.cell()...), "an identity paper", 422, `name="xac-nhan"`, `href="#xac-nhan"`)
		s.want(s.upload("cccd.jpg", photo(t), false, s.cell("xac-nhan", "1", "loai", "văn bản xác nhận")...), "confirmed", 303)
		s.want(s.upload("tối mật.jpg", photo(t), false, s.cell()...), "secret", 422, "không nhận văn bản mật")
		s.want(s.upload("lớn.jpg", strings.Repeat("x", 3<<20), false, s.cell()...), "too large", 422, "lớn hơn 2,0 MB")
		s.want(s.upload("rất lớn.jpg", strings.Repeat("x", 7<<20), false, s.cell()...), "far too large", 413)
		back := append(s.cell("chu-thich", "x"), "ve", "//evil.example/")
		body = s.want(s.upload("b.pdf", docPDF, false, back...), "a page of another site", 200, "b.pdf")
		if strings.Contains(body, "evil.example") {
			t.Error("another site is linked")
		}
	})
}

func TestListOfFiles(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		body := s.want(s.upload("a.pdf", docPDF, true, s.cell("loai", "văn bản xác nhận")...), "a document", 200, "a.pdf", "Còn thiếu minh chứng:", "ảnh chụp tại chỗ", "08:00 01/10/2024")
		if strings.Contains(body, "<html") {
			t.Error("htmx got a whole page")
		}
		if strings.Contains(body, "/goc") {
			t.Error("a document has no other original")
		}
		body = s.want(s.upload("b.jpg", photo(t), true, s.cell("loai", "ảnh chụp tại chỗ")...), "a photograph", 200, "/nho", "/goc")
		if strings.Contains(body, "Còn thiếu") {
			t.Error("nothing is missing any more")
		}
		id := s.attached("c.jpg", photo(t), "chu-thich", "gỡ tôi")
		form := "application/x-www-form-urlencoded"
		s.want(s.send("POST", "/minh-chung/"+id+"/go", form, strings.NewReader("ve=/xa/02392"), false), "no reason", 422, "Hãy ghi lý do", `id="ly-do"`)
		w := s.send("POST", "/minh-chung/"+id+"/go", form, strings.NewReader("ve=/xa/02392&ly-do=nh%E1%BA%A7m"), false)
		s.want(w, "removed", 303)
		s.want(s.get("/minh-chung/"+id), "what was removed", 404)
		if body := s.want(s.upload("", "", true, s.cell()...), "the list", 422); strings.Contains(body, "gỡ tôi") {
			t.Error("a removed file is listed")
		}
	})
}

func TestFilesGoOutHarmless(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		pic, doc := s.attached("ảnh chợ.jpg", photo(t)), s.attached("biên bản.pdf", docPDF)
		for path, want := range map[string][3]string{
			"/minh-chung/" + pic:          {"image/jpeg", "inline", "private, no-cache"},
			"/minh-chung/" + pic + "/nho": {"image/jpeg", "inline", "private, max-age=86400"},
			"/minh-chung/" + pic + "/goc": {"image/jpeg", "attachment", "private, no-cache"},
			"/minh-chung/" + doc:          {"application/pdf", "attachment", "private, no-cache"},
			"/minh-chung/" + doc + "/goc": {"application/pdf", "attachment", "private, no-cache"},
		} {
			w := s.get(path)
			h := w.Header()
			if w.Code != 200 || h.Get("Content-Type") != want[0] || !strings.HasPrefix(h.Get("Content-Disposition"), want[1]) || h.Get("Cache-Control") != want[2] {
				t.Errorf("%s: %d %v", path, w.Code, h)
			}
			if h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("%s: %v", path, h)
			}
			if h.Get("Content-Length") != strconv.Itoa(w.Body.Len()) {
				t.Errorf("%s: %d bytes, not %s", path, w.Body.Len(), h.Get("Content-Length"))
			}
			r := httptest.NewRequest("GET", path, nil)
			r.Header.Set("If-None-Match", h.Get("Etag"))
			again := httptest.NewRecorder()
			s.handler.ServeHTTP(again, r)
			if again.Code != 304 || again.Body.Len() > 0 {
				t.Errorf("%s again: %d", path, again.Code)
			}
			if head := s.send("HEAD", path, "", nil, false); head.Code != 200 || head.Body.Len() > 0 {
				t.Errorf("HEAD %s: %d, %d bytes", path, head.Code, head.Body.Len())
			}
		}
		if got := s.get("/minh-chung/" + pic).Header().Get("Content-Disposition"); !strings.Contains(got, "%E1%BA%A3nh%20ch%E1%BB%A3.jpg") {
			t.Errorf("name: %s", got)
		}
		s.want(s.get("/minh-chung/"+doc+"/nho"), "no thumbnail", 404)
		for _, path := range []string{"/minh-chung/x", "/minh-chung/" + strings.Repeat("0", 26), "/minh-chung/%00", "/minh-chung/..%2f..%2fetc"} {
			if w := s.get(path); w.Code != 404 && w.Code != 400 && w.Code != 308 {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
	})
}

// Who may look, open the original, attach and remove: every person against
// every state, compared with the prose of the roles.
func TestWhoMay(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		id := s.attached("a.jpg", photo(t))
		form := "application/x-www-form-urlencoded"
		see := []string{"nhập", "lãnh đạo", "huyện", "sở phụ trách", "sở khác", "cung cấp", "điều phối", "lãnh đạo tỉnh"}
		origin := []string{"nhập", "lãnh đạo", "huyện", "sở phụ trách", "điều phối"}
		attach := map[authz.State][]string{
			authz.Draft:     {"nhập", "sở phụ trách", "cung cấp"},
			authz.Returned:  {"nhập", "sở phụ trách", "cung cấp"},
			authz.Submitted: {"sở phụ trách", "cung cấp", "điều phối"},
			authz.Confirmed: {"sở phụ trách", "điều phối"},
			authz.Closed:    {"sở phụ trách", "điều phối"}, // phúc tra goes on after chốt
		}
		allowed := func(list []string, who string) bool {
			for _, x := range list {
				if x == who {
					return true
				}
			}
			return false
		}
		check := func(what string, got int, yes bool, ok int) {
			t.Helper()
			if want := map[bool]int{true: ok, false: 403}[yes]; got != want {
				t.Errorf("%s as %s in state %s: %d, want %d", what, s.who, s.state, got, want)
			}
		}
		for state, may := range attach {
			s.state = state
			for who := range people {
				s.who = who
				check("look", s.get("/minh-chung/"+id).Code, allowed(see, who), 200)
				check("thumbnail", s.get("/minh-chung/"+id+"/nho").Code, allowed(see, who), 200)
				check("original", s.get("/minh-chung/"+id+"/goc").Code, allowed(origin, who), 200)
				check("attach", s.upload("a.html", "<html>", true, s.cell()...).Code, allowed(may, who), 422)
				check("remove", s.send("POST", "/minh-chung/"+id+"/go", form, strings.NewReader(""), true).Code, allowed(may, who), 422)
			}
		}
		s.who = ""
		if w := s.get("/minh-chung/" + id); w.Code != 303 {
			t.Errorf("nobody: %d", w.Code)
		}
		if w := s.upload("a.jpg", photo(t), false, s.cell()...); w.Code != 401 {
			t.Errorf("nobody uploads: %d", w.Code)
		}
	})
}

func TestStrangeForms(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		many := s.cell()
		for range 40 {
			many = append(many, "x", "y")
		}
		for what, x := range map[string][]string{
			"no subject": nil, "another place": {"doi-tuong", "finding", "xa", "99999.1"}, "words": {"doi-tuong", "finding", "xa", "x", "ky", "y", "dai-luong", "z"},
			"criterion 19":  {"doi-tuong", "finding", "xa", "02392.1", "ky", "2024-H1", "dai-luong", strconv.Itoa(int(s.nofiles))},
			"huge":          s.cell("chu-thich", strings.Repeat("x", 5000)),
			"many":          many,
			"broken text":   s.cell("chu-thich", "\xff\x00"),
			"long caption":  s.cell("chu-thich", strings.Repeat("x", 301)),
			"strange kind":  s.cell("loai", "<script>"),
			"no period":     {"doi-tuong", "finding", "xa", "02392.1", "dai-luong", strconv.Itoa(int(s.measure))},
			"negative":      {"doi-tuong", "finding", "xa", "02392.1", "ky", "2024-H1", "dai-luong", "-5"},
			"another kind":  {"doi-tuong", "x", "ma", "y"},
			"far too large": {"doi-tuong", "finding", "xa", "02392.1", "ky", "2024-H1", "dai-luong", "99999999999"},
		} {
			if w := s.upload("a.jpg", photo(t), false, x...); w.Code < 400 || w.Code >= 500 {
				t.Errorf("%s: %d", what, w.Code)
			}
		}
		for what, x := range map[string][2]string{
			"not multipart": {"text/plain", "x"}, "no boundary": {"multipart/form-data", "x"}, "cut": {"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"a\"\r\n\r\nab"},
			"empty": {"multipart/form-data; boundary=b", ""}, "nothing": {"multipart/form-data; boundary=b", "--b--\r\n"},
		} {
			if w := s.send("POST", "/minh-chung", x[0], strings.NewReader(x[1]), false); w.Code < 400 || w.Code >= 500 {
				t.Errorf("%s: %d", what, w.Code)
			}
		}
	})
}
