package directive

import (
	"encoding/json"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/db"
)

var (
	documentTable = db.Table{
		Name: "directive_document",
		Columns: []string{
			"id", "number", "symbol", "issued_on", "date_partial", "issuer", "issuer_id", "inferred", "kind", "title",
			"meeting_on", "state", "illustrated", "details", "file_sha256", "file_name", "file_size", "note",
		},
		Key: []string{"id", "entry"},
	}
	textTable = db.Table{
		Name:    "directive_text",
		Columns: []string{"document", "body"},
		Key:     []string{"document", "entry"},
	}
	dutyTable = db.Table{
		Name: "directive_duty",
		Columns: []string{
			"id", "document", "ref", "item", "seq", "body", "start_at", "end_at", "due_on", "deadline_kind", "phrase",
			"separate", "removed", "confidence", "details", "note",
		},
		Key: []string{"document", "id", "entry"},
	}
	memberTable = db.Table{
		Name: "directive_member",
		Columns: []string{
			"id", "agency", "post", "from_on", "to_on", "number", "decided_on", "note", "withdrawn",
		},
		Key: []string{"id", "entry"},
	}
)

// Tables lists the business tables of the package.
func Tables() []*db.Table {
	return []*db.Table{&documentTable, &textTable, &dutyTable, &memberTable}
}

// documentDetails are the parts of a document that nothing searches.
type documentDetails struct {
	Place       string      `json:"place,omitempty"`
	Chair       string      `json:"chair,omitempty"`
	Programme   string      `json:"programme,omitempty"`
	CriteriaSet string      `json:"criteria_set,omitempty"`
	Signer      Signer      `json:"signer"`
	Basis       []string    `json:"basis,omitempty"`
	Attendees   []Named     `json:"attendees,omitempty"`
	Recipients  []Recipient `json:"recipients,omitempty"`
	References  []Reference `json:"references,omitempty"`
	Urgency     string      `json:"urgency,omitempty"`
	Aliases     []Alias     `json:"aliases,omitempty"`
	Common      *day.Day    `json:"common,omitempty"`
	Remarks     []string    `json:"remarks,omitempty"`
}

// dutyDetails are the parts of a duty that nothing searches.
type dutyDetails struct {
	Addressees []Addressee `json:"addressees,omitempty"`
	Objects    []Object    `json:"objects,omitempty"`
	DueTime    string      `json:"due_time,omitempty"`
	Recurrence string      `json:"recurrence,omitempty"`
	References []string    `json:"references,omitempty"`
	Product    string      `json:"product,omitempty"`
	Checker    string      `json:"checker,omitempty"`
	Steps      []Step      `json:"steps,omitempty"`
	Remarks    []string    `json:"remarks,omitempty"`
}

func insertDocument(tx *db.Tx, d *Document) error {
	x := documentDetails{
		Place: d.Place, Chair: d.Meeting.Chair, Programme: d.Programme, CriteriaSet: d.CriteriaSet, Signer: d.Signer,
		Basis: d.Basis, Attendees: d.Attendees, Recipients: d.Recipients, References: d.References, Urgency: d.Urgency, Aliases: d.Aliases,
		Remarks: d.Remarks,
	}
	if d.Common != day.None {
		x.Common = &d.Common
	}
	details, err := json.Marshal(x)
	if err != nil {
		return err
	}
	d.Entry = tx.Position()
	return tx.Insert(&documentTable, d.ID, d.Number, d.Symbol, d.Issued, d.DatePartial, d.Issuer, d.IssuerID, d.Inferred, d.Kind, d.Title,
		d.Meeting.On, string(d.State), d.Illustrated, string(details), d.Original.SHA256, d.Original.Name, d.Original.Size, d.Note)
}

