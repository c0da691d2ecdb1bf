package task

import (
	"context"
	"slices"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
)

var (
	msgNoDay = fault.Msg{Key: "task.no_day", Text: "văn bản chưa có ngày, tháng hay ngày họp nên không tra được cơ quan, địa bàn; hãy bổ sung ngày văn bản rồi xác nhận"}
	msgLead  = fault.Msg{Key: "task.no_lead", Text: "nhiệm vụ {ref} giao nhiều đơn vị mà chưa chọn đơn vị chủ trì; hãy chọn chủ trì hoặc phối hợp cho từng đơn vị rồi xác nhận"}
)

// Confirmed makes the tasks of a document whose duties a person has confirmed,
// in the same transaction. It may be called again for the same document: see
// Amended.
func (s *Service) Confirmed(ctx context.Context, tx *db.Tx, doc *directive.Document, duties []directive.Duty) error {
	return s.Amended(ctx, tx, doc, duties)
}

// Amended brings the tasks of some duties of a document into line with the
// duties as they are now, struck ones included. New bodies get tasks, changed
// words are taken over, tasks whose duty or body is gone are withdrawn with the
// reason. What was already done, granted or handed over stays.
func (s *Service) Amended(ctx context.Context, tx *db.Tx, doc *directive.Document, duties []directive.Duty) error {
	on := doc.Day()
	if on == day.None {
		return fault.New(fault.Invalid, msgNoDay)
	}
	var bad []*fault.Error
	for i := range duties {
		if !duties[i].Removed && undecided(&duties[i]) {
			bad = append(bad, fault.New(fault.Invalid, msgLead, "ref", duties[i].Ref))
		}
	}
	if err := fault.Join(bad...); err != nil {
		return err
	}
	fan, err := s.fan(ctx, tx, on)
	if err != nil {
		return err
	}
	if err := keepGiven(tx, doc); err != nil {
		return err
	}
	have, _, err := readAll(tx, doc.ID)
	if err != nil {
		return err
	}
	c := compare(duties, FanOut(doc, duties, fan), have)
	return c.write(tx)
}

// Withdrawn withdraws every task that is not complete of a document that counts no more.
func (s *Service) Withdrawn(_ context.Context, tx *db.Tx, doc *directive.Document) error {
	gone := *doc
	gone.State = directive.Withdrawn
	if err := keepGiven(tx, &gone); err != nil {
		return err
	}
	have, _, err := readAll(tx, doc.ID)
	if err != nil {
		return err
	}
	for _, t := range have {
		if t.Last(Retracted) == nil && !complete(t) {
			if err := insertAct(tx, t.Document, t.ID, 0, act(tx, Retracted, "Văn bản đã bị thu hồi hoặc nhập nhầm")); err != nil {
				return err
			}
		}
	}
	return nil
}

// undecided tells whether a duty names several bodies and it is open which of
// them leads; a collective is one name.
func undecided(d *directive.Duty) bool {
	open := slices.ContainsFunc(d.Addressees, func(a directive.Addressee) bool {
		return a.Role == directive.Undecided && !a.Collective && len(a.Agencies) > 0
	})
	return open && len(bodies(d)) > 1
}

// keepGiven records how a document is called, when that is new.
func keepGiven(tx *db.Tx, doc *directive.Document) error {
	g := Given{
		ID: doc.ID, Kind: doc.Kind, Number: doc.Number, Symbol: doc.Symbol, Issued: doc.Issued, Partial: doc.DatePartial, Day: doc.Day(),
		Issuer: doc.Issuer, Title: doc.Title, Illustrated: doc.Illustrated, Withdrawn: doc.State == directive.Withdrawn,
	}
	known, err := readGiven(tx, doc.ID)
	if err != nil {
		return err
	}
	if len(known) == 1 {
		g.Entry = known[0].Entry
		if known[0] == g {
			return nil
		}
	} else if err := insertAct(tx, doc.ID, "", 0, act(tx, Began, "")); err != nil {
		return err
	}
	return insertGiven(tx, &g)
}

func (c *change) write(tx *db.Tx) error {
	for i := range c.fresh {
		t := &c.fresh[i]
		t.ID = tx.NewID()
		if err := insertTask(tx, t); err != nil {
			return err
		}
		if err := insertParts(tx, t); err != nil {
			return err
		}
	}
	for i := range c.renewed {
		t := &c.renewed[i]
		if err := insertTask(tx, t); err != nil {
			return err
		}
		if err := insertParts(tx, t); err != nil {
			return err
		}
		if err := insertAct(tx, t.Document, t.ID, 0, &Act{Kind: Amended, On: tx.Today(), Due: t.Due, Text: "Sửa theo văn bản"}); err != nil {
			return err
		}
	}
	for _, t := range c.gone {
		if err := insertAct(tx, t.Document, t.ID, 0, act(tx, Retracted, "Văn bản được sửa: nhiệm vụ này không còn giao cho đơn vị")); err != nil {
			return err
		}
	}
	return nil
}

func insertParts(tx *db.Tx, t *Task) error {
	for i := range t.Parts {
		if err := insertPart(tx, t.ID, &t.Parts[i]); err != nil {
			return err
		}
	}
	return nil
}
