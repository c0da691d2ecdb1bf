package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"giuchuan/internal/app"
	"giuchuan/internal/app/demo"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/criteria"
)

// workbookFile is the review inside the folder of a child.
const workbookFile = "ra-soat.xlsx"

// reviewed is what a child measured while it took a review in.
type reviewed struct {
	Open, Read, Import, Evaluate, Wall, CPU, Again float64 // ms
	Before, Peak                                   int64   // bytes, before the workbook and in all
	Findings, Added, Verdicts                      int
}

// measureReview takes a province's review in, from the bytes of its workbook to
// the verdicts, each round in a process of its own; then the same file again.
func measureReview(ctx context.Context, b *bench) error {
	wall := row{what: "review from xlsx, 122 x 132, to verdicts", unit: "s", goal: atMost(2)}
	peak := row{what: "  peak memory of its process", unit: "MB", goal: atMost(128)}
	again := row{what: "  the same file again, adding nothing", unit: "s", goal: atMost(0.5)}
	var cpu []float64
	var stages [4][]float64
	var last reviewed
	err := b.repeat(ctx, func(int) error {
		dir := filepath.Join(b.dir, "review")
		if err := prepareReview(ctx, dir); err != nil {
			return err
		}
		seen, err := runChild(ctx, "review", dir)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(seen.out, &last); err != nil {
			return err
		}
		wall.values, cpu = append(wall.values, last.Wall/1000), append(cpu, last.CPU/1000)
		peak.values, again.values = append(peak.values, float64(last.Peak)/1e6), append(again.values, last.Again/1000)
		for i, ms := range []float64{last.Open, last.Read, last.Import, last.Evaluate} {
			stages[i] = append(stages[i], ms)
		}
		return os.RemoveAll(dir)
	})
	if err != nil {
		return err
	}
	wall.cpu = show(median(cpu), "s")
	wall.note = fmt.Sprintf("open %s, read %s, import and commit %s, evaluate %s; %d findings in the file, %d quantities recorded, %d verdicts",
		show(median(stages[0]), "ms"), show(median(stages[1]), "ms"), show(median(stages[2]), "ms"), show(median(stages[3]), "ms"),
		last.Findings, last.Added, last.Verdicts)
	peak.note = fmt.Sprintf("of it %s before the workbook is opened: program, law, places, database", show(float64(last.Before)/1e6, "MB"))
	b.table.add(wall)
	b.table.add(peak)
	b.table.add(again)
	return nil
}

// prepareReview makes a data directory with the province's decisions, and the
// workbook beside it.
func prepareReview(ctx context.Context, dir string) (err error) {
	a, err := app.Init(ctx, app.Config{Data: dir})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	var decisions bytes.Buffer
	if err := demo.WriteDecisions(&decisions); err != nil {
		return err
	}
	if err := decideAll(ctx, a, decisions.Bytes()); err != nil {
		return err
	}
	data, err := workbook(a.Law, a.Places)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, workbookFile), data, 0o600)
}

// decideAll records the province's decisions of a .csv file.
func decideAll(ctx context.Context, a *app.App, decisions []byte) error {
	book, err := sheet.Open("quyet-dinh.csv", decisions, sheet.DefaultLimits())
	if err != nil {
		return err
	}
	records, faults := criteria.ReadRecords(book, a.Law, a.Places, province)
	if len(faults) > 0 {
		return faults[0]
	}
	decide := criteria.Decide{File: "quyet-dinh.csv", Records: records}
	command, err := decide.Command("bench")
	if err != nil {
		return err
	}
	return a.DB.Write(ctx, command, func(tx *db.Tx) error {
		_, err := a.Criteria.Decide(ctx, tx, decide)
		return err
	})
}

