package account

import (
	"errors"
	"strings"

	"giuchuan/internal/platform/db"
)

var (
	accountTable = db.Table{
		Name:    "account_account",
		Columns: []string{"id", "login", "post", "unit", "name_seal", "state", "demo"},
		Key:     []string{"id", "entry"},
	}
	grantTable = db.Table{
		Name: "account_grant",
		Columns: []string{
			"id", "account_id", "role", "unit", "place", "fields", "from_on", "until_on", "document", "heir_of",
		},
		Key: []string{"id", "entry"},
	}
)

// Tables lists the business tables of the package: those under the journal's
// hash.
func Tables() []*db.Table { return []*db.Table{&accountTable, &grantTable} }

// Operational names the tables that are changed in place and that the journal
// does not cover.
func Operational() []string {
	return []string{
		"account_person", "account_secret", "account_recovery", "account_session", "account_device",
		"account_token", "account_throttle",
	}
}

func insertAccount(tx *db.Tx, a *Account, seal string) error {
	return tx.Insert(&accountTable, a.ID, a.Login, a.Post, a.Unit, seal, string(a.State), a.Demo)
}

const accountColumns = `
	SELECT a.id, a.login, a.post, a.unit, a.state, a.demo
	FROM account_account AS a`

func scanAccount(rows interface{ Scan(...any) error }) (Account, error) {
	var a Account
	err := rows.Scan(&a.ID, &a.Login, &a.Post, &a.Unit, &a.State, &a.Demo)
	return a, err
}

// accountRow gives an account without its grants.
func accountRow(tx *db.Tx, id string) (Account, bool, error) {
	a, err := scanAccount(tx.QueryRow(accountColumns+`
		WHERE a.id = $1
		ORDER BY a.entry DESC
		LIMIT 1`, id))
	if errors.Is(err, db.ErrNoRows) {
		return Account{}, false, nil
	}
	return a, err == nil, err
}

func accountRows(tx *db.Tx) ([]Account, error) {
	return db.Collect(tx, func(rows *db.Rows) (Account, error) { return scanAccount(rows) }, accountColumns+`
		WHERE a.entry = (
		    SELECT MAX(later.entry)
		    FROM account_account AS later
		    WHERE later.id = a.id)
		ORDER BY a.unit, a.login, a.id`)
}

func accountSeal(tx *db.Tx, id string) (seal string, err error) {
	err = tx.QueryRow(`
		SELECT a.name_seal
		FROM account_account AS a
		WHERE a.id = $1
		ORDER BY a.entry DESC
		LIMIT 1`, id).Scan(&seal)
	return seal, err
}

func accountCount(tx *db.Tx) (n int64, err error) {
	err = tx.QueryRow(`
		SELECT COUNT(*)
		FROM account_account`).Scan(&n)
	return n, err
}

func insertGrant(tx *db.Tx, g *Grant) error {
	return tx.Insert(&grantTable, g.ID, g.Account, string(g.Role), g.Unit, g.Place, strings.Join(g.Fields, " "),
		g.From, g.Until, g.Document, g.HeirOf)
}

const grantColumns = `
	SELECT g.id, g.account_id, g.role, g.unit, g.place, g.fields, g.from_on, g.until_on, g.document, g.heir_of
	FROM account_grant AS g
	WHERE g.entry = (
	    SELECT MAX(later.entry)
	    FROM account_grant AS later
	    WHERE later.id = g.id)`

const grantOrder = `
	ORDER BY g.account_id, g.from_on, g.id`

func scanGrant(rows *db.Rows) (Grant, error) {
	var g Grant
	var fields string
	err := rows.Scan(&g.ID, &g.Account, &g.Role, &g.Unit, &g.Place, &fields, &g.From, &g.Until, &g.Document, &g.HeirOf)
	g.Fields = strings.Fields(fields)
	return g, err
}

// grantRows gives the last row of every grant.
func grantRows(tx *db.Tx) ([]Grant, error) {
	return db.Collect(tx, scanGrant, grantColumns+grantOrder)
}

// grantRow gives the last row of one grant, none when there is no such grant.
func grantRow(tx *db.Tx, id string) ([]Grant, error) {
	return db.Collect(tx, scanGrant, grantColumns+`
	  AND g.id = $1`+grantOrder, id)
}

// grantsOf gives the last row of the grants of an account.
func grantsOf(tx *db.Tx, account string) ([]Grant, error) {
	return db.Collect(tx, scanGrant, grantColumns+`
	  AND g.account_id = $1`+grantOrder, account)
}
