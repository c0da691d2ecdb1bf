package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"

	"pgregory.net/rapid"
)

// anyEntry draws what a person may report of an indicator.
func anyEntry(t *rapid.T, ind *law.Indicator, p day.Period) law.Entry {
	number := rapid.Custom(func(t *rapid.T) string {
		whole := rapid.OneOf(rapid.Int64Range(0, 100), rapid.Int64Range(0, 99_999_999_999)).Draw(t, "whole")
		if frac := rapid.IntRange(0, 9999).Draw(t, "frac"); rapid.Bool().Draw(t, "decimals") {
			return fmt.Sprintf("%d,%04d", whole, frac)
		}
		return fmt.Sprint(whole)
	})
	words := []string{"đạt", "chưa đạt", "không áp dụng"}
	value := rapid.OneOf(rapid.Just(""), number, rapid.SampledFrom(append(slices.Clone(ind.Levels), words...))).Draw(t, "value")
	e := law.Entry{
		Value: value, Period: p,
		Provenance: rapid.SampledFrom(law.ProvenanceWords()).Draw(t, "provenance"),
	}
	if rapid.Bool().Draw(t, "bare") {
		return e
	}
	for _, field := range []*string{
		&e.Male, &e.Female, &e.Share, &e.Numerator, &e.Denominator,
		&e.MaleNumerator, &e.MaleDenominator, &e.FemaleNumerator, &e.FemaleDenominator,
	} {
		if rapid.IntRange(0, 3).Draw(t, "given") == 0 {
			*field = number.Draw(t, "figure")
		}
	}
	if e.Numerator != "" && rapid.Bool().Draw(t, "exact") {
		e.Value, e.Numerator, e.Denominator = "", "1", fmt.Sprint(rapid.IntRange(1, 9999).Draw(t, "den"))
	}
	return e
}

// anyFindings draws sound findings of a commune for one period.
func anyFindings(t *rapid.T, set *law.Set, u *place.Unit, p day.Period) []Finding {
	var out []Finding
	for slot := range set.Slots() {
		for range 4 { // most draws do not fit the kind
			e := anyEntry(t, set.At(slot), p)
			d, faults := set.At(slot).Read(&e)
			if len(faults) > 0 || d.State == law.Absent {
				continue
			}
			note := rapid.OneOf(rapid.Just(""), rapid.StringMatching(`[=+@'-]?[a-zà-ỹ ,;"<&]{0,30}`)).Draw(t, "note")
			out = append(out, Finding{Place: u, Set: set, Slot: slot, Datum: d, Note: vntext.NFC(strings.TrimSpace(note))})
			break
		}
	}
	return out
}

// TestExportThenImportIsIdentity writes random findings of every kind into a
// workbook and reads the same ones back.
func TestExportThenImportIsIdentity(t *testing.T) {
	w := newWorld(t)
	kinds := map[law.Kind]bool{}
	rapid.Check(t, func(t *rapid.T) {
		set, err := w.lib.Set(rapid.SampledFrom([]string{ntm, nangCao, kieuMau}).Draw(t, "set"))
		if err != nil {
			t.Fatal(err)
		}
		p, err := day.ParsePeriod(rapid.SampledFrom([]string{"2024", "2024-H1", "2023-Q4", "2022-07", "2025"}).Draw(t, "period"))
		if err != nil {
			t.Fatal(err)
		}
		u, err := w.places.Resolve("Minh Hương", "08", p.Last(), place.Commune)
		if err != nil {
			u, err = w.places.Resolve("Hàm Yên", "08", p.Last(), place.Commune)
		}
		if err != nil {
			t.Fatal(err)
		}
		sent := anyFindings(t, set, &u, p)
		f := Form{
			Sets: []*law.Set{set}, On: p.Last(), Period: p, Places: w.places, Communes: []place.Unit{u},
			Findings: sent, Filled: true, ByCommune: true,
		}
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		book, err := sheet.Open("phieu.xlsx", data, sheet.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		b, err := Read(book, ReadOptions{Sets: []*law.Set{set}, Places: w.places, Province: "08", Until: day.Forever, Period: p, Strict: true})
		if err != nil || len(b.Errors) > 0 {
			t.Fatalf("%v %+v", err, b.Errors)
		}
		slices.SortFunc(b.Findings, func(a, b Finding) int { return a.Slot - b.Slot })
		if len(b.Findings) != len(sent) {
			t.Fatalf("%d of %d came back", len(b.Findings), len(sent))
		}
		for i := range sent {
			x, y := &sent[i], &b.Findings[i]
			if x.Slot != y.Slot || !sameFinding(x, y) || x.Datum.Period != y.Datum.Period || x.Place.ID != y.Place.ID {
				t.Fatalf("%s: %+v %+v %q became %s: %+v %+v %q", x.Indicator().Code, x.Datum, x.Datum.Extra, x.Note,
					y.Indicator().Code, y.Datum, y.Datum.Extra, y.Note)
			}
			kinds[x.Indicator().Kind] = true
		}
	})
	if len(kinds) != len(law.KindNames) && !testing.Short() {
		t.Errorf("only kinds %v were drawn", kinds)
	}
}

// TestOrderOfRowsNeverMatters shuffles the rows of a file, bad and double ones
// among them, and wants the same standing.
func TestOrderOfRowsNeverMatters(t *testing.T) {
	w := newWorld(t)
	set := w.set(t, kieuMau)
	q := &Question{Library: w.lib, Set: set, On: on(t, "2024-10-01"), Province: "08", Places: w.places}
	verdicts := func(t *rapid.T, rows []string) string {
		book, err := sheet.Open("a.csv", []byte(header+strings.Join(rows, "\n")+"\n"), sheet.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		b, err := readFor(q, book)
		if err != nil {
			t.Fatal(err)
		}
		out := fmt.Sprintf("%d lỗi\n", len(b.Errors))
		for _, c := range Assess(q, b.Communes, b.Findings).Report(nil).Communes {
			out += c.Code + c.Name + "\n"
			for _, ind := range c.Indicators {
				out += fmt.Sprintln(ind.Code, ind.Verdict, ind.Value, ind.Reason)
			}
		}
		return out
	}
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
			draw := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
			return strings.Join([]string{
				draw("commune", "02389", "02395", "02608", "Hồng Sơn", "Na Hang"),
				draw("indicator", "KM.1", "KM.2", "KM.3", "10", "14.1", "5.5", "99"),
				draw("period", "2022", "2023", "2023-H2", "2024-H1", "2024-Q3", "2024", "2025", ""),
				draw("value", "đạt", "chưa đạt", "20", "58", "95", "Khá", "", "-"),
				"", "", "", draw("provenance", "", "verified", "confirmed"), "",
			}, ",")
		}), 1, 25).Draw(t, "rows")
		want := verdicts(t, rows)
		if got := verdicts(t, rapid.Permutation(rows).Draw(t, "order")); got != want {
			t.Fatalf("\n%s\n%s\n%s", strings.Join(rows, "\n"), want, got)
		}
	})
}

