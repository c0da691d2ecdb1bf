package criteriaweb

import (
	"net/url"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/criteria"
)

// overviewView is how far every set is compared with the original texts.
type overviewView struct {
	sets []setProgress
	open *setProgress // the set whose criteria are listed
	may  bool         // the person may enter decisions somewhere
}

type setProgress struct {
	set      *law.Set
	progress criteria.Progress
	criteria []criterionProgress
	records  []criteria.Record
}

type criterionProgress struct {
	*law.Criterion
	progress criteria.Progress
	decided  int
	missing  int // delegated indicators without a value of the province
	mine     bool
}

// overview lists the sets and the criteria of one, with what is left to compare.
func (h *Pages) overview(p *web.Page) error {
	open := h.opt.Law.TestedOn(law.TitleNTM, p.Today().Year())
	if id := p.Query("bo"); id != "" {
		s, err := h.opt.Law.Set(id)
		if err != nil {
			return err
		}
		open = s
	}
	v := &overviewView{may: authz.Reaches(p.User().Subject, authz.DecideValue)}
	for _, s := range h.opt.Law.Sets {
		k, err := h.read(p, s.ID)
		if err != nil {
			return err
		}
		one := setProgress{set: s, records: k.records}
		for i := range s.Criteria {
			c := h.progress(p, s, &s.Criteria[i], &k)
			one.progress.Verified += c.progress.Verified
			one.progress.Total += c.progress.Total
			one.criteria = append(one.criteria, c)
		}
		v.sets = append(v.sets, one)
	}
	for i := range v.sets {
		if v.sets[i].set == open {
			v.open = &v.sets[i]
		}
	}
	return p.Render(overviewPage(p.Shell("Đối chiếu văn bản và mức do tỉnh quy định"), v))
}

func (h *Pages) progress(p *web.Page, s *law.Set, c *law.Criterion, k *kept) criterionProgress {
	out := criterionProgress{
		Criterion: c, progress: criteria.ProgressOf(s, c, k.verifications),
		mine: h.may(p, authz.VerifyValue, s.ID, c.Code),
	}
	for slot := c.First; slot < c.End; slot++ {
		ind, found := &s.Indicators[slot], 0
		for i := range k.records {
			if k.records[i].Indicator == ind.Code {
				found++
			}
		}
		out.decided += found
		if ind.Delegated && found == 0 {
			out.missing++
		}
	}
	return out
}

// criterionView is one criterion with every value of the law and the province.
type criterionView struct {
	set        *law.Set
	criterion  *law.Criterion
	progress   criteria.Progress
	whole      *law.Verification
	indicators []indicatorView
	mayVerify  bool
	done       string // what was just done
}

type indicatorView struct {
	*law.Indicator
	part      bool
	citation  string
	whole     *law.Verification // of the indicator or its criterion
	direct    bool              // of the indicator itself
	values    []valueView
	decisions []decisionView
	mayDecide bool
	mayVerify bool
}

type valueView struct {
	key, scope, demand, citation, origin string
	verified                             *law.Verification
}

type decisionView struct {
	criteria.Record
	demand, area string
	verified     *law.Verification
}

func (h *Pages) criterion(p *web.Page) error {
	s, c, err := h.find(p)
	if err != nil {
		return err
	}
	k, err := h.read(p, s.ID)
	if err != nil {
		return err
	}
	v := &criterionView{
		set: s, criterion: c, progress: criteria.ProgressOf(s, c, k.verifications),
		whole: k.verified(c.Code, criteria.Whole), mayVerify: h.may(p, authz.VerifyValue, s.ID, c.Code), done: done(p.Query("xong")),
	}
	for slot := c.First; slot < c.End; slot++ {
		v.indicators = append(v.indicators, h.indicator(p, v, slot, &k))
		for _, part := range s.Indicators[slot].Parts {
			one := h.indicator(p, v, part, &k)
			one.part = true
			v.indicators = append(v.indicators, one)
		}
	}
	return p.Render(criterionPage(p.Shell("Tiêu chí "+c.Code+". "+c.Name), v))
}

