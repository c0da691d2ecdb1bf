package matrix

import (
	"context"
	"encoding/json"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
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
	msgMany   = fault.Msg{Key: "matrix.too_many", Text: "đã có {limit} cách đọc bảng; dùng lại một cách đã lưu và sửa nó"}
)

// maxMappings bounds what is compared with every table.
const maxMappings = 200

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
	if m.ID == "" {
		if len(all) >= maxMappings {
			return "", fault.New(fault.TooLarge, msgMany, "limit", itoa(maxMappings))
		}
		m.ID = tx.NewID()
	} else if _, ok := find(all, m.ID); !ok {
		return "", fault.New(fault.NotFound, msgGone)
	}
	return m.ID, insertMapping(tx, &m)
}

// List gives every mapping as it was saved last, in order of names.
func (s *Service) List(_ context.Context, tx *db.Tx) ([]Mapping, error) { return readMappings(tx) }

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
