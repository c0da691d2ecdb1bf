package criteria

import (
	"strconv"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
)

// Record is one value of a province decision as it is kept: what the law needs
// of it, and where it came from.
type Record struct {
	law.Decision
	ID        string // "" until it is recorded
	File      string // name of the file that holds the decision
	Note      string
	Withdrawn bool   // taken back: the value no longer counts
	Where     string // cell or line it was read from, for messages
}

// identity is what two rows about one value share: a correction keeps it.
type identity struct {
	set, indicator string
	sub            bool
	province, area string
	year           int
	from           day.Day
	number         string
}

func (r *Record) identity() identity {
	return identity{r.Set, r.Indicator, r.Sub, r.Province, r.Area, r.Year, r.From, r.Number}
}

// same reports whether nothing that is kept differs.
func (r *Record) same(o *Record) bool {
	return r.identity() == o.identity() && r.Value == o.Value && r.Until == o.Until && r.Issued == o.Issued &&
		r.Article == o.Article && r.Illustrative == o.Illustrative && r.File == o.File && r.Note == o.Note &&
		r.Withdrawn == o.Withdrawn
}

// Effect is what an import does to one value.
type Effect string

// The effects.
const (
	Added     Effect = "added"
	Changed   Effect = "changed"
	Unchanged Effect = "unchanged"
	TakenBack Effect = "withdrawn"
)

// Vietnamese is the word people read.
func (e Effect) Vietnamese() string {
	switch e {
	case Added:
		return "thêm mới"
	case Changed:
		return "thay đổi"
	case TakenBack:
		return "rút"
	}
	return "không đổi"
}

// Change is one line of a dry run.
type Change struct {
	Effect Effect
	Record Record
	Before *Record // what was recorded, nil for an added value
}

var (
	msgNothingToWithdraw = fault.Msg{Key: "criteria.nothing_to_withdraw", Text: "không có mức nào của chỉ tiêu {code} theo {number} để rút; kiểm tra lại chỉ tiêu, địa bàn, năm, từ ngày và số quyết định"}
	msgOverlap           = fault.Msg{Key: "criteria.overlap", Text: "{number} đã có mức {value} của chỉ tiêu {code} cho cùng địa bàn, từ {from} đến {until}; rút mức đó trước hoặc sửa thời gian áp dụng"}
	msgTwiceInFile       = fault.Msg{Key: "criteria.twice_in_file", Text: "chỉ tiêu {code} có hai mức cho cùng địa bàn, năm và thời gian ({first} và {second}); chỉ giữ một"}
)

// plan compares what a file says with what is recorded. recorded holds the last
// row of every value, withdrawn ones included; neither list is changed.
func plan(recorded, incoming []Record) ([]Change, []*fault.Error) {
	state := make(map[identity]Record, len(recorded)+len(incoming))
	for _, r := range recorded {
		state[r.identity()] = r
	}
	var changes []Change
	var faults []*fault.Error
	for _, r := range incoming {
		old, known := state[r.identity()]
		if r.Withdrawn {
			if !known {
				faults = append(faults, fault.New(fault.NotFound, msgNothingToWithdraw, "code", r.Indicator, "number", r.Number).At(r.Where))
				continue
			}
			where := r.Where
			r = old
			r.Withdrawn, r.Where = true, where
		}
		r.ID = old.ID
		c := Change{Effect: Added, Record: r}
		if known {
			c.Before = &old
			c.Effect = effect(&old, &r)
		}
		state[r.identity()] = r
		changes = append(changes, c)
	}
	return changes, append(faults, overlaps(state, changes)...)
}

func effect(old, r *Record) Effect {
	switch {
	case old.same(r):
		return Unchanged
	case r.Withdrawn:
		return TakenBack
	}
	return Changed
}

// overlaps refuses a value that meets another one of the same decision for the
// same indicator, area and year on some day: which of them counts would be
// chance.
func overlaps(state map[identity]Record, changes []Change) []*fault.Error {
	series := map[identity][]Record{}
	for id, r := range state {
		if !r.Withdrawn {
			id.from = 0
			series[id] = append(series[id], r)
		}
	}
	var faults []*fault.Error
	for i := range changes {
		r := &changes[i].Record
		if r.Withdrawn || changes[i].Effect == Unchanged {
			continue
		}
		id := r.identity()
		id.from = 0
		for _, other := range series[id] {
			if other.From != r.From && other.From <= r.Until && r.From <= other.Until {
				faults = append(faults, fault.New(fault.Conflict, msgOverlap, "number", r.Number, "code", r.Indicator,
					"value", other.Value.Vietnamese(), "from", other.From.Vietnamese(), "until", untilWords(other.Until)).At(r.Where))
				break
			}
		}
	}
	return faults
}

func untilWords(d day.Day) string {
	if d == day.Forever {
		return "khi có quyết định khác"
	}
	return d.Vietnamese()
}

// yearText is a year for a file or a message; "" for every year.
func yearText(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}
