package round

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Save is the command that records what one quantity of a sheet is. An entry
// without any figure takes back what was there.
type Save struct {
	Target
	Entry  law.Entry
	Note   string
	Keep   bool   // the note that stands is kept; Note is not looked at
	Base   int64  // Entry of the finding the person saw in this period; 0 = there was none, AnyBase = not asked
	Key    string // names this attempt, so that sending it twice records it once; "" = not named
	Reason string // of a correction after closing
}

// AnyBase is the base of a save that replaces whatever stands: a workbook does
// not say what its author had seen.
const AnyBase = -1

// Saved is what a save did.
type Saved struct {
	Finding review.Stored
	Row     Row
	Act     Act
}

// ErrSame is the error of a save that would record what stands already, or that
// was carried out before: nothing is written, and nothing is wrong.
var ErrSame = errors.New("round: nothing new")

// Clash is the cause of the fault that a save gets when somebody else changed the
// quantity after the person saw it.
type Clash struct {
	Mine   law.Datum
	Theirs review.Stored
	Note   string // mine
}

// Error is for logs.
func (c *Clash) Error() string { return "round: the finding was changed meanwhile" }

var (
	msgClash   = fault.Msg{Key: "round.clash", Text: "{code}: số liệu đã được người khác sửa sau khi bạn mở trang; xem cả hai giá trị rồi chọn"}
	msgNoEntry = fault.Msg{Key: "round.no_entry", Text: "{code}: không nhập được – {why}"}
	msgLong    = fault.Msg{Key: "round.long_text", Text: "{what} không quá 1.000 chữ"}
	msgKey     = fault.Msg{Key: "round.save_key", Text: "mã lần lưu không hợp lệ; hãy tải lại trang"}
	msgReason  = fault.Msg{Key: "round.reason", Text: "nhập lý do"}
	msgNoRows  = fault.Msg{Key: "round.many_empty", Text: "không có dòng nào để ghi"}
)

const (
	longestKey  = 64
	longestText = 1000 // characters
)

// Command is the journal's view of a save.
func (c *Save) Command(actor string) (db.Command, error) {
	return command(actor, "review.save", scopeOf(c.Target), map[string]any{
		"place": c.Place, "period": c.Period.String(), "set": c.Set, "indicator": c.Code, "reason": c.Reason,
	})
}

// scopeOf says which communes and period a command covers, and which indicator
// where it is one; what follows the journal reads it.
func scopeOf(targets ...Target) string {
	var places []string
	for _, t := range targets {
		if !contains(places, t.Place) {
			places = append(places, t.Place)
		}
	}
	slices.Sort(places)
	scope := map[string]any{"period": targets[0].Period.String(), "places": places}
	if t := targets[0]; len(targets) == 1 && t.Code != "" {
		scope["indicators"] = []string{t.Set + "/" + t.Code}
	}
	data, err := json.Marshal(scope)
	if err != nil { // strings only: cannot be
		return ""
	}
	return string(data)
}

// Save records one quantity. A fault with a [Clash] underneath means that
// somebody else changed it meanwhile; [ErrSame] that there is nothing to record.
func (s *Service) Save(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Save) (*Saved, error) {
	saved, err := s.prepare(ctx, tx, who, cmd)
	if err != nil {
		return saved, err
	}
	if err := review.Append(tx, []review.Stored{saved.Finding}); err != nil {
		return nil, err
	}
	return saved, insertAct(tx, saved.Finding.Cell, Done{Act: saved.Act, State: saved.Row.State, Reason: cmd.Reason, Key: cmd.Key})
}

func insertAct(tx *db.Tx, c review.Cell, d Done) error {
	return tx.Insert(&actTable, actRow(c, d)...)
}

func actRow(c review.Cell, d Done) []any {
	return []any{int64(c.Place), int64(c.Period), int64(c.Measure), int64(d.Act), int64(d.State), text(d.Reason), text(d.Key)}
}

// prepare decides a save and writes nothing.
func (s *Service) prepare(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Save) (*Saved, error) {
	if err := cmd.check(); err != nil {
		return nil, err
	}
	a, err := s.target(ctx, tx, cmd.Target)
	if err != nil {
		return nil, err
	}
	was := standing{}
	if was.acts, err = readActsOf(tx, a.unit.Key, cmd.Period.Code(), a.measure); err != nil {
		return nil, err
	}
	if was.old, _, err = review.StoredAt(tx, a.cell()); err != nil {
		return nil, err
	}
	if cmd.Key != "" && cmd.Base != was.old.Entry { // on what stands now nothing was saved yet, by this attempt neither
		if was.repeated, err = hasKey(tx, a.unit.Key, cmd.Period.Code(), a.measure, cmd.Key); err != nil {
			return nil, err
		}
	}
	return a.decide(tx, who, cmd, &was)
}

