package db_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
)

// inRead runs fn in a read of d and fails the test with its error.
func inRead(t testing.TB, d *db.DB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Read(context.Background(), fn); err != nil {
		t.Error(err)
	}
}

// TestMarksBindByNumber holds a trap: some SQLite drivers bind $2, $1 in the
// order of their appearance and swap the values silently.
func TestMarksBindByNumber(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		inRead(t, d, func(tx *db.Tx) error {
			var a, b, c string
			err := tx.QueryRow("SELECT CAST($2 AS TEXT), CAST($1 AS TEXT), CAST($2 AS TEXT)", "one", "two").Scan(&a, &b, &c)
			if a+b+c != "twoonetwo" {
				t.Errorf("got %s %s %s, want two one two", a, b, c)
			}
			return err
		})
	})
}

// TestNullOrderTrap shows the trap (NULLs first on SQLite, last on PostgreSQL)
// and the portable way round it.
func TestNullOrderTrap(t *testing.T) {
	const rows = "FROM (SELECT 1 AS v UNION ALL SELECT NULL UNION ALL SELECT 2) AS x ORDER BY "
	list := func(tx *db.Tx, order string) string {
		all, err := db.Collect(tx, func(r *db.Rows) (string, error) {
			var v *int
			err := r.Scan(&v)
			if v == nil {
				return "NULL", err
			}
			return fmt.Sprint(*v), err
		}, "SELECT v "+rows+order)
		if err != nil {
			t.Error(err)
		}
		return strings.Join(all, " ")
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		inRead(t, d, func(tx *db.Tx) error {
			bare := map[db.Engine]string{db.SQLite: "NULL 1 2", db.Postgres: "1 2 NULL"}[d.Engine()]
			if got := list(tx, "v"); got != bare {
				t.Errorf("ORDER BY v gives %s; the trap has changed, was %s", got, bare)
			}
			if got := list(tx, "v IS NULL, v"); got != "1 2 NULL" {
				t.Errorf("ORDER BY v IS NULL, v gives %s", got)
			}
			return nil
		})
	})
}

type level int8

// TestValuesComeBack stores every kind of value and reads it as it was.
func TestValuesComeBack(t *testing.T) {
	at := time.Date(2024, 10, 1, 9, 30, 0, 123456000, time.UTC)
	table := &db.Table{
		Name:    "sample",
		Columns: []string{"id", "due_on", "made_at", "is_met", "cost_vnd", "grade", "note"},
		Key:     []string{"id"},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		due, note := day.Of(2024, 10, 1), (*string)(nil)
		err := d.Write(context.Background(), cmd("test.values"), func(tx *db.Tx) error {
			_, err := tx.Exec(`CREATE TABLE sample (id TEXT PRIMARY KEY, due_on INTEGER, made_at BIGINT,
				is_met SMALLINT CHECK (is_met IN (0, 1)), cost_vnd BIGINT, grade SMALLINT, note TEXT, entry BIGINT NOT NULL)`)
			if err != nil {
				return err
			}
			return tx.Insert(table, "Đạt", due, at, true, int64(3_000_000_000), level(-3), note)
		})
		if err != nil {
			t.Fatal(err)
		}
		inRead(t, d, func(tx *db.Tx) error {
			var id string
			var gotDue day.Day
			var gotAt time.Time
			var met bool
			var cost int64
			var grade level
			gotNote := new(string)
			err := tx.QueryRow("SELECT id, due_on, made_at, is_met, cost_vnd, grade, note FROM sample WHERE due_on = $1", due).
				Scan(&id, &gotDue, &gotAt, &met, &cost, &grade, &gotNote)
			if id != "Đạt" || gotDue != due || !gotAt.Equal(at) || !met || cost != 3_000_000_000 || grade != -3 || gotNote != nil {
				t.Errorf("read %s %v %v %v %d %d %v", id, gotDue, gotAt, met, cost, grade, gotNote)
			}
			return err
		})
	})
}

func TestValuesOnlyOneEngineWouldTake(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		for name, value := range map[string]any{"float": 1.5, "NUL": "a\x00b", "broken UTF-8": "a\xff", "slice": []int{1}} {
			err := d.Write(context.Background(), cmd("note.add"), func(tx *db.Tx) error {
				return tx.Insert(noteTable, "x", value)
			})
			if fault.CodeOf(err) == "" {
				t.Errorf("%s: %v, want a coded refusal", name, err)
			}
		}
		wantNotes(t, d, "[]")
	})
}

// TestOpenRowsAreNoticed holds the trap that PostgreSQL cannot run a statement
// while rows are being read, and SQLite can.
func TestOpenRowsAreNoticed(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		err := d.Read(context.Background(), func(tx *db.Tx) error {
			if _, err := tx.Query("SELECT 1 UNION ALL SELECT 2"); err != nil {
				return err
			}
			_, err := tx.Query("SELECT 3")
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "still open") {
			t.Errorf("got %v", err)
		}
	})
}

