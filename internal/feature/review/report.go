package review

import (
	"encoding/json"
	"io"

	"giuchuan/internal/law"
)

// Report is an assessment as programs read it.
type Report struct {
	Set      string `json:"set"`
	Date     string `json:"date"`
	Province string `json:"province"`
	// Illustrative is there only when the answer rests on generated data.
	Illustrative bool            `json:"illustrative,omitempty"`
	Warnings     []string        `json:"warnings"`
	Communes     []CommuneReport `json:"communes"`
	RowErrors    []RowError      `json:"row_errors"`
}

// CommuneReport is one commune of a [Report].
type CommuneReport struct {
	Code       string            `json:"code"`
	Name       string            `json:"name"`
	Criteria   CriteriaReport    `json:"criteria"`
	Unmet      []string          `json:"unmet"`
	Unknown    []string          `json:"unknown"`
	Revocation RevocationReport  `json:"revocation"`
	Indicators []IndicatorReport `json:"indicators"`
}

// CriteriaReport counts criteria by verdict.
type CriteriaReport struct {
	Met           int `json:"met"`
	Unmet         int `json:"unmet"`
	Unknown       int `json:"unknown"`
	NotApplicable int `json:"not_applicable"`
}

// RevocationReport is the revocation test: "none", "A" or "B".
type RevocationReport struct {
	Certain    string     `json:"certain"`
	Possible   string     `json:"possible"`
	UnmetShare law.Number `json:"unmet_share"`
	CoreUnmet  []string   `json:"core_unmet"`
}

// IndicatorReport is one indicator with its verdict and why. Value and
// Threshold are a number, a word or null.
type IndicatorReport struct {
	Code       string       `json:"code"`
	Verdict    string       `json:"verdict"`
	Value      any          `json:"value"`
	Threshold  any          `json:"threshold"`
	Comparator string       `json:"comparator"`
	Unit       string       `json:"unit"`
	Reason     string       `json:"reason"`
	Source     SourceReport `json:"source"`
	Verified   bool         `json:"verified"`
	Margin     *law.Number  `json:"margin"`
}

// SourceReport cites the text a threshold rests on.
type SourceReport struct {
	Instrument string `json:"instrument"`
	Article    string `json:"article"`
}

// Report makes the program's view of an assessment; errors may be nil.
func (a *Assessment) Report(errors []RowError) *Report {
	r := &Report{
		Set: a.Set.ID, Date: a.On.String(), Province: a.Province, Illustrative: a.Illustrative,
		Warnings: append([]string{}, a.Warnings...), RowErrors: append([]RowError{}, errors...),
		Communes: make([]CommuneReport, len(a.Units)),
	}
	for i := range a.Units {
		r.Communes[i] = a.commune(i)
	}
	return r
}

func (a *Assessment) commune(i int) CommuneReport {
	c := &a.Standing.Communes[i]
	n := c.Counts
	r := CommuneReport{
		Code: a.Units[i].Code, Name: a.Units[i].Name,
		Criteria: CriteriaReport{n.Met, n.Unmet, n.Unknown, n.NotApplicable},
		Unmet:    a.Criteria(i, law.Unmet), Unknown: a.Criteria(i, law.Unknown),
		Revocation: RevocationReport{
			Certain: law.ClauseCode(c.Revocation.Certain), Possible: law.ClauseCode(c.Revocation.Possible),
			UnmetShare: c.Revocation.UnmetShare(), CoreUnmet: []string{},
		},
		Indicators: make([]IndicatorReport, len(a.Set.Indicators)),
	}
	if a.Set.Revocation == nil { // no title is tested on this set
		share := law.RevocationTest{Unmet: n.Unmet, Total: len(c.Criteria)}
		r.Revocation.UnmetShare = share.UnmetShare()
	}
	for _, core := range c.Revocation.CoreUnmet {
		r.Revocation.CoreUnmet = append(r.Revocation.CoreUnmet, a.Set.Criteria[core].Code)
	}
	for slot := range a.Set.Indicators {
		r.Indicators[slot] = a.indicator(i, slot)
	}
	return r
}

// Criteria lists the codes of a commune's criteria with a verdict, in order.
func (a *Assessment) Criteria(i int, v law.Verdict) []string {
	codes := []string{}
	for at, got := range a.Standing.Communes[i].Criteria {
		if got == v {
			codes = append(codes, a.Set.Criteria[at].Code)
		}
	}
	return codes
}

// Explain builds the trace of one indicator of a commune.
func (a *Assessment) Explain(i, slot int) law.Trace {
	t := law.Explain(&a.Standing.Communes[i], &a.Facts.Communes[i], slot)
	t.Note = a.notes[noted{i, slot}]
	for p := range t.Parts {
		if at, ok := a.Set.Slot(t.Parts[p].Code); ok {
			t.Parts[p].Note = a.notes[noted{i, at}]
		}
	}
	return t
}

func (a *Assessment) indicator(i, slot int) IndicatorReport {
	t, ind := a.Explain(i, slot), a.Set.At(slot)
	_, verified := a.Standing.Communes[i].Yardstick.Verified(slot)
	r := IndicatorReport{
		Code: t.Code, Verdict: t.Outcome.Verdict.String(), Value: figure(t.ValueNumber, t.Value), Threshold: figure(t.ThresholdNumber, t.Threshold),
		Comparator: comparatorWord(ind, &t), Unit: unitWord(ind, &t), Reason: t.Sentence(),
		Source: SourceReport{t.Instrument, t.Article}, Verified: verified,
	}
	if a.Facts.Communes[i].Data[slot].State == law.NotApplying || (ind.Kind == law.BySex && t.ValueNumber == nil) {
		r.Value = nil // without a total, the figures of the sexes are in the reason
	}
	if t.Outcome.HasMargin {
		m := t.Outcome.Margin
		r.Margin = &m
	}
	return r
}

// answeredInWords tells whether an indicator is answered with đạt / chưa đạt.
func answeredInWords(ind *law.Indicator, t *law.Trace) bool {
	return ind.Kind == law.YesNo || len(ind.Parts) > 0 || (ind.Kind == law.Depends && t.Unit == "")
}

// comparatorWord is the sign between value and threshold: "==" where the answer
// is a word.
func comparatorWord(ind *law.Indicator, t *law.Trace) string {
	if answeredInWords(ind, t) {
		return law.Equal.String()
	}
	return t.Comparator.String()
}

// unitWord is the unit, or the two words that are accepted.
func unitWord(ind *law.Indicator, t *law.Trace) string {
	if answeredInWords(ind, t) && t.Unit == "" {
		return "Đạt/Chưa đạt"
	}
	return t.Unit
}

// figure is the number where there is one, else the word, else null.
func figure(n *law.Number, word string) any {
	switch {
	case n != nil:
		return *n
	case word != "":
		return word
	}
	return nil
}

// WriteJSON writes the report, indented by one space.
func (r *Report) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(r)
}
