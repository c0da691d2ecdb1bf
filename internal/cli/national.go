package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"

	"giuchuan/internal/app"
	"giuchuan/internal/app/demo"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/place"
)

// progress counts the steps of long work, on a terminal only.
func progress(env *Env, total int, about string) *progressbar.ProgressBar {
	return progressbar.NewOptions(total, progressbar.OptionSetWriter(screen(env)), progressbar.OptionSetDescription(about),
		progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
}

// national reviews every xã of the country with generated findings, province by
// province, and prints how the standing falls out.
func (d *demonstration) national(ctx context.Context) error {
	set, err := d.app.Law.Set("xa-ntm-2021-2025")
	if err != nil {
		return err
	}
	own, err := d.communes(ctx)
	if err != nil {
		return err
	}
	has := map[string]bool{}
	for i := range own {
		has[own[i].Unit.ID] = true
	}
	provinces := d.app.Places.At(demo.Today).Provinces()
	bar := progress(d.env, len(provinces), "cả nước")
	rows := [][]string{{"MÃ", "TỈNH", "XÃ", "GIỮ VỮNG", "CÒN CHƯA ĐẠT", "CHƯA ĐỦ SỐ LIỆU", "XEM XÉT THU HỒI"}}
	findings, communes := 0, 0
	for _, p := range provinces {
		units := xaOf(d.app.Places, p.Code, demo.Today)
		n, err := d.reviewProvince(ctx, set, units, has)
		if err != nil {
			return err
		}
		row, err := d.provinceRow(ctx, set, &p, units)
		if err != nil {
			return err
		}
		rows, findings, communes = append(rows, row), findings+n, communes+len(units)
		if err := bar.Add(1); err != nil {
			return err
		}
	}
	w := d.env.Stdout
	fmt.Fprintf(w, "\n%s\nCả nước, bộ %s, ngày %s: %d xã, %d số liệu mới\n", review.Banner, set.ID, demo.Today.Vietnamese(), communes, findings)
	writeTable(w, rows)
	fmt.Fprintln(w, "\nCác tỉnh khác chưa có quyết định minh họa: chỉ tiêu giao cho tỉnh quy định ở đó là chưa đủ số liệu.")
	return nil
}

// reviewProvince generates and records the findings of a province's xã, except
// those that have findings already.
func (d *demonstration) reviewProvince(ctx context.Context, set *law.Set, units []place.Unit, has map[string]bool) (int, error) {
	var list []demo.Commune
	var mark [2]*law.Yardstick
	for _, u := range units {
		if has[u.ID] {
			continue
		}
		if mark[0] == nil {
			var err error
			if mark, err = d.yardsticks(ctx, set, u.ID); err != nil {
				return 0, err
			}
		}
		list = append(list, demo.Commune{Unit: u, Set: set, Mark: mark[0], Next: mark[1]})
	}
	if len(list) == 0 {
		return 0, nil
	}
	findings, err := demo.Findings(list, d.seed)
	if err != nil {
		return 0, err
	}
	cmd := &review.Import{File: "cả nước, " + review.Illustrative, Period: demo.Period, Findings: findings}
	plan, err := recordFindings(ctx, d.app, cmd, "demo")
	if err != nil {
		return 0, err
	}
	return len(plan.Added), nil
}

func (d *demonstration) provinceRow(ctx context.Context, set *law.Set, p *place.Unit, units []place.Unit) ([]string, error) {
	var a *review.Assessment
	err := d.app.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		a, err = d.app.Review.Assess(ctx, tx, set, units, review.Ask{On: demo.Today, Known: app.Now, Province: p.Code})
		return err
	})
	if err != nil {
		return nil, err
	}
	groups := a.Summarize().Groups
	count := func(at ...review.Situation) string {
		n := 0
		for _, s := range at {
			n += len(groups[s])
		}
		return fmt.Sprint(n)
	}
	return []string{
		p.Code, p.Name, fmt.Sprint(len(units)), count(review.Held), count(review.SomeUnmet),
		count(review.NotEnoughData, review.MayBeUnder), count(review.UnderRevocation),
	}, nil
}
