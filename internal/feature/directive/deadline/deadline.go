package deadline

import (
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
)

// Kind is how a deadline is set.
type Kind string

// The kinds. Inherited is given by the reader of documents, never by Find.
const (
	Date        Kind = "date"         // a day is named
	Period      Kind = "period"       // a month, quarter or year is named: its last day
	Relative    Kind = "relative"     // so many days, months or years from an event
	Inherited   Kind = "inherited"    // the deadline of the item above or of a closing line
	Recurring   Kind = "recurring"    // every week, month, quarter, year
	ByReference Kind = "by_reference" // set by a rule or another document
	Urgent      Kind = "urgent"       // a word of urgency and no day
	Continuous  Kind = "continuous"   // thường xuyên
	None        Kind = "none"
)

// Role is what a date does in its sentence.
type Role string

// The roles. Only Duty is a deadline of the sentence's duty.
const (
	Duty      Role = "duty"
	Missed    Role = "missed"    // an earlier deadline, over or criticised: the original one of a late task
	Upstream  Role = "upstream"  // the issuer's own, towards its superiors
	Cited     Role = "cited"     // set by an earlier order that is only told of
	Happening Role = "happening" // the time of a meeting or other event
	Target    Role = "target"    // "phấn đấu đến cuối năm": a target, not a duty
	Attribute Role = "attribute" // describes a thing: "các dự án đã phê duyệt trước ngày …"
	Replaced  Role = "replaced"  // the old deadline in the text of an extension
)

// Reference is what dates are read against.
type Reference struct {
	Day      day.Day       // of the document, else of the meeting it concludes; day.None = not known
	Exact    bool          // Day is the document's own: "kể từ ngày ký" counts from it
	Strict   bool          // "trước ngày D" ends on the day before D
	Keep     bool          // the last day of "trong N ngày" stays where it is on a day off (else the next working day)
	Calendar *day.Calendar // for working days; nil = none
}

// Deadline is one date or period of a sentence.
type Deadline struct {
	Kind       Kind
	Role       Role
	Phrase     string // as written
	Start, End int    // of Phrase, bytes of the sentence
	Due        day.Day
	Time       string  // "16:00" or empty
	From       day.Day // not before this day ("từ ngày A đến ngày B"), else day.None
	Earlier    day.Day // the first of two milestones ("quý III và quý IV"), else day.None
	Replaces   day.Day // the old day an extension takes the place of, else day.None
	// Recurrence is "daily", "weekly", "monthly", "quarterly", "half-yearly",
	// "yearly" or "every-2-years", with the day where it is known: "weekly:FRI@16:00",
	// "monthly:20", "quarterly:15" (of its last month), "yearly:12-10". Empty for none.
	Recurrence string
	Exception  bool   // one year's exception to a recurrence ("riêng năm 2026 …")
	Ask        string // what a person must settle, in Vietnamese
	Err        error  // why Due could not be counted
}

// What is looked at in a sentence, so that no text costs more than a glance.
const (
	maxSentence = 6000 // bytes
	maxFound    = 12   // matches of one pattern
	maxContext  = 500  // bytes before and behind a date
)

// Find gives the deadlines of a sentence in its order, together with the dates
// that could be mistaken for one. A sentence without any gives none.
func Find(sentence string, ref Reference) []Deadline {
	if len(sentence) > maxSentence {
		sentence = strings.ToValidUTF8(sentence[:maxSentence], "")
	}
	s := &scan{raw: sentence, low: lower(sentence), ref: ref}
	if !s.worthwhile() {
		return nil
	}
	s.recurrences()
	s.relatives()
	s.points()
	s.words()
	slices.SortStableFunc(s.found, func(a, b Deadline) int { return a.Start - b.Start })
	s.pair()
	return s.found
}

// Settled is the deadline of a duty among those of its sentence: a day goes
// before a recurrence, that before a count, a rule, continuous work and a word
// of urgency. Of several days the last one counts. A recurrence beside a day is
// kept with it. Without any the kind is None.
func Settled(list []Deadline) Deadline {
	order := []Kind{Date, Period, Relative, Recurring, ByReference, Continuous, Urgent}
	best := Deadline{Kind: None, Role: Duty, Due: day.None, From: day.None, Earlier: day.None, Replaces: day.None}
	rank := len(order)
	recurrence := ""
	for _, d := range list {
		if d.Role != Duty {
			continue
		}
		if d.Recurrence != "" {
			recurrence = d.Recurrence
		}
		r := slices.Index(order, d.Kind)
		if d.Kind == Relative && d.Due == day.None && d.Err == nil {
			r = len(order) - 3 // an event that is still to come: a recurrence says more
		}
		later := r <= 1 && rank <= 1 && d.Due > best.Due
		if r < rank && (r > 1 || rank > 1) || later {
			best, rank = d, r
		}
	}
	if best.Recurrence == "" {
		best.Recurrence = recurrence
	}
	return best
}

// scan is one sentence being read.
type scan struct {
	raw, low string
	ref      Reference
	found    []Deadline
	taken    []extent
}

type extent struct{ start, end int }

// blank is a deadline without any day.
func (s *scan) blank(kind Kind, start, end int) Deadline {
	for start < end && s.low[start] == ' ' {
		start++
	}
	for end > start && strings.IndexByte(" ,;:.", s.low[end-1]) >= 0 {
		end--
	}
	return Deadline{
		Kind: kind, Role: Duty, Phrase: strings.Join(strings.Fields(s.raw[start:end]), " "), Start: start, End: end,
		Due: day.None, From: day.None, Earlier: day.None, Replaces: day.None,
	}
}

// add keeps a deadline and marks its words as used.
func (s *scan) add(d Deadline) {
	s.found = append(s.found, d)
	s.take(d.Start, d.End)
}

func (s *scan) take(start, end int) { s.taken = append(s.taken, extent{start, end}) }

// free tells whether no word of an extent was used.
func (s *scan) free(start, end int) bool {
	for _, t := range s.taken {
		if start < t.end && t.start < end {
			return false
		}
	}
	return true
}

// pair ties an extension to the day it replaces.
func (s *scan) pair() {
	for i := range s.found {
		if s.found[i].Role != Replaced {
			continue
		}
		for j := i - 1; j >= 0; j-- {
			if s.found[j].Role == Duty && s.found[j].Due != day.None {
				s.found[j].Replaces = s.found[i].Due
				break
			}
		}
	}
}
