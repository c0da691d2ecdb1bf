package evidence

import (
	"context"
	"slices"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
)

// Lack is an indicator that wants kinds of evidence nothing stands for.
type Lack struct {
	Slot  int      // of the set
	Kinds []string // as the set writes them
	Files int      // files that are there, whatever they stand for
}

// Missing lists the indicators of a set whose required kinds of evidence are
// not all there for a commune and period, in the order of the set.
func (s *Service) Missing(ctx context.Context, tx *db.Tx, set *law.Set, of Subject) ([]Lack, error) {
	keys, err := criteria.Keys(ctx, tx, s.o.Law)
	if err != nil {
		return nil, err
	}
	files, err := itemsIn(tx, of.Place, of.Period)
	if err != nil {
		return nil, err
	}
	have := map[int32][]string{}
	for _, f := range files {
		if f.Subject.IsCell() {
			have[f.Subject.Measure] = append(have[f.Subject.Measure], f.Serves)
		}
	}
	return lacking(set, keys.Slots(set), have), nil
}

// lacking compares what indicators want with what stands behind their measures.
func lacking(set *law.Set, measures []int32, have map[int32][]string) []Lack {
	var out []Lack
	for slot := range measures {
		ind := set.At(slot)
		if kinds := Wanting(ind, have[measures[slot]]); len(kinds) > 0 {
			out = append(out, Lack{Slot: slot, Kinds: kinds, Files: len(have[measures[slot]])})
		}
	}
	return out
}

// Wanting lists the required kinds of an indicator that no file serves. An
// indicator that takes no files wants none.
func Wanting(ind *law.Indicator, served []string) []string {
	if ind.NoFiles {
		return nil
	}
	var out []string
	for _, kind := range ind.Evidence {
		if !slices.Contains(served, kind) {
			out = append(out, kind)
		}
	}
	return out
}
