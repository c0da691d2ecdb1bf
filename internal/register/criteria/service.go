package criteria

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/place"
)

// Service records decisions and verifications. It holds no state of its own.
type Service struct {
	lib    *law.Library
	places *place.Register
}

// New makes the service for a library and a register of places.
func New(lib *law.Library, places *place.Register) *Service {
	return &Service{lib: lib, places: places}
}

// Preview says what [Service.Decide] would do with records, and writes nothing.
// Records that contradict the law or what is recorded are one error with a sub
// for each.
func (s *Service) Preview(_ context.Context, tx *db.Tx, records []Record) ([]Change, error) {
	var faults []*fault.Error
	for i := range records {
		faults = append(faults, s.check(&records[i])...)
	}
	recorded, err := decisionRows(tx, "", math.MaxInt64)
	if err != nil {
		return nil, err
	}
	changes, refused := plan(recorded, records)
	return changes, fault.Join(append(faults, refused...)...)
}

// check holds a record that did not come through [ReadRecords] against the law.
func (s *Service) check(r *Record) []*fault.Error {
	if r.Withdrawn {
		return nil
	}
	set, err := s.lib.Set(r.Set)
	if err == nil {
		err = law.CheckDecision(set, &r.Decision, classAt(s.places, &r.Decision))
	}
	var faults []*fault.Error
	for _, f := range fault.Rows(err) {
		faults = append(faults, f.At(r.Where))
	}
	return faults
}

// Decide is the command that records the values of province decisions.
type Decide struct {
	File    string // name of the file they were read from
	Records []Record
}

// Command is the journal's entry for the command: file, decisions and sets.
func (c Decide) Command(actor string) (db.Command, error) {
	body := struct {
		File    string   `json:"file"`
		Numbers []string `json:"numbers"`
		Sets    []string `json:"sets"`
		Values  int      `json:"values"`
	}{File: c.File, Values: len(c.Records)}
	for _, r := range c.Records {
		body.Numbers, body.Sets = append(body.Numbers, r.Number), append(body.Sets, r.Set)
	}
	body.Numbers, body.Sets = distinct(body.Numbers), distinct(body.Sets)
	text, err := json.Marshal(body)
	return db.Command{Actor: actor, Name: "criteria.decide", Scope: strings.Join(body.Sets, " "), Body: text}, err
}

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// Decide records all values or, with any fault, none. Values that are recorded
// already write nothing.
func (s *Service) Decide(ctx context.Context, tx *db.Tx, cmd Decide) ([]Change, error) {
	changes, err := s.Preview(ctx, tx, cmd.Records)
	if err != nil {
		return nil, err
	}
	for i := range changes {
		r := &changes[i].Record
		if changes[i].Effect == Unchanged {
			continue
		}
		if r.ID == "" {
			r.ID = tx.NewID()
		}
		if err := insertDecision(tx, r); err != nil {
			return nil, err
		}
	}
	return changes, nil
}

// Records lists the values of a set ("" = all sets) that stand, as known at a
// journal position (math.MaxInt64 = now).
func (s *Service) Records(_ context.Context, tx *db.Tx, setID string, known int64) ([]Record, error) {
	rows, err := decisionRows(tx, setID, known)
	return slices.DeleteFunc(rows, func(r Record) bool { return r.Withdrawn }), err
}

// Decisions gives what law.Evaluate takes for a set: the values and the
// verifications that stand, as known at a journal position (math.MaxInt64 =
// now). A value is verified by a verification whose key is its decision's
// number.
func (s *Service) Decisions(ctx context.Context, tx *db.Tx, setID string, known int64) (*law.Decisions, error) {
	set, err := s.lib.Set(setID)
	if err != nil {
		return nil, err
	}
	records, err := s.Records(ctx, tx, setID, known)
	if err != nil {
		return nil, err
	}
	list, err := verificationRows(tx, setID, known)
	if err != nil {
		return nil, err
	}
	dec := &law.Decisions{Verifications: spread(set, list)}
	for _, r := range records {
		for i := range list {
			if list[i].Indicator == r.Indicator && list[i].Key == r.Number {
				r.Verified = &list[i].Verification
			}
		}
		dec.Values = append(dec.Values, r.Decision)
	}
	return dec, nil
}
