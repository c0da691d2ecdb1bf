package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
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
		var got *review.Assessment
		err = a.DB.Read(ctx, func(tx *db.Tx) error {
			known, err := c.AsKnownAt.position(tx)
			if err != nil {
				return err
			}
			got, err = a.Review.Assess(ctx, tx, set, []place.Unit{unit}, review.Ask{On: on, Known: known, Province: c.Province})
			return err
		})
		if err != nil {
			return err
		}
		return writeTo(env, "", func(w io.Writer) error {
			writeTraces(w, got, slots)
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

func writeTraces(w io.Writer, a *review.Assessment, slots []int) {
	if banner := a.Banner(); banner != "" {
		fmt.Fprintf(w, "%s\n", banner)
	}
	fmt.Fprintf(w, "%s, ngày %s\n%s\n", a.Units[0].Label(), a.On.Vietnamese(), a.Set.Name)
	for _, slot := range slots {
		t := a.Explain(0, slot)
		fmt.Fprintln(w)
		writeTrace(w, &t, "")
		if text := a.Outlook(0, slot); text != "" {
			fmt.Fprintf(w, "  sắp tới: %s\n", text)
		}
	}
}

// writeTrace prints căn cứ đánh giá: what was reported, the threshold and the
// text it rests on, and the comparison.
func writeTrace(w io.Writer, t *law.Trace, indent string) {
	line := func(label, text string) {
		if text != "" {
			fmt.Fprintf(w, "%s  %s: %s\n", indent, label, text)
		}
	}
	fmt.Fprintf(w, "%s%s %s: %s\n", indent, t.Code, t.Name, t.Outcome.Verdict.Vietnamese())
	line("vì sao", t.Reason)
	if t.Value != "" {
		line("số liệu", t.Value+" "+unitOf(t)+"("+t.Period+"; "+t.Provenance+")")
	}
	if t.Threshold != "" {
		line("mức đạt chuẩn", thresholdText(t))
	}
	source := t.Instrument
	if t.Article != "" {
		source += ", " + t.Article
	}
	if t.Illustrative {
		source += " (số liệu minh họa)"
	}
	line("căn cứ", source)
	line("văn bản hướng dẫn", t.Published)
	if t.Verified == nil {
		line("đối chiếu", "chưa đối chiếu văn bản gốc; mức đang dùng: "+origin(t.Origin))
	} else {
		line("đối chiếu", t.Verified.By+", ngày "+t.Verified.On.Vietnamese())
	}
	line("khoảng cách", t.Missing)
	for _, n := range t.Notes {
		line("lưu ý", n)
	}
	for i := range t.Parts {
		writeTrace(w, &t.Parts[i], indent+"    ")
	}
}

func unitOf(t *law.Trace) string {
	if t.Unit == "" || t.ValueNumber == nil {
		return ""
	}
	return t.Unit + " "
}

// thresholdText writes "≥ 90 %".
func thresholdText(t *law.Trace) string {
	sign := map[law.Comparator]string{law.AtLeast: "≥ ", law.AtMost: "≤ ", law.Equal: "= "}[t.Comparator]
	if t.ThresholdNumber == nil {
		sign = ""
	}
	return strings.TrimSpace(sign + t.Threshold + " " + t.Unit)
}