func scanDocument(rows *db.Rows) (Document, error) {
	var d Document
	var details string
	err := rows.Scan(&d.ID, &d.Number, &d.Symbol, &d.Issued, &d.DatePartial, &d.Issuer, &d.IssuerID, &d.Inferred, &d.Kind, &d.Title,
		&d.Meeting.On, &d.State, &d.Illustrated, &details, &d.Original.SHA256, &d.Original.Name, &d.Original.Size, &d.Note, &d.Entry)
	if err != nil {
		return d, err
	}
	var x documentDetails
	if err := json.Unmarshal([]byte(details), &x); err != nil {
		return d, err
	}
	d.Place, d.Meeting.Chair, d.Programme, d.CriteriaSet, d.Signer = x.Place, x.Chair, x.Programme, x.CriteriaSet, x.Signer
	d.Basis, d.Attendees, d.Recipients, d.References = x.Basis, x.Attendees, x.Recipients, x.References
	d.Urgency, d.Aliases, d.Common, d.Remarks = x.Urgency, x.Aliases, day.None, x.Remarks
	if x.Common != nil {
		d.Common = *x.Common
	}
	return d, nil
}

// documentRows gives the last row of every document.
func documentRows(tx *db.Tx) ([]Document, error) {
	return db.Collect(tx, scanDocument, `
		SELECT d.id, d.number, d.symbol, d.issued_on, d.date_partial, d.issuer, d.issuer_id, d.inferred, d.kind, d.title,
		       d.meeting_on, d.state, d.illustrated, d.details, d.file_sha256, d.file_name, d.file_size, d.note, d.entry
		FROM directive_document AS d
		WHERE d.entry = (
		      SELECT MAX(later.entry)
		      FROM directive_document AS later
		      WHERE later.id = d.id)
		ORDER BY d.id`)
}

// documentVersions gives every row of a document, the oldest first.
func documentVersions(tx *db.Tx, id string) ([]Document, error) {
	return db.Collect(tx, scanDocument, `
		SELECT d.id, d.number, d.symbol, d.issued_on, d.date_partial, d.issuer, d.issuer_id, d.inferred, d.kind, d.title,
		       d.meeting_on, d.state, d.illustrated, d.details, d.file_sha256, d.file_name, d.file_size, d.note, d.entry
		FROM directive_document AS d
		WHERE d.id = $1
		ORDER BY d.entry`, id)
}

func insertText(tx *db.Tx, document, text string) error {
	return tx.Insert(&textTable, document, text)
}

// textOf gives the last text of a document, "" where there is none.
func textOf(tx *db.Tx, document string) (string, error) {
	texts, err := db.Collect(tx, func(rows *db.Rows) (text string, err error) {
		err = rows.Scan(&text)
		return text, err
	}, `
		SELECT t.body
		FROM directive_text AS t
		WHERE t.document = $1
		ORDER BY t.entry DESC
		LIMIT 1`, document)
	if err != nil || len(texts) == 0 {
		return "", err
	}
	return texts[0], nil
}

func insertDuty(tx *db.Tx, d *Duty) error {
	details, err := json.Marshal(dutyDetails{
		Addressees: d.Addressees, Objects: d.Objects, DueTime: d.DueTime, Recurrence: d.Recurrence,
		References: d.References, Product: d.Product, Checker: d.Checker, Steps: d.Steps, Remarks: d.Remarks,
	})
	if err != nil {
		return err
	}
	d.Entry = tx.Position()
	return tx.Insert(&dutyTable, d.ID, d.Document, d.Ref, d.Group, d.Seq, d.Text, d.Start, d.End, d.Due, string(d.Kind), d.Phrase,
		d.Separate, d.Removed, d.Confidence, string(details), d.Note)
}

func scanDuty(rows *db.Rows) (Duty, error) {
	var d Duty
	var details string
	err := rows.Scan(&d.ID, &d.Document, &d.Ref, &d.Group, &d.Seq, &d.Text, &d.Start, &d.End, &d.Due, &d.Kind, &d.Phrase,
		&d.Separate, &d.Removed, &d.Confidence, &details, &d.Note, &d.Entry)
	if err != nil {
		return d, err
	}
	var x dutyDetails
	if err := json.Unmarshal([]byte(details), &x); err != nil {
		return d, err
	}
	d.Addressees, d.Objects, d.DueTime, d.Recurrence = x.Addressees, x.Objects, x.DueTime, x.Recurrence
	d.References, d.Product, d.Checker, d.Steps, d.Remarks = x.References, x.Product, x.Checker, x.Steps, x.Remarks
	return d, nil
}

