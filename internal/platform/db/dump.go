package db

import (
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/fault"
)

var msgDump = fault.Msg{Key: "db.dump", Text: "bản sao dữ liệu hỏng ở bảng {table}, dòng {line}: {reason}"}

// dumpHead is the first line of a dumped table, dumpTail its last.
type dumpHead struct {
	Table   string   `json:"table"`
	Columns []string `json:"columns"`
	Kinds   []string `json:"kinds"`
}

type dumpTail struct {
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"` // of the lines of the rows
}

// DumpTable writes a table as lines of JSON that do not depend on the engine:
// a head, one array per row in the order of the primary key (entry last), and
// a tail with count and hash. Integers are numbers, text is a string, bytes
// are {"b64":"…"}.
func DumpTable(tx *Tx, table string, w io.Writer) error {
	t, err := tx.schemaTable(table)
	if err != nil {
		return err
	}
	head := dumpHead{Table: t.Name}
	for _, c := range t.Columns {
		head.Columns, head.Kinds = append(head.Columns, c.Name), append(head.Kinds, c.Kind)
	}
	out := bufio.NewWriterSize(w, 1<<16)
	if err := writeLine(out, head); err != nil {
		return err
	}
	order := slices.Concat(t.Key, slices.DeleteFunc(slices.Clone(head.Columns),
		func(name string) bool {
			return len(t.Key) > 0 || head.Kinds[slices.Index(head.Columns, name)] == "BLOB"
		}))
	cursor, err := tx.Cursor("SELECT " + strings.Join(head.Columns, ", ") + " FROM " + t.Name +
		" ORDER BY " + strings.Join(order, ", "))
	if err != nil {
		return err
	}
	tail, sum, line := dumpTail{}, sha256.New(), []byte(nil)
	for cursor.Next() {
		if line, err = appendJSON(line[:0], cursor.Values()); err != nil {
			return errors.Join(err, cursor.Close())
		}
		sum.Write(line)
		if _, err := out.Write(line); err != nil {
			return errors.Join(fmt.Errorf("db: dump %s: %w", table, err), cursor.Close())
		}
		tail.Rows++
	}
	if err := cursor.Err(); err != nil {
		return err
	}
	tail.SHA256 = hex.EncodeToString(sum.Sum(nil))
	if err := writeLine(out, tail); err != nil {
		return err
	}
	return out.Flush()
}

func writeLine(w io.Writer, v any) error {
	line, err := json.Marshal(v)
	if err == nil {
		_, err = w.Write(append(line, '\n'))
	}
	return err
}

// appendJSON writes a row of plain values as one line.
func appendJSON(b []byte, values []any) ([]byte, error) {
	b = append(b, '[')
	for i, value := range values {
		if i > 0 {
			b = append(b, ',')
		}
		switch v := value.(type) {
		case nil:
			b = append(b, "null"...)
		case int64:
			b = strconv.AppendInt(b, v, 10)
		case string:
			quoted, err := json.Marshal(v)
			if err != nil {
				return b, err
			}
			b = append(b, quoted...)
		case []byte:
			b = append(b, `{"b64":"`...)
			b = base64.StdEncoding.AppendEncode(b, v)
			b = append(b, `"}`...)
		default:
			return b, fmt.Errorf("db: a value of type %T cannot be dumped", value)
		}
	}
	return append(b, ']', '\n'), nil
}

// LoadTable reads what DumpTable wrote, from either engine, into the same
// table of this database, and returns the table and its number of rows. It
// reads exactly one table from r; io.EOF when there is none. It belongs inside
// Load; tables are loaded in the order of Schema.
func LoadTable(tx *Tx, r *bufio.Reader) (table string, rows int64, err error) {
	l := &loader{reader: r, sum: sha256.New()}
	if table, err = l.readHead(tx); err != nil {
		return table, 0, err
	}
	in := &bulk{tx: tx, table: table, columns: l.head.Columns, admit: func([]any) error { return nil }}
	if err := in.run(l.rows()); err != nil {
		return table, in.count, tx.fail(explain("load "+table, errors.Join(l.err, err)))
	}
	if l.err != nil {
		return table, in.count, tx.fail(l.err)
	}
	return table, in.count, nil
}

