package account

import (
	"context"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Holder is an account with the roles it has on a day.
type Holder struct {
	ID     string
	Grants []authz.Grant // roles, units and places; criteria that are assigned to a unit are not looked up
}

// Holders lists the accounts that work and have a role today, each with its
// roles, in two statements.
func (s *Service) Holders(_ context.Context, tx *db.Tx) ([]Holder, error) {
	accounts, err := accountRows(tx)
	if err != nil {
		return nil, err
	}
	grants, err := grantRows(tx)
	if err != nil {
		return nil, err
	}
	of := map[string][]Grant{}
	for _, g := range grants {
		of[g.Account] = append(of[g.Account], g)
	}
	var out []Holder
	for i := range accounts {
		a := &accounts[i]
		if a.State != Active || a.Demo && !s.o.Demo {
			continue
		}
		if held := stands(of[a.ID], tx.Today()); len(held) > 0 {
			out = append(out, Holder{a.ID, held})
		}
	}
	return out, nil
}