// dutyRows gives the last row of every duty of a document, those struck out
// included, in the order of the document.
func dutyRows(tx *db.Tx, document string) ([]Duty, error) {
	return db.Collect(tx, scanDuty, `
		SELECT d.id, d.document, d.ref, d.item, d.seq, d.body, d.start_at, d.end_at, d.due_on, d.deadline_kind, d.phrase,
		       d.separate, d.removed, d.confidence, d.details, d.note, d.entry
		FROM directive_duty AS d
		WHERE d.document = $1
		  AND d.entry = (
		      SELECT MAX(later.entry)
		      FROM directive_duty AS later
		      WHERE later.document = d.document AND later.id = d.id)
		ORDER BY d.seq, d.ref, d.id`, document)
}

// liveDuties gives the last row of every duty that was not struck out, of all
// documents.
func liveDuties(tx *db.Tx) ([]Duty, error) {
	return db.Collect(tx, scanDuty, `
		SELECT d.id, d.document, d.ref, d.item, d.seq, d.body, d.start_at, d.end_at, d.due_on, d.deadline_kind, d.phrase,
		       d.separate, d.removed, d.confidence, d.details, d.note, d.entry
		FROM directive_duty AS d
		WHERE d.removed = 0
		  AND d.entry = (
		      SELECT MAX(later.entry)
		      FROM directive_duty AS later
		      WHERE later.document = d.document AND later.id = d.id)
		ORDER BY d.document, d.seq, d.ref, d.id`)
}

// dutyVersions gives every row of every duty of a document, the oldest entry
// first.
func dutyVersions(tx *db.Tx, document string) ([]Duty, error) {
	return db.Collect(tx, scanDuty, `
		SELECT d.id, d.document, d.ref, d.item, d.seq, d.body, d.start_at, d.end_at, d.due_on, d.deadline_kind, d.phrase,
		       d.separate, d.removed, d.confidence, d.details, d.note, d.entry
		FROM directive_duty AS d
		WHERE d.document = $1
		ORDER BY d.entry, d.seq, d.id`, document)
}

func insertMember(tx *db.Tx, m *Member) error {
	return tx.Insert(&memberTable, m.ID, m.Agency, m.Post, m.From, m.To, m.Number, m.Decided, m.Note, m.Withdrawn)
}

// memberRows gives the last row of every membership, in order of agencies.
func memberRows(tx *db.Tx) ([]Member, error) {
	return db.Collect(tx, func(rows *db.Rows) (Member, error) {
		var m Member
		err := rows.Scan(&m.ID, &m.Agency, &m.Post, &m.From, &m.To, &m.Number, &m.Decided, &m.Note, &m.Withdrawn, &m.Entry)
		return m, err
	}, `
		SELECT m.id, m.agency, m.post, m.from_on, m.to_on, m.number, m.decided_on, m.note, m.withdrawn, m.entry
		FROM directive_member AS m
		WHERE m.entry = (
		      SELECT MAX(later.entry)
		      FROM directive_member AS later
		      WHERE later.id = m.id)
		ORDER BY m.agency, m.from_on, m.id`)
}

// Blobs lists every stored original, sorted, each once: for the backup and for
// the sweep of files that nothing names.
func Blobs(tx *db.Tx) ([]string, error) {
	return db.Collect(tx, func(rows *db.Rows) (sum string, err error) {
		err = rows.Scan(&sum)
		return sum, err
	}, `
		SELECT DISTINCT d.file_sha256 AS sum
		FROM directive_document AS d
		WHERE d.file_sha256 <> ''
		ORDER BY sum`)
}

// Keeps tells whether a row names a stored file.
func Keeps(tx *db.Tx, sum string) (bool, error) {
	found, err := db.Collect(tx, func(rows *db.Rows) (n int64, err error) {
		err = rows.Scan(&n)
		return n, err
	}, `
		SELECT 1 AS found
		FROM directive_document AS d
		WHERE d.file_sha256 = $1
		LIMIT 1`, sum)
	return len(found) > 0, err
}
