package reminder

import (
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/db"
)

var reminderTable = db.Table{
	Name:    "directive_reminder",
	Columns: []string{"event", "matter", "on_day", "step", "agency", "given_on", "left_days"},
	Key:     []string{"event", "matter", "on_day", "step"},
}

// Tables lists the business tables of the package.
func Tables() []*db.Table { return []*db.Table{&reminderTable} }

// Given is a reminder that was given.
type Given struct {
	Event  Event
	Matter string
	On     day.Day // the day the step was counted from
	Step   string
	Agency string
	Day    day.Day // on which it was given
	Left   int
}

func insertReminder(tx *db.Tx, r *Reminder, today day.Day) error {
	return tx.Insert(&reminderTable, string(r.Event), r.ID, r.On, r.Step.ID, r.Agency, today, r.Left)
}

const givenQuery = `
		SELECT event, matter, on_day, step, agency, given_on, left_days
		FROM directive_reminder
		WHERE $1 = '' OR matter = $1
		ORDER BY given_on DESC, matter, on_day, step`

func given(tx *db.Tx, matter string) ([]Given, error) {
	return db.Collect(tx, func(rows *db.Rows) (g Given, err error) {
		var left int64
		err = rows.Scan(&g.Event, &g.Matter, &g.On, &g.Step, &g.Agency, &g.Day, &left)
		g.Left = int(left)
		return g, err
	}, givenQuery, matter)
}

// Mailbox is where a person wants reminders by mail.
type Mailbox struct {
	Account string
	Address string // "" = none was given
	Wanted  bool
}

const mailboxQuery = `
		SELECT account_id, address, wanted
		FROM directive_mailbox
		WHERE $1 = '' OR account_id = $1
		ORDER BY account_id`

func mailboxes(tx *db.Tx, account string) ([]Mailbox, error) {
	return db.Collect(tx, func(rows *db.Rows) (m Mailbox, err error) {
		err = rows.Scan(&m.Account, &m.Address, &m.Wanted)
		return m, err
	}, mailboxQuery, account)
}

const putMailboxQuery = `
		INSERT INTO directive_mailbox (account_id, address, wanted)
		VALUES ($1, $2, $3)
		ON CONFLICT (account_id) DO UPDATE SET address = $2, wanted = $3`

func putMailbox(tx *db.Tx, m *Mailbox) error {
	_, err := tx.Exec(putMailboxQuery, m.Account, m.Address, m.Wanted)
	return err
}

const dropMailboxQuery = `
		DELETE FROM directive_mailbox
		WHERE account_id = $1`

func dropMailbox(tx *db.Tx, account string) error {
	_, err := tx.Exec(dropMailboxQuery, account)
	return err
}

// Operational names the tables that are changed in place and that the journal
// does not cover.
func Operational() []string { return []string{"directive_mailbox"} }
