package task

import (
	"encoding/json"
	"fmt"
	"slices"

	"giuchuan/internal/platform/db"
)

var givenTable = db.Table{
	Name: "directive_given",
	Columns: []string{
		"document", "kind", "number", "symbol", "issued_on", "partial_on", "day_on", "issuer", "title", "illustrated", "withdrawn",
	},
	Key: []string{"document", "entry"},
}

var taskTable = db.Table{
	Name: "directive_task",
	Columns: []string{
		"id", "document", "duty", "seq", "ref", "item", "words", "agency", "first_agency", "parent", "duty_role", "time_kind",
		"due_on", "first_due_on", "due_time", "phrase", "recurrence", "upstream", "product", "checker", "steps", "followed",
	},
	Key: []string{"id", "entry"},
}

var partTable = db.Table{
	Name:    "directive_part",
	Columns: []string{"task", "part_key", "place", "words", "struck", "reason"},
	Key:     []string{"task", "part_key", "entry"},
}

var actTable = db.Table{
	Name: "directive_act",
	Columns: []string{
		"document", "task", "seq", "kind", "on_day", "unit", "words", "to_whom", "due_on", "part_key", "step", "proof",
	},
	Key: []string{"document", "task", "entry", "seq"},
}

// Tables lists the business tables of the package.
func Tables() []*db.Table { return []*db.Table{&givenTable, &taskTable, &partTable, &actTable} }

func insertGiven(tx *db.Tx, g *Given) error {
	return tx.Insert(&givenTable, g.ID, g.Kind, g.Number, g.Symbol, g.Issued, g.Partial, g.Day, g.Issuer, g.Title, g.Illustrated, g.Withdrawn)
}

func insertTask(tx *db.Tx, t *Task) error {
	upstream, err := packed(t.Upstream)
	if err != nil {
		return err
	}
	steps, err := packed(t.Steps)
	if err != nil {
		return err
	}
	return tx.Insert(&taskTable, t.ID, t.Document, t.Duty, t.Seq, t.Ref, t.Group, t.Text, t.Agency, t.First, t.Parent, t.Role, t.Kind,
		t.Due, t.FirstDue, t.DueTime, t.Phrase, t.Recurrence, upstream, t.Product, t.Checker, steps, t.Separate)
}

func insertPart(tx *db.Tx, task string, p *Part) error {
	return tx.Insert(&partTable, task, p.Key, p.Place, p.Text, p.Struck, p.Reason)
}

// insertAct records an act; seq tells apart the acts of one command on one task.
func insertAct(tx *db.Tx, document, task string, seq int, a *Act) error {
	proof, err := packed(a.Proof)
	if err != nil {
		return err
	}
	return tx.Insert(&actTable, document, task, seq, a.Kind, a.On, a.Unit, a.Text, a.To, a.Due, a.Part, a.Step, proof)
}

// packed is a list as JSON, "" for none.
func packed[T any](list []T) (string, error) {
	if len(list) == 0 {
		return "", nil
	}
	b, err := json.Marshal(list)
	return string(b), err
}

func unpacked[T any](text string, into *[]T) error {
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("task: unpack a list: %w", err)
	}
	return nil
}

// readGiven lists the documents whose duties were given, the latest day first;
// one of them when id is not "".
func readGiven(tx *db.Tx, id string) ([]Given, error) {
	return db.Collect(tx, func(rows *db.Rows) (g Given, err error) {
		err = rows.Scan(&g.ID, &g.Kind, &g.Number, &g.Symbol, &g.Issued, &g.Partial, &g.Day, &g.Issuer, &g.Title, &g.Illustrated, &g.Withdrawn, &g.Entry)
		return g, err
	}, `
		SELECT document, kind, number, symbol, issued_on, partial_on, day_on, issuer, title, illustrated, withdrawn, entry
		FROM directive_given AS g
		WHERE entry = (SELECT MAX(entry) FROM directive_given AS l WHERE l.document = g.document)
		  AND ($1 = '' OR document = $1)
		ORDER BY day_on DESC, document`, id)
}

const taskColumns = `
	SELECT id, document, duty, seq, ref, item, words, agency, first_agency, parent, duty_role, time_kind,
	       due_on, first_due_on, due_time, phrase, recurrence, upstream, product, checker, steps, followed, entry
	FROM directive_task AS t
	WHERE entry = (SELECT MAX(entry) FROM directive_task AS l WHERE l.id = t.id)`

