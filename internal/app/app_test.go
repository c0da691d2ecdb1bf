package app_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/directive/reminder"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/mail"
	"giuchuan/internal/register/account"
)

// engines runs a test on a fresh place for each engine.
func engines(t *testing.T, body func(t *testing.T, cfg app.Config)) {
	dbtest.EachPlace(t, func(t *testing.T, o db.Options) {
		body(t, app.Config{Data: t.TempDir(), Database: o.URL, Today: day.None})
	})
}

func TestInitTwiceKeepsTheRecord(t *testing.T) {
	engines(t, func(t *testing.T, cfg app.Config) {
		var heads [2]int64
		for i := range heads {
			a, err := app.Init(context.Background(), cfg)
			if err != nil {
				t.Fatal(fault.Text(err))
			}
			err = a.DB.Read(context.Background(), func(tx *db.Tx) error {
				return tx.QueryRow(`SELECT COUNT(*) FROM journal_entry`).Scan(&heads[i])
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if heads[0] == 0 || heads[0] != heads[1] {
			t.Errorf("entries after the first and second init: %v; the second must write nothing", heads)
		}
	})
}

func TestOpenWithoutDataNamesTheRemedy(t *testing.T) {
	_, err := app.Open(context.Background(), app.Config{Data: t.TempDir() + "/nowhere", Today: day.None})
	if !fault.Is(err, fault.NotFound) || !strings.Contains(fault.Text(err), "giuchuan init") {
		t.Errorf("got %v", err)
	}
}

// Backup and the journal only know the tables that the product lists.
func TestTablesListEveryBusinessTable(t *testing.T) {
	engines(t, func(t *testing.T, cfg app.Config) {
		a, err := app.Init(context.Background(), cfg)
		if err != nil {
			t.Fatal(fault.Text(err))
		}
		defer a.Close()
		// Changed in place, on purpose outside journal and backup.
		listed := slices.Concat(account.Operational(), mail.Operational(), reminder.Operational())
		for _, table := range app.Tables() {
			listed = append(listed, table.Name)
		}
		err = a.DB.Read(context.Background(), func(tx *db.Tx) error {
			tables, err := tx.Schema()
			for _, table := range tables {
				if !table.View && !strings.HasPrefix(table.Name, "journal_") && !slices.Contains(listed, table.Name) {
					t.Errorf("table %s is not in app.Tables()", table.Name)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
