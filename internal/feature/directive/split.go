package directive

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Split is the command that makes two duties of one.
type Split struct {
	Edit
	At int // code points of the duty's text that stay with the first
}

// Command is the journal's entry for the command.
func (c *Split) Command(actor string) (db.Command, error) { return c.command(actor, "directive.split") }

// Merge is the command that makes one duty of two: the earlier one goes on.
type Merge struct {
	Edit
	With string // id of the other duty
}

// Command is the journal's entry for the command.
func (c *Merge) Command(actor string) (db.Command, error) { return c.command(actor, "directive.merge") }

var (
	msgCut      = fault.Msg{Key: "directive.cut", Text: "hãy chọn chỗ tách nằm trong nội dung nhiệm vụ"}
	msgMergeOne = fault.Msg{Key: "directive.merge_self", Text: "hãy chọn một nhiệm vụ khác để gộp"}
)

// Cuts lists where a text may be taken apart: after a full stop, a semicolon or
// a comma, as numbers of code points that stay with the first part.
func Cuts(text string) []int {
	r := []rune(text)
	var out []int
	for i := 0; i+2 < len(r); i++ {
		if strings.ContainsRune(".;,:", r[i]) && r[i+1] == ' ' {
			out = append(out, i+1)
		}
	}
	return out
}

// CutText takes a text apart after at code points; the space between belongs to
// neither part.
func CutText(text string, at int) (first, second string, ok bool) {
	r := []rune(text)
	if at <= 0 || at >= len(r) {
		return "", "", false
	}
	first, second = strings.TrimSpace(string(r[:at])), strings.TrimSpace(string(r[at:]))
	return first, second, first != "" && second != ""
}

// Split makes two duties of one. Both keep its addressees; the day stays with
// the part in whose words the deadline stands, with both where that is not
// clear.
func (s *Service) Split(ctx context.Context, tx *db.Tx, who authz.Subject, cmd Split) (string, error) {
	d, duties, at, err := s.open(tx, who, &cmd.Edit)
	if err != nil {
		return "", err
	}
	x := duties[at]
	if x.Removed {
		return "", fault.New(fault.Conflict, msgStruck, "ref", x.Ref)
	}
	text, err := textOf(tx, d.ID)
	if err != nil {
		return "", err
	}
	a, b, ok := x.cut([]rune(text), cmd.At)
	if !ok {
		return "", fault.New(fault.Invalid, msgCut).At("cho-tach")
	}
	a.Note, b.Note = cmd.Reason, cmd.Reason
	b.ID, b.Seq = tx.NewID(), placeAfter(duties, x.ID)
	if d.State == Active {
		b.Ref = nextRef(duties, x.Group)
		return b.ID, s.write(ctx, tx, &d, []Duty{a, b})
	}
	duties[at] = a
	return b.ID, s.write(ctx, tx, &d, relabelled(slices.Insert(duties, at+1, b), x.Group, a.ID, b.ID))
}

// relabelled gives the live duties of a group the marks a, b, c in their order,
// and gives those that changed, the ones named among them.
func relabelled(duties []Duty, group string, named ...string) []Duty {
	var out []Duty
	n := 0
	for i := range duties {
		x := duties[i]
		if x.Group != group || x.Removed {
			continue
		}
		ref := group + letters(n)
		n++
		if ref == x.Ref && !slices.Contains(named, x.ID) {
			continue
		}
		x.Ref = ref
		out = append(out, x)
	}
	return out
}

// cut makes two duties of one, at a number of code points of its own text.
func (d Duty) cut(text []rune, at int) (a, b Duty, ok bool) {
	first, second, ok := CutText(d.Text, at)
	if !ok {
		return a, b, false
	}
	a, b = d, d
	a.Text, b.Text, a.Confidence, b.Confidence = first, second, 100, 100
	a.End, b.Start = d.spanCut(text, at)
	if d.Phrase == "" {
		return a, b, true
	}
	inFirst, inSecond := strings.Contains(first, d.Phrase), strings.Contains(second, d.Phrase)
	switch {
	case inFirst && !inSecond:
		b = b.timeless()
	case inSecond && !inFirst:
		a = a.timeless()
	}
	return a, b, true
}

func (d Duty) timeless() Duty {
	d.Due, d.DueTime, d.Phrase, d.Kind, d.Recurrence = day.None, "", "", NoDeadline, ""
	return d
}

