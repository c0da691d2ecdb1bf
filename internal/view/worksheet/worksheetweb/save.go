package worksheetweb

import (
	"errors"
	"strconv"
	"time"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
)

// after is what is shown once a figure was saved.
type after struct {
	q     *quantity
	line  *line
	tally tallied
}

// attempt is one try to save, and what became of it.
type attempt struct {
	at    *at
	cmd   round.Save
	ind   *law.Indicator
	set   *law.Set
	path  string // where it was sent to
	saved *round.Saved
	when  time.Time
	pos   int64
	err   error // ErrSame, a clash, a refusal
}

// save records one figure.
func (h *Pages) save(p *web.Page) error {
	a, err := h.resolve(p)
	if err != nil {
		return err
	}
	t, err := h.attempt(p, a)
	if err != nil {
		return err
	}
	return h.carryOut(p, t)
}

// correct records a figure of a closed round, with the reason (điều chỉnh sau
// chốt). Of an open round the service refuses it.
func (h *Pages) correct(p *web.Page) error {
	a, err := h.resolve(p)
	if err != nil {
		return err
	}
	t, err := h.attempt(p, a)
	if err != nil {
		return err
	}
	t.path, t.cmd.Reason = correctPath, p.Form().Value(reasonField)
	return h.carryOut(p, t)
}

// carryOut records an attempt and answers what became of it.
func (h *Pages) carryOut(p *web.Page, t *attempt) error {
	if err := h.write(p, t); err != nil {
		return err
	}
	var c *round.Clash
	switch {
	case errors.Is(t.err, round.ErrSame) && !p.Fragment() && !t.same():
		mine, _ := t.ind.Read(&t.cmd.Entry) // it was read when it was recorded
		return h.tellClash(p, t, &round.Clash{Mine: mine, Theirs: t.saved.Finding, Note: t.cmd.Note})
	case t.err == nil || errors.Is(t.err, round.ErrSame):
		return h.tell(p, t)
	case errors.As(t.err, &c):
		return h.tellClash(p, t, c)
	case fault.CodeOf(t.err) == fault.Invalid:
		return h.tellWrong(p, t)
	}
	return t.err
}

// attempt reads what was sent.
func (h *Pages) attempt(p *web.Page, a *at) (*attempt, error) {
	f := p.Form()
	set, err := h.opt.Law.Set(f.Value("set"))
	if err != nil {
		return nil, err
	}
	slot, ok := set.Slot(f.Value("code"))
	if !ok {
		return nil, fault.New(fault.NotFound, msgNoCode, "code", fault.Clip(f.Value("code")))
	}
	t := &attempt{at: a, path: savePath}
	t.set, slot = h.home(a, set, slot)
	t.ind = t.set.At(slot)
	base, err := strconv.ParseInt(f.Value("base"), 10, 64)
	if err != nil || base < 0 {
		return nil, fault.New(fault.Invalid, msgBase)
	}
	t.cmd = round.Save{Target: a.target(t.set.ID, t.ind.Code), Entry: entryOf(f), Note: f.Value(noteField), Base: base, Key: keyOf(f)}
	return t, nil
}

// home is where the sheet asks for a quantity: in the first of its sets that
// reads it.
func (h *Pages) home(a *at, set *law.Set, slot int) (*law.Set, int) {
	s, ok := h.opt.Board.Sheet(a.unit.Key, a.period)
	dict := h.opt.Board.Dictionary()
	if !ok || slot >= len(dict.Slots(set)) {
		return set, slot
	}
	members := dict.Members(dict.Slots(set)[slot])
	for _, id := range s.Sets {
		for _, m := range members {
			if m.Set.ID == id {
				return m.Set, m.Slot
			}
		}
	}
	return set, slot
}

var (
	msgNoCode = fault.Msg{Key: "worksheet.no_indicator", Text: "phiếu không có chỉ tiêu {code}"}
	msgBase   = fault.Msg{Key: "worksheet.base", Text: "biểu mẫu thiếu dấu vết của số liệu đã xem; hãy tải lại trang rồi nhập lại"}
)

// write carries the attempt out; only what no answer can be made of is an error.
func (h *Pages) write(p *web.Page, t *attempt) error {
	cmd, err := t.cmd.Command(t.at.who.ID)
	if err != nil {
		return err
	}
	err = h.opt.DB.Write(p.Context(), cmd, func(tx *db.Tx) error {
		t.when, t.pos = tx.Now(), tx.Position()
		t.saved, t.err = h.opt.Rounds.Save(p.Context(), tx, t.at.who, &t.cmd)
		return t.err
	})
	if t.err != nil && errors.Is(err, t.err) {
		return nil
	}
	t.err = nil
	return err
}

