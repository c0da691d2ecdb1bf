package dossierweb

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/dossier"

	"github.com/a-h/templ"
)

var (
	msgNotSeen    = fault.Msg{Key: "dossier.not_seen", Text: "tài khoản này không có quyền xem hồ sơ của {name}"}
	msgNotCommune = fault.Msg{Key: "dossier.not_commune", Text: "mã {code} không phải là mã của xã, phường, thị trấn"}
)

// view is what the page shows.
type view struct {
	On       day.Day // asked for
	Today    day.Day // the legal day, or On where that is later
	At       day.Day // judged at: the last day of a commune that ended before
	Known    day.Day // "theo số liệu đã biết đến ngày", day.None = now
	Story    place.Story
	Unit     place.Unit
	District *place.Unit
	Others   []place.Unit // other bearers of the code
	Heirs    []place.Heir
	Parents  []place.Heir // places the commune was made of
	Titles   []titleLine
	State    string // "chờ quyết định", "" while it holds a title of its own
	Level    string // the title it holds
	Sheet    *dossier.Sheet
	Trial    *dossier.Trial
	Sets     []setLine
	Changes  []dossier.Change
	Last     time.Time
	ticked   []string
	Sheets   []day.Period    // periods of which there is phiếu rà soát, the latest first
	Wrong    []string        // what of the address names nothing, a sentence each
	Ask      string          // address of "Giao việc", "" for who may not
	Tasks    templ.Component // what the commune has to do by directives, nil = nothing
	sight    func(placeID string) bool
}

// titleLine is one title of the commune or of one it was made of.
type titleLine struct {
	recognition.Title
	Of     string // the commune that held it, where it is another
	Status string
}

// setLine is one set the commune can be looked at on.
type setLine struct {
	Set    *law.Set
	Tested bool
	Shown  bool
}

// commune shows Hồ sơ xã.
func (h *Pages) commune(p *web.Page) error {
	v, err := h.resolve(p)
	if err != nil {
		if to, ok := h.past(p, v); ok {
			return p.Redirect(to)
		}
		return err
	}
	if v.Unit.Level == place.District {
		return p.Redirect("/huyen/" + v.Unit.Code)
	}
	now := h.opt.Board.Stamp(v.Unit.Key) // before the reading begins: what is read is not older
	err = h.opt.DB.Read(p.Context(), func(tx *db.Tx) error { return h.fill(p, tx, v, now) })
	if err != nil {
		return err
	}
	for _, s := range h.opt.Board.SheetsOf(v.Unit.Key) {
		v.Sheets = append(v.Sheets, s.Round.Period)
	}
	slices.SortStableFunc(v.Sheets, func(x, y day.Period) int { return cmp.Compare(y.Last(), x.Last()) })
	if h.opt.Ask != nil {
		v.Ask = h.opt.Ask(p, v.Unit.ID, "")
	}
	if h.opt.Tasks != nil && v.On == p.Today() && v.Known == day.None {
		if v.Tasks, err = h.opt.Tasks(p, v.Unit.ID); err != nil {
			return err
		}
	}
	return p.Render(page(p.Shell("Hồ sơ "+v.Unit.Title()), v, h.opt.Atlas.At(v.At)))
}

// resolve finds the bearer of the code at the day asked for.
func (h *Pages) resolve(p *web.Page) (*view, error) {
	v := &view{On: p.Today(), Known: day.None, ticked: p.R.URL.Query()["dat"]}
	var err error
	for name, to := range map[string]*day.Day{"ngay": &v.On, "biet-den": &v.Known} {
		if text := p.Query(name); text != "" {
			if *to, err = day.Parse(text); err != nil {
				return nil, err
			}
		}
	}
	if v.Story, err = h.opt.Places.Lineage(p.Path("code"), v.On); err != nil {
		return nil, err
	}
	v.Unit = v.Story.Unit
	v.At = min(max(v.On, v.Unit.Began), v.Unit.Ended)
	if u, ok := h.opt.Places.Unit(v.Unit.ID, v.At); ok {
		v.Unit = u
	}
	if v.Unit.Level == place.Province {
		return nil, fault.New(fault.NotFound, msgNotCommune, "code", fault.Clip(p.Path("code")))
	}
	if h.opt.Sight != nil {
		v.sight = h.opt.Sight(p)
	}
	if v.Unit.Level == place.Commune && !v.Sees(v.Unit.ID) {
		return v, fault.New(fault.Forbidden, msgNotSeen, "name", v.Unit.Title())
	}
	h.relatives(p, v)
	return v, nil
}

