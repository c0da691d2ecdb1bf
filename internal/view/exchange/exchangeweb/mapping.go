package exchangeweb

import (
	"context"
	"strconv"
	"strings"

	"giuchuan/internal/feature/review/matrix"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/platform/web"
)

// mapped is the page on which a person says how a table is read.
type mapped struct {
	file  *kept
	table *matrix.Table
	set   *law.Set
	sets  []*law.Set
	grids []*matrix.Grid
	form  *web.Form
}

// guess proposes how the table of a file is read, by the set of an id or the one
// that NTM is tested on.
func (h *Pages) guess(grids []*matrix.Grid, setID string, p day.Period) (*matrix.Table, error) {
	x := h.opt.Exchange
	set := x.Law.TestedOn(law.TitleNTM, p.Year())
	if setID != "" || set == nil {
		var err error
		if set, err = x.Law.Set(setID); err != nil {
			return nil, err
		}
	}
	return matrix.Guess(grids, set, x.Where(p))
}

// laid opens a kept file for the page: with its saved mapping, or a proposal.
func (h *Pages) laid(p *web.Page) (*mapped, error) {
	if err := mayEnter(p); err != nil {
		return nil, err
	}
	now, err := h.now(p.Context())
	if err != nil {
		return nil, err
	}
	v := &mapped{}
	if v.file, err = h.shelf.get(p.User().ID, p.Path("sum"), now); err != nil {
		return nil, err
	}
	done, err := h.turn(p.Context())
	if err != nil {
		return nil, err
	}
	defer done()
	book, err := sheet.Open(v.file.name, v.file.data, sheet.DefaultLimits())
	if err != nil {
		return nil, err
	}
	if v.grids, err = matrix.Grids(book); err != nil {
		return nil, err
	}
	if v.table, err = h.guess(v.grids, "", v.file.period); err != nil {
		return nil, err
	}
	if v.file.mapping != "" {
		if err := h.saved(p.Context(), v); err != nil {
			return nil, err
		}
	}
	for _, s := range h.opt.Exchange.Law.Sets {
		if !s.Draft && s.Level == law.LevelCommune {
			v.sets = append(v.sets, s)
		}
	}
	v.set, err = h.opt.Exchange.Law.Set(v.table.Mapping.Set)
	return v, err
}

// saved puts the mapping that a file was recognised by in place of the proposal.
func (h *Pages) saved(ctx context.Context, v *mapped) error {
	return h.opt.DB.Read(ctx, func(tx *db.Tx) error {
		m, err := h.opt.Mappings.Get(ctx, tx, v.file.mapping)
		if err != nil {
			return err
		}
		if t, ok := matrix.Match(v.grids, []matrix.Mapping{m}); ok {
			v.table = t
		}
		return nil
	})
}

// mapping shows how the table of a file is read.
func (h *Pages) mapping(p *web.Page) error {
	v, err := h.laid(p)
	if err != nil {
		return err
	}
	v.fill()
	return p.Render(mappingPage(p.Shell("Cách đọc bảng").AsWide(), v))
}

// fill writes the table's mapping into the form.
func (v *mapped) fill() {
	m := &v.table.Mapping
	v.form = web.NewForm("ten", m.Name, "bo", m.Set, "trang", strconv.Itoa(v.sheet()), "dong", strconv.Itoa(v.table.Top),
		"so-dong", strconv.Itoa(m.Height), "cot-xa", strconv.Itoa(m.Commune))
	for i := range m.Columns {
		c := &m.Columns[i]
		v.form.Set("cot-"+strconv.Itoa(c.Col), c.Typed())
		v.form.Set("gan-"+strconv.Itoa(c.Col), string(c.Spread))
	}
	for i := range m.Words {
		v.form.Set("nghia-"+strconv.Itoa(i), string(m.Words[i].Means))
	}
}

// sheet is the number of the table's sheet, from 1.
func (v *mapped) sheet() int {
	for i, g := range v.grids {
		if g == v.table.Grid {
			return i + 1
		}
	}
	return 1
}

