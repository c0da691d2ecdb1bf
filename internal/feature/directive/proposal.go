package directive

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Proposal is what was read of a document, before anybody has confirmed it.
type Proposal struct {
	Document Document // without ids
	Text     string   // normalised; spans of duties count its code points
	Duties   []Duty   // in order, without ids
}

// Import is the command that takes a proposal into the register. Its original
// is in the store already.
type Import struct {
	Proposal Proposal
}

// Imported is what became of it.
type Imported struct {
	ID       string
	Replaced bool     // a stub of the same number had this id
	Twins    []string // documents that are there already and may be this one: of the same number, symbol, issuer and year, or of the same file
	Stubs    []string // ids of documents that it cites and that were not here
}

// Command is the journal's entry for the command.
func (c *Import) Command(actor string) (db.Command, error) {
	d := &c.Proposal.Document
	return command(actor, "directive.import", "", struct {
		Document string `json:"document"`
		File     string `json:"file,omitempty"`
		SHA256   string `json:"sha256,omitempty"`
		Tasks    int    `json:"tasks"`
	}{d.Label(), d.Original.Name, d.Original.SHA256, len(c.Proposal.Duties)})
}

const (
	maxText   = 2_000_000 // code points of a document's text
	maxDuties = 1000      // of one document
	maxTitle  = 2000
	maxDuty   = 8000
	seqStep   = 1 << 10 // between the places of two duties: room to split one
)

var (
	msgNothing = fault.Msg{Key: "directive.nothing", Text: "văn bản chưa có nội dung; hãy chọn tệp hoặc dán toàn văn"}
	msgTooMany = fault.Msg{Key: "directive.too_many", Text: "văn bản có {count} nhiệm vụ, quá {limit}; hãy kiểm tra lại tệp hoặc nhập từng phần"}
)

// Import takes a proposal into the register as a document that waits to be
// confirmed: nothing in it is active. Documents that it cites and that are not
// here become stubs; a stub of its own number becomes the document, by the same
// id. A document of the same number, symbol and issuer is told, not refused.
func (s *Service) Import(_ context.Context, tx *db.Tx, who authz.Subject, cmd Import) (Imported, error) {
	var out Imported
	if err := s.mayDirect(tx, who); err != nil {
		return out, err
	}
	p := cmd.Proposal
	if err := p.check(); err != nil {
		return out, err
	}
	there, err := documentRows(tx)
	if err != nil {
		return out, err
	}
	d := p.Document
	d.State, d.Note = Proposed, ""
	for i := range there {
		switch o := &there[i]; {
		case o.State == Stub && d.same(o) && (o.Issued == day.None || d.Issued == day.None || o.Issued == d.Issued):
			d.ID, out.Replaced = o.ID, true
		case o.State != Stub && d.twin(o):
			out.Twins = append(out.Twins, o.ID)
		}
	}
	if d.ID == "" {
		d.ID = tx.NewID()
	}
	out.ID = d.ID
	if out.Stubs, err = s.cite(tx, &d, there); err != nil {
		return out, err
	}
	if err := insertDocument(tx, &d); err != nil {
		return out, err
	}
	if err := insertText(tx, d.ID, p.Text); err != nil {
		return out, err
	}
	for i, x := range p.Duties {
		x.ID, x.Document, x.Seq = tx.NewID(), d.ID, (i+1)*seqStep
		if x.Kind == "" {
			x.Kind = NoDeadline
		}
		if err := insertDuty(tx, &x); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (p *Proposal) check() error {
	switch n := utf8.RuneCountInString(p.Text); {
	case strings.TrimSpace(p.Text) == "":
		return fault.New(fault.Invalid, msgNothing)
	case n > maxText:
		return fault.New(fault.TooLarge, msgTooLong, "limit", strconv.Itoa(maxText))
	case len(p.Duties) > maxDuties:
		return fault.New(fault.TooLarge, msgTooMany, "count", strconv.Itoa(len(p.Duties)), "limit", strconv.Itoa(maxDuties))
	}
	p.Document.Title = clip(p.Document.Title, maxTitle)
	n := utf8.RuneCountInString(p.Text)
	for i := range p.Duties {
		d := &p.Duties[i]
		d.Text = clip(d.Text, maxDuty)
		if d.Start < 0 || d.End < d.Start || d.End > n {
			d.Start, d.End = 0, 0
		}
	}
	return nil
}

func clip(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit-1]) + "…"
}

// cite ties the references of a document to the register, and makes stubs of
// those that are not in it. It gives the ids of the stubs.
func (s *Service) cite(tx *db.Tx, d *Document, there []Document) ([]string, error) {
	d.References = slices.Clone(d.References)
	var stubs []string
	for i := range d.References {
		r := &d.References[i]
		if d.names(r) {
			continue
		}
		r.Document = ""
		for j := range there {
			if o := &there[j]; o.ID != d.ID && o.names(r) {
				r.Document = o.ID
				break
			}
		}
		if r.Document != "" || r.Number == "" {
			continue
		}
		stub := stubOf(d, r)
		stub.ID = tx.NewID()
		if err := insertDocument(tx, &stub); err != nil {
			return nil, err
		}
		r.Document = stub.ID
		there = append(there, stub)
		stubs = append(stubs, stub.ID)
	}
	return stubs, nil
}

// stubOf is a cited document of which nothing but its number is known. The
// issuer is inferred where the symbols end alike: a TB-UBND cited by a TB-UBND.
func stubOf(by *Document, r *Reference) Document {
	number, symbol := SplitNumber(r.Number)
	d := Document{
		Number: number, Symbol: symbol, Issued: r.On, Kind: kindOf(symbol), State: Stub, Illustrated: by.Illustrated,
		Meeting: Meeting{On: day.None}, Common: day.None, Note: "được dẫn chiếu tại " + by.Label(),
	}
	if tail := afterDash(symbol); tail != "" && strings.EqualFold(tail, afterDash(by.Symbol)) {
		d.Issuer, d.IssuerID, d.Inferred = by.Issuer, by.IssuerID, true
	}
	return d
}

func afterDash(symbol string) string {
	_, tail, _ := strings.Cut(symbol, "-")
	return tail
}

// DependsOn lists the ids of the documents in this register that a duty cites:
// as long as one of them is not active the duty depends on a document that is
// not here, and is never complete.
func (d *Document) DependsOn(x *Duty) []string {
	var out []string
	for _, number := range x.References {
		for i := range d.References {
			if r := &d.References[i]; r.Document != "" && strings.EqualFold(r.Number, number) && !slices.Contains(out, r.Document) {
				out = append(out, r.Document)
			}
		}
	}
	return out
}

// Twins lists documents that may be the same one: of the same number, symbol,
// issuer and year (Nghị định 30/2020/NĐ-CP, Phụ lục VI: warn, do not refuse), of
// the same file, or without a number and otherwise alike.
func (s *Service) Twins(_ context.Context, tx *db.Tx, d *Document) ([]Document, error) {
	there, err := documentRows(tx)
	return slices.DeleteFunc(there, func(o Document) bool { return !d.twin(&o) }), err
}
