package reminder

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"giuchuan/internal/kernel/fault"
)

// Event is what the days of a step are counted from.
type Event string

// The events.
const (
	OnDue     Event = "due"     // the deadline of a task
	OnReceive Event = "receive" // the day by which a document is to be received (tiếp nhận)
	OnConfirm Event = "confirm" // the day a unit reported completion, not confirmed since
)

// Audience is who is told.
type Audience string

// The audiences, from the unit up.
const (
	ToUnit     Audience = "unit"
	ToLeader   Audience = "leader"   // of the unit
	ToOffice   Audience = "office"   // Văn phòng UBND tỉnh
	ToProvince Audience = "province" // lãnh đạo tỉnh
)

// Step is one rung: so many working days from the event, these people are told.
type Step struct {
	ID     string     `yaml:"id"`
	Event  Event      `yaml:"event"`
	Offset Workdays   `yaml:"offset"` // negative = before
	To     []Audience `yaml:"to"`
}

// Workdays is a number of working days.
type Workdays int

// UnmarshalYAML reads a whole number; the library would cut 1.5 to 1.
func (w *Workdays) UnmarshalYAML(n *yaml.Node) error {
	i, err := strconv.Atoi(n.Value)
	if err != nil || n.Kind != yaml.ScalarNode {
		return fmt.Errorf("dòng %d: “%s” không phải là số ngày làm việc nguyên", n.Line, fault.Clip(n.Value))
	}
	*w = Workdays(i)
	return nil
}

// Relation says by which word bodies address others, and whether they may urge
// them. A side names bodies by their id without its number, or by their kind.
type Relation struct {
	From  []string `yaml:"from"`
	To    []string `yaml:"to"`
	Verb  string   `yaml:"verb"`
	Urges bool     `yaml:"urges"`
}

// Rules are the steps and the relations, with where they come from.
type Rules struct {
	Source    string     `yaml:"source"`
	Note      string     `yaml:"note"`
	Steps     []Step     `yaml:"steps"`
	Relations []Relation `yaml:"relations"`
}

// RulesFile is where reference/ keeps the rules.
const RulesFile = "practice/reminder.yaml"

// mostOffset bounds the working days of a step.
const mostOffset = 250

var (
	msgRules    = fault.Msg{Key: "reminder.rules", Text: "lịch nhắc việc {file} có lỗi: {reason}"}
	msgStep     = fault.Msg{Key: "reminder.step", Text: "lịch nhắc việc {file}, bậc “{id}”: {reason}"}
	msgRelation = fault.Msg{Key: "reminder.relation", Text: "lịch nhắc việc {file}, quan hệ thứ {n}: {reason}"}
)

// ParseRules reads rules. The error names the file and every bad step, with what
// is accepted.
func ParseRules(data []byte, file string) (*Rules, error) {
	in := yaml.NewDecoder(bytes.NewReader(data))
	in.KnownFields(true)
	r := &Rules{}
	if err := in.Decode(r); err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("tệp rỗng")
		}
		return nil, fault.New(fault.Invalid, msgRules, "file", file, "reason", err.Error())
	}
	if strings.TrimSpace(r.Source) == "" {
		return nil, fault.New(fault.Invalid, msgRules, "file", file, "reason", "thiếu source (căn cứ của lịch)")
	}
	var bad []*fault.Error
	seen := map[string]bool{}
	for i := range r.Steps {
		s := &r.Steps[i]
		if why := s.wrong(seen); why != "" {
			bad = append(bad, fault.New(fault.Invalid, msgStep, "file", file, "id", s.ID, "reason", why))
		}
		seen[s.ID] = true
	}
	for i := range r.Relations {
		if why := r.Relations[i].wrong(); why != "" {
			bad = append(bad, fault.New(fault.Invalid, msgRelation, "file", file, "n", strconv.Itoa(i+1), "reason", why))
		}
	}
	return r, fault.Join(bad...)
}

// wrong says what a step lacks, "" when nothing.
func (s *Step) wrong(seen map[string]bool) string {
	switch {
	case s.ID == "" || len(s.ID) > 60:
		return "id có 1 đến 60 ký tự"
	case seen[s.ID]:
		return "id có hai lần"
	case !slices.Contains([]Event{OnDue, OnReceive, OnConfirm}, s.Event):
		return "event là due, receive hoặc confirm"
	case s.Offset < -mostOffset || s.Offset > mostOffset:
		return "offset từ -250 đến 250 ngày làm việc"
	case len(s.To) == 0:
		return "to ghi ít nhất một trong unit, leader, office, province"
	}
	for _, a := range s.To {
		if !slices.Contains([]Audience{ToUnit, ToLeader, ToOffice, ToProvince}, a) {
			return "to chỉ nhận unit, leader, office, province"
		}
	}
	return ""
}

func (r *Relation) wrong() string {
	switch {
	case len(r.From) == 0 || len(r.To) == 0:
		return "thiếu from hoặc to"
	case strings.TrimSpace(r.Verb) == "":
		return "thiếu verb"
	}
	return ""
}

// Party is a body as relations see it.
type Party struct {
	ID   string // "so-y-te.1"
	Kind string // agency.Kind
	Name string // "Sở Y tế"
}

// is tells whether one side of a relation means the body.
func (p *Party) is(side []string) bool {
	name, _, _ := strings.Cut(p.ID, ".")
	return slices.Contains(side, name) || slices.Contains(side, p.Kind) || slices.Contains(side, "*")
}

// Between is how a body addresses another: the first relation that matches.
func (r *Rules) Between(from, to Party) Relation {
	for i := range r.Relations {
		if x := &r.Relations[i]; from.is(x.From) && to.is(x.To) {
			return *x
		}
	}
	return Relation{Verb: "đề nghị"}
}
