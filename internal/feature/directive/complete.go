package directive

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Complete is the command that fills in or corrects what identifies a document:
// văn thư gives number and day after the signature.
type Complete struct {
	Document string
	Seen     int64 // entry of the row the person saw; 0 = whatever stands
	Number   string
	Symbol   string
	Issued   day.Day // day.None = still blank
	Kind     string
	Title    string
	Issuer   string
	Reason   string
}

// Command is the journal's entry for the command.
func (c *Complete) Command(actor string) (db.Command, error) {
	return command(actor, "directive.complete", c.Document, struct {
		Document string `json:"document"`
		Number   string `json:"number,omitempty"`
		Symbol   string `json:"symbol,omitempty"`
		On       string `json:"on,omitempty"`
		Reason   string `json:"reason,omitempty"`
	}{c.Document, c.Number, c.Symbol, c.Issued.String(), c.Reason})
}

// numberForm is what a number may look like: digits, grouped by dots, with one
// letter at the end (13A), or of a Party document "34".
var numberForm = vntext.Lazy(`^[0-9]{1,6}(\.[0-9]{1,4})?\p{Lu}?$`)

// Most of what a symbol may hold.
const (
	mostGroups = 6
	longGroup  = 20
)

// symbolFits tells whether a symbol is groups of letters and digits, as TB-UBND.
// A regular expression of it would hold the tables of all letters 120 times.
func symbolFits(symbol string) bool {
	groups := strings.FieldsFunc(symbol, func(r rune) bool { return r == '-' || r == '/' })
	if len(groups) > mostGroups || len(groups)-1 != strings.Count(symbol, "-")+strings.Count(symbol, "/") {
		return false
	}
	return !slices.ContainsFunc(groups, func(g string) bool {
		odd := func(r rune) bool { return !unicode.IsLetter(r) && (r < '0' || r > '9') && r != '&' }
		return utf8.RuneCountInString(g) > longGroup || strings.ContainsFunc(g, odd)
	})
}

var (
	msgNumber      = fault.Msg{Key: "directive.number", Text: "số văn bản chỉ gồm chữ số, như 94 hoặc 05"}
	msgSymbol      = fault.Msg{Key: "directive.symbol", Text: "ký hiệu gồm các nhóm chữ nối bằng dấu gạch, như TB-UBND"}
	msgNoKind      = fault.Msg{Key: "directive.kind", Text: "hãy chọn loại văn bản trong danh mục"}
	msgLate        = fault.Msg{Key: "directive.issued_late", Text: "ngày văn bản {day} còn ở phía trước; hãy kiểm tra lại"}
	msgWhyComplete = fault.Msg{Key: "directive.why_complete", Text: "hãy ghi lý do, vì số hoặc ngày đã ghi nay đổi khác"}
)

