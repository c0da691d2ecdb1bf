package task

import (
	"io/fs"
	"strings"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/register/datafile"
)

// Rules are the province's settings of how tasks are followed.
type Rules struct {
	ReceiveWithin int              // working days after a document's day in which it is to be received
	Near          int              // days before its due day in which a task is due soon
	Clear         []Clarity        // the "5 rõ"
	Steps         []directive.Step // of a duty that asks for a plan, see StepsFor
	stepsWhen     []string         // folded words that such a duty says
}

// LoadRules reads task_rules.csv of fsys (reference.FS()).
func LoadRules(fsys fs.FS) (*Rules, error) {
	f, err := datafile.Read(fsys, "task_rules.csv", "kind", "key", "value", "words", "source")
	if err != nil {
		return nil, err
	}
	r := &Rules{}
	for _, row := range f.Rows {
		words := row.Needed("words")
		switch row.Text("kind") + " " + row.Text("key") {
		case "setting receive_within":
			r.ReceiveWithin = row.Int("value")
			continue
		case "setting near":
			r.Near = row.Int("value")
			continue
		}
		switch row.Text("kind") {
		case "clear":
			r.Clear = append(r.Clear, Clarity{Key: row.Needed("key"), Name: words})
		case "step":
			r.Steps = append(r.Steps, directive.Step{Key: row.Needed("key"), Name: words, Closes: row.Text("value") == "closes"})
		case "steps_when":
			for _, w := range strings.Split(words, ";") {
				r.stepsWhen = append(r.stepsWhen, vntext.Fold(w))
			}
		default:
			row.Refuse("kind", "setting, clear, step hoặc steps_when")
		}
	}
	return r, f.Err()
}

// StepsFor are the steps of a duty: its own, else those of a plan where its
// words ask for one to be submitted and approved, else none.
func (r *Rules) StepsFor(d *directive.Duty) []directive.Step {
	if len(d.Steps) > 0 || len(r.stepsWhen) == 0 {
		return d.Steps
	}
	text := vntext.Fold(d.Text)
	for _, w := range r.stepsWhen {
		if !strings.Contains(text, w) {
			return nil
		}
	}
	return r.Steps
}