// saveMapping saves how a table is read and goes on to what it would do; with
// viec=xem it proposes the columns anew for other rows, set or column.
func (h *Pages) saveMapping(p *web.Page) error {
	v, err := h.laid(p)
	if err != nil {
		return err
	}
	f := p.Form()
	if err := h.reframe(v, f); err != nil {
		return err
	}
	if f.Value("viec") == "xem" {
		name := f.Value("ten")
		v.fill()
		v.form.Set("ten", name)
		return p.Render(mappingPage(p.Shell("Cách đọc bảng").AsWide(), v))
	}
	v.typed(f)
	var id string
	if f.OK() {
		id, err = h.store(p, v)
	}
	if err = f.FailWith(err); err != nil {
		return err
	}
	if !f.OK() {
		v.form = f
		return p.Invalid(mappingPage(p.Shell("Cách đọc bảng").AsWide(), v))
	}
	now, err := h.now(p.Context())
	if err != nil {
		return err
	}
	v.file.mapping, v.file.foreign = id, true
	h.shelf.put(v.file, now)
	return p.Redirect("/bang-tinh/tep/" + v.file.sum)
}

// reframe takes the sheet, the rows of the header, the column of communes and
// the set from the form, and proposes the columns of that table.
func (h *Pages) reframe(v *mapped, f *web.Form) error {
	was := v.table.Mapping
	number := func(name string, least, most, otherwise int) int {
		n, err := strconv.Atoi(f.Value(name))
		if err != nil || n < least || n > most {
			return otherwise
		}
		return n
	}
	if f.Value("bo") != "" {
		set, err := h.opt.Exchange.Law.Set(f.Value("bo"))
		if err != nil {
			return err
		}
		v.set = set
	}
	v.table = &matrix.Table{
		Grid: v.grids[number("trang", 1, len(v.grids), v.sheet())-1], Top: number("dong", 1, 80, v.table.Top),
		Mapping: matrix.Mapping{ID: was.ID, Name: was.Name, Height: number("so-dong", 1, 12, was.Height), Commune: number("cot-xa", 1, 400, was.Commune)},
	}
	v.table.Propose(v.set)
	return nil
}

// typed takes the name, columns and words from the form.
func (v *mapped) typed(f *web.Form) {
	m := &v.table.Mapping
	m.Name = f.Value("ten")
	for i := range m.Columns {
		c := &m.Columns[i]
		n := strconv.Itoa(c.Col)
		text := f.Value("cot-" + n)
		c.Code, c.Whole, c.Spread = "", false, matrix.Spread(f.Value("gan-"+n))
		if text == "" || c.Col == m.Commune {
			continue
		}
		code, whole, ok := matrix.ParseCode(text, v.set)
		if !ok {
			f.Fail("cot-"+n, "Cột "+c.Letter()+": không có chỉ tiêu hay tiêu chí “"+fault.Clip(text)+"”; ghi như 15.1 hoặc TC 15, để trống là không đọc cột này")
			continue
		}
		c.Code, c.Whole = code, whole
	}
	// Columns that were given a code now have words of their own.
	means := map[string]matrix.Meaning{}
	for i := range 2 * 60 {
		if text := f.Value("tu-" + strconv.Itoa(i)); text != "" {
			means[strings.ToLower(text)] = matrix.Meaning(f.Value("nghia-" + strconv.Itoa(i)))
		}
	}
	v.table.Reword(v.set)
	for i := range m.Words {
		if w, ok := means[m.Words[i].Text]; ok {
			m.Words[i].Means = w
		}
	}
}

// store saves the mapping.
func (h *Pages) store(p *web.Page, v *mapped) (id string, err error) {
	cmd := &matrix.Save{Mapping: v.table.Mapping}
	command, err := cmd.Command(p.User().ID)
	if err != nil {
		return "", err
	}
	err = h.opt.DB.Write(p.Context(), command, func(tx *db.Tx) (err error) {
		id, err = h.opt.Mappings.Save(p.Context(), tx, p.User().Subject, cmd)
		return err
	})
	return id, err
}
