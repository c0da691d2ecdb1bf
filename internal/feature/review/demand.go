package review

import (
	"strings"

	"giuchuan/internal/law"
)

// unchecked stands beside every threshold that nobody compared with the text.
const unchecked = "chưa đối chiếu văn bản gốc"

// demand writes the threshold of a row; of a quantity that several sets share,
// one line for each set.
func demand(yards map[*law.Set]*law.Yardstick, ms []member) string {
	if len(ms) == 1 {
		return demandOf(yards[ms[0].set], ms[0].slot)
	}
	var lines []string
	for _, m := range ms {
		lines = append(lines, "xã "+m.set.Title.Vietnamese()+" ("+m.set.At(m.slot).Code+"): "+demandOf(yards[m.set], m.slot))
	}
	return strings.Join(lines, "\n")
}

// demandOf writes the threshold of a slot with what a reader must know of it.
func demandOf(y *law.Yardstick, slot int) string {
	ind, m := y.Set.At(slot), &y.Marks[slot]
	if ind.Unjudged {
		return "chỉ để chọn mức đạt chuẩn"
	}
	text := requirement(y, ind, m)
	if m.Sub != nil {
		text += "; trong đó " + ind.Of.Name + ": " + subRequirement(ind, m.Sub)
	}
	if m.Reference {
		text += " (tỉnh chưa quy định, mức tham khảo)"
	}
	if m.Decision != nil && m.Decision.Illustrative {
		text += " (" + Illustrative + ")"
	}
	if known, verified := y.Verified(slot); known && !verified {
		text += " – " + unchecked
	}
	return text
}

func requirement(y *law.Yardstick, ind *law.Indicator, m *law.Mark) string {
	switch {
	case m.Skip:
		return "không đặt ra với vùng của xã"
	case len(ind.Parts) > 0:
		var codes []string
		for _, p := range ind.Parts {
			if part := y.Set.At(p); !part.Unjudged && !y.Marks[p].Skip {
				codes = append(codes, part.Code)
			}
		}
		return "đạt ở " + strings.Join(codes, ", ")
	case m.Absolute != nil:
		return "≥ " + m.Absolute.Value.Vietnamese()
	case m.Basis == law.NoBasis:
		return "chưa có mức do tỉnh quy định"
	case len(m.Cases) > 0:
		var cases []string
		for _, t := range m.Cases {
			cases = append(cases, ind.Requirement(t.Value)+" nếu "+t.When.Part+" "+t.When.Op+" "+t.When.Value.Vietnamese())
		}
		return strings.Join(cases, "; ")
	}
	return ind.Requirement(m.Value)
}

func subRequirement(ind *law.Indicator, m *law.Mark) string {
	if m.Basis == law.NoBasis {
		return "chưa có mức do tỉnh quy định"
	}
	sign := map[law.Comparator]string{law.AtLeast: "≥ ", law.AtMost: "≤ ", law.Equal: "= "}[ind.Of.Comparator]
	return sign + m.Value.Vietnamese() + " " + ind.Unit
}

// Shown writes a datum in a few words: "89,78; nam 88; nữ 91".
func Shown(ind *law.Indicator, d *law.Datum) string {
	var parts []string
	if text := ind.Format(d); text != "" {
		parts = append(parts, text)
	}
	x := d.Extra
	if x == nil {
		x = &law.Extra{}
	}
	for _, e := range []struct {
		has  bool
		name string
		n    law.Number
	}{{x.HasMale, "nam ", x.Male}, {x.HasFemale, "nữ ", x.Female}, {x.HasShare, "thành phần ", x.Share}} {
		if e.has {
			parts = append(parts, e.name+e.n.Vietnamese())
		}
	}
	return strings.Join(parts, "; ")
}
