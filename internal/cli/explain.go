package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/register/place"
)

type explainCmd struct {
	store
	Commune   string      `arg:"" name:"xã" help:"Mã hoặc tên xã."`
	Indicator string      `arg:"" name:"chỉ-tiêu" help:"Mã chỉ tiêu hoặc tiêu chí, như 15.1."`
	Set       string      `help:"Bộ tiêu chí; để trống là bộ theo mức công nhận của xã." placeholder:"BỘ"`
	Date      dayFlag     `help:"Ngày đánh giá; để trống là hôm nay." placeholder:"NGÀY"`
	Province  string      `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
	AsKnownAt instantFlag `name:"as-known-at" help:"Theo số liệu đã biết đến lúc này." placeholder:"LÚC"`
}

var msgNoTitle = fault.Msg{Key: "cli.no_title", Text: "{name} chưa có mức công nhận vào ngày {date}; chọn bộ tiêu chí bằng --set"}

// Run explains why an indicator of a commune has its verdict.
func (c explainCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(a *app.App) error {
		on := c.Date.or(today(env))
		unit, err := a.Places.Resolve(c.Commune, c.Province, on, place.Commune)
		if err != nil {
			return err
		}
		set, err := c.chooseSet(ctx, a, &unit, on)
		if err != nil {
			return err
		}
		slots, err := slotsOf(set, c.Indicator)
		if err != nil {
			return err
		}
		var traces []traced
		var got *review.Assessment
		err = a.DB.Read(ctx, func(tx *db.Tx) error {
			known, err := c.AsKnownAt.position(tx)
			if err != nil {
				return err
			}
			got, err = a.Review.Assess(ctx, tx, set, []place.Unit{unit}, review.Ask{On: on, Known: known, Province: c.Province})
			if err == nil {
				traces, err = readTraces(tx, got, slots)
			}
			return err
		})
		if err != nil {
			return err
		}
		return writeTo(env, "", func(w io.Writer) error {
			if c.AsKnownAt.given {
				fmt.Fprintf(w, "Theo số liệu đã biết đến %s\n", c.AsKnownAt.words())
			}
			writeTraces(w, got, traces)
			return nil
		})
	})
}

func (c explainCmd) chooseSet(ctx context.Context, a *app.App, unit *place.Unit, on day.Day) (*law.Set, error) {
	if c.Set != "" {
		return usableSet(a.Law, c.Set)
	}
	setFor, err := a.SetFor(ctx, on)
	if err != nil {
		return nil, err
	}
	if set := setFor(unit.ID); set != nil {
		return set, nil
	}
	return nil, fault.New(fault.NotFound, msgNoTitle, "name", unit.Title(), "date", on.Vietnamese())
}

// traced is a trace with the record behind it.
type traced struct {
	law.Trace
	origins map[string]string // by code of the indicator or part: who recorded the datum, when, from which file
	notes   map[string]string
	outlook string
}

// readTraces explains some indicators of the one commune of an assessment.
func readTraces(tx *db.Tx, a *review.Assessment, slots []int) ([]traced, error) {
	var out []traced
	for _, slot := range slots {
		t := traced{Trace: a.Explain(0, slot), outlook: a.Outlook(0, slot), origins: map[string]string{}, notes: map[string]string{}}
		for _, at := range append([]int{slot}, a.Set.At(slot).Parts...) {
			f := a.Origin(0, at)
			if f == nil {
				continue
			}
			text, err := originText(tx, f)
			if err != nil {
				return nil, err
			}
			code := a.Set.At(at).Code
			t.origins[code], t.notes[code] = text, f.Note
		}
		out = append(out, t)
	}
	return out, nil
}

// originText says who recorded a finding, when, and from which file.
func originText(tx *db.Tx, f *review.Finding) (string, error) {
	if f.Entry == 0 {
		return "", nil
	}
	e, err := journal.Find(tx, f.Entry)
	if err != nil {
		return "", err
	}
	var body struct {
		File string `json:"file"`
	}
	text := fmt.Sprintf("mục %d của nhật ký, %s, tài khoản %s", e.Position, day.Local(e.At).Format("15:04 ngày 02/01/2006"), e.Actor)
	if json.Unmarshal(e.Body, &body) == nil && body.File != "" {
		text += ", tệp " + body.File
	}
	return text, nil
}

func writeTraces(w io.Writer, a *review.Assessment, traces []traced) {
	if banner := a.Banner(); banner != "" {
		fmt.Fprintf(w, "%s\n", banner)
	}
	fmt.Fprintf(w, "%s, ngày %s\n%s\n", a.Units[0].Label(), a.On.Vietnamese(), a.Set.Name)
	for i := range traces {
		fmt.Fprintln(w)
		traces[i].write(w, &traces[i].Trace, "")
		if text := traces[i].outlook; text != "" {
			fmt.Fprintf(w, "  sắp tới: %s\n", text)
		}
	}
}

// write prints căn cứ đánh giá: what was reported and by whom, the threshold and
// why it applies, the text it rests on, and the comparison.
func (x *traced) write(w io.Writer, t *law.Trace, indent string) {
	line := func(label, text string) {
		if text != "" {
			fmt.Fprintf(w, "%s  %s: %s\n", indent, label, text)
		}
	}
	verdict := t.Outcome.Verdict.Vietnamese()
	if t.Feeds {
		verdict = "dùng để chọn mức đạt chuẩn"
	}
	fmt.Fprintf(w, "%s%s %s: %s\n", indent, t.Code, t.Name, verdict)
	if !t.Feeds {
		line("vì sao", t.Reason)
	}
	line("số liệu", datumLine(t))
	line("ghi nhận", x.origins[t.Code])
	line("ghi chú", x.notes[t.Code])
	if t.Threshold != "" {
		text := thresholdText(t)
		if t.Why != "" {
			text += " (" + t.Why + ")"
		}
		line("mức đạt chuẩn", text)
	}
	line("căn cứ", sourceLine(t))
	line("văn bản hướng dẫn", t.Published)
	line("đối chiếu", checkedLine(t))
	line("khoảng cách", t.Missing)
	for _, n := range t.Notes {
		line("lưu ý", n)
	}
	for i := range t.Parts {
		x.write(w, &t.Parts[i], indent+"    ")
	}
}

// datumLine is what was reported: figure, fraction, period, age and how far it
// was checked.
func datumLine(t *law.Trace) string {
	if t.Value == "" && t.Period == "" {
		return ""
	}
	text := t.Value
	if strings.ContainsAny(t.Value, "0123456789") && t.Unit != "" {
		text += " " + t.Unit
	}
	if t.Fraction != "" {
		text += " = " + t.Fraction
	}
	if t.Sub != "" {
		text += ", trong đó " + t.Sub
	}
	var about []string
	if t.Period != "" {
		about = append(about, t.Period)
	}
	if t.Age != "" {
		about = append(about, "đã "+t.Age)
	}
	if t.Provenance != "" {
		about = append(about, t.Provenance)
	}
	if len(about) > 0 {
		text += " (" + strings.Join(about, "; ") + ")"
	}
	return strings.TrimSpace(text)
}

func sourceLine(t *law.Trace) string {
	text := t.Instrument
	if t.Article != "" {
		text += ", " + t.Article
	}
	if t.Illustrative {
		text += " (số liệu minh họa)"
	}
	return text
}

// checkedLine says whether a person compared the threshold with the original.
func checkedLine(t *law.Trace) string {
	switch {
	case t.Verified != nil:
		return t.Verified.By + ", ngày " + t.Verified.On.Vietnamese()
	case t.Threshold == "":
		return ""
	case t.Origin == "":
		return "chưa đối chiếu văn bản gốc"
	}
	return "chưa đối chiếu văn bản gốc; mức đang dùng: " + t.Origin
}

// thresholdText writes "≥ 90 %".
func thresholdText(t *law.Trace) string {
	sign := map[law.Comparator]string{law.AtLeast: "≥ ", law.AtMost: "≤ ", law.Equal: "= "}[t.Comparator]
	if t.ThresholdNumber == nil {
		sign = ""
	}
	return strings.TrimSpace(sign + t.Threshold + " " + t.Unit)
}
