package review

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"giuchuan/internal/law"
)

const wantReport = `{
 "set": "xa-ntm-kieu-mau-2021-2025",
 "date": "2024-12-31",
 "province": "08",
 "warnings": [],
 "communes": [
  {
   "code": "02389",
   "name": "Minh Dân",
   "criteria": {
    "met": 0,
    "unmet": 1,
    "unknown": 0,
    "not_applicable": 0
   },
   "unmet": [
    "KM"
   ],
   "unknown": [],
   "revocation": {
    "certain": "none",
    "possible": "none",
    "unmet_share": 1,
    "core_unmet": []
   },
   "indicators": [
    {
     "code": "KM.1",
     "verdict": "met",
     "value": "đạt",
     "threshold": "đạt",
     "comparator": "==",
     "unit": "Đạt/Chưa đạt",
     "reason": "…",
     "source": {
      "instrument": "319/QĐ-TTg",
      "article": "Quyết định, chỉ tiêu KM.1"
     },
     "verified": false,
     "margin": null
    },
    {
     "code": "KM.2",
     "verdict": "unmet",
     "value": 7.5,
     "threshold": 10,
     "comparator": ">=",
     "unit": "%",
     "reason": "…",
     "source": {
      "instrument": "319/QĐ-TTg",
      "article": "Quyết định, chỉ tiêu KM.2"
     },
     "verified": false,
     "margin": -2.5
    },
    {
     "code": "KM.3",
     "verdict": "met",
     "value": 2,
     "threshold": 1,
     "comparator": ">=",
     "unit": "mô hình",
     "reason": "…",
     "source": {
      "instrument": "319/QĐ-TTg",
      "article": "Quyết định, chỉ tiêu KM.3"
     },
     "verified": false,
     "margin": 1
    },
    {
     "code": "KM.4",
     "verdict": "unknown",
     "value": null,
     "threshold": 1,
     "comparator": ">=",
     "unit": "lĩnh vực",
     "reason": "…",
     "source": {
      "instrument": "319/QĐ-TTg",
      "article": "Quyết định, chỉ tiêu KM.4"
     },
     "verified": false,
     "margin": null
    }
   ]
  }
 ],
 "row_errors": [
  {
   "line": 5,
   "column": "value",
   "message": "…"
  }
 ]
}
`

// TestReportIsExactlyTheAgreedJSON compares every key, their order and the kinds of
// values; sentences are written for people and not compared.
func TestReportIsExactlyTheAgreedJSON(t *testing.T) {
	w := newWorld(t)
	r := w.evaluate(t, kieuMau, "2024-12-31", header+
		"02389,KM.1,2024,đạt,,,,,\n02389,KM.2,2024,\"7,5\",,,,,\n02389,KM.3,2024,2,,,,,\n02389,KM.4,2024,nhiều,,,,,\n")
	if len(r.Warnings) == 0 {
		t.Error("no word about unverified thresholds")
	}
	r.Warnings = []string{}
	for i := range r.Communes[0].Indicators {
		r.Communes[0].Indicators[i].Reason = "…"
	}
	r.RowErrors[0].Message = "…"
	var out bytes.Buffer
	must(t, r.WriteJSON(&out))
	if out.String() != wantReport {
		t.Errorf("got\n%s", out.String())
	}
}

func TestAnEmptyReportHasNoNulls(t *testing.T) {
	w := newWorld(t)
	r := w.evaluate(t, ntm, "2024-12-31", header)
	var out bytes.Buffer
	must(t, r.WriteJSON(&out))
	if strings.Contains(out.String(), "null") || !strings.Contains(out.String(), `"communes": []`) || !strings.Contains(out.String(), `"row_errors": []`) {
		t.Error(out.String())
	}
}

func TestRevocationInTheReport(t *testing.T) {
	w := newWorld(t)
	six := []string{"4.2=10", "8.1=chưa đạt", "9.2=10", "10=20", "15.2=chưa đạt", "17.3=chưa đạt"}
	rows := func(pairs []string) string {
		text := header
		for _, p := range pairs {
			code, value, _ := strings.Cut(p, "=")
			text += "02389," + code + ",2024," + value + ",,,,,\n"
		}
		return text
	}
	tests := []struct {
		name              string
		rows              []string
		certain, possible string
		share             string
		unmet, core       string
	}{
		{"nothing known", []string{"9.2=90"}, "none", "B", "0", "", ""},
		{"6 of 19 with core criteria", six, "A", "B", "0.3158", "4 8 9 10 15 17", "10 17"},
		{"5 of 19", six[:5], "none", "B", "0.2632", "4 8 9 10 15", "10"},
		{
			"10 of 19", append(six, "12.1=0", "3.1=0", "6.1=chưa đạt", "16=0"), "B", "B", "0.5263",
			"3 4 6 8 9 10 12 15 16 17", "10 17",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := w.evaluate(t, ntm, "2024-12-31", rows(tt.rows))
			if len(r.RowErrors) > 0 {
				t.Fatalf("%+v", r.RowErrors)
			}
			c := r.Communes[0]
			share, err := json.Marshal(c.Revocation.UnmetShare)
			must(t, err)
			if c.Revocation.Certain != tt.certain || c.Revocation.Possible != tt.possible || string(share) != tt.share {
				t.Errorf("%+v share %s", c.Revocation, share)
			}
			if strings.Join(c.Unmet, " ") != tt.unmet || strings.Join(c.Revocation.CoreUnmet, " ") != tt.core {
				t.Errorf("unmet %v core %v", c.Unmet, c.Revocation.CoreUnmet)
			}
			n := c.Criteria
			if n.Met+n.Unmet+n.Unknown+n.NotApplicable != 19 || n.Unmet != len(c.Unmet) || n.Unknown != len(c.Unknown) {
				t.Errorf("%+v", n)
			}
		})
	}
}

