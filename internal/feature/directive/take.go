package directive

import (
	"context"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Take is a document that is taken in and confirmed at once: for demonstrations
// and tests. What a person would settle is settled by it.
type Take struct {
	Actor    string // account id
	Who      authz.Subject
	Proposal Proposal
	Leads    map[string]string // by ref: who leads where the document names nobody, in its words; none = all of them lead
}

// Take imports a proposal and confirms it, in commands of their own; addressees
// whose bodies are not known are left open. It gives the document's id.
func (s *Service) Take(ctx context.Context, d *db.DB, t Take) (string, error) {
	var done Imported
	cmd := Import{Proposal: t.Proposal}
	entry, err := cmd.Command(t.Actor)
	if err != nil {
		return "", err
	}
	if err := d.Write(ctx, entry, func(tx *db.Tx) error {
		done, err = s.Import(ctx, tx, t.Who, cmd)
		return err
	}); err != nil {
		return "", err
	}
	var duties []Duty
	if err := d.Read(ctx, func(tx *db.Tx) error {
		duties, err = s.Duties(ctx, tx, done.ID)
		return err
	}); err != nil {
		return "", err
	}
	confirm := Confirm{Document: done.ID}
	for _, l := range Missing(duties, nil) {
		switch l.What {
		case LackList:
			confirm.Accept = append(confirm.Accept, l.Text)
		case LackLead:
			choose := Choose{Edit: Edit{Document: done.ID, Duty: l.Duty}, Lead: t.Leads[l.Ref]}
			if entry, err = choose.Command(t.Actor); err != nil {
				return "", err
			}
			if err := d.Write(ctx, entry, func(tx *db.Tx) error { return s.Choose(ctx, tx, t.Who, choose) }); err != nil {
				return "", err
			}
		}
	}
	if entry, err = confirm.Command(t.Actor); err != nil {
		return "", err
	}
	return done.ID, d.Write(ctx, entry, func(tx *db.Tx) error { return s.Confirm(ctx, tx, t.Who, confirm) })
}
