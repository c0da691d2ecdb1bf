package deskweb

import (
	"strconv"
	"strings"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/desk"
	"giuchuan/internal/view/worksheet"
)

func itoa(n int) string { return strconv.Itoa(n) }

// sentence begins with a capital and ends with a full stop.
func sentence(s string) string {
	s = vntext.Capital(s)
	if s != "" && !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

// figure writes what was reported of a slot: "91,97 % (6.408/6.968)".
func figure(ind *law.Indicator, d *law.Datum) string {
	if d == nil || !d.Known() {
		return "chưa có"
	}
	text := ind.Format(d)
	if d.HasValue && ind.Unit == "%" && len(ind.Levels) == 0 && d.State == law.Given {
		text = d.Value.Short()
	}
	if d.HasValue && ind.Unit != "" && len(ind.Levels) == 0 && ind.Kind != law.YesNo {
		text += " " + ind.Unit
	}
	x := d.Extra
	if x == nil {
		return text
	}
	var more []string
	add := func(name string, has bool, v law.Number, of law.Fraction) {
		switch {
		case of.Given() && has:
			more = append(more, name+" "+v.Short()+" %, "+of.Num.Vietnamese()+"/"+of.Den.Vietnamese())
		case of.Given():
			more = append(more, strings.TrimSpace(name+" "+of.Num.Vietnamese()+"/"+of.Den.Vietnamese()))
		case has:
			more = append(more, name+" "+v.Short()+" %")
		}
	}
	add("", false, 0, x.Total)
	add("nam", x.HasMale, x.Male, x.MaleOf)
	add("nữ", x.HasFemale, x.Female, x.FemaleOf)
	if x.HasShare {
		more = append(more, "tỷ lệ thành phần "+x.Share.Short()+" %")
	}
	switch {
	case len(more) == 0:
		return text
	case text == "" && x.Total.Given():
		return x.Total.Percent().Short() + " % (" + strings.Join(more, "; ") + ")"
	case text == "":
		return strings.Join(more, "; ")
	}
	return text + " (" + strings.Join(more, "; ") + ")"
}

// change is what was reported of one quantity before and now.
type change struct{ Code, Before, After string }

// changes lists what was reported of a line, quantity by quantity; Before is
// empty where nothing changed.
func changes(l *worksheet.Line) (out []change) {
	for i := range l.Parts {
		p := &l.Parts[i]
		if p.Now == nil {
			continue
		}
		ind := l.Set.At(p.Slot)
		c := change{After: figure(ind, p.Now)}
		if i > 0 {
			c.Code = ind.Code
		}
		if before := figure(ind, p.Last); before != c.After {
			c.Before = before
		}
		out = append(out, c)
	}
	return out
}

// before is the value of a line's first quantity in an earlier period.
func before(l *worksheet.Line) string { return figure(l.Indicator(), l.Parts[0].Last) }

// after is what was reported of a line in the period, in one line of text.
func after(l *worksheet.Line) string {
	var out []string
	for _, c := range changes(l) {
		out = append(out, strings.TrimSpace(c.Code+" "+c.After))
	}
	if len(out) == 0 {
		return "chưa có"
	}
	return strings.Join(out, "; ")
}

// trust is how far a line was checked, in the words of screens.
func trust(it *desk.Item) string {
	if it.Parts[0].Now == nil {
		return ""
	}
	return it.Parts[0].Now.Provenance.Vietnamese()
}

// doing is an act as a button says it.
func doing(a round.Act) string {
	switch a {
	case round.ActVerify:
		return "Thẩm tra"
	case round.ActConfirm:
		return "Xác nhận"
	}
	return "Trả lại"
}

// word is an act in forms.
func word(a round.Act) string {
	switch a {
	case round.ActVerify:
		return "tham-tra"
	case round.ActConfirm:
		return "xac-nhan"
	}
	return "tra-lai"
}

// anchor makes an id of a field: "xa-ntm-2021-2025/15.1" is "d-xa-ntm-2021-2025-15-1".
func anchor(field string) string {
	return "d-" + strings.NewReplacer("/", "-", ".", "-").Replace(field)
}

// sheetTone marks how far a sheet is.
func sheetTone(p desk.Progress) web.Tone {
	switch p {
	case desk.Done:
		return web.ToneOK
	case desk.Back:
		return web.ToneRisk
	case desk.NotSent:
		return web.ToneNone
	case desk.PartSent:
		return web.ToneLack
	}
	return web.ToneWait
}

// shownDay writes a last day; Forever is none.
func shownDay(d day.Day) string {
	if d == day.Forever {
		return "–"
	}
	return d.Vietnamese()
}

// required is the threshold of a line as a demand: "≥ 90 %".
func required(it *desk.Item) string {
	tr := it.Trace()
	if tr.ThresholdNumber == nil {
		return tr.Threshold
	}
	return it.Indicator().Requirement(*tr.ThresholdNumber)
}