// past is where the page of an earlier bearer of the code is, for a person who
// named no day and may see that one and not today's.
func (h *Pages) past(p *web.Page, v *view) (string, bool) {
	if v == nil || p.Query("ngay") != "" {
		return "", false
	}
	u, ok := v.Story.Past(v.On, v.Sees)
	if !ok {
		return "", false
	}
	query := p.R.URL.Query()
	query.Set("ngay", u.Ended.String())
	return "/xa/" + u.Code + "?" + query.Encode(), true
}

// Sees tells whether the person may see a commune.
func (v *view) Sees(id string) bool { return v.sight != nil && v.sight(id) }

// Stranded tells whether the commune has ended and the person may see nothing of
// what it became.
func (v *view) Stranded() bool {
	return v.Unit.Ended < v.Today && !slices.ContainsFunc(v.Heirs, func(x place.Heir) bool { return v.Sees(x.Unit.ID) })
}

// relatives are the other bearers of the code and the places before and after.
func (h *Pages) relatives(p *web.Page, v *view) {
	for _, u := range v.Story.Bearers {
		if u.ID != v.Unit.ID {
			v.Others = append(v.Others, u)
		}
	}
	if d, ok := h.opt.Places.At(v.At).Unit(v.Unit.ParentID); ok && d.Level == place.District {
		v.District = &d
	}
	if v.Today = max(v.On, p.Today()); v.Unit.Ended < v.Today {
		v.Heirs = h.opt.Places.Successors(v.Unit.ID, v.Today)
	}
	if v.Unit.Began > h.opt.Places.First() {
		v.Parents = h.opt.Places.Predecessors(v.Unit.ID, v.Unit.Began-1)
	}
}

// fill reads what was known: titles, standing, corrections.
func (h *Pages) fill(p *web.Page, tx *db.Tx, v *view, now board.Stamp) error {
	known := int64(math.MaxInt64)
	if v.Known != day.None {
		var err error
		if known, err = journal.PositionAt(tx, (v.Known + 1).Start().Add(-time.Microsecond)); err != nil {
			return err
		}
	}
	read := dossier.Reading{Tx: tx, Known: known, Now: now, Lasting: v.Known == day.None}
	level, err := h.titles(p.Context(), v, read)
	if err != nil || !v.Unit.IsXa() {
		return err
	}
	set := h.choose(v, level, p.Query("bo"))
	if set == nil {
		return nil
	}
	v.unknown(set, p.Query("bo"))
	a, row, err := h.assess(p.Context(), tx, v, set, known)
	if err != nil {
		return err
	}
	var history dossier.History
	if v.Known == day.None {
		history = func(slot int) []law.Datum { return h.opt.Board.History(v.Unit.Key, set, slot) }
	}
	v.Sheet, v.Trial = dossier.NewSheet(a, row, history, v.ticked), dossier.Try(a, row, v.ticked)
	v.Changes, v.Last, err = h.memory.Changes(p.Context(), read, dossier.Corrections{Keys: h.keys, Set: set, Place: v.Unit.Key, Known: known})
	return err
}

