package db

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Table declares a business table: append-only, with an entry BIGINT column
// that holds the journal position of the command that wrote the row.
//
// Columns leave entry out and are only ever appended to, by nullable columns
// without a default, because journal hashes number them. Key columns are NOT
// NULL and make a row unique within its entry; "entry" itself may stand among
// them, as it does in most primary keys.
type Table struct {
	Name    string
	Columns []string
	Key     []string
}

// layout is a Table made ready for use.
type layout struct {
	name    string
	columns []string
	key     []int  // indices into columns, entry left out
	order   string // "entry, key…" for ORDER BY
	insert  string // one row; entry is the last mark
}

// layoutOf returns t's layout, made on first use.
func (d *DB) layoutOf(t *Table) (*layout, error) {
	if l, ok := d.layouts.Load(t); ok {
		return l.(*layout), nil
	}
	l, err := newLayout(t)
	if err != nil {
		return nil, err
	}
	kept, _ := d.layouts.LoadOrStore(t, l)
	return kept.(*layout), nil
}

func newLayout(t *Table) (*layout, error) {
	l := &layout{name: t.Name, columns: t.Columns, order: "entry"}
	if t.Name == "" || len(t.Columns) == 0 || slices.Contains(t.Columns, "entry") {
		return nil, fmt.Errorf("db: table %q: declare a name and the columns without entry", t.Name)
	}
	for _, name := range t.Key {
		if name == "entry" {
			continue
		}
		i := slices.Index(t.Columns, name)
		if i < 0 {
			return nil, fmt.Errorf("db: table %s: key column %s is not among its columns", t.Name, name)
		}
		l.key = append(l.key, i)
		l.order += ", " + name
	}
	l.insert = "INSERT INTO " + t.Name + " (" + strings.Join(t.Columns, ", ") + ", entry) VALUES " +
		marks(1, len(t.Columns)+1, 1)
	return l, nil
}

// marks writes rows tuples of width marks: ($1,$2),($3,$4).
func marks(rows, width, first int) string {
	var b strings.Builder
	for r := range rows {
		if r > 0 {
			b.WriteByte(',')
		}
		for c := range width {
			if c == 0 {
				b.WriteByte('(')
			} else {
				b.WriteByte(',')
			}
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(first + r*width + c))
		}
		b.WriteByte(')')
	}
	return b.String()
}

// Insert appends one row to table: values for table.Columns in their order.
// The entry column gets Position(), and the row enters the entry's hash.
// Business rows are written in no other way.
func (tx *Tx) Insert(table *Table, values ...any) error {
	l, err := tx.layout(table)
	if err != nil {
		return err
	}
	if len(values) != len(l.columns) {
		return tx.fail(fmt.Errorf("db: table %s: %d values for %d columns", l.name, len(values), len(l.columns)))
	}
	args := make([]any, len(values)+1)
	copy(args, values)
	args[len(values)] = tx.position
	if err := tx.ready("", args); err != nil {
		return err
	}
	if err := tx.digest.add(l, args[:len(values)]); err != nil {
		return tx.fail(err)
	}
	if _, err := tx.sql.ExecContext(tx.ctx, l.insert, args...); err != nil {
		return tx.fail(explain("insert into "+l.name, err))
	}
	return nil
}

// layout gives table's layout to a transaction that may write.
func (tx *Tx) layout(table *Table) (*layout, error) {
	if tx.digest == nil {
		return nil, tx.fail(fmt.Errorf("db: table %s: rows are written inside Write only", table.Name))
	}
	l, err := tx.db.layoutOf(table)
	if err != nil {
		return nil, tx.fail(err)
	}
	return l, nil
}