func TestEveryIndicatorInNumberOrder(t *testing.T) {
	w := newWorld(t)
	r := w.evaluate(t, ntm, "2024-12-31", header+"02395,9.2,2024,90,,,,,\n02389,9.2,2024,90,,,,,\nKhuôn Hà,9.2,2024,90,,,,,\n")
	var codes []string
	for _, c := range r.Communes {
		codes = append(codes, c.Code)
		if len(c.Indicators) != 57 {
			t.Fatalf("%d indicators", len(c.Indicators))
		}
		for i := 1; i < len(c.Indicators); i++ {
			if law.CompareCodes(c.Indicators[i-1].Code, c.Indicators[i].Code) >= 0 {
				t.Errorf("%s before %s", c.Indicators[i-1].Code, c.Indicators[i].Code)
			}
		}
	}
	if strings.Join(codes, " ") != "02251 02389 02395" {
		t.Errorf("communes %v", codes)
	}
}

// TestValuesInTheReport: a number, đạt / chưa đạt, a level's word or null.
func TestValuesInTheReport(t *testing.T) {
	w := newWorld(t)
	tests := []struct {
		set, row, code   string
		value, threshold string
		margin           string
	}{
		{ntm, "02389,9.2,2024,89.78,,,,,", "9.2", "89.78", "75", "14.78"},
		{ntm, "02389,15.3,2024,30,,,,,", "15.3", "30", "24", "-6"},
		{ntm, "02389,15.3,2024,20.5,,,,,", "15.3", "20.5", "24", "3.5"},
		{ntm, "02389,15.2,2024,x,,,,,", "15.2", `"đạt"`, `"đạt"`, "null"},
		{ntm, "02389,15.2,2024,không đạt,,,,,", "15.2", `"chưa đạt"`, `"đạt"`, "null"},
		{ntm, "02389,13.4,2024,không áp dụng,,,,,", "13.4", "null", `"đạt"`, "null"},
		{ntm, "02389,13.4,2018,không áp dụng,,,,,", "13.4", "null", `"đạt"`, "null"},
		{ntm, "02389,9.2,2023-Q1,,,,,,", "9.2", "null", "75", "null"},
		{nangCao, "02389,5.5,2024,tốt,,,,,", "5.5", `"Tốt"`, `"Khá"`, "1"},
	}
	for _, tt := range tests {
		t.Run(tt.code+" "+tt.row, func(t *testing.T) {
			r := w.evaluate(t, tt.set, "2024-12-31", header+tt.row+"\n")
			if len(r.RowErrors) > 0 {
				t.Fatalf("%+v", r.RowErrors)
			}
			got := r.of(t, "02389", tt.code)
			for i, pair := range [][2]any{{got.Value, tt.value}, {got.Threshold, tt.threshold}, {got.Margin, tt.margin}} {
				text, err := json.Marshal(pair[0])
				must(t, err)
				if string(text) != pair[1] {
					t.Errorf("%d: got %s, want %s", i, text, pair[1])
				}
			}
		})
	}
}

func TestWarnings(t *testing.T) {
	w := newWorld(t)
	tests := []struct{ name, date, want string }{
		{"after the set's period", "2026-01-15", "giai đoạn của bộ tiêu chí đã kết thúc ngày 31/12/2025"},
		{"before it is in force", "2021-08-01", "chưa có hiệu lực"},
		{"unverified thresholds", "2024-12-31", "chưa đối chiếu văn bản gốc"},
		{"amendment of unknown content", "2024-12-31", "211/QĐ-TTg"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := w.evaluate(t, ntm, tt.date, header+"Minh Dân,9.2,2021,90,,,,,\n")
			if !strings.Contains(strings.Join(r.Warnings, "\n"), tt.want) {
				t.Errorf("%q", r.Warnings)
			}
		})
	}
}
