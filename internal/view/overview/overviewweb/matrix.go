package overviewweb

import (
	"io"
	"net/url"
	"slices"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/overview"
)

// asked is what the address of the table asks for.
type asked struct {
	on     day.Day
	set    *law.Set
	filter overview.Filter
	table  *overview.Table
	wrong  []string // what of the address names nothing, a sentence each
}

// ask reads the filters of the address; what they name must exist.
func (h *Pages) ask(p *web.Page) (*asked, error) {
	on, err := h.day(p)
	if err != nil {
		return nil, err
	}
	q := &asked{on: on, filter: overview.Filter{
		District: p.Query("huyen"), Title: p.Query("muc"), Situation: p.Query("tinh-trang"),
		Criteria: p.Query("tieu-chi"), Trust: p.Query("kiem-tra"), Sort: p.Query("xep"),
	}}
	if q.set, err = h.setOf(p.Query("bo"), on); err != nil {
		return nil, err
	}
	a, err := h.opt.Board.Assess(p.Context(), q.set, on)
	if err != nil {
		return nil, err
	}
	s, err := h.opt.Board.Standing(p.Context(), on)
	if err != nil {
		return nil, err
	}
	q.table = &overview.Table{
		Assessment: a, Held: s.Held, Tree: h.opt.Places.At(on), Sight: h.sight(p),
		Tested: func(t law.Title) *law.Set { return h.opt.Law.TestedOn(t, on.Year()) },
	}
	q.settle(districtsOf(q.table, h.opt.Places))
	return q, nil
}

// settle drops filters that name nothing, and says so.
func (q *asked) settle(districts []place.Unit) {
	f := &q.filter
	known := make([][2]string, 0, len(districts)+1)
	for _, d := range districts {
		known = append(known, [2]string{d.Code, d.Name})
	}
	for _, x := range []struct {
		value   *string
		what    string
		choices [][2]string
	}{
		{&f.District, "huyện, thành phố mã", known},
		{&f.Title, "mức công nhận", titleChoices()},
		{&f.Situation, "tình trạng", situationChoices()},
		{&f.Criteria, "tiêu chí", criterionChoices(q.set)},
		{&f.Trust, "mức kiểm tra", trustChoices()},
		{&f.Sort, "cách xếp", sortChoices()},
	} {
		if *x.value == "" || slices.ContainsFunc(x.choices, func(c [2]string) bool { return c[0] == *x.value }) {
			continue
		}
		q.wrong = append(q.wrong, "Không có "+x.what+" “"+fault.Clip(*x.value)+"”; đang hiện tất cả.")
		*x.value = ""
	}
}

// sortChoices lists the orders of a table.
func sortChoices() [][2]string {
	return [][2]string{{"", "Nặng nhất trước"}, {"ten", "Tên xã"}, {"ma", "Mã xã"}}
}

var msgFilter = fault.Msg{Key: "overview.filter", Text: "lựa chọn không dùng được nên không tải tệp: {wrong}"}

var msgDraftSet = fault.Msg{Key: "overview.draft_set", Text: "bộ tiêu chí “{set}” chưa dùng để đánh giá xã được: {why}"}

// setOf is the set with an id, or the one that titles of NTM are tested on.
func (h *Pages) setOf(id string, on day.Day) (*law.Set, error) {
	if id == "" {
		return h.opt.Law.TestedOn(law.TitleNTM, on.Year()), nil
	}
	s, err := h.opt.Law.Set(id)
	if err != nil {
		return nil, err
	}
	if s.Draft || s.Level != law.LevelCommune {
		return nil, fault.New(fault.Invalid, msgDraftSet, "set", s.Name, "why", s.DraftReason)
	}
	return s, nil
}

// sets lists the sets a table can be made for.
func (h *Pages) sets() []*law.Set {
	return slices.DeleteFunc(slices.Clone(h.opt.Law.Sets), func(s *law.Set) bool {
		return s.Draft || s.Level != law.LevelCommune || law.CheckUsable(s) != nil
	})
}

// matrix shows Bảng tiêu chí các xã.
func (h *Pages) matrix(p *web.Page) error {
	q, err := h.ask(p)
	if err != nil {
		return err
	}
	m := q.table.Matrix(q.filter)
	return p.Render(matrixPage(p.Shell("Bảng tiêu chí các xã").AsWide(), &matrixView{
		Matrix: m, asked: q, sets: h.sets(), districts: districtsOf(q.table, h.opt.Places), query: p.R.URL.Query().Encode(),
	}))
}

// matrixView is the table with its filters.
type matrixView struct {
	*overview.Matrix
	asked     *asked
	sets      []*law.Set
	districts []place.Unit
	query     string
}

func (v *matrixView) on() day.Day { return v.asked.on }

// file is the address of the table as a file.
func (v *matrixView) file(kind string) string {
	if v.query == "" {
		return "/ma-tran/bang." + kind
	}
	return "/ma-tran/bang." + kind + "?" + v.query
}

// open is the address of the table of one criterion, or of all with "".
func (v *matrixView) open(code string) string {
	values, _ := url.ParseQuery(v.query) // it was encoded by url.Values
	values.Del("tieu-chi")
	if code != "" {
		values.Set("tieu-chi", code)
	}
	if len(values) == 0 {
		return "/ma-tran"
	}
	return "/ma-tran?" + values.Encode()
}

// districtsOf lists the districts of the table's communes.
func districtsOf(t *overview.Table, _ *place.Register) []place.Unit {
	var out []place.Unit
	seen := map[string]bool{}
	for i := range t.Assessment.Units {
		id := t.Assessment.Units[i].ParentID
		d, ok := t.Tree.Unit(id)
		if !ok || seen[id] || d.Level != place.District || !t.Sight.Sees(t.Assessment.Units[i].ID) {
			continue
		}
		seen[id] = true
		out = append(out, d)
	}
	slices.SortFunc(out, func(x, y place.Unit) int { return int(x.Key - y.Key) })
	return out
}

// picked is the assessment of the communes that the table shows.
func (h *Pages) picked(p *web.Page) (*review.Assessment, error) {
	q, err := h.ask(p)
	if err != nil {
		return nil, err
	}
	if len(q.wrong) > 0 {
		return nil, fault.New(fault.Invalid, msgFilter, "wrong", strings.Join(q.wrong, " "))
	}
	m := q.table.Matrix(q.filter)
	return overview.Pick(q.table.Assessment, m.Rows), nil
}

// workbook gives the table as .xlsx.
func (h *Pages) workbook(p *web.Page) error {
	a, err := h.picked(p)
	if err != nil {
		return err
	}
	return p.Download("bang-tieu-chi-"+a.On.String()+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		func(w io.Writer) error { return review.WriteXLSX(w, []*review.Assessment{a}) })
}

// text gives the table as .csv.
func (h *Pages) text(p *web.Page) error {
	a, err := h.picked(p)
	if err != nil {
		return err
	}
	return p.Download("bang-tieu-chi-"+a.On.String()+".csv", "text/csv; charset=utf-8",
		func(w io.Writer) error { return review.WriteCSV(w, []*review.Assessment{a}) })
}
