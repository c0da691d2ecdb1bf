package criteriaweb

import (
	"encoding/base64"
	"fmt"
	"io"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/criteria"
)

// fields ties the form's names to the columns of a file of decisions.
func fields() map[string]string {
	return map[string]string{
		"value": "muc", "share": "muc-thanh-phan", "area": "dia-ban", "year": "nam", "from": "tu-ngay", "until": "den-ngay",
		"decision": "so", "decided_on": "ngay", "article": "dieu", "note": "ghi-chu",
	}
}

// decideView is the form for a value, or what it would record.
type decideView struct {
	set       *law.Set
	criterion *law.Criterion
	ind       *law.Indicator
	form      *web.Form
	floors    []valueView
	changes   []criteria.Change // of the dry run; nil = the form is still being filled
}

var msgUndecided = fault.Msg{Key: "criteria.undecided", Text: "tiêu chí {criterion} không có chỉ tiêu {code} mà tỉnh quy định mức"}

// decideView opens the form for the indicator that ?ma= or the form names.
func (h *Pages) decideView(p *web.Page, code string) (*decideView, error) {
	s, c, err := h.find(p)
	if err != nil {
		return nil, err
	}
	slot, ok := s.Slot(code)
	if !ok || s.Criteria[s.At(slot).Criterion].Code != c.Code {
		return nil, fault.New(fault.NotFound, msgUndecided, "criterion", c.Code, "code", fault.Clip(code))
	}
	if err := h.of(p, authz.DecideValue, s.ID, code)(p.User().Subject); err != nil {
		return nil, err
	}
	v := &decideView{set: s, criterion: c, ind: s.At(slot), form: p.Form()}
	values := criteria.Values(v.ind)
	for i := range values {
		t := &values[i]
		v.floors = append(v.floors, valueView{scope: t.Scope(), demand: v.ind.Requirement(t.Value), citation: s.Cite(t.Source), verified: t.Verified})
	}
	return v, nil
}

func (h *Pages) showDecide(p *web.Page) error {
	v, err := h.decideView(p, p.Query("ma"))
	if err != nil {
		return err
	}
	v.form.Set("ma", v.ind.Code)
	return p.Render(decidePage(p.Shell("Mức do tỉnh quy định: chỉ tiêu "+v.ind.Code), v))
}

// decide shows what a decision would record, and records it once that was
// agreed to.
func (h *Pages) decide(p *web.Page) error {
	v, err := h.decideView(p, p.Form().Value("ma"))
	if err != nil {
		return err
	}
	f := p.Form()
	row := map[string]string{"set": v.set.ID, "indicator": v.ind.Code, "file": "nhập trên trang"}
	for column, name := range fields() {
		row[column] = f.Value(name)
	}
	if f.Has("minh-hoa", "1") {
		row["illustrative"] = "x"
	}
	records, faults := criteria.ReadForm(row, h.opt.Law, h.opt.Places, h.opt.Province)
	names := fields()
	for _, x := range faults {
		f.Fail(names[x.Field], vntext.Capital(x.At("").Vietnamese()))
	}
	title := "Mức do tỉnh quy định: chỉ tiêu " + v.ind.Code
	if !f.OK() {
		return p.Invalid(decidePage(p.Shell(title), v))
	}
	changes, err := h.carryOut(p, criteria.Decide{File: "nhập trên trang", Records: records}, f.Has("dong-y", "1"))
	if rows := fault.Rows(err); len(rows) > 0 {
		for _, x := range rows {
			f.Fail(names[x.Field], vntext.Capital(x.At("").Vietnamese()))
		}
		return p.Invalid(decidePage(p.Shell(title), v))
	}
	if err != nil {
		return err
	}
	if f.Has("dong-y", "1") {
		return p.Redirect(back(v.set, v.criterion, "quy-dinh"))
	}
	v.changes = changes
	return p.Render(decidePage(p.Shell(title), v))
}

// carryOut records a command, or only says what it would do. Every value must
// be one that the person decides.
func (h *Pages) carryOut(p *web.Page, cmd criteria.Decide, agreed bool) (changes []criteria.Change, err error) {
	may := h.decides(p, cmd.Records)
	if !agreed {
		if err := may(p.User().Subject); err != nil {
			return nil, err
		}
		err = h.opt.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
			changes, err = h.opt.Criteria.Preview(p.Context(), tx, cmd.Records)
			return err
		})
		return changes, err
	}
	err = h.write(p, cmd.Command, may, func(tx *db.Tx) (err error) {
		changes, err = h.opt.Criteria.Decide(p.Context(), tx, cmd)
		return err
	})
	return changes, err
}

// decides asks for who decides every value of some records.
func (h *Pages) decides(p *web.Page, records []criteria.Record) permit {
	return func(who authz.Subject) error {
		var faults []*fault.Error
		for i := range records {
			r := &records[i]
			if !authz.May(who, authz.DecideValue, h.object(p, r.Set, r.Indicator)) {
				faults = append(faults, fault.New(fault.Forbidden, msgNotYours, "act", authz.DecideValue.Vietnamese(), "code", r.Indicator).At(r.Where))
			}
		}
		return fault.Join(faults...)
	}
}

