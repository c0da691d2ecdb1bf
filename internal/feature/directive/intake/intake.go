// Package intake makes a proposal for the register of directives out of a file
// or pasted text: it is the one place where what was read of a document becomes
// what the register holds. Nothing is stored here, and of a document marked
// secret nothing is kept at all.
package intake

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/reading"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/officialdoc"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// Reader reads documents of one province.
type Reader struct {
	Places   *place.Register
	Province string        // two-digit code
	Calendar *day.Calendar // of working days
	PDFText  string        // path of pdftotext, "" = not installed
}

// Against is what a document is read against: the bodies of the province, the
// members of the Ban Chỉ đạo among them, and the day that stands in for the day
// of a document that has none.
type Against struct {
	Agencies *agency.Register
	Today    day.Day
}

// File reads an uploaded file.
func (r *Reader) File(ctx context.Context, a Against, name string, data []byte) (directive.Proposal, error) {
	doc, err := officialdoc.Read(ctx, name, data, officialdoc.Options{PDFText: r.PDFText})
	if err != nil {
		return directive.Proposal{}, err
	}
	return r.propose(a, doc), nil
}

// Pasted reads text that a person has pasted.
func (r *Reader) Pasted(a Against, text string) (directive.Proposal, error) {
	doc, err := officialdoc.ReadText(text)
	if err != nil {
		return directive.Proposal{}, err
	}
	return r.propose(a, doc), nil
}

func (r *Reader) propose(a Against, doc officialdoc.Document) directive.Proposal {
	read := reading.Read(doc, reading.Options{
		Agencies: a.Agencies, Places: r.Places, Province: r.Province, Today: a.Today, Calendar: r.Calendar,
	})
	return Propose(&read, &doc, a.Agencies)
}

// Propose is what was read, as the register holds it.
func Propose(read *reading.Reading, doc *officialdoc.Document, agencies *agency.Register) directive.Proposal {
	d := directive.Document{
		Symbol: doc.Symbol, Issued: doc.Date, DatePartial: doc.DatePartial, Place: doc.Place, Issuer: deref(read.Issuer),
		Inferred: read.IssuerInferred, Title: deref(read.Title), Programme: deref(read.Programme), CriteriaSet: deref(read.CriteriaSet),
		Signer: directive.Signer{Capacities: read.Signer.Capacities, Title: read.Signer.Title, Name: read.Signer.Name},
		Basis:  read.Basis, Urgency: doc.Urgency, Meeting: directive.Meeting{On: day.None}, Common: day.None, Remarks: read.Notes,
	}
	if doc.Number != "" {
		number, symbol := directive.SplitNumber(doc.Number)
		d.Number, d.Symbol = number, cmp.Or(symbol, d.Symbol)
	}
	if directive.KindWords(doc.Kind.Code) != "" {
		d.Kind = doc.Kind.Code
	}
	if read.Meeting != nil {
		d.Meeting = directive.Meeting{On: civil(read.Meeting.Date), Chair: read.Meeting.Chair}
	}
	if doc.Edxml != nil {
		d.Common = doc.Edxml.Due
	}
	if m, err := agencies.Resolve(d.Issuer, read.Day); err == nil {
		d.IssuerID = m.Agency.ID
	}
	for _, short := range slices.Sorted(maps.Keys(read.LocalAliases)) {
		d.Aliases = append(d.Aliases, directive.Alias{Short: short, Full: read.LocalAliases[short]})
	}
	for _, x := range read.Attendees {
		d.Attendees = append(d.Attendees, directive.Named{Text: x.Text, Agencies: x.Agencies})
	}
	for _, x := range read.Recipients {
		d.Recipients = append(d.Recipients, directive.Recipient{
			Named:   directive.Named{Text: x.Text, Agencies: x.Agencies},
			Purpose: x.Purpose, Person: x.PersonLevel, Uncertain: x.Uncertain,
		})
	}
	for _, x := range read.References {
		d.References = append(d.References, directive.Reference{Number: x.Number, On: civil(x.Date)})
	}
	p := directive.Proposal{Document: d, Text: read.Text}
	for i := range read.Tasks {
		p.Duties = append(p.Duties, duty(&read.Tasks[i]))
	}
	return p
}

func duty(t *reading.Task) directive.Duty {
	d := directive.Duty{
		Ref: t.Ref, Group: t.Group, Text: t.Text, Start: t.Span[0], End: t.Span[1], Due: civil(t.Deadline), DueTime: deref(t.DeadlineTime),
		Phrase: deref(t.DeadlinePhrase), Kind: directive.DeadlineKind(t.DeadlineKind), Recurrence: deref(t.Recurrence),
		References: t.References, Confidence: int(math.Round(100 * t.Confidence)), Remarks: t.Notes,
	}
	for _, a := range t.Addressees {
		role := directive.Undecided
		if a.Role != nil {
			role = directive.Role(*a.Role)
		}
		d.Addressees = append(d.Addressees, directive.Addressee{
			Text: a.Text, Role: role, Agencies: a.Agencies, Collective: a.Collective, Unknown: len(a.Agencies) == 0,
		})
	}
	for _, o := range t.Objects {
		d.Objects = append(d.Objects, directive.Object{Place: deref(o.Place), Text: o.Text})
	}
	return d
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// civil is a day of a reading, day.None when it is not known.
func civil(iso *string) day.Day {
	d, err := day.Parse(deref(iso))
	if err != nil {
		return day.None
	}
	return d
}
