package sheet

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"giuchuan/internal/kernel/day"
)

// CSVStyle says how a .csv file is written.
type CSVStyle struct {
	Comma        byte // ',' (also when zero) or ';' or '\t'
	BOM          bool // begin with a byte order mark, so that Excel reads UTF-8
	DecimalComma bool // 89,78 instead of 89.78; needs another Comma than ','
}

// CSVWriter writes records with CRLF line ends.
type CSVWriter struct {
	w       *bufio.Writer
	style   CSVStyle
	started bool
}

// NewCSV starts a .csv file. Numbers are written as they are. A text that a
// spreadsheet program could take for a formula (it begins with = + - @, a tab or
// a carriage return, with or without apostrophes before) gets an apostrophe in
// front, which [Open] takes off again: a text survives export and import
// unchanged, and -5 stays a number when it was one.
func NewCSV(w io.Writer, style CSVStyle) *CSVWriter {
	if style.Comma == 0 {
		style.Comma = ','
	}
	style.DecimalComma = style.DecimalComma && style.Comma != ','
	return &CSVWriter{w: bufio.NewWriter(w), style: style}
}

// Row writes one record.
func (c *CSVWriter) Row(values ...Value) error {
	if !c.started && c.style.BOM {
		if _, err := c.w.Write(bomUTF8); err != nil {
			return fmt.Errorf("write csv: %w", err)
		}
	}
	c.started = true
	for i, v := range values {
		if i > 0 {
			if err := c.w.WriteByte(c.style.Comma); err != nil {
				return fmt.Errorf("write csv: %w", err)
			}
		}
		field, err := c.field(v)
		if err != nil {
			return err
		}
		if len(values) == 1 && field == "" {
			field = `""` // an empty line would not be a record
		}
		if _, err := c.w.WriteString(field); err != nil {
			return fmt.Errorf("write csv: %w", err)
		}
	}
	if _, err := c.w.WriteString("\r\n"); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// field is the text of one value, quoted where needed.
func (c *CSVWriter) field(v Value) (string, error) {
	var text string
	switch v.kind {
	case Number:
		if _, err := exact(v.text); err != nil {
			return "", err
		}
		if text = v.text; c.style.DecimalComma {
			text = strings.Replace(text, ".", ",", 1)
		}
		if v.percent() {
			text += "%"
		}
		return text, nil
	case Date:
		if v.day != day.None && v.day != day.Forever {
			text = v.day.Vietnamese()
		}
		return text, nil
	default:
		text = neutral(strings.ToValidUTF8(v.text, "\uFFFD"))
	}
	if strings.IndexByte(text, c.style.Comma) >= 0 || strings.ContainsAny(text, "\"\r\n,;\t") || strings.TrimSpace(text) != text {
		text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text, nil
}

// Flush writes what is still buffered; call it once at the end.
func (c *CSVWriter) Flush() error {
	if err := c.w.Flush(); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}
