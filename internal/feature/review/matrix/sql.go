package matrix

import (
	"encoding/json"
	"fmt"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
)

var mappingTable = db.Table{
	Name:    "review_mapping",
	Columns: []string{"id", "name", "set_id", "signature", "body"},
	Key:     []string{"id", "entry"},
}

// Tables lists the tables the package owns.
func Tables() []*db.Table { return []*db.Table{&mappingTable} }

// body is what of a mapping is kept as JSON.
type body struct {
	Height  int      `json:"height"`
	Commune int      `json:"commune"`
	Columns []Column `json:"columns"`
	Words   []Word   `json:"words"`
}

func insertMapping(tx *db.Tx, m *Mapping) error {
	data, err := json.Marshal(body{m.Height, m.Commune, m.Columns, m.Words})
	if err != nil {
		return fmt.Errorf("matrix: write a mapping: %w", err)
	}
	return tx.Insert(&mappingTable, m.ID, m.Name, m.Set, m.Signature(), string(data))
}

// readMappings lists every mapping as it was saved last, in order of names.
func readMappings(tx *db.Tx) ([]Mapping, error) {
	return db.Collect(tx, func(rows *db.Rows) (Mapping, error) {
		var m Mapping
		var text string
		if err := rows.Scan(&m.ID, &m.Name, &m.Set, &text, &m.Entry); err != nil {
			return m, err
		}
		var b body
		if err := json.Unmarshal([]byte(text), &b); err != nil {
			return m, fault.New(fault.Corrupt, msgDamage, "name", m.Name).Wrap(err)
		}
		m.Height, m.Commune, m.Columns, m.Words = b.Height, b.Commune, b.Columns, b.Words
		return m, nil
	}, `
		SELECT id, name, set_id, body, entry
		FROM review_mapping AS r
		WHERE entry = (SELECT MAX(entry) FROM review_mapping AS l WHERE l.id = r.id)
		ORDER BY name, id`)
}
