package directiveweb

import (
	"io"
	"net/url"
	"slices"
	"strconv"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// perPage is how many documents a page of the register lists.
const perPage = 100

// listModel is the register.
type listModel struct {
	rows   []directive.Row
	all    int
	filter directive.Filter
	years  []int
	may    bool
	paging web.Paging
	empty  bool // nothing is in the register at all
}

// filterOf reads the filter of an address; what is no state or year is none.
func filterOf(p *web.Page) directive.Filter {
	f := directive.Filter{Query: p.Query("q"), Kind: p.Query("loai"), State: directive.State(p.Query("tinh-trang"))}
	f.Year, _ = strconv.Atoi(p.Query("nam"))
	if !slices.Contains(directive.States(), f.State) {
		f.State = ""
	}
	return f
}

func (h *Pages) rows(p *web.Page, f directive.Filter) (rows []directive.Row, may bool, err error) {
	err = h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		rows, err = h.o.Directives.List(p.Context(), tx, p.User().Subject, f)
		may = h.o.Directives.MayDirect(tx, p.User().Subject)
		return err
	})
	return rows, may, err
}

func (h *Pages) list(p *web.Page) error {
	m := listModel{filter: filterOf(p)}
	all, may, err := h.rows(p, directive.Filter{State: m.filter.State})
	if err != nil {
		return err
	}
	m.may, m.years = may, directive.Years(all)
	m.rows = slices.DeleteFunc(all, func(r directive.Row) bool { return !m.filter.Takes(&r.Document) })
	m.all = len(m.rows)
	m.empty = m.all == 0 && m.filter == directive.Filter{}
	m.page(p)
	return p.Render(listPage(p.Shell("Văn bản chỉ đạo"), &m))
}

// page leaves the rows of one page of a long register.
func (m *listModel) page(p *web.Page) {
	total := max((m.all+perPage-1)/perPage, 1)
	current, _ := strconv.Atoi(p.Query("trang"))
	current = min(max(current, 1), total)
	m.rows = m.rows[(current-1)*perPage : min(current*perPage, m.all)]
	m.paging = web.Paging{Current: current, Total: total, Link: func(n int) string { return m.link("/chi-dao", n) }}
}

// link is an address with the filter.
func (m *listModel) link(path string, page int) string {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("q", m.filter.Query)
	set("loai", m.filter.Kind)
	set("tinh-trang", string(m.filter.State))
	if m.filter.Year != 0 {
		set("nam", itoa(m.filter.Year))
	}
	if page > 1 {
		set("trang", itoa(page))
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// illustrated tells whether any of the rows is an illustration.
func illustrated(rows []directive.Row) bool {
	return slices.ContainsFunc(rows, func(r directive.Row) bool { return r.Illustrated })
}

func (h *Pages) workbook(p *web.Page) error {
	rows, _, err := h.rows(p, filterOf(p))
	if err != nil {
		return err
	}
	banner := ""
	if illustrated(rows) {
		banner = "VĂN BẢN MINH HỌA – không phải văn bản thật"
	}
	return p.Download("so-van-ban-chi-dao.xlsx", xlsxType, func(w io.Writer) error {
		data, err := directive.Workbook(rows, banner)
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	})
}

// tone is the mark of a state.
func tone(s directive.State) web.Tone {
	switch s {
	case directive.Active:
		return web.ToneOK
	case directive.Proposed:
		return web.ToneWait
	case directive.Stub:
		return web.ToneNone
	}
	return web.ToneLack
}

// shortState is a state in a few words.
func shortState(s directive.State) string {
	if s == directive.Stub {
		return "chưa có toàn văn"
	}
	return s.Vietnamese()
}

// titleOf is the title of a document, or what it stands for.
func titleOf(d *directive.Document) string {
	switch {
	case d.Title != "":
		return d.Title
	case d.State == directive.Stub:
		return "Văn bản dẫn chiếu, chưa có toàn văn"
	}
	return "Chưa có trích yếu"
}
