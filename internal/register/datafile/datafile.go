// Package datafile reads the CSV files of reference/ strictly: a column nobody
// asked for, a missing one, a short row or a value of the wrong form is an error
// that names the file and the line, never a guess.
package datafile

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

var (
	msgRead    = fault.Msg{Key: "datafile.read", Text: "không đọc được tệp dữ liệu {file}"}
	msgLine    = fault.Msg{Key: "datafile.line", Text: "tệp {file} dòng {line}: dòng không đúng dạng CSV"}
	msgUTF8    = fault.Msg{Key: "datafile.utf8", Text: "tệp {file} không phải UTF-8"}
	msgEmpty   = fault.Msg{Key: "datafile.empty", Text: "tệp {file} không có dòng tiêu đề"}
	msgUnknown = fault.Msg{Key: "datafile.unknown_column", Text: "tệp {file} dòng 1: cột lạ {column}; các cột được nhận: {accepted}"}
	msgTwice   = fault.Msg{Key: "datafile.column_twice", Text: "tệp {file} dòng 1: cột {column} có hai lần"}
	msgMissing = fault.Msg{Key: "datafile.missing_column", Text: "tệp {file} dòng 1: thiếu cột {column}"}
	msgValue   = fault.Msg{Key: "datafile.value", Text: "tệp {file} dòng {line}, cột {column}: giá trị {value} không đúng; cần {accepted}"}
)

// Row is one line of a file. Its methods read a column by name; the first value
// that has the wrong form is kept and given by File.Err, so that a caller reads
// all columns and checks once per row. Naming a column that Read was not given
// is a defect of the caller and panics.
type Row struct {
	file   *File
	line   int
	values []string
}

// File is a file that was read: its rows in order, the header left out.
type File struct {
	Name    string
	Rows    []Row
	columns map[string]int
	err     error
}

// Read reads a CSV file with exactly the given columns, in any order. A name
// that ends in .gz is unpacked first.
func Read(fsys fs.FS, name string, columns ...string) (*File, error) {
	data, err := load(fsys, name)
	if err != nil {
		return nil, fault.New(fault.Corrupt, msgRead, "file", name).Wrap(err)
	}
	if !utf8.Valid(data) {
		return nil, fault.New(fault.Corrupt, msgUTF8, "file", name)
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = 0
	header, err := r.Read()
	if err != nil {
		return nil, fault.New(fault.Corrupt, msgEmpty, "file", name).Wrap(err)
	}
	f := &File{Name: name}
	if f.columns, err = index(name, header, columns); err != nil {
		return nil, err
	}
	for {
		values, err := r.Read()
		if errors.Is(err, io.EOF) {
			return f, nil
		}
		if err != nil {
			return nil, badLine(name, err)
		}
		line, _ := r.FieldPos(0)
		f.Rows = append(f.Rows, Row{file: f, line: line, values: values})
	}
}

// badLine is the error of a line that is no CSV or has another number of values.
func badLine(name string, err error) error {
	line := 0
	var where *csv.ParseError
	if errors.As(err, &where) {
		line = where.Line
	}
	return fault.New(fault.Corrupt, msgLine, "file", name, "line", strconv.Itoa(line)).Wrap(err)
}

func load(fsys fs.FS, name string) ([]byte, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil || !strings.HasSuffix(name, ".gz") {
		return data, err
	}
	unpack, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(unpack)
}

// index finds the place of every column and refuses any other header.
func index(name string, header, columns []string) (map[string]int, error) {
	at := make(map[string]int, len(header))
	for i, column := range header {
		if !slices.Contains(columns, column) {
			return nil, fault.New(fault.Corrupt, msgUnknown, "file", name, "column", column, "accepted", strings.Join(columns, ", "))
		}
		if _, twice := at[column]; twice {
			return nil, fault.New(fault.Corrupt, msgTwice, "file", name, "column", column)
		}
		at[column] = i
	}
	for _, column := range columns {
		if _, ok := at[column]; !ok {
			return nil, fault.New(fault.Corrupt, msgMissing, "file", name, "column", column)
		}
	}
	return at, nil
}

// Err is the first value of the file that had the wrong form, or nil.
func (f *File) Err() error { return f.err }

// Line is the number of the row in its file, the header being line 1.
func (r Row) Line() int { return r.line }

// Text is the text of a column, possibly empty.
func (r Row) Text(column string) string {
	i, ok := r.file.columns[column]
	if !ok {
		panic("datafile: " + r.file.Name + " was read without column " + column)
	}
	return r.values[i]
}

// Needed is the text of a column that must not be empty.
func (r Row) Needed(column string) string {
	s := r.Text(column)
	if strings.TrimSpace(s) == "" {
		r.Refuse(column, "một giá trị")
	}
	return s
}

// Day is the date of a column (2024-09-01), or empty when the column is empty.
func (r Row) Day(column string, empty day.Day) day.Day {
	s := r.Text(column)
	if s == "" {
		return empty
	}
	d, err := day.Parse(s)
	if err != nil {
		r.Refuse(column, "một ngày như 2024-09-01")
	}
	return d
}

// Int is the whole number of a column, or 0 when the column is empty.
func (r Row) Int(column string) int {
	s := r.Text(column)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		r.Refuse(column, "một số nguyên")
	}
	return n
}

// Hundredths is the number of a column times 100, exactly: "9.9" is 990. More
// than two decimals are refused; an empty column is 0.
func (r Row) Hundredths(column string) int {
	s := r.Text(column)
	if s == "" {
		return 0
	}
	whole, part, _ := strings.Cut(s, ".")
	n, err := strconv.Atoi(whole + (part + "00")[:2])
	if err != nil || len(part) > 2 || n < 0 {
		r.Refuse(column, "một số có nhiều nhất hai chữ số thập phân")
		return 0
	}
	return n
}

// Float is the number of a column, or 0 when the column is empty.
func (r Row) Float(column string) float64 {
	s := r.Text(column)
	if s == "" {
		return 0
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		r.Refuse(column, "một số")
	}
	return x
}

// Refuse records that the value of a column is wrong and says what is accepted.
// Only the first refusal of a file is kept.
func (r Row) Refuse(column, accepted string) {
	if r.file.err != nil {
		return
	}
	r.file.err = fault.New(fault.Corrupt, msgValue, "file", r.file.Name, "line", strconv.Itoa(r.line),
		"column", column, "value", strconv.Quote(r.Text(column)), "accepted", accepted)
}
