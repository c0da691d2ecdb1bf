package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/matrix"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"
)

// MaxFindings is how many findings one file may bring.
const MaxFindings = 10_000

// File is a file that came in.
type File struct {
	Name   string
	Data   []byte
	SHA256 string // of Data, hexadecimal
	Period day.Period
	Reason string        // of corrections after closing
	Table  *matrix.Table // how it is read where it is a foreign matrix; nil = a workbook of the product
}

// State is what a cell would do.
type State uint8

// The states of a cell.
const (
	New State = iota
	Changed
	Same
	Refused
)

// Vietnamese is the state as people read it.
func (s State) Vietnamese() string {
	return [...]string{"mới", "thay đổi", "không đổi", "không nhận"}[s]
}

// Line is one cell of a file and what it would do.
type Line struct {
	State    State
	Cell     string // "Phiếu 1!D7"
	Column   string
	Place    string // name of the commune
	Code     string // of the indicator
	Old, New string // as people read them
	Reason   string // why it is refused
	Remedy   string // what to do then
}

// Report is what a file would do.
type Report struct {
	Lines        []Line // refused ones first, then changed, new and same
	Counts       [4]int // by state
	Warnings     []string
	Illustrative bool       // generated figures are among what stands or comes in
	Digest       string     // of everything the report says: another digest is another report
	Many         round.Many // what accepting it records
}

// Writes tells whether the file can be accepted.
func (r *Report) Writes() bool { return r.Counts[Refused] == 0 && r.Counts[New]+r.Counts[Changed] > 0 }

var msgTooMany = fault.Msg{Key: "exchange.too_many", Text: "tệp có {count} số liệu; mỗi lần nhận đến 10.000, hãy tách thành nhiều tệp theo huyện"}

// item is one finding of a file before it is decided.
type item struct {
	save   round.Save
	line   Line
	ind    *law.Indicator
	marked bool // as a generated figure
}

// Check says what a file would do, and writes nothing.
func (x *Exchange) Check(ctx context.Context, tx *db.Tx, who authz.Subject, f *File) (*Report, error) {
	r := &Report{Many: round.Many{File: f.Name, SHA256: f.SHA256}}
	var items []item
	var err error
	if f.Table != nil {
		items, err = x.table(f, r)
	} else {
		items, err = x.workbook(ctx, tx, f, r)
	}
	if err != nil {
		return nil, err
	}
	if n := len(items) + len(r.Lines); n > MaxFindings {
		return nil, fault.New(fault.TooLarge, msgTooMany, "count", itoa(n))
	}
	asked := round.Many{Items: make([]round.Save, len(items))}
	for i := range items {
		asked.Items[i] = items[i].save
	}
	outcomes, err := x.Rounds.Preview(ctx, tx, who, &asked)
	if err != nil {
		return nil, err
	}
	for i := range items {
		r.decide(&items[i], &outcomes[i])
	}
	r.finish()
	return r, nil
}

// decide adds what one finding would do.
func (r *Report) decide(it *item, o *round.Outcome) {
	l := it.line
	known := o.Seen && o.Old.Datum.Known()
	if known {
		l.Old = review.Shown(it.ind, &o.Old.Datum)
	}
	if o.New.Known() && o.New.State != law.Faulty {
		l.New = review.Shown(it.ind, &o.New)
	}
	switch {
	case o.Same || errors.Is(o.Error, round.ErrSame):
		l.State = Same
	case o.Error != nil:
		l.State = Refused
		l.Reason, l.Remedy = reasons(o.Error)
	case known:
		l.State = Changed
	default:
		l.State = New
	}
	if l.State == New || l.State == Changed {
		save := it.save
		save.Base = o.Old.Entry
		r.Many.Items = append(r.Many.Items, save)
	}
	r.Illustrative = r.Illustrative || it.marked || o.Seen && strings.Contains(o.Old.Note, review.Illustrative)
	r.add(l)
}

func (r *Report) add(l Line) {
	r.Counts[l.State]++
	r.Lines = append(r.Lines, l)
}

// finish orders the lines and sums them up.
func (r *Report) finish() {
	var out []Line
	sum := sha256.New()
	for _, s := range []State{Refused, Changed, New, Same} {
		for i := range r.Lines {
			if l := &r.Lines[i]; l.State == s {
				out = append(out, *l)
				for _, text := range []string{s.Vietnamese(), l.Cell, l.Place, l.Code, l.Old, l.New, l.Reason} {
					sum.Write([]byte(text + "\x00"))
				}
			}
		}
	}
	r.Lines = out
	r.Digest = hex.EncodeToString(sum.Sum(nil)[:16])
}

