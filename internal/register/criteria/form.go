package criteria

import (
	"bytes"
	"encoding/csv"
	"strings"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"
)

// ReadForm reads one decision that was typed, by the rules for a row of a file
// ([ReadRecords]): values by the names of [Columns]. A fault's Field is the name
// of the column. A value and a sub-share give a record each.
func ReadForm(values map[string]string, lib *law.Library, places *place.Register, province string) ([]Record, []*fault.Error) {
	var head, row []string
	for _, c := range Columns() {
		head, row = append(head, c.Name), append(row, values[c.Name])
	}
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	err := w.WriteAll([][]string{head, row})
	if err != nil {
		return nil, rowsOf(err)
	}
	book, err := sheet.Open("bieu-mau.csv", text.Bytes(), sheet.DefaultLimits())
	if err != nil {
		return nil, rowsOf(err)
	}
	records, faults := ReadRecords(book, lib, places, province)
	for i, f := range faults {
		_, column, _ := strings.Cut(f.Field, "cột ")
		faults[i] = f.At(column)
	}
	for i := range records {
		records[i].Where = "value"
		if records[i].Sub {
			records[i].Where = "share"
		}
	}
	return records, faults
}
