package round

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/register/place"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Send is the command by which a commune sends what its sheet holds.
type Send struct {
	Place  string // id
	Period day.Period
}

var (
	msgNothing   = fault.Msg{Key: "round.nothing_to_send", Text: "không có số liệu nào chưa gửi trong phiếu"}
	msgNotSender = fault.Msg{Key: "round.not_sender", Text: "người duyệt gửi phải là lãnh đạo xã và không phải người đã nhập số liệu của phiếu này"}
	msgNoItems   = fault.Msg{Key: "round.no_items", Text: "chưa chọn dòng nào"}
	msgNotMoved  = fault.Msg{Key: "round.not_moved", Text: "không {act} được: chỉ tiêu đang ở trạng thái “{state}”, hoặc không thuộc phần việc của tài khoản này"}
	msgChanged   = fault.Msg{Key: "round.changed", Text: "số liệu đã thay đổi sau khi mở trang; hãy xem lại rồi {act}"}
	msgEmpty     = fault.Msg{Key: "round.no_value", Text: "chưa có số liệu trong kỳ này"}
)

// Command is the journal's view of it.
func (c *Send) Command(actor string) (db.Command, error) {
	return command(actor, "review.send", scopeOf(Target{Place: c.Place, Period: c.Period}), map[string]any{
		"place": c.Place, "period": c.Period.String(),
	})
}

// Send sends every quantity of a sheet that has a value and was not sent, or was
// returned, and tells how many. Nobody sends what they entered themselves.
func (s *Service) Send(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Send) (int, error) {
	unit, ok := s.places.Latest(cmd.Place)
	if !ok || unit.Level != place.Commune {
		return 0, fault.New(fault.NotFound, msgNoPlace)
	}
	sheet, err := s.SheetOf(ctx, tx, &unit, cmd.Period)
	if err != nil {
		return 0, err
	}
	if sheet.Round.Closed {
		return 0, fault.New(fault.Conflict, msgClosed, "name", sheet.Round.Name)
	}
	rows, err := s.Rows(ctx, tx, sheet)
	if err != nil {
		return 0, err
	}
	found, err := review.StoredOf(tx, []int32{unit.Key}, cmd.Period.Code(), now)
	if err != nil {
		return 0, err
	}
	var acts [][]any
	var entries []int64
	for i := range found {
		row := rows[found[i].Measure]
		if !found[i].Datum.Known() || row.State != Draft && row.State != Returned {
			continue
		}
		if row.Origin == ActEnter || row.Origin == ActCarry {
			entries = append(entries, row.Valued)
		}
		acts = append(acts, actRow(found[i].Cell, Done{Act: ActSend, State: Submitted}))
	}
	if err := s.maySend(tx, who, sheet, entries); err != nil {
		return 0, err
	}
	if len(acts) == 0 {
		return 0, fault.New(fault.Conflict, msgNothing)
	}
	return len(acts), insertActs(tx, acts)
}

// maySend asks whether a person may send what was entered at some positions.
func (s *Service) maySend(tx *db.Tx, who authz.Subject, sheet *Sheet, entries []int64) error {
	makers, err := journal.Actors(tx, entries)
	if err != nil {
		return err
	}
	id, err := place.IDOf(sheet.Place)
	if err != nil {
		return err
	}
	where := s.whereIs(tx, id)
	o := sheet.object(where, "", &Row{})
	o.Makers = makers
	if !authz.May(who, authz.Submit, o) {
		return fault.New(fault.Forbidden, msgNotSender)
	}
	return nil
}

// Item is one indicator of one commune that is moved on, with its parts.
type Item struct {
	Place string // id
	Set   string
	Code  string
	Seen  int64 // journal position of the page the person decided on; 0 = not asked
}

// Move is the command that verifies, confirms or returns indicators, one or many.
// All are moved or none.
type Move struct {
	Act    Act // ActVerify, ActConfirm or ActReturn
	Period day.Period
	Items  []Item
	Reason string // required to return
}

// Command is the journal's view of it.
func (c *Move) Command(actor string) (db.Command, error) {
	if len(c.Items) == 0 {
		return db.Command{}, fault.New(fault.Invalid, msgNoItems)
	}
	names := map[Act]string{ActVerify: "review.verify", ActConfirm: "review.confirm", ActReturn: "review.return"}
	targets := make([]Target, len(c.Items))
	rows := make([]string, len(c.Items))
	for i, t := range c.Items {
		targets[i] = Target{Place: t.Place, Period: c.Period}
		rows[i] = t.Place + " " + t.Set + "/" + t.Code
	}
	return command(actor, names[c.Act], scopeOf(targets...), map[string]any{
		"period": c.Period.String(), "rows": rows, "reason": c.Reason,
	})
}

// Move moves indicators on and tells how many quantities that were. Every refusal
// is a sub of the one fault.
func (s *Service) Move(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Move) (int, error) {
	if err := cmd.check(); err != nil {
		return 0, err
	}
	m := mover{service: s, cmd: cmd, who: who, pages: map[string]*page{}, seen: map[review.Cell]bool{}}
	var bad []*fault.Error
	for i := range cmd.Items {
		err := m.item(ctx, tx, &cmd.Items[i])
		var f *fault.Error
		if errors.As(err, &f) {
			bad = append(bad, named(f, s, &Save{Target: Target{Place: cmd.Items[i].Place, Code: cmd.Items[i].Code}}))
		} else if err != nil {
			return 0, err
		}
	}
	if err := fault.Join(bad...); err != nil {
		return 0, err
	}
	if len(m.findings) > 0 {
		if err := review.Append(tx, m.findings); err != nil {
			return 0, err
		}
	}
	return len(m.acts), insertActs(tx, m.acts)
}

