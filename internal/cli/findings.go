package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
)

type findingsCmd struct {
	Template findingsTemplateCmd `cmd:"" help:"Tạo biểu .xlsx để điền kết quả rà soát."`
	Import   findingsImportCmd   `cmd:"" help:"Nhập kết quả rà soát từ tệp .xlsx hoặc .csv; tệp có lỗi thì không nhập dòng nào."`
}

type findingsImportCmd struct {
	store
	File     string `arg:"" name:"tệp" help:"Tệp .xlsx hoặc .csv."`
	Period   string `required:"" help:"Kỳ: 2024, 2024-H1, 2024-Q2 hoặc 2024-06." placeholder:"KỲ"`
	Set      string `help:"Bộ tiêu chí của các dòng không ghi bộ; để trống là bộ theo mức công nhận của xã." placeholder:"BỘ"`
	Province string `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
	DryRun   bool   `help:"Chỉ cho biết sẽ thêm, đổi, giữ nguyên những gì."`
}

// Run imports one file, or says what it would do.
func (c findingsImportCmd) Run(ctx context.Context, env *Env) error {
	period, err := day.ParsePeriod(c.Period)
	if err != nil {
		return err
	}
	return c.with(ctx, env, func(a *app.App) error {
		return importFindings(ctx, env, a, findingsFile{
			name: c.File, period: period, set: c.Set, province: c.Province, dryRun: c.DryRun, actor: actor(),
		})
	})
}

// findingsFile is one file to import and how.
type findingsFile struct {
	name, set, province, actor string
	period                     day.Period
	dryRun                     bool
}

func importFindings(ctx context.Context, env *Env, a *app.App, f findingsFile) error {
	batch, sum, err := readFindings(ctx, a, f)
	if err != nil {
		return err
	}
	if len(batch.Errors) > 0 {
		writeRowErrors(env.Stderr, batch)
		fmt.Fprintf(env.Stderr, "Không nhập dòng nào của %s; sửa các lỗi trên rồi nhập lại.\n", f.name)
		return errRefused
	}
	cmd := &review.Import{File: filepath.Base(f.name), SHA256: sum, Period: f.period, Findings: batch.Findings}
	plan, err := planFindings(ctx, a, cmd)
	if err == nil && !f.dryRun && plan.Writes() {
		plan, err = recordFindings(ctx, a, cmd, f.actor)
	}
	if err != nil {
		return err
	}
	writePlan(env, f, plan)
	return nil
}

// readFindings reads a file whose rows without a set belong to the set asked
// for, or to the one their commune's title calls for.
func readFindings(ctx context.Context, a *app.App, f findingsFile) (*review.Batch, string, error) {
	data, err := os.ReadFile(f.name)
	if err != nil {
		return nil, "", fileFault(f.name, err)
	}
	book, err := sheet.Open(filepath.Base(f.name), data, sheet.DefaultLimits())
	if err != nil {
		return nil, "", err
	}
	sets, err := importSets(a.Law, f.set)
	if err != nil {
		return nil, "", err
	}
	opt := review.ReadOptions{Sets: sets, Places: a.Places, Province: f.province, Until: day.Forever, Period: f.period, Strict: true}
	if f.set == "" {
		opt.SetFor, err = a.SetFor(ctx, f.period.Last())
		if err != nil {
			return nil, "", err
		}
	}
	batch, err := review.Read(book, opt)
	sum := sha256.Sum256(data)
	return batch, hex.EncodeToString(sum[:]), err
}

// importSets is the set asked for first, then every other usable set of xã.
func importSets(lib *law.Library, first string) ([]*law.Set, error) {
	var sets []*law.Set
	if first != "" {
		s, err := usableSet(lib, first)
		if err != nil {
			return nil, err
		}
		sets = append(sets, s)
	}
	for _, s := range lib.Sets {
		if !s.Draft && s.Level == law.LevelCommune && s.ID != first {
			sets = append(sets, s)
		}
	}
	return sets, nil
}

// planFindings says what an import would do, so that one that changes nothing
// leaves no entry in the journal.
func planFindings(ctx context.Context, a *app.App, cmd *review.Import) (*review.Plan, error) {
	var plan *review.Plan
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		plan, err = a.Review.Plan(ctx, tx, cmd)
		return err
	})
	return plan, err
}

func recordFindings(ctx context.Context, a *app.App, cmd *review.Import, who string) (*review.Plan, error) {
	command, err := cmd.Command(who)
	if err != nil {
		return nil, err
	}
	var plan *review.Plan
	err = a.DB.Write(ctx, command, func(tx *db.Tx) error {
		var err error
		plan, err = a.Review.Import(ctx, tx, cmd)
		return err
	})
	return plan, err
}

// maxListed bounds the changed rows that are printed one by one.
const maxListed = 50

func writePlan(env *Env, f findingsFile, plan *review.Plan) {
	verb := "Đã nhập"
	if f.dryRun {
		verb = "Chạy thử, chưa ghi gì:"
	}
	fmt.Fprintf(env.Stdout, "%s %s, kỳ %s: thêm %d, thay đổi %d, không đổi %d\n", verb, f.name, f.period, len(plan.Added), len(plan.Changed), plan.Unchanged)
	if f.dryRun {
		writeAdded(env, plan)
	}
	for i, ch := range plan.Changed {
		if i == maxListed {
			fmt.Fprintf(env.Stdout, "  … và %d thay đổi khác\n", len(plan.Changed)-i)
			break
		}
		ind := ch.Finding.Indicator()
		fmt.Fprintf(env.Stdout, "  thay đổi: %s, chỉ tiêu %s: %s → %s\n", ch.Finding.Place.Name, ind.Code, datumText(ind, ch.Before), datumText(ind, &ch.Finding.Datum))
	}
}

// writeAdded lists what a dry run would add.
func writeAdded(env *Env, plan *review.Plan) {
	var lines []string
	for _, ch := range plan.Added {
		ind := ch.Finding.Indicator()
		lines = append(lines, "thêm mới: "+ch.Finding.Place.Name+", chỉ tiêu "+ind.Code+": "+datumText(ind, &ch.Finding.Datum))
	}
	writeChanges(env, true, lines)
}

// datumText is a datum in a few words: its value and how far it was checked.
func datumText(ind *law.Indicator, d *law.Datum) string {
	var parts []string
	if text := ind.Format(d); text != "" {
		parts = append(parts, text)
	}
	if x := d.Extra; x != nil && x.HasMale {
		parts = append(parts, "nam "+x.Male.Vietnamese())
	}
	if x := d.Extra; x != nil && x.HasFemale {
		parts = append(parts, "nữ "+x.Female.Vietnamese())
	}
	return strings.Join(parts, ", ") + " (" + d.Provenance.Vietnamese() + ")"
}
