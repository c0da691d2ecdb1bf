package dossier

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
)

// Change is one correction: a finding that took the place of another.
type Change struct {
	At         time.Time
	Period     day.Period
	Code       string // of the indicator, in the set asked for where it has one
	Name       string
	Before     string
	After      string
	Provenance law.Provenance
	entry      int64 // journal position of the correction
}

// maxChanges bounds the corrections that a dossier lists.
const maxChanges = 20

// Changes lists the latest corrections of a commune known at a journal position,
// the youngest first, and when anything was recorded last. That a figure was
// verified or confirmed is no correction.
func Changes(ctx context.Context, tx *db.Tx, q Corrections) ([]Change, time.Time, error) {
	dict, err := q.Keys.Keys(ctx, tx)
	if err != nil {
		return nil, time.Time{}, err
	}
	last, err := lastAt(tx, q.Place, q.Known)
	if err != nil {
		return nil, time.Time{}, err
	}
	from, err := readFrom(tx, q.Place, q.Known)
	if err != nil {
		return nil, time.Time{}, err
	}
	for {
		all, err := versions(tx, q.Place, from, q.Known)
		if err != nil {
			return nil, time.Time{}, err
		}
		out := corrections(all, dict, q.Set)
		if from == 0 || len(out) >= maxChanges {
			return out[:min(len(out), maxChanges)], last, nil
		}
		from = 0 // what was recorded lately says too little
	}
}

// corrections are the versions that took the place of another, the youngest
// first.
func corrections(all []version, dict *criteria.Dictionary, set *law.Set) []Change {
	var out []Change
	for i := range all {
		v := &all[i]
		if i == 0 || all[i-1].period != v.period || all[i-1].measure != v.measure || v.checked {
			continue
		}
		ind := indicatorOf(dict.Members(v.measure), set)
		if ind == nil {
			continue
		}
		out = append(out, Change{
			At: v.at, Period: v.period, Code: ind.Code, Name: ind.Name, Provenance: v.datum.Provenance, entry: v.entry,
			Before: said(ind, &all[i-1].datum), After: said(ind, &v.datum),
		})
	}
	slices.SortStableFunc(out, func(x, y Change) int { return cmp.Compare(y.entry, x.entry) })
	return out
}

// Corrections asks for the corrections of a commune.
type Corrections struct {
	Keys  *criteria.Reader
	Set   *law.Set
	Place int32 // key of the commune
	Known int64 // journal position
}

// indicatorOf chooses the indicator that names a quantity: of the set, else of
// the first that measures it.
func indicatorOf(members []criteria.Member, set *law.Set) *law.Indicator {
	for _, m := range members {
		if m.Set == set {
			return m.Set.At(m.Slot)
		}
	}
	if len(members) > 0 {
		return members[0].Set.At(members[0].Slot)
	}
	return nil
}

// bySex writes what was said of men and of women: "nam 90,01 %, nữ 91,05 %".
func bySex(x *law.Extra) string {
	var out []string
	if x.HasMale {
		out = append(out, "nam "+x.Male.Short()+" %")
	}
	if x.HasFemale {
		out = append(out, "nữ "+x.Female.Short()+" %")
	}
	return strings.Join(out, ", ")
}

// said writes a datum: its value, or what was said of it.
func said(ind *law.Indicator, d *law.Datum) string {
	switch d.State {
	case law.Withdrawn:
		return "rút số liệu"
	case law.Absent, law.Faulty:
		return "–"
	}
	text := ind.Format(d)
	if ind.Unit == "%" && text != "" && d.HasValue {
		text += " %"
	}
	if text == "" && d.Extra != nil && d.Extra.Total.Given() {
		text = d.Extra.Total.Num.Vietnamese() + "/" + d.Extra.Total.Den.Vietnamese()
	}
	if text == "" && d.Extra != nil {
		text = bySex(d.Extra)
	}
	if text == "" {
		return "có số liệu"
	}
	return text
}
