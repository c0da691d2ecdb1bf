package cli

import (
	"context"
	"fmt"

	"giuchuan/internal/app"
)

type initCmd struct {
	store
}

// Run creates the data directory, or brings an existing one up to date.
func (c initCmd) Run(ctx context.Context, env *Env) error {
	a, err := app.Init(ctx, c.config(env))
	if err != nil {
		return err
	}
	where := c.Data
	if c.Database != "" {
		where = "PostgreSQL"
	}
	_, err = fmt.Fprintf(env.Stdout, "Dữ liệu đã sẵn sàng ở %s (%s). Việc tiếp theo: nhập mức công nhận (giuchuan titles import), quyết định của tỉnh (giuchuan rules decide), kết quả rà soát (giuchuan findings import).\n", where, a.DB.Engine())
	return closing(a, err)
}
