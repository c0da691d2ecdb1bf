package app

import (
	"context"
	"slices"
	"strings"

	"giuchuan/internal/feature/directive/reminder"
	"giuchuan/internal/feature/directive/request"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/account"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/view/tracking"
)

// openDuties tells reminders and pages what is open of the directives' duties.
type openDuties struct {
	tasks    *task.Service
	requests *request.Service
	name     func(agency string, on day.Day) string
}

// Open lists it as of the transaction's day.
func (o openDuties) Open(_ context.Context, tx *db.Tx) (*tracking.Open, error) {
	book, err := o.tasks.All(tx)
	if err != nil {
		return nil, err
	}
	drafts, err := o.requests.Waiting(tx)
	if err != nil {
		return nil, err
	}
	out := &tracking.Open{Today: tx.Today()}
	for _, e := range book.Now() {
		if !e.Status.Complete() && e.Status != task.Retired && e.Given != nil && !e.Given.Withdrawn {
			out.Lines = append(out.Lines, o.line(e, tx.Today()))
		}
	}
	out.Letters = letters(book)
	for i := range drafts {
		r := &drafts[i]
		out.Drafts = append(out.Drafts, tracking.Draft{
			ID: r.ID, Words: r.Words, About: o.requests.About(r.Place, r.Field), Unit: o.name(r.Unit, r.On), On: r.On,
		})
	}
	return out, nil
}

func (o openDuties) line(e *task.Entry, today day.Day) tracking.Line {
	l := tracking.Line{
		ID: e.ID, Document: e.Document, Cited: cited(e.Given), Ref: e.Ref, Text: e.Text, Agency: e.Agency, Due: day.None,
		Overdue: e.Status == task.Overdue, Single: e.Tracked(), Waiting: e.Waiting, Unproven: e.Unproven,
		Reported: day.None, Asked: day.None, Reached: e.Reached, Of: e.Of, Ended: o.tasks.Ended(e.Agency, today),
	}
	if !e.Continuous() {
		l.Due = e.Due
	}
	if a := e.Last(task.Reported, task.Returned); a != nil {
		if a.Kind == task.Returned && !e.Waiting {
			l.Returned = a.Text
		}
		if a.Kind == task.Reported {
			l.Reported = a.On
		}
	}
	if a := e.Last(task.Asked); a != nil && e.Asked {
		l.Asked, l.AskedFor = a.Due, a.Text
	}
	return l
}

// letters lists who has not received which document.
func letters(book *task.Book) (out []tracking.Letter) {
	for _, r := range book.Receiving() {
		if r.Received == day.None && r.Due != day.None {
			out = append(out, tracking.Letter{Document: r.Given.ID, Cited: cited(r.Given), Agency: r.Agency, Due: r.Due})
		}
	}
	return out
}

// Matters lists what somebody may have to be reminded of.
func (o openDuties) Matters(ctx context.Context, tx *db.Tx) ([]reminder.Matter, error) {
	open, err := o.Open(ctx, tx)
	if err != nil {
		return nil, err
	}
	var out []reminder.Matter
	for i := range open.Lines {
		l := &open.Lines[i]
		m := reminder.Matter{
			Event: reminder.OnDue, ID: l.ID, On: l.Due, Agency: l.Agency, Document: l.Document, Cited: l.Cited, Ref: l.Ref, Text: l.Text,
			Path: "/nhiem-vu/" + l.ID,
		}
		switch {
		case l.Waiting:
			m.Event, m.On = reminder.OnConfirm, l.Reported
		case l.Due == day.None || l.Ended:
			continue // waits for bàn giao, or is answered in the period report
		}
		out = append(out, m)
	}
	for _, x := range open.Letters {
		out = append(out, reminder.Matter{
			Event: reminder.OnReceive, ID: x.Document + "/" + x.Agency, On: x.Due, Agency: x.Agency, Document: x.Document, Cited: x.Cited,
			Path: "/nhiem-vu/tiep-nhan",
		})
	}
	return out, nil
}

// direct begins the title of a document that stands for a duty given directly.
const direct = "Giao việc trực tiếp"

// cited is how a document is called in a sentence.
func cited(g *task.Given) string {
	if g.Number == "" && g.Symbol == "" && strings.HasPrefix(g.Title, direct) {
		return direct + " " + g.Date()
	}
	return g.Label()
}

// told are the accounts that reminders reach.
type told struct{ accounts *account.Service }

// Of reads who works where today.
func (t told) Of(ctx context.Context, tx *db.Tx) (func(agency string, to reminder.Audience) []string, error) {
	holders, err := t.accounts.Holders(ctx, tx)
	if err != nil {
		return nil, err
	}
	return func(unit string, to reminder.Audience) (out []string) {
		for i := range holders {
			if slices.ContainsFunc(holders[i].Grants, func(g authz.Grant) bool { return hears(&g, unit, to) }) {
				out = append(out, holders[i].ID)
			}
		}
		return out
	}, nil
}

// hears tells whether a role is of an audience.
func hears(g *authz.Grant, unit string, to reminder.Audience) bool {
	switch to {
	case reminder.ToUnit:
		switch g.Role {
		case authz.ProvinceOffice, authz.ProvinceLeader, authz.ProvinceAdmin, authz.UnitAdmin:
			return false
		}
		return g.Unit == unit
	case reminder.ToLeader:
		return g.Unit == unit && (g.Role == authz.DistrictLeader || g.Role == authz.CommuneLeader)
	case reminder.ToOffice:
		return g.Role == authz.ProvinceOffice
	case reminder.ToProvince:
		return g.Role == authz.ProvinceLeader
	}
	return false
}

// party is a body as messages address it, in the usual abbreviation.
func party(agencies *agency.Register) func(id string, on day.Day) reminder.Party {
	return func(id string, on day.Day) reminder.Party {
		a, ok := agencies.Agency(id, on)
		if !ok {
			a, _ = agencies.Latest(id)
		}
		return reminder.Party{ID: id, Kind: string(a.Kind), Name: strings.ReplaceAll(a.Name, "Ủy ban nhân dân", "UBND")}
	}
}
