package review

import (
	"context"
	"encoding/json"
	"iter"
	"math"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

var (
	msgFaulty = fault.Msg{Key: "review.faulty_finding", Text: "xã {name}, chỉ tiêu {code}: dòng có lỗi nên không ghi nhận dòng nào của tệp"}
	msgTwice  = fault.Msg{Key: "review.finding_twice", Text: "xã {name}, chỉ tiêu {code} có hai kết quả khác nhau trong một lần nhập"}
)

// Service keeps findings.
type Service struct {
	lib    *law.Library
	places *place.Register
	titles Titles
	local  Decisions
	keys   *criteria.Reader
}

// Decisions gives what the province adds to a set, as known at a journal
// position; register/criteria has it.
type Decisions interface {
	Decisions(ctx context.Context, tx *db.Tx, setID string, known int64) (*law.Decisions, error)
}

// New makes the service.
func New(lib *law.Library, places *place.Register, titles Titles, local Decisions) *Service {
	return &Service{lib: lib, places: places, titles: titles, local: local, keys: criteria.NewReader(lib)}
}

// Import is the command that records the findings of one file.
type Import struct {
	File     string
	SHA256   string // of the file, hexadecimal
	Period   day.Period
	Findings []Finding
}

// Change says what an import does to one finding.
type Change struct {
	Finding *Finding
	Before  *law.Datum // what was recorded, nil for a new one
}

// Plan is what an import would do.
type Plan struct {
	Added, Changed []Change
	Unchanged      int // quantities; one that several sets share counts once
	records        []record
}

// Writes reports whether the import would write anything.
func (p *Plan) Writes() bool { return len(p.Added)+len(p.Changed) > 0 }

// Command is the journal's view of an import: file, period and what it covers.
func (c *Import) Command(actor string) (db.Command, error) {
	sets, communes := map[string]bool{}, map[string]bool{}
	for i := range c.Findings {
		sets[c.Findings[i].Set.ID] = true
		communes[c.Findings[i].Place.ID] = true
	}
	body, err := json.Marshal(map[string]any{
		"file": c.File, "sha256": c.SHA256, "period": c.Period.String(), "findings": len(c.Findings),
	})
	scope, err2 := json.Marshal(map[string]any{"sets": sorted(sets), "period": c.Period.String(), "places": sorted(communes)})
	if err == nil {
		err = err2
	}
	return db.Command{Actor: actor, Name: "review.import", Scope: string(scope), Body: body}, err
}

func sorted(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for s := range set {
		list = append(list, s)
	}
	slices.Sort(list)
	return list
}

// Plan compares an import with what is recorded and writes nothing.
func (s *Service) Plan(ctx context.Context, tx *db.Tx, cmd *Import) (*Plan, error) {
	dict, err := s.keys.Keys(ctx, tx)
	if err != nil {
		return nil, err
	}
	if err := cmd.check(); err != nil {
		return nil, err
	}
	stored, err := findingsOf(tx, placeKeys(cmd.Findings), cmd.onlyPeriod(), math.MaxInt64)
	if err != nil {
		return nil, err
	}
	before := make(map[cell]*record, len(stored))
	for i := range stored {
		before[stored[i].cell()] = &stored[i]
	}
	plan := &Plan{}
	first := make(map[cell]int, len(cmd.Findings))
	for i := range cmd.Findings {
		f := &cmd.Findings[i]
		r := record{place: f.Place.Key, period: f.Datum.Period.Code(), measure: dict.Slots(f.Set)[f.Slot], datum: f.Datum, note: f.Note}
		if j, twice := first[r.cell()]; twice { // a quantity that two sets share
			if !sameFinding(f, &cmd.Findings[j]) {
				return nil, fault.New(fault.Conflict, msgTwice, "name", f.Place.Name, "code", f.Indicator().Code)
			}
			continue
		}
		first[r.cell()] = i
		old := before[r.cell()]
		switch {
		case old == nil || !old.datum.Known():
			plan.Added = append(plan.Added, Change{Finding: f})
		case sameDatum(&old.datum, &r.datum) && old.note == r.note:
			plan.Unchanged++
			continue
		default:
			plan.Changed = append(plan.Changed, Change{Finding: f, Before: &old.datum})
		}
		plan.records = append(plan.records, r)
	}
	slices.SortFunc(plan.records, func(a, b record) int { return compareCells(a.cell(), b.cell()) })
	return plan, nil
}

// check refuses findings that cannot be recorded: a file is imported whole or
// not at all.
func (c *Import) check() error {
	for i := range c.Findings {
		if f := &c.Findings[i]; !f.Datum.Known() || f.Datum.State == law.Faulty || !f.Datum.Period.Valid() {
			return fault.New(fault.Invalid, msgFaulty, "name", f.Place.Name, "code", f.Indicator().Code)
		}
	}
	return nil
}

// onlyPeriod is the code of the period of all findings, or 0 when they differ.
func (c *Import) onlyPeriod() int32 {
	for i := range c.Findings {
		if c.Findings[i].Datum.Period != c.Findings[0].Datum.Period {
			return 0
		}
	}
	if len(c.Findings) == 0 {
		return c.Period.Code()
	}
	return c.Findings[0].Datum.Period.Code()
}

// Import records the findings that are new or changed; the same file twice adds
// nothing. It gives what it did.
func (s *Service) Import(ctx context.Context, tx *db.Tx, cmd *Import) (*Plan, error) {
	plan, err := s.Plan(ctx, tx, cmd)
	if err != nil {
		return nil, err
	}
	return plan, store(tx, plan.records)
}

// store appends records, which are in key order.
func store(tx *db.Tx, records []record) error {
	if _, err := tx.InsertSorted(&findingTable, rowsOf(records, nil, (*record).findingRow)); err != nil {
		return err
	}
	_, err := tx.InsertSorted(&detailTable, rowsOf(records, (*record).hasDetail, (*record).detailRow))
	return err
}

func rowsOf(records []record, keep func(*record) bool, row func(*record) []any) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for i := range records {
			if keep != nil && !keep(&records[i]) {
				continue
			}
			if !yield(row(&records[i])) {
				return
			}
		}
	}
}

// sameDatum compares what was reported; the period is part of the key.
func sameDatum(a, b *law.Datum) bool {
	if a.State != b.State || a.Provenance != b.Provenance || a.HasValue != b.HasValue || a.Value != b.Value {
		return false
	}
	var x, y law.Extra
	if a.Extra != nil {
		x = *a.Extra
	}
	if b.Extra != nil {
		y = *b.Extra
	}
	return x == y
}

func compareCells(a, b cell) int {
	for _, d := range [3]int64{int64(a.place) - int64(b.place), int64(a.period) - int64(b.period), int64(a.measure) - int64(b.measure)} {
		if d != 0 {
			return int(d)
		}
	}
	return 0
}

func placeKeys(findings []Finding) []int32 {
	keys := make([]int32, 0, 128)
	for i := range findings {
		keys = append(keys, findings[i].Place.Key)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
