package cli

import (
	"context"
	"fmt"
	"io"
	"os"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
)

type findingsTemplateCmd struct {
	store
	Set       string `required:"" help:"Bộ tiêu chí, như xa-ntm-2021-2025." placeholder:"BỘ"`
	District  string `xor:"area" help:"Các xã của một huyện, mỗi xã một trang tính." placeholder:"HUYỆN"`
	Commune   string `xor:"area" help:"Một xã." placeholder:"XÃ"`
	Indicator string `help:"Một chỉ tiêu cho mọi xã: cơ quan có số liệu điền một cột." placeholder:"MÃ"`
	Period    string `help:"Kỳ ghi sẵn trong biểu; để trống thì người điền ghi." placeholder:"KỲ"`
	Filled    bool   `help:"Điền sẵn số liệu đã nhập của kỳ."`
	Province  string `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
	Output    string `short:"o" required:"" help:"Tệp .xlsx sẽ ghi." placeholder:"TỆP"`
}

// Help says what the workbook is for.
func (findingsTemplateCmd) Help() string {
	return `Biểu có mức đạt chuẩn, đơn vị và số liệu kỳ trước cạnh ô nhập; nhập lại bằng
giuchuan findings import. Chưa có thư mục dữ liệu thì biểu để trống số liệu kỳ trước.`
}

// Run writes a workbook to be filled.
func (c findingsTemplateCmd) Run(ctx context.Context, env *Env) error {
	t := review.Template{
		Province: c.Province, Commune: c.Commune, District: c.District, Indicator: c.Indicator, Filled: c.Filled,
	}
	if c.Period != "" {
		p, err := day.ParsePeriod(c.Period)
		if err != nil {
			return err
		}
		t.Period = p
	}
	err := c.with(ctx, env, func(a *app.App) error { return c.write(ctx, env, a, t) })
	if fault.Is(err, fault.NotFound) && c.Database == "" && !c.hasData() {
		return c.withoutData(ctx, env, t)
	}
	return err
}

func (c findingsTemplateCmd) write(ctx context.Context, env *Env, a *app.App, t review.Template) error {
	set, err := usableSet(a.Law, c.Set)
	if err != nil {
		return err
	}
	t.Sets = []*law.Set{set}
	var data []byte
	err = a.DB.Read(ctx, func(tx *db.Tx) error {
		data, err = a.Review.Template(ctx, tx, t)
		return err
	})
	if err != nil {
		return err
	}
	if err := writeTo(env, c.Output, func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Stdout, "Đã ghi biểu rà soát: %s\n", c.Output)
	return err
}

// withoutData makes the workbook from an empty record.
func (c findingsTemplateCmd) withoutData(ctx context.Context, env *Env, t review.Template) error {
	dir, err := os.MkdirTemp("", "giuchuan-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	a, err := app.Init(ctx, app.Config{Data: dir, Clock: env.Now, Today: day.None})
	if err != nil {
		return err
	}
	return closing(a, c.write(ctx, env, a, t))
}
