package worksheet

import (
	"context"
	"sync"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/overview"
)

// Board is what a worksheet is made of; view/board has it.
type Board interface {
	Assess(ctx context.Context, set *law.Set, on day.Day) (*review.Assessment, error)
	Dictionary() *criteria.Dictionary
	ReportsOf(placeKey int32, p day.Period, measures ...int32) []board.Reports
	Sheet(placeKey int32, p day.Period) (board.Sheet, bool)
}

// Evidence counts the files behind the quantities of a commune in a period.
type Evidence interface {
	// Counts gives the number of files by key of a quantity.
	Counts(placeKey, period int32) map[int32]int
}

// Reader makes worksheets.
type Reader struct {
	Board    Board
	Law      *law.Library
	Places   *place.Register
	Evidence Evidence // nil = no line is held back for want of evidence

	mu    sync.Mutex // guards what follows
	dict  *criteria.Dictionary
	lines map[string][]round.Line // of some sets; made once a dictionary
}

// Sheet is the worksheet of one commune.
type Sheet struct {
	Unit     place.Unit
	Round    *board.Round
	On       day.Day // the day its verdicts are of: the period's last, or the commune's
	Sets     []*law.Set
	Judged   []*review.Assessment // beside Sets
	Criteria []Criterion
	Counts   Counts
	rows     []int // of the commune in Judged
	lines    []Line
}

// Criterion is one criterion of a sheet, of the first set that has it.
type Criterion struct {
	Set   *law.Set
	Index int
	Lines []Line
}

// Law is the criterion in its set.
func (c *Criterion) Law() *law.Criterion { return &c.Set.Criteria[c.Index] }

// Line is one indicator that is entered.
type Line struct {
	round.Line
	Parts []Part        // the indicator itself, then its parts
	Need  round.Need    // why the round asks for it
	Has   bool          // something of it was reported in the period
	State round.State   // how far it is; of several quantities the one that is least far
	Row   round.Row     // of the indicator's own quantity, or of the part that was touched last
	Files int           // files behind it
	Now   law.Outcome   // verdict on the line's set
	Why   []Exceptional // what a reviewer has to look at; none = may be taken with others
}

// Part is one quantity of a line.
type Part struct {
	Slot    int
	Measure int32
	Row     round.Row
	Now     *law.Datum // reported in the period, nil = not yet
	Last    *law.Datum // reported before it, nil = never
}

// Counts are the lines of a sheet or criterion by what is to be done.
type Counts struct {
	Lines    int
	Asked    int    // the round asks for
	Missing  int    // of those, nothing reported yet
	Entered  int    // reported in the period by the commune
	Carried  int    // kept from an earlier period
	Supplied int    // by another office
	ByState  [5]int // lines with something reported, by round.State
	Back     int    // returned and not mended
	Question int    // questioned, waiting for an answer
}

// Add adds the counts of another part.
func (c *Counts) Add(o Counts) {
	c.Lines, c.Asked, c.Missing = c.Lines+o.Lines, c.Asked+o.Asked, c.Missing+o.Missing
	c.Entered, c.Carried, c.Supplied = c.Entered+o.Entered, c.Carried+o.Carried, c.Supplied+o.Supplied
	c.Back, c.Question = c.Back+o.Back, c.Question+o.Question
	for i := range c.ByState {
		c.ByState[i] += o.ByState[i]
	}
}

// Reported is how many lines have something reported in the period.
func (c *Counts) Reported() int {
	n := 0
	for _, k := range c.ByState {
		n += k
	}
	return n
}

// Unsent is how many lines with something reported wait to be sent.
func (c *Counts) Unsent() int { return c.ByState[round.Draft] + c.ByState[round.Returned] }

// Sent tells whether everything the round asks for was sent.
func (c *Counts) Sent() bool { return c.Missing == 0 && c.Unsent() == 0 && c.Reported() > 0 }

var (
	msgNoSheet = fault.Msg{Key: "worksheet.none", Text: "{name} không có phiếu rà soát kỳ {period}; Văn phòng Điều phối nông thôn mới chưa mở đợt rà soát của kỳ này cho xã"}
	msgNoXa    = fault.Msg{Key: "worksheet.not_judged", Text: "{name} không được đánh giá vào ngày {day}"}
)

// Sheet makes the worksheet of a commune for a period.
func (r *Reader) Sheet(ctx context.Context, unit *place.Unit, p day.Period) (*Sheet, error) {
	return r.make(ctx, unit, p, nil)
}

// Part makes only the lines of one criterion of a worksheet; it has no line
// where the sheet has no such criterion.
func (r *Reader) Part(ctx context.Context, unit *place.Unit, p day.Period, set *law.Set, criterion int) (*Sheet, error) {
	return r.make(ctx, unit, p, func(l *round.Line) bool { return l.Set == set && l.Indicator().Criterion == criterion })
}

