package round_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

func (w *world) preview(who authz.Subject, items ...round.Save) (out []round.Outcome) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *db.Tx) (err error) {
		out, err = w.service.Preview(ctx, tx, who, &round.Many{Items: items})
		return err
	})
	return out
}

func (w *world) item(code, value string) round.Save {
	return round.Save{Target: w.target(code), Entry: law.Entry{Value: value}, Base: round.AnyBase}
}

// A preview tells what stands to those who may see it, and to nobody else
// whether a guess is right.
func TestPreview(t *testing.T) {
	each(t, func(w *world) {
		w.enter(clerk, "10", "46")
		for _, c := range []struct {
			name  string
			who   authz.Subject
			value string
			seen  bool
			same  bool
			bad   bool
		}{
			{"the same", clerk, "46", true, true, false},
			{"another", clerk, "47", true, false, false},
			{"no figure", clerk, "abc", true, false, true},
			{"the district, the same", district, "46", true, true, true},
			{"a supplier of another column, the same", insurance, "46", false, false, true},
			{"a supplier of another column, another", insurance, "47", false, false, true},
			{"another commune", stranger, "46", false, false, true},
		} {
			o := w.preview(c.who, w.item("10", c.value))[0]
			refused := o.Error != nil && !errors.Is(o.Error, round.ErrSame)
			if o.Seen != c.seen || o.Same != c.same || refused != c.bad {
				t.Errorf("%s: seen %v, same %v, %v", c.name, o.Seen, o.Same, o.Error)
			}
			if !o.Seen && o.Old.Datum.Known() {
				t.Errorf("%s: what stands is told", c.name)
			}
		}
		far := w.item("10", "46")
		far.Place = "khong-co"
		if o := w.preview(clerk, far)[0]; !fault.Is(o.Error, fault.NotFound) {
			t.Errorf("no commune: %v", o.Error)
		}
	})
}

// A note stays when the save says so.
func TestKeepingTheNote(t *testing.T) {
	each(t, func(w *world) {
		first := w.item("10", "46")
		first.Note = "theo điều tra"
		_, err := w.save(clerk, first)
		must(t, err)
		second := w.item("10", "47")
		second.Keep = true
		_, err = w.save(clerk, second)
		must(t, err)
		if _, f := w.row("10"); f.Note != "theo điều tra" || f.Datum.Value != 47*law.One {
			t.Errorf("stands %+v", f)
		}
		_, err = w.save(clerk, second)
		if !errors.Is(err, round.ErrSame) {
			t.Errorf("the same again: %v", err)
		}
	})
}

// Many saves at once decide each as one alone would.
func TestManyDecideAsOne(t *testing.T) {
	each(t, func(w *world) {
		people := []authz.Subject{clerk, insurance, health, district, stranger}
		codes := []string{"10", "15.1", "15.2", "17.1", "99.9"}
		values := []string{"46", "90,5", "đạt", "", "x1"}
		w.enter(clerk, "10", "46")
		rapid.Check(t, func(r *rapid.T) {
			who := rapid.SampledFrom(people).Draw(r, "who")
			item := w.item(rapid.SampledFrom(codes).Draw(r, "code"), rapid.SampledFrom(values).Draw(r, "value"))
			o := w.preview(who, w.item("15.3", "50"), item)[1]
			undo := errors.New("undo")
			cmd, err := item.Command(who.ID)
			must(t, err)
			var alone error
			err = w.try(cmd, func(ctx context.Context, tx *db.Tx) error {
				_, alone = w.service.Save(ctx, tx, who, &item)
				return undo
			})
			if !errors.Is(err, undo) {
				must(t, err)
			}
			if text(o.Error) != text(alone) {
				r.Fatalf("among many: %v; alone: %v", o.Error, alone)
			}
		})
	})
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimSpace(fault.Text(err))
}