// standing is what is recorded of a quantity before a save.
type standing struct {
	acts     []stored
	old      review.Stored
	repeated bool // the attempt was carried out before
}

// decide says what a save does to what stands.
func (a *aim) decide(tx *db.Tx, who authz.Subject, cmd *Save, was *standing) (*Saved, error) {
	var row Row
	repeated := was.repeated
	for i := range was.acts {
		row.Add(was.acts[i].done)
		repeated = repeated || cmd.Key != "" && was.acts[i].done.Key == cmd.Key
	}
	cell, old := a.cell(), was.old
	if repeated {
		return &Saved{Finding: old, Row: row}, ErrSame
	}
	act, provenance, err := a.entry(who, &row, cmd)
	if err != nil {
		return nil, err
	}
	datum, err := a.read(cmd.settled(a.set.At(a.slot), &was.old.Datum), provenance)
	if err != nil {
		return nil, err
	}
	note := cmd.note(&old)
	same := review.SameReport(&datum, &old.Datum) && old.Note == note
	if same {
		datum.Provenance = max(datum.Provenance, old.Datum.Provenance) // what was checked stays checked
	}
	if same && (!datum.Known() || row.Origin != NoAct && datum.Provenance == old.Datum.Provenance && !row.Asked) {
		return &Saved{Finding: old, Row: row}, ErrSame
	}
	if cmd.Base != old.Entry && cmd.Base != AnyBase && !same {
		return nil, fault.New(fault.Conflict, msgClash, "code", cmd.Code).Wrap(&Clash{Mine: datum, Theirs: old, Note: cmd.Note})
	}
	state := row.State
	if act == ActSupply && state == Verified && !a.where.TwoTier {
		state = Submitted // what the district looked at is no longer there
	}
	row.Add(Done{Entry: tx.Position(), Act: act, State: state, Reason: cmd.Reason})
	return &Saved{Finding: review.Stored{Cell: cell, Entry: tx.Position(), Datum: datum, Note: note}, Row: row, Act: act}, nil
}

// settled drops a rate that was left in its field when its numerator and
// denominator were added: the fraction says what it is now.
func (c *Save) settled(ind *law.Indicator, old *law.Datum) *Save {
	e := &c.Entry
	if ind.Kind != law.Share || e.Value == "" || e.Numerator == "" || e.Denominator == "" || !old.HasValue || old.Extra != nil && old.Extra.Total.Given() {
		return c
	}
	if left, faults := ind.Read(&law.Entry{Value: e.Value}); len(faults) > 0 || left.Value != old.Value {
		return c
	}
	out := *c
	out.Entry.Value = ""
	return &out
}

// note is the note beside a value that replaces what stands.
func (c *Save) note(old *review.Stored) string {
	if c.Keep {
		return old.Note
	}
	return noteOf(c.Note, old.Note)
}

// noteOf keeps the mark of generated data, which a person cannot take off.
func noteOf(note, old string) string {
	if !strings.Contains(old, review.Illustrative) || strings.Contains(note, review.Illustrative) {
		return note
	}
	if note == "" {
		return review.Illustrative
	}
	return note + " (" + review.Illustrative + ")"
}

func (c *Save) check() error {
	switch {
	case len([]rune(c.Note)) > longestText:
		return fault.New(fault.Invalid, msgLong, "what", "ghi chú").At("ghi-chu")
	case len([]rune(c.Reason)) > longestText:
		return fault.New(fault.Invalid, msgLong, "what", "lý do").At("ly-do")
	case len(c.Key) > longestKey || strings.ContainsFunc(c.Key, func(r rune) bool { return r <= ' ' || r > '~' }):
		return fault.New(fault.Invalid, msgKey)
	}
	return nil
}

// read makes a datum of what was typed.
func (a *aim) read(cmd *Save, p law.Provenance) (law.Datum, error) {
	entry := cmd.Entry
	entry.Period, entry.Provenance = cmd.Period, p.String()
	datum, faults := a.set.At(a.slot).Read(&entry)
	return datum, fault.Join(faults...)
}

