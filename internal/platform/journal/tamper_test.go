package journal_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"
)

// entriesMade is how long the journal of the tamper test is.
const entriesMade = 40

// tamper damages the data inside tx and says which entry must be named first
// (0 = any), or that chance chose nothing to damage.
type tamper struct {
	name    string
	outside bool // only a checkpoint kept elsewhere shows it
	do      func(tx *db.Tx, r *rand.Rand) (first int64, err error)
}

var errNothing = errors.New("nothing to damage")

func tampers() []tamper {
	return []tamper{
		{"flip a bit of an entry", false, flipEntry},
		{"flip a bit of a row", false, flipRow},
		{"set a value to NULL", false, blankRow},
		{"delete an entry", false, deleteEntry},
		{"delete a row", false, deleteRow},
		{"add a row to an old entry", false, addRow},
		{"add a row of no entry", false, strayRow},
		{"move a row to another entry", false, moveRow},
		{"swap two entries", false, swapEntries},
		{"insert a back-dated entry", false, backDate},
		{"cut the tail", true, cutTail},
		{"roll back and go on", true, rollBack},
		{"rewrite history", true, rewrite},
	}
}

// TestTamper damages a journal in random ways; every one must be found.
func TestTamper(t *testing.T) {
	rounds := 300
	if os.Getenv("GIUCHUAN_SOAK") == "1" {
		rounds = 10_000
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d, entriesMade)
		var checkpoint journal.Checkpoint
		read(t, d, func(tx *db.Tx) (err error) {
			checkpoint.Head, err = journal.ReadHead(tx)
			return err
		})
		r := rand.New(rand.NewPCG(1, 2))
		kinds, found := tampers(), map[string]int{}
		for done := 0; done < rounds; {
			kind := kinds[r.IntN(len(kinds))]
			seed := r.Uint64()
			if damage(t, d, kind, seed, &checkpoint) {
				found[kind.name]++
				done++
			}
			if t.Failed() {
				t.Fatalf("%s, seed %d", kind.name, seed)
			}
		}
		for _, kind := range kinds {
			if found[kind.name] == 0 {
				t.Errorf("%s: never done", kind.name)
			}
		}
		if _, err := journal.Verify(context.Background(), d, tables, &checkpoint); err != nil {
			t.Errorf("after all damage was undone: %v", err)
		}
	})
}

// damage applies one tamper in a transaction, verifies there, and undoes it.
func damage(t *testing.T, d *db.DB, kind tamper, seed uint64, outside *journal.Checkpoint) (done bool) {
	undo := errors.New("undo")
	err := d.Write(context.Background(), db.Command{Actor: "intruder", Name: "damage"}, func(tx *db.Tx) error {
		first, err := kind.do(tx, rand.New(rand.NewPCG(seed, 0)))
		if err != nil {
			return err
		}
		if _, err := journal.VerifyTx(tx, tables, nil); !kind.outside {
			check(t, err, first)
		}
		_, err = journal.VerifyTx(tx, tables, outside)
		check(t, err, first)
		return undo
	})
	switch {
	case errors.Is(err, undo):
		return true
	case !errors.Is(err, errNothing) && !db.IsDuplicate(err):
		t.Errorf("damage: %v", err)
	}
	return false
}

func check(t *testing.T, err error, first int64) {
	var f *fault.Error
	switch {
	case !fault.Is(err, fault.Corrupt):
		t.Errorf("not found: %v", err)
	case errors.As(err, &f) && first != 0 && f.Args["position"] != fmt.Sprint(first):
		t.Errorf("named entry %s, want %d: %v", f.Args["position"], first, err)
	}
}

// someRow picks a business row: its table, key column, key and entry.
type someRow struct {
	table, key, id string
	entry          int64
}

func pickRow(tx *db.Tx, r *rand.Rand) (someRow, error) {
	row := someRow{table: "work", key: "id"}
	if r.IntN(2) == 0 {
		row.table, row.key = "fact", "place"
	}
	var n int
	if err := tx.QueryRow("SELECT count(*) FROM " + row.table).Scan(&n); err != nil {
		return row, err
	}
	query := fmt.Sprintf("SELECT %s, entry FROM %s ORDER BY entry, %s LIMIT 1 OFFSET $1", row.key, row.table, row.key)
	return row, tx.QueryRow(query, r.IntN(n)).Scan(&row.id, &row.entry)
}

