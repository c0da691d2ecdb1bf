package cli

import (
	"context"
	"errors"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/criteria"
)

type evaluateCmd struct {
	store
	Set       string      `required:"" help:"Bộ tiêu chí, như xa-ntm-2021-2025." placeholder:"BỘ"`
	Date      dayFlag     `required:"" help:"Ngày đánh giá." placeholder:"NGÀY"`
	Province  string      `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
	Findings  string      `help:"Tệp kết quả rà soát (.csv, .xlsx), không cần cơ sở dữ liệu; để trống thì dùng số liệu đã nhập." placeholder:"TỆP"`
	Decisions string      `help:"Tệp quyết định của tỉnh (.csv, .xlsx), dùng cùng --findings." placeholder:"TỆP"`
	AsKnownAt instantFlag `name:"as-known-at" help:"Theo số liệu đã biết đến lúc này, dạng 2024-10-01 (hết ngày) hoặc 2024-10-01T15:04." placeholder:"LÚC"`
	Format    string      `help:"Dạng kết quả: table, json, csv, xlsx." enum:"table,json,csv,xlsx" default:"table" placeholder:"DẠNG"`
	Output    string      `short:"o" help:"Ghi vào tệp thay vì in ra." placeholder:"TỆP"`
}

// Help adds what the files look like.
func (evaluateCmd) Help() string {
	return `Tệp kết quả rà soát có dòng đầu
  commune,indicator,period,value,male,female,share,provenance,note
và có thể thêm numerator,denominator. Mã thoát 0 dù xã đạt hay chưa đạt; 1 khi có
dòng bị từ chối hoặc bộ tiêu chí, tệp không dùng được.`
}

// Run evaluates the communes that a file names, or all xã of the province by
// what is recorded.
func (c evaluateCmd) Run(ctx context.Context, env *Env) error {
	err := c.run(ctx, env)
	var usage *usageError
	if err == nil || errors.Is(err, errRefused) || errors.As(err, &usage) || c.Format != "json" {
		return err
	}
	empty := review.Report{
		Set: c.Set, Date: c.Date.String(), Province: c.Province, Warnings: []string{fault.Text(err)},
		Communes: []review.CommuneReport{}, RowErrors: []review.RowError{},
	}
	return errors.Join(err, writeTo(env, c.Output, empty.WriteJSON))
}

// run evaluates; a refused set or file is an error.
func (c evaluateCmd) run(ctx context.Context, env *Env) error {
	lib, err := criteria.LoadLaw()
	if err != nil {
		return err
	}
	set, err := usableSet(lib, c.Set)
	if err != nil {
		return err
	}
	out := output{file: c.Output, format: c.Format}
	switch {
	case c.Findings == "" && c.Decisions != "":
		return &usageError{"--decisions chỉ dùng cùng --findings"}
	case c.Findings != "" && c.AsKnownAt.given:
		return &usageError{"--as-known-at chỉ dùng với số liệu đã nhập, không dùng cùng --findings"}
	case c.Findings == "":
		return c.with(ctx, env, func(a *app.App) error { return c.recorded(ctx, env, a, out) })
	}
	return c.file(env, lib, set, out)
}

func (c evaluateCmd) file(env *Env, lib *law.Library, set *law.Set, out output) error {
	places, err := placesOf(c.Province)
	if err != nil {
		return err
	}
	if _, err := places.Province(c.Province, max(c.Date.Day, places.First())); err != nil {
		return &usageError{"--province: " + fault.Text(err)}
	}
	q := &review.Question{Library: lib, Set: set, On: c.Date.Day, Province: c.Province, Places: places}
	if c.Decisions != "" {
		if q.Decisions, err = readDecisions(c.Decisions, lib, places, c.Province); err != nil {
			return err
		}
	}
	book, err := openBook(c.Findings)
	if err != nil {
		return err
	}
	batch, err := review.Read(book, review.ReadOptions{
		Sets: append([]*law.Set{set}, lib.Base(set)...), Known: lib.Sets, Places: places, Province: c.Province, Until: q.On,
	})
	if err != nil {
		return err
	}
	a := review.Assess(q, batch.Communes, batch.Findings)
	a.Warnings = append(a.Warnings, batch.Warnings()...)
	if err := writeAssessment(env, out, a, batch); err != nil {
		return err
	}
	if len(batch.Errors) > 0 {
		return errRefused
	}
	return nil
}

// recorded evaluates every xã of the province by the findings in the database.
func (c evaluateCmd) recorded(ctx context.Context, env *Env, a *app.App, out output) error {
	set, err := a.Law.Set(c.Set)
	if err != nil {
		return err
	}
	var got *review.Assessment
	err = a.DB.Read(ctx, func(tx *db.Tx) error {
		known, err := c.AsKnownAt.position(tx)
		if err != nil {
			return err
		}
		ask := review.Ask{On: c.Date.Day, Known: known, Province: c.Province}
		got, err = a.Review.Assess(ctx, tx, set, xaOf(a.Places, c.Province, c.Date.Day), ask)
		return err
	})
	if err != nil {
		return err
	}
	return writeAssessment(env, out, got, &review.Batch{})
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