// withdraw takes a value of a decision back.
func (h *Pages) withdraw(p *web.Page) error {
	s, c, err := h.find(p)
	if err != nil {
		return err
	}
	k, err := h.read(p, s.ID)
	if err != nil {
		return err
	}
	for _, r := range k.records {
		if r.ID != p.Form().Value("id") {
			continue
		}
		if err := h.of(p, authz.DecideValue, r.Set, r.Indicator)(p.User().Subject); err != nil {
			return err
		}
		r.Withdrawn = true
		if _, err := h.carryOut(p, criteria.Decide{File: "rút trên trang", Records: []criteria.Record{r}}, true); err != nil {
			return err
		}
		return p.Redirect(back(s, c, "rut"))
	}
	return web.NotFound()
}

// uploadView is the form for a file, its faults by cell, or what it would record.
type uploadView struct {
	form    *web.Form
	faults  []string
	changes []criteria.Change
	name    string
	content string // the file, to be sent again with the agreement
	done    int    // values that were recorded
	sets    *law.Library
}

// mostFaults bounds the faults that a page lists.
const mostFaults = 200

func (h *Pages) showUpload(p *web.Page) error {
	return p.Render(uploadPage(p.Shell("Nhập mức do tỉnh quy định từ tệp"), &uploadView{form: p.Form(), sets: h.opt.Law}))
}

// upload reads a file of decisions: first without recording anything, then,
// agreed to, for good.
func (h *Pages) upload(p *web.Page) error {
	v := &uploadView{form: p.Form(), sets: h.opt.Law}
	agreed := v.form.Has("dong-y", "1")
	shell := func() web.Shell { return p.Shell("Nhập mức do tỉnh quy định từ tệp") }
	data, err := v.receive(p, agreed)
	if err != nil {
		return err
	}
	if !v.form.OK() {
		return p.Invalid(uploadPage(shell(), v))
	}
	records, faults := h.readFile(v.name, data)
	if len(faults) == 0 {
		v.changes, err = h.carryOut(p, criteria.Decide{File: v.name, Records: records}, agreed)
		if faults = fault.Rows(err); len(faults) == 0 && err != nil {
			return err
		}
	}
	if len(faults) > 0 {
		v.changes = nil
		v.form.Fail("tep", fmt.Sprintf("Tệp có %d chỗ cần sửa; chưa ghi gì", len(faults)))
		for _, f := range faults[:min(len(faults), mostFaults)] {
			v.faults = append(v.faults, f.Vietnamese())
		}
		return p.Invalid(uploadPage(shell(), v))
	}
	if agreed {
		for i := range v.changes {
			if v.changes[i].Effect != criteria.Unchanged {
				v.done++
			}
		}
		v.content = ""
	}
	return p.Render(uploadPage(shell(), v))
}

// receive takes the file that was chosen, or the one that was agreed to.
func (v *uploadView) receive(p *web.Page, agreed bool) ([]byte, error) {
	if agreed {
		v.name = fault.Clip(v.form.Value("ten-tep"))
		data, err := base64.StdEncoding.DecodeString(v.form.Value("noi-dung"))
		if err != nil || len(data) == 0 || len(data) > upload {
			v.form.Fail("tep", "Nội dung tệp không còn nguyên; hãy chọn lại tệp")
		}
		return data, nil
	}
	file, head, err := p.File("tep")
	if err != nil {
		return nil, err
	}
	if file == nil {
		v.form.Fail("tep", "Hãy chọn tệp .xlsx hoặc .csv")
		return nil, nil
	}
	data, err := io.ReadAll(io.LimitReader(file, upload+1))
	if cerr := file.Close(); err == nil {
		err = cerr
	}
	if len(data) > upload {
		v.form.Fail("tep", "Tệp lớn hơn 2 MB")
	}
	v.name, v.content = head.Filename, base64.StdEncoding.EncodeToString(data)
	return data, err
}

func (h *Pages) readFile(name string, data []byte) ([]criteria.Record, []*fault.Error) {
	book, err := sheet.Open(name, data, sheet.DefaultLimits())
	if err != nil {
		if rows := fault.Rows(err); len(rows) > 0 {
			return nil, rows
		}
		return nil, []*fault.Error{fault.New(fault.Invalid, msgFile).Wrap(err)}
	}
	records, faults := criteria.ReadRecords(book, h.opt.Law, h.opt.Places, h.opt.Province)
	if len(records) == 0 && len(faults) == 0 {
		faults = append(faults, fault.New(fault.Invalid, msgEmptyFile))
	}
	return records, faults
}

var (
	msgFile      = fault.Msg{Key: "criteria.file", Text: "không đọc được tệp; hãy lưu lại thành .xlsx hoặc .csv"}
	msgEmptyFile = fault.Msg{Key: "criteria.empty_file", Text: "tệp không có dòng nào"}
)