func TestReadIsOneSnapshotAndWritesNothing(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		inRead(t, d, func(tx *db.Tx) error {
			before := tx.Position()
			if err := addNote(d, "meanwhile"); err != nil { // another command, beside this read
				return err
			}
			var n int
			if err := tx.QueryRow("SELECT count(*) FROM note").Scan(&n); err != nil {
				return err
			}
			if n != 0 || tx.Position() != before {
				t.Errorf("the snapshot moved: %d notes, position %d to %d", n, before, tx.Position())
			}
			return nil
		})
		if err := d.Read(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec("DELETE FROM note")
			return err
		}); err == nil {
			t.Error("a read could write")
		}
	})
}

func TestQueryRowWithoutRows(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		inRead(t, d, func(tx *db.Tx) error {
			var id string
			if err := tx.QueryRow("SELECT id FROM note").Scan(&id); !errors.Is(err, db.ErrNoRows) {
				t.Errorf("got %v, want ErrNoRows", err)
			}
			return tx.QueryRow("SELECT 'on it goes'").Scan(&id)
		})
	})
}

func TestIDsAndTokens(t *testing.T) {
	now := time.Date(2024, 10, 1, 0, 0, 0, 0, time.UTC)
	dbtest.EachWith(t, func(o *db.Options) { o.Now = func() time.Time { now = now.Add(time.Second); return now } },
		func(t *testing.T, d *db.DB) {
			var ids []string
			for range 3 {
				err := d.Write(context.Background(), cmd("test.id"), func(tx *db.Tx) error {
					if got := tx.Today(); got != day.Of(2024, 10, 1) {
						t.Errorf("today is %s", got)
					}
					one, two := tx.NewToken(), tx.NewToken()
					if len(one) != 43 || one == two {
						t.Error("tokens are short or repeat")
					}
					ids = append(ids, tx.NewID())
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if len(ids[0]) != 26 || ids[0] >= ids[1] || ids[1] >= ids[2] {
				t.Errorf("ids %v do not sort by time", ids)
			}
		})
}

// TestSchemasAreTwins compares what the two sequences of migrations make.
func TestSchemasAreTwins(t *testing.T) {
	schema := func(d *db.DB) (tables []db.SchemaTable) {
		inRead(t, d, func(tx *db.Tx) (err error) {
			tables, err = tx.Schema()
			return err
		})
		return tables
	}
	server := dbtest.NewPostgres(t)
	lite := schema(dbtest.Open(t, db.Options{Path: filepath.Join(t.TempDir(), "twin.sqlite")}))
	post := schema(dbtest.Open(t, db.Options{URL: server}))
	if len(lite) == 0 || len(lite) != len(post) {
		t.Fatalf("SQLite has %d tables, PostgreSQL %d", len(lite), len(post))
	}
	for i := range lite {
		if !reflect.DeepEqual(lite[i], post[i]) {
			t.Errorf("the engines differ:\nSQLite     %+v\nPostgreSQL %+v", lite[i], post[i])
		}
	}
}

// TestSQLiteTablesAreStrict: only STRICT tables refuse text in a number.
func TestSQLiteTablesAreStrict(t *testing.T) {
	d := dbtest.Open(t, db.Options{Path: dbtest.NewSQLite(t)})
	inRead(t, d, func(tx *db.Tx) error {
		loose, err := db.Collect(tx, func(r *db.Rows) (name string, err error) { return name, r.Scan(&name) }, `
			SELECT name
			FROM pragma_table_list
			WHERE schema = 'main' AND type = 'table' AND NOT strict
			  AND substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 6) NOT IN ('goose_', 'river_')
			ORDER BY name`)
		if len(loose) > 0 {
			t.Errorf("these tables are not STRICT: %v", loose)
		}
		return err
	})
}

// TestSchemaSeesDifferences shows that the comparison can fail.
func TestSchemaSeesDifferences(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var got db.SchemaTable
		err := d.Write(context.Background(), cmd("test.schema"), func(tx *db.Tx) error {
			for _, statement := range []string{
				"CREATE TABLE b_base (id TEXT NOT NULL PRIMARY KEY)",
				"CREATE TABLE a_leaf (y BIGINT NOT NULL, x TEXT NOT NULL REFERENCES b_base (id), z TEXT, PRIMARY KEY (x, y), UNIQUE (z, y))",
				"CREATE INDEX a_leaf_z ON a_leaf (z)",
			} {
				if _, err := tx.Exec(statement); err != nil {
					return err
				}
			}
			tables, err := tx.Schema()
			if err != nil {
				return err
			}
			place := func(name string) int {
				return slices.IndexFunc(tables, func(t db.SchemaTable) bool { return t.Name == name })
			}
			if place("b_base") > place("a_leaf") {
				t.Error("a_leaf stands before b_base, which it references")
			}
			got = tables[place("a_leaf")]
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		want := db.SchemaTable{
			Name:    "a_leaf",
			Columns: []db.SchemaColumn{{Name: "y", Kind: "INTEGER"}, {Name: "x", Kind: "TEXT"}, {Name: "z", Kind: "TEXT", Null: true}},
			Key:     []string{"x", "y"}, Indexes: []string{"(z)", "unique (z, y)"}, References: []string{"b_base"},
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	})
}
