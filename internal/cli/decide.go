package cli

import (
	"context"
	"path/filepath"

	"giuchuan/internal/app"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

type rulesDecideCmd struct {
	store
	File     string `arg:"" name:"tệp" help:"Tệp .csv hoặc .xlsx với các cột set, indicator, value, share, area, year, from, until, decision, decided_on, article, file, note."`
	Province string `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
	DryRun   bool   `help:"Chỉ cho biết sẽ thêm, đổi, giữ nguyên những gì."`
}

// Run records the values of a province's decisions.
func (c rulesDecideCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(a *app.App) error {
		return decide(ctx, env, a, importFile{name: c.File, province: c.Province, dryRun: c.DryRun, actor: actor()})
	})
}

func decide(ctx context.Context, env *Env, a *app.App, f importFile) error {
	book, err := openBook(f.name)
	if err != nil {
		return err
	}
	records, faults := criteria.ReadRecords(book, a.Law, a.Places, f.province)
	if len(faults) > 0 {
		return refuseFile(env, f.name, faults)
	}
	cmd := criteria.Decide{File: filepath.Base(f.name), Records: records}
	var changes []criteria.Change
	var count map[criteria.Effect]int
	preview := func(tx *db.Tx) error {
		var err error
		changes, err = a.Criteria.Preview(ctx, tx, records)
		count = map[criteria.Effect]int{}
		for _, ch := range changes {
			count[ch.Effect]++
		}
		return err
	}
	write := func(tx *db.Tx) error {
		_, err := a.Criteria.Decide(ctx, tx, cmd)
		return err
	}
	if err := a.DB.Read(ctx, preview); err != nil {
		return err
	}
	if !f.dryRun && count[criteria.Unchanged] < len(changes) {
		if err := writeCommand(ctx, a, f.actor, cmd.Command, write); err != nil {
			return err
		}
	}
	writeCounts(env, f.name, f.dryRun, [3]int{count[criteria.Added], count[criteria.Changed] + count[criteria.TakenBack], count[criteria.Unchanged]})
	var lines []string
	for i := range changes {
		if ch := &changes[i]; ch.Effect != criteria.Unchanged {
			lines = append(lines, ch.Effect.Vietnamese()+": "+decisionText(a, ch))
		}
	}
	writeChanges(env, f.dryRun, lines)
	return nil
}

// decisionText is one changed value in a few words.
func decisionText(a *app.App, ch *criteria.Change) string {
	r := &ch.Record
	value := func(n law.Number) string {
		if set, err := a.Law.Set(r.Set); err == nil {
			if slot, ok := set.Slot(r.Indicator); ok && !r.Sub {
				return set.At(slot).Requirement(n)
			}
		}
		return n.Vietnamese()
	}
	text := r.Set + " " + r.Indicator + ": "
	if r.Sub {
		text = r.Set + " " + r.Indicator + " (tỷ lệ thành phần): "
	}
	if ch.Before != nil {
		text += value(ch.Before.Value) + " → "
	}
	return text + value(r.Value) + " (" + r.Number + ")"
}

// readDecisions reads province decisions for evaluation without a database, all
// or nothing.
func readDecisions(file string, lib *law.Library, places *place.Register, province string) (map[string]*law.Decisions, error) {
	book, err := openBook(file)
	if err != nil {
		return nil, err
	}
	values, faults := criteria.ReadDecisions(book, lib, places, province)
	if len(faults) > 0 {
		return nil, fault.Join(faults...)
	}
	out := map[string]*law.Decisions{}
	for _, v := range values {
		if out[v.Set] == nil {
			out[v.Set] = &law.Decisions{}
		}
		out[v.Set].Values = append(out[v.Set].Values, v)
	}
	return out, nil
}
