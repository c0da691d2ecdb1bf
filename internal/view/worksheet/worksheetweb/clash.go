package worksheetweb

import (
	"net/http"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/platform/web"
)

// tellClash shows both values and lets the person choose: nothing was written.
func (h *Pages) tellClash(p *web.Page, t *attempt, c *round.Clash) error {
	x := &clash{
		Mine: reported(t.ind, &c.Mine), Theirs: reported(t.ind, &c.Theirs.Datum), MineNote: c.Note, TheirNote: plainNote(c.Theirs.Note),
		Base: c.Theirs.Entry, To: t.at.base + t.path,
	}
	for _, name := range append([]string{skipField, noteField, reasonField}, fieldNames()...) {
		if v := p.Form().Value(name); v != "" {
			x.Fields = append(x.Fields, [2]string{name, v})
		}
	}
	err := h.opt.DB.Read(p.Context(), func(tx *db.Tx) error {
		authors, err := journal.Authors(tx, []int64{c.Theirs.Entry})
		if err != nil || h.opt.Posts == nil {
			return err
		}
		author := authors[c.Theirs.Entry]
		x.When = author.At
		posts, err := h.opt.Posts(tx, []string{author.Actor})
		x.By = posts[author.Actor]
		return err
	})
	if err != nil {
		return err
	}
	q := &quantity{at: t.at, Set: t.set, Ind: t.ind, Form: p.Form(), Key: p.ID(), clash: x}
	whole := round.Whole(t.set, t.ind.Slot)
	back := criterionPath(t.at.base, t.set, t.set.Criteria[whole.Criterion].Code) + "#ct-" + slug(whole.Code)
	if p.Fragment() {
		return p.RenderStatus(http.StatusConflict, clashBox(q, back))
	}
	return p.RenderStatus(http.StatusConflict, clashPage(p.Shell("Hai người cùng sửa một số liệu"), q, back))
}