// reviewProvince is the child: it takes the workbook of a folder in, judges all
// communes on both sets, takes the same workbook in again, and tells the times.
func reviewProvince(ctx context.Context, dir string) (err error) {
	a, err := app.Open(ctx, app.Config{Data: dir})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	var r reviewed
	if r.Before, err = peakMemory(); err != nil {
		return err
	}
	t := start()
	plan, err := takeIn(ctx, a, dir, &r)
	if err != nil {
		return err
	}
	step := start()
	if r.Verdicts, err = judge(ctx, a); err != nil {
		return err
	}
	r.Evaluate, _ = step.stop()
	r.Wall, r.CPU = t.stop()
	r.Added = len(plan.Added)
	entries, err := journalled(ctx, a)
	if err != nil {
		return err
	}
	step = start()
	twice, err := takeIn(ctx, a, dir, &reviewed{})
	if err != nil {
		return err
	}
	r.Again, _ = step.stop()
	if len(twice.Added)+len(twice.Changed) > 0 || twice.Unchanged != r.Added {
		return fmt.Errorf("the same file again added %d, changed %d and left %d of %d", len(twice.Added), len(twice.Changed), twice.Unchanged, r.Added)
	}
	if now, err := journalled(ctx, a); err != nil || now != entries {
		return errors.Join(err, fmt.Errorf("the same file again left %d entries in the journal", now-entries))
	}
	if r.Peak, err = peakMemory(); err != nil {
		return err
	}
	return cmp.Or(countFindings(ctx, a, int64(r.Added)), json.NewEncoder(os.Stdout).Encode(r))
}

// journalled is the number of entries of the journal.
func journalled(ctx context.Context, a *app.App) (n int64, err error) {
	err = a.DB.Read(ctx, func(tx *db.Tx) error {
		n = tx.Position()
		return nil
	})
	return n, err
}

// takeIn reads the workbook from disk and records what it reports.
func takeIn(ctx context.Context, a *app.App, dir string, r *reviewed) (*review.Plan, error) {
	t := start()
	data, err := os.ReadFile(filepath.Join(dir, workbookFile))
	if err != nil {
		return nil, err
	}
	book, err := sheet.Open(workbookFile, data, sheet.DefaultLimits())
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	r.Open, _ = t.stop()
	t = start()
	period, err := day.ParsePeriod(reviewPeriod)
	if err != nil {
		return nil, err
	}
	var sets []*law.Set
	for _, id := range []string{setNTM, setNangCao} {
		set, err := a.Law.Set(id)
		if err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	batch, err := review.Read(book, review.ReadOptions{Sets: sets, Places: a.Places, Province: province, Until: day.Forever, Period: period, Strict: true})
	if err != nil {
		return nil, err
	}
	if len(batch.Errors) > 0 {
		return nil, fmt.Errorf("%d bad rows, the first at %s: %s", len(batch.Errors), batch.Errors[0].Cell, batch.Errors[0].Message)
	}
	r.Findings = len(batch.Findings)
	r.Read, _ = t.stop()
	t = start()
	plan, err := importFindings(ctx, a, &review.Import{File: workbookFile, SHA256: hex.EncodeToString(sum[:]), Period: period, Findings: batch.Findings})
	r.Import, _ = t.stop()
	return plan, err
}

// judge evaluates all xã of the province on both sets and counts the verdicts.
func judge(ctx context.Context, a *app.App) (int, error) {
	on, err := day.Parse(assessedOn)
	if err != nil {
		return 0, err
	}
	verdicts := 0
	err = a.DB.Read(ctx, func(tx *db.Tx) error {
		for _, id := range []string{setNTM, setNangCao} {
			set, err := a.Law.Set(id)
			if err != nil {
				return err
			}
			got, err := a.Review.Assess(ctx, tx, set, xaOf(a.Places, on), review.Ask{On: on, Known: app.Now, Province: province})
			if err != nil {
				return err
			}
			verdicts += len(got.Units) * len(set.Indicators)
			if s := got.Summarize(); s.Data != s.Cells {
				return fmt.Errorf("%s: only %d of %d indicators rest on data", id, s.Data, s.Cells)
			}
		}
		return nil
	})
	return verdicts, err
}