func scanTask(rows *db.Rows) (*Task, error) {
	t := &Task{}
	var upstream, steps string
	err := rows.Scan(&t.ID, &t.Document, &t.Duty, &t.Seq, &t.Ref, &t.Group, &t.Text, &t.Agency, &t.First, &t.Parent, &t.Role, &t.Kind,
		&t.Due, &t.FirstDue, &t.DueTime, &t.Phrase, &t.Recurrence, &upstream, &t.Product, &t.Checker, &steps, &t.Separate, &t.Entry)
	if err != nil {
		return nil, err
	}
	if err := unpacked(upstream, &t.Upstream); err != nil {
		return nil, err
	}
	return t, unpacked(steps, &t.Steps)
}

// readTasks lists the tasks of a document, or all when it is "", without parts
// and acts, in the order of documents and duties.
func readTasks(tx *db.Tx, document string) ([]*Task, error) {
	return db.Collect(tx, scanTask, taskColumns+`
		  AND ($1 = '' OR document = $1)
		ORDER BY document, seq, ref, first_agency, id`, document)
}

// readDocumentOf finds the document of a task, "" when there is no such task.
func readDocumentOf(tx *db.Tx, id string) (string, error) {
	list, err := db.Collect(tx, func(rows *db.Rows) (document string, err error) {
		err = rows.Scan(&document)
		return document, err
	}, `SELECT document FROM directive_task WHERE id = $1 ORDER BY entry LIMIT 1`, id)
	if err != nil || len(list) == 0 {
		return "", err
	}
	return list[0], nil
}

// owned is a part or an act with the task it belongs to.
type owned[T any] struct {
	document, task string
	is             T
}

func readParts(tx *db.Tx, document string) ([]owned[Part], error) {
	return db.Collect(tx, func(rows *db.Rows) (o owned[Part], err error) {
		p := &o.is
		err = rows.Scan(&o.task, &p.Key, &p.Place, &p.Text, &p.Struck, &p.Reason, &p.Entry)
		return o, err
	}, `
		SELECT task, part_key, place, words, struck, reason, entry
		FROM directive_part AS p
		WHERE entry = (SELECT MAX(entry) FROM directive_part AS l WHERE l.task = p.task AND l.part_key = p.part_key)
		  AND ($1 = '' OR task IN (SELECT id FROM directive_task WHERE document = $1))
		ORDER BY task, part_key`, document)
}

func readDone(tx *db.Tx, document string) ([]owned[Act], error) {
	return db.Collect(tx, func(rows *db.Rows) (o owned[Act], err error) {
		a := &o.is
		var proof string
		err = rows.Scan(&o.document, &o.task, &a.Kind, &a.On, &a.Unit, &a.Text, &a.To, &a.Due, &a.Part, &a.Step, &proof, &a.Entry)
		if err != nil {
			return o, err
		}
		return o, unpacked(proof, &a.Proof)
	}, `
		SELECT document, task, kind, on_day, unit, words, to_whom, due_on, part_key, step, proof, entry
		FROM directive_act
		WHERE $1 = '' OR document = $1
		ORDER BY entry, task, seq`, document)
}

// readAll lists tasks whole: of one document, or all.
func readAll(tx *db.Tx, document string) (list []*Task, received []owned[Act], err error) {
	if list, err = readTasks(tx, document); err != nil {
		return nil, nil, err
	}
	parts, err := readParts(tx, document)
	if err != nil {
		return nil, nil, err
	}
	acts, err := readDone(tx, document)
	if err != nil {
		return nil, nil, err
	}
	byID := make(map[string]*Task, len(list))
	for _, t := range list {
		byID[t.ID] = t
	}
	for _, p := range parts {
		if t := byID[p.task]; t != nil {
			t.Parts, t.Entry = append(t.Parts, p.is), max(t.Entry, p.is.Entry)
		}
	}
	for _, a := range acts {
		if t := byID[a.task]; t != nil {
			t.Acts, t.Entry = append(t.Acts, a.is), max(t.Entry, a.is.Entry)
		} else if a.task == "" {
			received = append(received, a)
		}
	}
	for _, t := range list {
		t.settle()
	}
	return list, slices.Clip(received), nil
}