// make makes the lines that want names; nil = all.
func (r *Reader) make(ctx context.Context, unit *place.Unit, p day.Period, want func(*round.Line) bool) (*Sheet, error) {
	s, ok := r.Board.Sheet(unit.Key, p)
	if !ok {
		return nil, fault.New(fault.NotFound, msgNoSheet, "name", unit.FullName, "period", p.Vietnamese())
	}
	out := &Sheet{Unit: *unit, Round: s.Round, On: min(p.Last(), unit.Ended), Sets: round.Sets(r.Law, s.Sets)}
	for _, set := range out.Sets {
		a, err := r.Board.Assess(ctx, set, out.On)
		if err != nil {
			return nil, err
		}
		row := rowOf(a, unit.ID)
		if row < 0 {
			return nil, fault.New(fault.NotFound, msgNoXa, "name", unit.FullName, "day", out.On.Vietnamese())
		}
		out.Judged, out.rows = append(out.Judged, a), append(out.rows, row)
	}
	lines, measures := r.linesOf(out.Sets), []int32(nil)
	if want != nil {
		lines = filter(lines, want)
		for i := range lines {
			measures = append(measures, lines[i].Measures...)
		}
	}
	m := maker{sheet: out, acts: s.Rows, reports: r.Board.ReportsOf(unit.Key, p, measures...)}
	if r.Evidence != nil {
		m.files = r.Evidence.Counts(unit.Key, p.Code())
		if m.files == nil {
			m.files = map[int32]int{}
		}
	}
	m.reserve(lines)
	for i := range lines {
		m.add(&lines[i])
	}
	return out, nil
}

func filter(lines []round.Line, want func(*round.Line) bool) (out []round.Line) {
	for i := range lines {
		if want(&lines[i]) {
			out = append(out, lines[i])
		}
	}
	return out
}

// linesOf lists the indicators of some sets; the list must not be changed.
func (r *Reader) linesOf(sets []*law.Set) []round.Line {
	key := ""
	for _, s := range sets {
		key += s.ID + " "
	}
	dict := r.Board.Dictionary()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.dict != dict || r.lines == nil {
		r.dict, r.lines = dict, map[string][]round.Line{}
	}
	lines, ok := r.lines[key]
	if !ok {
		lines = round.Lines(dict, sets)
		r.lines[key] = lines
	}
	return lines
}

func rowOf(a *review.Assessment, id string) int {
	for i := range a.Units {
		if a.Units[i].ID == id {
			return i
		}
	}
	return -1
}

// Explain builds the trace of a slot of the sheet on one of its sets.
func (s *Sheet) Explain(set *law.Set, slot int) law.Trace {
	for i := range s.Sets {
		if s.Sets[i] == set {
			return s.Judged[i].Explain(s.rows[i], slot)
		}
	}
	return law.Trace{}
}

// Verdict is the verdict of a criterion of the sheet.
func (s *Sheet) Verdict(c *Criterion) law.Verdict {
	for i := range s.Sets {
		if s.Sets[i] == c.Set {
			return s.Judged[i].Standing.Communes[s.rows[i]].Criteria[c.Index]
		}
	}
	return law.Unknown
}

// Mark is the threshold of a slot of the sheet on one of its sets.
func (s *Sheet) Mark(set *law.Set, slot int) *law.Mark {
	for i := range s.Sets {
		if s.Sets[i] == set {
			return &s.Judged[i].Standing.Communes[s.rows[i]].Yardstick.Marks[slot]
		}
	}
	return nil
}

// Unverified tells whether a slot has a threshold that nobody compared with the
// original text.
func (s *Sheet) Unverified(set *law.Set, slot int) bool {
	for i := range s.Sets {
		if s.Sets[i] == set {
			known, verified := s.Judged[i].Standing.Communes[s.rows[i]].Yardstick.Verified(slot)
			return known && !verified
		}
	}
	return false
}

// Standing is the verdicts of the sheet's commune on one of its sets, nil for
// another set.
func (s *Sheet) Standing(set *law.Set) *law.CommuneStanding {
	for i := range s.Sets {
		if s.Sets[i] == set {
			return &s.Judged[i].Standing.Communes[s.rows[i]]
		}
	}
	return nil
}

// Trust is how far what the verdict of a criterion of a set rests on was
// checked.
func (s *Sheet) Trust(set *law.Set, criterion int) overview.Trust {
	for i := range s.Sets {
		if s.Sets[i] == set {
			return overview.TrustOf(s.Judged[i], s.rows[i], criterion)
		}
	}
	return overview.NoData
}

// Find gives the criterion and the line of an indicator or part by its set and
// code.
func (s *Sheet) Find(setID, code string) (*Criterion, *Line) {
	for i := range s.Criteria {
		c := &s.Criteria[i]
		for j := range c.Lines {
			l := &c.Lines[j]
			for _, p := range l.Parts {
				if c.Set.ID == setID && c.Set.At(p.Slot).Code == code {
					return c, l
				}
			}
		}
	}
	return nil, nil
}

// Criterion finds a criterion by its set and code.
func (s *Sheet) Criterion(setID, code string) *Criterion {
	for i := range s.Criteria {
		if c := &s.Criteria[i]; c.Set.ID == setID && c.Law().Code == code {
			return c
		}
	}
	return nil
}

// Counts are the counts of a criterion.
func (c *Criterion) Counts() Counts {
	var out Counts
	for i := range c.Lines {
		out.Add(c.Lines[i].counts())
	}
	return out
}