// spanCut is where the span of a duty parts. The duty's text may differ from the
// document's by its spaces alone; where it differs otherwise both parts keep the
// whole span.
func (d *Duty) spanCut(text []rune, at int) (end, start int) {
	if d.End > len(text) || d.Start >= d.End || tidy(string(text[d.Start:d.End])) != tidy(d.Text) {
		return d.End, d.Start
	}
	left := 0 // letters that stay with the first part
	for _, r := range []rune(d.Text)[:at] {
		if !unicode.IsSpace(r) {
			left++
		}
	}
	end = d.Start
	for ; left > 0; end++ {
		if !unicode.IsSpace(text[end]) {
			left--
		}
	}
	start = end
	for start < d.End && unicode.IsSpace(text[start]) {
		start++
	}
	return end, start
}

// Merge makes one duty of two.
func (s *Service) Merge(ctx context.Context, tx *db.Tx, who authz.Subject, cmd Merge) error {
	d, duties, at, err := s.open(tx, who, &cmd.Edit)
	if err != nil {
		return err
	}
	with := slices.IndexFunc(duties, func(x Duty) bool { return x.ID == cmd.With })
	switch {
	case with < 0 || with == at:
		return fault.New(fault.Invalid, msgMergeOne).At("gop-voi")
	case duties[at].Removed || duties[with].Removed:
		return fault.New(fault.Conflict, msgStruck, "ref", duties[with].Ref)
	}
	text, err := textOf(tx, d.ID)
	if err != nil {
		return err
	}
	first, second := min(at, with), max(at, with)
	one, b := join([]rune(text), &duties[first], &duties[second]), duties[second]
	one.Note, b.Removed = cmd.Reason, true
	duties[first], duties[second] = one, b
	changed := []Duty{one}
	if d.State == Proposed {
		changed = relabelled(duties, one.Group, one.ID)
	}
	for i := range changed {
		if changed[i].ID != one.ID {
			continue
		}
		if d.State == Proposed && alone(duties, one.Group) {
			changed[i].Ref = one.Group
		}
		b.Note = "gộp vào " + changed[i].Ref
	}
	changed = append(changed, b)
	return s.write(ctx, tx, &d, changed)
}

// alone tells whether a group has one live duty.
func alone(duties []Duty, group string) bool {
	n := 0
	for i := range duties {
		if duties[i].Group == group && !duties[i].Removed {
			n++
		}
	}
	return n == 1
}

// join is two duties as one, in the words of the document where the two are
// neighbours in it.
func join(text []rune, a, b *Duty) Duty {
	one := *a
	one.Confidence = 100
	one.Text = strings.TrimSpace(a.Text + " " + b.Text)
	if spans(text, a) && spans(text, b) && a.End <= b.Start && strings.TrimSpace(string(text[a.End:b.Start])) == "" {
		one.Text, one.End = tidy(string(text[a.Start:b.End])), b.End
	} else if b.Start < b.End && a.Start < a.End {
		one.Start, one.End = min(a.Start, b.Start), max(a.End, b.End)
	}
	one.Text = clip(one.Text, maxDuty)
	one.Addressees = union(a.Addressees, b.Addressees, func(x Addressee) string { return x.Text })
	one.Objects = union(a.Objects, b.Objects, func(x Object) string { return cmp.Or(x.Place, x.Text) })
	one.References = union(a.References, b.References, func(x string) string { return x })
	if one.Due == day.None && (b.Due != day.None || one.Kind == NoDeadline) || b.Due != day.None && b.Due < one.Due {
		one.Due, one.DueTime, one.Phrase, one.Kind, one.Recurrence = b.Due, b.DueTime, b.Phrase, b.Kind, b.Recurrence
	}
	if len(one.Steps) == 0 {
		one.Steps = b.Steps
	}
	one.Separate = a.Separate || b.Separate
	one.Product = cmp.Or(a.Product, b.Product)
	one.Checker = cmp.Or(a.Checker, b.Checker)
	return one
}

// spans tells whether a duty's text is what stands at its span.
func spans(text []rune, d *Duty) bool {
	return d.Start < d.End && d.End <= len(text) && tidy(string(text[d.Start:d.End])) == tidy(d.Text)
}

func union[T any](a, b []T, key func(T) string) []T {
	out := slices.Clone(a)
	for _, x := range b {
		if !slices.ContainsFunc(out, func(y T) bool { return key(x) == key(y) }) {
			out = append(out, x)
		}
	}
	return out
}