// TestOrderOfFindingsNeverMatters does the same for recorded findings.
func TestOrderOfFindingsNeverMatters(t *testing.T) {
	w := newWorld(t)
	set := w.set(t, ntm)
	u := w.commune(t, "02389", "2024-12-31")
	q := &Question{Library: w.lib, Set: set, On: on(t, "2024-12-31"), Province: "08", Places: w.places}
	rapid.Check(t, func(t *rapid.T) {
		var all []Finding
		for _, text := range []string{"2023", "2024-H1", "2024"} {
			p, err := day.ParsePeriod(text)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, anyFindings(t, set, &u, p)...)
		}
		want := Assess(q, []place.Unit{u}, all).Standing.Communes[0]
		got := Assess(q, []place.Unit{u}, rapid.Permutation(all).Draw(t, "order")).Standing.Communes[0]
		if !slices.Equal(got.Indicators, want.Indicators) || !slices.Equal(got.Criteria, want.Criteria) {
			t.Fatal("another order, another standing")
		}
	})
}

// TestExportOfTheRecordImportsAsNoChange records a file, exports what is
// recorded in every layout and imports it again.
func TestExportOfTheRecordImportsAsNoChange(t *testing.T) {
	const head = "commune,set,indicator,period,value,male,female,share,numerator,denominator,male_numerator,male_denominator,female_numerator,female_denominator,provenance,note\n"
	rows := []string{
		"02389,N,9.2,2024,,,,,1234,1300,,,,,field-checked,\"=dòng một, dòng hai\"",
		"02389,N,15.1,2024,,,,,,,1901,2000,1850,2000,declared,",
		"02389,N,17.1,2024,95.5,,,30.25,,,,,,,confirmed,",
		"02395,N,13.4,2024,không áp dụng,,,,,,,,,,verified,chưa có",
		"02395,N,5.n,2024,4,,,,,,,,,,declared,",
		"02395,N,10,2024,45.1234,,,,,,,,,,declared,",
		"02395,C,5.5,2024,khá,,,,,,,,,,declared,",
		"Khuôn Hà,C,14.1,2024,95,94,96,,,,,,,,declared,",
		"Khuôn Hà,C,13.3,2024,đạt,,,,,,,,,,declared,",
	}
	text := strings.NewReplacer(",N,", ","+ntm+",", ",C,", ","+nangCao+",").Replace(head + strings.Join(rows, "\n") + "\n")
	eachEngine(t, func(t *testing.T, w world, s *Service, d *db.DB) {
		s.imported(t, d, "2024", w.batch(t, "2024", openCSV(t, text)).Findings)
		sets := []*law.Set{w.set(t, ntm), w.set(t, nangCao)}
		for name, tt := range map[string]struct {
			tpl  Template
			want int
		}{
			"province":  {Template{}, 9},
			"district":  {Template{District: "Hàm Yên"}, 7},
			"commune":   {Template{Commune: "02389"}, 3},
			"indicator": {Template{Indicator: "15.1"}, 2},
		} {
			tt.tpl.Sets, tt.tpl.Period, tt.tpl.Province, tt.tpl.Filled = sets, period(t, "2024"), "08", true
			p, _ := s.imported(t, d, "2024", w.batch(t, "2024", openXLSX(t, s.workbook(t, d, tt.tpl))).Findings)
			if len(p.Added)+len(p.Changed) > 0 || p.Unchanged != tt.want {
				t.Errorf("%s: %d added, %d changed, %d unchanged", name, len(p.Added), len(p.Changed), p.Unchanged)
			}
		}
	})
}