// unknown says which set or criteria of the address the page does not know.
func (v *view) unknown(shown *law.Set, set string) {
	if set != "" && set != shown.ID {
		v.Wrong = append(v.Wrong, "Không xem được xã này theo bộ tiêu chí “"+fault.Clip(set)+"”; đang xem theo "+shown.Name+".")
	}
	v.ticked = slices.DeleteFunc(v.ticked, func(code string) bool {
		_, isCriterion := shown.Criterion(code)
		_, isIndicator := shown.Slot(code)
		if !isCriterion && !isIndicator {
			v.Wrong = append(v.Wrong, "Không có tiêu chí, chỉ tiêu “"+fault.Clip(code)+"” trong bộ này; Thử xem bỏ qua.")
			return true
		}
		return false
	})
	const most = 5
	v.Wrong = v.Wrong[:min(len(v.Wrong), most)]
}

// titles lists the commune's titles, and those of the communes it was made of;
// it gives the level the commune holds on the day.
func (h *Pages) titles(ctx context.Context, v *view, read dossier.Reading) (law.Title, error) {
	all, err := h.memory.Titles(ctx, read, h.opt.Titles)
	if err != nil {
		return "", err
	}
	from := map[string]string{v.Unit.ID: ""}
	for _, x := range v.Parents {
		from[x.Unit.ID] = x.Unit.FullName
	}
	for i := range all {
		if of, ok := from[all[i].Place]; ok {
			v.Titles = append(v.Titles, titleLine{all[i], of, all[i].Status(h.opt.Places, v.At)})
		}
	}
	slices.SortStableFunc(v.Titles, func(x, y titleLine) int {
		return cmp.Or(cmp.Compare(y.From, x.From), slices.Index(law.Titles[:], y.Level)-slices.Index(law.Titles[:], x.Level))
	})
	held, ok := recognition.HeldBy(h.opt.Places, all, v.Unit.ID, v.At)
	if !ok {
		return "", nil
	}
	if held.State != recognition.Holding {
		v.State = held.State.Vietnamese()
	}
	if held.Title == nil {
		return "", nil
	}
	v.Level = held.Title.Level.Vietnamese()
	return held.Title.Level, nil
}

// choose lists the sets of the commune's title and picks the one to show: the
// one asked for, the one the title is tested on, or that of NTM.
func (h *Pages) choose(v *view, level law.Title, asked string) *law.Set {
	year := v.At.Year()
	tested := h.opt.Law.TestedOn(level, year)
	var first *law.Set
	for _, t := range law.Titles {
		for _, s := range h.opt.Law.Sets {
			if s.Title != t || s.Draft || s.Level != law.LevelCommune || s.PeriodFrom.Year() > year || s.PeriodTo.Year() < year {
				continue
			}
			if s == tested || t == law.TitleNTM || slices.Index(law.Titles[:], t) <= slices.Index(law.Titles[:], level) {
				v.Sets = append(v.Sets, setLine{Set: s, Tested: s == tested})
			}
		}
	}
	for _, s := range v.Sets {
		if first == nil || s.Tested {
			first = s.Set
		}
	}
	for _, s := range v.Sets {
		if s.Set.ID == asked {
			first = s.Set
		}
	}
	for i := range v.Sets {
		v.Sets[i].Shown = v.Sets[i].Set == first
	}
	return first
}

// assess judges the commune: from the board as things stand, from SQL as they
// were known.
func (h *Pages) assess(ctx context.Context, tx *db.Tx, v *view, set *law.Set, known int64) (*review.Assessment, int, error) {
	if v.Known == day.None {
		a, err := h.opt.Board.Assess(ctx, set, v.At)
		if err != nil {
			return nil, 0, err
		}
		if row := slices.IndexFunc(a.Units, func(u place.Unit) bool { return u.ID == v.Unit.ID }); row >= 0 {
			return a, row, nil
		}
	}
	a, err := h.opt.Review.Assess(ctx, tx, set, []place.Unit{v.Unit}, review.Ask{On: v.At, Known: known, Province: h.opt.Province})
	return a, 0, err
}
