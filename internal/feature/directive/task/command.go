package task

import (
	"encoding/json"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/db"
)

// Receive is the command of a body that has received a document (tiếp nhận).
type Receive struct {
	Document string `json:"document"`
	Agency   string `json:"agency"`
	Text     string `json:"-"`
}

// Command is the journal's entry for the command.
func (c *Receive) Command(actor string) (db.Command, error) {
	return command(actor, "task.received", c.Document, c)
}

// Record is the command that does one act to one task.
type Record struct {
	Task string `json:"task"`
	Seen int64  `json:"-"` // the task's entry when the person looked at it
	Act  Act    `json:"-"`
}

// Command is the journal's entry for the command.
func (c *Record) Command(actor string) (db.Command, error) {
	return command(actor, "task."+string(c.Act.Kind), c.Task, c)
}

// Decide is the command that confirms or returns several reports at once.
type Decide struct {
	Seen    map[string]int64 `json:"tasks"` // by task, see Record.Seen
	Confirm bool             `json:"-"`
	Text    string           `json:"-"` // the reason of a return
}

// Command is the journal's entry for the command.
func (c *Decide) Command(actor string) (db.Command, error) {
	name := "task.returned"
	if c.Confirm {
		name = "task.confirmed"
	}
	return command(actor, name, "", c)
}

// Objects is the command that adds an object to a task or strikes one out, with
// the reason.
type Objects struct {
	Task   string `json:"task"`
	Seen   int64  `json:"-"`
	Place  string `json:"place"` // to add: a commune, or "" for another thing
	Text   string `json:"-"`     // to add: what it is called
	Strike string `json:"part"`  // key of the part to strike out; "" = add
	Reason string `json:"-"`
}

// Command is the journal's entry for the command.
func (c *Objects) Command(actor string) (db.Command, error) {
	return command(actor, "task.objects", c.Task, c)
}

// Clarify is the command that fills in what a task lacks of the "5 rõ", and
// whether it is followed one by one.
type Clarify struct {
	Task     string `json:"task"`
	Seen     int64  `json:"-"`
	Product  string `json:"-"`
	Checker  string `json:"agency"` // agency id, "" = nobody
	Separate bool   `json:"separate"`
}

// Command is the journal's entry for the command.
func (c *Clarify) Command(actor string) (db.Command, error) {
	return command(actor, "task.followed", c.Task, c)
}

// Share is what one heir takes over of a task.
type Share struct {
	Agency string   `json:"agency"`
	Parts  []string `json:"parts,omitempty"` // keys; none = the whole task
}

// HandOver is the command by which a person gives a task to one body, or shares
// it out among several (bàn giao).
type HandOver struct {
	Task string  `json:"task"`
	Seen int64   `json:"-"`
	To   []Share `json:"shares"`
	Text string  `json:"-"` // the decision or minutes, or the reason
}

// Command is the journal's entry for the command.
func (c *HandOver) Command(actor string) (db.Command, error) {
	return command(actor, "task.handed", c.Task, c)
}

// HandOvers is the command that hands several tasks over with one basis.
type HandOvers struct {
	Tasks []HandOver `json:"tasks"`
	Text  string     `json:"-"`
}

// Command is the journal's entry for the command.
func (c *HandOvers) Command(actor string) (db.Command, error) {
	return command(actor, "task.handed", "", c)
}

// command makes an entry whose body says what was touched, and no free text.
func command(actor, name, scope string, body any) (db.Command, error) {
	b, err := json.Marshal(body)
	return db.Command{Actor: actor, Name: name, Scope: scope, Body: b}, err
}

// act is an act of today with nothing else said.
func act(tx *db.Tx, kind ActKind, text string) *Act {
	return &Act{Kind: kind, On: tx.Today(), Due: day.None, Text: text}
}
