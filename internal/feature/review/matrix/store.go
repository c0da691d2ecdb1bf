package matrix

import (
	"context"
	"encoding/json"
	"slices"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
)

// Service keeps the mappings that people saved.
type Service struct{ lib *law.Library }

// New makes the service.
func New(lib *law.Library) *Service { return &Service{lib} }

// Save is the command that saves a mapping: a new one, or with an ID the next
// version of one.
type Save struct{ Mapping Mapping }

var (
	msgMay    = fault.Msg{Key: "matrix.may_not", Text: "tài khoản này không nhập số liệu nên không lưu cách đọc bảng"}
	msgGone   = fault.Msg{Key: "matrix.not_found", Text: "không có cách đọc bảng này"}
	msgDamage = fault.Msg{Key: "matrix.damaged", Text: "cách đọc bảng “{name}” đã hỏng; hãy khai báo lại"}
	msgOwn    = fault.Msg{Key: "matrix.too_many_own", Text: "bạn đã lưu {limit} cách đọc bảng; dùng lại một cách đã lưu và sửa nó"}
	msgMany   = fault.Msg{Key: "matrix.too_many", Text: "đã có {limit} cách đọc bảng; dùng lại một cách đã lưu và sửa nó"}
)

const (
	maxMappings = 200 // that are compared with every table
	maxOwn      = 20  // of one person
)

// Command is the journal's view of it.
func (c *Save) Command(actor string) (db.Command, error) {
	body, err := json.Marshal(map[string]any{"name": c.Mapping.Name, "set": c.Mapping.Set, "columns": len(c.Mapping.Columns)})
	return db.Command{Actor: actor, Name: "mapping.save", Body: body}, err
}

// May tells whether a person may save mappings: whoever brings figures in.
func May(who authz.Subject) bool {
	return authz.Reaches(who, authz.EnterFinding) || authz.Reaches(who, authz.SupplyFinding) || authz.Reaches(who, authz.CorrectClosed)
}

// Save saves a mapping and gives its id.
func (s *Service) Save(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Save) (string, error) {
	if !May(who) {
		return "", fault.New(fault.Forbidden, msgMay)
	}
	m := cmd.Mapping
	set, err := s.lib.Set(m.Set)
	if err != nil {
		return "", err
	}
	if err := m.Check(set, true); err != nil {
		return "", err
	}
	all, err := s.List(ctx, tx)
	if err != nil {
		return "", err
	}
	if m.ID != "" {
		old, ok := find(all, m.ID)
		if !ok {
			return "", fault.New(fault.NotFound, msgGone)
		}
		if old.By != who.ID {
			m.ID = "" // others go on reading their tables as they did
		}
	}
	if m.ID == "" {
		if err := room(all, who.ID); err != nil {
			return "", err
		}
		m.ID = tx.NewID()
	}
	return m.ID, insertMapping(tx, &m)
}

// room refuses one more mapping of a person where there are enough.
func room(all []Mapping, who string) error {
	own := 0
	for i := range all {
		if all[i].By == who {
			own++
		}
	}
	switch {
	case len(all) >= maxMappings:
		return fault.New(fault.TooLarge, msgMany, "limit", itoa(maxMappings))
	case own >= maxOwn:
		return fault.New(fault.TooLarge, msgOwn, "limit", itoa(maxOwn))
	}
	return nil
}

// List gives every mapping as it was saved last, in order of names.
func (s *Service) List(_ context.Context, tx *db.Tx) ([]Mapping, error) {
	all, err := readMappings(tx)
	if err != nil || len(all) == 0 {
		return all, err
	}
	entries := make([]int64, len(all))
	for i := range all {
		entries[i] = all[i].Entry
	}
	authors, err := journal.Authors(tx, entries)
	for i := range all {
		all[i].By = authors[all[i].Entry].Actor
	}
	return all, err
}

// Nearest gives every mapping, the person's own before those of others: a table
// is read as the person said before anybody else is asked.
func (s *Service) Nearest(ctx context.Context, tx *db.Tx, who string) ([]Mapping, error) {
	all, err := s.List(ctx, tx)
	slices.SortStableFunc(all, func(a, b Mapping) int {
		switch {
		case a.By == who && b.By != who:
			return -1
		case a.By != who && b.By == who:
			return 1
		}
		return 0
	})
	return all, err
}

// Get gives one mapping.
func (s *Service) Get(ctx context.Context, tx *db.Tx, id string) (Mapping, error) {
	all, err := s.List(ctx, tx)
	if err != nil {
		return Mapping{}, err
	}
	m, ok := find(all, id)
	if !ok {
		return m, fault.New(fault.NotFound, msgGone)
	}
	return m, nil
}

func find(all []Mapping, id string) (Mapping, bool) {
	for i := range all {
		if all[i].ID == id {
			return all[i], true
		}
	}
	return Mapping{}, false
}
