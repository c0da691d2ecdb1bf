package account

import (
	"context"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Called names who carried a command out: the account's post, and the person's
// name where asker administers the account or is that person. ok is false for
// what is no account, such as a name of the command line.
func (s *Service) Called(_ context.Context, tx *db.Tx, asker authz.Subject, id string) (post, name string, ok bool, err error) {
	a, found, err := accountRow(tx, id)
	if err == nil && !found { // the first step of an account bears its login
		var other string
		if other, err = s.Find(tx, id); err == nil && other != "" {
			a, found, err = accountRow(tx, other)
		}
	}
	if err != nil || !found {
		return "", "", false, err
	}
	if a.ID == asker.ID || authz.May(asker, authz.ManageAccounts, s.Object(&a, tx.Today())) {
		name, err = personName(tx, a.ID)
	}
	return a.Post, name, true, err
}

// Find is the id of the account with a login, "" when there is none.
func (s *Service) Find(tx *db.Tx, login string) (string, error) {
	sec, found, err := secretByLogin(tx, login)
	if err != nil || !found {
		return "", err
	}
	return sec.account, nil
}