// loader reads one dumped table.
type loader struct {
	reader *bufio.Reader
	head   dumpHead
	line   int64
	sum    hash.Hash
	err    error
}

func (l *loader) next() ([]byte, error) {
	line, err := l.reader.ReadBytes('\n')
	if err == io.EOF && len(line) > 0 {
		err = io.ErrUnexpectedEOF
	}
	l.line++
	return line, err
}

func (l *loader) bad(reason string, cause error) error {
	return fault.New(fault.Corrupt, msgDump, "table", l.head.Table,
		"line", strconv.FormatInt(l.line, 10), "reason", reason).Wrap(cause)
}

// readHead reads the head and holds it against the schema: names from a file
// never reach a statement unchecked.
func (l *loader) readHead(tx *Tx) (string, error) {
	line, err := l.next()
	if err == io.EOF {
		return "", io.EOF
	}
	if err != nil {
		return "", l.bad("tệp bị cắt", err)
	}
	if err := json.Unmarshal(line, &l.head); err != nil {
		return "", l.bad("dòng đầu không đọc được", err)
	}
	t, err := tx.schemaTable(l.head.Table)
	if err != nil {
		return "", l.bad("kho dữ liệu không có bảng này", err)
	}
	if len(l.head.Kinds) != len(l.head.Columns) {
		return "", l.bad("số cột khác với kho dữ liệu", nil)
	}
	for _, c := range t.Columns { // a later version may have added columns that can stay empty
		if !c.Null && !slices.Contains(l.head.Columns, c.Name) {
			return "", l.bad("thiếu cột "+c.Name, nil)
		}
	}
	for i, name := range l.head.Columns {
		c := slices.IndexFunc(t.Columns, func(c SchemaColumn) bool { return c.Name == name })
		if c < 0 || t.Columns[c].Kind != l.head.Kinds[i] || slices.Contains(l.head.Columns[:i], name) {
			return "", l.bad("cột "+name+" khác kiểu với kho dữ liệu", nil)
		}
	}
	return t.Name, nil
}

// rows yields the rows up to the tail, which it checks. It stops at the first
// thing that is wrong, kept in l.err.
func (l *loader) rows() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for count := int64(0); ; count++ {
			line, err := l.next()
			if err != nil {
				l.err = l.bad("tệp bị cắt", err)
				return
			}
			if line[0] == '{' {
				l.err = l.checkTail(line, count)
				return
			}
			l.sum.Write(line)
			values, err := parseRow(line, l.head.Kinds)
			if err != nil {
				l.err = l.bad("giá trị không đọc được", err)
				return
			}
			if !yield(values) {
				return
			}
		}
	}
}

func (l *loader) checkTail(line []byte, count int64) error {
	var tail dumpTail
	if err := json.Unmarshal(line, &tail); err != nil {
		return l.bad("dòng cuối không đọc được", err)
	}
	if tail.Rows != count || tail.SHA256 != hex.EncodeToString(l.sum.Sum(nil)) {
		return l.bad("số dòng hoặc dấu kiểm không khớp", nil)
	}
	return nil
}

// parseRow reads one line of appendJSON.
func parseRow(line []byte, kinds []string) ([]any, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(line, &raw); err != nil {
		return nil, err
	}
	if len(raw) != len(kinds) {
		return nil, fmt.Errorf("%d values for %d columns", len(raw), len(kinds))
	}
	values := make([]any, len(raw))
	for i, text := range raw {
		if string(text) == "null" {
			continue
		}
		value, err := parseValue(text, kinds[i])
		if err != nil {
			return nil, err
		}
		values[i] = value
	}
	return values, nil
}

func parseValue(text json.RawMessage, kind string) (any, error) {
	switch kind {
	case "INTEGER":
		return strconv.ParseInt(string(text), 10, 64)
	case "TEXT":
		var s string
		err := json.Unmarshal(text, &s)
		return s, err
	case "BLOB":
		var b struct {
			B64 []byte `json:"b64"`
		}
		err := json.Unmarshal(text, &b)
		return b.B64, err
	}
	return nil, fmt.Errorf("a column of kind %s", kind)
}
