package worksheetweb

import (
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/view/worksheet"
)

// sending is the page before a sheet is sent.
type sending struct {
	*at
	Sheet   *worksheet.Sheet
	Missing []*worksheet.Line
	Back    []*worksheet.Line // returned, not mended
	Files   []lack
	Form    *web.Form
}

// lack is an indicator that wants evidence.
type lack struct {
	Set   *law.Set
	Ind   *law.Indicator
	Kinds []string
}

var msgNoSend = fault.Msg{Key: "worksheet.no_send", Text: "duyệt và gửi phiếu là việc của lãnh đạo xã, khi phiếu còn mở"}

// beforeSend lists what is sent and what is missing.
func (h *Pages) beforeSend(p *web.Page) error {
	a, err := h.resolve(p)
	if err != nil {
		return err
	}
	v, err := h.sending(p, a)
	if err != nil {
		return err
	}
	return p.Render(sendPage(p.Shell("Duyệt và gửi, "+title(a.period)), v))
}

func (h *Pages) sending(p *web.Page, a *at) (*sending, error) {
	s, err := h.opt.Sheets.Sheet(p.Context(), &a.unit, a.period)
	if err != nil {
		return nil, err
	}
	if !authz.May(a.who, authz.Submit, a.where.Object("", round.Draft, s.Round.Closed)) {
		return nil, fault.New(fault.Forbidden, msgNoSend)
	}
	v := &sending{at: a, Sheet: s, Form: &web.Form{}}
	for i := range s.Criteria {
		for j := range s.Criteria[i].Lines {
			l := &s.Criteria[i].Lines[j]
			switch {
			case l.Need != round.NoNeed && !l.Has:
				v.Missing = append(v.Missing, l)
			case l.State == round.Returned && !l.Row.Mended:
				v.Back = append(v.Back, l)
			}
		}
	}
	return v, h.opt.DB.Read(p.Context(), func(tx *db.Tx) error {
		for _, set := range s.Sets {
			list, err := h.opt.Evidence.Missing(p.Context(), tx, set, evidence.Subject{Kind: evidence.Finding, Place: a.unit.Key, Period: a.period.Code()})
			if err != nil {
				return err
			}
			for _, x := range list {
				if _, l := s.Find(set.ID, set.At(x.Slot).Code); l != nil && l.Has && l.Row.Origin != round.ActCarry {
					v.Files = append(v.Files, lack{set, set.At(x.Slot), x.Kinds})
				}
			}
		}
		return nil
	})
}

// send sends a sheet.
func (h *Pages) send(p *web.Page) error {
	a, err := h.resolve(p)
	if err != nil {
		return err
	}
	if _, err := h.sending(p, a); err != nil {
		return err
	}
	c := &round.Send{Place: a.unit.ID, Period: a.period}
	return h.record(p, c.Command, a.base, func(tx *db.Tx) error {
		_, err := h.opt.Rounds.Send(p.Context(), tx, a.who, c)
		return err
	})
}

// carry keeps what an earlier period said of a criterion.
func (h *Pages) carry(p *web.Page) error {
	a, err := h.resolve(p)
	if err != nil {
		return err
	}
	set, err := h.opt.Law.Set(p.Form().Value("set"))
	if err != nil {
		return err
	}
	code := p.Form().Value("criterion")
	if _, ok := set.Criterion(code); !ok {
		return fault.New(fault.NotFound, msgNoCrit, "code", fault.Clip(code))
	}
	c := &round.Carry{Place: a.unit.ID, Period: a.period, Set: set.ID, Criterion: code}
	return h.record(p, c.Command, criterionPath(a.base, set, code), func(tx *db.Tx) error {
		_, err := h.opt.Rounds.Carry(p.Context(), tx, a.who, c)
		return err
	})
}

// record carries out a command and goes to a page that shows it.
func (h *Pages) record(p *web.Page, command func(string) (db.Command, error), to string, work func(*db.Tx) error) error {
	cmd, err := command(p.User().ID)
	if err != nil {
		return err
	}
	at := int64(0)
	err = h.opt.DB.Write(p.Context(), cmd, func(tx *db.Tx) error {
		at = tx.Position()
		return work(tx)
	})
	if err != nil {
		return err
	}
	if err := h.opt.Board.WaitFor(p.Context(), at); err != nil {
		return err
	}
	return p.Redirect(to)
}
