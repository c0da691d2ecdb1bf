package cli

import (
	"fmt"
	"io"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/law"
)

// writeAssessment writes an assessment in one of the formats.
func writeAssessment(env *Env, to output, a *review.Assessment, batch *review.Batch) error {
	return writeTo(env, to.file, func(w io.Writer) error {
		switch to.format {
		case "json":
			return a.Report(batch.Errors).WriteJSON(w)
		case "csv":
			return review.WriteCSV(w, []*review.Assessment{a})
		case "xlsx":
			return review.WriteXLSX(w, []*review.Assessment{a})
		}
		writeStanding(w, a)
		writeRowErrors(w, batch)
		return nil
	})
}

// output is where and how an assessment is written.
type output struct{ file, format string }

// writeStanding prints first who falls under revocation, then who is short of
// what, then what is unknown, and what all of it rests on.
func writeStanding(w io.Writer, a *review.Assessment) {
	if banner := a.Banner(); banner != "" {
		fmt.Fprintf(w, "%s\n\n", banner)
	}
	fmt.Fprintf(w, "%s\nTình trạng giữ chuẩn ngày %s: %d xã\n", a.Set.Name, a.On.Vietnamese(), len(a.Units))
	for _, text := range a.Warnings {
		fmt.Fprintf(w, "Lưu ý: %s\n", text)
	}
	s := a.Summarize()
	for at, group := range s.Groups {
		if len(group) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s: %d xã\n", strings.ToUpper(review.Situation(at).Vietnamese()), len(group))
		var silent []string
		for _, i := range group {
			if a.Standing.Communes[i].Counts.Unknown == len(a.Set.Criteria) {
				silent = append(silent, a.Units[i].Code+" "+a.Units[i].Name)
				continue
			}
			writeCommune(w, a, review.Situation(at), i)
		}
		if len(silent) > 0 {
			fmt.Fprintf(w, "  chưa có số liệu của tiêu chí nào (%d xã): %s\n", len(silent), strings.Join(silent, ", "))
		}
	}
	writeAtRisk(w, a)
	writeFooting(w, s)
}

// writeAtRisk warns of what the next year's thresholds will change.
func writeAtRisk(w io.Writer, a *review.Assessment) {
	risks := a.AtRisk()
	if len(risks) > 0 {
		fmt.Fprintf(w, "\nCÓ NGUY CƠ KHÔNG GIỮ ĐƯỢC khi áp dụng mức của năm %d:\n", a.On.Year()+1)
	}
	for _, r := range risks {
		ind := &a.Set.Indicators[r.Slot]
		fmt.Fprintf(w, "  %s %s (%s): ", ind.Code, ind.Name, r.Demand)
		for n, i := range r.Communes {
			if n > 0 {
				fmt.Fprint(w, ", ")
			}
			t := a.Explain(i, r.Slot)
			fmt.Fprintf(w, "%s %s", a.Units[i].Name, t.Value)
		}
		fmt.Fprintln(w)
	}
}

func writeCommune(w io.Writer, a *review.Assessment, at review.Situation, i int) {
	n := a.Standing.Communes[i].Counts
	total := len(a.Set.Criteria)
	fmt.Fprintf(w, "  %s %s: %d/%d tiêu chí đạt", a.Units[i].Code, a.Units[i].Name, n.Met+n.NotApplicable, total)
	if n.Unmet > 0 {
		fmt.Fprintf(w, "; chưa đạt %s", strings.Join(a.Criteria(i, law.Unmet), ", "))
	}
	if n.Unknown > 0 {
		fmt.Fprintf(w, "; chưa đủ số liệu %s", strings.Join(a.Criteria(i, law.Unknown), ", "))
	}
	fmt.Fprintln(w)
	if text := a.RevocationSentence(i); text != "" {
		fmt.Fprintf(w, "      %s\n", text)
	}
	if at == review.UnderRevocation || at == review.SomeUnmet || at == review.MayBeUnder {
		for _, line := range a.Short(i) {
			fmt.Fprintf(w, "      - %s\n", line)
		}
	}
}

// writeFooting says how much of the answer is only xã tự đánh giá.
func writeFooting(w io.Writer, s *review.Summary) {
	if s.Cells == 0 {
		return
	}
	fmt.Fprintf(w, "\nSố liệu: %d/%d chỉ tiêu đã có", s.Data, s.Cells)
	for p, n := range s.Provenances {
		if n > 0 {
			fmt.Fprintf(w, "; %s %d (%d%%)", law.Provenance(p).Vietnamese(), n, (n*200+s.Data)/(2*s.Data))
		}
	}
	fmt.Fprintln(w)
}

func writeRowErrors(w io.Writer, batch *review.Batch) {
	if len(batch.Errors) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%d LỖI TRONG TỆP (các dòng này không được tính):\n", len(batch.Errors)+batch.MoreErrors)
	for _, e := range batch.Errors {
		place := fmt.Sprintf("dòng %d, cột %s", e.Line, e.Column)
		if e.Cell != "" {
			place = "ô " + e.Cell
		}
		fmt.Fprintf(w, "  %s: %s\n", place, e.Message)
	}
	if batch.MoreErrors > 0 {
		fmt.Fprintf(w, "  và %d lỗi khác\n", batch.MoreErrors)
	}
}
