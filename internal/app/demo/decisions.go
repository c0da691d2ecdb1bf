package demo

import (
	"io"

	"giuchuan/internal/platform/sheet"
)

// decision is one generated value of the province.
type decision struct{ set, indicator, value, share, year string }

// decisions make the delegated indicators judgeable in the demonstration.
var decisions = []decision{
	{"xa-ntm-2021-2025", "2.1", "80", "", ""},
	{"xa-ntm-2021-2025", "2.2", "70", "", ""},
	{"xa-ntm-2021-2025", "2.3", "85", "", ""},
	{"xa-ntm-2021-2025", "2.4", "50", "", ""},
	{"xa-ntm-2021-2025", "17.1", "35", "12", "2024"},
	{"xa-ntm-2021-2025", "17.1", "37", "14", "2025"},
	{"xa-ntm-nang-cao-2021-2025", "2.2", "90", "", ""},
	{"xa-ntm-nang-cao-2021-2025", "2.3", "80", "", ""},
	{"xa-ntm-nang-cao-2021-2025", "2.4", "70", "", ""},
	{"xa-ntm-nang-cao-2021-2025", "3.3", "20", "", ""},
	{"xa-ntm-nang-cao-2021-2025", "6.3", "50", "", ""},
	{"xa-ntm-nang-cao-2021-2025", "12.3", "60", "", ""},
	{"xa-ntm-nang-cao-2021-2025", "18.1", "40", "", ""},
}

// WriteDecisions writes the generated province decisions as a .csv file.
func WriteDecisions(w io.Writer) error {
	out := sheet.NewCSV(w, sheet.CSVStyle{BOM: true})
	row := func(cells ...string) error {
		values := make([]sheet.Value, len(cells))
		for i, c := range cells {
			values[i] = sheet.PutText(c)
		}
		return out.Row(values...)
	}
	err := row("set", "indicator", "value", "share", "area", "year", "from", "until", "decision", "decided_on", "article", "file", "note")
	for _, d := range decisions {
		if err != nil {
			return err
		}
		err = row(d.set, d.indicator, d.value, d.share, "", d.year, "2022-07-01", "2025-12-31", "00/QĐ-UBND (minh họa)", "2022-06-30",
			"Phụ lục, chỉ tiêu "+d.indicator, "", "số liệu minh họa")
	}
	if err != nil {
		return err
	}
	return out.Flush()
}
