package round

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

// now asks for what is known at the moment.
const now = math.MaxInt64

// Service keeps rounds and the sheets of their communes.
type Service struct {
	lib      *law.Library
	keys     *criteria.Reader
	places   *place.Register
	titles   review.Titles
	province string // two-digit code
}

// New makes the service of a province.
func New(lib *law.Library, places *place.Register, titles review.Titles, province string) *Service {
	return &Service{lib: lib, keys: criteria.NewReader(lib), places: places, titles: titles, province: province}
}

// Province is the two-digit code of the province whose rounds these are.
func (s *Service) Province() string { return s.province }

// Command is the journal's view of opening a round.
func (c *Open) Command(actor string) (db.Command, error) {
	return command(actor, "round.open", "", c)
}

// Command is the journal's view of new deadlines.
func (c *Deadlines) Command(actor string) (db.Command, error) {
	return command(actor, "round.deadlines", "", c)
}

// Close is the command that closes a round: its figures are frozen.
type Close struct {
	ID   string
	Note string
}

// Command is the journal's view of closing a round.
func (c *Close) Command(actor string) (db.Command, error) {
	return command(actor, "round.close", "", c)
}

func command(actor, name, scope string, body any) (db.Command, error) {
	data, err := json.Marshal(body)
	return db.Command{Actor: actor, Name: name, Scope: scope, Body: data}, err
}

// Open opens a round for the communes that hold the titles on the legal day, and
// gives its id.
func (s *Service) Open(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Open) (string, error) {
	list, err := s.Opening(ctx, tx, who, cmd)
	if err != nil {
		return "", err
	}
	r := cmd.round(tx)
	r.ID = tx.NewID()
	rows := make([][]any, len(list))
	for i, h := range list {
		sets := strings.Join(setsFor(s.lib, h.Title, r.Period.Year()), ",")
		rows[i] = []any{int64(r.Period.Code()), int64(h.Place.Key), r.ID, sets}
	}
	if err := tx.Insert(&roundTable, r.row()...); err != nil {
		return "", err
	}
	slices.SortFunc(rows, func(a, b []any) int { return int(a[1].(int64) - b[1].(int64)) })
	_, err = tx.InsertSorted(&sheetTable, slices.Values(rows))
	return r.ID, err
}

func (c *Open) round(tx *db.Tx) Round {
	return Round{
		Name: c.Name, Period: c.Period, Basis: c.Basis, BasisOn: c.BasisOn, Titles: c.Titles,
		Districts: c.Districts, Whole: c.Whole, Opened: tx.Today(),
		SendBy: c.SendBy, VerifyBy: c.VerifyBy, ConfirmBy: c.ConfirmBy, Note: c.Note,
	}
}

// Opening lists the communes that would take part in a round, and refuses what
// [Service.Open] refuses; it writes nothing.
func (s *Service) Opening(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Open) ([]review.Titled, error) {
	if err := s.mayManage(tx, who); err != nil {
		return nil, err
	}
	if err := cmd.check(tx.Today()); err != nil {
		return nil, err
	}
	held, err := s.titles.Held(ctx, tx, tx.Today(), now)
	if err != nil {
		return nil, err
	}
	taken, err := readMemberships(tx, cmd.Period.Code(), now)
	if err != nil {
		return nil, err
	}
	r := cmd.round(tx)
	list := s.members(tx, &r, held)
	var twice []string
	for _, h := range list {
		if slices.ContainsFunc(taken, func(m membership) bool { return m.place == h.Place.Key }) {
			twice = append(twice, h.Place.Name)
		}
	}
	switch {
	case len(twice) > 0:
		return nil, fault.New(fault.Conflict, msgOverlap, "names", strings.Join(twice, ", "))
	case len(list) == 0:
		return nil, fault.New(fault.Invalid, msgNoCommune)
	}
	return list, nil
}

// members lists the communes that take part in a round.
func (s *Service) members(tx *db.Tx, r *Round, held []review.Titled) []review.Titled {
	tree := s.places.At(tx.Today())
	var out []review.Titled
	for _, h := range held {
		switch {
		case h.Place.Province != s.province,
			len(r.Titles) > 0 && !slices.Contains(r.Titles, h.Title),
			len(r.Districts) > 0 && !slices.ContainsFunc(r.Districts, func(d string) bool { return tree.Within(h.Place.ID, d) }):
			continue
		}
		out = append(out, h)
	}
	return out
}

