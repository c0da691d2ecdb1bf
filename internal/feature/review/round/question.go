package round

import (
	"context"
	"errors"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Ask is the command by which a commune questions a figure that another office
// supplied (Đề nghị kiểm tra lại).
type Ask struct {
	Target
	Reason string
}

// Answer is the command by which that office keeps its figure and says why; a new
// figure answers by itself.
type Answer struct {
	Target
	Reason string
}

// Spotcheck is the command that records what was found in the field beside what
// was reported (phúc tra).
type Spotcheck struct {
	Target
	Entry  law.Entry
	Note   string
	Base   int64 // as of [Save]
	Reason string
}

var (
	msgNotAsked   = fault.Msg{Key: "round.not_asked", Text: "không có đề nghị kiểm tra lại nào đang chờ"}
	msgNotSupply  = fault.Msg{Key: "round.not_supplied", Text: "số liệu này do xã nhập, không phải do cơ quan khác cung cấp; xã tự sửa được"}
	msgMayNot     = fault.Msg{Key: "round.may_not", Text: "tài khoản này không được {act} chỉ tiêu này của xã này khi phiếu {state}"}
	msgOutOfSight = fault.Msg{Key: "round.out_of_sight", Text: "tài khoản này không được {act} chỉ tiêu này của xã này"}
	msgNoFigure   = fault.Msg{Key: "round.no_figure", Text: "nhập kết quả phúc tra"}
)

// Command is the journal's view of it.
func (c *Ask) Command(actor string) (db.Command, error) {
	return command(actor, "review.ask", scopeOf(c.Target), c)
}

// Command is the journal's view of it.
func (c *Answer) Command(actor string) (db.Command, error) {
	return command(actor, "review.answer", scopeOf(c.Target), c)
}

// Command is the journal's view of it.
func (c *Spotcheck) Command(actor string) (db.Command, error) {
	return command(actor, "review.spotcheck", scopeOf(c.Target), map[string]any{
		"place": c.Place, "period": c.Period.String(), "set": c.Set, "indicator": c.Code, "reason": c.Reason,
	})
}

func checkReason(text string) error {
	switch {
	case text == "":
		return fault.New(fault.Invalid, msgReason).At("ly-do")
	case len([]rune(text)) > longestText:
		return fault.New(fault.Invalid, msgLong, "what", "lý do").At("ly-do")
	}
	return nil
}

// Ask questions a supplied figure.
func (s *Service) Ask(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Ask) error {
	a, row, err := s.permitted(ctx, tx, cmd.Target, func(a *aim, row *Row) bool { return a.may(who, authz.AskAgain, row) })
	if err != nil {
		return a.refused(err, ActAsk, who, row)
	}
	if err := checkReason(cmd.Reason); err != nil {
		return err
	}
	if row.Origin != ActSupply {
		return fault.New(fault.Conflict, msgNotSupply)
	}
	return insertAct(tx, a.cell(), Done{Act: ActAsk, State: row.State, Reason: cmd.Reason})
}

// Answer keeps a figure that was questioned.
func (s *Service) Answer(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Answer) error {
	a, row, err := s.permitted(ctx, tx, cmd.Target, func(a *aim, row *Row) bool { return a.may(who, authz.SupplyFinding, row) })
	if err != nil {
		return a.refused(err, ActAnswer, who, row)
	}
	if err := checkReason(cmd.Reason); err != nil {
		return err
	}
	if !row.Asked {
		return fault.New(fault.Conflict, msgNotAsked)
	}
	return insertAct(tx, a.cell(), Done{Act: ActAnswer, State: row.State, Reason: cmd.Reason})
}

// Spotcheck records what was found in the field.
func (s *Service) Spotcheck(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Spotcheck) (*Saved, error) {
	a, row, err := s.permitted(ctx, tx, cmd.Target, func(a *aim, row *Row) bool { return a.may(who, authz.FieldCheck, row) })
	if err != nil {
		return nil, a.refused(err, ActSpotcheck, who, row)
	}
	save := Save{Target: cmd.Target, Entry: cmd.Entry, Note: cmd.Note, Reason: cmd.Reason}
	if err := save.check(); err != nil {
		return nil, err
	}
	datum, err := a.read(&save, law.FieldChecked)
	if err != nil {
		return nil, err
	}
	if !datum.Known() {
		return nil, fault.New(fault.Invalid, msgNoFigure)
	}
	old, _, err := review.StoredAt(tx, a.cell())
	if err != nil {
		return nil, err
	}
	if cmd.Base != old.Entry {
		return nil, fault.New(fault.Conflict, msgClash, "code", cmd.Code).Wrap(&Clash{Mine: datum, Theirs: old, Note: cmd.Note})
	}
	f := review.Stored{Cell: a.cell(), Entry: tx.Position(), Datum: datum, Note: noteOf(cmd.Note, old.Note)}
	if err := review.Append(tx, []review.Stored{f}); err != nil {
		return nil, err
	}
	row.Add(Done{Entry: tx.Position(), Act: ActSpotcheck, State: row.State, Reason: cmd.Reason})
	return &Saved{Finding: f, Row: row, Act: ActSpotcheck}, insertAct(tx, a.cell(), Done{Act: ActSpotcheck, State: row.State, Reason: cmd.Reason})
}

func (a *aim) cell() review.Cell {
	return review.Cell{Place: a.unit.Key, Period: a.sheet.Round.Period.Code(), Measure: a.measure}
}

// errMayNot marks a refusal; refused says it in words.
var errMayNot = errors.New("round: may not")

// permitted finds a target and its row, if may says yes to it.
func (s *Service) permitted(ctx context.Context, tx *db.Tx, t Target, may func(*aim, *Row) bool) (*aim, Row, error) {
	a, err := s.target(ctx, tx, t)
	if err != nil {
		return nil, Row{}, err
	}
	row, err := a.row(tx)
	if err == nil && !may(a, &row) {
		err = errMayNot
	}
	return a, row, err
}

// refused says a refusal in words. How far a quantity is, only those hear who may
// look at it. Nothing is asked of a, which may be nil, for any other error.
func (a *aim) refused(err error, act Act, who authz.Subject, row Row) error {
	switch {
	case !errors.Is(err, errMayNot):
		return err
	case !a.may(who, authz.ViewCommune, &row):
		return fault.New(fault.Forbidden, msgOutOfSight, "act", act.Vietnamese())
	}
	return fault.New(fault.Forbidden, msgMayNot, "act", act.Vietnamese(), "state", row.State.Vietnamese())
}
