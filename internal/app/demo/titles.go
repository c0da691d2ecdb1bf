package demo

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"slices"

	"giuchuan/internal/law"
)

// batchDay marks the titles of the batch of 14 August 2024.
const batchDay = "2024-08-14"

// Titles gives the titles known from public news as two .csv files: those
// before the batch of 14 August 2024, and that batch. They are partial.
func Titles(fsys fs.FS) (before, batch []byte, err error) {
	f, err := fsys.Open("news/ntm-recognition-partial.csv")
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, nil, err
	}
	reported := 0
	for i, name := range rows[0] {
		if name == "reported_on" {
			reported = i
		}
	}
	var out [2]bytes.Buffer
	writers := [2]*csv.Writer{csv.NewWriter(&out[0]), csv.NewWriter(&out[1])}
	for i, row := range rows {
		switch {
		case i == 0:
			err = writers[0].Write(row)
			if err == nil {
				err = writers[1].Write(row)
			}
		case row[reported] == batchDay:
			err = writers[1].Write(row)
		default:
			err = writers[0].Write(row)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	for _, w := range writers {
		w.Flush()
		if err := w.Error(); err != nil {
			return nil, nil, err
		}
	}
	return out[0].Bytes(), out[1].Bytes(), nil
}

// FieldCheck is the re-check of September 2024 as a .csv file: Tân Thành
// reported 92 % of its waste collected, the field found 71 %.
func FieldCheck() []byte {
	return []byte("commune,set,indicator,period,value,provenance,note\r\n" +
		"02401,xa-ntm-2021-2025,17.6," + Period.String() + ",71,field-checked,số liệu minh họa: phúc tra ngày 19/9/2024\r\n")
}

// Levels gives the highest title that each code of 2024 ends with in the news.
func Levels(fsys fs.FS) (map[string]law.Title, error) {
	before, batch, err := Titles(fsys)
	if err != nil {
		return nil, err
	}
	out := map[string]law.Title{}
	for _, data := range [][]byte{before, batch} {
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			return nil, err
		}
		for _, row := range rows[1:] {
			basis := row[4]
			if basis != "recognised" && basis != "inferred" {
				continue
			}
			for i, t := range law.Titles {
				if row[3] == t.Vietnamese() && i >= slices.Index(law.Titles[:], out[row[0]]) {
					out[row[0]] = t
				}
			}
		}
	}
	return out, nil
}