// Change gives an open round other deadlines.
func (s *Service) Change(_ context.Context, tx *db.Tx, who authz.Subject, cmd *Deadlines) error {
	r, err := s.open(tx, who, cmd.ID)
	if err != nil {
		return err
	}
	if err := fault.Join(checkDeadlines(cmd.SendBy, cmd.VerifyBy, cmd.ConfirmBy)...); err != nil {
		return err
	}
	r.SendBy, r.VerifyBy, r.ConfirmBy, r.Note = cmd.SendBy, cmd.VerifyBy, cmd.ConfirmBy, cmd.Note
	return tx.Insert(&roundTable, r.row()...)
}

// Close closes a round (chốt số liệu). Its figures are those known at the journal
// position of this command.
func (s *Service) Close(_ context.Context, tx *db.Tx, who authz.Subject, cmd *Close) error {
	r, err := s.open(tx, who, cmd.ID)
	if err != nil {
		return err
	}
	r.Closed, r.Note = true, cmd.Note
	return tx.Insert(&roundTable, r.row()...)
}

// open finds a round that is not closed, for a person who manages rounds.
func (s *Service) open(tx *db.Tx, who authz.Subject, id string) (Round, error) {
	if err := s.mayManage(tx, who); err != nil {
		return Round{}, err
	}
	r, ok, err := readRound(tx, id)
	switch {
	case err != nil:
		return r, err
	case !ok:
		return r, fault.New(fault.NotFound, msgRoundGone)
	case r.Closed:
		return r, fault.New(fault.Conflict, msgClosed, "name", r.Name)
	}
	return r, nil
}

var msgManage = fault.Msg{Key: "round.manage", Text: "chỉ Văn phòng Điều phối nông thôn mới mở, đổi hạn và chốt đợt rà soát"}

func (s *Service) mayManage(tx *db.Tx, who authz.Subject) error {
	p, err := s.places.Province(s.province, tx.Today())
	if err != nil {
		return err
	}
	if !authz.May(who, authz.ManageRounds, authz.Object{PlacePath: []string{p.ID}}) {
		return fault.New(fault.Forbidden, msgManage)
	}
	return nil
}

// Rounds lists every round, the latest period first.
func (s *Service) Rounds(_ context.Context, tx *db.Tx) ([]Round, error) { return readRounds(tx, now) }

// Round finds a round.
func (s *Service) Round(_ context.Context, tx *db.Tx, id string) (Round, error) {
	r, ok, err := readRound(tx, id)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, msgRoundGone)
	}
	return r, err
}

// Sheets lists the sheets of a round in order of communes.
func (s *Service) Sheets(_ context.Context, tx *db.Tx, r *Round) ([]Sheet, error) {
	list, err := readMemberships(tx, r.Period.Code(), now)
	var out []Sheet
	for _, m := range list {
		if m.round == r.ID {
			out = append(out, Sheet{Round: *r, Place: m.place, Sets: splitList(m.sets)})
		}
	}
	return out, err
}

// Corrections lists what was done with the sheets of a closed round after it was
// closed (điều chỉnh sau chốt), oldest first.
func (s *Service) Corrections(ctx context.Context, tx *db.Tx, r *Round) ([]Correction, error) {
	if !r.Closed {
		return nil, nil
	}
	sheets, err := s.Sheets(ctx, tx, r)
	if err != nil {
		return nil, err
	}
	keys := make([]int32, len(sheets))
	for i := range sheets {
		keys[i] = sheets[i].Place
	}
	list, err := readLater(tx, keys, r.Period.Code(), r.Entry)
	out := make([]Correction, len(list))
	for i := range list {
		out[i] = Correction{Cell: review.Cell{Place: list[i].place, Period: r.Period.Code(), Measure: list[i].measure}, Done: list[i].done}
	}
	return out, err
}

// Correction is one change after a round was closed.
type Correction struct {
	review.Cell
	Done
}

// dictionary reads the keys of quantities.
func (s *Service) dictionary(ctx context.Context, tx *db.Tx) (*criteria.Dictionary, error) {
	return s.keys.Keys(ctx, tx)
}
