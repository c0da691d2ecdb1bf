package task

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
)

var (
	msgNoHeir    = fault.Msg{Key: "task.no_heir", Text: "hãy chọn đơn vị nhận bàn giao"}
	msgHeir      = fault.Msg{Key: "task.heir", Text: "{id} không phải cơ quan đang hoạt động hôm nay; hãy chọn đơn vị khác"}
	msgSameHeir  = fault.Msg{Key: "task.same_heir", Text: "{agency} được chọn hai lần hoặc đang giữ nhiệm vụ này"}
	msgUnheired  = fault.Msg{Key: "task.unheired", Text: "chưa chọn đơn vị nhận cho {name}; mỗi đối tượng phải có đúng một đơn vị nhận"}
	msgBasis     = fault.Msg{Key: "task.basis", Text: "hãy ghi căn cứ bàn giao: số, ngày biên bản hoặc văn bản"}
	msgShareWait = fault.Msg{Key: "task.share_pending", Text: "nhiệm vụ đang chờ xác nhận hoàn thành; hãy xác nhận hoặc trả lại trước khi chia cho nhiều đơn vị"}
)

// HandOver gives a task to one body, which goes on with it, or shares it out
// among several, each with a task of its own. The task keeps who had it first.
func (s *Service) HandOver(_ context.Context, tx *db.Tx, who authz.Subject, cmd *HandOver) error {
	t, err := s.open(tx, cmd.Task, cmd.Seen, func(t *Task) error { return s.mayRecord(tx, who, t, Retracted) })
	if err != nil {
		return err
	}
	if err := s.checkHandOver(tx, t, cmd); err != nil {
		return err
	}
	names := make([]string, len(cmd.To))
	for i, x := range cmd.To {
		names[i] = x.Agency
	}
	a := act(tx, Handed, cmd.Text)
	a.Unit, a.To = t.Agency, strings.Join(names, ",")
	if err := insertAct(tx, t.Document, t.ID, 0, a); err != nil {
		return err
	}
	if len(cmd.To) == 1 {
		t.Agency = cmd.To[0].Agency
		return insertTask(tx, t)
	}
	for _, share := range cmd.To {
		if err := shareOut(tx, t, share, a); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) checkHandOver(tx *db.Tx, t *Task, cmd *HandOver) error {
	cmd.Text = strings.TrimSpace(cmd.Text)
	switch {
	case complete(t):
		return fault.New(fault.Conflict, msgComplete)
	case len(cmd.To) == 0:
		return fault.New(fault.Invalid, msgNoHeir).At("don-vi-nhan")
	case len(cmd.To) > 1 && pending(t):
		return fault.New(fault.Conflict, msgShareWait)
	case cmd.Text == "":
		return fault.New(fault.Invalid, msgBasis).At("can-cu")
	case utf8.RuneCountInString(cmd.Text) > longText:
		return fault.New(fault.TooLarge, msgTooLong, "most", itoa(longText)).At("can-cu")
	}
	seen := map[string]bool{t.Agency: true}
	heirOf := map[string]int{}
	for _, x := range cmd.To {
		if _, ok := s.o.Agencies.Agency(x.Agency, tx.Today()); !ok {
			return fault.New(fault.Invalid, msgHeir, "id", fault.Clip(x.Agency)).At("don-vi-nhan")
		}
		if seen[x.Agency] {
			return fault.New(fault.Invalid, msgSameHeir, "agency", s.Short(x.Agency, tx.Today())).At("don-vi-nhan")
		}
		seen[x.Agency] = true
		for _, key := range x.Parts {
			heirOf[key]++
		}
	}
	if len(cmd.To) == 1 {
		return nil
	}
	for _, p := range t.Parts {
		if !p.Struck && heirOf[p.Key] != 1 {
			return fault.New(fault.Invalid, msgUnheired, "name", p.Text).At("don-vi-nhan")
		}
	}
	return nil
}

// shareOut makes one heir's task of a task: its parts, and what was reached in
// them.
func shareOut(tx *db.Tx, t *Task, share Share, handed *Act) error {
	c := *t
	c.ID, c.Agency, c.Parent, c.Parts = tx.NewID(), share.Agency, t.ID, nil
	if err := insertTask(tx, &c); err != nil {
		return err
	}
	first := *handed
	first.To = share.Agency
	if err := insertAct(tx, c.Document, c.ID, 0, &first); err != nil {
		return err
	}
	seq := 1
	for _, p := range t.Parts {
		if p.Struck || !slices.Contains(share.Parts, p.Key) {
			continue
		}
		if err := insertPart(tx, c.ID, &p); err != nil {
			return err
		}
		for _, step := range t.StepsOf() {
			on, ok := p.Reached[step.Key]
			if !ok {
				continue
			}
			a := Act{Kind: Progress, On: on, Due: day.None, Unit: t.First, Part: p.Key, Step: step.Key, Text: "Kết quả trước bàn giao"}
			if err := insertAct(tx, c.Document, c.ID, seq, &a); err != nil {
				return err
			}
			seq++
		}
	}
	return nil
}

// Heirs is what the register of bodies proposes for a task whose body has ended.
type Heirs struct {
	Entry  *Entry
	Heirs  []agency.Heir
	ByPart map[string]string // the heir's id where the part's place went to one body
}

// HandOverMany hands several tasks over at once: all of them or none.
func (s *Service) HandOverMany(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *HandOvers) error {
	for i := range cmd.Tasks {
		one := cmd.Tasks[i]
		one.Text = cmd.Text
		if err := s.HandOver(ctx, tx, who, &one); err != nil {
			return err
		}
	}
	return nil
}

// Shares is the proposal where it leaves nothing to choose: one heir took over
// everything, or each object went to one heir. nil = a person must choose.
func (h *Heirs) Shares() (out []Share) {
	if len(h.Heirs) == 1 {
		return []Share{{Agency: h.Heirs[0].Agency.ID}}
	}
	for _, p := range h.Entry.Parts {
		if p.Struck {
			continue
		}
		heir := h.ByPart[p.Key]
		if heir == "" {
			return nil
		}
		i := slices.IndexFunc(out, func(s Share) bool { return s.Agency == heir })
		if i < 0 {
			out = append(out, Share{Agency: heir})
			i = len(out) - 1
		}
		out[i].Parts = append(out[i].Parts, p.Key)
	}
	return out
}

// Orphans lists the open tasks whose body has ended, with who might take them
// over: a person chooses.
func (b *Book) Orphans() (out []Heirs) {
	s := b.service
	list := b.Now()
	WorstFirst(list)
	for _, e := range list {
		if e.Status.Complete() || e.Status == Retired || !s.Ended(e.Agency, b.Today) {
			continue
		}
		out = append(out, s.Proposed(e, b.Today))
	}
	return out
}

// Proposed is who might take a task over on a day.
func (s *Service) Proposed(e *Entry, on day.Day) Heirs {
	h := Heirs{Entry: e, Heirs: s.o.Agencies.Successors(e.Agency, on), ByPart: map[string]string{}}
	for _, p := range e.Parts {
		if p.Struck || p.Place == "" {
			continue
		}
		next := s.o.Places.Successors(p.Place, on)
		if len(next) != 1 {
			continue
		}
		id := agency.CommitteeID(next[0].Unit.ID)
		if slices.ContainsFunc(h.Heirs, func(x agency.Heir) bool { return x.Agency.ID == id }) {
			h.ByPart[p.Key] = id
		}
	}
	return h
}