// entry says in which role a person records a quantity: for the commune, as the
// office that supplies or is in charge of it, or as a correction after closing.
func (a *aim) entry(who authz.Subject, row *Row, cmd *Save) (Act, law.Provenance, error) {
	code := a.set.At(a.slot).Code
	refuse := func(why string) (Act, law.Provenance, error) {
		return NoAct, 0, fault.New(fault.Forbidden, msgNoEntry, "code", code, "why", why)
	}
	switch {
	case a.may(who, authz.CorrectClosed, row):
		if cmd.Reason == "" {
			return NoAct, 0, fault.New(fault.Invalid, msgReason).At("ly-do")
		}
		return ActCorrect, law.Confirmed, nil
	case a.sheet.Round.Closed:
		return NoAct, 0, fault.New(fault.Conflict, msgClosed, "name", a.sheet.Round.Name)
	case a.may(who, authz.SupplyFinding, row):
		if a.confirms(who) {
			return ActSupply, law.Confirmed, nil
		}
		return ActSupply, law.Declared, nil
	case a.may(who, authz.EnterFinding, row):
		if row.Origin == ActSupply {
			return refuse("số liệu này do cơ quan cung cấp nhập; nếu thấy chưa đúng, hãy đề nghị kiểm tra lại")
		}
		return ActEnter, law.Declared, nil
	}
	for _, s := range []State{Draft, Returned} {
		if at := (Row{State: s}); a.may(who, authz.EnterFinding, &at) {
			return refuse("phiếu " + row.State.Vietnamese() + "; muốn sửa thì đề nghị nơi đã nhận trả lại")
		}
	}
	return refuse("tài khoản này không được nhập chỉ tiêu này của xã này")
}

// confirms tells whether a person speaks for the agency in charge of a quantity.
func (a *aim) confirms(who authz.Subject) bool {
	for _, o := range []Row{{State: Submitted}, {State: Verified}} {
		if a.may(who, authz.Confirm, &o) {
			return true
		}
	}
	return false
}

// Many is the command that records several quantities of a period: a column, or
// a workbook. All are recorded or none.
type Many struct {
	File   string // what they were read from; "" = typed
	SHA256 string // of that file
	Items  []Save
}

// Command is the journal's view of it.
func (c *Many) Command(actor string) (db.Command, error) {
	if len(c.Items) == 0 {
		return db.Command{}, fault.New(fault.Invalid, msgNoRows)
	}
	targets := make([]Target, len(c.Items))
	for i := range c.Items {
		targets[i] = c.Items[i].Target
	}
	return command(actor, "review.save", scopeOf(targets...), map[string]any{
		"file": c.File, "sha256": c.SHA256, "period": targets[0].Period.String(), "findings": len(c.Items),
	})
}

// SaveMany records several quantities and tells how many were new; what stands
// already is passed over. Every refusal is a sub of the one fault.
func (s *Service) SaveMany(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Many) (int, error) {
	var findings []review.Stored
	var acts [][]any
	var bad []*fault.Error
	seen := map[review.Cell]bool{}
	d := s.desk(who)
	for i := range cmd.Items {
		c := &cmd.Items[i]
		saved, err := d.prepare(ctx, tx, c)
		var f *fault.Error
		switch {
		case errors.Is(err, ErrSame):
			continue
		case errors.As(err, &f):
			bad = append(bad, named(f, s, c))
			continue
		case err != nil:
			return 0, err
		}
		if seen[saved.Finding.Cell] {
			continue // a quantity two sets share
		}
		seen[saved.Finding.Cell] = true
		findings = append(findings, saved.Finding)
		acts = append(acts, actRow(saved.Finding.Cell, Done{Act: saved.Act, State: saved.Row.State, Reason: c.Reason, Key: c.Key}))
	}
	if err := fault.Join(bad...); err != nil {
		return 0, err
	}
	if len(findings) == 0 {
		return 0, ErrSame
	}
	if err := review.Append(tx, findings); err != nil {
		return 0, err
	}
	return len(findings), insertActs(tx, acts)
}

// named puts the commune and the indicator before what is wrong with them.
func named(f *fault.Error, s *Service, c *Save) *fault.Error {
	name := c.Place
	if u, ok := s.places.Latest(c.Place); ok {
		name = u.FullName
	}
	return f.At(name + ", " + c.Code)
}

func insertActs(tx *db.Tx, rows [][]any) error {
	slices.SortFunc(rows, func(a, b []any) int {
		for i := range 3 {
			if d := a[i].(int64) - b[i].(int64); d != 0 {
				return int(d)
			}
		}
		return 0
	})
	_, err := tx.InsertSorted(&actTable, slices.Values(rows))
	return err
}
