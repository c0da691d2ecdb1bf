package sheet

import (
	"math"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

// Value is a cell to be written: what it holds and how it looks. Make one with
// a Put function and refine it: PutNumber("89.78").Input().Noted("…").
type Value struct {
	kind   Kind
	text   string // text, or the exact decimal text of a number
	day    day.Day
	look   look
	format string // number format of the .xlsx cell; empty is General
	note   string
	check  Check
}

// look is the appearance of a cell.
type look uint8

const (
	lookPlain look = iota
	lookCell       // a plain cell below the header
	lookBold
	lookInput
	lookHead
	lookTitle
	lookBanner
)

// formatText is the number format that keeps what a person types as text, so
// that 17.10 stays 17.10.
const formatText = "@"

// PutText writes text. Whatever it begins with, no program takes it for a
// formula: in an .xlsx it is a text cell, in a .csv see [NewCSV].
func PutText(s string) Value { return Value{kind: Text, text: s} }

// PutCode writes a code such as 17.10 as text, in a cell that stays text when a
// person types over it.
func PutCode(s string) Value { return Value{kind: Text, text: s, format: formatText} }

// PutNumber writes a number from its decimal text, "-1234.5": a dot, no
// exponent, at most 15 significant digits, which is what a spreadsheet can
// hold. Writing anything else is an error.
func PutNumber(decimal string) Value { return Value{kind: Number, text: decimal} }

// PutInt writes a whole number.
func PutInt(n int64) Value { return PutNumber(strconv.FormatInt(n, 10)) }

// PutPercent writes a percentage from its decimal text: "89.5" shows as 89,5%.
// In a .csv it is written 89.5%.
func PutPercent(decimal string) Value {
	return Value{kind: Number, text: decimal, format: "0.####%"}
}

// PutDate writes a day, shown dd/mm/yyyy; day.None and day.Forever leave the
// cell empty.
func PutDate(d day.Day) Value { return Value{kind: Date, day: d, format: "dd/mm/yyyy"} }

// PutBlank leaves the cell empty; use it for inputs still to be filled.
func PutBlank() Value { return Value{} }

// Input makes the cell one that people fill: unlocked, on a light ground.
func (v Value) Input() Value { v.look = lookInput; return v }

// Bold sets the cell in bold.
func (v Value) Bold() Value { v.look = lookBold; return v }

// Head makes the cell look like a column header.
func (v Value) Head() Value { v.look = lookHead; return v }

// Noted puts a note beside the cell, shown when the pointer rests on it.
func (v Value) Noted(note string) Value { v.note = note; return v }

// Checked makes the program refuse what the check does not accept.
func (v Value) Checked(c Check) Value { v.check = c; return v }

// Shown gives a number another number format, "#,##0" or "0.00".
func (v Value) Shown(format string) Value { v.format = format; return v }

// percent reports whether the value is shown with %.
func (v Value) percent() bool { return v.kind == Number && strings.Contains(v.format, "%") }

// Check is what a cell accepts from a person who fills it. The zero Check
// accepts anything. It is a value; equal checks are written once.
type Check struct {
	kind     checkKind
	items    string // of a list, one a line
	min, max float64
	percent  bool // min and max are percentages, the cell keeps hundredths
	help     string
}

type checkKind uint8

const (
	checkNone checkKind = iota
	checkList
	checkDecimal
	checkWhole
)

// Choice accepts one of the items and shows them as a drop-down.
func Choice(items ...string) Check {
	kept := make([]string, 0, len(items))
	for _, item := range items {
		if item = strings.Join(strings.Fields(item), " "); item != "" {
			kept = append(kept, item)
		}
	}
	return Check{kind: checkList, items: strings.Join(kept, "\n")}
}

// DecimalBetween accepts a number from min to max; on a cell shown with % these
// are percentages.
func DecimalBetween(min, max float64) Check { return Check{kind: checkDecimal, min: min, max: max} }

// WholeBetween accepts a whole number from min to max.
func WholeBetween(min, max int) Check {
	return Check{kind: checkWhole, min: float64(min), max: float64(max)}
}

// Helped shows a sentence while the cell is selected.
func (c Check) Helped(sentence string) Check { c.help = sentence; return c }

// accepted says what the check accepts, for the program's error message.
func (c Check) accepted() string {
	switch c.kind {
	case checkList:
		return "Chọn một trong: " + strings.ReplaceAll(c.items, "\n", ", ")
	case checkDecimal:
		if c.percent {
			return "Nhập tỷ lệ từ " + shortNumber(c.min) + "% đến " + shortNumber(c.max) + "%"
		}
	case checkWhole:
		return "Nhập số nguyên từ " + shortNumber(c.min) + " đến " + shortNumber(c.max)
	}
	return "Nhập số từ " + shortNumber(c.min) + " đến " + shortNumber(c.max)
}

// bounds are min and max as the cell keeps them.
func (c Check) bounds() (low, high float64) {
	if c.percent {
		return c.min / 100, c.max / 100
	}
	return c.min, c.max
}

// shortNumber writes a bound the Vietnamese way, with a comma.
func shortNumber(f float64) string {
	return strings.Replace(strconv.FormatFloat(f, 'f', -1, 64), ".", ",", 1)
}

var msgNumber = fault.Msg{Key: "sheet.write_number", Text: "không ghi được số “{text}” vào bảng tính"}

// exact reads a decimal text that a spreadsheet can hold exactly enough to show
// it again: at most 15 significant digits.
func exact(text string) (float64, error) {
	digits := strings.TrimPrefix(text, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if !allDigits(whole) || point && !allDigits(fraction) || len(digits) > 40 {
		return 0, fault.New(fault.Internal, msgNumber, "text", fault.Clip(text))
	}
	significant := strings.TrimLeft(whole+fraction, "0")
	if point {
		significant = strings.TrimRight(significant, "0")
	}
	if len(significant) > 15 {
		return 0, fault.New(fault.Internal, msgNumber, "text", fault.Clip(text))
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(f, 0) {
		return 0, fault.New(fault.Internal, msgNumber, "text", fault.Clip(text))
	}
	return f, nil
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