// tell answers a save: the parts of the page that changed, or the page again.
func (h *Pages) tell(p *web.Page, t *attempt) error {
	if t.err == nil {
		if err := h.opt.Board.WaitFor(p.Context(), t.pos); err != nil {
			return err
		}
	}
	whole := round.Whole(t.set, t.ind.Slot)
	path := criterionPath(t.at.base, t.set, t.set.Criteria[whole.Criterion].Code)
	if !p.Fragment() {
		return p.Redirect(path + "#ct-" + slug(whole.Code))
	}
	s, err := h.opt.Sheets.Part(p.Context(), &t.at.unit, t.at.period, t.set, whole.Criterion)
	if err != nil {
		return err
	}
	c, l := s.Find(t.set.ID, t.ind.Code)
	if l == nil {
		return p.Redirect(path)
	}
	x := &after{line: t.at.newLine(s, l, map[int32]review.Stored{t.saved.Finding.Measure: t.saved.Finding}, p.ID())}
	for _, q := range x.line.Quantities() {
		if q.Part.Measure == t.saved.Finding.Measure {
			x.q = q
		}
	}
	if x.q == nil {
		return p.Redirect(path)
	}
	x.q.Base, x.q.Saved = t.saved.Finding.Entry, t.when
	x.q.Same = t.err == nil || t.same()
	x.tally = tallyOf(s, t.set, whole.Criterion, c.Counts())
	return p.Render(saved(x))
}

// same tells whether what stands is what was sent: an attempt that is repeated
// may find what somebody recorded after it.
func (t *attempt) same() bool {
	d, faults := t.ind.Read(&t.cmd.Entry)
	return len(faults) == 0 && review.SameReport(&d, &t.saved.Finding.Datum)
}

// tellWrong shows the form again with what is wrong with it.
func (h *Pages) tellWrong(p *web.Page, t *attempt) error {
	f := p.Form()
	if err := f.FailWith(t.err); err != nil {
		return err
	}
	if p.Fragment() {
		q := &quantity{at: t.at, Set: t.set, Ind: t.ind, Form: f, Wrong: f}
		return p.Invalid(refused(q))
	}
	return h.again(p, t.at, t.set, t.ind)
}

// again shows the page of a criterion with a form as it was typed and what is
// wrong with it.
func (h *Pages) again(p *web.Page, a *at, set *law.Set, ind *law.Indicator) error {
	f := p.Form()
	whole := round.Whole(set, ind.Slot)
	v, err := h.page(p, a, set.Criteria[whole.Criterion].Code, set.ID)
	if err != nil {
		return err
	}
	v.Form = &web.Form{}
	for _, l := range v.Lines {
		for _, q := range l.Quantities() {
			if q.Ind != ind {
				continue
			}
			q.Form, q.Wrong = f, f
			if base, err := strconv.ParseInt(f.Value("base"), 10, 64); err == nil {
				q.Base = base // what the person saw, not what came meanwhile
			}
			for _, e := range f.Errors() {
				field := e.Field
				if field != "" {
					field = q.ID(field)
				}
				v.Form.Fail(field, ind.Code+": "+e.Text)
			}
		}
	}
	return p.Invalid(criterionPage(v.shell(p), v))
}

// act runs a command about one figure that has a reason, and goes back to it. An
// office that supplies figures sees no sheet: it answers from a page of its own.
func (h *Pages) act(p *web.Page, f func(a *at, tx *db.Tx, t round.Target) error, command func(t round.Target, actor string) (db.Command, error)) error {
	a, err := h.locate(p)
	if err != nil {
		return err
	}
	set, err := h.opt.Law.Set(p.Form().Value("set"))
	if err != nil {
		return err
	}
	slot, ok := set.Slot(p.Form().Value("code"))
	if !ok {
		return fault.New(fault.NotFound, msgNoCode, "code", fault.Clip(p.Form().Value("code")))
	}
	ind := set.At(slot)
	target := a.target(set.ID, ind.Code)
	cmd, err := command(target, a.who.ID)
	if err != nil {
		return err
	}
	at := int64(0)
	err = h.opt.DB.Write(p.Context(), cmd, func(tx *db.Tx) error {
		at = tx.Position()
		return f(a, tx, target)
	})
	switch {
	case fault.CodeOf(err) == fault.Invalid && h.seen(p, &a.unit) == nil:
		if err := p.Form().FailWith(err); err != nil {
			return err
		}
		return h.again(p, a, set, ind)
	case err != nil:
		return err
	}
	if err := h.opt.Board.WaitFor(p.Context(), at); err != nil {
		return err
	}
	whole := round.Whole(set, slot)
	return p.Redirect(p.Next(criterionPath(a.base, set, set.Criteria[whole.Criterion].Code) + "#ct-" + slug(whole.Code)))
}

// ask questions a figure that another office supplied.
func (h *Pages) ask(p *web.Page) error {
	reason := p.Form().Value(reasonField)
	return h.act(p, func(a *at, tx *db.Tx, t round.Target) error {
		return h.opt.Rounds.Ask(p.Context(), tx, a.who, &round.Ask{Target: t, Reason: reason})
	}, func(t round.Target, actor string) (db.Command, error) {
		return (&round.Ask{Target: t, Reason: reason}).Command(actor)
	})
}

// answer keeps a figure that was questioned.
func (h *Pages) answer(p *web.Page) error {
	reason := p.Form().Value(reasonField)
	return h.act(p, func(a *at, tx *db.Tx, t round.Target) error {
		return h.opt.Rounds.Answer(p.Context(), tx, a.who, &round.Answer{Target: t, Reason: reason})
	}, func(t round.Target, actor string) (db.Command, error) {
		return (&round.Answer{Target: t, Reason: reason}).Command(actor)
	})
}

// clash is two values of one figure, of which a person chooses.
type clash struct {
	Mine, Theirs string // as people read them
	MineNote     string
	TheirNote    string
	By           string
	When         time.Time
	Fields       [][2]string // what was typed, to be sent again
	Base         int64       // of theirs
	To           string      // where it is sent
}
