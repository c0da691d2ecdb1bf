package review

import (
	"testing"

	"pgregory.net/rapid"

	"giuchuan/internal/law"
)

// Whatever a person reports is reported the same when it is written out as text
// and read again.
func TestAnEntryReadsBackAsItsDatum(t *testing.T) {
	w := newWorld(t)
	set, p := w.set(t, ntm), period(t, "2024-H1")
	rapid.Check(t, func(t *rapid.T) {
		ind := set.At(rapid.IntRange(0, set.Slots()-1).Draw(t, "slot"))
		typed := anyEntry(t, ind, p)
		d, faults := ind.Read(&typed)
		if len(faults) > 0 || !d.Known() {
			return
		}
		again := EntryOf(ind, &d)
		again.Period, again.Provenance = p, d.Provenance.String()
		got, faults := ind.Read(&again)
		if len(faults) > 0 || !sameDatum(&got, &d) {
			t.Fatalf("%s: %+v became %+v (%v, %v)", ind.Code, d, got, again, faults)
		}
	})
	ind := set.At(0)
	if e := EntryOf(ind, &law.Datum{}); e != (law.Entry{}) {
		t.Errorf("nothing is written as %+v", e)
	}
}