// workbook reads a file of the product's own layout.
func (x *Exchange) workbook(ctx context.Context, tx *db.Tx, f *File, r *Report) ([]item, error) {
	book, err := sheet.Open(f.Name, f.Data, sheet.DefaultLimits())
	if err != nil {
		return nil, err
	}
	setOf, err := x.setOf(ctx, tx, f.Period)
	if err != nil {
		return nil, err
	}
	batch, err := review.Read(book, review.ReadOptions{
		Sets: x.sets(), SetFor: setOf, Places: x.Places, Province: x.Province, Until: day.Forever, Period: f.Period, Strict: true,
	})
	if err != nil {
		return nil, err
	}
	for _, e := range batch.Errors {
		r.add(Line{State: Refused, Cell: cellOf(&e), Column: e.Column, Reason: sentence(e.Message), Remedy: remedyCell})
	}
	r.Warnings = append(r.Warnings, batch.Warnings()...)
	if batch.Blank > 0 {
		r.Warnings = append(r.Warnings, itoa(batch.Blank)+" dòng để trống không làm thay đổi gì: để trống không xóa số liệu đã ghi.")
	}
	var out []item
	checked := false
	for i := range batch.Findings {
		v := &batch.Findings[i]
		if v.Datum.State == law.Faulty {
			continue // said among the errors
		}
		checked = checked || v.Datum.Provenance != law.Declared
		ind := v.Indicator()
		one := f.save(v.Place, v.Set, ind.Code)
		one.Entry, one.Note, one.Keep = review.EntryOf(ind, &v.Datum), v.Note, v.Note == ""
		out = append(out, item{
			ind: ind, marked: strings.Contains(v.Note, review.Illustrative), save: one,
			line: Line{Cell: v.Address(), Column: "Giá trị", Place: v.Place.FullName, Code: ind.Code},
		})
	}
	if checked {
		r.Warnings = append(r.Warnings, "Cột “Mức kiểm tra” trong tệp không được dùng: số liệu được thẩm tra, xác nhận theo các bước của đợt rà soát, không theo tệp.")
	}
	return out, nil
}

// table reads a foreign matrix.
func (x *Exchange) table(f *File, r *Report) ([]item, error) {
	set, err := x.Law.Set(f.Table.Mapping.Set)
	if err != nil {
		return nil, err
	}
	got := f.Table.Read(set, x.Where(f.Period))
	for i := range got.Refused {
		e := &got.Refused[i]
		r.add(Line{State: Refused, Cell: e.Cell, Column: e.Column, Place: e.Place, Reason: sentence(e.Fault.Vietnamese()), Remedy: remedyOf(e.Fault)})
	}
	if n := len(got.Skipped); n > 0 {
		r.Warnings = append(r.Warnings, "Bỏ qua "+itoa(n)+" dòng huyện, dòng tổng: "+strings.Join(got.Skipped[:min(n, 8)], "; ")+".")
	}
	if got.Figures > 0 {
		r.Warnings = append(r.Warnings, "“Đạt” của cả tiêu chí không ghi cho "+itoa(got.Figures)+" chỉ tiêu phải có số liệu; các chỉ tiêu đó giữ nguyên như đang có.")
	}
	var out []item
	for i := range got.Values {
		v := &got.Values[i]
		ind := set.At(v.Slot)
		one := f.save(&v.Place, set, ind.Code)
		one.Entry.Value = v.Text
		out = append(out, item{
			ind: ind, save: one,
			line: Line{Cell: v.Cell, Column: v.Column, Place: v.Place.FullName, Code: ind.Code, New: v.Text},
		})
	}
	return out, nil
}

// Where says which places the tables of a period may name.
func (x *Exchange) Where(p day.Period) matrix.Where {
	return matrix.Where{Places: x.Places, Province: x.Province, On: max(p.Last(), x.Places.First())}
}

// save is the save of one indicator of a commune; of nothing, until it has an
// entry.
func (f *File) save(u *place.Unit, set *law.Set, code string) round.Save {
	return round.Save{
		Target: round.Target{Place: u.ID, Period: f.Period, Set: set.ID, Code: code},
		Keep:   true, Base: round.AnyBase, Reason: f.Reason,
	}
}

// sets lists the sets that rows of a file may name.
func (x *Exchange) sets() []*law.Set {
	var out []*law.Set
	for _, s := range x.Law.Sets {
		if !s.Draft && s.Level == law.LevelCommune {
			out = append(out, s)
		}
	}
	return out
}

// setOf gives the set of rows that name none: the one the commune's title is
// tested on in the round.
func (x *Exchange) setOf(ctx context.Context, tx *db.Tx, p day.Period) (func(string) *law.Set, error) {
	rounds, err := x.Rounds.Rounds(ctx, tx)
	if err != nil {
		return nil, err
	}
	first := map[int32]*law.Set{}
	for i := range rounds {
		if rounds[i].Period != p {
			continue
		}
		sheets, err := x.Rounds.Sheets(ctx, tx, &rounds[i])
		if err != nil {
			return nil, err
		}
		for j := range sheets {
			if sets := round.Sets(x.Law, sheets[j].Sets); len(sets) > 0 {
				first[sheets[j].Place] = sets[0]
			}
		}
	}
	return func(id string) *law.Set { return first[place.Key(id)] }, nil
}
