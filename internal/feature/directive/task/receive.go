package task

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

var (
	msgNoDocument = fault.Msg{Key: "task.no_document", Text: "văn bản này không giao nhiệm vụ nào cho đơn vị; hãy mở lại danh sách tiếp nhận"}
	msgReceived   = fault.Msg{Key: "task.received", Text: "{agency} đã tiếp nhận văn bản này ngày {day}"}
)

// Receive records that a body has received a document.
func (s *Service) Receive(_ context.Context, tx *db.Tx, who authz.Subject, cmd *Receive) error {
	if !s.Carries(who, cmd.Agency, tx.Today()) {
		return fault.New(fault.Forbidden, msgNotYours)
	}
	cmd.Text = strings.TrimSpace(cmd.Text)
	if utf8.RuneCountInString(cmd.Text) > longText {
		return fault.New(fault.TooLarge, msgTooLong, "most", itoa(longText)).At("noi-dung")
	}
	list, acts, err := readAll(tx, cmd.Document)
	if err != nil {
		return err
	}
	if cmd.Document == "" || !slices.ContainsFunc(list, func(t *Task) bool { return t.Agency == cmd.Agency }) {
		return fault.New(fault.NotFound, msgNoDocument)
	}
	for _, a := range acts {
		if a.is.Kind == Received && a.is.Unit == cmd.Agency {
			return fault.New(fault.Conflict, msgReceived, "agency", s.Short(cmd.Agency, tx.Today()), "day", a.is.On.Vietnamese())
		}
	}
	a := act(tx, Received, cmd.Text)
	a.Unit = cmd.Agency
	return insertAct(tx, cmd.Document, "", 0, a)
}

// Receiving is a body that is to receive a document.
type Receiving struct {
	Given    *Given
	Agency   string
	Tasks    int
	Due      day.Day // last day to receive it; day.None = not to be told
	Trouble  string  // why Due is not to be told, "" = it is
	Received day.Day // day.None = not yet
	By       string  // account id
}

// Late tells whether the body has not received the document in time.
func (r *Receiving) Late(on day.Day) bool {
	return r.Received == day.None && r.Due != day.None && on > r.Due
}

// Receiving lists who is to receive which document, those who have not first,
// the longest overdue among them first. Bodies that have ended are left out:
// their tasks wait to be handed over.
func (b *Book) Receiving() []Receiving {
	type key struct{ document, agency string }
	at := map[key]int{}
	var out []Receiving
	for _, e := range b.Now() {
		if e.Status == Retired || e.Given == nil || e.Given.Withdrawn {
			continue
		}
		k := key{e.Document, e.Agency}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			r := Receiving{Given: e.Given, Agency: e.Agency, Received: day.None}
			r.Due, r.Trouble = b.service.receiveBy(e.Given)
			out = append(out, r)
		}
		out[i].Tasks++
	}
	for _, r := range b.Received {
		if i, ok := at[key{r.Document, r.Agency}]; ok {
			out[i].Received, out[i].By = r.Act.On, r.Act.By
		}
	}
	out = slices.DeleteFunc(out, func(r Receiving) bool {
		return r.Received == day.None && b.service.Ended(r.Agency, b.Today)
	})
	slices.SortStableFunc(out, func(x, y Receiving) int {
		if open := x.Received == day.None; open != (y.Received == day.None) {
			return map[bool]int{true: -1, false: 1}[open]
		}
		return cmp.Compare(x.Due, y.Due)
	})
	return out
}

// receiveBy is the last day on which a document is to be received: some working
// days after its own day, and after the day it was confirmed where that came so
// late that nobody could have kept the first.
func (s *Service) receiveBy(g *Given) (due day.Day, trouble string) {
	if s.o.Calendar == nil || g.Day == day.None {
		return day.None, "văn bản chưa có ngày"
	}
	due, err := s.o.Calendar.AddWorkingDays(g.Day, s.o.Rules.ReceiveWithin)
	if err != nil {
		return day.None, fault.Text(err)
	}
	if g.Since > due {
		if due, err = s.o.Calendar.AddWorkingDays(g.Since, s.o.Rules.ReceiveWithin); err != nil {
			return day.None, fault.Text(err)
		}
	}
	return due, ""
}
