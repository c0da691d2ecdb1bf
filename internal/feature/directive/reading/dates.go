package reading

import (
	"strings"

	"giuchuan/internal/feature/directive/deadline"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
)

// maxDated bounds the bytes of a document that are searched for dates; a text
// searched before costs nothing.
const maxDated = 120_000

// dates finds the deadlines of a text.
func (r *reader) dates(s string) []deadline.Deadline {
	if found, ok := r.dated[s]; ok {
		return found
	}
	if r.searched += len(s); r.searched > maxDated {
		r.note("văn bản quá dài: phần sau chưa được đọc để tìm thời hạn")
		return nil
	}
	found := deadline.Find(s, r.ref)
	r.dated[s] = found
	return found
}

// columnDates reads the time column of a table of tasks: "Quý III/2024" there is
// when the task is to be done.
func (r *reader) columnDates(s string) []deadline.Deadline {
	found := r.dates(s)
	for _, d := range found {
		if d.Role == deadline.Duty && (d.Due != day.None || d.Recurrence != "") {
			return found
		}
	}
	const lead = "hoàn thành trong "
	found = append([]deadline.Deadline{}, r.dates(lead+vntext.Uncapital(s))...)
	for i := range found {
		found[i].Phrase = strings.TrimPrefix(strings.TrimPrefix(found[i].Phrase, "hoàn thành "), "trong ")
	}
	return found
}
