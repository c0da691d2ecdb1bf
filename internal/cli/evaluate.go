package cli

import (
	"giuchuan/internal/feature/review"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/criteria"
)

type evaluateCmd struct {
	Set       string  `required:"" help:"Bộ tiêu chí, như xa-ntm-2021-2025." placeholder:"BỘ"`
	Date      dayFlag `required:"" help:"Ngày đánh giá." placeholder:"NGÀY"`
	Province  string  `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
	Findings  string  `help:"Tệp kết quả rà soát (.csv, .xlsx); không cần cơ sở dữ liệu." placeholder:"TỆP"`
	Decisions string  `help:"Tệp quyết định của tỉnh (.csv, .xlsx), dùng cùng --findings." placeholder:"TỆP"`
	Format    string  `help:"Dạng kết quả: table, json, csv, xlsx." enum:"table,json,csv,xlsx" default:"table" placeholder:"DẠNG"`
	Output    string  `short:"o" help:"Ghi vào tệp thay vì in ra." placeholder:"TỆP"`
}

// Help adds what the files look like.
func (evaluateCmd) Help() string {
	return `Tệp kết quả rà soát có dòng đầu
  commune,indicator,period,value,male,female,share,provenance,note
và có thể thêm numerator,denominator. Mã thoát 0 dù xã đạt hay chưa đạt; 1 khi có
dòng bị từ chối hoặc bộ tiêu chí, tệp không dùng được.`
}

// Run evaluates the communes that a file names.
func (c evaluateCmd) Run(env *Env) error {
	lib, err := criteria.LoadLaw()
	if err != nil {
		return err
	}
	set, err := usableSet(lib, c.Set)
	if err != nil {
		return err
	}
	places, err := placesOf(c.Province)
	if err != nil {
		return err
	}
	q := &review.Question{Library: lib, Set: set, On: c.Date.Day, Province: c.Province, Places: places}
	if c.Decisions != "" {
		if q.Decisions, err = readDecisions(c.Decisions, lib, places, c.Province); err != nil {
			return err
		}
	}
	batch, err := c.read(q)
	if err != nil {
		return err
	}
	a := review.Assess(q, batch.Communes, batch.Findings)
	if err := writeAssessment(env, output{file: c.Output, format: c.Format}, a, batch.Errors); err != nil {
		return err
	}
	if len(batch.Errors) > 0 {
		return errRefused
	}
	return nil
}

func (c evaluateCmd) read(q *review.Question) (*review.Batch, error) {
	book, err := openBook(c.Findings)
	if err != nil {
		return nil, err
	}
	return review.Read(book, review.ReadOptions{
		Sets: append([]*law.Set{q.Set}, q.Library.Base(q.Set)...), Places: q.Places, Province: q.Province, Until: q.On,
	})
}

func usableSet(lib *law.Library, id string) (*law.Set, error) {
	set, err := lib.Set(id)
	if err != nil {
		return nil, err
	}
	return set, law.CheckUsable(set)
}

func openBook(file string) (*sheet.Book, error) {
	return sheet.OpenFile(file, sheet.DefaultLimits())
}

