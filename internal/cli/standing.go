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
	Date      dayFlag     `help:"Ngày đánh giá; để trống là hôm nay." placeholder:"NGÀY"`
	Province  string      `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
	AsKnownAt instantFlag `name:"as-known-at" help:"Theo số liệu đã biết đến lúc này, dạng 2024-10-01 (hết ngày) hoặc 2024-10-01T15:04." placeholder:"LÚC"`
	Format    string      `help:"Dạng kết quả: table, json, csv, xlsx." enum:"table,json,csv,xlsx" default:"table" placeholder:"DẠNG"`
	Output    string      `short:"o" help:"Ghi vào tệp thay vì in ra." placeholder:"TỆP"`
}

// Run judges every titled commune on the set its title calls for.
func (c standingCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(a *app.App) error {
		s, err := readStanding(ctx, a, question{on: c.Date.or(today(env)), province: c.Province, known: c.AsKnownAt})
		if err != nil {
			return err
		}
		return s.write(env, output{file: c.Output, format: c.Format})
	})
}

// question is what is asked of the record.
type question struct {
	on       day.Day
	province string
	known    instantFlag
}

// standings is the standing of a province: one assessment per set, and the
// communes that hold no title of their own yet.
type standings struct {
	question
	sets      []*review.Assessment
	held      []recognition.Held
	published app.PublishedTotal
}

func readStanding(ctx context.Context, a *app.App, q question) (*standings, error) {
	s := &standings{question: q}
	if _, err := a.Places.Province(q.province, q.on); err != nil {
		return nil, err
	}
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		known, err := q.known.position(tx)
		if err != nil {
			return err
		}
		s.sets, err = a.Review.Standing(ctx, tx, review.Ask{On: q.on, Known: known, Province: q.province})
		if err != nil {
			return err
		}
		held, err := a.Recognition.Current(ctx, tx, q.on, known)
		for _, h := range held {
			if h.Unit.Province == q.province {
				s.held = append(s.held, h)
			}
		}
		return err
	})
	if err == nil {
		s.published, err = app.Published(q.province, q.on)
	}
	return s, err
}

func (s *standings) write(env *Env, to output) error {
	return writeTo(env, to.file, func(w io.Writer) error {
		switch to.format {
		case "json":
			return s.writeJSON(w)
		case "csv":
			return review.WriteCSV(w, s.sets, s.waiting()...)
		case "xlsx":
			return review.WriteXLSX(w, s.sets, s.waiting()...)
		}
		s.writeText(w)
		return nil
	})
}

// writeText prints the standing as a person reads it.
func (s *standings) writeText(w io.Writer) {
	if s.known.given {
		fmt.Fprintf(w, "Theo số liệu đã biết đến %s\n", s.known.words())
	}
	s.writeCoverage(w)
	for _, a := range s.sets {
		fmt.Fprintln(w)
		writeStanding(w, a)
	}
	if len(s.sets) == 0 && len(s.held) == 0 {
		fmt.Fprintf(w, "Ngày %s chưa biết xã nào có mức công nhận; nhập bằng: giuchuan titles import\n", s.on.Vietnamese())
	}
	writeWaiting(w, s.held)
}

// writeCoverage says of how many communes the answer speaks, beside how many
// the province has published, where the titles come from public news.
func (s *standings) writeCoverage(w io.Writer) {
	var holding, waiting int
	partial := false
	for i := range s.held {
		h := &s.held[i]
		switch h.State {
		case recognition.Holding:
			holding++
			partial = partial || h.Title.Partial
		case recognition.Waiting:
			waiting++
			partial = partial || h.Before[0].Title.Partial
		}
	}
	if !partial {
		return
	}
	fmt.Fprintf(w, "%d xã trong dữ liệu này: %d có mức công nhận, %d chờ quyết định; danh sách lấy từ tin công khai, chưa đầy đủ", holding+waiting, holding, waiting)
	if s.published.NTM > 0 {
		fmt.Fprintf(w, " (tỉnh công bố %d xã, %s)", s.published.NTM, s.published.AsOf)
	}
	fmt.Fprintln(w)
}

// illustrative tells whether anything shown was generated.
func (s *standings) illustrative() bool {
	for _, a := range s.sets {
		if a.Illustrative {
			return true
		}
	}
	return false
}

// waiting lists the communes that wait for a decision after a merger.
func (s *standings) waiting() []review.Waiting {
	var out []review.Waiting
	for i := range s.held {
		if h := &s.held[i]; h.State == recognition.Waiting {
			out = append(out, review.Waiting{Code: h.Unit.Code, Name: h.Unit.Name, From: heldBefore(h)})
		}
	}
	return out
}

// standingReport is the standing as programs read it: one report per set.
type standingReport struct {
	Date         string           `json:"date"`
	Province     string           `json:"province"`
	KnownAt      string           `json:"known_at,omitempty"`
	Illustrative bool             `json:"illustrative"`
	Sets         []*review.Report `json:"sets"`
	Waiting      []review.Waiting `json:"waiting"`
}

func (s *standings) writeJSON(w io.Writer) error {
	r := standingReport{
		Date: s.on.String(), Province: s.province, KnownAt: s.known.text, Illustrative: s.illustrative(),
		Sets: []*review.Report{}, Waiting: append([]review.Waiting{}, s.waiting()...),
	}
	for _, a := range s.sets {
		r.Sets = append(r.Sets, a.Report(nil))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(r)
}
