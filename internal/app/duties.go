package app

import (
	"context"
	"os/exec"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/intake"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/calendar"
	"giuchuan/reference"
)

// Duties is all that carries a province's directives to their proof: the
// register, the tasks it fans out into, and what reads documents for it.
type Duties struct {
	Directives *directive.Service
	Tasks      *task.Service
	Reader     *intake.Reader
	Calendar   *day.Calendar // working days
}

// proven refuses a proof of a completed task that is not there; nil = takes any.
type proven func(ctx context.Context, tx *db.Tx, p task.Proof) error

// Duties builds them for a province (two-digit code), once for each server or
// command.
func (a *App) Duties(province string, assigned *agency.Assignments, known proven) (*Duties, error) {
	days, err := calendar.Load(reference.FS())
	if err != nil {
		return nil, err
	}
	rules, err := task.LoadRules(reference.FS())
	if err != nil {
		return nil, err
	}
	d := &Duties{Calendar: days}
	d.Tasks = task.New(task.Options{
		Agencies: assigned.Agencies(), Places: a.Places, Calendar: days, Rules: rules, Province: province,
		Recognised: a.Recognised, Known: known,
	})
	d.Directives = directive.New(directive.Options{
		Places: a.Places, Agencies: assigned.Agencies(), Province: province, Fanout: d.Tasks, Assigned: assigned,
	})
	d.Reader = &intake.Reader{Places: a.Places, Province: province, Calendar: days, PDFText: PDFText()}
	return d, nil
}

// PDFText is the program that reads .pdf, "" where it is not installed: the
// reader says so when such a file comes.
func PDFText() string {
	path, err := exec.LookPath("pdftotext")
	if err != nil {
		return ""
	}
	return path
}
