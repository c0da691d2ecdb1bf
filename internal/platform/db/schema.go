package db

import (
	"fmt"
	"slices"
	"strings"
)

// SchemaTable is a table or view as the database has it. The engines'
// differences are taken out, so the two can be compared.
type SchemaTable struct {
	Name       string
	View       bool
	Columns    []SchemaColumn
	Key        []string // primary key, in its order
	Indexes    []string // the others, as "unique (a, b)" or "(a)", sorted
	References []string // tables its foreign keys point to, sorted
}

// SchemaColumn is a column: Kind is INTEGER, TEXT or BLOB, or what the engine
// calls a type that the product does not use.
type SchemaColumn struct {
	Name string
	Kind string
	Null bool // may be NULL; always false in views
}

// Schema reads the product's tables and views, leaving out those of the
// migration tool and of the job queue. A table comes after those it
// references, otherwise they are in order of names.
func (tx *Tx) Schema() ([]SchemaTable, error) {
	read := schemaSQLite
	if tx.Engine() == Postgres {
		read = schemaPostgres
	}
	columns, err := Collect(tx, scanSchema, read.columns)
	if err != nil {
		return nil, err
	}
	var tables []SchemaTable
	for _, c := range columns {
		if len(tables) == 0 || tables[len(tables)-1].Name != c.table {
			tables = append(tables, SchemaTable{Name: c.table, View: c.view})
		}
		t := &tables[len(tables)-1]
		t.Columns = append(t.Columns, SchemaColumn{Name: c.name, Kind: kindOf(c.kind), Null: !c.notNull && c.key == 0 && !c.view})
	}
	for i := range tables {
		if err := tables[i].readKeys(tx, read, columns); err != nil {
			return nil, err
		}
	}
	return inOrder(tables), nil
}

// schemaColumn is a row of the catalogue queries.
type schemaColumn struct {
	table, name, kind string
	view, notNull     bool
	key               int // place in the primary key, from 1; 0 = none
}

func scanSchema(r *Rows) (c schemaColumn, err error) {
	return c, r.Scan(&c.table, &c.view, &c.name, &c.kind, &c.notNull, &c.key)
}

func kindOf(engine string) string {
	switch kind := strings.ToUpper(engine); kind {
	case "INT", "INTEGER", "BIGINT", "SMALLINT":
		return "INTEGER"
	case "BYTEA", "BLOB":
		return "BLOB"
	default:
		return kind
	}
}

func (t *SchemaTable) readKeys(tx *Tx, read schemaQueries, columns []schemaColumn) error {
	for _, c := range columns {
		if c.table == t.Name && c.key > 0 {
			t.Key = append(t.Key, c.name)
		}
	}
	place := func(name string) int {
		i := slices.IndexFunc(columns, func(c schemaColumn) bool { return c.table == t.Name && c.name == name })
		return columns[i].key
	}
	slices.SortFunc(t.Key, func(a, b string) int { return place(a) - place(b) })
	var err error
	text := func(r *Rows) (s string, err error) { return s, r.Scan(&s) }
	if t.Indexes, err = Collect(tx, text, read.indexes, t.Name); err != nil {
		return err
	}
	slices.Sort(t.Indexes)
	t.References, err = Collect(tx, text, read.references, t.Name)
	slices.Sort(t.References)
	return err
}

// inOrder puts tables after those they reference.
func inOrder(tables []SchemaTable) []SchemaTable {
	var out []SchemaTable
	placed := map[string]bool{}
	var place func(t SchemaTable)
	place = func(t SchemaTable) {
		if placed[t.Name] {
			return
		}
		placed[t.Name] = true
		for _, name := range t.References {
			if i := slices.IndexFunc(tables, func(o SchemaTable) bool { return o.Name == name }); i >= 0 {
				place(tables[i])
			}
		}
		out = append(out, t)
	}
	for _, t := range tables {
		place(t)
	}
	return out
}

// schemaTable gives the table called name.
func (tx *Tx) schemaTable(name string) (SchemaTable, error) {
	tables, err := tx.Schema()
	if err != nil {
		return SchemaTable{}, err
	}
	i := slices.IndexFunc(tables, func(t SchemaTable) bool { return t.Name == name && !t.View })
	if i < 0 {
		return SchemaTable{}, fmt.Errorf("db: there is no table %q", name)
	}
	return tables[i], nil
}

// schemaQueries read one engine's catalogue.
type schemaQueries struct {
	columns    string // every column of every table, by table and place
	indexes    string // of table $1
	references string // of table $1
}

var schemaSQLite = schemaQueries{
	columns: `
		SELECT t.name, t.type = 'view', c.name, c.type, c."notnull", c.pk
		FROM sqlite_schema AS t
		JOIN pragma_table_info(t.name) AS c
		WHERE t.type IN ('table', 'view')
		  AND substr(t.name, 1, 7) <> 'sqlite_'
		  AND substr(t.name, 1, 6) NOT IN ('goose_', 'river_')
		ORDER BY t.name, c.cid`,
	indexes: `
		SELECT CASE i."unique" WHEN 1 THEN 'unique (' ELSE '(' END
		       || (SELECT group_concat(coalesce(x.name, '?'), ', ')
		           FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) AS x) || ')'
		FROM pragma_index_list($1) AS i
		WHERE i.origin <> 'pk'`,
	references: `
		SELECT DISTINCT f."table"
		FROM pragma_foreign_key_list($1) AS f`,
}

var schemaPostgres = schemaQueries{
	columns: `
		SELECT t.relname, (t.relkind = 'v')::int, c.attname,
		       format_type(c.atttypid, NULL), c.attnotnull::int,
		       coalesce(array_position(k.conkey, c.attnum), 0)
		FROM pg_catalog.pg_class AS t
		JOIN pg_catalog.pg_attribute AS c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
		LEFT JOIN pg_catalog.pg_constraint AS k ON k.conrelid = t.oid AND k.contype = 'p'
		WHERE t.relnamespace = current_schema()::regnamespace
		  AND t.relkind IN ('r', 'v')
		  AND left(t.relname, 6) NOT IN ('goose_', 'river_')
		ORDER BY t.relname COLLATE "C", c.attnum`,
	indexes: `
		SELECT CASE WHEN i.indisunique THEN 'unique (' ELSE '(' END
		       || (SELECT string_agg(coalesce(a.attname, '?'), ', ' ORDER BY x.place)
		           FROM unnest(i.indkey) WITH ORDINALITY AS x (column_number, place)
		           LEFT JOIN pg_catalog.pg_attribute AS a
		             ON a.attrelid = i.indrelid AND a.attnum = x.column_number AND x.column_number > 0) || ')'
		FROM pg_catalog.pg_index AS i
		WHERE i.indrelid = to_regclass(quote_ident($1::text)) AND NOT i.indisprimary`,
	references: `
		SELECT DISTINCT o.relname
		FROM pg_catalog.pg_constraint AS k
		JOIN pg_catalog.pg_class AS o ON o.oid = k.confrelid
		WHERE k.conrelid = to_regclass(quote_ident($1::text)) AND k.contype = 'f'`,
}