// done says what the command behind ?xong= did.
func done(what string) string {
	switch what {
	case "doi-chieu":
		return "Đã ghi xác nhận đối chiếu văn bản gốc."
	case "bo-doi-chieu":
		return "Đã rút xác nhận đối chiếu."
	case "quy-dinh":
		return "Đã ghi mức do tỉnh quy định."
	case "rut":
		return "Đã rút mức do tỉnh quy định; các lần đánh giá sau không dùng mức này nữa."
	}
	return ""
}

func (h *Pages) indicator(p *web.Page, v *criterionView, slot int, k *kept) indicatorView {
	ind := v.set.At(slot)
	out := indicatorView{
		Indicator: ind, citation: v.set.Cite(ind.Source), whole: k.verified(ind.Code, criteria.Whole),
		mayVerify: h.may(p, authz.VerifyValue, v.set.ID, ind.Code),
		mayDecide: h.may(p, authz.DecideValue, v.set.ID, ind.Code) && len(ind.Parts) == 0 && !ind.Unjudged &&
			(ind.DependsOn == nil || ind.DependsOn.Indicator != ""),
	}
	out.direct = out.whole != nil
	if out.whole == nil {
		out.whole = v.whole
	}
	values := criteria.Values(ind)
	for i := range values {
		t := &values[i]
		one := valueView{
			key: t.Key(), scope: t.Scope(), demand: ind.Requirement(t.Value), citation: v.set.Cite(t.Source), origin: t.Source.Seen(),
			verified: k.verified(ind.Code, t.Key()),
		}
		if one.verified == nil {
			one.verified = t.Verified
		}
		if i >= len(ind.Values) {
			one.scope = ind.Of.Name + ": " + one.scope
		}
		out.values = append(out.values, one)
	}
	for i := range k.records {
		if r := &k.records[i]; r.Indicator == ind.Code {
			out.decisions = append(out.decisions, decisionView{
				Record: *r, demand: ind.Requirement(r.Value), area: h.area(r), verified: k.verified(ind.Code, r.Number),
			})
		}
	}
	return out
}

// area is where a decision holds.
func (h *Pages) area(r *criteria.Record) string {
	if r.Area == "" {
		return "toàn tỉnh"
	}
	if u, ok := h.opt.Places.Latest(r.Area); ok {
		return u.FullName
	}
	return r.Area
}

// verified is the verification of a code and key that stands.
func (k *kept) verified(code, key string) *law.Verification {
	for i := range k.verifications {
		if v := &k.verifications[i]; v.Indicator == code && v.Key == key {
			return &v.Verification
		}
	}
	return nil
}

// back is the page of a criterion with what was done.
func back(s *law.Set, c *law.Criterion, did string) string {
	return "/bo-tieu-chi/" + url.PathEscape(s.ID) + "/" + url.PathEscape(c.Code) + "?xong=" + did
}

// verify records that the person compared values with the original text today.
func (h *Pages) verify(p *web.Page) error {
	s, c, err := h.find(p)
	if err != nil {
		return err
	}
	cmd := criteria.Verify{Set: s.ID, Code: p.Form().Value("ma"), Key: p.Form().Value("muc"), By: p.User().Name, On: p.Today()}
	err = h.write(p, cmd.Command, h.of(p, authz.VerifyValue, s.ID, cmd.Code), func(tx *db.Tx) error {
		_, err := h.opt.Criteria.Verify(p.Context(), tx, cmd)
		return err
	})
	if err != nil {
		return err
	}
	return p.Redirect(back(s, c, "doi-chieu"))
}

// unverify takes a verification back.
func (h *Pages) unverify(p *web.Page) error {
	s, c, err := h.find(p)
	if err != nil {
		return err
	}
	cmd := criteria.Withdraw{Set: s.ID, Code: p.Form().Value("ma"), Key: p.Form().Value("muc"), By: p.User().Name, On: p.Today()}
	may := h.of(p, authz.VerifyValue, s.ID, cmd.Code)
	err = h.write(p, cmd.Command, may, func(tx *db.Tx) error { return h.opt.Criteria.Withdraw(p.Context(), tx, cmd) })
	if err != nil {
		return err
	}
	return p.Redirect(back(s, c, "bo-doi-chieu"))
}

// span says when a decision holds.
func span(r *criteria.Record) string {
	text := "từ " + r.From.Vietnamese()
	if r.Until != day.Forever {
		text += " đến " + r.Until.Vietnamese()
	}
	return text
}
