package deskweb

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/desk"
)

// preview is what filling a column would change, before it is recorded.
type preview struct {
	rows []previewRow
	same int // rows that would change nothing
}

// previewRow is one commune's new figure.
type previewRow struct {
	it     desk.Item
	suffix string // of its fields
	entry  law.Entry
	before string
	after  string
	base   int64
}

// mayFill tells whether the person enters figures of the column for some commune.
func (m *agencyModel) mayFill() bool {
	for i := range m.rows {
		if m.rows[i].Supply {
			return true
		}
	}
	return false
}

// suffix ends the names of a commune's fields.
func suffix(it *desk.Item) string { return "-" + it.Unit().Code }

// fill shows what a column that was typed or pasted would change, and records it
// once the person has seen that.
func (h *Pages) fill(p *web.Page) error {
	body, err := h.own(p)
	if err != nil {
		return err
	}
	m, err := h.agencyModel(p)
	if err != nil {
		return err
	}
	f := p.Form()
	if m.Agency == nil || m.column == nil {
		f.Fail("", "Chọn chỉ tiêu cần nhập rồi làm lại.")
		return p.RenderStatus(http.StatusUnprocessableEntity, agencyPage(p.Shell(body.Name).AsWide(), m))
	}
	m.paste()
	pre, err := h.preview(p, m)
	if err != nil {
		return err
	}
	if f.OK() && len(pre.rows) == 0 {
		f.Fail("dan", "Chưa có giá trị nào khác với số liệu đang có.")
	}
	if f.OK() && f.Value("buoc") == "ghi" {
		n, err := h.record(p, m, pre)
		if err == nil {
			return p.Redirect(h.back(p, body.ID, m.Round.Period) + "&xong=nhap&so=" + itoa(n))
		}
		if err := blame(f, err); err != nil {
			return err
		}
	}
	status := http.StatusOK
	if f.OK() {
		m.preview = pre
	} else {
		status = http.StatusUnprocessableEntity
	}
	return p.RenderStatus(status, agencyPage(p.Shell(body.Name).AsWide(), m))
}

// paste spreads lines "mã xã TAB giá trị…" over the fields of their communes.
func (m *agencyModel) paste() {
	inputs := inputsOf(m.column.Indicator())
	for n, text := range strings.Split(m.form.Raw("dan"), "\n") {
		text = strings.TrimRight(text, "\r \t")
		if text == "" {
			continue
		}
		cells := strings.Split(text, "\t")
		if len(cells) == 1 {
			cells = strings.Split(text, ";")
		}
		code := strings.TrimSpace(cells[0])
		it := m.rowOf(code)
		where := "Dòng " + itoa(n+1) + ": "
		switch {
		case it == nil:
			m.form.Fail("dan", where+"không có xã mang mã “"+fault.Clip(code)+"” trong đợt này.")
		case !it.Supply:
			m.form.Fail("dan", where+it.Unit().FullName+" không nhập được lúc này ("+it.State.Vietnamese()+").")
		case len(cells) == 2:
			m.form.Set("gia-tri"+suffix(it), cells[1])
		case len(cells) > 1 && len(cells)-1 <= len(inputs):
			for i, c := range cells[1:] {
				m.form.Set(inputs[i].Name+suffix(it), c)
			}
		default:
			m.form.Fail("dan", where+"cần mã xã và 1 đến "+itoa(len(inputs))+" giá trị, cách nhau bằng dấu tab.")
		}
		if len(m.form.Errors()) >= mostBlamed {
			return
		}
	}
}

func (m *agencyModel) rowOf(code string) *desk.Item {
	for i := range m.rows {
		if m.rows[i].Unit().Code == code {
			return &m.rows[i]
		}
	}
	return nil
}

// preview compares what was typed with what stands.
func (h *Pages) preview(p *web.Page, m *agencyModel) (*preview, error) {
	out := &preview{}
	var places []int32
	for i := range m.rows {
		places = append(places, m.rows[i].Unit().Key)
	}
	stand := map[int32]review.Stored{}
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) error {
		list, err := review.StoredOf(tx, places, m.Round.Period.Code(), known)
		for i := range list {
			if list[i].Measure == m.column.Measure {
				stand[list[i].Place] = list[i]
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range m.rows {
		it := &m.rows[i]
		ind := it.Indicator()
		entry, given := entryOf(m.form, ind, suffix(it))
		if !given {
			continue
		}
		read := entry
		read.Period = m.Round.Period
		datum, faults := ind.Read(&read)
		for _, x := range faults {
			m.form.Fail(h.inputAt(ind, x)+suffix(it), it.Unit().FullName+": "+sentence(x.At("").Vietnamese()))
		}
		old := stand[it.Unit().Key]
		if len(faults) == 0 && old.Datum.Known() && review.SameReport(&datum, &old.Datum) {
			out.same++
			continue
		}
		row := previewRow{it: *it, suffix: suffix(it), entry: entry, before: figure(ind, &old.Datum), after: figure(ind, &datum), base: old.Entry}
		if seen, err := strconv.ParseInt(m.form.Value("ban"+row.suffix), 10, 64); err == nil && seen >= 0 && m.form.Value("buoc") == "ghi" {
			row.base = seen
		}
		out.rows = append(out.rows, row)
	}
	return out, nil
}

// known asks for what is known at the moment.
const known = 1<<63 - 1

// inputAt is the name of the input that a fault of an entry is about.
func (h *Pages) inputAt(ind *law.Indicator, x *fault.Error) string {
	for _, in := range inputsOf(ind) {
		if in.Column == x.Field {
			return in.Name
		}
	}
	return inputsOf(ind)[0].Name
}

// record writes the column.
func (h *Pages) record(p *web.Page, m *agencyModel, pre *preview) (n int, err error) {
	cmd := &round.Many{}
	for i := range pre.rows {
		r := &pre.rows[i]
		cmd.Items = append(cmd.Items, round.Save{
			Target: round.Target{Place: r.it.Unit().ID, Period: m.Round.Period, Set: r.it.Set.ID, Code: r.it.Indicator().Code}, Entry: r.entry, Base: r.base,
		})
	}
	err = h.write(p, cmd.Command, func(tx *db.Tx) (err error) {
		n, err = h.o.Rounds.SaveMany(p.Context(), tx, p.User().Subject, cmd)
		return err
	})
	if errors.Is(err, round.ErrSame) {
		return len(cmd.Items), nil
	}
	return n, err
}

// askedCode is the code of the quantity that was questioned.
func askedCode(it *desk.Item) string {
	for i := range it.Parts {
		if it.Parts[i].Row.Asked {
			return it.Set.At(it.Parts[i].Slot).Code
		}
	}
	return it.Indicator().Code
}
