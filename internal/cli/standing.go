package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/db"
)

type standingCmd struct {
	store
	Date      dayFlag `help:"Ngày đánh giá; để trống là hôm nay." placeholder:"NGÀY"`
	Province  string  `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
	AsKnownAt string  `name:"as-known-at" help:"Theo số liệu đã biết đến lúc này, dạng 2024-10-01 (hết ngày) hoặc 2024-10-01T15:04." placeholder:"LÚC"`
	Format    string  `help:"Dạng kết quả: table, json, csv, xlsx." enum:"table,json,csv,xlsx" default:"table" placeholder:"DẠNG"`
	Output    string  `short:"o" help:"Ghi vào tệp thay vì in ra." placeholder:"TỆP"`
}

// Run judges every titled commune on the set its title calls for.
func (c standingCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(a *app.App) error {
		s, err := readStanding(ctx, a, c.Date.or(today(env)), c.Province, c.AsKnownAt)
		if err != nil {
			return err
		}
		return s.write(env, output{file: c.Output, format: c.Format})
	})
}

// standings is the standing of a province: one assessment per set, and the
// communes that hold no title of their own yet.
type standings struct {
	on   day.Day
	sets []*review.Assessment
	held []recognition.Held
}

func readStanding(ctx context.Context, a *app.App, on day.Day, province, asKnownAt string) (*standings, error) {
	s := &standings{on: on}
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		known, err := knownAt(tx, asKnownAt)
		if err != nil {
			return err
		}
		s.sets, err = a.Review.Standing(ctx, tx, review.Ask{On: on, Known: known, Province: province})
		if err == nil {
			s.held, err = a.Recognition.Current(ctx, tx, on, known)
		}
		return err
	})
	return s, err
}

func (s *standings) write(env *Env, to output) error {
	return writeTo(env, to.file, func(w io.Writer) error {
		switch to.format {
		case "json":
			return s.writeJSON(w)
		case "csv":
			return review.WriteCSV(w, s.sets)
		case "xlsx":
			return review.WriteXLSX(w, s.sets)
		}
		for i, a := range s.sets {
			if i > 0 {
				fmt.Fprintln(w)
			}
			writeStanding(w, a)
		}
		if len(s.sets) == 0 {
			fmt.Fprintf(w, "Ngày %s chưa có xã nào có mức công nhận; nhập bằng: giuchuan titles import\n", s.on.Vietnamese())
		}
		writeWaiting(w, s.held)
		return nil
	})
}

// writeJSON writes a list with one report per set.
func (s *standings) writeJSON(w io.Writer) error {
	reports := []*review.Report{}
	for _, a := range s.sets {
		reports = append(reports, a.Report(nil))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(reports)
}
