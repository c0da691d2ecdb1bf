package review

import (
	"strings"
	"testing"

	"giuchuan/internal/law"
)

func TestThreeRowsNameEachOtherOnce(t *testing.T) {
	w := newWorld(t)
	r := w.evaluate(t, ntm, "2024-12-31", header+"02389,9.2,2024,90,,,,,\n02389,9.2,2024,91,,,,,\n02389,9.2,2024,190,,,,,\n")
	var twice, bad int
	for _, e := range r.RowErrors {
		if !strings.Contains(e.Message, "có ở 3 dòng") {
			bad++
			continue
		}
		twice++
		for _, line := range []string{"dòng 2", "dòng 3", "dòng 4"} {
			if strings.Count(e.Message, line) != 1 {
				t.Errorf("%d: %q names %s %d times", e.Line, e.Message, line, strings.Count(e.Message, line))
			}
		}
	}
	if twice != 3 || bad != 1 || r.of(t, "02389", "9.2").Verdict != "unknown" {
		t.Errorf("%+v", r.RowErrors)
	}
}

// known reads a file for one set; the other sets of the library are known.
func (w world) known(t *testing.T, set, text string) (*Batch, *Report) {
	t.Helper()
	q := w.question(t, set, "2024-12-31")
	b, err := Read(openCSV(t, text), ReadOptions{
		Sets: append([]*law.Set{q.Set}, w.lib.Base(q.Set)...), Known: w.lib.Sets, Places: w.places, Province: "08", Until: q.On,
	})
	must(t, err)
	return b, Assess(q, b.Communes, b.Findings).Report(b.Errors)
}

func TestRowsOfAnotherKnownSet(t *testing.T) {
	w := newWorld(t)
	const head = "commune,set,indicator,period,value\n"
	b, r := w.known(t, ntm, head+
		"02389,"+ntm+",4.2,2024,99\n"+
		"02389,"+nangCao+",14.2,2024,90\n"+ // not shared: left out
		"02389,"+nangCao+",14.3,2024,\n"+ // nothing reported
		"02389,"+nangCao+",99.9,2024,không rõ\n"+ // not looked at
		"02251,"+kieuMau+",KM.3,2024,1\n"+
		"02389,"+nangCao+",10,2024,60\n") // shared: income
	if len(r.RowErrors) > 0 || b.OtherSets[nangCao] != 2 || b.OtherSets[kieuMau] != 1 || len(b.OtherSets) != 2 {
		t.Errorf("%+v %v", r.RowErrors, b.OtherSets)
	}
	if got := r.of(t, "02389", "10"); got.Verdict != "met" || got.Value != 60*law.One {
		t.Errorf("the shared quantity: %+v", got)
	}
	if r.of(t, "02389", "4.2").Verdict != "met" || len(r.Communes) != 2 {
		t.Errorf("%d communes", len(r.Communes))
	}
	if text := strings.Join(b.Warnings(), "\n"); !strings.Contains(text, "bỏ qua 2 dòng của bộ tiêu chí "+nangCao) {
		t.Errorf("%q", text)
	}
}

func TestRowsOfASetThatDoesNotExistAreErrors(t *testing.T) {
	w := newWorld(t)
	b, r := w.known(t, ntm, "commune,set,indicator,period,value\n02389,xa-ntm-1999,4.2,2024,99\n")
	if len(r.RowErrors) != 1 || r.RowErrors[0].Column != "set" || len(b.OtherSets) > 0 {
		t.Errorf("%+v %v", r.RowErrors, b.OtherSets)
	}
}

func TestASharedQuantityOfTwoSetsMustAgree(t *testing.T) {
	w := newWorld(t)
	const head = "commune,set,indicator,period,value\n"
	_, r := w.known(t, ntm, head+"02389,"+ntm+",10,2024,60\n02389,"+nangCao+",10,2024,60\n")
	if len(r.RowErrors) > 0 || r.of(t, "02389", "10").Verdict != "met" {
		t.Errorf("equal rows: %+v", r.RowErrors)
	}
	_, r = w.known(t, ntm, head+"02389,"+ntm+",10,2024,60\n02389,"+nangCao+",10,2024,61\n")
	if len(r.RowErrors) != 2 || !strings.Contains(r.RowErrors[0].Message, "dòng 2 và dòng 3") || r.of(t, "02389", "10").Verdict != "unknown" {
		t.Errorf("unequal rows: %+v", r.RowErrors)
	}
}
