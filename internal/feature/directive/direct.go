package directive

import (
	"context"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// GiveDirectly takes a document into the register that a person has written and
// confirmed in one act: a duty given without a document of its own. It gives the
// document's id.
func (s *Service) GiveDirectly(ctx context.Context, tx *db.Tx, who authz.Subject, p Proposal) (string, error) {
	if err := s.mayDirect(tx, who); err != nil {
		return "", err
	}
	if err := p.check(); err != nil {
		return "", err
	}
	d := p.Document
	d.ID, d.State = tx.NewID(), Active
	for i := range p.Duties {
		x := &p.Duties[i]
		x.ID, x.Document, x.Seq = tx.NewID(), d.ID, (i+1)*seqStep
	}
	if lacks := Missing(p.Duties, nil); len(lacks) > 0 {
		return "", fault.New(fault.Invalid, lacks[0].What.msg(), "ref", lacks[0].Ref, "text", lacks[0].Text)
	}
	if err := insertDocument(tx, &d); err != nil {
		return "", err
	}
	if err := insertText(tx, d.ID, p.Text); err != nil {
		return "", err
	}
	for i := range p.Duties {
		if err := insertDuty(tx, &p.Duties[i]); err != nil {
			return "", err
		}
	}
	return d.ID, s.o.Fanout.Confirmed(ctx, tx, &d, p.Duties)
}
