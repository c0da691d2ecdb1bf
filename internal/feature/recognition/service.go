package recognition

import (
	"context"
	"encoding/json"
	"math"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/place"
)

// Service keeps the register of titles. It holds no state of its own.
type Service struct{ places *place.Register }

// New makes the service for a register of places.
func New(places *place.Register) *Service { return &Service{places: places} }

// Import is the command that records the titles of a file.
type Import struct {
	File   string // name of the file they were read from
	Titles []Title
}

// Command is the journal's entry for the command.
func (c Import) Command(actor string) (db.Command, error) {
	body, err := json.Marshal(struct {
		File   string `json:"file"`
		Titles int    `json:"titles"`
	}{c.File, len(c.Titles)})
	return db.Command{Actor: actor, Name: "recognition.import", Scope: "titles", Body: body}, err
}

// Preview says what [Service.Import] would do, and writes nothing.
func (s *Service) Preview(_ context.Context, tx *db.Tx, titles []Title) ([]Change, error) {
	titles, faults := distinct(titles, s.name)
	for i := range titles {
		if f := s.check(&titles[i]); f != nil {
			faults = append(faults, f)
		}
	}
	if err := fault.Join(faults...); err != nil {
		return nil, err
	}
	recorded, err := titleRows(tx, math.MaxInt64)
	if err != nil {
		return nil, err
	}
	return plan(recorded, titles), nil
}

// name is a place as messages name it.
func (s *Service) name(id string) string {
	if u, ok := s.places.Latest(id); ok {
		return u.Label()
	}
	return id
}

// Import records all titles or, with any fault, none. Titles that are recorded
// already write nothing.
func (s *Service) Import(ctx context.Context, tx *db.Tx, cmd Import) ([]Change, error) {
	changes, err := s.Preview(ctx, tx, cmd.Titles)
	if err != nil {
		return nil, err
	}
	for i := range changes {
		t := &changes[i].Title
		if changes[i].Effect == Unchanged {
			continue
		}
		if t.ID == "" {
			t.ID = tx.NewID()
		}
		if err := insertTitle(tx, t); err != nil {
			return nil, err
		}
	}
	return changes, nil
}

// End is the command that ends or revokes a title by a decision.
type End struct {
	ID        string  `json:"id"`
	To        day.Day `json:"to"` // last day it counts
	Number    string  `json:"number"`
	DecidedOn day.Day `json:"decided_on"`
	Note      string  `json:"note"`
}

// Command is the journal's entry for the command.
func (c End) Command(actor string) (db.Command, error) {
	body, err := json.Marshal(c)
	return db.Command{Actor: actor, Name: "recognition.end", Scope: c.ID, Body: body}, err
}

var (
	msgUnknown  = fault.Msg{Key: "recognition.unknown", Text: "không có mức công nhận mang mã {id}"}
	msgProposal = fault.Msg{Key: "recognition.proposal", Text: "{level} của {name} mới là đề nghị, chưa có quyết định công nhận để kết thúc"}
	msgEndedYet = fault.Msg{Key: "recognition.ended_already", Text: "{level} của {name} đã kết thúc ngày {day} theo {number}"}
	msgEndFirst = fault.Msg{Key: "recognition.end_before", Text: "ngày cuối {to} trước ngày công nhận {from}"}
	msgEndText  = fault.Msg{Key: "recognition.end_document", Text: "phải ghi số và ngày văn bản kết thúc hoặc thu hồi"}
	msgNoPlace  = fault.Msg{Key: "recognition.no_place", Text: "không có địa bàn mang mã định danh {id}"}
)

// check refuses a title that contradicts itself, however it was made.
func (s *Service) check(t *Title) *fault.Error {
	_, known := s.places.Latest(t.Place)
	switch {
	case !known:
		return fault.New(fault.NotFound, msgNoPlace, "id", t.Place).At(t.Where)
	case rank(t.Level) < 0:
		return fault.New(fault.Invalid, msgLevel, "text", string(t.Level), "accepted", levelWords()).At(t.Where)
	case t.To < t.From:
		return fault.New(fault.Invalid, msgEndFirst, "to", t.To.Vietnamese(), "from", t.From.Vietnamese()).At(t.Where)
	case t.To != day.Forever && t.EndNumber == "":
		return fault.New(fault.Invalid, msgEndText).At(t.Where)
	}
	return nil
}

// End writes the row that ends a title.
func (s *Service) End(_ context.Context, tx *db.Tx, cmd End) error {
	titles, err := titleRows(tx, math.MaxInt64)
	if err != nil {
		return err
	}
	for i := range titles {
		if titles[i].ID == cmd.ID {
			return s.end(tx, titles[i], cmd)
		}
	}
	return fault.New(fault.NotFound, msgUnknown, "id", cmd.ID)
}

func (s *Service) end(tx *db.Tx, t Title, cmd End) error {
	name := s.name(t.Place)
	switch {
	case !t.Counts():
		return fault.New(fault.Conflict, msgProposal, "level", t.Level.Vietnamese(), "name", name)
	case t.To != day.Forever:
		return fault.New(fault.Conflict, msgEndedYet, "level", t.Level.Vietnamese(), "name", name,
			"day", t.To.Vietnamese(), "number", t.EndNumber)
	case tidy(cmd.Number) == "" || cmd.DecidedOn == day.None:
		return fault.New(fault.Invalid, msgEndText)
	case cmd.To < t.From:
		return fault.New(fault.Invalid, msgEndFirst, "to", cmd.To.Vietnamese(), "from", t.From.Vietnamese())
	}
	t.To, t.EndNumber, t.EndedOn = cmd.To, tidy(cmd.Number), cmd.DecidedOn
	if note := strings.TrimSpace(cmd.Note); note != "" {
		t.Note = note
	}
	return insertTitle(tx, &t)
}

// List is every title and every proposal, as known at a journal position
// (math.MaxInt64 = now).
func (s *Service) List(_ context.Context, tx *db.Tx, known int64) ([]Title, error) {
	return titleRows(tx, known)
}

var msgTooEarly = fault.Msg{Key: "recognition.too_early", Text: "danh mục địa bàn chỉ có từ {first}, không lập được danh sách tại ngày {day}"}

// Current is every commune that has a title on a day or is made of communes that
// had one, in order of codes, as known at a journal position (math.MaxInt64 =
// now). Proposals do not count. A day before the register of places begins is
// an error.
func (s *Service) Current(_ context.Context, tx *db.Tx, on day.Day, known int64) ([]Held, error) {
	if first := s.places.First(); on < first {
		return nil, fault.New(fault.Unsupported, msgTooEarly, "first", first.Vietnamese(), "day", on.Vietnamese())
	}
	titles, err := titleRows(tx, known)
	if err != nil {
		return nil, err
	}
	return hold(s.places, titles, on), nil
}