func (s someRow) where() string { return " WHERE " + s.key + " = $1 AND entry = $2" }

func flipEntry(tx *db.Tx, r *rand.Rand) (int64, error) {
	position := 1 + r.Int64N(entriesMade)
	columns := []string{"made_at", "actor", "command", "scope", "body", "row_count", "rows_hash", "tree"}
	column := columns[r.IntN(len(columns))]
	query := fmt.Sprintf("SELECT %s FROM journal_entry WHERE position = $1", column)
	var value any
	if err := tx.QueryRow(query, position).Scan(&value); err != nil {
		return 0, err
	}
	value = flip(value, r)
	_, err := tx.Exec("UPDATE journal_entry SET "+column+" = $2 WHERE position = $1", position, value)
	return position, err
}

// flip changes one bit: of text one that leaves printable ASCII printable.
func flip(value any, r *rand.Rand) any {
	switch v := value.(type) {
	case int64:
		return v ^ 1<<r.IntN(62)
	case []byte:
		changed := append([]byte{}, v...)
		changed[r.IntN(len(changed))] ^= 1 << r.IntN(8)
		return changed
	case string:
		changed := []byte(v)
		for {
			i := r.IntN(len(changed))
			if changed[i] >= 0x20 && changed[i] < 0x7f {
				changed[i] ^= 1 << r.IntN(5)
				return string(changed)
			}
		}
	}
	return int64(1)
}

func flipRow(tx *db.Tx, r *rand.Rand) (int64, error) {
	row, err := pickRow(tx, r)
	if err != nil {
		return 0, err
	}
	column := []string{row.key, "cost_vnd"}[r.IntN(2)]
	if row.table == "fact" {
		column = []string{row.key, "value"}[r.IntN(2)]
	}
	var value any
	err = tx.QueryRow("SELECT "+column+" FROM "+row.table+row.where(), row.id, row.entry).Scan(&value)
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec("UPDATE "+row.table+" SET "+column+" = $3"+row.where(), row.id, row.entry, flip(value, r))
	return row.entry, err
}

func blankRow(tx *db.Tx, r *rand.Rand) (int64, error) {
	row, err := pickRow(tx, r)
	if err != nil {
		return 0, err
	}
	if row.table == "fact" {
		return 0, errNothing // its values are NULL already
	}
	_, err = tx.Exec("UPDATE work SET name = NULL"+row.where(), row.id, row.entry)
	return row.entry, err
}

func deleteRow(tx *db.Tx, r *rand.Rand) (int64, error) {
	row, err := pickRow(tx, r)
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec("DELETE FROM "+row.table+row.where(), row.id, row.entry)
	return row.entry, err
}

func addRow(tx *db.Tx, r *rand.Rand) (int64, error) {
	entry := 1 + r.Int64N(entriesMade)
	return entry, plant(tx, r, entry)
}

// plant adds a row that no command wrote.
func plant(tx *db.Tx, r *rand.Rand, entry int64) error {
	_, err := tx.Exec("INSERT INTO fact (place, value, entry) VALUES ($1, $2, $3)",
		fmt.Sprint("planted ", r.Uint32()), r.Int64N(9), entry)
	return err
}

func strayRow(tx *db.Tx, r *rand.Rand) (int64, error) {
	entry := []int64{0, -1, entriesMade + 1, 1 << 40}[r.IntN(4)]
	return entry, plant(tx, r, entry)
}

func moveRow(tx *db.Tx, r *rand.Rand) (int64, error) {
	row, err := pickRow(tx, r)
	if err != nil {
		return 0, err
	}
	entry := 1 + r.Int64N(entriesMade)
	if entry == row.entry {
		return 0, errNothing
	}
	_, err = tx.Exec("UPDATE "+row.table+" SET entry = $3"+row.where(), row.id, row.entry, entry)
	return min(row.entry, entry), err
}