func (c *Move) check() error {
	switch {
	case len(c.Items) == 0:
		return fault.New(fault.Invalid, msgNoItems)
	case c.Act == ActReturn && c.Reason == "":
		return fault.New(fault.Invalid, msgReason).At("ly-do")
	case len([]rune(c.Reason)) > longestText:
		return fault.New(fault.Invalid, msgLong, "what", "lý do").At("ly-do")
	}
	return nil
}

// mover carries a Move out.
type mover struct {
	service  *Service
	cmd      *Move
	who      authz.Subject
	pages    map[string]*page // by id of a commune
	seen     map[review.Cell]bool
	findings []review.Stored
	acts     [][]any
}

// page is one commune's sheet while it is moved.
type page struct {
	aim   aim
	rows  map[int32]Row
	found map[int32]review.Stored
	keys  map[string][]int32 // of the slots of a set
}

// page reads a commune's sheet once.
func (m *mover) page(ctx context.Context, tx *db.Tx, it *Item) (*page, error) {
	if p := m.pages[it.Place]; p != nil {
		return p, nil
	}
	a, err := m.service.target(ctx, tx, Target{Place: it.Place, Period: m.cmd.Period, Set: it.Set, Code: it.Code})
	if err != nil {
		return nil, err
	}
	p := &page{aim: *a, found: map[int32]review.Stored{}, keys: map[string][]int32{}}
	if p.rows, err = m.service.Rows(ctx, tx, a.sheet); err != nil {
		return nil, err
	}
	list, err := review.StoredOf(tx, []int32{a.unit.Key}, m.cmd.Period.Code(), now)
	if err != nil {
		return nil, err
	}
	for _, f := range list {
		p.found[f.Measure] = f
	}
	dict, err := m.service.dictionary(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, set := range Sets(m.service.lib, a.sheet.Sets) {
		p.keys[set.ID] = dict.Slots(set)
	}
	m.pages[it.Place] = p
	return p, nil
}

// item moves one indicator with its parts.
func (m *mover) item(ctx context.Context, tx *db.Tx, it *Item) error {
	p, err := m.page(ctx, tx, it)
	if err != nil {
		return err
	}
	keys, ok := p.keys[it.Set]
	if !ok {
		return fault.New(fault.NotFound, msgNoCode, "name", p.aim.unit.FullName, "code", it.Code)
	}
	set, err := m.service.lib.Set(it.Set)
	if err != nil {
		return err
	}
	slot, ok := set.Slot(it.Code)
	if !ok || set.At(slot).Parent >= 0 {
		return fault.New(fault.NotFound, msgNoCode, "name", p.aim.unit.FullName, "code", it.Code)
	}
	moved, state := 0, State(0)
	for _, n := range slotsOf(set.At(slot)) {
		f, has := p.found[keys[n]]
		if !has || !f.Datum.Known() {
			continue
		}
		done, err := m.quantity(p.aim.on(set, n, keys), p.rows[keys[n]], &f, it.Seen)
		if err != nil {
			return err
		}
		state = p.rows[keys[n]].State
		if done {
			moved++
		}
	}
	switch {
	case moved > 0:
		return nil
	case !slices.ContainsFunc(slotsOf(set.At(slot)), func(n int) bool { f := p.found[keys[n]]; return f.Datum.Known() }):
		return fault.New(fault.Conflict, msgEmpty)
	}
	return fault.New(fault.Forbidden, msgNotMoved, "act", m.cmd.Act.Vietnamese(), "state", state.Vietnamese())
}

// quantity moves one quantity; false when it is not in a state to be moved by
// this person.
func (m *mover) quantity(a *aim, row Row, f *review.Stored, seen int64) (bool, error) {
	if m.seen[f.Cell] {
		return true, nil
	}
	action, state, provenance := m.target()
	if !a.may(m.who, action, &row) {
		return false, nil
	}
	if seen > 0 && max(row.Valued, f.Entry) > seen {
		return false, fault.New(fault.Conflict, msgChanged, "act", m.cmd.Act.Vietnamese())
	}
	m.seen[f.Cell] = true
	if f.Datum.Provenance < provenance {
		stronger := *f
		stronger.Datum.Provenance = provenance
		m.findings = append(m.findings, stronger)
	}
	m.acts = append(m.acts, actRow(f.Cell, Done{Act: m.cmd.Act, State: state, Reason: m.cmd.Reason}))
	return true, nil
}

// target is what a move asks for and leads to.
func (m *mover) target() (authz.Action, State, law.Provenance) {
	switch m.cmd.Act {
	case ActVerify:
		return authz.Verify, Verified, law.Verified
	case ActConfirm:
		return authz.Confirm, Confirmed, law.Confirmed
	}
	return authz.Return, Returned, law.Declared
}