// Complete fills in what identifies a document. What was there and becomes other
// needs a reason. A stub of the same number hands over to the document.
func (s *Service) Complete(ctx context.Context, tx *db.Tx, who authz.Subject, cmd Complete) error {
	d, err := s.find(tx, who, cmd.Document)
	if err != nil {
		return err
	}
	switch {
	case d.State == Withdrawn:
		return notNow(&d)
	case cmd.Seen != 0 && d.Entry != cmd.Seen:
		return fault.New(fault.Conflict, msgMoved)
	}
	was := d
	d.Number, d.Symbol, d.Issued, d.Kind = tidy(cmd.Number), tidy(cmd.Symbol), cmd.Issued, cmd.Kind
	d.Title, d.Note = tidy(cmd.Title), tidy(cmd.Reason)
	if issuer := tidy(cmd.Issuer); issuer != d.Issuer {
		d.Issuer, d.Inferred, d.IssuerID = issuer, false, ""
		if m, err := s.o.Agencies.Resolve(issuer, d.Day()); err == nil {
			d.IssuerID = m.Agency.ID
		}
	}
	if err := checkComplete(&was, &d, tx.Today()); err != nil {
		return err
	}
	if err := insertDocument(tx, &d); err != nil {
		return err
	}
	if err := s.adopt(ctx, tx, &d); err != nil {
		return err
	}
	if d.State != Active {
		return nil
	}
	duties, err := s.Duties(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	return s.o.Fanout.Amended(ctx, tx, &d, duties)
}

func checkComplete(was, d *Document, today day.Day) error {
	var faults []*fault.Error
	if d.Number != "" && !numberForm.MatchString(d.Number) {
		faults = append(faults, fault.New(fault.Invalid, msgNumber).At("so"))
	}
	if d.Symbol != "" && !symbolFits(d.Symbol) {
		faults = append(faults, fault.New(fault.Invalid, msgSymbol).At("ky-hieu"))
	}
	if KindWords(d.Kind) == "" {
		faults = append(faults, fault.New(fault.Invalid, msgNoKind).At("loai"))
	}
	if d.Issued != day.None && d.Issued > today {
		faults = append(faults, fault.New(fault.Invalid, msgLate, "day", d.Issued.Vietnamese()).At("ngay-van-ban"))
	}
	changed := was.Number != "" && was.Number != d.Number || was.Issued != day.None && was.Issued != d.Issued
	if changed && d.Note == "" {
		faults = append(faults, fault.New(fault.Invalid, msgWhyComplete).At("ly-do"))
	}
	faults = append(faults, tooLong("trich-yeu", d.Title, maxTitle), tooLong("co-quan", d.Issuer, 200), tooLong("ly-do", d.Note, 400))
	return fault.Join(faults...)
}

// adopt makes a document stand where a stub of its number stood: who cites the
// stub cites the document from now on.
func (s *Service) adopt(ctx context.Context, tx *db.Tx, d *Document) error {
	if d.State == Stub || d.Number == "" {
		return nil
	}
	there, err := documentRows(tx)
	if err != nil {
		return err
	}
	for i := range there {
		stub := &there[i]
		if stub.State != Stub || stub.ID == d.ID || !d.same(stub) || stub.Issued != day.None && d.Issued != day.None && stub.Issued != d.Issued {
			continue
		}
		stub.State, stub.Note = Withdrawn, "văn bản đã có trong sổ: "+d.Label()
		if err := insertDocument(tx, stub); err != nil {
			return err
		}
		if err := s.repoint(ctx, tx, there, stub.ID, d.ID); err != nil {
			return err
		}
	}
	return nil
}

// repoint turns the references from one document to another.
func (s *Service) repoint(ctx context.Context, tx *db.Tx, there []Document, from, to string) error {
	for i := range there {
		by := &there[i]
		if by.ID == from || by.ID == to || !slices.ContainsFunc(by.References, func(r Reference) bool { return r.Document == from }) {
			continue
		}
		by.References = slices.Clone(by.References)
		for j := range by.References {
			if by.References[j].Document == from {
				by.References[j].Document = to
			}
		}
		by.Note = "văn bản dẫn chiếu nay đã có toàn văn"
		if err := insertDocument(tx, by); err != nil {
			return err
		}
		if by.State != Active {
			continue
		}
		duties, err := s.Duties(ctx, tx, by.ID)
		if err != nil {
			return err
		}
		if err := s.o.Fanout.Amended(ctx, tx, by, duties); err != nil {
			return err
		}
	}
	return nil
}

// Withdraw is the command that takes a document out of the register: it was
// recalled, or imported by mistake.
type Withdraw struct {
	Document string
	Reason   string
}

// Command is the journal's entry for the command.
func (c *Withdraw) Command(actor string) (db.Command, error) {
	return command(actor, "directive.withdraw", c.Document, struct {
		Document string `json:"document"`
		Reason   string `json:"reason"`
	}{c.Document, c.Reason})
}

var msgWhyWithdraw = fault.Msg{Key: "directive.why_withdraw", Text: "hãy ghi lý do thu hồi văn bản hoặc rút khỏi sổ"}

// Withdraw takes a document out of the register; its rows stay.
func (s *Service) Withdraw(ctx context.Context, tx *db.Tx, who authz.Subject, cmd Withdraw) error {
	d, err := s.find(tx, who, cmd.Document)
	if err != nil {
		return err
	}
	was := d.State
	d.State, d.Note = Withdrawn, tidy(cmd.Reason)
	switch {
	case was == Withdrawn:
		return notNow(&d)
	case d.Note == "":
		return fault.New(fault.Invalid, msgWhyWithdraw).At("ly-do-rut")
	}
	if f := tooLong("ly-do-rut", d.Note, 400); f != nil {
		return f
	}
	if err := insertDocument(tx, &d); err != nil {
		return err
	}
	if was != Active {
		return nil
	}
	return s.o.Fanout.Withdrawn(ctx, tx, &d)
}
