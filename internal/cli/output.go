package cli

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

var (
	msgWriteFile = fault.Msg{Key: "cli.write_file", Text: "không ghi được tệp {file}"}
	msgReadFile  = fault.Msg{Key: "cli.read_file", Text: "không đọc được tệp {file}"}
	msgNoFile    = fault.Msg{Key: "cli.no_file", Text: "không có tệp {file}"}
)

// writeTo writes to a file, or to standard output for "". A regular file appears
// whole or not at all and keeps the permissions it had; what a link points to is
// written, not the link, and a device or pipe is written through.
func writeTo(env *Env, file string, write func(io.Writer) error) error {
	if file == "" {
		out := bufio.NewWriter(env.Stdout)
		if err := write(out); err != nil {
			return err
		}
		return out.Flush()
	}
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	mode := fs.FileMode(0o644)
	info, err := os.Stat(file)
	switch {
	case err == nil && !info.Mode().IsRegular():
		err = writeThrough(file, write)
	default:
		if err == nil {
			mode = info.Mode().Perm()
		}
		err = writeWhole(file, mode, write)
	}
	if err == nil {
		return nil
	}
	return fault.New(fault.Unavailable, msgWriteFile, "file", file).Wrap(err)
}

// writeThrough writes to what exists and is no regular file.
func writeThrough(file string, write func(io.Writer) error) error {
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// writeWhole writes beside the file and puts the result in its place.
func writeWhole(file string, mode fs.FileMode, write func(io.Writer) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(file), ".giuchuan-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := errors.Join(write(tmp), tmp.Chmod(mode), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), file)
}

// fileFault says why a file could not be read.
func fileFault(file string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.NotFound, msgNoFile, "file", file)
	}
	return fault.New(fault.Unavailable, msgReadFile, "file", file).Wrap(err)
}

// writeTable writes rows in columns as wide as their widest cell; the last
// column is not padded.
func writeTable(w io.Writer, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
			}
		}
		io.WriteString(w, strings.TrimRight(b.String(), " ")+"\n")
	}
}

// dayFlag is a day on the command line.
type dayFlag struct {
	day.Day
	given bool
}

// UnmarshalText reads 2024-10-01 or 01/10/2024.
func (f *dayFlag) UnmarshalText(text []byte) error {
	d, err := day.Parse(string(text))
	if err != nil {
		return errors.New(fault.Text(err))
	}
	f.Day, f.given = d, true
	return nil
}

// or is the day, or another when none was given.
func (f dayFlag) or(other day.Day) day.Day {
	if f.given {
		return f.Day
	}
	return other
}
